#include "tests/storage/random_records.hpp"

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
    row.station_key = text();
    row.token = text();
    row.started_at = time();
    if (flag()) row.meter_start_mwh = any_number();
    if (flag()) row.ended_at = time();
    if (flag()) row.meter_stop_mwh = any_number();
    row.stop_reason = text();
    row.recorded_offline = flag();
    if (flag()) row.departs_at = time();
    if (flag()) row.wanted_mwh = any_number();
    return row;
}

MeterSample RandomRecords::sample()
{
    MeterSample row;
    row.session = session_id();
    row.at = time();
    if (flag()) row.energy_mwh = any_number();
    for (auto& current : row.current_ma) {
        if (flag()) current = static_cast<std::int32_t>(any_number());
    }
    if (flag()) row.power_mw = any_number();
    if (flag()) row.soc_percent = static_cast<std::int32_t>(number(0, 100));
    return row;
}

Record RandomRecords::record()
{
    auto const line = [this] { return static_cast<std::uint8_t>(number(0, 3)); };
    auto const maybe_time = [this] { return flag() ? std::optional(time()) : std::nullopt; };
    switch (number(0, 13)) {
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
        return Station{station(), text(), text(), text(), text(), text(), time(), time(), flag()};
    case 4: return Assignment{charge_point(), station(), evse(), time(), maybe_time()};
    case 5:
        return Token{
            word(), text(), flag() ? TokenStatus::blocked : TokenStatus::accepted, maybe_time()};
    case 6: return GrantedLimit{station(), evse(), flag(), any_number(), any_number()};
    case 7: return UnbookedMessage{station(), time(), word(), text()};
    case 8: return User{word(), text(), time()};
    case 9:
    case 10: return session();
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
    if (number(0, 2) == 0) query.before = session_id();
    query.open_only = number(0, 2) == 0;
    query.limit = static_cast<int>(number(0, 1) == 0 ? number(0, 4) : 100);
    return query;
}

}
