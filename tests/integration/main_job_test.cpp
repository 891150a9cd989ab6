// The main job over real sockets: two stations of different versions share a circuit of 32 A.
//
// What is asserted of the fuse: at every instant at which the current of any terminal can change,
// from before the first car to after the last, the sum of the simulated meters is at most 32 A on
// each line. No instant is exempt, not even the reaction times: a current that is taken from one
// car is given to another only after the first one has certainly let go of it.
#include "tests/integration/support/exchanges.hpp"
#include "tests/integration/support/rides.hpp"
#include "tests/integration/support/server.hpp"
#include "tests/integration/support/waiting.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

using namespace integration;

namespace {

using Lines = sim::TerminalCurrents;
constexpr Lines none{0, 0, 0};
constexpr Lines half{16'000, 16'000, 16'000};
constexpr Lines whole{32'000, 32'000, 32'000};

constexpr char const* fuse = "Kurs 1";
constexpr char const* old_one = "MAIN-16";
constexpr char const* new_one = "MAIN-201";

constexpr auto never = std::numeric_limits<std::size_t>::max();

// Server and stations each cut their clocks to whole milliseconds.
constexpr sim::Milliseconds rounding{1};

struct Street {
    explicit Street(PlantSpec plant_spec) : spec(std::move(plant_spec))
    {
        server.start();
        someone = server.log_in();
        plant = build_plant(someone, spec);
        stations.server_at(server.station_port());
        stations.add(quick_station(old_one, ocpp::Version::v16));
        stations.add(quick_station(new_one, ocpp::Version::v201));
        stations.fuse(fuse, spec.circuit_a * 1000, spec.stations);
        await_ready(someone, plant, spec);
    }

    void await_currents(std::string const& station, Lines const& lines)
    {
        stations.await(station + " draws " + std::to_string(lines[0]) + " mA",
            [&] { return stations.currents_ma(station) == lines; });
    }

    // `first` charges alone, `second` comes: what was said between the two from frame `from` on.
    void check_handover(std::string const& first, std::string const& second, std::size_t from) const
    {
        CAPTURE(first);
        auto const orders = limit_orders(exchanges_of(stations.frames()));
        auto const decrease = session_limit(orders, first, 16'000, from);
        auto const increase = session_limit(orders, second, 16'000, from);
        CHECK(increase.accepted.has_value());
        CHECK(decrease.accepted.has_value());
        auto const accepted = decrease.accepted.value_or(
            Moment{.index = never, .at = increase.asked.at});
        CHECK(accepted.index < increase.asked.index);
        auto const gap = increase.asked.at - accepted.at;
        CHECK(gap.count() >= (settings.reaction_ms * 1ms - rounding).count());
        // Nothing was allowed in between that a later order would have had to take back.
        for (auto const& order : orders)
            if (order.station == second && order.asked.index >= from &&
                order.asked.index < increase.asked.index)
                CHECK(order.limit_ma == 0);
    }

    // A car comes, a second one comes, the first one leaves, the second one leaves.
    std::vector<Ride> play(std::string const& first, std::string const& second)
    {
        stations.plug_in(first, quick_car(slow_reaction), card);
        await_currents(first, whole);
        auto const before = stations.frames().size();
        stations.plug_in(second, quick_car(fast_reaction), card);
        await_currents(second, half);
        CHECK(stations.currents_ma(first) == half);
        check_handover(first, second, before);

        std::vector<Ride> rides{end_ride(stations, first)};
        CHECK(stations.currents_ma(first) == none);
        await_currents(second, whole);
        rides.push_back(end_ride(stations, second));
        return rides;
    }

    ServerSettings settings{};
    PlantSpec spec;
    ServerProcess server{settings};
    Operator someone{0};
    Plant plant;
    Stations stations;
};

}

TEST_SUITE("the main job")
{
    TEST_CASE("alone a car gets 32 A, together 16 A each, after one leaves 32 A again")
    {
        Street street({.circuit_a = 32, .stations = {old_one, new_one}});
        auto& stations = street.stations;
        auto rides = street.play(old_one, new_one);
        // The other way round, with a station that takes its time to say yes.
        stations.answer_late(new_one, 500ms);
        auto const more = street.play(new_one, old_one);
        rides.insert(rides.end(), more.begin(), more.end());

        CHECK(stations.overloads() == "");
        // The fuse was really read: all of it was used, and both shared it.
        auto const readings = stations.readings(fuse);
        CHECK(std::any_of(readings.begin(), readings.end(),
            [](FuseReading const& r) { return r.lines_ma == whole; }));
        check_booked(stations, street.someone, rides);
    }
    TEST_CASE("the operator sees currents, limits and their reasons")
    {
        Street street({.circuit_a = 40, .stations = {old_one, new_one}});
        auto const point = [&](std::size_t i) {
            return live_point(street.someone, street.plant, street.plant.charge_points[i]);
        };
        auto const draws = [&](json::object const& live, std::int64_t ma) {
            auto const& lines = items(live, "current_a");
            return text(live, "state") == "charging" && lines.size() == 3 &&
                   std::all_of(lines.begin(), lines.end(), [&](json::value const& line) {
                       return line.is_number() && thousandths(line) == ma;
                   });
        };
        auto const await_live = [&](std::size_t i, std::int64_t ma) {
            await(
                "a charge point that is shown with its current",
                [&] { return draws(point(i), ma); }, [&] { return json::serialize(point(i)); });
        };
        street.stations.plug_in(old_one, quick_car(), card);
        await_live(0, 32'000);
        auto const alone = point(0);
        CHECK(thousandths(alone, "limit_a") == 32'000);
        CHECK(thousandths(alone, "ceiling_a") == 32'000);
        CHECK(text(child(alone, "reason"), "kind") == "own_maximum");
        CHECK(text(alone, "station") == old_one);
        CHECK(text(child(alone, "session"), "token") == card);
        CHECK(text(point(1), "state") == "available");

        street.stations.plug_in(new_one, quick_car(), card);
        for (std::size_t i = 0; i < 2; ++i) {
            await_live(i, 20'000);
            auto const shared = point(i);
            CHECK(thousandths(shared, "limit_a") == 20'000);
            auto const& reason = child(shared, "reason");
            CHECK(text(reason, "kind") == "line_full");
            CHECK(text(reason, "where") == fuse);
        }
    }
}
