// Removes what is too old (storage::Retention), in portions.
//
// A session is thinned when all its samples are old and its graphs are made. From then on the
// graphs of these days are never made anew, as their samples are gone: samples_from_day() says
// which.
#pragma once

#include "storage/samples/graph.hpp"
#include "storage/sqlite/connection.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace storage::sqlite {

// The first day whose graphs are still made from samples.
Day samples_from_day(Connection& connection);

// What is kept of a session's samples, a set, for ever.
std::vector<MeterSample> thinned(std::span<MeterSample const> samples);

class OldAge {
public:
    // Removes the next portion of what `retention` does not keep on the day `today`. True: there is
    // more to do.
    bool advance(Connection& connection, Retention const& retention, Day today);

private:
    bool remove_minutes(Connection& connection, Day before);
    bool thin_sessions(Connection& connection, Day before);

    // The round of this day, of what is older than it.
    Day minutes_done_ = 0;
    Day samples_done_ = 0;
    std::int64_t session_ =
        std::numeric_limits<std::int64_t>::min();  // the round of thinning has come to here
};

}
