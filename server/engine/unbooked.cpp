// Transaction messages that fit no session: accepted all the same, since an error would only make
// the station repeat them for ever, and kept until the report that explains them comes, or an
// operator decides.
#include "server/engine/impl.hpp"
#include "server/engine/session_facts.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>

namespace engine {

namespace {

// What two repetitions of a message have in common: all but the message id.
std::size_t content_of(std::string_view frame, ocpp::Version version)
{
    auto const parsed = ocpp::parse_frame(frame, version);
    auto const* call = std::get_if<ocpp::Call>(&parsed);
    if (!call) return std::hash<std::string_view>{}(frame);
    std::hash<std::string_view> const hash;
    constexpr std::size_t mix = 31;
    return hash(call->action) * mix + hash(call->payload.text);
}

}

std::optional<TransactionReport> Engine::Impl::report_in(storage::UnbookedMessage const& message)
{
    auto const version = ocpp::version_of(message.protocol);
    auto const* dialect = version ? dialect_of(*version) : nullptr;
    if (!dialect) return std::nullopt;
    auto const frame = ocpp::parse_frame(message.frame, *version);
    auto const* call = std::get_if<ocpp::Call>(&frame);
    if (!call) return std::nullopt;
    auto heard = dialect->read(
        call->action, call->payload, ocpp::Level::tolerant, message.received_at);
    auto* understood = std::get_if<Heard>(&heard);
    auto* report = understood ? std::get_if<TransactionReport>(&understood->word) : nullptr;
    return report ? std::optional(std::move(*report)) : std::nullopt;
}

bool Engine::Impl::is_promised(Link const& link, storage::SessionId id) const
{
    return std::any_of(link.waiting.begin(), link.waiting.end(),
        [&](WaitingMessage const& one) { return one.data.session == id; });
}

// Reports of a transaction whose place is not known wait together.
bool Engine::Impl::is_waited_for(Link const& link, std::string const& key) const
{
    return std::any_of(link.waiting.begin(), link.waiting.end(), [&](WaitingMessage const& one) {
        auto const* waits = std::get_if<std::string>(&one.session);
        return waits && *waits == key;
    });
}

WordAnswer Engine::Impl::keep_unbooked(
    Link& link, TransactionReport const& report, std::string_view frame)
{
    auto const content = content_of(frame, link.version);
    auto const same = std::find_if(link.waiting.begin(), link.waiting.end(),
        [&](WaitingMessage const& one) { return one.content == content; });
    std::optional<storage::SessionId> promised_id;
    if (same != link.waiting.end()) {
        promised_id = same->data.session;
    } else {
        auto const* id = std::get_if<storage::SessionId>(&report.session);
        bool const is_start_of_16 = report.phase == TransactionPhase::started && !report.sequence;
        if (is_start_of_16) promised_id = storage::SessionId{next_id()};
        if (id && is_promised(link, *id)) promised_id = *id;
        storage::UnbookedMessage message;
        message.id = storage::UnbookedId{next_id()};
        message.station = link.station.identity;
        message.protocol = ocpp::subprotocol_name(link.version);
        message.received_at = now.utc;
        message.frame = frame;
        message.why = report.evse && !outlet_of(link, *report.evse)
                          ? "no charge point is assigned to this connector"
                          : "no session of this station fits";
        message.session = promised_id;
        record(message);
        add_waiting(link, std::move(message), &report);
    }
    WordAnswer answer{.now = now.utc};
    answer.session = promised_id;
    if (report.token.presented) {
        answer.token = verdict_at(link, report.token);
        answer.group = group_of(report.token);
    }
    return answer;
}

void Engine::Impl::add_waiting(
    Link& link, storage::UnbookedMessage message, TransactionReport const* known)
{
    auto const read = known ? std::nullopt : report_in(message);
    auto const* report = read ? &*read : known;
    auto const version = ocpp::version_of(message.protocol);
    auto const content = content_of(message.frame, version.value_or(link.version));
    if (link.waiting.size() == storage::waiting_messages_per_station)
        link.waiting.erase(link.waiting.begin());  // the store still has it, for the operator
    link.waiting.push_back({.data = std::move(message), .content = content});
    if (report) link.waiting.back().session = report->session;
}

// After a session or an outlet has come: what waited for it is booked, in the order in which it
// came. Booking may open a session that others wait for, so it is tried until nothing moves.
void Engine::Impl::book_waiting(Link& link)
{
    for (bool moved = true; moved;) {
        moved = false;
        for (std::size_t k = 0; k < link.waiting.size(); ++k) {
            auto const report = report_in(link.waiting[k].data);
            if (!report) continue;
            RunningSession* session = waiting_session(link, link.waiting[k].data, *report);
            if (!session) continue;
            auto message = std::move(link.waiting[k].data);
            link.waiting.erase(link.waiting.begin() + static_cast<std::ptrdiff_t>(k));
            message.session = session->data.id;
            resolve(message, storage::UnbookedState::booked, {});
            book(link, *session, *report);
            moved = true;
            break;
        }
    }
}

RunningSession* Engine::Impl::waiting_session(
    Link& link, storage::UnbookedMessage const& message, TransactionReport const& report)
{
    if (message.session) {
        auto const it = sessions.find(*message.session);
        if (it != sessions.end()) return &it->second;
        bool const is_start = std::holds_alternative<std::string>(report.session);
        return is_start ? open_session(link, report, message.session) : nullptr;
    }
    return session_for(link, report);
}

void Engine::Impl::resolve(storage::UnbookedMessage& message, storage::UnbookedState state,
    std::string const& operator_name)
{
    message.state = state;
    message.resolved_by = operator_name;
    message.resolved_at = now.utc;
    record(message);
}

// An operator's decision about a message that waits.
Reply Engine::Impl::carry_out_command(ResolveUnbooked const& c)
{
    auto const it = links.find(c.message.station);
    if (it == links.end()) return not_found("message");
    Link& link = it->second;
    auto message = c.message;
    auto const waits = std::find_if(link.waiting.begin(), link.waiting.end(),
        [&](WaitingMessage const& one) { return one.data.id == message.id; });
    if (message.state != storage::UnbookedState::waiting)
        return conflict("message", "it was dealt with already");

    std::optional<Refused> refused;
    auto state = storage::UnbookedState::set_aside;
    if (c.resolution == Resolution::attach) {
        state = storage::UnbookedState::attached;
        refused = attach(link, message, c.session.value());
    } else if (c.resolution == Resolution::make_session) {
        state = storage::UnbookedState::made;
        refused = make_session(link, message, c.charge_point.value());
    }
    if (refused) return *refused;
    if (waits != link.waiting.end()) link.waiting.erase(waits);
    resolve(message, state, c.user);

    constexpr std::array actions{"unbooked.attach", "unbooked.make_session", "unbooked.set_aside"};
    auto detail = message.session ? "session " + std::to_string(message.session->value)
                                  : std::string();
    if (!c.note.empty()) detail += (detail.empty() ? "" : ": ") + c.note;
    record(storage::AuditEntry{.at = now.utc,
        .user = c.user,
        .action = actions[static_cast<std::size_t>(c.resolution)],
        .subject = "message " + std::to_string(message.id.value),
        .detail = std::move(detail)});
    if (std::exchange(link.has_new_session, false)) book_waiting(link);
    return Done{};
}

std::optional<Refused> Engine::Impl::attach(
    Link& link, storage::UnbookedMessage& message, storage::Session const& session)
{
    auto const report = report_in(message);
    if (!report) return conflict("message", "it tells nothing that a session could take");
    if (session.station != message.station)
        return conflict("session", "another station measured it: " + session.station.value);
    auto it = sessions.find(session.id);
    if (it == sessions.end()) {
        if (!session.ended_at || !outlets.contains(session.charge_point))
            return not_found("session");
        restore_session(link, session);
        it = sessions.find(session.id);
    }
    message.session = session.id;
    book(link, it->second, *report);
    return std::nullopt;
}

std::optional<Refused> Engine::Impl::make_session(
    Link& link, storage::UnbookedMessage& message, storage::ChargePointId point)
{
    auto report = report_in(message);
    if (!report) return conflict("message", "it tells nothing that a session could take");
    auto const outlet = std::find_if(link.outlets.begin(), link.outlets.end(),
        [&](auto const& entry) { return entry.second == point; });
    if (outlet == link.outlets.end())
        return conflict("charge_point", "its station does not stand on it");
    // One that names an id is a session of its own, whatever id that is.
    if (std::holds_alternative<storage::SessionId>(report->session))
        report->session = "message " + std::to_string(message.id.value);
    auto const& key = std::get<std::string>(report->session);
    if (auto const known = link.sessions.find(key); known != link.sessions.end())
        return conflict("message", "session " + std::to_string(known->second.value) +
                                       " is of the same transaction: attach it to that");
    report->evse = outlet->first;
    auto* session = open_session(link, *report, message.session);
    if (session == nullptr) return conflict("charge_point", "no session can be made there");
    message.session = session->data.id;
    book(link, *session, *report);
    return std::nullopt;
}

}
