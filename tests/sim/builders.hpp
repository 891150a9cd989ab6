// Short ways to write profiles and moments in tests of the simulator.
#pragma once

#include "tools/sim/profile_stack.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace sim::test {

using ocpp::Timestamp;

inline Timestamp at(std::string_view text) { return ocpp::parse_timestamp(text).value().time; }

struct Step {
    std::int64_t start_s;
    std::int64_t limit;  // A or W
    std::optional<int> phases{};
};

inline Profile profile(std::int64_t id, Purpose purpose, std::int64_t level, Timestamp start,
    std::vector<Step> const& steps)
{
    Profile p;
    p.id = id;
    p.purpose = purpose;
    p.stack_level = level;
    p.schedule.start = start;
    for (auto const& step : steps)
        p.schedule.periods.push_back({step.start_s, step.limit * 1'000, step.phases, {}});
    return p;
}

inline Profile relative(Profile p)
{
    p.kind = Kind::relative;
    p.schedule.start.reset();
    return p;
}

inline Profile lasting(Profile p, std::int64_t duration_s)
{
    p.schedule.duration_s = duration_s;
    return p;
}

inline Profile repeated(Profile p, Recurrency every)
{
    p.kind = Kind::recurring;
    p.recurrency = every;
    return p;
}

inline Profile valid(Profile p, std::optional<Timestamp> from, std::optional<Timestamp> to)
{
    p.valid_from = from;
    p.valid_to = to;
    return p;
}

inline Profile in_watts(Profile p)
{
    p.schedule.unit = RateUnit::watts;
    return p;
}

inline Profile of(Profile p, std::string transaction)
{
    p.transaction = std::move(transaction);
    return p;
}

inline StackRules rules(ocpp::Version version, int evses = 1)
{
    StackRules r;
    r.version = version;
    r.evses = evses;
    return r;
}

inline Timestamp const noon = at("2024-05-06T12:00:00Z");  // a Monday

inline Transaction running(std::string id = "7") { return {std::move(id), noon}; }

inline ProfileStack stack16(int evses = 1)
{
    return ProfileStack(rules(ocpp::Version::v16, evses));
}
inline ProfileStack stack201(int evses = 1)
{
    return ProfileStack(rules(ocpp::Version::v201, evses));
}

inline void must_accept(
    ProfileStack& stack, int evse, Profile const& p, Transaction const* tx = nullptr)
{
    auto const outcome = stack.set(evse, p, tx);
    INFO(outcome.rule);
    REQUIRE(outcome.accepted());
}

// Why `p` is refused; empty when it is accepted.
inline std::string_view reason(
    ProfileStack stack, int evse, Profile const& p, Transaction const* tx = nullptr)
{
    auto const outcome = stack.set(evse, p, tx);
    return outcome.accepted() ? "" : outcome.reason;
}

}
