// Links that break, answers that fail, stations that reboot: nothing is lost, nothing is twice.
#include "tests/sim/scripted_central.hpp"

using namespace std::chrono_literals;
using namespace sim;
using namespace sim::test;
using ocpp::Version;

namespace {

ScriptedCentral charging(StationConfig const& config)
{
    ScriptedCentral central(config);
    central.answers_by_itself = true;
    central.says(
        R"([3,"a-1",{"status":"Accepted","currentTime":"2024-05-06T12:00:00Z","interval":300}])");
    central.plug(car_with(3, 16'000), "CARD-1");
    central.pass(30s);
    REQUIRE(central.station.state() == OutletState::charging);
    central.all.clear();
    return central;
}

std::string const tx_profile_16 =
    R"({"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":1,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Absolute","chargingSchedule":{"startSchedule":"2024-05-06T12:00:00Z","chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":8}]}}})";
std::string const default_16 =
    R"({"connectorId":0,"csChargingProfiles":{"chargingProfileId":2,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Absolute","chargingSchedule":{"startSchedule":"2024-05-06T12:00:00Z","chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":10}]}}})";

}

TEST_SUITE_BEGIN("sim: troubles");

TEST_CASE(
    "a 1.6 transaction that began and ended offline is told later, in order, with its own times")
{
    ScriptedCentral central(config_for(Version::v16));
    central.answers_by_itself = true;
    central.says(
        R"([3,"a-1",{"status":"Accepted","currentTime":"2024-05-06T12:00:00Z","interval":300}])");
    central.cut();
    central.all.clear();
    central.pass(1min);
    central.plug(car_with(3, 16'000), "CARD-1");
    central.pass(2min + 30s);
    central.unplug();
    central.pass(1h);
    CHECK(central.all.empty());
    CHECK(central.station.undelivered() == 4);
    central.reachable = true;
    central.pass(3min);  // back-off is at most 2 minutes
    auto const starts = payloads(central.all, "StartTransaction");
    auto const values = payloads(central.all, "MeterValues");
    auto const stops = payloads(central.all, "StopTransaction");
    REQUIRE(starts.size() == 1);
    REQUIRE(values.size() == 2);
    REQUIRE(stops.size() == 1);
    CHECK(starts[0].at("timestamp") == "2024-05-06T12:01:00Z");
    CHECK(starts[0].at("idTag") == "CARD-1");
    // The id came with the answer to the start.
    CHECK(values[0].at("transactionId") == 41);
    CHECK(values[0].at("meterValue").at(0).at("timestamp") == "2024-05-06T12:02:00Z");
    CHECK(values[1].at("meterValue").at(0).at("timestamp") == "2024-05-06T12:03:00Z");
    CHECK(stops[0].at("transactionId") == 41);
    CHECK(stops[0].at("timestamp") == "2024-05-06T12:03:30Z");
    CHECK(stops[0].at("meterStop") == 429);                    // 11,040 W for 140 s: 429.3 Wh
    CHECK(payloads(central.all, "BootNotification").empty());  // a new link is no boot
    CHECK(central.station.undelivered() == 0);
}

TEST_CASE("2.0.1 events of an outage say so, and numbers go on (E12.FR.02)")
{
    auto central = charging(config_for(Version::v201));
    central.pass(40s);  // periodic event 2 is told live
    central.cut();
    central.pass(2min);
    central.unplug();
    central.reachable = true;
    central.pass(5min);
    auto const events = payloads(central.all, "TransactionEvent");
    REQUIRE(events.size() == 4);
    CHECK(events[0].at("seqNo") == 2);
    CHECK_FALSE(events[0].contains("offline"));
    for (std::size_t i = 1; i < 4; ++i) {
        CHECK(events[i].at("seqNo") == static_cast<std::int64_t>(i) + 2);
        CHECK(events[i].at("offline") == true);
    }
    CHECK(events[3].at("eventType") == "Ended");
    // The current status, once: not the history (B04).
    auto const states = payloads(central.all, "StatusNotification");
    REQUIRE(states.size() == 1);
    CHECK(states[0].at("connectorStatus") == "Available");
}

TEST_CASE("an answer that the link took with it: the same message again, now offline (E11.FR.07)")
{
    auto central = charging(config_for(Version::v201));
    central.deaf = true;
    central.pass(35s);
    REQUIRE(central.all.size() == 1);
    auto const sent = central.all[0];
    central.cut();
    central.deaf = false;
    central.reachable = true;
    central.all.clear();
    central.pass(10s);
    REQUIRE_FALSE(central.all.empty());
    auto first = boost::json::parse(sent).as_array();
    auto again = boost::json::parse(central.all[0]).as_array();
    CHECK(first[1] == again[1]);  // the id is kept (errata of 2025-04)
    CHECK(again[3].as_object().at("offline") == true);
    again[3].as_object().erase("offline");
    CHECK(first[3] == again[3]);
}

TEST_CASE("a transaction message is retried with the same content after 1 x and 2 x the interval")
{
    auto central = charging(config_for(Version::v16));
    central.deaf = true;
    central.pass(35s);  // a sample at second 60
    REQUIRE(central.all.size() == 1);
    auto const sent = central.all[0];
    REQUIRE(sent.find("MeterValues") != std::string::npos);
    central.station.unplug(central.now);  // what follows has to wait
    central.all.clear();
    // Sent at 60 s; no answer until 90 s; again at 150 s, 180 s; then 2 x 60 s: 300 s, given up at
    // 330 s.
    central.pass(85s - 1ms);
    CHECK(payloads(central.all, "MeterValues").empty());
    central.pass(1ms);
    REQUIRE(payloads(central.all, "MeterValues").size() == 1);
    CHECK(central.all.back() == sent);
    central.pass(149s);
    CHECK(payloads(central.all, "MeterValues").size() == 1);
    central.pass(1s);
    CHECK(payloads(central.all, "MeterValues").size() == 2);
    CHECK(central.all.back() == sent);
    CHECK(payloads(central.all, "StopTransaction").empty());
    // Other messages do not wait for it (section 3.7).
    CHECK(payloads(central.all, "StatusNotification").size() == 1);
    central.pass(30s);  // the last attempt fails: the queue goes on
    CHECK(payloads(central.all, "MeterValues").size() == 2);
    CHECK(payloads(central.all, "StopTransaction").size() == 1);
}

TEST_CASE("a retry may also carry a new message id")
{
    auto config = config_for(Version::v16);
    config.retries_keep_id = false;
    auto central = charging(config);
    central.deaf = true;
    central.pass(3min);
    REQUIRE(central.all.size() >= 2);
    auto const first = boost::json::parse(central.all[0]).as_array();
    auto const again = boost::json::parse(central.all[1]).as_array();
    CHECK(first[1] != again[1]);
    CHECK(first[3] == again[3]);
}

TEST_CASE("a start that nobody confirms leaves the transaction with id -1 (errata 3.18)")
{
    auto config = config_for(Version::v16);
    config.free_mode = true;
    config.transaction_attempts = 1;
    ScriptedCentral central(config);
    central.answers_by_itself = true;
    central.says(
        R"([3,"a-1",{"status":"Accepted","currentTime":"2024-05-06T12:00:00Z","interval":300}])");
    central.answers_by_itself = false;
    central.plug(car_with(3, 16'000), "");
    central.says(R"([3,"a-4",{}])");  // Preparing
    central.forget();
    central.says(R"([4,"a-5","InternalError","no",{}])");  // StartTransaction
    central.answers_by_itself = true;
    central.pass(2min);
    central.unplug();
    central.pass(1min);
    auto const values = payloads(central.all, "MeterValues");
    REQUIRE_FALSE(values.empty());
    CHECK(values[0].at("transactionId") == -1);
    CHECK(payloads(central.all, "StopTransaction").at(0).at("transactionId") == -1);
}

TEST_CASE("short memory drops every second update, never a start or an end (E04.FR.08)")
{
    auto config = config_for(Version::v201);
    config.free_mode = true;
    config.offline_memory = 10;
    ScriptedCentral central(config);
    central.answers_by_itself = true;
    central.says(
        R"([3,"a-1",{"status":"Accepted","currentTime":"2024-05-06T12:00:00Z","interval":300}])");
    central.cut();
    central.all.clear();
    central.plug(car_with(3, 16'000), "");
    central.pass(60min);
    central.unplug();
    CHECK(central.station.undelivered() <= 11);
    central.reachable = true;
    central.pass(5min);
    auto const events = payloads(central.all, "TransactionEvent");
    CHECK(events.front().at("eventType") == "Started");
    CHECK(events.back().at("eventType") == "Ended");
    std::int64_t last = -1;
    for (auto const& event : events) {
        CHECK(event.at("seqNo").as_int64() > last);
        last = event.at("seqNo").as_int64();
    }
    CHECK(last == 62);  // 60 samples and the change to Charging between the two
}

TEST_CASE("one CALL is out at a time, and calls of the other side cross it")
{
    auto central = charging(config_for(Version::v16));
    central.deaf = true;
    central.pass(35s);
    CHECK(central.all.size() == 1);
    central.station.unplug(central.now);
    central.attend();
    CHECK(central.all.size() == 1);
    CHECK(central.asks("ClearChargingProfile", "{}") == R"({"status":"Unknown"}])");
}

TEST_CASE("a reboot ends the transaction, keeps defaults and forgets the TxProfile (errata 3.37)")
{
    auto central = charging(config_for(Version::v16));
    central.asks("SetChargingProfile", default_16);
    central.asks("SetChargingProfile", tx_profile_16);
    CHECK(central.station.limit_ma() == 8'000);
    central.station.reboot(central.now);
    CHECK(central.station.take_link_request() == LinkRequest::close);
    CHECK(central.station.terminal_currents_ma()[0] == 0);
    CHECK_FALSE(central.station.online());
    central.all.clear();
    central.pass(20s);
    CHECK(central.station.limit_ma() == 10'000);
    REQUIRE_FALSE(central.all.empty());
    CHECK(central.all[0].find("BootNotification") != std::string::npos);
    auto const stops = payloads(central.all, "StopTransaction");
    REQUIRE(stops.size() == 1);
    CHECK(stops[0].at("reason") == "Reboot");
    CHECK(stops[0].at("transactionId") == 41);
    CHECK(stops[0].at("timestamp") == "2024-05-06T12:00:30Z");
}

TEST_CASE("a power loss is told when the power is back, with its own time")
{
    auto central = charging(config_for(Version::v201));
    central.station.power_loss(central.now);
    central.station.take_link_request();
    CHECK(central.station.terminal_currents_ma()[0] == 0);
    auto const at_loss = central.station.register_uj();
    central.all.clear();
    central.pass(10min);
    CHECK(central.all.empty());
    central.station.power_back(central.now);
    central.pass(1min);
    CHECK(central.station.register_uj() == at_loss);
    CHECK(payloads(central.all, "BootNotification").at(0).at("reason") == "PowerUp");
    auto const events = payloads(central.all, "TransactionEvent");
    REQUIRE(events.size() == 1);
    CHECK(events[0].at("timestamp") == "2024-05-06T12:00:30Z");
    CHECK(events[0].at("offline") == true);
    CHECK(events[0].at("transactionInfo").at("stoppedReason") == "PowerLoss");
}

TEST_CASE("a station that the central system does not know any more boots again")
{
    auto central = charging(config_for(Version::v16));
    central.answers_by_itself = false;
    central.forget();
    central.pass(35s);
    auto const values = boost::json::parse(central.next_heard()).as_array();
    central.says(R"([4,")" + std::string(values[1].as_string()) + R"(","SecurityError","",{}])");
    central.answers_by_itself = true;
    central.all.clear();
    central.pass(35s);
    REQUIRE_FALSE(central.all.empty());
    CHECK(central.all[0].find("BootNotification") != std::string::npos);
    auto const again = payloads(central.all, "MeterValues");
    REQUIRE(again.size() == 1);  // the one that was refused
    CHECK(again[0].at("meterValue").at(0).at("timestamp") == "2024-05-06T12:01:00Z");
}

TEST_CASE("it tries to connect again with growing pauses")
{
    ScriptedCentral central(config_for(Version::v16));
    central.cut();
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 12; ++i) {
        auto const next = central.station.next_wake();
        REQUIRE(next);
        waits.push_back((*next - central.now).count());
        central.pass(*next - central.now);
    }
    for (std::size_t i = 0; i < waits.size(); ++i) {
        auto const base = std::min<std::int64_t>(60'000, 1'000LL << i);
        CAPTURE(i);
        CHECK(waits[i] >= base);
        CHECK(waits[i] <= 2 * base);
    }
}

TEST_CASE("faults on request: refusing, ignoring, silent about answers, late, and in another time")
{
    auto central = charging(config_for(Version::v16));
    auto& station = central.station;
    station.faults().refuse_profiles = true;
    CHECK(central.asks("SetChargingProfile", tx_profile_16) == R"({"status":"Rejected"}])");
    station.faults() = {};
    station.faults().ignore_profiles = true;
    CHECK(central.asks("SetChargingProfile", tx_profile_16) == R"({"status":"Accepted"}])");
    CHECK(station.limit_ma() == 32'000);
    station.faults() = {};
    station.faults().drop_answers = true;
    CHECK(central.asks("SetChargingProfile", tx_profile_16).empty());
    CHECK(station.limit_ma() == 8'000);
    station.faults() = {};
    station.faults().answer_delay = 3s;
    CHECK(central.asks("ClearChargingProfile", R"({"id":1})").empty());
    CHECK(station.limit_ma() == 32'000);
    central.pass(3s - 1ms);
    CHECK(central.hears_nothing());
    central.pass(1ms);
    central.hears(R"([3,"c4",{"status":"Accepted"}])");
    station.faults() = {};

    // A clock that is a minute late executes schedules a minute late.
    CHECK(
        central.asks("SetChargingProfile",
            R"({"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":1,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Absolute","chargingSchedule":{"startSchedule":"2024-05-06T12:10:00Z","chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":8}]}}})") ==
        R"({"status":"Accepted"}])");
    station.faults().clock_skew = -60s;
    central.pass(opening + 10min + 59s - central.now);
    CHECK(station.limit_ma() == 32'000);
    central.pass(1s);
    CHECK(station.limit_ma() == 8'000);
    CHECK(payloads(central.all, "MeterValues").back().at("meterValue").at(0).at("timestamp") ==
          "2024-05-06T12:10:00Z");  // true time 12:11:00

    station.faults().silent = true;
    CHECK(central.asks("ClearChargingProfile", "{}").empty());
    central.all.clear();
    central.pass(10min);
    CHECK(central.all.empty());
    CHECK(station.terminal_currents_ma()[0] == 8'000);  // and it charges on
}

TEST_SUITE_END();
