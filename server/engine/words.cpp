// What stations report, outside of transactions.
#include "server/engine/impl.hpp"

#include <algorithm>

namespace engine {

namespace {

constexpr std::chrono::seconds unclaimed_boot_interval{10};  // it boots again after it

}

WordAnswer Engine::Impl::hear(Link& link, Word const& word, std::string_view frame)
{
    if (auto const* boot = std::get_if<Booted>(&word)) return hear_boot(link, *boot);
    if (auto const* report = std::get_if<TransactionReport>(&word))
        return hear_transaction(link, *report, frame);
    WordAnswer answer{.now = now.utc};
    if (auto const* status = std::get_if<StatusChanged>(&word)) hear_status(link, *status);
    if (auto const* measured = std::get_if<Measured>(&word)) hear_measured(link, *measured);
    if (auto const* presented = std::get_if<TokenPresented>(&word)) {
        bool const open = std::any_of(link.outlets.begin(), link.outlets.end(),
            [&](auto const& entry) { return outlets.at(entry.second).point.open_access; });
        answer.token = open ? TokenVerdict::accepted : verdict(presented->token);
    }
    return answer;
}

WordAnswer Engine::Impl::hear_boot(Link& link, Booted const& boot)
{
    link.station.vendor = boot.vendor;
    link.station.model = boot.model;
    link.station.serial_number = boot.serial_number;
    link.station.firmware = boot.firmware;
    link.station.last_seen = now.utc;
    record(link.station);
    link.quiet_until = now.uptime + settings.pause_after_boot;
    // By the standard profiles outlive a boot; not every station knows that.
    for (auto const& [evse, point] : link.outlets) {
        Outlet& outlet = outlets.at(point);
        outlet.fallback_due = true;
        outlet.limit_due = outlet.session.has_value();
        if (Plant* plant = plant_of(outlet)) touch(*plant, true);
    }
    bool const claimed = accepted(link);
    link.awaits_boot = !claimed;
    return {.now = now.utc,
        .boot = claimed ? BootVerdict::accepted : BootVerdict::pending,
        .interval = claimed ? settings.heartbeat_interval : unclaimed_boot_interval,
        .token = std::nullopt,
        .session = std::nullopt};
}

void Engine::Impl::hear_status(Link& link, StatusChanged const& status)
{
    for (auto const& [evse, point] : link.outlets) {
        // Number 0 speaks of the whole station: of its outlets only a fault or the lack of service.
        bool const whole = status.evse.value == 0 &&
                           (status.status == OutletStatus::faulted ||
                               status.status == OutletStatus::unavailable);
        if (evse != status.evse && !whole) continue;
        Outlet& outlet = outlets.at(point);
        // A car that is there and charges is known from the transaction; "occupied" adds nothing.
        if (status.status == OutletStatus::occupied && outlet.session) continue;
        if (status.status == OutletStatus::suspended_ev &&
            outlet.status != OutletStatus::suspended_ev)
            outlet.suspended_since = now.uptime;
        outlet.status = status.status;
        outlet.fault = status.fault;
        if (Plant* plant = plant_of(outlet)) touch(*plant, true);
    }
}

void Engine::Impl::hear_measured(Link& link, Measured const& measured)
{
    Outlet* outlet = outlet_of(link, measured.evse);
    if (!outlet) return;
    RunningSession* session = nullptr;
    if (outlet->session) session = &sessions.at(*outlet->session);
    take_readings(*outlet, session, measured.readings, true);
}

TokenVerdict Engine::Impl::verdict(std::string const& token) const
{
    auto const it = tokens.find(folded(token));
    if (it == tokens.end()) return TokenVerdict::invalid;
    if (it->second.status == storage::TokenStatus::blocked) return TokenVerdict::blocked;
    if (it->second.expires_at && *it->second.expires_at <= now.utc) return TokenVerdict::expired;
    return TokenVerdict::accepted;
}

bool Engine::Impl::may_charge(Outlet const& outlet, std::string const& token) const
{
    return outlet.point.open_access || verdict(token) == TokenVerdict::accepted;
}

void Engine::Impl::take_readings(
    Outlet& outlet, RunningSession* session, std::vector<Reading> const& readings, bool live)
{
    for (auto const& reading : readings) {
        storage::MeterSample sample;
        sample.at = reading.at;
        sample.energy_mwh = reading.energy_mwh;
        sample.power_mw = reading.power_mw;
        sample.soc_percent = reading.soc_percent;
        LiveCurrents lines{};
        for (std::size_t terminal = 0; terminal < reading.terminal_ma.size(); ++terminal) {
            auto const line = outlet.point.rotation[terminal];
            if (line < 1 || line > lines.size()) continue;
            sample.current_ma[line - 1] = reading.terminal_ma[terminal];
            if (reading.terminal_ma[terminal]) lines[line - 1] = *reading.terminal_ma[terminal];
        }
        bool const any_current = lines != LiveCurrents{};
        if (live && any_current) {
            outlet.current_ma = lines;
            outlet.measured_at = now.uptime;
            if (session && !session->data.ended_at) note_current(outlet, *session);
        }
        if (!session) continue;
        sample.session = session->data.id;
        record(sample);
        if (reading.energy_mwh && reading.at >= session->last_register_at) {
            session->last_register_mwh = reading.energy_mwh;
            session->last_register_at = reading.at;
        }
        if (!any_current || session->data.ended_at) continue;
        auto const before = session->lines.counted;
        learn(session->lines, wired_lines(outlet.point), lines, reading.at);
        Plant* plant = plant_of(outlet);
        if (plant && before != session->lines.counted) touch(*plant, true);
    }
    if (Plant* plant = plant_of(outlet)) touch(*plant, false);
}

}
