// Turns groups of batches into transactions, on the one connection that writes. Without threads and
// without patience: a failure is thrown, and the caller gives up the writer and opens another.
#pragma once

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/graph_filing.hpp"
#include "storage/sqlite/retention.hpp"
#include "storage/sqlite/sample_filing.hpp"
#include "storage/sqlite/tuning.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace storage::sqlite {

// What one call of Store::commit() brought.
struct Batch {
    std::vector<Record> records;
    std::function<void()> committed;
};

// A batch that no table takes, and SQLite's reason.
struct Refusal {
    std::size_t batch;  // its place in the group
    std::string why;
};

// A connection for writing to a file that exists, its settings made. Changes nothing in the file.
// Throws SqliteError, also when the file can only be read.
Connection open_for_writing(std::filesystem::path const& file, Tuning const& tuning);

class Writer {
public:
    // `connection` is from open_for_writing(), its schema is ours.
    Writer(Connection connection, Tuning const& tuning);
    Writer(Writer const&) = delete;
    Writer& operator=(Writer const&) = delete;

    // Makes the group durable in one transaction. A batch with a record that violates a constraint
    // is refused as a whole: its records are kept in refused_record, the others are stored. Throws
    // SqliteError when storage fails; whether the group is stored is then uncertain.
    std::vector<Refusal> commit(std::span<Batch const> group);

    // What need not be done before the group is acknowledged: files samples, makes graphs, removes
    // what is old, copies the log into the file. Takes its time in slices; to be called after each
    // group, and, while it gives true, whenever there is no group. Throws SqliteError.
    bool tidy(Retention const& retention, Day today);

private:
    void commit_together(std::span<Batch const> group);
    std::vector<Refusal> commit_apart(std::span<Batch const> group);
    void checkpoint_if_due();

    Connection connection_;
    SampleFiling filing_;
    GraphFiling graphs_;
    OldAge old_age_;
    std::int64_t checkpoint_pages_;
    int log_pages_ = 0;     // in the write-ahead log after the latest commit
    int copied_pages_ = 0;  // of these, copied into the file
};

}
