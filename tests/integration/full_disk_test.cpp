// The real server on a disk that is full, or that cannot be written, while stations upload what
// they have queued: no promise without storage, and no restart to recover. What single writes that
// fail do to the store is tested in tests/storage.
#include "tests/integration/support/plant.hpp"
#include "tests/integration/support/server.hpp"
#include "tests/integration/support/small_disk.hpp"
#include "tests/integration/support/upload_check.hpp"
#include "tests/integration/support/waiting.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <csignal>

using namespace integration;

namespace {

constexpr std::size_t stations = 2;
constexpr char const* name_16 = "WATCHER-16";
constexpr char const* name_201 = "WATCHER-201";
constexpr char const* boot_16 = R"({"chargePointVendor":"V","chargePointModel":"M"})";
constexpr char const* boot_201 =
    R"({"reason":"PowerUp","chargingStation":{"vendorName":"V","model":"M"}})";

// A message that promises storage, of a station of its own that tells one transaction.
struct Message {
    char const* action;
    std::string payload;
};

std::string on_day(int day) { return "2026-01-0" + std::to_string(day) + "T10:00:00Z"; }

Message start(int day)
{
    return {"StartTransaction", R"({"connectorId":1,"idTag":"04A1B2C3","meterStart":0,)"
                                R"("timestamp":")" +
                                    on_day(day) + "\"}"};
}
Message values(int day, std::int64_t id)
{
    return {"MeterValues", R"({"connectorId":1,"transactionId":)" + std::to_string(id) +
                               R"(,"meterValue":[{"timestamp":")" + on_day(day) +
                               R"(","sampledValue":[{"value":"70"}]}]})"};
}
Message stop(int day, std::int64_t id)
{
    return {"StopTransaction", R"({"transactionId":)" + std::to_string(id) +
                                   R"(,"meterStop":70,"timestamp":")" + on_day(day) + "\"}"};
}
Message event(int day, int number, char const* type)
{
    return {"TransactionEvent",
        R"({"triggerReason":"Trigger","timestamp":")" + on_day(day) + R"(","seqNo":)" +
            std::to_string(number) + R"(,"evse":{"id":1,"connectorId":1},"eventType":")" + type +
            R"(","transactionInfo":{"transactionId":"on day )" + std::to_string(day) + "\"}}"};
}

// The store tries again after 100 ms, 200 ms, 400 ms and so on.
constexpr int several_retries_ms = 1'000;

void check_refused(RawStation& station, Message const& message)
{
    auto const answer = station.ask(message.action, message.payload);
    auto const shown = json::serialize(answer);
    CAPTURE(shown);
    CHECK(answer.at(0).as_int64() == 4);  // OCPP-J section 4.2.3
    CHECK(answer.at(2).as_string() == "InternalError");
}

// The status of the health page.
unsigned health(ServerProcess const& server)
{
    return test::http(server.operator_port(), "GET", "/healthz").status;
}

constexpr unsigned well = 200;
constexpr unsigned store_failed = 503;

void await_health(ServerProcess& server, unsigned status)
{
    auto const has_it = [&] {
        auto const ended = server.process().exit_code();
        if (ended) throw std::runtime_error("it has died: " + server.process().report());
        return health(server) == status;
    };
    await("health " + std::to_string(status), has_it, [&] { return server.process().report(); });
}

void await_acknowledged(ServerProcess& server, Uploader const& uploader, std::size_t more)
{
    auto const wanted = uploader.acknowledged() + more;
    await(
        "answers for " + uploader.identity(), [&] { return uploader.acknowledged() >= wanted; },
        [&] { return server.process().report(); });
}

// What SQLite itself says of the file: "ok".
std::string integrity(fs::path const& file)
{
    sqlite3* database = nullptr;
    std::string result = "cannot be opened";
    if (sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK) {
        result.clear();
        auto const add = [](void* text, int, char** values, char**) {
            *static_cast<std::string*>(text) += values[0];
            return 0;
        };
        if (sqlite3_exec(database, "PRAGMA integrity_check", add, &result, nullptr) != SQLITE_OK)
            result = sqlite3_errmsg(database);
    }
    sqlite3_close(database);
    return result;
}

bool mounted(SmallDisk const& disk)
{
    if (!disk.problem().empty()) MESSAGE("SKIPPED, it needs root: " << disk.problem());
    return disk.problem().empty();
}

// A server whose data directory is the whole disk, and stations that upload.
struct Stage {
    std::mt19937_64 random{std::random_device{}()};
    Uploaders uploaders{};  // before the server, since they end with it
    ServerProcess server{};
    SmallDisk disk{server.data()};
    Operator someone{0};

