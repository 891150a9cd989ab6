#include "manual_store.hpp"
#include "server/gateway/clock.hpp"
#include "server/gateway/shards.hpp"
#include "server/gateway/shutdown.hpp"
#include "server/gateway/station_listener.hpp"
#include "stage.hpp"
#include "ws_client.hpp"

#include <doctest/doctest.h>

#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using test::Opcode, test::WsClient;

// Two shards with real engines behind the stations' door.
struct House {
    House() : House(gateway::StationOptions{}) {}
    explicit House(gateway::StationOptions const& options)
        : shards(stage.lanes, store, stage.log, quick(), {}, gateway::read_clocks),
          stations(stage.port(), stage.lanes, shards, stage.log, options),
          operators(stage.port(), {}, {}, stage.log, {})
    {
        shards.on_live([](engine::LiveView const&) {});
        stage.start();
        shards.start();
        test::Stage::run_on(stage.front, [this] {
            stations.start();
            operators.start();
        });
    }
    ~House() { stage.stop(); }

    // No calls to the stations of these tests: they would have to answer them.
    static engine::Settings quick()
    {
        engine::Settings settings;
        settings.quiet_after_connect = 1h;
        settings.pause_after_boot = 1h;
        return settings;
    }

    WsClient connect(std::string const& identity, std::string const& protocol = "ocpp1.6")
    {
        return WsClient(stations.local().port, "/ocpp/" + identity, protocol);
    }

    engine::Reply ask(std::int64_t shard, engine::Command command)
    {
        std::promise<engine::Reply> reply;
        shards.ask(shard, std::move(command),
            [&](engine::Reply given) { reply.set_value(std::move(given)); });
        return reply.get_future().get();
    }

