#include "tools/sim/profile_stack.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace sim {

namespace {

using ocpp::Timestamp;
using std::chrono::seconds;
using Status = SetOutcome::Status;

constexpr SetOutcome accepted{};

SetOutcome rejected(std::string_view reason, std::string_view rule)
{
    return {Status::rejected, reason, rule};
}

// Nobody plans a schedule for longer; it keeps sums of times far from overflow.
constexpr std::int64_t longest_schedule_s = 100LL * 366 * 86'400;
constexpr std::int64_t longest_composite_s = 7LL * 86'400;
constexpr std::size_t most_composite_periods = 1'024;  // 2.0.1 ChargingScheduleType

// Validity is [from, to); an open end reaches for ever (2.0.1 K01.FR.10, 36, 37).
bool validity_overlaps(Profile const& a, Profile const& b)
{
    bool const a_first = a.valid_to && b.valid_from && *a.valid_to <= *b.valid_from;
    bool const b_first = b.valid_to && a.valid_from && *b.valid_to <= *a.valid_from;
    return !a_first && !b_first;
}

// W is the total power: I = P / (set voltage x phases) (2.0.1 K01.FR.50, 1.6 section 7.12). A limit
// counts for as many phases as it names, three when it names none, whatever the car uses
// (errata 3.34).
Limit limit_of(Period const& period, RateUnit unit)
{
    int const phases = period.phases.value_or(most_phases);
    auto const ma = unit == RateUnit::amperes ? period.limit_milli
                                              : period.limit_milli / (nominal_voltage_v * phases);
    return {ma, phases};
}

Limit lower(Limit const& a, Limit const& b)
{
    return {std::min(a.ma, b.ma), std::min(a.phases, b.phases)};
}

std::int64_t in_unit(Limit const& limit, RateUnit unit)
{
    return unit == RateUnit::amperes ? limit.ma : limit.ma * nominal_voltage_v * limit.phases;
}

SetOutcome check_period(Period const& period, StackRules const& rules)
{
    if (period.limit_milli < 0) return rejected("InvalidSchedule", "limit is not negative");
    if (period.start_s > longest_schedule_s)
        return rejected("InvalidSchedule", "startPeriod is at most a hundred years");
    if (period.phase_to_use)
        return rejected(
            "InvalidSchedule", "phaseToUse needs ACPhaseSwitchingSupported (K01.FR.48)");
    if (!period.phases) return accepted;
    if (*period.phases < 1 || *period.phases > most_phases)
        return rejected("InvalidSchedule", "numberPhases is 1, 2 or 3");
    // A station that cannot open single phases cannot keep the promise of fewer. 1.6 has no such
    // rule.
    if (rules.version == ocpp::Version::v201 && *period.phases < rules.phases &&
        !rules.can_switch_phases)
        return rejected("InvalidSchedule", "numberPhases can be kept (K01.FR.43)");
    return accepted;
}

SetOutcome check_start(Profile const& profile, StackRules const& rules)
{
    bool const strict = rules.version == ocpp::Version::v201;
    bool const has_start = profile.schedule.start.has_value();
    if (profile.kind == Kind::recurring && !profile.recurrency)
        return rejected("InvalidProfile", "Recurring has a recurrencyKind");
    if (profile.kind == Kind::recurring && !has_start)
        return rejected("InvalidSchedule", "Recurring has a startSchedule (K01.FR.40)");
    // 1.6 section 7.13: without startSchedule the schedule is relative to the start of charging.
    if (strict && profile.kind == Kind::absolute && !has_start)
        return rejected("InvalidSchedule", "Absolute has a startSchedule (K01.FR.40)");
    if (strict && profile.kind == Kind::relative && has_start)
        return rejected("InvalidSchedule", "Relative has no startSchedule (K01.FR.41)");
    if (profile.valid_from && profile.valid_to && *profile.valid_to <= *profile.valid_from)
        return rejected("InvalidProfile", "validTo is after validFrom");
    return accepted;
}

SetOutcome check_transaction(
    Profile const& profile, Transaction const* running, ocpp::Version version)
{
    if (!running) return rejected("TxNotFound", "TxProfile needs a running transaction");
    if (version == ocpp::Version::v201 && !profile.transaction)
        return rejected("MissingParam", "TxProfile has a transactionId (K01.FR.03)");
    if (profile.transaction && profile.transaction != running->id)
        return rejected("TxNotFound", "transactionId is the running transaction's (K01.FR.33)");
    return accepted;
}

}

