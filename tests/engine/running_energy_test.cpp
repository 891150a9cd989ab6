#include "server/engine/running_energy.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

TEST_SUITE("running energy")
{
    using namespace std::chrono_literals;

    constexpr storage::Timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 6 / 1} + 12h};

    storage::MeterSample sample(std::chrono::minutes at, std::int64_t mwh)
    {
        storage::MeterSample sample;
        sample.at = noon + at;
        sample.energy_mwh = mwh;
        return sample;
    }

    TEST_CASE("it is the final energy of the same readings, though few of them are kept")
    {
        for (std::uint64_t seed = 1; seed <= 100; ++seed) {
            CAPTURE(seed);
            std::mt19937_64 random(seed);
            storage::Session session;
            session.started_at = noon;
            session.start_reported = true;
            session.meter_start_mwh = 5'000'000;
            std::vector<storage::MeterSample> samples;
            std::int64_t mwh = 5'000'000;
            for (int k = 1; k <= 300; ++k) {
                mwh += static_cast<std::int64_t>(random() % 120'000);  // at most 7.2 kW
                samples.push_back(sample(std::chrono::minutes{k}, mwh));
            }
            // Some come late.
            for (int k = 0; k < 30; ++k) {
                auto const at = static_cast<std::ptrdiff_t>(random() % 290);
                std::swap(samples[static_cast<std::size_t>(at)],
                    samples[static_cast<std::size_t>(at) + 5]);
            }
            engine::RunningEnergy running;
            for (auto const& one : samples) running.add(one);
            auto const final = engine::energy_of(session, samples);
            CHECK(final.energy_mwh == mwh - 5'000'000);
            CHECK(running.of(session).energy_mwh == final.energy_mwh);
        }
    }

    TEST_CASE("a session without a register is estimated from all that was told")
    {
        storage::Session session;
        session.started_at = noon;
        session.start_reported = true;
        std::vector<storage::MeterSample> samples;
        engine::RunningEnergy running;
        for (int k = 0; k <= 120; ++k) {
            storage::MeterSample one;
            one.at = noon + std::chrono::minutes{k};
            one.power_mw = 6'000'000;
            samples.push_back(one);
            running.add(one);
        }
        auto const energy = running.of(session);
        CHECK(energy.estimated);
        CHECK(energy.energy_mwh == 12'000'000);  // 6 kW for 2 h
        CHECK(energy == engine::energy_of(session, samples));
    }
}
