// Samples on their way from the table of arrival to blocks: at every step the answers are
// the same, and nothing is lost on the way.
#include "storage/sqlite/reader.hpp"
#include "storage/sqlite/sample_blocks.hpp"
#include "storage/sqlite/writer.hpp"
#include "tests/storage/driver.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

using namespace storage;
using namespace storage_test;

namespace {

// A writer without its thread, on a file with the latest schema.
struct Desk {
    TemporaryFolder folder{memory_folder()};
    sqlite::Tuning tuning = quick_tuning();
    std::unique_ptr<sqlite::Writer> writer;

    explicit Desk(std::int64_t fresh_samples)
    {
        open_store(folder.file());
        tuning.fresh_samples = fresh_samples;
        restart();
    }

    void restart()
    {
        writer.reset();
        writer = std::make_unique<sqlite::Writer>(
            sqlite::open_for_writing(folder.file(), tuning), tuning);
    }

    void commit(std::vector<Record> records)
    {
        std::vector<sqlite::Batch> const group{{std::move(records), nullptr}};
        REQUIRE(writer->commit(group).empty());
    }

    std::int64_t count(char const* table) const
    {
        sqlite::Connection connection(folder.file(), sqlite::Access::read_only);
        return connection.number(std::string("SELECT count(*) FROM ") + table);
    }

    std::vector<MeterSample> samples_of(std::int64_t session) const
    {
        sqlite::Connection connection(folder.file(), sqlite::Access::read_only);
        return sqlite::read_samples(connection, SessionId{session});
    }
};

// Of sessions -4 to 4 three samples each, the second of which is reported twice, and a fourth that
// differs from it.
std::vector<Record> some_samples()
{
    std::vector<Record> records;
    for (std::int64_t session = -4; session <= 4; ++session) {
        for (std::int64_t const at : {3, 2, 1, 2}) {
            records.emplace_back(sample(session, at, at));
        }
        records.emplace_back(sample(session, 2, 99));
    }
    return records;
}
constexpr std::int64_t some_count = 45;  // 9 sessions, 5 reports each

void check_samples(Desk const& desk)
{
    for (std::int64_t session = -4; session <= 4; ++session) {
        CAPTURE(session);
        CHECK(desk.samples_of(session) == std::vector{sample(session, 1, 1), sample(session, 2, 2),
                                              sample(session, 2, 99), sample(session, 3, 3)});
    }
}

std::int64_t filed(Desk const& desk)
{
    sqlite::Connection connection(desk.folder.file(), sqlite::Access::read_only);
    return connection.number("SELECT sum(count) FROM sample_block");
}

// Each block of the session as "first-last:count", in order.
std::string blocks_of(Desk const& desk, std::int64_t session)
{
    sqlite::Connection connection(desk.folder.file(), sqlite::Access::read_only);
    std::string text;
    sqlite::visit_forward(
        connection, SessionId{session}, [&text](sqlite::SampleBlock const& block) {
            text += (text.empty() ? "" : " ") +
                    std::to_string(block.first_at.time_since_epoch().count()) + "-" +
                    std::to_string(block.last_at.time_since_epoch().count()) + ":" +
                    std::to_string(block.count);
            return true;
        });
    return text;
}

// Samples of session 1 at these times, filed at once.
void file(Desk& desk, std::vector<std::int64_t> const& times)
{
    std::vector<Record> records;
    for (std::int64_t const at : times) {
        records.emplace_back(sample(1, at, at));
    }
    desk.commit(records);
    while (desk.writer->tidy({}, 0)) {
    }
    REQUIRE(desk.count("fresh_sample") == 0);
}

}

