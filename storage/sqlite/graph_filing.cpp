#include "storage/sqlite/graph_filing.hpp"

#include "storage/samples/graph.hpp"
#include "storage/sqlite/retention.hpp"
#include "storage/sqlite/sample_blocks.hpp"
#include "storage/sqlite/values.hpp"

#include <algorithm>
#include <optional>

namespace storage::sqlite {

namespace {

// What is made in one go of one session, at most.
constexpr Day days_per_portion = 8;

// No commit waits for much longer than this.
constexpr std::chrono::milliseconds time_per_portion{2};

constexpr std::int64_t sessions_per_look = 1'000;

struct Due {
    SessionId session;
    Day first_day = 0;
    Day last_day = 0;
};

Day drawable_day(Timestamp at) { return std::clamp<Day>(day_of(at), 0, last_graph_day); }

std::optional<Due> due_of(Connection& connection, SessionId session)
{
    Cursor row = connection.query("SELECT first_day, last_day FROM graph_due WHERE session = ?");
    put(row, 1, session);
    if (!row.next()) return std::nullopt;
    Due due{session, 0, 0};
    get(row, 0, due.first_day);
    get(row, 1, due.last_day);
    return due;
}

std::optional<ChargePointId> place_of(Connection& connection, SessionId session)
{
    Cursor row = connection.query("SELECT charge_point FROM session WHERE id = ?");
    put(row, 1, session);
    if (!row.next()) return std::nullopt;
    return ChargePointId{row.int_at(0)};
}

// The first day from `day` on that samples of the session can be in; none: there are none.
std::optional<Day> next_day_with_samples(Connection& connection, SessionId session, Day day)
{
    Cursor row = connection.query(
        "SELECT min(first_at) FROM sample_block WHERE session = ?1 AND last_at >= ?2");
    put(row, 1, session);
    put(row, 2, begin_of(day) - graph_reach);
    if (!row.next() || row.is_null(0)) return std::nullopt;
    Timestamp first_at{};
    get(row, 0, first_at);
    return std::max(day, drawable_day(first_at));
}

void forget_days(Connection& connection, SessionId session, Day first, Day last)
{
    for (char const* sql : {"DELETE FROM graph_minutes WHERE id IN (SELECT id FROM graph_day "
                            "WHERE session = ?1 AND day BETWEEN ?2 AND ?3)",
             "DELETE FROM graph_day WHERE session = ?1 AND day BETWEEN ?2 AND ?3"}) {
        Cursor forget = connection.query(sql);
        put(forget, 1, session);
        put(forget, 2, first);
        put(forget, 3, last);
        forget.run();
    }
}

void write_day(Connection& connection, SessionId session, ChargePointId place, Day day,
    std::span<GraphBucket const> minutes)
{
    Cursor wide = connection.query("INSERT INTO graph_day (session, day, charge_point, quarters) "
                                   "VALUES (?1, ?2, ?3, ?4)");
    put(wide, 1, session);
    put(wide, 2, day);
    put(wide, 3, place);
    wide.bind_blob_copy(4, buckets_to_bytes(widened(minutes, minutes_per_quarter)));
    wide.run();
    Cursor fine = connection.query("INSERT INTO graph_minutes (id, day, minutes) "
                                   "VALUES (last_insert_rowid(), ?1, ?2)");
    put(fine, 1, day);
    fine.bind_blob_copy(2, buckets_to_bytes(minutes));
    fine.run();
}

void write_days(Connection& connection, SessionId session, ChargePointId place, Day first, Day last)
{
    std::vector<MeterSample> const samples = filed_samples(connection, session,
        begin_of(first) - graph_reach, begin_of(last + 1) + graph_reach, Detail::common);
    std::vector<GraphBucket> const minutes = minutes_of(samples, first, last);
    auto begin = minutes.begin();
    while (begin != minutes.end()) {
        Day const day = begin->number / minutes_per_day;
        auto const end = std::find_if(begin, minutes.end(),
            [day](GraphBucket const& minute) { return minute.number / minutes_per_day != day; });
        write_day(connection, session, place, day, std::span(begin, end));
        begin = end;
    }
}

void leave_due(Connection& connection, Due const& due, std::optional<Day> from)
{
    Cursor leave = connection.query(from ? "UPDATE graph_due SET first_day = ?2 WHERE session = ?1"
                                         : "DELETE FROM graph_due WHERE session = ?1");
    put(leave, 1, due.session);
    if (from) put(leave, 2, *from);
    leave.run();
}

// Makes the next days of the session, and leaves the rest due.
void make(Connection& connection, Due const& due)
{
    auto const place = place_of(connection, due.session);
    // What is older stays as it is: its samples may be gone.
    Day const from = std::max(due.first_day, samples_from_day(connection));
    auto const first = next_day_with_samples(connection, due.session, from);
    std::optional<Day> rest;
    if (!place || !first || *first > due.last_day) {
        // Without a session there is no place for it; session_finds_samples marks it when it comes.
        forget_days(connection, due.session, from, due.last_day);
    } else {
        Day const last = std::min(due.last_day, *first + days_per_portion - 1);
        forget_days(connection, due.session, from, last);
        write_days(connection, due.session, *place, *first, last);
        if (last < due.last_day) rest = last + 1;
    }
    leave_due(connection, due, rest);
}

}

void mark_due(Connection& connection, std::span<MeterSample const> samples)
{
    if (samples.empty()) return;
    auto const around = [](Timestamp at, std::chrono::milliseconds by) {
        // Times that no calendar has are in no graph.
        bool const is_strange = at < begin_of(0) || at > begin_of(last_graph_day);
        return drawable_day(
            is_strange ? std::clamp(at, begin_of(0), begin_of(last_graph_day)) : at + by);
    };
    Cursor mark = connection.query(R"sql(
        INSERT INTO graph_due (session, first_day, last_day, samples, since)
        VALUES (?1, ?2, ?3, ?4, unixepoch())
        ON CONFLICT (session) DO UPDATE SET
            first_day = min(first_day, excluded.first_day),
            last_day = max(last_day, excluded.last_day),
            samples = samples + excluded.samples,
            since = excluded.since)sql");
    put(mark, 1, samples.front().session);
    put(mark, 2, around(samples.front().at, -graph_reach));
    put(mark, 3, around(samples.back().at, graph_reach));
    put(mark, 4, static_cast<std::int64_t>(samples.size()));
    mark.run();
}

// True: some are due now.
bool GraphFiling::look_for_due(Connection& connection)
{
    auto const now = std::chrono::steady_clock::now();
    if (now < next_look_) return false;
    Cursor rows = connection.query("SELECT session FROM graph_due "
                                   "WHERE samples >= ?1 OR since <= unixepoch() - ?2 LIMIT ?3");
    rows.bind_int(1, tuning_.graph_samples);
    rows.bind_int(2, tuning_.graph_rest.count());
    rows.bind_int(3, sessions_per_look);
    while (rows.next()) {
        due_.push_back(SessionId{rows.int_at(0)});
    }
    if (due_.empty()) next_look_ = now + tuning_.graph_look;
    return !due_.empty();
}

bool GraphFiling::advance(Connection& connection)
{
    if (due_.empty() && !look_for_due(connection)) return false;
    auto const until = std::chrono::steady_clock::now() + time_per_portion;
    Transaction transaction(connection, Transaction::Kind::write);
    std::size_t left = due_.size();
    do {
        --left;
        if (auto const due = due_of(connection, due_[left])) make(connection, *due);
    } while (left > 0 && std::chrono::steady_clock::now() < until);
    transaction.commit();
    due_.resize(left);
    return true;
}

}
