// Sessions for the tests, in Wh and minutes.
#pragma once

#include "server/engine/energy/energy.hpp"

#include <chrono>
#include <initializer_list>
#include <optional>
#include <vector>

namespace energy_tests {

using engine::EnergyDoubt;
using engine::EnergyRule;
using engine::EnergySource;
using storage::Location;
using storage::Measurand;
using storage::MeterSample;
using storage::Phase;
using storage::ReadingContext;
using storage::Session;
using storage::Timestamp;

// 2025-01-06 12:00:00 UTC, the start of all sessions here unless they say otherwise.
inline constexpr Timestamp noon{std::chrono::seconds{1'736'164'800}};

constexpr Timestamp minute(std::int64_t minutes) { return noon + std::chrono::minutes{minutes}; }
constexpr Timestamp second(std::int64_t seconds) { return noon + std::chrono::seconds{seconds}; }
constexpr std::int64_t wh(std::int64_t value) { return value * 1000; }
constexpr std::int64_t kwh(std::int64_t value) { return value * 1'000'000; }

struct Story {
    Session session;
    std::vector<MeterSample> samples;

    // A session that starts at noon, closed after `minutes` if any are given.
    explicit Story(std::optional<std::int64_t> minutes)
    {
        session.started_at = noon;
        session.start_reported = true;
        if (minutes) session.ended_at = minute(*minutes);
    }
    Story& start(std::int64_t mwh)
    {
        session.meter_start_mwh = mwh;
        return *this;
    }
    Story& stop(std::int64_t mwh)
    {
        session.meter_stop_mwh = mwh;
        return *this;
    }
    MeterSample& sample(Timestamp at, ReadingContext context = ReadingContext::periodic)
    {
        auto& sample = samples.emplace_back();
        sample.at = at;
        sample.context = context;
        return sample;
    }
    Story& reading(
        Timestamp at, std::int64_t mwh, ReadingContext context = ReadingContext::periodic)
    {
        sample(at, context).energy_mwh = mwh;
        return *this;
    }
    // One reading a minute from `from`, ending with the last of `mwh`.
    Story& readings(std::int64_t from, std::initializer_list<std::int64_t> mwh)
    {
        for (auto const value : mwh) reading(minute(from++), value);
        return *this;
    }
    Story& value(Timestamp at, Measurand measurand, std::int64_t milli, Phase phase = Phase::total,
        Location location = Location::outlet, ReadingContext context = ReadingContext::periodic)
    {
        sample(at, context).others.push_back({{measurand, phase, location}, milli});
        return *this;
    }
    engine::Energy energy() const { return engine::energy_of(session, samples); }
};

}