SetOutcome ProfileStack::check_schedule(Profile const& profile) const
{
    auto const& schedule = profile.schedule;
    if (schedule.unit == RateUnit::amperes ? !rules_.accepts_amperes : !rules_.accepts_watts)
        return rejected("UnsupportedRateUnit", "chargingRateUnit is supported (K01.FR.26)");
    if (std::cmp_greater(schedule.periods.size(), rules_.max_periods))
        return rejected("TooManyElements", "chargingSchedulePeriod has at most ScheduleMaxPeriods");
    if (schedule.periods.empty() || schedule.periods.front().start_s != 0)
        return rejected("InvalidSchedule", "the first startPeriod is 0 (K01.FR.31)");
    if (schedule.duration_s && *schedule.duration_s <= 0)
        return rejected("InvalidSchedule", "duration is more than 0");
    auto const ascends = [](Period const& a, Period const& b) { return a.start_s >= b.start_s; };
    if (std::ranges::adjacent_find(schedule.periods, ascends) != schedule.periods.end())
        return rejected("InvalidSchedule", "startPeriod increases (K01.FR.35)");
    for (auto const& period : schedule.periods)
        if (auto const outcome = check_period(period, rules_); !outcome.accepted()) return outcome;
    return check_start(profile, rules_);
}

bool ProfileStack::replaced_by(Installed const& entry, int evse, Profile const& profile) const
{
    if (entry.profile.id == profile.id) return true;  // K01.FR.05, 1.6 section 5.16.3
    // 1.6 section 3.13.2; 2.0.1 refuses instead.
    return rules_.version == ocpp::Version::v16 && entry.evse == evse &&
           entry.profile.purpose == profile.purpose &&
           entry.profile.stack_level == profile.stack_level;
}

SetOutcome ProfileStack::check_duplicate(int evse, Profile const& profile) const
{
    std::size_t kept = 0;
    for (auto const& entry : installed_) {
        if (entry.profile.purpose == Purpose::external_constraints) {
            if (entry.profile.id == profile.id)
                return rejected(
                    "InvalidProfile", "the id is not an external constraint's (K01.FR.05)");
            continue;
        }
        if (replaced_by(entry, evse, profile)) continue;
        ++kept;
        bool const alike = entry.profile.purpose == profile.purpose &&
                           entry.profile.stack_level == profile.stack_level;
        if (rules_.version == ocpp::Version::v16 || !alike) continue;
        bool const shared_default = profile.purpose == Purpose::tx_default &&
                                    (entry.evse == 0) != (evse == 0);
        if (shared_default)
            return rejected(
                "DuplicateProfile", "one default per level on EVSE 0 and n (K01.FR.52, 53)");
        if (entry.evse == evse && validity_overlaps(entry.profile, profile))
            return rejected(
                "DuplicateProfile", "one profile per purpose and level (K01.FR.06, 39)");
    }
    if (std::cmp_greater_equal(kept, rules_.max_profiles))
        return rejected("OutOfStorage", "at most MaxChargingProfilesInstalled profiles");
    return accepted;
}

SetOutcome ProfileStack::check_common(int evse, Profile const& profile) const
{
    if (evse < 0 || evse > rules_.evses) {
        auto const status = rules_.version == ocpp::Version::v16 ? Status::no_such_evse
                                                                 : Status::rejected;
        return {status, "UnknownEvse", "the connector or EVSE exists (1.6 errata 3.39, K01.FR.28)"};
    }
    if (profile.purpose == Purpose::external_constraints)
        return rejected("InvalidProfile", "external constraints come from others (K01.FR.22)");
    if (profile.purpose == Purpose::station_max && evse != 0)
        return rejected("InvalidProfile", "a station's maximum is set on 0 (K04.FR.03)");
    if (profile.purpose == Purpose::station_max && profile.kind == Kind::relative)
        return rejected("InvalidProfile", "a station's maximum is not Relative (K01.FR.38)");
    if (profile.purpose == Purpose::tx && evse == 0)
        return rejected("InvalidProfile", "TxProfile is set on an EVSE, not on 0 (K01.FR.16)");
    if (profile.purpose != Purpose::tx && profile.transaction)
        return rejected("InvalidProfile", "only a TxProfile has a transactionId");
    if (profile.stack_level < 0 || profile.stack_level > rules_.max_stack_level)
        return rejected("InvalidStackLevel", "stackLevel is 0 to the highest supported");
    return accepted;
}