    void begin()
    {
        server.start();
        someone = server.log_in();
        uploaders = add_uploaders(someone, stations, random);
        begin_all(uploaders, server.station_port());
        for (auto const& uploader : uploaders) await_acknowledged(server, *uploader, 50);
    }
    // One that says what the test wants.
    RawStation add(std::string const& name, char const* protocol, char const* boot) const
    {
        auto const point = add_charge_point(someone, circuit(), "P-" + name);
        someone.call("station.assign", {{"station", name}, {"charge_point", point}});
        RawStation station(server.station_port(), name, protocol);
        CHECK(text(station.call("BootNotification", boot), "status") == "Accepted");
        return station;
    }
    // Until the store cannot go on: its log had some room left.
    void fill()
    {
        disk.fill();
        await_health(server, store_failed);
    }
    void restart()
    {
        server.start();
        someone = server.log_in();
    }
    void finish()
    {
        for (auto const& uploader : uploaders) uploader->finish();
        join_all(uploaders);
        finish_and_check(someone, uploaders, server.station_port());
        CHECK(server.stop() == 0);
        CHECK(integrity(server.data() / "kurs.db") == "ok");
    }
    std::int64_t circuit() const
    {
        auto const plants = someone.list("installation.list", "installations");
        json::object const query{{"installation", integer(plants.at(0), "id")}};
        return integer(someone.list("circuit.list", "circuits", query).at(0), "id");
    }
    void check_touched() const
    {
        for (auto const& uploader : uploaders)
            check_uploads(someone, *uploader, uploader->first_touched());
    }
};

}

TEST_SUITE("a full disk")
{
    TEST_CASE("stations get no answer that promises storage, and all of them once there is room")
    {
        Stage stage;
        if (!mounted(stage.disk)) return;
        stage.begin();
        auto& server = stage.server;
        auto old_one = stage.add(name_16, "ocpp1.6", boot_16);
        auto new_one = stage.add(name_201, "ocpp2.0.1", boot_201);
        auto const tell = [](RawStation& station, Message const& message) {
            return station.call(message.action, message.payload);
        };
        constexpr int days = 2;
        for (int day = 1; day <= days; ++day) {
            CAPTURE(day);
            auto const id = integer(tell(old_one, start(day)), "transactionId");
            tell(new_one, event(day, 0, "Started"));
            stage.fill();
            auto const all_are_refused = [&] {
                check_refused(old_one, values(day, id));
                check_refused(old_one, stop(day, id));
                check_refused(old_one, start(day));
                check_refused(new_one, event(day, 1, "Updated"));
                check_refused(new_one, event(day, 2, "Ended"));
            };
            all_are_refused();
            // What was committed before has been answered by now.
            auto const before = acknowledged(stage.uploaders);
            ::poll(nullptr, 0, several_retries_ms);
            all_are_refused();
            CHECK(acknowledged(stage.uploaders) == before);
            CHECK(health(server) == store_failed);
            CHECK(has(old_one.call("Heartbeat", "{}"), "currentTime"));
            CHECK_FALSE(sessions_of(stage.someone, "UPLOAD-0").empty());
            CHECK_THROWS_AS(stage.someone.call("token.put", {{"token", "NEW"}}), RpcError);

            stage.disk.free();
            await_health(server, well);
            CHECK(integer(tell(old_one, start(day)), "transactionId") == id);
            tell(old_one, values(day, id));
            tell(old_one, stop(day, id));
            tell(new_one, event(day, 1, "Updated"));
            tell(new_one, event(day, 2, "Ended"));
            for (auto const& uploader : stage.uploaders) await_acknowledged(server, *uploader, 50);
        }
        for (auto const* const name : {name_16, name_201}) {
            auto const sessions = sessions_of(stage.someone, name);
            CHECK(sessions.size() == days);
            for (auto const& session : sessions) CHECK(has(session, "ended_at"));
        }
        stage.finish();
    }
    TEST_CASE("what was acknowledged is there once after kill -9 and after a stop while it is full")
    {
        Stage stage;
        if (!mounted(stage.disk)) return;
        stage.begin();
        auto& server = stage.server;
        for (bool const killed : {true, false}) {
            CAPTURE(killed);
            stage.fill();
            if (killed)
                server.kill();
            else
                CHECK(server.stop() != 128 + SIGKILL);
            join_all(stage.uploaders);
            stage.disk.free();
            CHECK(integrity(server.data() / "kurs.db") == "ok");
            stage.restart();
            stage.check_touched();
            begin_all(stage.uploaders, server.station_port());
            for (auto const& uploader : stage.uploaders) await_acknowledged(server, *uploader, 50);
        }
        stage.finish();
    }
    TEST_CASE("a server does not start on a disk that cannot be written, and changes nothing there")
    {
        Stage stage;
        if (!mounted(stage.disk)) return;
        stage.begin();
        auto& server = stage.server;
        for (auto const& uploader : stage.uploaders) uploader->finish();
        join_all(stage.uploaders);
        CHECK(server.stop() == 0);
        auto const before = contents_of(server.data());

        stage.disk.set_read_only(true);
        auto const refused = run_to_end(server.launch("refused"));
        CHECK(refused.code == 1);
        CHECK(refused.output == "");
        CHECK(lines_of(refused.errors).size() == 1);
        CHECK(refused.errors.find(server.data().string()) != std::string::npos);
        CHECK(contents_of(server.data()) == before);

        stage.disk.set_read_only(false);
        stage.restart();
        finish_and_check(stage.someone, stage.uploaders, server.station_port());
    }
}
