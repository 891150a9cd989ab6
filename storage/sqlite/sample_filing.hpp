// How samples get from the order of their arrival into the order in which they are read.
//
// A thousand sessions that charge at once add to a thousand places of meter_sample. Written one by
// one, every sample costs a page of 4096 bytes in the log and another in the file. So samples are
// appended to fresh_sample, and when enough have come, they are filed: sorted into meter_sample,
// where one page then takes many. Filing goes in slices, each a transaction of its own between two
// groups, so that no commit waits for all of it. Until the last slice has emptied fresh_sample, a
// sample may be in both tables; readers take a sample's first report: filed before fresh, then by
// arrival.
#pragma once

#include "storage/sqlite/connection.hpp"

#include <cstdint>

namespace storage::sqlite {

class SampleFiling {
public:
    // Begins when there are so many.
    explicit SampleFiling(std::int64_t fresh_samples) : fresh_samples_(fresh_samples) {}

    // Files the next slice, if there is something to file; more of them when samples come faster
    // than one slice at a time is filed.
    void advance(Connection& connection);

private:
    std::int64_t waiting(Connection& connection);
    void begin(Connection& connection);
    void file_slice(Connection& connection);

    std::int64_t fresh_samples_;
    // What arrived up to here is being filed; 0: nothing is. A new object starts over, and filing
    // twice changes nothing.
    std::int64_t last_arrival_ = 0;
    std::int64_t slices_ = 1;
    std::int64_t slice_ = 0;
};

}
