// OCPP 2.0.1 and the local authorisation list (functional block D; LocalAuthListCtrlr in the
// appendices of part 2).
#include "ocpp/codec.hpp"
#include "ocpp/v16/actions.hpp"
#include "ocpp/v201/actions.hpp"
#include "server/engine/dialects.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace engine {

namespace v201 = ocpp::v201;

namespace {

constexpr char const* controller = "LocalAuthListCtrlr";
constexpr char const* available = "Available";
constexpr char const* enabled = "Enabled";
constexpr char const* entries = "Entries";  // its MaxSet, where a station has one, is its room
constexpr char const* items_per_message = "ItemsPerMessage";
constexpr char const* bytes_per_message = "BytesPerMessage";

// An entry with the longest token, group and time that there are, and what stands around all.
constexpr std::int64_t bytes_per_entry = 260;
constexpr std::int64_t bytes_around = 200;

template <class Request>
OutgoingCall outgoing(Request const& request)
{
    return {.action = std::string(ocpp::ActionOf<Request>::name), .payload = ocpp::encode(request)};
}

OutgoingCall call_for(AskListAbility const&)
{
    v201::GetVariablesRequest request;
    for (auto const* name : {available, enabled, items_per_message, bytes_per_message, entries}) {
        v201::GetVariableData data;
        data.component.name = controller;
        data.variable.name = name;
        if (name == entries) data.attributeType = v201::AttributeType::max_set;
        request.getVariableData.push_back(std::move(data));
    }
    return outgoing(request);
}

OutgoingCall call_for(AskListVersion const&)
{
    return outgoing(v201::GetLocalListVersionRequest{});
}

v201::IdTokenType type_of(storage::TokenKind kind)
{
    switch (kind) {
    case storage::TokenKind::central: return v201::IdTokenType::central;
    case storage::TokenKind::emaid: return v201::IdTokenType::emaid;
    case storage::TokenKind::any:
    case storage::TokenKind::iso14443: break;
    case storage::TokenKind::iso15693: return v201::IdTokenType::iso15693;
    case storage::TokenKind::key_code: return v201::IdTokenType::key_code;
    case storage::TokenKind::local: return v201::IdTokenType::local;
    case storage::TokenKind::mac_address: return v201::IdTokenType::mac_address;
    }
    return v201::IdTokenType::iso14443;
}

v201::AuthorizationStatus status_of(TokenVerdict verdict)
{
    switch (verdict) {
    case TokenVerdict::accepted: return v201::AuthorizationStatus::accepted;
    case TokenVerdict::blocked: return v201::AuthorizationStatus::blocked;
    case TokenVerdict::expired: return v201::AuthorizationStatus::expired;
    default: return v201::AuthorizationStatus::unknown;
    }
}

OutgoingCall call_for(SendList const& list)
{
    v201::SendLocalListRequest request;
    request.versionNumber = list.version;
    request.updateType = list.full ? v201::UpdateType::full : v201::UpdateType::differential;
    if (!list.changes.empty()) request.localAuthorizationList.emplace();
    for (auto const& [entry, removed] : list.changes) {
        v201::AuthorizationData data;
        data.idToken.idToken = ocpp::String<36>(entry.token);
        data.idToken.type = type_of(entry.kind);
        if (!removed) {
            auto& info = data.idTokenInfo.emplace();
            info.status = status_of(entry.verdict);
            if (entry.expires_at) info.cacheExpiryDateTime = *entry.expires_at;
            if (!entry.group.empty()) {
                auto& group = info.groupIdToken.emplace();
                group.idToken = ocpp::String<36>(entry.group);
                group.type = v201::IdTokenType::central;
            }
        }
        request.localAuthorizationList->push_back(std::move(data));
    }
    return outgoing(request);
}

ListReply ability_in(v201::GetVariablesResponse const& response)
{
    auto const value = [&](char const* name) -> std::optional<std::string> {
        for (auto const& result : response.getVariableResult)
            if (folded(result.variable.name) == folded(name) && result.attributeValue &&
                result.attributeStatus == v201::GetVariableStatus::accepted)
                return *result.attributeValue;
        return std::nullopt;
    };
    auto const number = [&](char const* name) -> std::optional<std::int64_t> {
        auto const text = value(name);
        return text ? whole_number(*text) : std::nullopt;
    };
    ListAbility ability;
    ability.most_entries = number(entries);
    ability.most_per_message = number(items_per_message);
    if (auto const bytes = number(bytes_per_message); bytes && *bytes > 0) {
        auto const fit = std::max<std::int64_t>(1, (*bytes - bytes_around) / bytes_per_entry);
        ability.most_per_message = std::min(fit, ability.most_per_message.value_or(fit));
    }
    auto const is_available = value(available);
    auto const is_enabled = value(enabled);
    auto const says = [](char const* name, std::string const& text) {
        return std::string(controller) + "." + name + " is " + text;
    };
    if (!is_available && !is_enabled)
        ability.why = std::string("it has no ") + controller;
    else if (is_available && !is_true(*is_available))
        ability.why = says(available, *is_available);
    else if (is_enabled && !is_true(*is_enabled))
        ability.why = says(enabled, *is_enabled);
    else
        ability.has = true;
    return ability;
}

ListReply verdict_in(v201::SendLocalListResponse const& response)
{
    ListVerdict verdict;
    verdict.why = ocpp::wire_name(response.status);
    if (verdict.why.empty()) verdict.why = "no known status";
    if (response.statusInfo) verdict.why += " " + response.statusInfo->reasonCode;
    if (response.status == v201::SendLocalListStatus::accepted)
        verdict.outcome = ListOutcome::accepted;
    if (response.status == v201::SendLocalListStatus::version_mismatch)
        verdict.outcome = ListOutcome::version_mismatch;
    return verdict;
}

ListReply version_in(v201::GetLocalListVersionResponse const& response)
{
    return ListVersion{.version = response.versionNumber};
}

ListReply version_in_old_words(ocpp::v16::GetLocalListVersionResponse const& response)
{
    return ListVersion{.version = response.listVersion};
}

}

OutgoingCall list_call_v201(ListQuestion const& question)
{
    return std::visit([](auto const& q) { return call_for(q); }, question);
}

ListReply list_reply_v201(ListQuestion const& question, ocpp::Payload payload)
{
    if (std::holds_alternative<AskListAbility>(question))
        return list_reply<v201::GetVariablesResponse, &ability_in>(payload);
    if (std::holds_alternative<SendList>(question))
        return list_reply<v201::SendLocalListResponse, &verdict_in>(payload);
    auto const reply = list_reply<v201::GetLocalListVersionResponse, &version_in>(payload);
    // Some stations answer with the field of 1.6.
    if (!std::holds_alternative<ListTrouble>(reply)) return reply;
    return list_reply<ocpp::v16::GetLocalListVersionResponse, &version_in_old_words>(payload);
}

}
