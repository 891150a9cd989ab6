// What stations report about transactions becomes sessions. Any order and any repetition of the
// reports gives the same sessions, and each report gets the same answer each time.
#include "server/engine/impl.hpp"
#include "server/engine/session_facts.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace engine {

namespace {

// What is reported later than this was recorded while the station was offline.
constexpr std::chrono::minutes late_report{5};

// Can a report without a usable id be about this session? A stop only when its end is not known, or
// is this very stop; what was measured, while it ran.
bool fits(storage::Session const& session, TransactionReport const& report)
{
    if (report.evse && *report.evse != session.evse) return false;
    if (report.phase == TransactionPhase::ended && is_settled(session))
        return session.ended_at == report.at && session.meter_stop_mwh == report.meter_mwh;
    return began_at(session) <= report.at && (!session.ended_at || report.at <= *session.ended_at);
}

}

WordAnswer Engine::Impl::hear_transaction(
    Link& link, TransactionReport const& report, std::string_view frame)
{
    RunningSession* session = session_for(link, report);
    if (!session) return keep_unbooked(link, report, frame);
    auto answer = book(link, *session, report);
    if (std::exchange(link.has_new_session, false)) book_waiting(link);
    return answer;
}

RunningSession* Engine::Impl::session_for(Link& link, TransactionReport const& report)
{
    if (auto const* id = std::get_if<storage::SessionId>(&report.session)) {
        auto const it = sessions.find(*id);
        if (it != sessions.end()) {
            bool const own = it->second.data.station == link.station.identity;
            return own ? &it->second : nullptr;  // nobody touches another station's session
        }
        return is_promised(link, *id) ? nullptr : only_candidate(link, report);
    }
    auto const known = link.sessions.find(std::get<std::string>(report.session));
    return known == link.sessions.end() ? open_session(link, report, std::nullopt)
                                        : &sessions.at(known->second);
}

// A transaction that is not known yet, by its start or, when that was lost or is still to come, by
// a later report. Its id is new, or the one that was promised when it could not be booked.
RunningSession* Engine::Impl::open_session(
    Link& link, TransactionReport const& report, std::optional<storage::SessionId> id)
{
    auto const* key = std::get_if<std::string>(&report.session);
    Outlet* outlet = report.evse ? outlet_of(link, *report.evse) : nullptr;
    if (!report.evse && link.outlets.size() == 1 && key && !is_waited_for(link, *key))
        outlet = outlet_of(link, link.outlets.begin()->first);
    if (!outlet || !key) return nullptr;

    storage::Session session = opened_by(report, now.utc);
    session.id = id ? *id : storage::SessionId{next_id()};
    session.charge_point = outlet->point.id;
    session.station = link.station.identity;
    session.evse = outlet->assignment->evse;
    session.station_key = *key;
    session.sequences.clear();  // the report that opens it is booked like all others
    auto& added = add_session(link, session);
    added.opened_with = next_ticket();
    return &added;
}

WordAnswer Engine::Impl::book(Link& link, RunningSession& session, TransactionReport const& report)
{
    auto const id = session.data.id;
    Outlet& outlet = outlets.at(session.data.charge_point);
    bool const was_closed = session.data.closing == storage::Closing::station;
    auto const token_before = session.data.token;
    bool const changed = add_report(session.data, report) || !session.written_with;
    bool const repeated = report.sequence && !changed;
    bool const is_newest = !report.sequence ||
                           session.data.sequences.back().last == *report.sequence;
    if (changed) {
        if (report.phase != TransactionPhase::updated) {
            session.data.recorded_offline = session.data.recorded_offline || report.offline ||
                                            is_late(report.at);
            session.data.clock_ahead_ms = ahead_ms(link);
        }
        bool const is_new = !session.judged || session.data.token != token_before;
        if (is_new && !session.data.token.empty()) {
            session.judged = true;
            TokenName const token{.value = session.data.token, .kind = report.token.kind};
            session.data.token_verdict = judge(outlet, token, &session);
        }
        write(session);
        settle(outlet);
    }
    bool const live = outlet.session == id && !repeated && is_newest && !report.offline;
    if (live && report.status) {
        if (*report.status == OutletStatus::suspended_ev && outlet.status != *report.status)
            outlet.suspended_since = now.uptime;
        outlet.status = *report.status;
        if (Plant* plant = plant_of(outlet)) touch(*plant, true);
    }
    for (Reading const& reading : report.readings)
        take_reading(outlet, &session, reading, live && !is_stale(link, reading.at));
    if (!was_closed && session.data.closing == storage::Closing::station)
        on_ended(link, outlet, session);

    WordAnswer answer{.now = now.utc};
    answer.session = id;
    if (report.token.presented) {
        present_token(session, report.token);
        answer.token = verdict_for(session, report.token);
        answer.group = group_of(report.token);
    }
    return answer;
}

// The answer to a token that comes with a report: of the session's own the one that was given
// before, whatever has become of the token since. Who identifies with nothing has no token.
TokenVerdict Engine::Impl::verdict_for(RunningSession const& session, TokenName const& token) const
{
    bool const own = !token.value.empty() && folded(token.value) == folded(session.data.token);
    if (own) return session.data.token_verdict;
    return judge(outlets.at(session.data.charge_point), token, &session);
}

