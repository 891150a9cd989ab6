// A disk that fails on demand: SQLite's own file layer, with faults put in between. While the
// object lives, every file that SQLite opens goes through it; files opened before do not.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace storage_test {

class FaultVfs {
public:
    FaultVfs();   // becomes SQLite's default; one at a time
    ~FaultVfs();  // after the last file was closed
    FaultVfs(FaultVfs const&) = delete;
    FaultVfs& operator=(FaultVfs const&) = delete;

    // The disk takes this many bytes more, and then none.
    void set_space(std::int64_t bytes) { space_ = bytes; }
    void set_unlimited_space() { space_ = unlimited; }

    // Counts changes (writes, syncs, truncations, new files) from now on, and fails the nth,
    // counted from 1: that one alone, or with all that follow. 0: none.
    void fail_at(std::int64_t nth, bool and_all_after);
    std::int64_t changes() const { return changes_; }

    void fail_reads(bool fail) { reads_fail_ = fail; }
    // Writing to the database's own file fails, to its log it does not.
    void fail_main_file(bool fail) { main_file_fails_ = fail; }

    // For the functions that SQLite calls: what to answer, SQLITE_OK to go on.
    int before_change(int failure);
    int before_write(std::int64_t bytes, bool is_main_file);
    int before_read() const;

private:
    static constexpr std::int64_t unlimited = INT64_MAX;

    std::atomic<std::int64_t> space_{unlimited};
    std::atomic<std::int64_t> changes_{0};
    std::atomic<std::int64_t> fail_at_{0};
    std::atomic<bool> fail_all_after_{false};
    std::atomic<bool> reads_fail_{false};
    std::atomic<bool> main_file_fails_{false};
};

}
