// Stations with queues from offline time upload them at full speed to a server that is killed at
// random instants. After every death the store is compared with what the stations know: sessions,
// samples and energies, each once. KURS_KILL_ROUNDS asks for more deaths than the usual ones,
// KURS_TEST_SEED for those of another run, as far as threads and sockets can repeat anything.
#include "tests/integration/support/plant.hpp"
#include "tests/integration/support/server.hpp"
#include "tests/integration/support/upload_check.hpp"
#include "tests/integration/support/waiting.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <random>

using namespace integration;

namespace {

constexpr std::size_t usual_rounds = 25;

std::uint64_t number_from(char const* variable, std::uint64_t otherwise)
{
    char const* const given = std::getenv(variable);
    return given ? std::strtoull(given, nullptr, 10) : otherwise;
}

using Uploaders = std::vector<std::unique_ptr<Uploader>>;

// Of both versions in turn, on a plant of their own.
Uploaders add_uploaders(Operator const& someone, std::size_t count, std::mt19937_64& random)
{
    PlantSpec spec{.supply_a = 200, .circuit_a = 125};
    Uploaders uploaders;
    for (std::size_t i = 0; i < count; ++i) {
        spec.stations.push_back("UPLOAD-" + std::to_string(i));
        uploaders.push_back(std::make_unique<Uploader>(
            spec.stations.back(), i % 2 == 0 ? ocpp::Version::v16 : ocpp::Version::v201, random()));
    }
    build_plant(someone, spec);
    return uploaders;
}

template <class Project>
std::size_t sum(Uploaders const& uploaders, Project project)
{
    std::size_t total = 0;
    for (auto const& uploader : uploaders) total += project(*uploader);
    return total;
}

std::size_t acknowledged(Uploaders const& uploaders)
{
    return sum(uploaders, [](Uploader const& one) { return one.acknowledged(); });
}

// Any instant: some time after the first connections, or some number of answers.
void await_death(Uploaders const& uploaders, std::mt19937_64& random)
{
    constexpr std::uint64_t longest_ms = 300;
    constexpr std::uint64_t most_answers = 150;
    if (random() % 2 == 0) {
        ::poll(nullptr, 0, static_cast<int>(random() % longest_ms));
        return;
    }
    auto const wanted = acknowledged(uploaders) + 1 + random() % most_answers;
    auto const shown = [&] { return std::to_string(acknowledged(uploaders)); };
    await(
        "answers", [&] { return acknowledged(uploaders) >= wanted; }, shown);
}

}

TEST_SUITE("a killed server")
{
    TEST_CASE("has everything that it acknowledged of uploaded queues once, to the last sample")
    {
        auto const seed = number_from("KURS_TEST_SEED", std::random_device{}());
        auto const rounds = number_from("KURS_KILL_ROUNDS", usual_rounds);
        MESSAGE("seed " << seed);
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        ServerProcess server;
        server.start();
        auto someone = server.log_in();
        constexpr std::size_t stations = 6;
        auto const uploaders = add_uploaders(someone, stations, random);

        for (std::size_t round = 1; round <= rounds; ++round) {
            CAPTURE(round);
            for (auto const& uploader : uploaders) uploader->begin(server.station_port());
            await_death(uploaders, random);
            server.kill();
            for (auto const& uploader : uploaders) uploader->join();
            server.start();
            someone = server.log_in();
            for (auto const& uploader : uploaders)
                check_uploads(someone, *uploader, uploader->first_touched());
        }
        for (auto const& uploader : uploaders) {
            uploader->finish();
            uploader->begin(server.station_port());
        }
        for (auto const& uploader : uploaders) uploader->join();
        std::size_t sessions = 0;
        for (auto const& uploader : uploaders) {
            CHECK_FALSE(uploader->pending());
            check_uploads(someone, *uploader, 0);
            sessions += uploader->transactions().size();
        }
        CHECK(sessions > rounds);
        CHECK(all_sessions(someone, true).empty());
        CHECK(someone.list("unbooked.list", "messages").empty());
        auto const repeats = sum(uploaders, [](Uploader const& one) { return one.repeats(); });
        MESSAGE(rounds << " deaths, " << sessions << " sessions, " << acknowledged(uploaders)
                       << " reports acknowledged, " << repeats << " repeated");
    }
}