SetOutcome ProfileStack::check(int evse, Profile const& profile, Transaction const* running) const
{
    if (auto const outcome = check_common(evse, profile); !outcome.accepted()) return outcome;
    if (profile.purpose == Purpose::tx)
        if (auto const outcome = check_transaction(profile, running, rules_.version);
            !outcome.accepted())
            return outcome;
    if (auto const outcome = check_schedule(profile); !outcome.accepted()) return outcome;
    return check_duplicate(evse, profile);
}

SetOutcome ProfileStack::check_for_start(int evse, Profile const& profile) const
{
    if (profile.purpose != Purpose::tx)
        return rejected("InvalidProfile", "a remote start brings a TxProfile (K05.FR.02)");
    if (profile.transaction)
        return rejected(
            "InvalidProfile", "a remote start's profile has no transactionId (F01.FR.11)");
    if (auto const outcome = check_common(evse, profile); !outcome.accepted()) return outcome;
    if (auto const outcome = check_schedule(profile); !outcome.accepted()) return outcome;
    return check_duplicate(evse, profile);
}

void ProfileStack::install(int evse, Profile profile)
{
    std::erase_if(
        installed_, [&](Installed const& entry) { return replaced_by(entry, evse, profile); });
    installed_.push_back({evse, std::move(profile)});
}

SetOutcome ProfileStack::set(int evse, Profile profile, Transaction const* running)
{
    auto const outcome = check(evse, profile, running);
    if (outcome.accepted()) install(evse, std::move(profile));
    return outcome;
}

void ProfileStack::set_for_start(int evse, Profile profile) { install(evse, std::move(profile)); }

void ProfileStack::set_external(int evse, Profile profile)
{
    profile.purpose = Purpose::external_constraints;
    std::erase_if(installed_, [&](Installed const& e) { return e.profile.id == profile.id; });
    installed_.push_back({evse, std::move(profile)});
}

std::size_t ProfileStack::clear(ClearFilter const& filter)
{
    bool const names_none = !filter.id && !filter.evse && !filter.purpose && !filter.stack_level;
    if (rules_.version == ocpp::Version::v201 && names_none) return 0;  // K10.FR.02 forbids it
    return std::erase_if(installed_, [&](Installed const& entry) {
        auto const& profile = entry.profile;
        if (profile.purpose == Purpose::external_constraints) return false;  // K10.FR.08, 09
        if (filter.id) return profile.id == *filter.id;
        return (!filter.evse || entry.evse == *filter.evse) &&
               (!filter.purpose || profile.purpose == *filter.purpose) &&
               (!filter.stack_level || profile.stack_level == *filter.stack_level);
    });
}

void ProfileStack::end_transaction(int evse)
{
    std::erase_if(installed_, [&](Installed const& entry) {
        return entry.evse == evse && entry.profile.purpose == Purpose::tx;
    });
}

ProfileStack::Context ProfileStack::context(Transaction const* running, Timestamp otherwise)
{
    return {running ? running->can_deliver_at : otherwise, running != nullptr};
}

// Within a purpose the highest stack level that has a period now leads (2.0.1 section K 3.5); on
// the same level an EVSE's own default stands in for the one on 0 (1.6 section 3.13.1).
std::optional<Limit> ProfileStack::leading(
    Purpose purpose, int evse, Timestamp t, Context const& context) const
{
    Installed const* best = nullptr;
    Period const* best_period = nullptr;
    for (auto const& entry : installed_) {
        if (entry.profile.purpose != purpose || (entry.evse != 0 && entry.evse != evse)) continue;
        auto const* period = period_at(entry.profile, t, context.relative_to);
        if (!period) continue;
        auto const rank = [](Installed const& e) {
            return std::pair{e.profile.stack_level, e.evse};
        };
        if (best && rank(*best) > rank(entry)) continue;
        best = &entry;
        best_period = period;
    }
    if (!best) return std::nullopt;
    return limit_of(*best_period, best->profile.schedule.unit);
}

