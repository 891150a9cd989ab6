#include "server/engine/ledger.hpp"

#include <doctest/doctest.h>

TEST_SUITE("ledger")
{
    using namespace engine;
    using namespace std::chrono_literals;

    constexpr Milliseconds t0 = 100s;
    constexpr Milliseconds reaction = 12s;

    Ledger with_fallback(std::int64_t fallback_ma)
    {
        Ledger ledger;
        ledger.hardware_ma = 32'000;
        ledger.fallback_ma = fallback_ma;
        return ledger;
    }

    TEST_CASE("a station that has confirmed nothing may draw all that its hardware can")
    {
        Ledger ledger;
        ledger.hardware_ma = 32'000;
        CHECK(ceiling_ma(ledger, t0) == 32'000);
        on_sent(ledger, {LimitPurpose::fallback, 6'000});
        CHECK(ceiling_ma(ledger, t0) == 32'000);  // on its way is not there
        on_accepted(ledger, {LimitPurpose::fallback, 6'000}, t0, reaction);
        CHECK(ceiling_ma(ledger, t0) == 32'000);  // the car needs its time to follow
        CHECK(ceiling_ma(ledger, t0 + reaction) == 6'000);
    }
    TEST_CASE("a command in flight counts at the larger of old and new")
    {
        auto ledger = with_fallback(0);
        on_sent(ledger, {LimitPurpose::session, 16'000});
        CHECK(ceiling_ma(ledger, t0) == 16'000);  // an increase counts before it is confirmed
        on_accepted(ledger, {LimitPurpose::session, 16'000}, t0, reaction);
        on_sent(ledger, {LimitPurpose::session, 8'000});
        CHECK(ceiling_ma(ledger, t0) == 16'000);  // a decrease counts only afterwards
    }
    TEST_CASE("an accepted decrease frees current after the reaction time, not before")
    {
        auto ledger = with_fallback(0);
        on_sent(ledger, {LimitPurpose::session, 32'000});
        on_accepted(ledger, {LimitPurpose::session, 32'000}, t0, reaction);
        on_sent(ledger, {LimitPurpose::session, 16'000});
        on_accepted(ledger, {LimitPurpose::session, 16'000}, t0 + 1s, reaction);
        CHECK(ceiling_ma(ledger, t0 + 1s + reaction - 1ms) == 32'000);
        CHECK(next_settled(ledger, t0 + 1s) == t0 + 1s + reaction);
        CHECK(ceiling_ma(ledger, t0 + 1s + reaction) == 16'000);
    }
    TEST_CASE("a decrease whose answer is lost frees nothing; a refused increase is taken back")
    {
        auto ledger = with_fallback(0);
        on_sent(ledger, {LimitPurpose::session, 32'000});
        on_accepted(ledger, {LimitPurpose::session, 32'000}, t0, reaction);
        on_sent(ledger, {LimitPurpose::session, 10'000});  // and silence
        CHECK(ceiling_ma(ledger, t0 + 1h) == 32'000);

        auto other = with_fallback(0);
        on_sent(other, {LimitPurpose::session, 20'000});
        on_refused(other, {LimitPurpose::session, 20'000});
        CHECK(ceiling_ma(other, t0) == 0);
    }
    TEST_CASE("the fallback is always counted: another session could start before we hear of it")
    {
        auto ledger = with_fallback(10'000);
        on_sent(ledger, {LimitPurpose::session, 6'000});
        on_accepted(ledger, {LimitPurpose::session, 6'000}, t0, reaction);
        CHECK(ceiling_ma(ledger, t0 + 1h) == 10'000);
    }
    TEST_CASE("the end of a session frees its current at once")
    {
        auto ledger = with_fallback(6'000);
        on_sent(ledger, {LimitPurpose::session, 32'000});
        on_accepted(ledger, {LimitPurpose::session, 32'000}, t0, reaction);
        on_session_ended(ledger);
        CHECK(ceiling_ma(ledger, t0) == 6'000);
    }
    TEST_CASE("after a restart an outlet counts at least what was stored")
    {
        storage::GrantedLimit stored;
        stored.fallback_known = true;
        stored.fallback_ma = 6'000;
        stored.ceiling_ma = 20'000;
        auto ledger = restored(32'000, &stored, true);
        CHECK(ceiling_ma(ledger, t0 + 1h) == 20'000);
        on_sent(ledger, {LimitPurpose::session, 12'000});
        on_accepted(ledger, {LimitPurpose::session, 12'000}, t0, reaction);
        CHECK(ceiling_ma(ledger, t0 + reaction) == 12'000);

        CHECK(ceiling_ma(restored(32'000, nullptr, false), t0) == 32'000);
    }
}