// A transaction id that we never gave: the station did not hear the answer to its start
// (errata 3.18 of 1.6: id -1), or writes rubbish. The one session of this station that fits; of
// several, the one whose outlet says that it is finishing.
RunningSession* Engine::Impl::only_candidate(Link& link, TransactionReport const& report)
{
    std::vector<RunningSession*> fitting;
    for (auto const& [key, id] : link.sessions) {
        auto& session = sessions.at(id);
        bool const same_token = report.token.value.empty() ||
                                are_alike(report.token, session.data.token);
        if (same_token && fits(session.data, report)) fitting.push_back(&session);
    }
    if (fitting.size() > 1 && report.phase == TransactionPhase::ended)
        std::erase_if(fitting, [&](RunningSession const* session) {
            auto const& outlet = outlets.at(session->data.charge_point);
            return outlet.session != session->data.id || outlet.status != OutletStatus::finishing;
        });
    return fitting.size() == 1 ? fitting.front() : nullptr;
}

// On one outlet, one session follows the other: who has not reported its end has ended when the
// next began, and the last one runs. What is told later, of a session in between or of a real end,
// settles it anew.
void Engine::Impl::settle(Outlet& outlet)
{
    auto& order = outlet.sessions;
    std::sort(order.begin(), order.end(), [&](auto a, auto b) {
        return std::pair(began_at(sessions.at(a).data), a) <
               std::pair(began_at(sessions.at(b).data), b);
    });
    std::optional<storage::SessionId> running;
    for (std::size_t k = 0; k < order.size(); ++k) {
        auto& session = sessions.at(order[k]);
        auto& data = session.data;
        std::optional<Timestamp> next;
        if (k + 1 < order.size()) next = began_at(sessions.at(order[k + 1]).data);
        bool const stands_here = outlet.assignment && !outlet.assignment->until &&
                                 outlet.assignment->station == data.station;
        if (!next && !stands_here) next = now.utc;
        // An end that was told before may come from a session that is not in memory any more.
        if (data.ended_at) next = next ? std::min(*next, *data.ended_at) : data.ended_at;
        if (set_replaced(data, next)) {
            write(session);
            if (data.ended_at) on_ended(links[data.station], outlet, session);
        }
        if (!data.ended_at) running = data.id;
    }
    if (running && outlet.session != running) run(outlet, *running);
}

void Engine::Impl::run(Outlet& outlet, storage::SessionId session)
{
    outlet.session = session;
    outlet.limit_due = false;  // nothing was sent for it: it runs on the fallback
    forgive(outlet);
    outlet.commanded_ma = outlet.ledger.fallback_ma.value_or(outlet.ledger.hardware_ma);
    auto& ended = links[sessions.at(session).data.station].ended;
    ended.erase(std::remove(ended.begin(), ended.end(), session), ended.end());
    if (Plant* plant = plant_of(outlet)) touch(*plant, true);
}

// The session has ended, by its station or by what else is known.
void Engine::Impl::on_ended(Link& link, Outlet& outlet, RunningSession const& session)
{
    auto const id = session.data.id;
    if (outlet.session == id) {
        outlet.session.reset();
        outlet.limit_due = false;
        outlet.target_ma = 0;
        on_session_ended(outlet.ledger);
        outlet.commanded_ma = outlet.ledger.fallback_ma.value_or(outlet.ledger.hardware_ma);
        outlet.current_ma = {};
        outlet.last_change = {};
        if (outlet.status == OutletStatus::charging ||
            outlet.status == OutletStatus::suspended_ev ||
            outlet.status == OutletStatus::suspended_evse)
            outlet.status = OutletStatus::finishing;
        remember(outlet);
    }
    if (Plant* plant = plant_of(outlet)) touch(*plant, true);
    if (std::find(link.ended.begin(), link.ended.end(), id) == link.ended.end())
        link.ended.push_back(id);
    to_forget.insert(link.station.identity);
}

// Only the latest ended ones are kept at hand; the store has them all, once it has committed them.
// Not while a report is being booked: it may be about the one that would go.
void Engine::Impl::forget_oldest(Link& link)
{
    while (link.ended.size() > storage::recent_sessions_per_station) {
        auto const oldest = sessions.find(link.ended.front());
        if (oldest != sessions.end() &&
            oldest->second.written_with.value_or(next_ticket()) > committed) {
            to_forget.insert(link.station.identity);
            return;
        }
        link.ended.pop_front();
        link.has_older = true;
        if (oldest == sessions.end()) continue;
        link.sessions.erase(oldest->second.data.station_key);
        if (auto const outlet = outlets.find(oldest->second.data.charge_point);
            outlet != outlets.end())
            std::erase(outlet->second.sessions, oldest->first);
        sessions.erase(oldest);
    }
}

void Engine::Impl::write(RunningSession& session)
{
    session.written_with = next_ticket();
    record(session.data);
}

void Engine::Impl::present_token(RunningSession& session, TokenName const& token)
{
    Outlet& outlet = outlets.at(session.data.charge_point);
    if (session.authorised || session.data.ended_at) return;
    if (verdict_for(session, token) != TokenVerdict::accepted) return;
    session.authorised = true;
    if (Plant* plant = plant_of(outlet)) touch(*plant, true);
}

// Recorded a while ago, if the station's clock is right.
bool Engine::Impl::is_late(Timestamp at) const
{
    return is_credible(at, now.utc) && now.utc - at > late_report;
}

// Older than what the station has told lately, by its own clock: from its memory, not of now.
bool Engine::Impl::is_stale(Link const& link, Timestamp at) const
{
    auto const ahead = link.clock.ahead().value_or(Milliseconds{});
    return is_credible(at, now.utc) && now.utc + ahead - at > late_report;
}

std::optional<std::int64_t> Engine::Impl::ahead_ms(Link const& link)
{
    auto const ahead = link.clock.ahead();
    return ahead ? std::optional(ahead->count()) : std::nullopt;
}

}
