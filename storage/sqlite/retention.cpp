#include "storage/sqlite/retention.hpp"

#include "storage/sqlite/sample_blocks.hpp"
#include "storage/sqlite/values.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <string>

namespace storage::sqlite {

namespace {

constexpr std::chrono::milliseconds time_per_portion{2};
constexpr int rows_per_portion = 100;
// A session of so few samples is not worth looking into.
constexpr std::int64_t few_samples = 8;

std::optional<std::int64_t> next_session(Connection& connection, std::int64_t after)
{
    Cursor row = connection.query("SELECT min(session) FROM sample_block WHERE session > ?");
    row.bind_int(1, after);
    if (!row.next() || row.is_null(0)) return std::nullopt;
    return row.int_at(0);
}

bool is_due_for_thinning(Connection& connection, SessionId session, Day before)
{
    Cursor row = connection.query(
        "SELECT sum(count) > ?2 AND max(last_at) < ?3 "
        "AND NOT EXISTS (SELECT 1 FROM graph_due WHERE session = ?1) "
        "FROM sample_block WHERE session = ?1");
    put(row, 1, session);
    put(row, 2, few_samples);
    put(row, 3, begin_of(before) - graph_reach);
    return row.next() && row.int_at(0) != 0;
}

void thin(Connection& connection, SessionId session)
{
    std::vector<MeterSample> const samples = filed_samples(connection, session);
    std::vector<MeterSample> const kept = thinned(samples);
    if (kept.size() == samples.size()) return;
    Cursor forget = connection.query("DELETE FROM sample_block WHERE session = ?");
    put(forget, 1, session);
    forget.run();
    file_samples(connection, kept, kept.size());
}

void set_samples_from_day(Connection& connection, Day day)
{
    Cursor set = connection.query(
        "UPDATE retention SET samples_from_day = max(samples_from_day, ?)");
    put(set, 1, day);
    set.run();
}

}

Day samples_from_day(Connection& connection)
{
    return connection.number("SELECT samples_from_day FROM retention");
}

std::vector<MeterSample> thinned(std::span<MeterSample const> samples)
{
    auto const has_register = [](MeterSample const& sample) {
        return sample.energy_mwh.has_value();
    };
    auto const first = std::find_if(samples.begin(), samples.end(), has_register);
    auto const last = std::find_if(samples.rbegin(), samples.rend(), has_register);
    std::vector<MeterSample> kept;
    for (MeterSample const& sample : samples) {
        bool const is_special = sample.context != ReadingContext::periodic &&
                                sample.context != ReadingContext::clock;
        bool const is_end = &sample == &samples.back() ||
                            (first != samples.end() && (&sample == &*first || &sample == &*last));
        if (is_special || is_end) kept.push_back(sample);
    }
    return kept;
}

bool OldAge::remove_minutes(Connection& connection, Day before)
{
    Cursor old = connection.query("SELECT 1 FROM graph_minutes WHERE day < ? LIMIT 1");
    put(old, 1, before);
    if (!old.next()) {
        minutes_done_ = before;
        return false;
    }
    Transaction transaction(connection, Transaction::Kind::write);
    Cursor forget = connection.query("DELETE FROM graph_minutes WHERE id IN "
                                     "(SELECT id FROM graph_minutes WHERE day < ?1 LIMIT ?2)");
    put(forget, 1, before);
    put(forget, 2, rows_per_portion);
    forget.run();
    transaction.commit();
    return true;
}

bool OldAge::thin_sessions(Connection& connection, Day before)
{
    auto const until = std::chrono::steady_clock::now() + time_per_portion;
    Transaction transaction(connection, Transaction::Kind::write);
    set_samples_from_day(connection, before);
    auto session = next_session(connection, session_);
    auto reached = session_;
    while (session) {
        if (is_due_for_thinning(connection, SessionId{*session}, before)) {
            thin(connection, SessionId{*session});
        }
        reached = *session;
        if (std::chrono::steady_clock::now() >= until) break;
        session = next_session(connection, reached);
    }
    transaction.commit();
    session_ = session ? reached : std::numeric_limits<std::int64_t>::min();
    if (!session) samples_done_ = before;
    return session.has_value();
}

bool OldAge::advance(Connection& connection, Retention const& retention, Day today)
{
    bool has_more = false;
    if (retention.minute_days && minutes_done_ < today - *retention.minute_days) {
        has_more = remove_minutes(connection, today - *retention.minute_days);
    }
    if (retention.sample_days && samples_done_ < today - *retention.sample_days) {
        has_more = thin_sessions(connection, today - *retention.sample_days) || has_more;
    }
    return has_more;
}

}