// Between purposes the lowest limit counts, and TxProfile stands in for TxDefaultProfile; when its
// schedule is over, the default is back (2.0.1 K02.FR.08).
Limit ProfileStack::limit(int evse, Timestamp t, Context const& context) const
{
    Limit result{rules_.max_ma, rules_.phases};
    std::optional<Limit> own;
    if (context.has_transaction) own = leading(Purpose::tx, evse, t, context);
    if (!own) own = leading(Purpose::tx_default, evse, t, context);
    result = lower(result, own.value_or(Limit{rules_.standalone_ma, most_phases}));
    for (auto const purpose : {Purpose::station_max, Purpose::external_constraints})
        if (auto const other = leading(purpose, evse, t, context)) result = lower(result, *other);
    if (!rules_.can_switch_phases) result.phases = rules_.phases;
    return result;
}

Limit ProfileStack::limit_at(int evse, Timestamp t, Transaction const* running) const
{
    return limit(evse, t, context(running, t));
}

std::optional<std::int64_t> ProfileStack::station_max_ma_at(Timestamp t) const
{
    std::optional<std::int64_t> result;
    for (auto const purpose : {Purpose::station_max, Purpose::external_constraints})
        if (auto const found = leading(purpose, 0, t, {t, false}))
            result = std::min(result.value_or(found->ma), found->ma);
    return result;
}

std::optional<Timestamp> ProfileStack::next_switch_of(
    int evse, Timestamp t, Context const& context) const
{
    std::optional<Timestamp> next;
    for (auto const& entry : installed_) {
        if (entry.evse != 0 && evse != 0 && entry.evse != evse) continue;
        auto const at = next_switch(entry.profile, t, context.relative_to);
        if (at && (!next || *at < *next)) next = at;
    }
    return next;
}

std::optional<Timestamp> ProfileStack::next_switch_after(
    int evse, Timestamp t, Transaction const* running) const
{
    if (running) return next_switch_of(evse, t, context(running, t));
    return next_switch_of(evse, t, {std::nullopt, false});
}

CompositeSchedule ProfileStack::composite(int evse, Timestamp start, std::int64_t duration_s,
    RateUnit unit, std::vector<Transaction const*> const& running) const
{
    auto const begin = std::chrono::floor<seconds>(start);
    auto const transaction_on = [&](int number) -> Transaction const* {
        auto const index = evse == 0 ? static_cast<std::size_t>(number - 1) : 0;
        return index < running.size() ? running[index] : nullptr;
    };
    auto const total_at = [&](Timestamp t) {
        Limit total{0, rules_.phases};
        for (int number = 1; number <= rules_.evses; ++number)
            total.ma += limit(number, t, context(transaction_on(number), begin)).ma;
        if (auto const most = station_max_ma_at(t)) total.ma = std::min(total.ma, *most);
        return total;
    };
    auto const value_at = [&](Timestamp t) {
        return evse == 0 ? total_at(t) : limit(evse, t, context(transaction_on(evse), begin));
    };
    auto const switch_after = [&](Timestamp t) {
        std::optional<Timestamp> next;
        for (int number = evse == 0 ? 1 : evse; number <= (evse == 0 ? rules_.evses : evse);
             ++number)
            if (auto const at = next_switch_of(number, t, context(transaction_on(number), begin)))
                next = next ? std::min(*next, *at) : *at;
        return next;
    };

    CompositeSchedule result{
        begin, std::clamp<std::int64_t>(duration_s, 0, longest_composite_s), unit, {}};
    auto const end = begin + seconds{result.duration_s};
    for (Timestamp t = begin; t < end || result.periods.empty();) {
        auto const limit_now = value_at(t);
        Period const period{std::chrono::duration_cast<seconds>(t - begin).count(),
            in_unit(limit_now, unit), limit_now.phases, std::nullopt};
        bool const same = !result.periods.empty() &&
                          result.periods.back().limit_milli == period.limit_milli &&
                          result.periods.back().phases == period.phases;
        if (!same && result.periods.size() == most_composite_periods) {
            result.duration_s = period.start_s;
            break;
        }
        if (!same) result.periods.push_back(period);
        auto const next = switch_after(t);
        if (!next) break;
        t = std::chrono::ceil<seconds>(*next);  // periods of a schedule start on whole seconds
    }
    return result;
}

}
