// What stations report, outside of transactions.
#include "server/engine/impl.hpp"

#include <algorithm>
#include <array>

namespace engine {

namespace {

constexpr std::chrono::seconds unclaimed_boot_interval{10};  // it boots again after it

}

std::optional<Timestamp> told_at(Word const& word)
{
    if (auto const* status = std::get_if<StatusChanged>(&word)) return status->at;
    if (auto const* report = std::get_if<TransactionReport>(&word)) return report->at;
    auto const* measured = std::get_if<Measured>(&word);
    if (measured && !measured->readings.empty()) return measured->readings.back().at;
    return std::nullopt;
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
        answer.token = verdict_at(link, presented->token);
        answer.group = group_of(presented->token);
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
    list_booted(link);
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
    for (Reading const& reading : measured.readings) {
        RunningSession* session = session_at(*outlet, reading.at);
        bool const runs = !session || session->data.id == outlet->session;
        take_reading(*outlet, session, reading, runs && !is_stale(link, reading.at));
    }
}

// The session that ran at that time, as far as it is in memory; a time that nobody can have
// measured is now.
RunningSession* Engine::Impl::session_at(Outlet& outlet, Timestamp at)
{
    if (!is_credible(at, now.utc)) return outlet.session ? &sessions.at(*outlet.session) : nullptr;
    for (auto id = outlet.sessions.rbegin(); id != outlet.sessions.rend(); ++id) {
        auto& session = sessions.at(*id);
        if (began_at(session.data) > at) continue;
        return !session.data.ended_at || at <= *session.data.ended_at ? &session : nullptr;
    }
    return nullptr;
}

namespace {

// The line (1..3) that a terminal (0..2) is wired to; 0: none.
using Rotation = std::array<std::uint8_t, 3>;

// A phase of the station as one of the grid; nothing where its terminal is not connected.
std::optional<storage::Phase> turned(storage::Phase phase, Rotation const& rotation)
{
    using storage::Phase;
    auto const single = [&](int first, Phase base) -> std::optional<Phase> {
        auto const terminal = static_cast<std::size_t>(static_cast<int>(phase) - first);
        int const line = rotation[terminal];
        if (line < 1 || line > 3) return std::nullopt;
        return static_cast<Phase>(static_cast<int>(base) + line - 1);
    };
    switch (phase) {
    case Phase::total:
    case Phase::n: return phase;
    case Phase::l1:
    case Phase::l2:
    case Phase::l3: return single(static_cast<int>(Phase::l1), Phase::l1);
    case Phase::l1_n:
    case Phase::l2_n:
    case Phase::l3_n: return single(static_cast<int>(Phase::l1_n), Phase::l1_n);
    case Phase::l1_l2:
    case Phase::l2_l3:
    case Phase::l3_l1: break;
    }
    // Between two terminals, so between their two lines: the one that neither of them is decides.
    auto const first = static_cast<std::size_t>(
        static_cast<int>(phase) - static_cast<int>(Phase::l1_l2));
    int const one = rotation[first];
    int const other = rotation[(first + 1) % rotation.size()];
    if (one < 1 || other < 1 || one == other) return std::nullopt;
    constexpr std::array without{Phase::l2_l3, Phase::l3_l1, Phase::l1_l2};
    return without[static_cast<std::size_t>(6 - one - other - 1)];
}

storage::MeterSample sample_of(Reading const& reading, Rotation const& rotation)
{
    storage::MeterSample sample;
    sample.at = reading.at;
    sample.context = reading.context;
    sample.energy_mwh = reading.energy_mwh;
    sample.power_mw = reading.power_mw;
    sample.soc_percent = reading.soc_percent;
    for (std::size_t terminal = 0; terminal < reading.terminal_ma.size(); ++terminal) {
        auto const line = rotation[terminal];
        if (line >= 1 && line <= sample.current_ma.size())
            sample.current_ma[line - 1] = reading.terminal_ma[terminal];
    }
    for (auto value : reading.others) {
        auto const phase = turned(value.channel.phase, rotation);
        if (!phase) continue;
        value.channel.phase = *phase;
        sample.others.push_back(value);
    }
    std::sort(sample.others.begin(), sample.others.end());
    return sample;
}

}

void Engine::Impl::take_reading(
    Outlet& outlet, RunningSession* session, Reading const& reading, bool live)
{
    auto sample = sample_of(reading, outlet.point.rotation);
    LiveCurrents lines{};
    for (std::size_t line = 0; line < lines.size(); ++line)
        lines[line] = sample.current_ma[line].value_or(0);
    bool const measured = std::any_of(sample.current_ma.begin(), sample.current_ma.end(),
        [](auto const& current) { return current.has_value(); });
    bool const any_current = lines != LiveCurrents{};
    if (live && measured) {
        outlet.current_ma = lines;
        outlet.measured_at = now.uptime;
        if (any_current && session && !session->data.ended_at) note_current(outlet, *session);
    }
    if (Plant* plant = plant_of(outlet)) touch(*plant, false);
    if (!session) return;

    sample.session = session->data.id;
    for (auto const& value : reading.signed_values)
        record(storage::SignedReading{.session = sample.session,
            .at = reading.at,
            .context = reading.context,
            .encoding = value.encoding,
            .method = value.method,
            .public_key = value.public_key,
            .data = value.data});
    session->energy.add(sample);
    storage::MeterSample empty;
    empty.session = sample.session;
    empty.at = sample.at;
    empty.context = sample.context;
    bool const says_nothing = sample == empty;
    if (!says_nothing) record(std::move(sample));
    if (!any_current || session->data.ended_at) return;
    auto const before = session->lines.counted;
    learn(session->lines, wired_lines(outlet.point), lines, reading.at);
    Plant* plant = plant_of(outlet);
    if (plant && before != session->lines.counted) touch(*plant, true);
}

}
