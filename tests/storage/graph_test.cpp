// Graphs: what minutes, quarters and hours say, and that they say it whatever came when.
#include "storage/samples/graph.hpp"
#include "storage/samples/sample_set.hpp"
#include "storage/sqlite/graph_filing.hpp"
#include "storage/sqlite/graph_reader.hpp"
#include "storage/sqlite/reader.hpp"
#include "storage/sqlite/writer.hpp"
#include "tests/storage/driver.hpp"
#include "tests/storage/random_records.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace storage;
using namespace storage_test;

namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;

MeterSample drawing(std::int64_t session, std::int64_t at, std::int32_t l1_ma, std::int64_t mwh)
{
    MeterSample row = sample(session, at, mwh);
    row.current_ma[0] = l1_ma;
    row.power_mw = std::int64_t{l1_ma} * 230;
    return row;
}

Session session_at(std::int64_t id, std::int64_t charge_point)
{
    Session row;
    row.id = SessionId{id};
    row.charge_point = ChargePointId{charge_point};
    return row;
}

GraphQuery all_of(std::int64_t charge_point, GraphWidth width)
{
    GraphQuery query;
    query.charge_point = ChargePointId{charge_point};
    query.until = begin_of(last_graph_day);
    query.width = width;
    return query;
}

// A writer without its thread.
struct Desk {
    TemporaryFolder folder{memory_folder()};
    sqlite::Tuning tuning = quick_tuning();
    std::unique_ptr<sqlite::Writer> writer;

    Desk()
    {
        open_store(folder.file());
        tuning.fresh_samples = 1;
        tuning.graph_rest = std::chrono::seconds{0};
        writer = std::make_unique<sqlite::Writer>(
            sqlite::open_for_writing(folder.file(), tuning), tuning);
    }
    void commit(std::vector<Record> records)
    {
        std::vector<sqlite::Batch> const group{{std::move(records), nullptr}};
        REQUIRE(writer->commit(group).empty());
    }
    void tidy_all()
    {
        int portions = 0;
        while (writer->tidy({}, 0)) REQUIRE(++portions < 1000);
        CHECK(number("SELECT count(*) FROM graph_due") == 0);
    }
    std::int64_t number(char const* sql) const
    {
        return sqlite::Connection(folder.file(), sqlite::Access::read_only).number(sql);
    }
    std::vector<Graph> graph(GraphQuery const& query) const
    {
        sqlite::Connection connection(folder.file(), sqlite::Access::read_only);
        return sqlite::read_graph(connection, query);
    }
};

}

