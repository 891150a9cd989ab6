// Random profile stacks: the composite schedule and the limit at every second against each other
// and against a painter that fills in seconds one by one.
#include "tests/sim/builders.hpp"
#include "tools/sim/random.hpp"

#include <algorithm>
#include <array>
#include <map>

using namespace std::chrono_literals;
using namespace sim;
using namespace sim::test;

namespace {

constexpr std::int64_t window_s = 2 * 3'600;
constexpr std::int64_t hardware = 32'000;  // mA

Profile random_profile(Random& random, Timestamp base)
{
    Profile p;
    p.id = random.between(1, 12);
    p.stack_level = random.between(0, 3);
    p.purpose = std::array{Purpose::station_max, Purpose::tx_default, Purpose::tx_default,
        Purpose::tx}[static_cast<std::size_t>(random.between(0, 3))];
    p.kind = static_cast<Kind>(random.between(0, 2));
    if (p.kind == Kind::recurring)
        p.recurrency = random.chance(70) ? Recurrency::daily : Recurrency::weekly;
    // Recurring ones start some days ago, so that the window may hold the seam between two days.
    auto const start = base + std::chrono::seconds{random.between(-5'000, 5'000)} -
                       (p.kind == Kind::recurring ? 24h * random.between(0, 9) : 0h);
    if (p.kind != Kind::relative) p.schedule.start = start;
    if (random.chance(50)) p.schedule.duration_s = random.between(1, 9'000);
    if (random.chance(30))
        p.valid_from = base + std::chrono::seconds{random.between(-3'000, 6'000)};
    if (random.chance(30))
        p.valid_to = p.valid_from.value_or(base) + std::chrono::seconds{random.between(1, 6'000)};
    std::int64_t offset = 0;
    for (auto count = random.between(1, 5); count > 0; --count) {
        p.schedule.periods.push_back({offset, random.between(0, 320) * 100, {}, {}});
        offset += random.between(1, 2'000);
    }
    return p;
}

// What leads in each second of the window, painted: for each profile from the lowest rank up, each
// of its periods covers its seconds. Knows nothing of anchors and next switches.
using Seconds = std::vector<std::optional<std::int64_t>>;
Seconds paint(ProfileStack const& stack, Purpose purpose, Timestamp base, Timestamp relative_to)
{
    Seconds result(window_s);
    std::multimap<std::pair<std::int64_t, int>, Profile> ranked;
    for (auto const& entry : stack.installed())
        if (entry.profile.purpose == purpose)
            ranked.emplace(std::pair{entry.profile.stack_level, entry.evse}, entry.profile);
    for (auto const& [rank, p] : ranked) {
        auto const repeat = p.recurrency ? (*p.recurrency == Recurrency::daily ? 24h : 24h * 7)
                                         : 0h;
        auto const first = p.schedule.start.value_or(relative_to);
        for (auto start = first; start < base + std::chrono::seconds{window_s}; start += repeat) {
            for (std::size_t i = 0; i < p.schedule.periods.size(); ++i) {
                auto const& period = p.schedule.periods[i];
                auto from = start + std::chrono::seconds{period.start_s};
                auto to = i + 1 < p.schedule.periods.size()
                              ? start + std::chrono::seconds{p.schedule.periods[i + 1].start_s}
                              : base + std::chrono::seconds{window_s};
                if (p.schedule.duration_s)
                    to = std::min(to, start + std::chrono::seconds{*p.schedule.duration_s});
                if (repeat > 0h) to = std::min(to, start + repeat);
                if (p.valid_from) from = std::max(from, *p.valid_from);
                if (p.valid_to) to = std::min(to, *p.valid_to);
                for (std::int64_t s = 0; s < window_s; ++s) {
                    auto const t = base + std::chrono::seconds{s};
                    if (t >= from && t < to)
                        result[static_cast<std::size_t>(s)] = period.limit_milli;
                }
            }
            if (repeat == 0h) break;
        }
    }
    return result;
}

}

TEST_SUITE_BEGIN("sim: charging profiles");

TEST_CASE("limits, composite schedules and switching instants of random stacks agree")
{
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        auto const base = at("2024-05-06T22:30:00Z");
        auto const version = seed % 2 == 0 ? ocpp::Version::v16 : ocpp::Version::v201;
        ProfileStack stack(rules(version, 2));
        Transaction const tx{"t", base + std::chrono::seconds{random.between(-4'000, 0)}};
        for (int i = 0; i < 20; ++i) {
            auto p = random_profile(random, base);
            if (p.purpose == Purpose::tx) p.transaction = tx.id;
            stack.set(p.purpose == Purpose::tx ? 1 : random.chance(50) ? 0 : 1, p, &tx);
        }
        REQUIRE_FALSE(stack.installed().empty());

        auto const max = paint(stack, Purpose::station_max, base, tx.can_deliver_at);
        auto const defaults = paint(stack, Purpose::tx_default, base, tx.can_deliver_at);
        auto const own = paint(stack, Purpose::tx, base, tx.can_deliver_at);
        auto const composite = stack.composite(1, base, window_s, RateUnit::amperes, {&tx});
        REQUIRE(composite.periods.front().start_s == 0);

        std::size_t period = 0;
        int wrong = 0;
        std::optional<Timestamp> steady_until = base;
        std::int64_t steady_ma = 0;
        for (std::int64_t s = 0; s < window_s; ++s) {
            auto const i = static_cast<std::size_t>(s);
            auto const t = base + std::chrono::seconds{s};
            auto const limit = stack.limit_at(1, t, &tx).ma;
            std::optional<std::int64_t> const transaction = own[i] ? own[i] : defaults[i];
            auto const painted = std::min(
                {transaction.value_or(hardware), max[i].value_or(hardware), hardware});
            if (period + 1 < composite.periods.size() && composite.periods[period + 1].start_s == s)
                ++period;
            wrong += limit != painted;
            wrong += limit != composite.periods[period].limit_milli;
            if (steady_until && t >= *steady_until) {
                steady_ma = limit;
                steady_until = stack.next_switch_after(1, t, &tx);
            }
            wrong += limit != steady_ma;
        }
        CHECK(wrong == 0);
        CHECK(period + 1 == composite.periods.size());
    }
}

TEST_SUITE_END();
