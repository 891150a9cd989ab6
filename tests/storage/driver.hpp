// What the storage tests share: a temporary folder, opening a store that must open, and waiting for
// its answers. Waiting has a bound that only a failing test reaches.
#pragma once

#include "storage/sqlite/open.hpp"
#include "storage/sqlite/sqlite_store.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace storage_test {

inline constexpr std::chrono::seconds patience{60};

class TemporaryFolder {
public:
    explicit TemporaryFolder(
        std::filesystem::path const& parent = std::filesystem::temp_directory_path())
    {
        std::string name = (parent / "kurs-storage-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;

    std::filesystem::path path() const { return path_; }
    std::filesystem::path file() const { return path_ / "kurs.db"; }

    // Every file with its bytes; -shm is SQLite's index of the log, which holds nothing of its own.
    std::map<std::string, std::string> files() const
    {
        std::map<std::string, std::string> found;
        for (auto const& entry : std::filesystem::directory_iterator(path_)) {
            std::ifstream stream(entry.path(), std::ios::binary);
            std::string const bytes{std::istreambuf_iterator<char>(stream), {}};
            bool const is_index = entry.path().extension() == ".db-shm";
            found[entry.path().filename().string()] = is_index ? "" : bytes;
        }
        return found;
    }

private:
    std::filesystem::path path_;
};

// Where files live in memory, for tests that commit so often that a disk would hold them up.
inline std::filesystem::path memory_folder()
{
    std::filesystem::path const shared_memory = "/dev/shm";
    return std::filesystem::is_directory(shared_memory)
               ? shared_memory
               : std::filesystem::temp_directory_path();
}

// Measures for tests: samples are filed and the log is copied after a few rows, retries follow at
// once.
inline storage::sqlite::Tuning quick_tuning()
{
    storage::sqlite::Tuning tuning;
    tuning.fresh_samples = 3;
    tuning.samples_per_block = 4;
    tuning.graph_samples = 5;
    tuning.graph_look = std::chrono::milliseconds{0};
    tuning.checkpoint_pages = 4;
    tuning.first_retry = std::chrono::milliseconds{1};
    tuning.longest_retry = std::chrono::milliseconds{4};
    tuning.busy_timeout = std::chrono::milliseconds{5};
    return tuning;
}

inline std::unique_ptr<storage::Store> open_store(
    std::filesystem::path const& file, storage::sqlite::Tuning const& tuning = {})
{
    auto opened = storage::sqlite::open_tuned_store(file, tuning);
    if (auto const* error = std::get_if<storage::OpenError>(&opened)) FAIL(error->message);
    return std::get<std::unique_ptr<storage::Store>>(std::move(opened));
}

// The reason for which opening is refused.
inline std::string refusal(std::filesystem::path const& file)
{
    auto const opened = storage::open_sqlite_store(file);
    auto const* error = std::get_if<storage::OpenError>(&opened);
    REQUIRE_MESSAGE(error != nullptr, "the store opened");
    CHECK(error->message.find(file.string()) != std::string::npos);
    return error->message;
}

// Collects what arrives on the store's threads.
template <class T>
class Inbox {
public:
    void put(T value)
    {
        std::lock_guard const lock(mutex_);
        arrived_.push_back(std::move(value));
        changed_.notify_all();
    }
    // All that has arrived, once there are `count`.
    std::vector<T> wait_for(std::size_t count)
    {
        std::unique_lock lock(mutex_);
        REQUIRE(changed_.wait_for(lock, patience, [&] { return arrived_.size() >= count; }));
        return arrived_;
    }
    std::vector<T> all()
    {
        std::lock_guard const lock(mutex_);
        return arrived_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<T> arrived_;
};

template <class T>
T get(std::future<T> answer)
{
    REQUIRE(answer.wait_for(patience) == std::future_status::ready);
    return answer.get();
}

inline void commit_and_wait(storage::Store& store, std::vector<storage::Record> records)
{
    // Shared: the callback may outlive this frame when the wait fails.
    auto const done = std::make_shared<std::promise<bool>>();
    store.commit(std::move(records), [done] { done->set_value(true); });
    get(done->get_future());
}

inline std::vector<storage::SessionSummary> sessions(
    storage::Store& store, storage::SessionQuery query = {})
{
    auto const answer = std::make_shared<std::promise<std::vector<storage::SessionSummary>>>();
    store.read_sessions(
        std::move(query), [answer](auto rows) { answer->set_value(std::move(rows)); });
    return get(answer->get_future());
}

inline std::vector<storage::MeterSample> samples(storage::Store& store, storage::SessionId session)
{
    auto const answer = std::make_shared<std::promise<std::vector<storage::MeterSample>>>();
    store.read_samples(session, [answer](auto rows) { answer->set_value(std::move(rows)); });
    return get(answer->get_future());
}

inline std::vector<storage::SignedReading> signed_readings(
    storage::Store& store, storage::SessionId session)
{
    auto const answer = std::make_shared<std::promise<std::vector<storage::SignedReading>>>();
    store.read_signed(session, [answer](auto rows) { answer->set_value(std::move(rows)); });
    return get(answer->get_future());
}

inline std::vector<storage::Graph> graphs(storage::Store& store, storage::GraphQuery const& query)
{
    auto const answer = std::make_shared<std::promise<std::vector<storage::Graph>>>();
    store.read_graph(query, [answer](auto rows) { answer->set_value(std::move(rows)); });
    return get(answer->get_future());
}

inline std::vector<storage::AuditEntry> audit(storage::Store& store, int limit = 1000)
{
    auto const answer = std::make_shared<std::promise<std::vector<storage::AuditEntry>>>();
    store.read_audit(limit, [answer](auto rows) { answer->set_value(std::move(rows)); });
    return get(answer->get_future());
}

inline std::vector<storage::UnbookedMessage> unbooked(
    storage::Store& store, storage::UnbookedQuery const& query = {})
{
    auto const answer = std::make_shared<std::promise<std::vector<storage::UnbookedMessage>>>();
    store.read_unbooked(query, [answer](auto rows) { answer->set_value(std::move(rows)); });
    return get(answer->get_future());
}

inline storage::Timestamp at_ms(std::int64_t milliseconds)
{
    return storage::Timestamp{std::chrono::milliseconds{milliseconds}};
}

inline storage::MeterSample sample(std::int64_t session, std::int64_t at, std::int64_t energy_mwh)
{
    storage::MeterSample row;
    row.session = storage::SessionId{session};
    row.at = at_ms(at);
    row.energy_mwh = energy_mwh;
    return row;
}

}
