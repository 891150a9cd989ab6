#include "server/engine/steering.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

TEST_SUITE("steering")
{
    using namespace engine;
    using namespace std::chrono_literals;

    constexpr Milliseconds t0 = 1000s;
    constexpr SteeringRules rules{.increase_step_ma = 1'000, .quantum_ma = 100};

    balancing::Node node(std::int64_t limit_a, std::optional<std::size_t> parent = std::nullopt)
    {
        return {.name = "n",
            .parent = parent,
            .rating = balancing::on_all_lines(balancing::ampere(limit_a))};
    }

    balancing::Snapshot on(std::vector<balancing::Node> nodes)
    {
        balancing::Snapshot snapshot;
        snapshot.nodes = std::move(nodes);
        return snapshot;
    }

    SteeredOutlet outlet(std::int64_t ceiling_a, std::int64_t commanded_a, std::int64_t target_a)
    {
        SteeredOutlet o;
        o.loading = balancing::balanced_load;
        o.ceiling_ma = ceiling_a * 1000;
        o.commanded_ma = commanded_a * 1000;
        o.target_ma = target_a * 1000;
        o.min_ma = 6'000;
        o.free = true;
        return o;
    }

    TEST_CASE("a decrease goes at once and the increase it makes room for waits")
    {
        std::vector const nodes{node(32)};
        // One car holds 32 A and shall come down to 16; the other has nothing and shall get 16.
        std::vector const outlets{outlet(32, 32, 16), outlet(0, 0, 16)};
        auto const s = steer(on(nodes), outlets, rules, t0);
        REQUIRE(s.changes.size() == 1);
        CHECK(s.changes[0].outlet == 0);
        CHECK(s.changes[0].limit_ma == 16'000);
        CHECK(s.held_back[1]);
    }
    TEST_CASE("a car that has nothing starts with what is free already, if that is useful")
    {
        std::vector const nodes{node(32)};
        std::vector const enough{outlet(22, 22, 16), outlet(0, 0, 16)};  // 10 A are free
        auto s = steer(on(nodes), enough, rules, t0);
        REQUIRE(s.changes.size() == 2);
        CHECK(s.changes[1].limit_ma == 10'000);
        std::vector const little{outlet(27, 27, 16), outlet(0, 0, 16)};  // 5 A are free: below 6 A
        s = steer(on(nodes), little, rules, t0);
        CHECK(s.changes.size() == 1);
    }
    TEST_CASE("a car that charges is raised no sooner than its rate limit, and not for a trifle")
    {
        std::vector const nodes{node(63)};
        auto early = outlet(10, 10, 20);
        early.earliest_increase = t0 + 5s;
        auto s = steer(on(nodes), std::vector{early}, rules, t0);
        CHECK(s.changes.empty());
        CHECK(s.next_increase == t0 + 5s);
        s = steer(on(nodes), std::vector{early}, rules, t0 + 5s);
        REQUIRE(s.changes.size() == 1);
        CHECK(s.changes[0].limit_ma == 20'000);

        std::vector const tight{node(32)};
        auto trifle = outlet(10, 10, 20);
        auto other = outlet(21, 21, 21);  // leaves 1 A minus 0.5
        other.ceiling_ma = 21'500;
        s = steer(on(tight), std::vector{trifle, other}, rules, t0);
        CHECK(s.changes.empty());
    }
    TEST_CASE("nothing is sent to a station that is busy or away")
    {
        std::vector const nodes{node(63)};
        auto down = outlet(20, 20, 10);
        down.free = false;
        auto up = outlet(0, 0, 10);
        up.free = false;
        CHECK(steer(on(nodes), std::vector{down, up}, rules, t0).changes.empty());
    }
    TEST_CASE("an overload is never deepened")
    {
        std::vector const nodes{node(32)};
        std::vector const outlets{outlet(40, 20, 20), outlet(0, 0, 6)};
        CHECK(steer(on(nodes), outlets, rules, t0).changes.empty());
    }
    TEST_CASE("whatever is sent, the ceilings stay below every limit that they are below now")
    {
        for (unsigned seed = 1; seed <= 500; ++seed) {
            CAPTURE(seed);
            std::mt19937 random(seed);
            auto const pick = [&](int low, int high) {
                return std::uniform_int_distribution<int>(low, high)(random);
            };
            std::vector<balancing::Node> nodes{node(pick(20, 100))};
            for (int n = 1; n < 5; ++n)
                nodes.push_back(node(pick(10, 63), static_cast<std::size_t>(pick(0, n - 1))));
            std::vector<SteeredOutlet> outlets;
            for (int i = 0; i < 12; ++i) {
                auto o = outlet(pick(0, 3) == 0 ? pick(0, 16) : 0, 0, pick(0, 32));
                o.commanded_ma = pick(0, 1) == 0 ? o.ceiling_ma : o.ceiling_ma / 2;
                o.node = static_cast<std::size_t>(pick(0, 4));
                // Any of the lines or pairs, or balanced.
                o.loading = {static_cast<std::uint8_t>(pick(1, 8))};
                o.free = pick(0, 4) > 0;
                outlets.push_back(o);
            }
            auto snapshot = on(nodes);
            if (seed % 2 == 0) snapshot.grid = balancing::Grid::it;
            auto const line_a = [&](std::array<double, 4> const& sum, std::size_t line) {
                double const x = sum[line];
                double const y = sum[(line + 2) % 3];
                double const z = sum[3];
                if (snapshot.grid == balancing::Grid::tn) return x + z;
                // The safe quadratic of IT at power factor 0.98: the angle is 11.4783 degrees.
                constexpr double degree = 3.14159265358979 / 180;
                double const pairs = 2 * std::cos((60 - 2 * 11.4783) * degree);
                double const mixed = 2 * std::sqrt(3.0) * std::cos((30 - 2 * 11.4783) * degree);
                return std::sqrt(x * x + y * y + 3 * z * z + pairs * x * y + mixed * z * (x + y));
            };
            auto const sums = [&] {
                std::vector<std::array<double, 3>> lines(nodes.size());
                for (std::size_t at = 0; at < nodes.size(); ++at) {
                    std::array<double, 4> sum{};
                    for (auto const& o : outlets)
                        for (std::optional<std::size_t> n = o.node; n; n = nodes[*n].parent)
                            for (std::size_t channel = 0; channel < sum.size(); ++channel)
                                if (*n == at && o.loading.has(channel))
                                    sum[channel] += static_cast<double>(o.ceiling_ma) / 1000;
                    for (std::size_t line = 0; line < 3; ++line)
                        lines[at][line] = line_a(sum, line);
                }
                return lines;
            };
            auto const before = sums();
            auto const s = steer(snapshot, outlets, rules, t0);
            for (auto const& change : s.changes) {
                auto& o = outlets[change.outlet];
                CHECK(o.free);
                CHECK(change.limit_ma <= std::max(o.target_ma, o.commanded_ma));
                o.ceiling_ma = std::max(
                    o.ceiling_ma, change.limit_ma);  // as long as it is in flight
            }
            auto const after = sums();
            for (std::size_t n = 0; n < nodes.size(); ++n)
                for (std::size_t line = 0; line < 3; ++line)
                    // A milliampere for the rounding of this sum.
                    CHECK(after[n][line] <=
                          std::max(before[n][line], nodes[n].rating[line].amperes()) + 0.001);
        }
    }
}
