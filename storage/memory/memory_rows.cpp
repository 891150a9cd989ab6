#include "storage/memory/memory_rows.hpp"

#include "storage/samples/graph.hpp"
#include "storage/samples/sample_set.hpp"

#include <algorithm>

namespace storage {

namespace {

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

constexpr unsigned char lower(char c)
{
    auto const byte = static_cast<unsigned char>(c);
    return byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte - 'A' + 'a') : byte;
}

bool is_same_text(std::string const& left, std::string const& right)
{
    return std::ranges::equal(left, right, {}, lower, lower);
}

template <class Key, class Row, class... Rest>
std::vector<Row> values_of(std::map<Key, Row, Rest...> const& rows)
{
    std::vector<Row> values;
    for (auto const& [key, row] : rows) {
        values.push_back(row);
    }
    return values;
}

template <class Key, class Row>
std::int64_t last_id(std::map<Key, Row> const& rows)
{
    return rows.empty() ? 0 : rows.rbegin()->first.value;
}

SessionSummary summarize(MemoryRows const& rows, Session const& session)
{
    SessionSummary summary{session, {}, {}, {}};
    for (MeterSample const& sample : rows.samples_of(session.id)) {
        summary.last_sample_at = sample.at;
        if (!sample.energy_mwh) continue;
        if (!summary.first_register_mwh) summary.first_register_mwh = sample.energy_mwh;
        summary.last_register_mwh = sample.energy_mwh;
    }
    return summary;
}

bool matches(MemoryRows const& rows, Session const& session, SessionQuery const& query)
{
    if (query.installation) {
        auto const place = rows.charge_points.find(session.charge_point);
        if (place == rows.charge_points.end()) return false;
        if (place->second.installation != *query.installation) return false;
    }
    return (!query.charge_point || session.charge_point == *query.charge_point) &&
           (!query.station || session.station == *query.station) &&
           (!query.session || session.id == *query.session) &&
           (!query.station_key || session.station_key == *query.station_key) &&
           (!query.token || is_same_text(session.token, *query.token)) &&
           (!query.from || session.started_at >= *query.from) &&
           (!query.until || session.started_at < *query.until) &&
           (!query.before || session.id < *query.before) && (!query.open_only || !session.ended_at);
}

// The elements of a set that are of the session, which is their first member.
template <class Row>
std::vector<Row> rows_of(std::set<Row> const& rows, SessionId session)
{
    Row first{};
    first.session = session;
    first.at = Timestamp::min();
    std::vector<Row> found;
    for (auto row = rows.lower_bound(first); row != rows.end() && row->session == session; ++row) {
        found.push_back(*row);
    }
    return found;
}

void add_waiting_messages(MemoryRows const& rows, Contents& contents)
{
    std::map<StationIdentity, int> waiting;
    for (auto row = rows.unbooked.rbegin(); row != rows.unbooked.rend(); ++row) {
        UnbookedMessage const& message = row->second;
        if (message.state != UnbookedState::waiting) continue;
        if (waiting[message.station]++ >= waiting_messages_per_station) continue;
        contents.waiting_messages.push_back(message);
    }
    std::ranges::reverse(contents.waiting_messages);
}

bool is_in_graph(MemoryRows const& rows, ChargePointId charge_point, GraphQuery const& query)
{
    if (query.charge_point && charge_point != *query.charge_point) return false;
    if (!query.installation) return query.charge_point.has_value();
    auto const place = rows.charge_points.find(charge_point);
    return place != rows.charge_points.end() && place->second.installation == *query.installation;
}

void add_sessions(MemoryRows const& rows, Contents& contents)
{
    std::map<StationIdentity, int> ended;
    for (auto row = rows.sessions.rbegin(); row != rows.sessions.rend(); ++row) {
        Session const& session = row->second;
        if (!session.ended_at) {
            contents.open_sessions.push_back(session);
        } else if (ended[session.station]++ < recent_sessions_per_station) {
            contents.recent_sessions.push_back(session);
        }
    }
    std::ranges::reverse(contents.open_sessions);
    std::ranges::reverse(contents.recent_sessions);

    for (Session const& session : contents.open_sessions) {
        std::vector<MeterSample> const samples = rows.samples_of(session.id);
        auto const last = std::find_if(samples.rbegin(), samples.rend(),
            [](MeterSample const& sample) { return sample.energy_mwh.has_value(); });
        if (last != samples.rend()) contents.last_samples.push_back(*last);
    }
}

}

bool MemoryRows::CaseBlind::operator()(std::string const& left, std::string const& right) const
{
    return std::ranges::lexicographical_compare(left, right, {}, lower, lower);
}

