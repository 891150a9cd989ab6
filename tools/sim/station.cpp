#include "tools/sim/station.hpp"

#include "tools/sim/station_impl.hpp"

#include <algorithm>

namespace sim {

namespace {

StackRules stack_rules(StationConfig const& config)
{
    StackRules rules;
    rules.version = config.version;
    rules.evses = config.evses;
    rules.phases = config.phases;
    rules.can_switch_phases = config.can_switch_phases;
    rules.max_ma = config.max_ma;
    rules.standalone_ma = config.standalone_ma.value_or(config.max_ma);
    rules.max_stack_level = config.max_stack_level;
    rules.max_periods = config.max_periods;
    rules.max_profiles = config.max_profiles;
    rules.accepts_amperes = config.accepts_amperes;
    rules.accepts_watts = config.accepts_watts;
    return rules;
}

OutletConfig outlet_config(StationConfig const& config)
{
    OutletConfig outlet;
    outlet.grid = config.grid;
    outlet.phases = config.phases;
    outlet.max_ma = config.max_ma;
    outlet.quantum_ma = config.quantum_ma;
    outlet.reaction = config.reaction;
    outlet.wakes_cars = config.wakes_cars;
    outlet.register_start_wh = config.register_start_wh;
    return outlet;
}

Dialect const& dialect_of(ocpp::Version version)
{
    return version == ocpp::Version::v16 ? dialect_16() : dialect_201();
}

}

Station::Impl::Impl(StationConfig const& config_in, Instant now_in)
    : config(config_in),
      dialect(dialect_of(config_in.version)),
      random(config_in.seed),
      stack(stack_rules(config_in)),
      queue({config_in.transaction_attempts, config_in.transaction_retry_interval,
          config_in.offline_memory}),
      now(now_in),
      connect_at(now_in),
      heartbeat_interval(config_in.heartbeat_interval)
{
    for (int i = 0; i < config.evses; ++i)
        evses.push_back({Outlet(outlet_config(config), now), {}, {}, false, {}, {}, {}});
    apply_limits();
}

void Station::Impl::note(std::string text)
{
    if (config.keeps_events) events.push_back({now, std::move(text)});
}

// Works off everything that is due up to `until`, each thing at its own time: a driver that comes
// late changes nothing.
void Station::Impl::pass_time(Instant until)
{
    for (auto next = next_wake(); next && *next < until;) {
        step(std::max(*next, now));
        auto const after = next_wake();
        if (after == next) break;  // waits for the driver, not for time
        next = after;
    }
    step(std::max(until, now));
}

void Station::Impl::step(Instant to)
{
    now = to;
    for (auto& evse : evses) evse.outlet.advance(now);
    if (faults.clock_skew != applied_skew) apply_limits();
    if (booting_until && *booting_until <= now) {
        booting_until.reset();
        connect_at = now;
        note("event=boot");
    }
    if (connect_at && *connect_at <= now && working()) {
        connect_at.reset();
        link = Link::asked_for;
        link_request = LinkRequest::open;
    }
    if (outstanding && outstanding->deadline <= now && !faults.silent) on_no_answer();
    for (int i = 1; i <= evse_count(); ++i) {
        auto const& request = at(i).request;
        if (request && !at(i).outlet.car() && request->expires <= now) drop_request(i);
    }
    settle();
}

// Brings everything in line with what has just happened.
void Station::Impl::settle()
{
    if (std::ranges::any_of(
            evses, [&](Evse const& e) { return e.next_switch && *e.next_switch <= now; }))
        apply_limits();
    for (int i = 1; i <= evse_count(); ++i) {
        refresh(i);
        take_samples(i);
        try_start(i);
    }
    std::erase_if(delayed_answers, [&](auto& answer) {
        if (answer.first > now) return false;
        texts.push_back(std::move(answer.second));
        return true;
    });
    pump();
}

std::optional<Instant> Station::Impl::next_wake() const
{
    std::optional<Instant> next;
    auto const consider = [&](std::optional<Instant> at) {
        if (at && (!next || *at < *next)) next = at;
    };
    for (auto const& evse : evses) {
        consider(evse.outlet.next_event());
        consider(evse.next_switch);
        if (evse.session) consider(evse.session->next_sample);
        if (evse.request && !evse.outlet.car()) consider(evse.request->expires);
        if (evse.request && !evse.request->granted && !evse.request->asking && ready())
            consider(evse.request->ask_at);
    }
    consider(booting_until);
    if (working()) consider(connect_at);
    if (link != Link::open || faults.silent) return next;
    for (auto const& answer : delayed_answers) consider(answer.first);
    if (outstanding) {
        consider(outstanding->deadline);
    } else if (registration != Registration::accepted) {
        consider(boot_at);
    } else {
        if (!queue.empty()) consider(queue.waits_until());
        if (heartbeat_interval > Milliseconds{0}) consider(last_call + heartbeat_interval);
    }
    return next;
}

void Station::Impl::lose_link()
{
    link = Link::down;
    link_request = LinkRequest::none;
    // What was not delivered is told anew after the reconnect, if it is still true then.
    if (outstanding) waiting.push_front(outstanding->call);
    outstanding.reset();
    for (auto const& call : waiting) {
        if (call.kind == CallKind::status && call.evse > 0) at(call.evse).reported.reset();
        if (call.kind == CallKind::authorize && at(call.evse).request)
            at(call.evse).request->asking = false;
    }
    waiting.clear();
    delayed_answers.clear();
    texts.clear();
    queue.on_link_lost();
}

// Out of operation: the link goes, registration is to be done again.
void Station::Impl::go_down(Milliseconds until_boot)
{
    bool const had_link = link != Link::down;
    lose_link();
    if (had_link) link_request = LinkRequest::close;
    registration = Registration::none;
    boot_at.reset();
    connect_at.reset();
    booting_until = now + until_boot;
    for (int i = 1; i <= evse_count(); ++i) drop_request(i);
}

Station::Station(StationConfig const& config, Instant now)
    : impl_(std::make_unique<Impl>(config, now))
{
    impl_->step(now);
}
Station::~Station() = default;
Station::Station(Station&&) noexcept = default;
Station& Station::operator=(Station&&) noexcept = default;

void Station::on_open(Instant now)
{
    auto& s = *impl_;
    s.pass_time(now);
    if (s.link != Impl::Link::asked_for) return;
    s.link = Impl::Link::open;
    s.note("event=link_open");
    s.failed_connects = 0;
    s.last_call = now;
    if (s.config.boots_on_reconnect) s.registration = Impl::Registration::none;
    if (s.registration != Impl::Registration::accepted && !s.boot_at) s.boot_at = now;
    s.settle();
}

void Station::on_close(Instant now)
{
    auto& s = *impl_;
    s.pass_time(now);
    if (s.link == Impl::Link::down) return;
    s.lose_link();
    auto const doublings = std::min(s.failed_connects++, 16);
    auto const wait = std::min(s.config.reconnect_max, s.config.reconnect_min * (1 << doublings));
    s.connect_at = now + wait + Milliseconds{s.random.between(0, wait.count())};
    s.settle();
}

void Station::on_text(std::string_view text, Instant now)
{
    auto& s = *impl_;
    s.pass_time(now);
    if (s.link != Impl::Link::open || s.faults.silent) return;
    s.on_frame(ocpp::parse_frame(text, s.config.version));
    s.settle();
}

void Station::on_time(Instant now) { impl_->pass_time(now); }

std::optional<Instant> Station::next_wake() const { return impl_->next_wake(); }

LinkRequest Station::take_link_request()
{
    return std::exchange(impl_->link_request, LinkRequest::none);
}

std::vector<std::string> Station::take_texts() { return std::exchange(impl_->texts, {}); }

std::vector<Event> Station::take_events() { return std::exchange(impl_->events, {}); }

void Station::plug_in(Car const& car, std::string const& token, Instant now, int evse)
{
    impl_->pass_time(now);
    impl_->plug(evse, car, token);
    impl_->settle();
}

Car Station::unplug(Instant now, int evse)
{
    impl_->pass_time(now);
    auto car = impl_->unplug(evse);
    impl_->settle();
    return car;
}

void Station::present_token(std::string const& token, Instant now, int evse)
{
    impl_->pass_time(now);
    impl_->present(evse, token);
    impl_->settle();
}

void Station::change_car_max(std::int64_t max_ma, Instant now, int evse)
{
    impl_->pass_time(now);
    impl_->at(evse).outlet.change_car_max(max_ma, now);
    impl_->settle();
}

void Station::reboot(Instant now)
{
    auto& s = *impl_;
    s.pass_time(now);
    for (int i = 1; i <= s.evse_count(); ++i)
        if (s.at(i).session) s.end_session(i, StopReason::reboot, Trigger::abnormal, {});
    s.note("event=reboot");
    s.boot_reason = BootReason::local_reset;
    s.go_down(s.config.boot_duration);
    s.settle();
}

void Station::power_loss(Instant now)
{
    auto& s = *impl_;
    s.pass_time(now);
    if (!s.powered) return;
    for (int i = 1; i <= s.evse_count(); ++i)
        if (s.at(i).session) s.end_session(i, StopReason::power_loss, Trigger::abnormal, {});
    s.note("event=power_loss");
    s.go_down(Milliseconds{0});
    s.booting_until.reset();
    s.powered = false;
    s.settle();
}

void Station::power_back(Instant now)
{
    auto& s = *impl_;
    s.pass_time(now);
    if (s.powered) return;
    s.note("event=power_back");
    s.powered = true;
    s.boot_reason = BootReason::power_up;
    s.booting_until = now + s.config.boot_duration;
    s.settle();
}

Faults& Station::faults() { return impl_->faults; }
StationConfig const& Station::config() const { return impl_->config; }
bool Station::online() const { return impl_->link == Impl::Link::open; }
bool Station::accepted() const { return impl_->registration == Impl::Registration::accepted; }
bool Station::plugged(int evse) const { return impl_->at(evse).outlet.car().has_value(); }
OutletState Station::state(int evse) const { return impl_->at(evse).state; }
std::size_t Station::undelivered() const { return impl_->queue.size(); }

Car const* Station::car(int evse) const
{
    auto const& car = impl_->at(evse).outlet.car();
    return car ? &*car : nullptr;
}

std::optional<SessionView> Station::session(int evse) const
{
    auto const& session = impl_->at(evse).session;
    if (!session) return std::nullopt;
    return SessionView{
        session->token, session->id.value_or(""), session->started, session->first.energy_wh};
}

TerminalCurrents Station::terminal_currents_ma() const
{
    TerminalCurrents sum{};
    for (auto const& evse : impl_->evses)
        for (std::size_t i = 0; auto const ma : evse.outlet.meter().currents_ma()) sum[i++] += ma;
    return sum;
}

TerminalCurrents Station::terminal_currents_ma(int evse) const
{
    return impl_->at(evse).outlet.meter().currents_ma();
}

Draw Station::draw(int evse) const { return impl_->at(evse).outlet.draw(); }

std::int64_t Station::offered_ma(int evse) const { return impl_->at(evse).outlet.offered_ma(); }
std::int64_t Station::limit_ma(int evse) const { return impl_->at(evse).outlet.limit_ma(); }
std::int64_t Station::register_wh(int evse) const
{
    return impl_->at(evse).outlet.meter().register_wh();
}
std::int64_t Station::register_uj(int evse) const
{
    return impl_->at(evse).outlet.meter().register_uj();
}

}