TEST_SUITE("graphs")
{
    TEST_CASE("a point has the mean and the most of its samples, and the energy of its time")
    {
        std::vector<MeterSample> const samples{drawing(1, 0, 10'000, 0),
            drawing(1, minute / 2, 13'001, 600), drawing(1, 3 * minute / 2, 16'000, 1'600)};
        auto const minutes = minutes_of(samples, 0, 0);
        GraphQuery query = all_of(1, GraphWidth::minute);
        auto const points = points_of(minutes, query);
        REQUIRE(points.size() == 2);
        CHECK(points[0].from == at_ms(0));
        CHECK(points[0].mean_ma[0] == 11'500);  // (10000 + 13001) / 2
        CHECK(points[0].most_ma[0] == 13'001);
        CHECK_FALSE(points[0].mean_ma[1]);
        CHECK(points[0].mean_power_mw == 2'645'115);  // (2300000 + 2990230) / 2
        // 600 in the first half, and half of the 1000 of the minute from :30 to 1:30.
        CHECK(points[0].energy_mwh == 1'100);
        CHECK(points[1].from == at_ms(minute));
        CHECK(points[1].mean_ma[0] == 16'000);
        CHECK(points[1].energy_mwh == 500);

        query.from = at_ms(1);
        CHECK(points_of(minutes, query) == std::vector{points[1]});
        query.from = at_ms(0);
        query.until = at_ms(minute);
        CHECK(points_of(minutes, query) == std::vector{points[0]});
    }

    TEST_CASE("energy that cannot be, or that came nobody knows when, is in no graph")
    {
        auto const energy = [](std::vector<MeterSample> const& samples) {
            std::int64_t sum = 0;
            for (auto const& bucket : minutes_of(samples, 0, last_graph_day)) {
                sum += bucket.energy_mwh;
            }
            return sum;
        };
        // 22 kW for an hour: 22 kWh.
        CHECK(energy({sample(1, 0, 0), sample(1, hour, 22'000'000)}) == 22'000'000);
        CHECK(energy({sample(1, 0, 5'000), sample(1, hour, 4'000)}) == 0);       // goes back
        CHECK(energy({sample(1, 0, 0), sample(1, hour, 5'000'000'000)}) == 0);   // 5 MW
        CHECK(energy({sample(1, 0, 0), sample(1, 24 * hour, 5'000)}) == 5'000);  // a day
        CHECK(energy({sample(1, 0, 0), sample(1, 24 * hour + 1, 5'000)}) == 0);  // more
        CHECK(energy({sample(1, -1, 0), sample(1, hour, 5'000)}) == 0);          // before 1970
    }

    TEST_CASE("days are cut so that nothing is lost or counted twice")
    {
        for (std::uint64_t seed = 1; seed <= 30; ++seed) {
            CAPTURE(seed);
            RandomRecords random(seed);
            std::vector<MeterSample> samples;
            for (int i = 0; i < 60; ++i) {
                samples.push_back(random.sample());
                samples.back().session = SessionId{1};
            }
            make_set(samples);
            auto const whole = minutes_of(samples, 0, 9);
            std::vector<GraphBucket> days;
            for (Day day = 0; day <= 9; ++day) days = added(days, minutes_of(samples, day, day));
            CHECK(days == whole);
            CHECK(widened(widened(whole, 15), 4) == widened(whole, 60));
            CHECK(buckets_from_bytes(buckets_to_bytes(whole)) == whole);
            auto const bytes = buckets_to_bytes(whole);
            for (std::size_t cut = 0; cut < bytes.size(); cut += bytes.size() / 5 + 1) {
                CHECK(buckets_from_bytes(std::span(bytes).first(cut)) != whole);
            }
        }
    }

    TEST_CASE("sessions of one charge point are one graph, and each charge point has its own")
    {
        Desk desk;
        ChargePoint place;
        place.id = ChargePointId{5};
        place.installation = InstallationId{1};
        ChargePoint other = place;
        other.id = ChargePointId{4};
        desk.commit({place, other, session_at(1, 5), session_at(2, 5), session_at(3, 4),
            drawing(1, 0, 6'000, 0), drawing(2, 20'000, 8'000, 0), drawing(3, 0, 1'000, 0)});
        GraphQuery query = all_of(5, GraphWidth::hour);
        query.charge_point.reset();
        query.installation = InstallationId{1};
        auto const before = desk.graph(query);
        REQUIRE(before.size() == 2);
        CHECK(before[0].charge_point == other.id);
        CHECK(before[0].points.at(0).mean_ma[0] == 1'000);
        CHECK(before[1].points.at(0).mean_ma[0] == 7'000);  // (6000 + 8000) / 2
        desk.tidy_all();
        CHECK(desk.number("SELECT count(*) FROM graph_day") == 3);
        CHECK(desk.graph(query) == before);
    }

    TEST_CASE("late samples change the day where they belong, as if they had come in time")
    {
        Desk in_time;
        Desk late;
        std::vector<Record> all{session_at(1, 5)};
        for (std::int64_t at = 0; at < 72 * hour; at += 10 * minute) {
            all.emplace_back(drawing(1, at, static_cast<std::int32_t>(at % 32'000), at / 100));
        }
        in_time.commit(all);
        in_time.tidy_all();
        std::vector<Record> first;
        std::vector<Record> second{all.at(40)};  // one that comes twice
        for (std::size_t i = 0; i < all.size(); ++i)
            (i % 7 == 3 ? second : first).push_back(all[i]);
        late.commit(first);
        late.tidy_all();
        late.commit(second);
        auto const query = all_of(5, GraphWidth::quarter_hour);
        CHECK(late.graph(query) == in_time.graph(query));
        late.tidy_all();
        CHECK(late.graph(query) == in_time.graph(query));
        CHECK(late.number("SELECT count(*) FROM graph_day") == 3);
        CHECK(late.number("SELECT count(*) FROM graph_minutes") == 3);
    }

    TEST_CASE("a session that comes after its samples, or moves, takes its graph along")
    {
        Desk desk;
        desk.commit({drawing(1, 0, 6'000, 0)});
        desk.tidy_all();
        auto const at_5 = all_of(5, GraphWidth::minute);
        auto const at_6 = all_of(6, GraphWidth::minute);
        CHECK(desk.graph(at_5).empty());
        desk.commit({session_at(1, 5)});
        CHECK(desk.graph(at_5).size() == 1);
        desk.tidy_all();
        CHECK(desk.graph(at_5).size() == 1);
        desk.commit({session_at(1, 6)});
        CHECK(desk.graph(at_5).empty());
        CHECK(desk.graph(at_6).size() == 1);
        desk.tidy_all();
        CHECK(desk.graph(at_5).empty());
        CHECK(desk.graph(at_6).size() == 1);
        CHECK(desk.number("SELECT count(*) FROM graph_day") == 1);
    }

    TEST_CASE("what is too old goes, and with it no energy and no graph")
    {
        constexpr std::int64_t day = 24 * hour;
        Desk desk;
        std::vector<Record> records{session_at(1, 5), session_at(2, 5)};
        for (std::int64_t at = 0; at < 2 * hour; at += minute) {
            records.emplace_back(drawing(1, 10 * day + at, 6'000, at));
            records.emplace_back(drawing(2, 20 * day + at, 8'000, at));
        }
        MeterSample special = sample(1, 10 * day + hour + 1, 7);
        special.context = ReadingContext::interruption_begin;
        records.emplace_back(special);
        desk.commit(records);
        desk.tidy_all();
        auto const quarters = desk.graph(all_of(5, GraphWidth::quarter_hour));
        auto const minutes = desk.graph(all_of(5, GraphWidth::minute));
        sqlite::Connection connection(desk.folder.file(), sqlite::Access::read_only);
        auto const sessions_before = sqlite::read_sessions(connection, {});

        Retention const ten_days{10, 10};
        auto const tidy = [&](Day today) {
            int portions = 0;
            while (desk.writer->tidy(ten_days, today)) REQUIRE(++portions < 1000);
        };
        tidy(20);  // day 10 is ten days old: kept
        CHECK(sqlite::read_samples(connection, SessionId{1}).size() == 121);
        CHECK(desk.graph(all_of(5, GraphWidth::minute)) == minutes);
        tidy(22);
        CHECK(sqlite::read_samples(connection, SessionId{1}) ==
              std::vector{drawing(1, 10 * day, 6'000, 0), special,
                  drawing(1, 10 * day + 119 * minute, 6'000, 119 * minute)});
        CHECK(sqlite::read_samples(connection, SessionId{2}).size() == 120);
        CHECK(sqlite::read_sessions(connection, {}) == sessions_before);
        CHECK(desk.graph(all_of(5, GraphWidth::quarter_hour)) == quarters);
        CHECK(desk.graph(all_of(5, GraphWidth::minute)).at(0).points.size() == 120);

        // A sample that comes as late as that is kept, and does not make the day from what is left.
        desk.commit({drawing(1, 10 * day + minute, 6'000, minute)});
        CHECK(desk.graph(all_of(5, GraphWidth::quarter_hour)) == quarters);
        tidy(22);
        CHECK(desk.graph(all_of(5, GraphWidth::quarter_hour)) == quarters);
        CHECK(sqlite::read_samples(connection, SessionId{1}).size() == 4);
    }
}