bool MemoryRows::CaseBlind::operator()(std::pair<std::string, TokenKind> const& left,
    std::pair<std::string, TokenKind> const& right) const
{
    if (is_same_text(left.first, right.first)) return left.second < right.second;
    return (*this)(left.first, right.first);
}

void MemoryRows::apply(Record const& record)
{
    std::visit(
        Overloaded{
            [this](Installation const& row) { installations.insert_or_assign(row.id, row); },
            [this](Circuit const& row) { circuits.insert_or_assign(row.id, row); },
            [this](ChargePoint const& row) { charge_points.insert_or_assign(row.id, row); },
            [this](Station const& row) { stations.insert_or_assign(row.identity, row); },
            [this](Assignment const& row) {
                assignments.insert_or_assign({row.charge_point, row.from}, row);
            },
            [this](Token const& row) {
                tokens.insert_or_assign({row.value, row.kind}, row);
            },
            [this](Session const& row) { sessions.insert_or_assign(row.id, row); },
            [this](MeterSample const& row) {
                std::vector<MeterSample> one{row};
                make_set(one);
                samples.insert(one.front());
            },
            [this](SignedReading const& row) { signed_readings.insert(row); },
            [this](GrantedLimit const& row) {
                granted_limits.insert_or_assign({row.station, row.evse}, row);
            },
            [this](UnbookedMessage const& row) { unbooked.insert_or_assign(row.id, row); },
            [this](AuditEntry const& row) { audit.insert(row); },
            [this](User const& row) { users.insert_or_assign(row.name, row); },
        },
        record);
}

Contents MemoryRows::contents() const
{
    Contents contents;
    contents.installations = values_of(installations);
    contents.circuits = values_of(circuits);
    contents.charge_points = values_of(charge_points);
    contents.stations = values_of(stations);
    for (auto const& [key, assignment] : assignments) {
        if (!assignment.until) contents.assignments.push_back(assignment);
    }
    contents.tokens = values_of(tokens);
    add_sessions(*this, contents);
    add_waiting_messages(*this, contents);
    contents.granted_limits = values_of(granted_limits);
    contents.users = values_of(users);
    contents.highest_id = std::max({std::int64_t{0}, last_id(installations), last_id(circuits),
        last_id(charge_points), last_id(sessions), last_id(unbooked)});
    return contents;
}

std::vector<SessionSummary> MemoryRows::find_sessions(SessionQuery const& query) const
{
    std::vector<SessionSummary> found;
    for (auto row = sessions.rbegin(); row != sessions.rend(); ++row) {
        if (static_cast<std::int64_t>(found.size()) >= query.limit) break;
        if (matches(*this, row->second, query)) found.push_back(summarize(*this, row->second));
    }
    return found;
}

std::vector<MeterSample> MemoryRows::samples_of(SessionId session) const
{
    return rows_of(samples, session);
}

std::vector<SignedReading> MemoryRows::signed_of(SessionId session) const
{
    return rows_of(signed_readings, session);
}

std::vector<UnbookedMessage> MemoryRows::find_unbooked(UnbookedQuery const& query) const
{
    std::vector<UnbookedMessage> found;
    for (auto row = unbooked.rbegin(); row != unbooked.rend(); ++row) {
        if (static_cast<std::int64_t>(found.size()) >= query.limit) break;
        UnbookedMessage const& message = row->second;
        bool const fits = (!query.id || message.id == *query.id) &&
                          (!query.before || message.id < *query.before) &&
                          (!query.waiting_only || message.state == UnbookedState::waiting);
        if (fits) found.push_back(message);
    }
    return found;
}

std::vector<Graph> MemoryRows::graphs(GraphQuery const& query) const
{
    std::map<ChargePointId, std::vector<GraphBucket>> minutes;
    for (auto const& [id, session] : sessions) {
        if (!is_in_graph(*this, session.charge_point, query)) continue;
        auto& sum = minutes[session.charge_point];
        sum = added(sum, minutes_of(samples_of(id), 0, last_graph_day));
    }
    std::vector<Graph> found;
    for (auto const& [charge_point, buckets] : minutes) {
        auto points = points_of(widened(buckets, minutes_in(query.width)), query);
        if (!points.empty()) found.push_back({charge_point, std::move(points)});
    }
    return found;
}

std::vector<AuditEntry> MemoryRows::latest_audit(int limit) const
{
    std::vector<AuditEntry> found;
    for (auto row = audit.rbegin(); row != audit.rend(); ++row) {
        if (static_cast<std::int64_t>(found.size()) >= limit) break;
        found.push_back(*row);
    }
    return found;
}

}
