#include "tests/storage/random_records.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>

using namespace storage;

namespace storage_test {

std::int64_t RandomRecords::number(std::int64_t least, std::int64_t most)
{
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
}

std::int64_t RandomRecords::any_number()
{
    switch (number(0, 3)) {
    case 0: return 0;
    case 1: return number(-1000, 1000);
    case 2:
        return number(0, 1) == 0 ? std::numeric_limits<std::int64_t>::min()
                                 : std::numeric_limits<std::int64_t>::max();
    default: return static_cast<std::int64_t>(random_());
    }
}

// Few, and some that differ only in case or sort on both sides of it.
std::string RandomRecords::word()
{
    static constexpr std::array<char const*, 8> words{
        "a", "A", "b", "_", "ab", "aB", "", "\xC3\xA6"};
    return words.at(static_cast<std::size_t>(number(0, 7)));
}

std::string RandomRecords::text()
{
    std::string text;
    for (std::int64_t i = number(0, 12); i > 0; --i) {
        text.push_back(static_cast<char>(number(0, 126)));  // NUL and quotes, too
    }
    return text;
}

Timestamp RandomRecords::time() { return Timestamp{std::chrono::milliseconds{number(-3, 20)}}; }
StationIdentity RandomRecords::station() { return {word()}; }
EvseNumber RandomRecords::evse() { return {static_cast<std::int32_t>(number(1, 2))}; }

Session RandomRecords::session()
{
    Session row;
    row.id = session_id();
    row.charge_point = charge_point();
    row.station = station();
    row.evse = evse();
    row.station_key = flag() ? word() : text();
    row.token = flag() ? word() : text();
    if (flag()) row.token_sequence = any_number();
    row.token_verdict = static_cast<TokenVerdict>(number(0, 5));
    row.started_at = time();
    row.start_reported = flag();
    row.first_heard_at = time();
    if (flag()) row.meter_start_mwh = any_number();
    if (flag()) row.ended_at = time();
    if (flag()) row.meter_stop_mwh = any_number();
    row.stop_reason = text();
    row.closing = static_cast<Closing>(number(0, 3));
    row.recorded_offline = flag();
    if (flag()) row.clock_ahead_ms = any_number();
    row.sequences = sequences();
    if (flag()) row.departs_at = time();
    if (flag()) row.wanted_mwh = any_number();
    return row;
}

MeterSample RandomRecords::sample()
{
    MeterSample row;
    row.session = session_id();
    bool const is_plausible = flag();  // within four days, a register that may rise
    row.at = is_plausible ? Timestamp{std::chrono::minutes{7 * number(0, 800)}} : time();
    row.context = context();
    if (flag()) row.energy_mwh = is_plausible ? number(0, 1'000'000) : any_number();
    for (auto& current : row.current_ma) {
        if (flag()) current = static_cast<std::int32_t>(any_number());
    }
    if (flag()) row.power_mw = any_number();
    if (flag()) row.soc_percent = static_cast<std::int32_t>(number(0, 100));
    if (flag()) row.others = channel_values();
    return row;
}

ReadingContext RandomRecords::context() { return static_cast<ReadingContext>(number(0, 7)); }

// Of any channels, one of them perhaps twice, ascending.
std::vector<ChannelValue> RandomRecords::channel_values()
{
    std::vector<ChannelValue> values;
    for (std::int64_t i = number(0, 4); i > 0; --i) {
        Channel const channel{static_cast<Measurand>(number(0, measurand_count - 1)),
            static_cast<Phase>(number(0, 10)), static_cast<Location>(number(0, 5))};
        values.push_back({channel, any_number()});
        if (number(0, 9) == 0) values.push_back({channel, any_number()});
    }
    std::ranges::sort(values);
    return values;
}

std::vector<SequenceSpan> RandomRecords::sequences()
{
    std::vector<SequenceSpan> spans;
    std::int64_t next = number(-3, 3);
    for (std::int64_t i = number(0, 3); i > 0; --i) {
        std::int64_t const last = next + number(0, 5);
        spans.push_back({next, last});
        next = last + number(2, 9);
    }
    if (number(0, 9) == 0) spans.push_back({any_number(), any_number()});
    return spans;
}

Token RandomRecords::token()
{
    Token row;
    row.value = word();
    row.kind = static_cast<TokenKind>(number(0, 7));
    row.label = text();
    row.owner = text();
    row.group = word();
    row.status = flag() ? TokenStatus::blocked : TokenStatus::accepted;
    if (flag()) row.expires_at = time();
    for (std::int64_t i = number(0, 2); i > 0; --i) row.installations.push_back(installation());
    for (std::int64_t i = number(0, 2); i > 0; --i) row.charge_points.push_back({any_number()});
    if (flag()) row.most_sessions = any_number();
    return row;
}

SignedReading RandomRecords::signed_reading()
{
    return {session_id(), time(), context(), word(), word(), word(), flag() ? word() : text()};
}

UnbookedMessage RandomRecords::unbooked_message()
{
    UnbookedMessage row;
    row.id = UnbookedId{number(1, 40)};
    row.station = station();
    row.protocol = word();
    row.received_at = time();
    row.frame = text();
    row.why = text();
    row.state = flag() ? UnbookedState::waiting : static_cast<UnbookedState>(number(0, 4));
    if (flag()) row.session = session_id();
    row.resolved_by = word();
    if (flag()) row.resolved_at = time();
    return row;
}

Record RandomRecords::record()
{
    auto const line = [this] { return static_cast<std::uint8_t>(number(0, 3)); };
    auto const maybe_time = [this] { return flag() ? std::optional(time()) : std::nullopt; };
    switch (number(0, 16)) {
    case 0:
        return Installation{installation(), text(), text(),
            flag() ? GridType::it_230 : GridType::tn_400, any_number(), text(), text(), time(),
            static_cast<SharingPolicy>(number(0, 4))};
    case 1:
        return Circuit{{number(1, 4)}, installation(),
            flag() ? std::optional(CircuitId{number(1, 4)}) : std::nullopt, text(), any_number()};
    case 2:
        return ChargePoint{charge_point(), installation(), {number(1, 4)}, text(),
            {line(), line(), line()}, any_number(), any_number(), flag(), flag(), any_number()};
    case 3:
        return Station{station(), text(), text(), text(), text(), text(), time(), time(), flag(),
            any_number(), any_number()};
    case 4: return Assignment{charge_point(), station(), evse(), time(), maybe_time()};
    case 5: return token();
    case 6: return GrantedLimit{station(), evse(), flag(), any_number(), any_number()};
    case 7: return unbooked_message();
    case 8: return User{word(), text(), time()};
    case 9:
    case 10: return session();
    case 11: return signed_reading();
    case 12: return AuditEntry{time(), word(), word(), word(), text()};
    default: return sample();
    }
}

std::vector<Record> RandomRecords::batch(int records_at_most)
{
    std::vector<Record> records;
    for (std::int64_t i = number(0, records_at_most); i > 0; --i) {
        records.push_back(record());
    }
    return records;
}

SessionQuery RandomRecords::query()
{
    SessionQuery query;
    if (number(0, 2) == 0) query.installation = installation();
    if (number(0, 4) == 0) query.charge_point = charge_point();
    if (number(0, 4) == 0) query.station = station();
    if (number(0, 9) == 0) query.session = session_id();
    if (number(0, 6) == 0) query.station_key = word();
    if (number(0, 6) == 0) query.token = word();
    if (number(0, 3) == 0) query.from = time();
    if (number(0, 3) == 0) query.until = time();
    if (number(0, 2) == 0) query.before = session_id();
    query.open_only = number(0, 2) == 0;
    query.limit = static_cast<int>(number(0, 1) == 0 ? number(0, 4) : 100);
    return query;
}

UnbookedQuery RandomRecords::unbooked_query()
{
    UnbookedQuery query;
    if (number(0, 4) == 0) query.id = UnbookedId{number(1, 40)};
    query.waiting_only = flag();
    if (number(0, 2) == 0) query.before = UnbookedId{number(1, 40)};
    query.limit = static_cast<int>(flag() ? number(-1, 4) : 100);
    return query;
}

GraphQuery RandomRecords::graph_query()
{
    GraphQuery query;
    auto const kind = number(0, 3);
    if (kind != 0) query.installation = installation();
    if (kind != 1) query.charge_point = charge_point();
    query.from = Timestamp{std::chrono::minutes{number(-100, 6'000)}};
    query.until = query.from + std::chrono::minutes{number(-10, 6'000)};
    if (number(0, 3) == 0) {
        query.from = Timestamp::min();
        query.until = Timestamp::max();
    }
    query.width = static_cast<GraphWidth>(number(0, 2));
    return query;
}

}
