// How reports add up to a session, in whatever order and however often they come: every field takes
// the report that knows best, so the same set of reports gives the same session.
#pragma once

#include "server/engine/words.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace engine {

// A time that a station's clock can have shown: after this project's start of reckoning (a clock
// without battery says 1970 or 2000) and not further ahead of ours than any time zone mistake.
bool is_credible(Timestamp at, Timestamp now);

// When a session began, for the order of sessions on an outlet: not after we heard of it, and by
// our clock where the station's was lost.
Timestamp began_at(storage::Session const& session);

// Adds a number to ascending spans. False: it was there.
bool add_sequence(std::vector<storage::SequenceSpan>& spans, std::int64_t number);

// How many numbers between the first and the last are missing.
std::int64_t missing_sequences(std::vector<storage::SequenceSpan> const& spans);

// The session that a report opens, with all that the report tells. The id, the place and the
// verdict are the caller's.
storage::Session opened_by(TransactionReport const& report, Timestamp now);

// Adds a report to the session that it belongs to. True: the session says something new. 2.x: a
// report whose number came before changes nothing.
bool add_report(storage::Session& session, TransactionReport const& report);

// Ends it administratively, as another session began on its outlet; or, with nothing, takes such an
// end back. What its station reported, or an operator decided, stays. True: something changed.
bool set_replaced(storage::Session& session, std::optional<Timestamp> at);

// Is this the station's own end, or an operator's, that nothing administrative overrules?
bool is_settled(storage::Session const& session);

// By how much a station's clock is ahead of ours, from what its messages said. Reports come late,
// never early: of several differences the largest is the nearest to the truth.
class ClockOffset {
public:
    void hear(Timestamp station, Timestamp ours);
    std::optional<Milliseconds> ahead() const;  // over the last hour

private:
    struct Heard {
        Timestamp at{};
        Milliseconds ahead{};
    };
    std::vector<Heard> heard_;  // each further ahead than all that came after it
};

}
