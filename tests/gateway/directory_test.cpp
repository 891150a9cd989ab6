#include "server/gateway/directory.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <utility>

namespace {

class Link final : public gateway::StationLink {
public:
    explicit Link(std::string identity) : identity_{std::move(identity)} {}
    storage::StationIdentity const& identity() const override { return identity_; }
    ocpp::Version version() const override { return ocpp::Version::v16; }
    void send_text(std::string) override {}
    void close_with(gateway::CloseCode, std::string) override {}
    void frame_done() override {}

private:
    storage::StationIdentity identity_;
};

// CP-1 stands on a charge point of installation 5, CP-2 did until it was released.
storage::Contents contents()
{
    storage::ChargePoint point;
    point.id = {7};
    point.installation = {5};
    storage::Assignment now;
    now.charge_point = point.id;
    now.station = {"CP-1"};
    auto before = now;
    before.station = {"CP-2"};
    before.until = storage::Timestamp{};
    storage::Contents stored;
    stored.charge_points = {point};
    stored.assignments = {now, before};
    return stored;
}

}

TEST_SUITE("directory")
{
    TEST_CASE("a station is at home where its installation is, and unclaimed ones on shard 0")
    {
        gateway::Directory const directory(contents(), 4);
        CHECK(directory.home({"CP-1"}) == 1);  // installation 5, of 4 shards
        CHECK(directory.home({"CP-2"}) == 0);
        CHECK(directory.home({"CP-3"}) == 0);
    }

    TEST_CASE(
        "the newest connection replaces the one before, and a late end of the old changes nothing")
    {
        gateway::Directory directory(contents(), 4);
        auto const first = std::make_shared<Link>("CP-1");
        auto const second = std::make_shared<Link>("CP-1");
        gateway::Berth first_berth;
        gateway::Berth second_berth;
        CHECK(directory.arrive(first, [&](auto berth) { first_berth = berth; }) == nullptr);
        CHECK(directory.arrive(second, [&](auto berth) { second_berth = berth; }) == first);
        CHECK(first_berth.shard == 1);
        CHECK(second_berth.epoch > first_berth.epoch);
        directory.leave(*first);
        CHECK(directory.online() == 1);
        directory.leave(*second);
        CHECK(directory.online() == 0);
    }

    TEST_CASE("a station that moves takes its connection along under a newer epoch")
    {
        gateway::Directory directory(contents(), 4);
        auto const link = std::make_shared<Link>("CP-1");
        gateway::Berth berth;
        (void)directory.arrive(link, [&](auto b) { berth = b; });
        std::optional<gateway::Directory::Transfer> moved;
        std::int64_t to = -1;
        auto const note = [&](std::int64_t shard, auto transfer) {
            to = shard;
            moved = transfer;
        };
        CHECK(directory.want({"CP-1"}, 3) == 1);
        CHECK(directory.home({"CP-1"}) == 1);  // until it is handed over
        directory.hand_over({"CP-1"}, 1, note);
        REQUIRE(moved);
        CHECK(to == 3);
        CHECK(moved->link == link);
        CHECK(moved->before == berth.epoch);
        CHECK(moved->after > berth.epoch);
        CHECK(directory.home({"CP-1"}) == 3);

        directory.leave(*link);
        CHECK(directory.want({"CP-1"}, 0) == 3);
        directory.hand_over({"CP-1"}, 3, note);
        CHECK(to == 0);
        CHECK_FALSE(moved);
        CHECK(directory.home({"CP-1"}) == 0);
    }

    TEST_CASE("of several moves that are under way, the one that was wanted last counts")
    {
        gateway::Directory directory(contents(), 4);
        int hand_overs = 0;
        auto const count = [&](std::int64_t, auto) { ++hand_overs; };
        CHECK(directory.want({"CP-1"}, 2) == 1);
        CHECK(directory.want({"CP-1"}, 1) == 1);
        directory.hand_over({"CP-1"}, 1, count);  // wanted where it is
        CHECK(hand_overs == 0);
        CHECK(directory.want({"CP-1"}, 2) == 1);
        CHECK(directory.want({"CP-1"}, 3) == 1);
        directory.hand_over({"CP-1"}, 1, count);
        directory.hand_over({"CP-1"}, 1, count);  // it has it no more
        CHECK(hand_overs == 1);
        CHECK(directory.home({"CP-1"}) == 3);
    }
}
