// Who may charge where, as stations hear it.
#include "tests/engine/engine_bench.hpp"

#include <doctest/doctest.h>

using namespace test;

namespace {

storage::Token token(std::string const& value)
{
    storage::Token token;
    token.value = value;
    return token;
}

std::string authorize_v16(EngineBench& bench, std::string const& station, std::string const& tag)
{
    bench.send(station, R"([2,"a","Authorize",{"idTag":")" + tag + R"("}])");
    return bench.take_one(station);
}

std::string authorize_v201(
    EngineBench& bench, std::string const& station, std::string const& tag, std::string const& type)
{
    bench.send(station,
        R"([2,"a","Authorize",{"idToken":{"idToken":")" + tag + R"(","type":")" + type + R"("}}])");
    return bench.take_one(station);
}

}

TEST_SUITE("authorisation")
{
    TEST_CASE("a token may charge where it is allowed to, by installation or by charge point")
    {
        EngineBench bench;
        auto const here = make_plant(bench, 32, 2);
        engine::CreateInstallation other;
        other.name = "Elsewhere";
        other.limit_ma = 63'000;
        other.time_zone = "Europe/Oslo";
        auto const elsewhere = bench.ask_for<storage::Installation>(other).id;
        auto at_plant = token("PLANT");
        at_plant.installations = {here.installation};
        auto at_point = token("POINT");
        at_point.charge_points = {here.points[1]};
        auto away = token("AWAY");
        away.installations = {elsewhere};
        for (auto const& one : {at_plant, at_point, away}) bench.ask(engine::PutToken{one});
        bring_up_v16(bench, "CP-1");
        bring_up_v16(bench, "CP-2");
        auto const status = [&](std::string const& station, std::string const& tag) {
            return field(authorize_v16(bench, station, tag), "status");
        };
        CHECK(status("CP-1", "PLANT") == "Accepted");
        CHECK(status("CP-1", "POINT") == "Invalid");
        CHECK(status("CP-2", "point") == "Accepted");
        CHECK(status("CP-2", "AWAY") == "Invalid");
    }

    TEST_CASE("2.0.1 tells what 1.6 has no word for, and goes by value and kind")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        auto card = token("0011");
        card.kind = storage::TokenKind::iso14443;
        card.group = "FLEET";
        auto code = token("0011");
        code.kind = storage::TokenKind::key_code;
        code.status = storage::TokenStatus::blocked;
        auto away = token("AWAY");
        away.charge_points = {{999}};
        for (auto const& one : {card, code, away}) bench.ask(engine::PutToken{one});
        bench.connect("CP-1", ocpp::Version::v201);
        bench.take("CP-1");
        auto const accepted = authorize_v201(bench, "CP-1", "0011", "ISO14443");
        CHECK(field(accepted, "status") == "Accepted");
        CHECK(accepted.find(R"("groupIdToken":{"idToken":"FLEET","type":"Central"})") !=
              std::string::npos);
        CHECK(field(authorize_v201(bench, "CP-1", "0011", "KeyCode"), "status") == "Blocked");
        CHECK(field(authorize_v201(bench, "CP-1", "0011", "MacAddress"), "status") == "Unknown");
        CHECK(field(authorize_v201(bench, "CP-1", "AWAY", "Central"), "status") ==
              "NotAtThisLocation");
        // A token of any kind is good for all of them.
        CHECK(field(authorize_v201(bench, "CP-1", good_token, "eMAID"), "status") == "Accepted");
    }

    TEST_CASE("a group is told as 1.6's parent, so that one of its tokens stops another's charge")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        auto one = token("ONE");
        one.group = "FAMILY";
        bench.ask(engine::PutToken{one});
        bring_up_v16(bench, "CP-1");
        CHECK(field(authorize_v16(bench, "CP-1", "ONE"), "parentIdTag") == "FAMILY");
    }

    TEST_CASE("a token that charges elsewhere is ConcurrentTx where it may charge once only")
    {
        EngineBench bench;
        make_plant(bench, 32, 2);
        auto once = token("ONCE");
        once.most_sessions = 1;
        bench.ask(engine::PutToken{once});
        bring_up_v16(bench, "CP-1");
        bring_up_v16(bench, "CP-2");
        auto const id = start_v16(bench, "CP-1", "ONCE");
        CHECK(field(authorize_v16(bench, "CP-2", "ONCE"), "status") == "ConcurrentTx");
        auto const start = R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"ONCE",)"
                           R"("meterStart":5,"timestamp":"2026-06-01T12:00:30Z"}])";
        bench.pass(30s);
        bench.send("CP-2", start);
        auto const refused = bench.take("CP-2").at(0);
        CHECK(field(refused, "status") == "ConcurrentTx");
        // The first goes on when it is asked about again, and once it has ended, others may start.
        bench.send("CP-1", R"([2,"e","StopTransaction",{"transactionId":)" + std::to_string(id) +
                               R"(,"meterStop":9,"timestamp":"2026-06-01T12:01:00Z"}])");
        bench.take("CP-1");
        CHECK(field(authorize_v16(bench, "CP-2", "ONCE"), "status") == "Accepted");
        // The same question gets the same answer, whatever has changed since.
        bench.send("CP-2", start);
        CHECK(bench.take("CP-2").at(0) == refused);
    }

    TEST_CASE("a start that is repeated gets its answer after the token was blocked and the server "
              "restarted")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        std::string const start = R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"04AABB",)"
                                  R"("meterStart":5,"timestamp":"2026-06-01T12:00:00Z"}])";
        bench.send("CP-1", start);
        auto const answer = bench.take("CP-1").at(0);
        auto blocked = token(good_token);
        blocked.status = storage::TokenStatus::blocked;
        bench.ask(engine::PutToken{blocked});
        bench.restart();
        bench.connect("CP-1", ocpp::Version::v16);
        bench.take("CP-1");
        bench.send("CP-1", start);
        CHECK(bench.take("CP-1").at(0) == answer);
        CHECK(field(answer, "status") == "Accepted");
    }

    TEST_CASE("who identifies with nothing is let in where everybody is, and nowhere else")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.send("CP-1", R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"",)"
                           R"("meterStart":5,"timestamp":"2026-06-01T12:00:00Z"}])");
        auto const frames = bench.take("CP-1");
        CHECK(field(frames.at(0), "status") == "Invalid");
        CHECK(frames.size() == 1);  // no limit is sent: it gets no current
        bench.pass(5min);
        CHECK(bench.live(plant.installation).charge_points[0].limit_ma == 0);

        bench.connect("CP-1", ocpp::Version::v201);
        bench.take("CP-1");
        std::string const event =
            R"([2,"e","TransactionEvent",{"eventType":"Started","timestamp":"2026-06-01T12:10:00Z",)"
            R"("triggerReason":"CablePluggedIn","seqNo":0,"transactionInfo":{"transactionId":"T"},)"
            R"("evse":{"id":1},"idToken":{"idToken":"","type":"NoAuthorization"}}])";
        bench.send("CP-1", event);
        CHECK(bench.take("CP-1").at(0) == R"([3,"e",{"idTokenInfo":{"status":"Unknown"}}])");
    }
}