    // A charge point of an installation on shard 1.
    storage::ChargePointId charge_point_on_shard_1()
    {
        auto const installation = std::get<storage::Installation>(
            ask(1, engine::CreateInstallation{
                       .name = "Plant", .limit_ma = 63'000, .time_zone = "Europe/Oslo"}));
        REQUIRE(engine::shard_of(installation.id, 2) == 1);
        auto const circuit = std::get<storage::Circuit>(
            ask(1, engine::CreateCircuit{
                       .installation = installation.id, .label = "Kurs 1", .rating_ma = 32'000}));
        auto const point = std::get<storage::ChargePoint>(
            ask(1, engine::CreateChargePoint{.circuit = circuit.id, .name = "P-1"}));
        return point.id;
    }

    void assign(std::string const& identity)
    {
        auto const reply = ask(1, engine::AssignStation{.station = {identity},
                                      .charge_point = charge_point_on_shard_1(),
                                      .known = std::nullopt});
        REQUIRE(std::holds_alternative<engine::Done>(reply));
    }

    std::vector<std::string> stations_of(std::int64_t shard)
    {
        auto const reply = ask(shard, engine::ListStations{});
        std::vector<std::string> names;
        for (auto const& view : std::get<std::vector<engine::StationView>>(reply))
            names.push_back(view.station.identity.value + (view.online ? " online" : " offline"));
        return names;
    }

    test::Stage stage{2};
    test::ManualStore store;
    gateway::Shards shards;
    gateway::StationListener stations;
    gateway::OperatorListener operators;
};

constexpr std::string_view boot =
    R"([2,"boot","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}])";

std::string heartbeat(int number)
{
    return R"([2,"h)" + std::to_string(number) + R"(","Heartbeat",{}])";
}

// The message id of a CALLRESULT or CALLERROR.
std::string answered_id(std::string const& text)
{
    auto const from = text.find('"') + 1;
    return text.substr(from, text.find('"', from) - from);
}

void boot_up(WsClient& client)
{
    client.text(boot);
    auto const answer = client.next_text();
    REQUIRE(answer);
    REQUIRE(answer->find(R"([3,"boot",{)") == 0);
}

}

TEST_SUITE("shards")
{
    TEST_CASE("a station is served by an engine")
    {
        House house;
        house.assign("CP-1");
        auto client = house.connect("CP-1");
        boot_up(client);
        client.text(heartbeat(1));
        auto const answer = client.next_text();
        REQUIRE(answer);
        CHECK(answer->find(R"([3,"h1",{"currentTime":")") == 0);
        CHECK(house.stations_of(1) == std::vector<std::string>{"CP-1 online"});
    }

    TEST_CASE("a malformed frame ends neither the server nor the connection")
    {
        House house;
        for (auto const* protocol : {"ocpp1.6", "ocpp2.0.1"}) {
            auto client = house.connect("CP-1", protocol);
            for (auto const* text : {"x", "[", "{}", "[]", "[2]", "[9,\"1\",{}]", "[2,1,2,3]",
                     "[3,\"nobody asked\",{}]", "null", "\"", "[4,\"1\"]"})
                client.text(text);
            client.text(R"([2,"last","NoSuchAction",{}])");
            std::optional<std::string> answer;
            do answer = client.next_text();
            while (answer && answered_id(*answer) != "last");
            REQUIRE(answer);
            CHECK(answer->find("NotImplemented") != std::string::npos);
        }
        CHECK(house.shards.bugs() == 0);
    }

    TEST_CASE("an answer that promises leaves after its commit")
    {
        House house;
        house.assign("CP-1");
        auto client = house.connect("CP-1");
        boot_up(client);
        house.store.hold();
        client.text(R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"A","meterStart":0,)"
                    R"("timestamp":"2026-11-22T07:00:00Z"}])");
        // The heartbeat promises nothing; once it is answered, the start has been dealt with.
        client.text(heartbeat(1));
        auto const first = client.next_text();
        REQUIRE(first);
        CHECK(answered_id(*first) == "h1");
        CHECK(test::eventually([&] { return house.store.waiting() > 0; }));
        CHECK(house.shards.commits_under_way() > 0);
        house.store.let_go();
        auto const second = client.next_text();
        REQUIRE(second);
        CHECK(answered_id(*second) == "s");
    }

    TEST_CASE("the newest connection of a station wins")
    {
        House house;
        auto first = house.connect("CP-1");
        boot_up(first);
        auto second = house.connect("CP-1");
        boot_up(second);
        auto const close = first.wait_for_close();
        CHECK(close.close_code() == 1008);
        CHECK(close.close_reason() == "replaced by a newer connection");
        // The end of the first has been reported by now or is about to be; either way:
        for (int i = 0; i < 10; ++i) {
            second.text(heartbeat(i));
            auto const answer = second.next_text();
            REQUIRE(answer);
            CHECK(answered_id(*answer) == "h" + std::to_string(i));
        }
        CHECK(house.stations_of(0) == std::vector<std::string>{"CP-1 online"});
    }

    TEST_CASE("many connections of one station, one after the other, leave the last one served")
    {
        House house;
        std::vector<WsClient> clients;
        for (int i = 0; i < 20; ++i) {
            clients.push_back(house.connect("CP-1"));
            boot_up(clients.back());  // the next one is newer for the server, too
        }
        for (std::size_t i = 0; i + 1 < clients.size(); ++i)
            CHECK(clients[i].wait_for_close().close_code() == 1008);
        boot_up(clients.back());
    }

    TEST_CASE(
        "a station that is assigned moves to its installation's shard with its connection open, "
        "and every frame is answered once and in order")
    {
        House house;
        auto const point = house.charge_point_on_shard_1();
        auto client = house.connect("CP-1");
        boot_up(client);
        REQUIRE(house.stations_of(0) == std::vector<std::string>{"CP-1 online"});

        constexpr int count = 2000;
        std::thread sender([&] {
            for (int i = 0; i < count; ++i) client.text(heartbeat(i));
        });
        std::thread mover([&] {
            for (int i = 0; i < 20; ++i) {
                (void)house.ask(
                    1, engine::AssignStation{.station = {"CP-1"}, .charge_point = point});
                (void)house.ask(1, engine::ReleaseStation{.charge_point = point});
            }
            (void)house.ask(1, engine::AssignStation{.station = {"CP-1"}, .charge_point = point});
        });
        for (int i = 0; i < count; ++i) {
            auto const answer = client.next_text();
            REQUIRE(answer);
            REQUIRE(answered_id(*answer) == "h" + std::to_string(i));
        }
        sender.join();
        mover.join();
        // A command may be answered before the shard that has the station has handed it over.
        CHECK(test::eventually([&] { return house.stations_of(0).empty(); }));
        CHECK(house.stations_of(1) == std::vector<std::string>{"CP-1 online"});

        // Its next connection goes straight to the new shard, and its end is heard there.
        client = house.connect("CP-1");
        boot_up(client);
        client.close();
        CHECK(client.socket().closed());
        CHECK(house.stage.lines.wait_for({"event=disconnected", "closed by the peer"}));
        // The handler that wrote it has ended, and with it the shard has mail.
        for (std::size_t lane : {0U, 1U})
            test::Stage::run_on(house.stage.lanes.context(lane), [] {});
        CHECK(house.stations_of(1) == std::vector<std::string>{"CP-1 offline"});
    }

    TEST_CASE("commands reach the shard they are meant for, from many threads")
    {
        House house;
        std::vector<std::thread> threads;
        std::atomic<int> right{0};
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 50; ++i) {
                    auto const made = std::get<storage::Installation>(house.ask(t % 2,
                        engine::CreateInstallation{
                            .name = "Plant", .limit_ma = 63'000, .time_zone = "Europe/Oslo"}));
                    if (engine::shard_of(made.id, 2) == t % 2) ++right;
                }
            });
        for (auto& thread : threads) thread.join();
        CHECK(right == 200);
    }
}

TEST_SUITE("shutdown")
{
    TEST_CASE("a stop closes every station with 1001, refuses new ones, and ends in time")
    {
        House house;
        std::vector<WsClient> clients;
        for (int i = 0; i < 10; ++i) {
            clients.push_back(house.connect("CP-" + std::to_string(i)));
            boot_up(clients.back());
        }
        std::promise<bool> done;
        gateway::Shutdown shutdown(house.stage.front, house.stations, house.operators, house.shards,
            10s, [&](bool in_time) { done.set_value(in_time); });
        auto const port = house.stations.local().port;
        test::Stage::run_on(house.stage.front, [&] { shutdown.begin(); });
        for (auto& client : clients) {
            auto const close = client.wait_for_close();
            CHECK(close.close_code() == 1001);
            CHECK(close.close_reason() == "the server stops");
        }
        CHECK(done.get_future().get());
        CHECK_THROWS(test::SocketClient(port));
    }

    TEST_CASE("a stop does not wait longer than its limit, for peers or for the store")
    {
        House house;
        house.assign("CP-1");
        auto client = house.connect("CP-1");
        boot_up(client);
        house.store.hold();
        client.text(R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"A","meterStart":0,)"
                    R"("timestamp":"2026-11-22T07:00:00Z"}])");
        REQUIRE(test::eventually([&] { return house.store.waiting() > 0; }));
        std::promise<bool> done;
        gateway::Shutdown shutdown(house.stage.front, house.stations, house.operators, house.shards,
            100ms, [&](bool in_time) { done.set_value(in_time); });
        test::Stage::run_on(house.stage.front, [&] { shutdown.begin(); });
        CHECK_FALSE(done.get_future().get());
        house.store.let_go();
    }
}
