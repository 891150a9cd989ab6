// OCPP 1.6 and the local authorisation list (sections 5.8, 5.10, 5.15, 9.2).
#include "ocpp/codec.hpp"
#include "ocpp/v16/actions.hpp"
#include "server/engine/dialects.hpp"

#include <string>
#include <utility>

namespace engine {

namespace v16 = ocpp::v16;

namespace {

constexpr char const* key_profiles = "SupportedFeatureProfiles";
constexpr char const* key_enabled = "LocalAuthListEnabled";
constexpr char const* key_most_entries = "LocalAuthListMaxLength";
constexpr char const* key_most_per_message = "SendLocalListMaxLength";
constexpr char const* profile_name = "LocalAuthListManagement";

template <class Request>
OutgoingCall outgoing(Request const& request)
{
    return {.action = std::string(ocpp::ActionOf<Request>::name), .payload = ocpp::encode(request)};
}

OutgoingCall call_for(AskListAbility const&)
{
    v16::GetConfigurationRequest request;
    request.key.emplace();
    for (auto const* key : {key_profiles, key_enabled, key_most_entries, key_most_per_message})
        request.key->emplace_back(key);
    return outgoing(request);
}

OutgoingCall call_for(AskListVersion const&) { return outgoing(v16::GetLocalListVersionRequest{}); }

v16::AuthorizationStatus status_of(TokenVerdict verdict)
{
    switch (verdict) {
    case TokenVerdict::accepted: return v16::AuthorizationStatus::accepted;
    case TokenVerdict::blocked: return v16::AuthorizationStatus::blocked;
    case TokenVerdict::expired: return v16::AuthorizationStatus::expired;
    default: return v16::AuthorizationStatus::invalid;
    }
}

OutgoingCall call_for(SendList const& list)
{
    v16::SendLocalListRequest request;
    request.listVersion = list.version;
    request.updateType = list.full ? v16::UpdateType::full : v16::UpdateType::differential;
    if (!list.changes.empty()) request.localAuthorizationList.emplace();
    for (auto const& [entry, removed] : list.changes) {
        v16::AuthorizationData data;
        data.idTag = v16::IdTag(entry.token);
        if (!removed) {
            auto& info = data.idTagInfo.emplace();
            info.status = status_of(entry.verdict);
            if (!entry.group.empty()) info.parentIdTag = v16::IdTag(entry.group);
            if (entry.expires_at) info.expiryDate = *entry.expires_at;
        }
        request.localAuthorizationList->push_back(std::move(data));
    }
    return outgoing(request);
}

ListReply ability_in(v16::GetConfigurationResponse const& response)
{
    auto const value = [&](char const* key) -> std::optional<std::string> {
        if (!response.configurationKey) return std::nullopt;
        for (auto const& entry : *response.configurationKey)
            if (folded(entry.key) == folded(key) && entry.value) return *entry.value;
        return std::nullopt;
    };
    ListAbility ability;
    if (auto const number = value(key_most_entries)) ability.most_entries = whole_number(*number);
    if (auto const number = value(key_most_per_message))
        ability.most_per_message = whole_number(*number);
    auto const profiles = value(key_profiles);
    auto const enabled = value(key_enabled);
    if (profiles && folded(*profiles).find(folded(profile_name)) == std::string::npos)
        ability.why = std::string(key_profiles) + " has no " + profile_name;
    else if (!enabled)
        ability.why = std::string("it does not tell ") + key_enabled;
    else if (!is_true(*enabled))
        ability.why = std::string(key_enabled) + " is " + *enabled;
    else
        ability.has = true;
    return ability;
}

ListReply verdict_in(v16::SendLocalListResponse const& response)
{
    ListVerdict verdict;
    verdict.why = ocpp::wire_name(response.status);
    switch (response.status) {
    case v16::UpdateStatus::accepted: verdict.outcome = ListOutcome::accepted; break;
    case v16::UpdateStatus::version_mismatch:
        verdict.outcome = ListOutcome::version_mismatch;
        break;
    case v16::UpdateStatus::not_supported: verdict.outcome = ListOutcome::not_supported; break;
    case v16::UpdateStatus::failed: break;
    default: verdict.why = "no known status"; break;
    }
    return verdict;
}

ListReply version_in(v16::GetLocalListVersionResponse const& response)
{
    return ListVersion{.version = response.listVersion};
}

}

OutgoingCall list_call_v16(ListQuestion const& question)
{
    return std::visit([](auto const& q) { return call_for(q); }, question);
}

ListReply list_reply_v16(ListQuestion const& question, ocpp::Payload payload)
{
    if (std::holds_alternative<AskListAbility>(question))
        return list_reply<v16::GetConfigurationResponse, &ability_in>(payload);
    if (std::holds_alternative<AskListVersion>(question))
        return list_reply<v16::GetLocalListVersionResponse, &version_in>(payload);
    return list_reply<v16::SendLocalListResponse, &verdict_in>(payload);
}

}
