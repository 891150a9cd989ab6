// OCPP 2.0.1 dialogues, frame by frame.
#include "tests/sim/scripted_central.hpp"

using namespace std::chrono_literals;
using namespace sim;
using namespace sim::test;
using ocpp::Version;

namespace {

ScriptedCentral accepting(StationConfig const& config = config_for(Version::v201))
{
    ScriptedCentral central(config);
    central.answers_by_itself = true;
    central.says(
        R"([3,"a-1",{"status":"Accepted","currentTime":"2024-05-06T12:00:00Z","interval":300}])");
    central.forget();
    return central;
}

}

TEST_SUITE_BEGIN("sim: 2.0.1 dialogues");

TEST_CASE("a 2.0.1 station boots, reports, charges a car and ends when it is unplugged")
{
    ScriptedCentral central(config_for(Version::v201));
    central.hears(
        R"([2,"a-1","BootNotification",{"chargingStation":{"serialNumber":"SIM-1","model":"Simulated","vendorName":"Kurs","firmwareVersion":"1.0"},"reason":"PowerUp"}])");
    central.says(
        R"([3,"a-1",{"currentTime":"2024-05-06T12:00:00Z","interval":300,"status":"Accepted"}])");
    central.hears(
        R"([2,"a-2","StatusNotification",{"timestamp":"2024-05-06T12:00:00Z","connectorStatus":"Available","evseId":1,"connectorId":1}])");
    central.says(R"([3,"a-2",{}])");
    CHECK(central.hears_nothing());

    central.plug(car_with(1, 16'000), "CARD-1");
    central.hears(R"([2,"a-3","Authorize",{"idToken":{"idToken":"CARD-1","type":"ISO14443"}}])");
    central.says(R"([3,"a-3",{"idTokenInfo":{"status":"Accepted"}}])");
    central.hears(
        R"([2,"a-4","StatusNotification",{"timestamp":"2024-05-06T12:00:00Z","connectorStatus":"Occupied","evseId":1,"connectorId":1}])");
    central.says(R"([3,"a-4",{}])");
    auto const start = central.next_heard();
    CHECK(start.starts_with(
        R"([2,"a-5","TransactionEvent",{"eventType":"Started","meterValue":[{"sampledValue":[{"value":0)"));
    CHECK(start.ends_with(
        R"("timestamp":"2024-05-06T12:00:00Z"}],"timestamp":"2024-05-06T12:00:00Z","triggerReason":"Authorized","seqNo":0,"transactionInfo":{"transactionId":"tx-a-1","chargingState":"EVConnected"},"evse":{"id":1,"connectorId":1},"idToken":{"idToken":"CARD-1","type":"ISO14443"}}])"));
    central.says(R"([3,"a-5",{"idTokenInfo":{"status":"Accepted"}}])");
    central.pass(10s);
    central.hears(
        R"([2,"a-6","TransactionEvent",{"eventType":"Updated","timestamp":"2024-05-06T12:00:10Z","triggerReason":"ChargingStateChanged","seqNo":1,"numberOfPhasesUsed":1,"transactionInfo":{"transactionId":"tx-a-1","chargingState":"Charging"}}])");
    central.says(R"([3,"a-6",{}])");

    // 50 s of 16 A x 230 V = 3,680 W are 51.1 Wh.
    central.pass(50s);
    auto const values = boost::json::parse(central.next_heard()).at(3);
    CHECK(values.at("eventType") == "Updated");
    CHECK(values.at("triggerReason") == "MeterValuePeriodic");
    CHECK(values.at("seqNo") == 2);
    auto const& sampled = values.at("meterValue").at(0).at("sampledValue").as_array();
    REQUIRE(sampled.size() == 5);
    CHECK(sampled[0].at("value").to_number<double>() == 51.0);
    CHECK(sampled[0].at("measurand") == "Energy.Active.Import.Register");
    CHECK(sampled[0].at("unitOfMeasure").at("unit") == "Wh");
    CHECK(sampled[1].at("value").to_number<double>() == 3'680.0);
    CHECK(sampled[2].at("value").to_number<double>() == 16.0);
    CHECK(sampled[2].at("phase") == "L1");
    CHECK(sampled[3].at("value").to_number<double>() == 0.0);
    central.says(R"([3,"a-7",{}])");

    central.unplug();
    central.hears(
        R"([2,"a-8","StatusNotification",{"timestamp":"2024-05-06T12:01:00Z","connectorStatus":"Available","evseId":1,"connectorId":1}])");
    central.says(R"([3,"a-8",{}])");
    auto const end = boost::json::parse(central.next_heard()).at(3);
    CHECK(end.at("eventType") == "Ended");
    CHECK(end.at("triggerReason") == "EVCommunicationLost");
    CHECK(end.at("seqNo") == 3);
    CHECK(
        end.at("transactionInfo") ==
        boost::json::parse(
            R"({"transactionId":"tx-a-1","chargingState":"Idle","stoppedReason":"EVDisconnected"})"));
    CHECK_FALSE(end.as_object().contains("evse"));
    auto const& both = end.at("meterValue").as_array();
    REQUIRE(both.size() == 2);
    CHECK(both[0].at("sampledValue").at(0).at("context") == "Transaction.Begin");
    CHECK(both[1].at("sampledValue").at(0).at("context") == "Transaction.End");
}

TEST_CASE("with TxStartPoint EVConnected the cable starts and the card follows (E02)")
{
    auto config = config_for(Version::v201);
    config.start_point = StartPoint::ev_connected;
    auto central = accepting(config);
    central.plug(car_with(3, 16'000), "");
    central.pass(1min - 1s);
    CHECK(central.station.terminal_currents_ma()[0] == 0);
    central.station.present_token("CARD-1", central.now);
    central.attend();
    central.pass(10s);
    auto const events = payloads(central.all, "TransactionEvent");
    REQUIRE(events.size() >= 3);
    CHECK(events[0].at("eventType") == "Started");
    CHECK(events[0].at("triggerReason") == "CablePluggedIn");
    CHECK_FALSE(events[0].contains("idToken"));
    CHECK(events[1].at("eventType") == "Updated");
    CHECK(events[1].at("triggerReason") == "Authorized");
    CHECK(events[1].at("idToken").at("idToken") == "CARD-1");
    CHECK(central.station.terminal_currents_ma()[0] == 16'000);
}

TEST_CASE("a card before the cable starts the transaction when the cable comes")
{
    auto central = accepting();
    central.station.present_token("CARD-1", central.now);
    central.attend();
    central.pass(30s);
    CHECK(payloads(central.all, "TransactionEvent").empty());
    central.plug(car_with(3, 16'000), "");
    auto const events = payloads(central.all, "TransactionEvent");
    REQUIRE(events.size() == 1);
    CHECK(events[0].at("triggerReason") == "CablePluggedIn");
    CHECK(events[0].at("idToken").at("idToken") == "CARD-1");
}

TEST_CASE("a token that is refused in a TransactionEvent ends the transaction (E05.FR.10)")
{
    auto config = config_for(Version::v201);
    config.free_mode = true;
    auto central = accepting(config);
    central.token_status = "Blocked";
    central.plug(car_with(3, 16'000), "");
    central.pass(20s);
    auto const events = payloads(central.all, "TransactionEvent");
    REQUIRE(events.size() == 2);
    CHECK(events[0].at("idToken") ==
          boost::json::parse(R"({"idToken":"","type":"NoAuthorization"})"));
    CHECK(events[1].at("eventType") == "Ended");
    CHECK(events[1].at("triggerReason") == "Deauthorized");
    CHECK(events[1].at("transactionInfo").at("stoppedReason") == "DeAuthorized");
    CHECK(central.station.register_uj() == 0);
}

TEST_CASE(
    "a pause shows as SuspendedEVSE, a full car as SuspendedEV, each with its event (E01.FR.18)")
{
    auto central = accepting();
    central.plug(car_with(1, 10'000, 230), "CARD-1");
    central.pass(20s);
    auto const set = [&](int limit) {
        return central.asks("SetChargingProfile",
            R"({"evseId":1,"chargingProfile":{"id":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Absolute","transactionId":"tx-a-1","chargingSchedule":[{"id":1,"startSchedule":"2024-05-06T12:00:00Z","chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":)" +
                std::to_string(limit) + "}]}]}}");
    };
    CHECK(set(0) == R"({"status":"Accepted"}])");
    central.pass(10s);
    CHECK(set(16) == R"({"status":"Accepted"}])");
    central.pass(10min);
    std::vector<std::string> states;
    for (auto const& event : payloads(central.all, "TransactionEvent"))
        if (event.at("triggerReason") == "ChargingStateChanged")
            states.emplace_back(event.at("transactionInfo").at("chargingState").as_string());
    CHECK(
        states == std::vector<std::string>{"Charging", "SuspendedEVSE", "Charging", "SuspendedEV"});
    // Every number once and in order.
    std::int64_t expected = 0;
    for (auto const& event : payloads(central.all, "TransactionEvent"))
        CHECK(event.at("seqNo") == expected++);
}

TEST_CASE("2.0.1 refusals say why")
{
    auto central = accepting();
    CHECK(central.asks("Reset", R"({"type":"Immediate"})").starts_with(R"("NotImplemented")"));
    CHECK(
        central
            .asks("SetChargingProfile",
                R"({"evseId":1,"chargingProfile":{"id":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Absolute","transactionId":"nope","chargingSchedule":[{"id":1,"startSchedule":"2024-05-06T12:00:00Z","chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":10}]}]}})")
            .starts_with(R"({"status":"Rejected","statusInfo":{"reasonCode":"TxNotFound")"));
    CHECK(
        central
            .asks("SetChargingProfile",
                R"({"evseId":0,"chargingProfile":{"id":1,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Absolute","chargingSchedule":[{"id":1,"startSchedule":"2024-05-06T12:00:00Z","chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":10}]},{"id":2,"startSchedule":"2024-05-06T12:00:00Z","chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":10}]}]}})")
            .starts_with(
                R"({"status":"Rejected","statusInfo":{"reasonCode":"TooManyElements")"));  // K01.FR.34
    CHECK(central.asks("ClearChargingProfile", R"({"chargingProfileId":9})") ==
          R"({"status":"Unknown"}])");
    CHECK(central.asks("RequestStopTransaction", R"({"transactionId":"nope"})") ==
          R"({"status":"Rejected","statusInfo":{"reasonCode":"TxNotFound"}}])");
    CHECK(
        central.asks("SetChargingProfile",
            R"({"evseId":0,"chargingProfile":{"id":1,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Absolute","chargingSchedule":[{"id":1,"startSchedule":"2024-05-06T12:00:00Z","chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":10.5},{"startPeriod":60,"limit":6}]}]}})") ==
        R"({"status":"Accepted"}])");
    auto const text = central.asks("GetCompositeSchedule", R"({"evseId":1,"duration":120})");
    auto const answer = boost::json::parse(text.substr(0, text.size() - 1));
    CHECK(answer.at("status") == "Accepted");
    auto const& schedule = answer.at("schedule");
    CHECK(schedule.at("evseId") == 1);
    CHECK(schedule.at("duration") == 120);
    CHECK(schedule.at("scheduleStart") == "2024-05-06T12:00:00Z");
    CHECK(schedule.at("chargingRateUnit") == "A");
    auto const& periods = schedule.at("chargingSchedulePeriod").as_array();
    REQUIRE(periods.size() == 2);
    CHECK(periods[0].at("limit").to_number<double>() == 10.5);
    CHECK(periods[1].at("startPeriod") == 60);
    CHECK(periods[1].at("limit").to_number<double>() == 6.0);
}

