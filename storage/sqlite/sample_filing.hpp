// Filing: samples go from the table where they arrive to the blocks of their sessions.
//
// A thousand sessions that charge at once add to a thousand places. Written one by one, every
// sample would cost a page of 4096 bytes in the log and another in the file. So samples are
// appended to fresh_sample, and when enough have come, they are filed: put in order and packed into
// sample_block (sample_blocks.hpp), where one page takes hundreds. Filing goes in slices, each a
// transaction of its own between two groups, so that no commit waits for all of it. Until the last
// slice has emptied fresh_sample, a sample may be in both tables; readers take them for the same.
//
// Samples of files that were made before there were blocks move from meter_sample the same way.
#pragma once

#include "storage/entities.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/tuning.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace storage::sqlite {

class SampleFiling {
public:
    explicit SampleFiling(Tuning const& tuning) : tuning_(tuning) {}

    // Files the next slice, if there is something to file; more of them when samples come faster
    // than one slice at a time is filed. True: there is more to do.
    bool advance(Connection& connection);

private:
    std::int64_t waiting(Connection& connection);
    void begin(Connection& connection);
    void file_slice(Connection& connection);
    bool move_old(Connection& connection);
    std::size_t file_sessions(Connection& connection, std::vector<MeterSample> const& samples,
        std::size_t from, std::size_t at_least) const;

    Tuning tuning_;
    // What arrived up to last_arrival_, in order; filed up to next_. A new object starts over, and
    // filing twice changes nothing.
    std::vector<MeterSample> samples_;
    std::size_t next_ = 0;
    std::int64_t last_arrival_ = 0;  // 0: nothing is being filed
    bool may_have_old_ = true;       // meter_sample may have rows
};

}
