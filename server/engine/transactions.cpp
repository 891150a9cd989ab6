// What stations report about transactions becomes sessions. Any repetition of a report gives the
// same answer and changes nothing.
#include "server/engine/impl.hpp"

#include <algorithm>
#include <string>

namespace engine {

namespace {

// A session whose start is reported later than this was recorded while the station was offline.
constexpr std::chrono::minutes late_report{5};

// How a session ended that its station never ended: another one began on its outlet.
constexpr std::string_view replaced = "Replaced";

}

WordAnswer Engine::Impl::hear_transaction(
    Link& link, TransactionReport const& report, std::string_view frame)
{
    WordAnswer answer{.now = now.utc};
    RunningSession* session = session_for(link, report);
    if (!session) {
        // Accepted all the same: an error would only make the station repeat it for ever.
        record(storage::UnbookedMessage{.station = link.station.identity,
            .received_at = now.utc,
            .frame = std::string(frame),
            .why = report.evse && !outlet_of(link, *report.evse)
                       ? "no charge point is assigned to this connector"
                       : "no session of this station fits"});
        if (report.phase == TransactionPhase::started) {
            answer.session = storage::SessionId{next_id()};
            answer.token = TokenVerdict::invalid;
        } else if (!report.token.empty()) {
            answer.token = verdict(report.token);
        }
        return answer;
    }

    Outlet& outlet = outlets.at(session->data.charge_point);
    bool const running = outlet.session == session->data.id;
    if (!report.token.empty()) {
        present_token(*session, report.token);
        answer.token = outlet.point.open_access ? TokenVerdict::accepted : verdict(report.token);
    }
    answer.session = session->data.id;

    bool const newest = !report.sequence || !session->last_sequence ||
                        *report.sequence >= *session->last_sequence;
    if (report.sequence && newest) session->last_sequence = report.sequence;
    if (running && newest && report.status) {
        if (*report.status == OutletStatus::suspended_ev && outlet.status != *report.status)
            outlet.suspended_since = now.uptime;
        outlet.status = *report.status;
        if (Plant* plant = plant_of(outlet)) touch(*plant, true);
    }
    take_readings(outlet, session, report.readings, running && newest && !report.offline);
    if (report.phase == TransactionPhase::ended)
        end_session(link, *session, report.at, report.meter_mwh, report.stop_reason);
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
        return only_open_candidate(link, report);
    }
    auto const known = link.sessions.find(std::get<std::string>(report.session));
    if (known == link.sessions.end()) return open_session(link, report);
    auto& session = sessions.at(known->second);
    bool const late_start = report.phase == TransactionPhase::started &&
                            report.at < session.data.started_at;
    if (late_start) {  // events came before their start
        session.data.started_at = report.at;
        session.data.recorded_offline = session.data.recorded_offline ||
                                        now.utc - report.at > late_report;
        if (report.meter_mwh) session.data.meter_start_mwh = report.meter_mwh;
        record(session.data);
    }
    return &session;
}

// A transaction that is not known yet, by its start or, when that was lost, by a later report.
RunningSession* Engine::Impl::open_session(Link& link, TransactionReport const& report)
{
    Outlet* outlet = report.evse ? outlet_of(link, *report.evse) : nullptr;
    if (!report.evse && link.outlets.size() == 1)
        outlet = outlet_of(link, link.outlets.begin()->first);
    if (!outlet) return nullptr;

    bool running = true;
    if (outlet->session) {
        auto& open = sessions.at(*outlet->session);
        running = report.at >= open.data.started_at;
        if (running)
            end_session(link, open, report.at, open.last_register_mwh, std::string(replaced));
    }
    storage::Session session;
    session.id = storage::SessionId{next_id()};
    session.charge_point = outlet->point.id;
    session.station = link.station.identity;
    session.evse = outlet->assignment->evse;
    session.station_key = std::get<std::string>(report.session);
    session.token = report.token;
    session.started_at = report.at;
    if (report.phase == TransactionPhase::started) session.meter_start_mwh = report.meter_mwh;
    session.recorded_offline = report.offline || now.utc - report.at > late_report;
    record(session);

    auto const previous = outlet->session;
    auto& added = add_session(link, session);
    added.opened_with = Ticket{static_cast<std::uint64_t>(issued) + 1};
    if (running) {
        outlet->limit_due = false;  // nothing was sent for it: it runs on the fallback
        outlet->refused_until.reset();
        outlet->commanded_ma = outlet->ledger.fallback_ma.value_or(outlet->ledger.hardware_ma);
    } else {
        outlet->session = previous;
    }
    if (Plant* plant = plant_of(*outlet)) touch(*plant, true);
    return &added;
}

// A transaction id that we never gave: the station did not hear the answer to its start
// (errata 3.18 of 1.6: id -1), or writes rubbish. The one open session of this station that fits,
// if it is one.
RunningSession* Engine::Impl::only_open_candidate(Link& link, TransactionReport const& report)
{
    RunningSession* found = nullptr;
    for (auto const& [evse, point] : link.outlets) {
        auto const& outlet = outlets.at(point);
        if (!outlet.session || (report.evse && *report.evse != evse)) continue;
        auto& session = sessions.at(*outlet.session);
        bool const same_token = report.token.empty() ||
                                folded(report.token) == folded(session.data.token);
        if (!same_token || session.data.started_at > report.at) continue;
        if (found) return nullptr;
        found = &session;
    }
    return found;
}

void Engine::Impl::end_session(Link& link, RunningSession& session, Timestamp at,
    std::optional<std::int64_t> register_mwh, std::string const& reason)
{
    if (session.data.ended_at) return;
    session.data.ended_at = at;
    session.data.meter_stop_mwh = register_mwh ? register_mwh : session.last_register_mwh;
    session.data.stop_reason = reason;
    record(session.data);

    Outlet& outlet = outlets.at(session.data.charge_point);
    if (outlet.session == session.data.id) {
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

    // Only the latest ended ones are kept for repeated reports.
    link.ended.push_back(session.data.id);
    while (link.ended.size() > storage::recent_sessions_per_station) {
        auto const oldest = sessions.find(link.ended.front());
        link.ended.pop_front();
        if (oldest == sessions.end()) continue;
        link.sessions.erase(oldest->second.data.station_key);
        sessions.erase(oldest);
    }
}

void Engine::Impl::present_token(RunningSession& session, std::string const& token)
{
    Outlet& outlet = outlets.at(session.data.charge_point);
    if (session.data.token.empty()) {
        session.data.token = token;
        record(session.data);
    }
    if (session.authorised || session.data.ended_at || !may_charge(outlet, token)) return;
    session.authorised = true;
    if (Plant* plant = plant_of(outlet)) touch(*plant, true);
}

}