TEST_CASE(
    "a requested start names its id in the first event, and a requested stop ends it (F01 to F03)")
{
    auto central = accepting();
    central.plug(car_with(3, 16'000), "");
    CHECK(
        central.asks("RequestStartTransaction",
            R"({"evseId":1,"idToken":{"idToken":"APP-1","type":"Central"},"remoteStartId":12})") ==
        R"({"status":"Accepted"}])");
    central.pass(20s);
    auto events = payloads(central.all, "TransactionEvent");
    REQUIRE(events.size() >= 2);
    CHECK(events[0].at("triggerReason") == "RemoteStart");
    CHECK(events[0].at("transactionInfo").at("remoteStartId") == 12);
    CHECK(events[0].at("idToken") == boost::json::parse(R"({"idToken":"APP-1","type":"Central"})"));
    CHECK(
        central.asks("RequestStartTransaction",
            R"({"evseId":1,"idToken":{"idToken":"APP-1","type":"Central"},"remoteStartId":13})") ==
        R"({"status":"Rejected","statusInfo":{"reasonCode":"TxInProgress"}}])");
    CHECK(central.asks("RequestStopTransaction", R"({"transactionId":"tx-a-1"})") ==
          R"({"status":"Accepted"}])");
    events = payloads(central.all, "TransactionEvent");
    CHECK(events.back().at("eventType") == "Ended");
    CHECK(events.back().at("triggerReason") == "RemoteStop");
    CHECK(events.back().at("transactionInfo").at("stoppedReason") == "Remote");
}

TEST_CASE("while rejected a 2.0.1 station answers with SecurityError (B03.FR.08)")
{
    ScriptedCentral central(config_for(Version::v201));
    central.says(
        R"([3,"a-1",{"status":"Rejected","currentTime":"2024-05-06T12:00:00Z","interval":120}])");
    CHECK(central.asks("GetCompositeSchedule", R"({"evseId":1,"duration":60})")
              .starts_with(R"("SecurityError")"));
}

TEST_SUITE_END();
