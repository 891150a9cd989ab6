#include "server/engine/readings.hpp"

#include <doctest/doctest.h>

TEST_SUITE("readings")
{
    using namespace engine;
    using storage::Location, storage::Measurand, storage::Phase, storage::ReadingContext;

    constexpr Timestamp at{std::chrono::hours{1}};
    constexpr auto import_register = Measurand::energy_active_import_register;

    Sample sample(Measurand measurand, Phase phase, std::int64_t milli,
        Location location = Location::outlet, ReadingContext context = ReadingContext::periodic)
    {
        return {.channel = {.measurand = measurand, .phase = phase, .location = location},
            .context = context,
            .milli = milli};
    }

    std::vector<Reading> readings_of(std::vector<Sample> const& samples)
    {
        ReadingBuilder builder(at);
        for (auto const& one : samples) builder.add(one);
        std::vector<Reading> readings;
        builder.finish(readings);
        return readings;
    }

    TEST_CASE("units scale to thousandths of the base unit")
    {
        CHECK(milli_of(import_register, "1.234567", "kWh", 0) == 1'234'567);  // mWh
        CHECK(milli_of(import_register, "12", "", 0) == 12'000);
        CHECK(milli_of(Measurand::power_active_import, "7.36", "kW", 0) == 7'360'000);
        CHECK(milli_of(Measurand::current_import, "16.1", "A", 0) == 16'100);
        CHECK(milli_of(Measurand::current_import, "16100", "mA", 0) == 16'100);
        CHECK(milli_of(Measurand::voltage, "230.4", "V", 0) == 230'400);
        CHECK(milli_of(Measurand::soc, "81", "Percent", 0) == 81'000);
        CHECK(milli_of(Measurand::frequency, "49.98", "Hertz", 0) == 49'980);
        CHECK(milli_of(Measurand::temperature, "20.5", "Celcius", 0) == 20'500);
        CHECK(milli_of(Measurand::temperature, "300", "K", 0) == 26'850);  // 300 - 273.15
        CHECK(milli_of(Measurand::temperature, "212", "Fahrenheit", 0) == 100'000);
        CHECK(milli_of(import_register, 1.5, "Wh", 3) == 1'500'000);  // 2.x: times 10^3
    }
    TEST_CASE("a unit of another quantity counts by its size, but amperes are only for currents")
    {
        CHECK(milli_of(Measurand::power_active_import, "7.4", "kWh", 0) == 7'400'000);
        CHECK_FALSE(milli_of(import_register, "5", "A", 0));
        CHECK_FALSE(milli_of(Measurand::current_import, "5", "Wh", 0));
        CHECK_FALSE(milli_of(import_register, "5", "furlong", 0));
        CHECK_FALSE(milli_of(import_register, "five", "Wh", 0));
    }
    TEST_CASE("a total has its own field, and what is per phase is kept per phase")
    {
        auto const readings = readings_of(
            {sample(import_register, Phase::l1, 1'000), sample(import_register, Phase::l2, 2'000),
                sample(import_register, Phase::total, 7'000)});
        REQUIRE(readings.size() == 1);
        CHECK(readings[0].energy_mwh == 7'000);
        REQUIRE(readings[0].others.size() == 2);
        CHECK(readings[0].others[0].milli == 1'000);
        CHECK(readings[0].others[1].channel.phase == Phase::l2);
    }
    TEST_CASE("a current without a phase is each phase's, unless that phase is reported itself")
    {
        auto const readings = readings_of({sample(Measurand::current_import, Phase::l2_n, 9'000),
            sample(Measurand::current_import, Phase::total, 16'000)});
        REQUIRE(readings.size() == 1);
        CHECK(readings[0].terminal_ma[0] == 16'000);
        CHECK(readings[0].terminal_ma[1] == 9'000);
        CHECK(readings[0].terminal_ma[2] == 16'000);
    }
    TEST_CASE("the outlet's register comes before the body's, and the car's is none of ours")
    {
        auto const both = readings_of({sample(import_register, Phase::total, 5, Location::body),
            sample(import_register, Phase::total, 6, Location::outlet)});
        CHECK(both.at(0).energy_mwh == 6);
        CHECK(both.at(0).others.size() == 1);
        auto const body = readings_of({sample(import_register, Phase::total, 5, Location::body)});
        CHECK(body.at(0).energy_mwh == 5);
        auto const car = readings_of({sample(import_register, Phase::total, 5, Location::ev)});
        CHECK_FALSE(car.at(0).energy_mwh);
        CHECK(car.at(0).others.size() == 1);
    }
    TEST_CASE("samples of one instant with different contexts are different readings")
    {
        auto const readings = readings_of(
            {sample(import_register, Phase::total, 1, Location::outlet, ReadingContext::begin),
                sample(import_register, Phase::total, 2, Location::outlet, ReadingContext::clock),
                sample(Measurand::voltage, Phase::l1, 3, Location::outlet, ReadingContext::begin)});
        REQUIRE(readings.size() == 2);
        CHECK(readings[0].context == ReadingContext::begin);
        CHECK(readings[0].others.size() == 1);
        CHECK(readings[1].energy_mwh == 2);
    }
    TEST_CASE("nothing of use is no reading") { CHECK(readings_of({}).empty()); }
}
