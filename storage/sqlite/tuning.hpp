// The store's measures, with the values that were found best (README, "Measured"). Tests use
// others.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace storage::sqlite {

struct Tuning {
    // Samples that collect before they are filed. More: fewer pages are written per sample, but
    // more rows are looked through by each read.
    std::int64_t fresh_samples = 20'000;
    // A session's part of the graphs is made anew when it has so many more samples, or when none
    // has come for a while. Until then it is made whenever it is read.
    std::int64_t graph_samples = 200;
    std::chrono::seconds graph_rest{1'800};
    // How often is looked for sessions that are due.
    std::chrono::milliseconds graph_look{1'000};
    // Samples in one row of sample_block. More: fewer bytes for each, but more is packed anew when
    // some are added.
    std::size_t samples_per_block = 100;
    // The write-ahead log is copied into the file when it has grown by so many pages of 4096 bytes.
    std::int64_t checkpoint_pages = 2'000;
    // A longer group is committed in parts, so that it also fits when a full disk frees a little.
    std::size_t records_per_transaction = 10'000;

    // After a failure the next attempt follows after `first_retry`, then after twice as long each
    // time.
    std::chrono::milliseconds first_retry{100};
    std::chrono::milliseconds longest_retry{5'000};
    // A lock of another process, for instance of the sqlite3 shell, is waited for this long.
    std::chrono::milliseconds busy_timeout{1'000};
};

}