TEST_SUITE("filing")
{
    TEST_CASE("samples are filed once there are enough, each once, and answers never change")
    {
        Desk desk(some_count);
        desk.commit(some_samples());
        check_samples(desk);
        int slices = 0;
        while (desk.count("fresh_sample") > 0) {
            REQUIRE(++slices < 100);
            desk.writer->tidy({}, 0);
            check_samples(desk);
        }
        CHECK(slices > 1);
        CHECK(filed(desk) == 36);  // 9 sessions, 4 different samples each
    }

    TEST_CASE("fewer samples stay where they arrived")
    {
        Desk desk(some_count + 1);
        desk.commit(some_samples());
        desk.writer->tidy({}, 0);
        CHECK(desk.count("fresh_sample") == some_count);
        CHECK(desk.count("sample_block") == 0);
    }

    TEST_CASE("filing that was cut short starts over, after what came meanwhile or not")
    {
        Desk desk(some_count);
        desk.commit(some_samples());
        desk.writer->tidy({}, 0);
        desk.writer->tidy({}, 0);
        REQUIRE(desk.count("fresh_sample") == some_count);
        REQUIRE(desk.count("sample_block") > 0);
        desk.restart();
        check_samples(desk);
        desk.commit(some_samples());  // all of it repeats
        for (int i = 0; i < 100; ++i) {
            desk.writer->tidy({}, 0);
        }
        check_samples(desk);
        CHECK(filed(desk) == 36);
    }

    TEST_CASE("what arrives faster than it is filed does not pile up")
    {
        constexpr std::int64_t begin = 10;
        Desk desk(begin);
        for (std::int64_t round = 0; round < 50; ++round) {
            std::vector<Record> records;
            for (std::int64_t i = 0; i < 5 * begin; ++i) {
                records.emplace_back(sample(i, round, round));
            }
            desk.commit(records);
            desk.writer->tidy({}, 0);
            CHECK(desk.count("fresh_sample") <= 2 * begin);
        }
        CHECK(desk.count("fresh_sample") + filed(desk) >= 50 * 5 * begin);
        CHECK(desk.samples_of(7).size() == 50);
    }

    TEST_CASE("blocks fill up one after the other, and late samples go where they belong")
    {
        Desk desk(1);
        desk.tuning.samples_per_block = 4;
        desk.restart();
        file(desk, {10, 20, 30});
        CHECK(blocks_of(desk, 1) == "10-30:3");
        file(desk, {40, 50, 60});
        CHECK(blocks_of(desk, 1) == "10-40:4 50-60:2");
        file(desk, {70, 80, 90});
        CHECK(blocks_of(desk, 1) == "10-40:4 50-80:4 90-90:1");
        file(desk, {55});  // makes five of four: cut into pieces alike
        CHECK(blocks_of(desk, 1) == "10-40:4 50-60:3 70-80:2 90-90:1");
        file(desk, {65, 5, 95, 45, 20});  // 45 belongs to what begins before it
        CHECK(blocks_of(desk, 1) == "5-20:3 30-45:3 50-65:4 70-80:2 90-95:2");
        file(desk, {5, 50, 95});
        CHECK(blocks_of(desk, 1) == "5-20:3 30-45:3 50-65:4 70-80:2 90-95:2");
    }

    TEST_CASE("the samples of one instant stay in one block, however many they are")
    {
        Desk desk(1);
        desk.tuning.samples_per_block = 2;
        desk.restart();
        std::vector<Record> records{sample(1, 1, 1), sample(1, 9, 1)};
        for (std::int64_t n = 0; n < 7; ++n) {
            records.emplace_back(sample(1, 5, n));
        }
        desk.commit(records);
        while (desk.writer->tidy({}, 0)) {
        }
        CHECK(blocks_of(desk, 1) == "1-1:1 5-5:7 9-9:1");
        desk.commit(records);
        while (desk.writer->tidy({}, 0)) {
        }
        CHECK(blocks_of(desk, 1) == "1-1:1 5-5:7 9-9:1");
    }

    TEST_CASE("samples of the time before there were blocks become blocks, a portion at a time")
    {
        Desk desk(16);
        {
            sqlite::Connection old(desk.folder.file(), sqlite::Access::read_write);
            old.execute("WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n "
                        "WHERE n < 20) INSERT INTO meter_sample (session, at, energy_mwh) "
                        "SELECT session, n, n FROM n, (SELECT 1 AS session UNION SELECT 2)");
        }
        desk.commit({sample(1, 3, 3), sample(1, 3, 4)});
        auto const before = desk.samples_of(1);
        CHECK(before.size() == 21);
        int portions = 0;
        while (desk.writer->tidy({}, 0)) {
            REQUIRE(++portions < 100);
            CHECK(desk.samples_of(1) == before);
            CHECK(desk.samples_of(2).size() == 20);
        }
        CHECK(portions > 2);
        CHECK(desk.count("meter_sample") == 0);
        CHECK(filed(desk) == 40);
        CHECK(desk.samples_of(1) == before);
    }

    TEST_CASE("a value of a channel that has no name is refused with its batch")
    {
        Desk desk(1);
        MeterSample strange = sample(1, 1, 1);
        strange.others = {{{static_cast<Measurand>(99), Phase::total, Location::outlet}, 1}};
        MeterSample odd = sample(1, 2, 2);
        odd.context = static_cast<ReadingContext>(99);
        for (MeterSample const& refused : {strange, odd}) {
            std::vector<sqlite::Batch> const group{{{refused}, nullptr}};
            CHECK(desk.writer->commit(group).size() == 1);
        }
        CHECK(desk.samples_of(1).empty());
    }
}
