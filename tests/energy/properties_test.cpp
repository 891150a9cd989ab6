// What holds for whatever stations report.
#include "server/engine/energy/bounds.hpp"
#include "tests/energy/story.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <random>

using namespace energy_tests;
using engine::metering::plausible_mwh;

namespace {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}

    std::int64_t between(std::int64_t low, std::int64_t high)  // both included
    {
        auto const span = static_cast<std::uint64_t>(high - low) + 1;
        return low + static_cast<std::int64_t>(random_() % span);
    }
    bool one_in(std::int64_t n) { return between(1, n) == 1; }
    template <class T>
    void shuffle(std::vector<T>& values)
    {
        std::shuffle(values.begin(), values.end(), random_);
    }

private:
    std::mt19937_64 random_;
};

std::int64_t strange_register(Dice& dice, std::int64_t good)
{
    switch (dice.between(0, 6)) {
    case 0: return 0;
    case 1: return good * 1000;
    case 2: return good / 1000;
    case 3: return wh(4'294'967'295);
    case 4: return dice.between(-kwh(1), kwh(100'000));
    case 5: return std::numeric_limits<std::int64_t>::max() - dice.between(0, 9);
    default: return std::numeric_limits<std::int64_t>::min() + dice.between(0, 9);
    }
}

void add_channels(Dice& dice, MeterSample& sample, std::int64_t good)
{
    for (auto n = dice.between(0, 3); n > 0; --n) {
        auto const measurand = std::array{Measurand::energy_active_import_register,
            Measurand::energy_active_import_interval, Measurand::power_active_import,
            Measurand::current_import,
            Measurand::voltage}[static_cast<std::size_t>(dice.between(0, 4))];
        auto const value = measurand == Measurand::energy_active_import_register
                               ? good
                               : dice.between(0, 400'000);
        sample.others.push_back({{measurand, static_cast<Phase>(dice.between(0, 10)),
                                     static_cast<Location>(dice.between(0, 5))},
            dice.one_in(10) ? strange_register(dice, value) : value});
    }
}

// Anything: wrong values, wrong times, wrong contexts, several reports of one instant.
Story messy(Dice& dice)
{
    auto const minutes = dice.between(0, 300);
    Story story(dice.one_in(4) ? std::nullopt : std::optional{minutes});
    if (dice.one_in(20)) story.session.ended_at = minute(-minutes);
    auto const lifetime = dice.one_in(2) ? 0 : dice.between(0, kwh(50'000));
    auto const watts = dice.one_in(3) ? dice.between(0, 350'000) : dice.between(0, 22'000);
    auto const strange = [&](std::int64_t good) {
        return dice.one_in(8) ? strange_register(dice, good) : good;
    };
    if (!dice.one_in(5)) story.start(strange(lifetime));
    if (!dice.one_in(5)) story.stop(strange(lifetime + wh(watts) * minutes / 60));
    bool const registers = !dice.one_in(4);
    for (auto n = dice.between(0, 60); n > 0; --n) {
        auto const at = dice.between(-20, minutes + 20);
        auto& sample = story.sample(minute(at), static_cast<ReadingContext>(dice.between(0, 7)));
        auto const good = lifetime + wh(watts) * std::max<std::int64_t>(at, 0) / 60;
        if (registers && !dice.one_in(6)) sample.energy_mwh = strange(good);
        if (dice.one_in(3)) sample.power_mw = strange(watts * 1000);
        if (dice.one_in(3)) sample.current_ma[0] = static_cast<std::int32_t>(watts * 4);
        add_channels(dice, sample, good);
    }
    return story;
}

// The register of a station that charges with changing power, at each second of some hours.
struct Truth {
    std::vector<std::int64_t> mwh;

    Truth(Dice& dice, std::int64_t seconds, std::int64_t most_watts)
    {
        auto value = dice.between(kwh(1'000), kwh(50'000));
        std::int64_t watts = 0;
        for (std::int64_t at = 0; at <= seconds; ++at) {
            if (at % 600 == 0)
                watts = dice.one_in(5) ? 0 : dice.between(most_watts / 4, most_watts);
            mwh.push_back(value);
            value += watts * 1000 / 3600;
        }
    }
    std::int64_t at(std::int64_t seconds) const { return mwh[static_cast<std::size_t>(seconds)]; }
    std::int64_t last() const { return static_cast<std::int64_t>(mwh.size()) - 1; }
};

Story told(Truth const& truth, std::int64_t step)
{
    Story story(truth.last() / 60);
    story.start(truth.at(0)).stop(truth.at(truth.last()));
    for (auto at = step; at < truth.last(); at += step) story.reading(second(at), truth.at(at));
    return story;
}

std::int64_t duration_ms(Story const& story)
{
    auto const& session = story.session;
    auto until = session.started_at;
    if (session.ended_at) {
        until = *session.ended_at;
        if (until <= session.started_at) return engine::metering::unclocked_session_ms;
    } else {
        for (auto const& sample : story.samples) until = std::max(until, sample.at);
    }
    return (until - session.started_at).count();
}

}

TEST_CASE("order and repetition of the samples never matter")
{
    for (std::uint64_t seed = 1; seed <= 3'000; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        auto story = messy(dice);
        auto const energy = story.energy();
        auto const hours = engine::hourly_energy(story.session, story.samples, "Europe/Oslo");
        for (int round = 0; round < 3; ++round) {
            if (!story.samples.empty()) {
                auto const again = dice.between(0, std::ssize(story.samples) - 1);
                story.samples.push_back(
                    MeterSample{story.samples[static_cast<std::size_t>(again)]});
            }
            dice.shuffle(story.samples);
            REQUIRE(story.energy() == energy);
            REQUIRE(engine::hourly_energy(story.session, story.samples, "Europe/Oslo") == hours);
        }
    }
}

TEST_CASE("energy is never negative and never more than can have flowed")
{
    for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        auto const story = messy(dice);
        auto const energy = story.energy().energy_mwh.value_or(0);
        REQUIRE(energy >= 0);
        REQUIRE(energy <= plausible_mwh(duration_ms(story)) + engine::metering::register_step_mwh);
    }
}

TEST_CASE("the hours of a session add up to its energy exactly")
{
    for (std::uint64_t seed = 1; seed <= 5'000; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        auto const story = messy(dice);
        auto const hours = engine::hourly_energy(
            story.session, story.samples, dice.one_in(2) ? "Asia/Kolkata" : "Europe/Oslo");
        std::int64_t sum = 0;
        Timestamp before{};
        for (auto const& hour : hours) {
            REQUIRE(hour.energy_mwh > 0);
            REQUIRE(hour.start > before);
            REQUIRE(hour.start.time_since_epoch() % std::chrono::minutes{30} ==
                    std::chrono::milliseconds{0});
            before = hour.start;
            sum += hour.energy_mwh;
        }
        REQUIRE(sum == story.energy().energy_mwh.value_or(0));
    }
}

TEST_CASE("a sample between two registers that agree changes nothing")
{
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        Truth const truth(dice, 60 * dice.between(2, 240), dice.one_in(3) ? 350'000 : 11'000);
        auto story = told(truth, dice.between(10, 1'000));
        bool const running = dice.one_in(3);
        if (running) {
            story.session.ended_at.reset();
            story.session.meter_stop_mwh.reset();
            story.reading(second(truth.last()), truth.at(truth.last()));
        }
        auto const expected = truth.at(truth.last()) - truth.at(0);
        REQUIRE(story.energy().energy_mwh == expected);
        REQUIRE(story.energy().doubts.none());
        for (int more = 0; more < 10; ++more) {
            auto const at = dice.between(0, truth.last());
            story.reading(second(at), truth.at(at));
            REQUIRE(story.energy().energy_mwh == expected);
            REQUIRE(story.energy().doubts.none());
        }
    }
}

TEST_CASE("a few wrong readings among good ones change nothing")
{
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        Truth const truth(dice, 60 * 120, 22'000);
        auto story = told(truth, 60);
        story.reading(second(0), truth.at(0), ReadingContext::begin);
        story.reading(second(truth.last()), truth.at(truth.last()), ReadingContext::end);
        bool const without_own = dice.one_in(2);
        if (without_own) {
            story.session.meter_start_mwh.reset();
            story.session.meter_stop_mwh.reset();
        }
        for (int wrong = 0; wrong < 5; ++wrong) {
            auto& sample = story.samples[static_cast<std::size_t>(dice.between(0, 118))];
            sample.energy_mwh = strange_register(dice, truth.at(0));
        }
        REQUIRE(story.energy().energy_mwh == truth.at(truth.last()) - truth.at(0));
    }
}

TEST_CASE("a register that begins anew anywhere loses only what flowed unseen before it did")
{
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        Truth const truth(dice, 60 * 120, 22'000);
        auto const anew = dice.between(60 * 20, 60 * 80);
        Story story(120);
        story.start(truth.at(0)).stop(truth.at(truth.last()) - truth.at(anew));
        for (std::int64_t at = 60; at < truth.last(); at += 60) {
            story.reading(second(at), truth.at(at) - (at < anew ? 0 : truth.at(anew)));
        }
        auto const seen_last = (anew - 1) / 60 * 60;
        auto const unseen = truth.at(anew) - truth.at(seen_last);
        auto const after = truth.at(truth.last()) - truth.at(anew);
        if (after < kwh(1)) continue;  // too few readings after it to tell
        REQUIRE(story.energy().energy_mwh == truth.at(truth.last()) - truth.at(0) - unseen);
        REQUIRE(story.energy().doubts.has(EnergyDoubt::register_reset));
    }
}
