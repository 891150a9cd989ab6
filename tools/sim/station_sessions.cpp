// What happens at the outlets: cars and cards come and go, transactions begin and end.
#include "tools/sim/station_impl.hpp"

#include <algorithm>

namespace sim {

namespace {

std::string_view name_of(OutletState state)
{
    switch (state) {
    case OutletState::available: return "available";
    case OutletState::preparing: return "preparing";
    case OutletState::charging: return "charging";
    case OutletState::suspended_ev: return "suspended_ev";
    case OutletState::suspended_evse: return "suspended_evse";
    case OutletState::finishing: return "finishing";
    }
    return "";
}

std::string_view name_of(StopReason reason)
{
    switch (reason) {
    case StopReason::local: return "local";
    case StopReason::remote: return "remote";
    case StopReason::ev_disconnected: return "ev_disconnected";
    case StopReason::deauthorized: return "deauthorized";
    case StopReason::reboot: return "reboot";
    case StopReason::power_loss: return "power_loss";
    }
    return "";
}

constexpr std::string_view nobody = "NoAuthorization";  // 2.0.1 token type of free mode

}

void Station::Impl::plug(int evse, Car const& car, std::string const& token)
{
    auto& e = at(evse);
    e.outlet.plug(car, now);
    e.finished = false;
    note("event=plug_in evse=" + std::to_string(evse));
    if (e.request) e.request->cable_came_later = true;
    if (!token.empty() && !e.request && !config.free_mode) present(evse, token);
}

Car Station::Impl::unplug(int evse)
{
    auto& e = at(evse);
    if (e.session) end_session(evse, StopReason::ev_disconnected, Trigger::cable_unplugged, {});
    drop_request(evse);
    e.finished = false;
    auto const car = e.outlet.unplug(now);
    note("event=unplug evse=" + std::to_string(evse));
    return car;
}

void Station::Impl::present(int evse, std::string const& token)
{
    auto& e = at(evse);
    if (!working()) return;
    if (e.session && e.session->authorized) {
        if (e.session->token == token)
            end_session(evse, StopReason::local, Trigger::stop_authorized, token);
        return;
    }
    Request wish;
    wish.token = token;
    wish.ask_at = now;
    wish.expires = now + config.connection_timeout;
    request(evse, std::move(wish));
}

void Station::Impl::request(int evse, Request request)
{
    drop_request(evse);
    at(evse).request = std::move(request);
}

// With it goes a profile that a remote start brought for a transaction that never came.
void Station::Impl::drop_request(int evse)
{
    auto& e = at(evse);
    if (!e.request) return;
    if (e.request->remote && !e.session) stack.end_transaction(evse);
    e.request.reset();
    std::erase_if(waiting, [&](Outgoing const& call) {
        return call.kind == CallKind::authorize && call.evse == evse;
    });
}

// What needs nobody's card: free mode, and transactions that start with the cable.
void Station::Impl::start_by_itself(int evse)
{
    auto& e = at(evse);
    if (!e.outlet.car() || e.session || e.finished) return;
    if (config.free_mode && !e.request) {
        Request wish;
        if (config.version == ocpp::Version::v16) wish.token = config.free_token;
        wish.type = nobody;
        wish.granted = true;
        request(evse, std::move(wish));
    }
    if (config.version == ocpp::Version::v201 && config.start_point == StartPoint::ev_connected)
        start_session(evse);
}

void Station::Impl::try_start(int evse)
{
    auto& e = at(evse);
    // Nobody charges at a station that its central system has never accepted (1.6 section 4.2.1).
    if (working() && ever_accepted) start_by_itself(evse);
    if (!e.request || !working()) return;
    if (!e.request->granted && !e.request->asking) {
        if (ready() && e.request->ask_at <= now) {
            e.request->asking = true;
            waiting.push_back(
                {CallKind::authorize, evse, dialect.authorize(e.request->token), e.request->token});
        } else if (link != Link::open && ever_accepted && config.offline_authorize) {
            e.request->granted = true;  // 1.6 section 3.5.4, 2.0.1 C15
        }
    }
    if (!e.request->granted || !e.outlet.car()) return;
    if (!ever_accepted) return;
    if (e.session) {
        if (!e.session->authorized) authorize_session(evse);
    } else {
        start_session(evse);
    }
    refresh(evse);
}

void Station::Impl::start_session(int evse)
{
    auto& e = at(evse);
    auto& session = e.session.emplace();
    session.number = ++session_count;
    session.started = now;
    session.first = sample(e, Sample::Context::begin);
    if (config.meter_interval > Milliseconds{0}) session.next_sample = now + config.meter_interval;
    if (config.version == ocpp::Version::v201)
        session.id = "tx-" + config.run + "-" + std::to_string(session.number);
    session.transaction = {session.id, clock()};
    e.finished = false;
    e.state = OutletState::preparing;

    auto start = record(evse, Record::Kind::started, Trigger::cable_plugged_in);
    start.state = OutletState::preparing;
    start.samples = {session.first};
    if (e.request && e.request->granted) {
        session.authorized = true;
        session.token = e.request->token;
        start.token = e.request->token;
        start.token_type = e.request->type;
        start.remote_start_id = e.request->remote_start_id;
        if (!e.request->cable_came_later) start.trigger = Trigger::authorized;
        if (e.request->remote) start.trigger = Trigger::remote_start;
        e.request.reset();
    }
    note("event=session_started evse=" + std::to_string(evse) +
         " session=" + std::to_string(session.number));
    bool const authorized = session.authorized;
    tell(std::move(start));
    apply_limits();
    if (authorized) e.outlet.energise(true, now);
}

// 2.0.1 with TxStartPoint EVConnected: the transaction is there already, now somebody may charge.
void Station::Impl::authorize_session(int evse)
{
    auto& e = at(evse);
    auto const request = *std::exchange(e.request, std::nullopt);
    e.session->authorized = true;
    e.session->token = request.token;
    e.session->transaction.can_deliver_at = clock();
    auto update = record(
        evse, Record::Kind::updated, request.remote ? Trigger::remote_start : Trigger::authorized);
    update.token = request.token;
    update.token_type = request.type;
    update.remote_start_id = request.remote_start_id;
    tell(std::move(update));
    apply_limits();
    e.outlet.energise(true, now);
}

void Station::Impl::end_session(
    int evse, StopReason reason, Trigger trigger, std::string const& token)
{
    auto& e = at(evse);
    e.outlet.energise(false, now);
    auto end = record(evse, Record::Kind::ended, trigger);
    bool const leaves = reason == StopReason::ev_disconnected;
    end.state = leaves ? OutletState::available : OutletState::finishing;
    end.token = token;
    end.reason = reason;
    end.samples = {e.session->first, sample(e, Sample::Context::end)};
    note("event=session_ended evse=" + std::to_string(evse) + " session=" +
         std::to_string(e.session->number) + " reason=" + std::string(name_of(reason)) +
         " wh=" + std::to_string(end.samples.back().energy_wh - end.samples.front().energy_wh));
    tell(std::move(end));
    e.session.reset();
    e.finished = !leaves;
    stack.end_transaction(evse);
    apply_limits();
}

// The central system says no to the token of a running transaction (1.6 errata 3.17, 2.0.1 E05).
void Station::Impl::deauthorize(int evse)
{
    auto& e = at(evse);
    note("event=token_refused evse=" + std::to_string(evse));
    if (config.stop_on_invalid_token) {
        end_session(evse, StopReason::deauthorized, Trigger::deauthorized, {});
    } else {
        e.session->suspended = true;
        e.outlet.energise(false, now);
    }
}

Sample Station::Impl::sample(Evse const& evse, Sample::Context context) const
{
    auto const& meter = evse.outlet.meter();
    Sample result;
    result.context = context;
    result.at = clock();
    result.energy_wh = meter.register_wh();
    result.power_mw = meter.power_mw();
    result.currents_ma = meter.currents_ma();
    result.terminals = config.phases;
    if (config.grid == Grid::it) {
        auto const& branch = meter.branch_currents_ma();
        bool const pair_alone = branch[1] == 0 && branch[2] == 0;
        if (config.shows_pair_on_first && pair_alone) result.currents_ma[1] = 0;
        if (config.phases == 1) result.terminals = config.shows_pair_on_first ? 1 : 2;
    }
    return result;
}

void Station::Impl::take_samples(int evse)
{
    auto& e = at(evse);
    if (!e.session || !e.session->next_sample || *e.session->next_sample > now) return;
    // A driver that comes late finds one sample, not a heap of equal ones.
    while (*e.session->next_sample <= now) *e.session->next_sample += config.meter_interval;
    auto update = record(evse, Record::Kind::updated, Trigger::periodic);
    update.samples = {sample(e, Sample::Context::periodic)};
    tell(std::move(update));
}

Record Station::Impl::record(int evse, Record::Kind kind, Trigger trigger)
{
    auto& session = *at(evse).session;
    Record result;
    result.kind = kind;
    result.session = session.number;
    result.evse = evse;
    result.at = clock();
    result.trigger = trigger;
    result.transaction_id = session.id.value_or("");
    return result;
}

void Station::Impl::tell(Record record)
{
    if (!dialect.tells(record)) return;
    record.seq_no = at(record.evse).session->next_seq++;
    record.offline = link != Link::open;
    queue.push(std::move(record));
}

OutletState Station::Impl::observed_state(Evse const& evse) const
{
    auto const& outlet = evse.outlet;
    if (!outlet.car()) return OutletState::available;
    if (!evse.session) return evse.finished ? OutletState::finishing : OutletState::preparing;
    if (evse.session->suspended) return OutletState::suspended_evse;
    if (!evse.session->authorized) return OutletState::preparing;
    if (outlet.meter().power_mw() > 0) return OutletState::charging;
    if (!outlet.settled()) return evse.state;  // between two states
    return outlet.offered_ma() == 0 ? OutletState::suspended_evse : OutletState::suspended_ev;
}

void Station::Impl::refresh(int evse)
{
    auto& e = at(evse);
    auto const state = observed_state(e);
    if (state == e.state) return;
    e.state = state;
    note("event=state evse=" + std::to_string(evse) + " state=" + std::string(name_of(state)));
    if (!e.session) return;
    auto update = record(evse, Record::Kind::updated, Trigger::state_changed);
    update.state = state;
    if (state == OutletState::charging) update.phases_used = e.outlet.car()->phases_used();
    tell(std::move(update));
}

// A station's maximum is shared equally among the EVSEs that may charge (K04.FR.05).
void Station::Impl::apply_limits()
{
    applied_skew = faults.clock_skew;
    auto const charging = std::ranges::count_if(
        evses, [](Evse const& e) { return e.session && e.session->authorized; });
    auto const station_max = stack.station_max_ma_at(clock());
    for (int i = 1; i <= evse_count(); ++i) {
        auto& e = at(i);
        auto const* running = e.session ? &e.session->transaction : nullptr;
        auto limit = stack.limit_at(i, clock(), running);
        if (station_max && charging > 1) limit.ma = std::min(limit.ma, *station_max / charging);
        auto const before = e.outlet.limit_ma();
        e.outlet.set_limit(limit.ma, limit.phases, now);
        if (limit.ma != before && e.session)
            note("event=limit evse=" + std::to_string(i) + " ma=" + std::to_string(limit.ma));
        auto const next = stack.next_switch_after(i, clock(), running);
        e.next_switch.reset();
        if (next) e.next_switch = *next - faults.clock_skew;
    }
}

}
