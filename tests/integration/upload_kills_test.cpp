// Stations with queues from offline time upload them at full speed to a server that is killed at
// random instants. After every death the store is compared with what the stations know: sessions,
// samples and energies, each once. KURS_KILL_ROUNDS asks for more deaths than the usual ones,
// KURS_TEST_SEED for those of another run, as far as threads and sockets can repeat anything.
#include "tests/integration/support/server.hpp"
#include "tests/integration/support/upload_check.hpp"
#include "tests/integration/support/waiting.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>

using namespace integration;

namespace {

constexpr std::size_t usual_rounds = 25;

std::uint64_t number_from(char const* variable, std::uint64_t otherwise)
{
    char const* const given = std::getenv(variable);
    return given ? std::strtoull(given, nullptr, 10) : otherwise;
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
            begin_all(uploaders, server.station_port());
            await_death(uploaders, random);
            server.kill();
            join_all(uploaders);
            server.start();
            someone = server.log_in();
            for (auto const& uploader : uploaders)
                check_uploads(someone, *uploader, uploader->first_touched());
        }
        finish_and_check(someone, uploaders, server.station_port());

        std::size_t sessions = 0;
        std::size_t repeats = 0;
        for (auto const& uploader : uploaders) {
            sessions += uploader->transactions().size();
            repeats += uploader->repeats();
        }
        CHECK(sessions > rounds);
        MESSAGE(rounds << " deaths, " << sessions << " sessions, " << acknowledged(uploaders)
                       << " reports acknowledged, " << repeats << " repeated");
    }
}
