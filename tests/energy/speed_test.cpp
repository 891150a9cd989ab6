// Run on request: test_energy -ns -tc="*microseconds*"
#include "tests/energy/story.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <ctime>
#include <random>

using namespace energy_tests;

namespace {

template <class Work>
double microseconds_of(Work const& work)
{
    constexpr int rounds = 2'000;
    auto const begin = std::clock();  // CPU time: others may be using the machine
    std::int64_t sum = 0;
    for (int i = 0; i < rounds; ++i) sum += work();
    auto const took = static_cast<double>(std::clock() - begin);
    CHECK(sum >= 0);
    return took * 1'000'000 / CLOCKS_PER_SEC / rounds;
}

Story ten_hours()
{
    Story story(600);
    story.start(kwh(45'000)).stop(kwh(45'070));
    for (int i = 0; i < 1'200; ++i) {
        auto& sample = story.sample(second(30 * i));
        sample.energy_mwh = kwh(45'000) + wh(70'000) * i / 1'200;
        sample.power_mw = 7'000'000;
        sample.current_ma = {10'000, 10'000, 10'000};
        sample.others.assign(3, {{Measurand::voltage, Phase::l1_n, Location::outlet}, 230'000});
    }
    return story;
}

}

TEST_CASE("the microseconds of a session with 1,200 samples" * doctest::skip())
{
    auto story = ten_hours();
    auto const energy = [&] { return story.energy().energy_mwh.value_or(0); };
    MESSAGE("usual: ", microseconds_of(energy), " us");
    MESSAGE("by the hour: ", microseconds_of([&] {
        return static_cast<std::int64_t>(
            engine::hourly_energy(story.session, story.samples, "Europe/Oslo").size());
    }),
        " us");
    std::mt19937_64 random(1);
    std::shuffle(story.samples.begin(), story.samples.end(), random);
    MESSAGE("in any order: ", microseconds_of(energy), " us");
    for (auto& sample : story.samples) {
        sample.energy_mwh = static_cast<std::int64_t>(random() % 1'000'000'000'000);
    }
    MESSAGE("nothing but garbage: ", microseconds_of(energy), " us");
    for (auto& sample : story.samples) {
        sample.energy_mwh.reset();
        sample.power_mw.reset();
    }
    story.session.meter_stop_mwh.reset();
    MESSAGE("currents and voltages only: ", microseconds_of(energy), " us");
}
