// Stations that change shards while other things happen. No thread runs here: the test itself
// decides which shard has its turn, so each order of events is tried on purpose.
#include "manual_store.hpp"
#include "server/gateway/clock.hpp"
#include "server/gateway/shards.hpp"
#include "stage.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

class Link final : public gateway::StationLink {
public:
    storage::StationIdentity const& identity() const override { return identity_; }
    ocpp::Version version() const override { return ocpp::Version::v16; }
    void send_text(std::string text) override { sent.push_back(std::move(text)); }
    void close_with(gateway::CloseCode, std::string) override { closed = true; }
    void frame_done() override { ++done; }

    std::vector<std::string> sent;
    int done = 0;
    bool closed = false;

private:
    storage::StationIdentity identity_{"CP-1"};
};

// Two shards; CP-1 is connected, and a charge point of an installation on shard 1 waits for it.
struct Stepped {
    Stepped() : shards(lanes, store, log, settings(), {}, gateway::read_clocks)
    {
        berth = shards.connected(link);
        run();
        auto const plant = std::get<storage::Installation>(done(engine::CreateInstallation{
            .name = "Plant", .limit_ma = 63'000, .time_zone = "Europe/Oslo"}));
        auto const circuit = std::get<storage::Circuit>(done(engine::CreateCircuit{
            .installation = plant.id, .parent = std::nullopt, .label = "1", .rating_ma = 32'000}));
        point = std::get<storage::ChargePoint>(
            done(engine::CreateChargePoint{.circuit = circuit.id, .name = "P-1"}))
                    .id;
    }
    static engine::Settings settings()
    {
        engine::Settings quiet;
        quiet.quiet_after_connect = std::chrono::hours(1);
        quiet.pause_after_boot = std::chrono::hours(1);
        return quiet;
    }

    // All turns that one shard has mail for, and all of both.
    std::size_t turn(std::size_t shard)
    {
        lanes.context(shard).restart();
        return lanes.context(shard).poll();
    }
    void run()
    {
        while (turn(0) + turn(1) > 0) continue;
    }

    // A command to shard 1, not yet carried out.
    void ask(engine::Command command)
    {
        shards.ask(
            1, std::move(command), [this](engine::Reply given) { reply = std::move(given); });
    }
    engine::Reply done(engine::Command command)
    {
        ask(std::move(command));
        run();
        return reply;
    }
    engine::Command assign() const
    {
        return engine::AssignStation{
            .station = {"CP-1"}, .charge_point = point, .known = std::nullopt};
    }
    engine::Command release() const { return engine::ReleaseStation{.charge_point = point}; }

    std::vector<std::string> stations_of(std::int64_t shard)
    {
        std::optional<engine::Reply> list;
        shards.ask(
            shard, engine::ListStations{}, [&](engine::Reply given) { list = std::move(given); });
        run();
        std::vector<std::string> names;
        for (auto const& view : std::get<std::vector<engine::StationView>>(list.value()))
            names.push_back(view.online ? "online" : "offline");
        return names;
    }

    // One shard has the station, and answers it; the other has never heard of it.
    void check_home(std::int64_t home)
    {
        run();
        CHECK(stations_of(home) == std::vector<std::string>{"online"});
        CHECK(stations_of(1 - home).empty());
        auto const before = link->sent.size();
        auto const done_before = link->done;
        shards.frame(berth, R"([2,"1","Heartbeat",{}])");
        run();
        CHECK(link->sent.size() == before + 1);
        CHECK(link->done == done_before + 1);
        // Without an assignment the answer is a CALLERROR, so it tells which engine gave it.
        CHECK(link->sent.back().substr(0, 2) == (home == 1 ? "[3" : "[4"));
        CHECK_FALSE(link->closed);
    }

    test::LogLines lines;
    gateway::Log log{lines.sink(), gateway::Severity::debug};
    gateway::Lanes lanes{2, log};
    test::ManualStore store;
    gateway::Shards shards;
    std::shared_ptr<Link> link = std::make_shared<Link>();
    gateway::Berth berth;
    storage::ChargePointId point;
    engine::Reply reply;
};

}

TEST_SUITE("moves between shards")
{
    TEST_CASE(
        "a station that is assigned is served by its installation's shard, and a released one "
        "by the unclaimed")
    {
        Stepped house;
        house.check_home(0);
        for (int i = 0; i < 3; ++i) {
            (void)house.done(house.assign());
            house.shards.frame(house.berth,
                R"([2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}])");
            house.run();
            house.check_home(1);
            (void)house.done(house.release());
            house.check_home(0);
        }
    }

    TEST_CASE("a release that comes before the handover of the assignment leaves the station where "
              "it was")
    {
        Stepped house;
        house.ask(house.assign());
        house.turn(1);
        house.ask(house.release());
        house.turn(1);
        house.check_home(0);
        (void)house.done(house.assign());
        house.check_home(1);
    }

    TEST_CASE("a release that is carried out while the other shard hands the station over")
    {
        Stepped house;
        house.ask(house.assign());
        house.turn(1);
        house.ask(house.release());
        // Shard 0 gives the station away between the release and what follows from it.
        house.store.while_committing = [&] {
            house.store.while_committing = nullptr;
            house.turn(0);
        };
        house.turn(1);
        CHECK_FALSE(house.store.while_committing);
        house.check_home(0);
        (void)house.done(house.assign());
        house.check_home(1);
    }

    TEST_CASE("a release and an assignment that arrive together leave the station where it is")
    {
        Stepped house;
        (void)house.done(house.assign());
        house.ask(house.release());
        house.ask(house.assign());
        house.check_home(1);
    }

    TEST_CASE("an assignment and a release that arrive together leave the station where it was")
    {
        Stepped house;
        house.ask(house.assign());
        house.ask(house.release());
        house.check_home(0);
    }

    TEST_CASE("any order of commands and turns ends with the station where the last command put it")
    {
        for (unsigned seed = 1; seed <= 300; ++seed) {
            CAPTURE(seed);
            Stepped house;
            std::uint64_t state = seed;
            auto const draw = [&](unsigned below) {
                // Knuth's MMIX generator.
                state = state * 6364136223846793005U + 1442695040888963407U;
                return static_cast<unsigned>(state >> 33U) % below;
            };
            house.store.while_committing = [&] {
                auto const hook = std::exchange(house.store.while_committing, nullptr);
                if (draw(2) == 0) house.turn(0);
                house.store.while_committing = hook;
            };
            bool assigned = false;
            for (int step = 0; step < 30; ++step) switch (draw(3)) {
                case 0:
                    house.ask(assigned ? house.release() : house.assign());
                    assigned = !assigned;
                    break;
                case 1: house.turn(0); break;
                default: house.turn(1); break;
                }
            house.store.while_committing = nullptr;
            house.check_home(assigned ? 1 : 0);
        }
    }
}
