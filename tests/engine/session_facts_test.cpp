#include "server/engine/session_facts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

TEST_SUITE("session facts")
{
    using namespace engine;
    using namespace std::chrono_literals;

    constexpr Timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 6 / 1} + 12h};

    TransactionReport report(TransactionPhase phase, Timestamp at, std::optional<std::int64_t> mwh,
        std::optional<std::int64_t> sequence = std::nullopt)
    {
        TransactionReport report;
        report.phase = phase;
        report.at = at;
        report.meter_mwh = mwh;
        report.sequence = sequence;
        return report;
    }

    storage::Session sum_of(std::vector<TransactionReport> const& reports)
    {
        auto session = opened_by(reports.front(), noon + 1h);
        for (auto const& one : reports) add_report(session, one);
        return session;
    }

    TEST_CASE("numbers of reports are spans, whatever the order, and what is missing is counted")
    {
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            CAPTURE(seed);
            std::mt19937_64 random(seed);
            std::set<std::int64_t> reference;
            std::vector<storage::SequenceSpan> spans;
            for (int k = 0; k < 60; ++k) {
                auto const number = static_cast<std::int64_t>(random() % 40) - 5;
                CHECK(add_sequence(spans, number) == reference.insert(number).second);
            }
            std::set<std::int64_t> told;
            for (std::size_t k = 0; k < spans.size(); ++k) {
                if (k > 0) CHECK(spans[k - 1].last + 1 < spans[k].first);
                for (auto n = spans[k].first; n <= spans[k].last; ++n) told.insert(n);
            }
            CHECK(told == reference);
            auto const range = *reference.rbegin() - *reference.begin() + 1;
            CHECK(missing_sequences(spans) == range - static_cast<std::int64_t>(reference.size()));
        }
        std::vector<storage::SequenceSpan> absurd;
        using Limits = std::numeric_limits<std::int64_t>;
        CHECK(add_sequence(absurd, Limits::max()));
        CHECK(add_sequence(absurd, Limits::min()));
        CHECK_FALSE(add_sequence(absurd, Limits::max()));
        CHECK(missing_sequences(absurd) == Limits::max());
    }

    TEST_CASE("reports in any order add up to the same session")
    {
        auto started = report(TransactionPhase::started, noon, 1'000, 0);
        started.token = {.value = "FIRST", .presented = true};
        auto updated = report(TransactionPhase::updated, noon + 10min, std::nullopt, 1);
        updated.token = {.value = "SECOND", .presented = true};
        auto ended = report(TransactionPhase::ended, noon + 20min, 5'000, 3);
        ended.stop_reason = "Local";
        auto later_end = report(TransactionPhase::ended, noon + 30min, 9'000, 4);
        later_end.stop_reason = "Reboot";
        std::vector<TransactionReport> reports{started, updated, ended, later_end};
        std::vector<int> order{0, 1, 2, 3};
        do {
            std::vector<TransactionReport> shuffled;
            for (int const k : order) shuffled.push_back(reports[static_cast<std::size_t>(k)]);
            auto const session = sum_of(shuffled);
            CHECK(session.started_at == noon);
            CHECK(session.start_reported);
            CHECK(session.meter_start_mwh == 1'000);
            CHECK(session.token == "FIRST");
            // A session ends once: the first end by the station's clock counts.
            CHECK(session.ended_at == noon + 20min);
            CHECK(session.meter_stop_mwh == 5'000);
            CHECK(session.stop_reason == "Local");
            CHECK(session.closing == storage::Closing::station);
            CHECK(session.sequences == std::vector<storage::SequenceSpan>{{0, 1}, {3, 4}});
        } while (std::next_permutation(order.begin(), order.end()));
    }

    TEST_CASE("of two ends at the same time the one with the smaller register counts")
    {
        auto const small = report(TransactionPhase::ended, noon, 5'000);
        auto const large = report(TransactionPhase::ended, noon, 9'000);
        auto const none = report(TransactionPhase::ended, noon, std::nullopt);
        CHECK(sum_of({small, large, none}).meter_stop_mwh == 5'000);
        CHECK(sum_of({none, large, small}).meter_stop_mwh == 5'000);
    }

    TEST_CASE("an administrative end gives way to the station's, and not the other way round")
    {
        auto session = opened_by(report(TransactionPhase::started, noon, 0), noon);
        CHECK(set_replaced(session, noon + 2h));
        CHECK(session.closing == storage::Closing::replaced);
        CHECK(add_report(session, report(TransactionPhase::ended, noon + 1h, 700)));
        CHECK(session.closing == storage::Closing::station);
        CHECK_FALSE(set_replaced(session, noon + 30min));
        CHECK(session.ended_at == noon + 1h);
    }

    TEST_CASE("a start that no clock can have shown counts from when it was heard")
    {
        storage::Session session;
        session.first_heard_at = noon;
        session.started_at = Timestamp{};  // 1970
        CHECK(began_at(session) == noon);
        session.started_at = noon - 3h;
        CHECK(began_at(session) == noon - 3h);
        session.started_at = noon + 1h;  // a clock that is ahead
        CHECK(began_at(session) == noon);
        CHECK_FALSE(is_credible(noon + 27h, noon));
        CHECK(is_credible(noon + 25h, noon));  // the worst time zone mistake
    }

    TEST_CASE("a clock's offset is told by the latest of its messages, not by the delayed ones")
    {
        ClockOffset clock;
        CHECK_FALSE(clock.ahead());
        clock.hear(noon - 5h, noon);  // from a queue
        CHECK(clock.ahead() == -5h);
        clock.hear(noon + 2s, noon + 1s);
        CHECK(clock.ahead() == 1s);
        clock.hear(noon - 4h, noon + 2s);
        CHECK(clock.ahead() == 1s);
        // It was set back meanwhile: after an hour only the newer messages count.
        clock.hear(noon + 2h - 30s, noon + 2h);
        CHECK(clock.ahead() == -30s);
    }
}
