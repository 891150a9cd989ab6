#include "storage/sqlite/sqlite_store.hpp"

#include "storage/sqlite/commit_thread.hpp"
#include "storage/sqlite/graph_reader.hpp"
#include "storage/sqlite/open.hpp"
#include "storage/sqlite/read_thread.hpp"
#include "storage/sqlite/reader.hpp"

#include <stdexcept>
#include <utility>

namespace storage {

namespace sqlite {

namespace {

class SqliteStore final : public Store {
public:
    SqliteStore(std::filesystem::path file, OpenFile open, Tuning const& tuning)
        : file_(std::move(file)),
          lock_(std::move(open.lock)),
          commits_(file_, std::move(open.connection), tuning, health_),
          reads_(file_, tuning, health_)
    {
    }

    // What is queued is committed before the reader goes, so that the writer is the last to close
    // the file: it then copies the log into it and removes the log. (Members go in the opposite
    // order.)
    ~SqliteStore() override { commits_.finish(); }

    Contents load() override
    {
        try {
            Connection connection(file_, Access::read_only);
            return load_contents(connection);
        } catch (SqliteError const& error) {
            throw std::runtime_error("cannot read " + file_.string() + ": " + error.what());
        }
    }

    void commit(std::vector<Record> records, std::function<void()> committed) override
    {
        commits_.push({std::move(records), std::move(committed)});
    }

    void on_health(std::function<void(Health)> changed) override
    {
        health_.listen(std::move(changed));
    }

    void keep(Retention retention) override { commits_.keep(retention); }

    void read_sessions(
        SessionQuery query, std::function<void(std::vector<SessionSummary>)> answer) override
    {
        reads_.push([query = std::move(query), answer = std::move(answer)](Connection& connection) {
            answer(sqlite::read_sessions(connection, query));
        });
    }

    void read_samples(
        SessionId session, std::function<void(std::vector<MeterSample>)> answer) override
    {
        reads_.push([session, answer = std::move(answer)](Connection& connection) {
            answer(sqlite::read_samples(connection, session));
        });
    }

    void read_signed(
        SessionId session, std::function<void(std::vector<SignedReading>)> answer) override
    {
        reads_.push([session, answer = std::move(answer)](Connection& connection) {
            answer(sqlite::read_signed(connection, session));
        });
    }

    void read_unbooked(
        UnbookedQuery query, std::function<void(std::vector<UnbookedMessage>)> answer) override
    {
        reads_.push([query, answer = std::move(answer)](Connection& connection) {
            answer(sqlite::read_unbooked(connection, query));
        });
    }

    void read_graph(GraphQuery query, std::function<void(std::vector<Graph>)> answer) override
    {
        reads_.push([query, answer = std::move(answer)](Connection& connection) {
            answer(sqlite::read_graph(connection, query));
        });
    }

    void read_audit(int limit, std::function<void(std::vector<AuditEntry>)> answer) override
    {
        reads_.push([limit, answer = std::move(answer)](Connection& connection) {
            answer(sqlite::read_audit(connection, limit));
        });
    }

private:
    std::filesystem::path const file_;
    FileLock const lock_;  // given up last
    HealthBoard health_;
    CommitThread commits_;
    ReadThread reads_;
};

}

std::variant<std::unique_ptr<Store>, OpenError> open_tuned_store(
    std::filesystem::path const& file, Tuning const& tuning)
{
    auto opened = open_file(file, migrations(), tuning);
    if (auto* error = std::get_if<OpenError>(&opened)) return std::move(*error);
    try {
        check_schema(std::get<OpenFile>(opened).connection);
    } catch (SqliteError const& error) {
        return OpenError{"cannot use " + file.string() + ": it is damaged: " + error.what()};
    }
    return std::make_unique<SqliteStore>(file, std::get<OpenFile>(std::move(opened)), tuning);
}

}

std::variant<std::unique_ptr<Store>, OpenError> open_sqlite_store(std::filesystem::path const& file)
{
    return sqlite::open_tuned_store(file, sqlite::Tuning{});
}

}
