// The process is killed at any moment: what was reported as committed is in the file, once.
#include "tests/storage/driver.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <poll.h>
#include <random>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace storage;
using namespace storage_test;

namespace {

// Commits batches without end, the first numbered `first`, and writes the number of each that was
// reported as committed to `reports`. Two samples each, so that half a batch would show.
[[noreturn]] void commit_until_killed(
    std::filesystem::path const& file, std::int64_t first, int reports)
{
    constexpr std::int64_t outstanding = 8;
    auto opened = sqlite::open_tuned_store(file, quick_tuning());
    if (std::holds_alternative<OpenError>(opened)) ::_exit(1);
    auto const store = std::get<std::unique_ptr<Store>>(std::move(opened));
    std::atomic<std::int64_t> reported{first};
    Session session;
    session.id = SessionId{1};
    session.charge_point = ChargePointId{5};
    for (std::int64_t n = first;; ++n) {
        while (n - reported >= outstanding) {
            reported.wait(reported);
        }
        store->commit({session, sample(1, n, n), sample(2, n, n)}, [&reported, reports, n] {
            if (::write(reports, &n, sizeof n) != sizeof n) ::_exit(1);
            ++reported;
            reported.notify_one();
        });
    }
}

// Reads what was reported until the other end closes; kills it once `enough` have come or the time
// is over.
std::int64_t last_reported(int reports, pid_t child, std::int64_t enough, int milliseconds)
{
    std::int64_t last = 0;
    std::int64_t count = 0;
    pollfd waiting{reports, POLLIN, 0};
    bool killed = false;
    for (;;) {
        if (!killed && (count >= enough || ::poll(&waiting, 1, milliseconds) == 0)) {
            ::kill(child, SIGKILL);
            killed = true;
        }
        std::int64_t number = 0;
        if (::read(reports, &number, sizeof number) != sizeof number) return last;
        CHECK(number > last);
        last = number;
        ++count;
    }
}

}

TEST_SUITE("kill")
{
    TEST_CASE("a killed process loses nothing that it reported as committed")
    {
        std::uint64_t const seed = 1;
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        TemporaryFolder const folder;
        std::int64_t stored = 0;
        constexpr int rounds = 25;
        for (int round = 0; round < rounds; ++round) {
            CAPTURE(round);
            int ends[2];
            REQUIRE(::pipe(ends) == 0);
            pid_t const child = ::fork();
            REQUIRE(child >= 0);
            if (child == 0) {
                ::close(ends[0]);
                commit_until_killed(folder.file(), stored + 1, ends[1]);
            }
            ::close(ends[1]);
            // The first rounds kill it while it opens or creates the file.
            bool const early = round < 5;
            auto const enough = early ? 1 : static_cast<std::int64_t>(random() % 200);
            int const milliseconds = early ? round : 2000;
            std::int64_t const reported = last_reported(ends[0], child, enough, milliseconds);
            ::close(ends[0]);
            REQUIRE(::waitpid(child, nullptr, 0) == child);

            auto const store = open_store(folder.file(), quick_tuning());
            auto const rows = samples(*store, SessionId{1});
            CHECK(static_cast<std::int64_t>(rows.size()) >= reported);
            for (std::size_t i = 0; i < rows.size(); ++i) {
                auto const n = static_cast<std::int64_t>(i) + 1;
                REQUIRE(rows[i] == sample(1, n, n));
            }
            CHECK(samples(*store, SessionId{2}).size() == rows.size());  // no batch by halves
            // One milliwatt-hour for each millisecond since the first: all in the first minute.
            REQUIRE(rows.size() < 60'000);
            GraphQuery graph;
            graph.charge_point = ChargePointId{5};
            graph.until = at_ms(60'000);
            auto const found = graphs(*store, graph);
            REQUIRE(found.size() == (rows.empty() ? 0u : 1u));
            if (!rows.empty()) {
                CHECK(
                    found[0].points.at(0).energy_mwh == static_cast<std::int64_t>(rows.size()) - 1);
            }
            stored = static_cast<std::int64_t>(rows.size());
        }
        CHECK(stored > rounds);
    }
}
