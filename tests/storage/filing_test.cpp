// Samples on their way from the table of arrival to the sorted one: at every step the answers are
// the same, and nothing is lost on the way.
#include "storage/sqlite/reader.hpp"
#include "storage/sqlite/writer.hpp"
#include "tests/storage/driver.hpp"

#include <doctest/doctest.h>

#include <memory>

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

// Of sessions -4 to 4 three samples each, the second of which is reported twice.
std::vector<Record> some_samples()
{
    std::vector<Record> records;
    for (std::int64_t session = -4; session <= 4; ++session) {
        for (std::int64_t const at : {3, 2, 1}) {
            records.emplace_back(sample(session, at, at));
        }
        records.emplace_back(sample(session, 2, 99));
    }
    return records;
}

void check_samples(Desk const& desk)
{
    for (std::int64_t session = -4; session <= 4; ++session) {
        CAPTURE(session);
        CHECK(desk.samples_of(session) ==
              std::vector{sample(session, 1, 1), sample(session, 2, 2), sample(session, 3, 3)});
    }
}

}

TEST_SUITE("filing")
{
    TEST_CASE("samples are filed once there are enough, each once, and answers never change")
    {
        Desk desk(36);  // 9 sessions, 4 reports each
        desk.commit(some_samples());
        check_samples(desk);
        int slices = 0;
        while (desk.count("fresh_sample") > 0) {
            REQUIRE(++slices < 100);
            desk.writer->tidy();
            check_samples(desk);
        }
        CHECK(slices > 1);
        CHECK(desk.count("meter_sample") == 27);  // 9 sessions, 3 instants each
    }

    TEST_CASE("fewer samples stay where they arrived")
    {
        Desk desk(37);
        desk.commit(some_samples());
        desk.writer->tidy();
        CHECK(desk.count("fresh_sample") == 36);
        CHECK(desk.count("meter_sample") == 0);
    }

    TEST_CASE("filing that was cut short starts over, after what came meanwhile or not")
    {
        Desk desk(36);
        desk.commit(some_samples());
        desk.writer->tidy();
        desk.writer->tidy();
        REQUIRE(desk.count("fresh_sample") == 36);
        REQUIRE(desk.count("meter_sample") > 0);
        desk.restart();
        check_samples(desk);
        desk.commit(some_samples());  // all of it repeats
        for (int i = 0; i < 100; ++i) {
            desk.writer->tidy();
        }
        check_samples(desk);
        CHECK(desk.count("meter_sample") == 27);
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
            desk.writer->tidy();
            CHECK(desk.count("fresh_sample") <= 2 * begin);
        }
        CHECK(desk.count("fresh_sample") + desk.count("meter_sample") >= 50 * 5 * begin);
        CHECK(desk.samples_of(7).size() == 50);
    }
}
