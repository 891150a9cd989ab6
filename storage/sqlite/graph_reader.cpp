#include "storage/sqlite/graph_reader.hpp"

#include "storage/samples/graph.hpp"
#include "storage/samples/sample_set.hpp"
#include "storage/sqlite/columns.hpp"
#include "storage/sqlite/retention.hpp"
#include "storage/sqlite/sample_blocks.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace storage::sqlite {

namespace {

// Buckets of each charge point that is asked for: of minutes, or of quarters.
using Places = std::map<ChargePointId, std::vector<GraphBucket>>;

// A session of which samples are not in the graphs that are made.
struct Pending {
    ChargePointId place;
    std::vector<MeterSample> fresh;
};
using Pendings = std::unordered_map<SessionId, std::optional<Pending>>;  // none: of no interest

struct Days {
    Day first;
    Day last;
};

Days days_of(GraphQuery const& query)
{
    Timestamp const first = std::max(query.from, begin_of(0));
    Timestamp const end = std::min(query.until, begin_of(last_graph_day + 1));
    if (first >= end) return {0, -1};
    // A point is within the query when it begins there.
    return {day_of(first), day_of(end - std::chrono::milliseconds{1})};
}

Places places_of(Connection& connection, GraphQuery const& query)
{
    Places places;
    if (!query.installation) {
        if (query.charge_point) places[*query.charge_point];
        return places;
    }
    Cursor rows = connection.query("SELECT id FROM charge_point WHERE installation = ?");
    put(rows, 1, *query.installation);
    while (rows.next()) {
        ChargePointId const id{rows.int_at(0)};
        if (!query.charge_point || id == *query.charge_point) places[id];
    }
    return places;
}

// The session's entry, made at its first mention.
std::optional<Pending>& pending_of(
    Connection& connection, Places const& places, Pendings& pendings, SessionId session)
{
    auto const [entry, is_new] = pendings.try_emplace(session);
    if (!is_new) return entry->second;
    Cursor row = connection.query("SELECT charge_point FROM session WHERE id = ?");
    put(row, 1, session);
    if (!row.next()) return entry->second;
    ChargePointId const place{row.int_at(0)};
    if (places.contains(place)) entry->second = Pending{place, {}};
    return entry->second;
}

Pendings pendings_of(Connection& connection, Places const& places)
{
    Pendings pendings;
    Cursor due = connection.query("SELECT session FROM graph_due");
    while (due.next()) {
        pending_of(connection, places, pendings, SessionId{due.int_at(0)});
    }
    static std::string const sql = "SELECT " + column_list<MeterSample>() + " FROM fresh_sample";
    Cursor fresh = connection.query(sql);
    while (fresh.next()) {
        auto& pending = pending_of(connection, places, pendings, SessionId{fresh.int_at(0)});
        if (pending) pending->fresh.push_back(read_row<MeterSample>(fresh));
    }
    return pendings;
}

void add_made(Connection& connection, ChargePointId place, Days days, bool in_minutes,
    Day samples_from, Pendings const& pendings, std::vector<GraphBucket>& sum)
{
    Cursor rows = connection.query(
        in_minutes
            ? "SELECT session, minutes, graph_day.day FROM graph_day JOIN graph_minutes USING (id) "
              "WHERE charge_point = ?1 AND graph_day.day BETWEEN ?2 AND ?3"
            : "SELECT session, quarters, day FROM graph_day "
              "WHERE charge_point = ?1 AND day BETWEEN ?2 AND ?3");
    put(rows, 1, place);
    put(rows, 2, days.first);
    put(rows, 3, days.last);
    while (rows.next()) {
        bool const has_samples = rows.int_at(2) >= samples_from;
        if (has_samples && pendings.contains(SessionId{rows.int_at(0)})) continue;
        sum = added(sum, understood(buckets_from_bytes(rows.blob_at(1)), "graph"));
    }
}

std::vector<GraphBucket> made_now(
    Connection& connection, SessionId session, std::vector<MeterSample> fresh, Days days)
{
    std::vector<MeterSample> samples = filed_samples(connection, session,
        begin_of(days.first) - graph_reach, begin_of(days.last + 1) + graph_reach, Detail::common);
    if (fresh.empty()) return minutes_of(samples, days.first, days.last);
    // Both without the values that are in no graph, so that the same sample is the same.
    for (MeterSample& sample : fresh) sample.others.clear();
    std::ranges::move(fresh, std::back_inserter(samples));
    make_set(samples);
    return minutes_of(samples, days.first, days.last);
}

}

std::vector<Graph> read_graph(Connection& connection, GraphQuery const& query)
{
    Days const days = days_of(query);
    if (days.last < days.first) return {};
    Transaction const one_moment(connection, Transaction::Kind::read);
    bool const in_minutes = query.width == GraphWidth::minute;
    std::int64_t const minutes_kept = in_minutes ? 1 : minutes_per_quarter;

    Day const samples_from = samples_from_day(connection);
    Places places = places_of(connection, query);
    Pendings pendings = pendings_of(connection, places);
    for (auto& [place, sum] : places) {
        add_made(connection, place, days, in_minutes, samples_from, pendings, sum);
    }
    Days const made_days{std::max(days.first, samples_from), days.last};
    for (auto& [session, pending] : pendings) {
        if (!pending || made_days.last < made_days.first) continue;
        auto const minutes = made_now(connection, session, std::move(pending->fresh), made_days);
        auto& sum = places[pending->place];
        sum = added(sum, widened(minutes, minutes_kept));
    }

    std::vector<Graph> graphs;
    for (auto const& [place, sum] : places) {
        auto points = points_of(widened(sum, minutes_in(query.width) / minutes_kept), query);
        if (!points.empty()) graphs.push_back({place, std::move(points)});
    }
    return graphs;
}

}
