// OCPP 1.6 dialogues, frame by frame.
#include "tests/sim/scripted_central.hpp"

using namespace std::chrono_literals;
using namespace sim;
using namespace sim::test;
using ocpp::Version;

namespace {

// A station that has booted and told its status; the next message id is a-4.
ScriptedCentral booted(StationConfig const& config = config_for(Version::v16))
{
    ScriptedCentral central(config);
    central.answers_by_itself = true;
    central.pass(0ms);
    // The constructor's boot was heard before the central system answered by itself.
    central.says(
        R"([3,"a-1",{"status":"Accepted","currentTime":"2024-05-06T12:00:00Z","interval":300}])");
    central.answers_by_itself = false;
    central.forget();
    return central;
}

}

TEST_SUITE_BEGIN("sim: 1.6 dialogues");

TEST_CASE("a 1.6 station boots, reports, charges a car and stops when it is unplugged")
{
    ScriptedCentral central(config_for(Version::v16));
    central.hears(
        R"([2,"a-1","BootNotification",{"chargePointVendor":"Kurs","chargePointModel":"Simulated","chargePointSerialNumber":"SIM-1","firmwareVersion":"1.0"}])");
    central.says(
        R"([3,"a-1",{"status":"Accepted","currentTime":"2024-05-06T12:00:00Z","interval":300}])");
    central.hears(
        R"([2,"a-2","StatusNotification",{"connectorId":0,"errorCode":"NoError","status":"Available","timestamp":"2024-05-06T12:00:00Z"}])");
    CHECK(central.hears_nothing());  // one CALL at a time
    central.says(R"([3,"a-2",{}])");
    central.hears(
        R"([2,"a-3","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"2024-05-06T12:00:00Z"}])");
    central.says(R"([3,"a-3",{}])");

    central.pass(100s);
    central.plug(car_with(3, 16'000), "CARD-1");
    central.hears(R"([2,"a-4","Authorize",{"idTag":"CARD-1"}])");
    central.says(R"([3,"a-4",{"idTagInfo":{"status":"Accepted"}}])");
    central.hears(
        R"([2,"a-5","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Preparing","timestamp":"2024-05-06T12:01:40Z"}])");
    central.says(R"([3,"a-5",{}])");
    central.hears(
        R"([2,"a-6","StartTransaction",{"connectorId":1,"idTag":"CARD-1","meterStart":0,"timestamp":"2024-05-06T12:01:40Z"}])");
    central.says(R"([3,"a-6",{"idTagInfo":{"status":"Accepted"},"transactionId":77}])");
    CHECK(central.station.session()->transaction_id == "77");

    // 5 s of the pilot, 5 s of the car.
    central.pass(10s - 1ms);
    CHECK(central.hears_nothing());
    central.pass(1ms);
    central.hears(
        R"([2,"a-7","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Charging","timestamp":"2024-05-06T12:01:50Z"}])");
    central.says(R"([3,"a-7",{}])");

    // 50 s of 3 x 16 A x 230 V = 11,040 W are 153.3 Wh.
    central.pass(50s);
    central.hears(
        R"([2,"a-8","MeterValues",{"connectorId":1,"transactionId":77,"meterValue":[{"timestamp":"2024-05-06T12:02:40Z","sampledValue":[{"value":"153","context":"Sample.Periodic","measurand":"Energy.Active.Import.Register","unit":"Wh"},{"value":"11040","context":"Sample.Periodic","measurand":"Power.Active.Import","unit":"W"},{"value":"16","context":"Sample.Periodic","measurand":"Current.Import","phase":"L1","unit":"A"},{"value":"16","context":"Sample.Periodic","measurand":"Current.Import","phase":"L2","unit":"A"},{"value":"16","context":"Sample.Periodic","measurand":"Current.Import","phase":"L3","unit":"A"}]}]}])");
    central.says(R"([3,"a-8",{}])");

    central.pass(10s);  // 60 s of 11,040 W: 184 Wh
    central.unplug();
    central.hears(
        R"([2,"a-9","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"2024-05-06T12:02:50Z"}])");
    central.says(R"([3,"a-9",{}])");
    auto const stop = central.next_heard();
    CHECK(stop.starts_with(
        R"([2,"a-10","StopTransaction",{"meterStop":184,"timestamp":"2024-05-06T12:02:50Z","transactionId":77,"reason":"EVDisconnected","transactionData":[{"timestamp":"2024-05-06T12:01:40Z","sampledValue":[{"value":"0","context":"Transaction.Begin","measurand":"Energy.Active.Import.Register","unit":"Wh"},)"));
    CHECK(
        stop.find(
            R"({"timestamp":"2024-05-06T12:02:50Z","sampledValue":[{"value":"184","context":"Transaction.End","measurand":"Energy.Active.Import.Register","unit":"Wh"},)") !=
        std::string::npos);
    central.says(R"([3,"a-10",{}])");
    central.pass(299s);
    CHECK(central.hears_nothing());
    central.pass(1s);
    central.hears(R"([2,"a-11","Heartbeat",{}])");
}

TEST_CASE("the same card stops; another one does not")
{
    auto central = booted();
    central.answers_by_itself = true;
    central.plug(car_with(1, 16'000), "CARD-1");
    central.pass(1min);
    REQUIRE(central.station.session());
    central.station.present_token("CARD-2", central.now);
    central.attend();
    CHECK(central.station.session());
    central.station.present_token("CARD-1", central.now);
    central.attend();
    CHECK_FALSE(central.station.session());
    CHECK(central.station.state() == OutletState::finishing);
    auto const stops = payloads(central.all, "StopTransaction");
    REQUIRE(stops.size() == 1);
    CHECK(stops[0].at("reason") == "Local");
    CHECK(stops[0].at("idTag") == "CARD-1");
    central.unplug();
    CHECK(central.station.state() == OutletState::available);
}

TEST_CASE("before it is accepted a station sends nothing but boots, as often as it was told")
{
    ScriptedCentral central(config_for(Version::v16));
    central.next_heard();
    central.says(
        R"([3,"a-1",{"status":"Rejected","currentTime":"2024-05-06T12:00:00Z","interval":120}])");
    central.plug(car_with(3, 16'000), "CARD-1");
    // While rejected it does not even answer (section 4.2).
    central.says(R"([2,"x","GetCompositeSchedule",{"connectorId":1,"duration":60}])");
    central.pass(120s - 1ms);
    CHECK(central.hears_nothing());
    central.pass(1ms);
    CHECK(central.next_heard().starts_with(R"([2,"a-2","BootNotification")"));
    central.says(
        R"([3,"a-2",{"status":"Pending","currentTime":"2024-05-06T12:02:00Z","interval":0}])");
    // While pending it answers, and takes no remote start.
    central.says(R"([2,"y","RemoteStartTransaction",{"connectorId":1,"idTag":"CARD-9"}])");
    central.hears(R"([3,"y",{"status":"Rejected"}])");
    central.pass(30s);  // interval 0: its own choice
    CHECK(central.next_heard().starts_with(R"([2,"a-3","BootNotification")"));
    central.pass(30s);  // no answer: 30 s of waiting, and then its own choice again
    CHECK(central.hears_nothing());
    central.pass(30s);
    CHECK(central.next_heard().starts_with(R"([2,"a-4","BootNotification")"));
    CHECK_FALSE(central.station.session());  // never accepted, so nobody charges
    central.says(
        R"([3,"a-4",{"status":"Accepted","currentTime":"2024-05-06T12:04:00Z","interval":300}])");
    CHECK(central.next_heard().starts_with(R"([2,"a-5","StatusNotification",{"connectorId":0)"));
    central.answers_by_itself = true;
    central.says(R"([3,"a-5",{}])");
    central.pass(1s);
    CHECK(central.station.session());
}

TEST_CASE("a refused card charges nothing")
{
    auto central = booted();
    central.answers_by_itself = true;
    central.token_status = "Invalid";
    central.plug(car_with(3, 16'000), "CARD-1");
    central.pass(5min);
    CHECK(payloads(central.all, "StartTransaction").empty());
    CHECK(central.station.register_uj() == 0);
    CHECK(central.station.state() == OutletState::preparing);
}

TEST_CASE("a start that is answered with a bad token is stopped as DeAuthorized (errata 3.17)")
{
    auto central = booted();
    central.plug(car_with(3, 16'000), "CARD-1");
    central.hears(R"([2,"a-4","Authorize",{"idTag":"CARD-1"}])");
    central.says(R"([3,"a-4",{"idTagInfo":{"status":"Accepted"}}])");
    central.says(R"([3,"a-5",{}])");  // Preparing
    central.pass(20s);
    CHECK(central.station.terminal_currents_ma()[0] == 16'000);
    central.says(R"([3,"a-6",{"idTagInfo":{"status":"ConcurrentTx"},"transactionId":9}])");
    CHECK(central.station.terminal_currents_ma()[0] == 0);
    central.answers_by_itself = true;
    central.says(R"([3,"a-7",{}])");  // Charging
    central.pass(1s);
    auto const stops = payloads(central.all, "StopTransaction");
    REQUIRE(stops.size() == 1);
    CHECK(stops[0].at("reason") == "DeAuthorized");
    CHECK(stops[0].at("transactionId") == 9);
}

TEST_CASE("a station that only suspends on a bad token keeps the transaction")
{
    auto config = config_for(Version::v16);
    config.stop_on_invalid_token = false;
    config.free_mode = true;
    auto central = booted(config);
    central.answers_by_itself = true;
    central.token_status = "Blocked";
    central.plug(car_with(3, 16'000), "");
    central.pass(1min);
    CHECK(central.station.session());
    CHECK(central.station.state() == OutletState::suspended_evse);
    CHECK(central.station.terminal_currents_ma()[0] == 0);
}

TEST_CASE("in free mode nobody is asked")
{
    auto config = config_for(Version::v16);
    config.free_mode = true;
    auto central = booted(config);
    central.answers_by_itself = true;
    central.plug(car_with(3, 16'000), "CARD-1");
    central.pass(1min);
    CHECK(payloads(central.all, "Authorize").empty());
    auto const starts = payloads(central.all, "StartTransaction");
    REQUIRE(starts.size() == 1);
    CHECK(starts[0].at("idTag") == "FREE");
}

TEST_CASE("limits arrive at the car, zero pauses, and the state tells who suspends")
{
    auto central = booted();
    central.answers_by_itself = true;
    central.plug(car_with(3, 32'000), "CARD-1");
    central.pass(20s);
    CHECK(central.station.terminal_currents_ma() == TerminalCurrents{32'000, 32'000, 32'000});
    auto const set = [&](std::string_view limit) {
        return central.asks("SetChargingProfile",
            R"({"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"transactionId":41,"stackLevel":1,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Absolute","chargingSchedule":{"startSchedule":"2024-05-06T12:00:00Z","chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":)" +
                std::string(limit) + R"(}]}}})");
    };
    CHECK(set("13.7") == R"({"status":"Accepted"}])");
    central.pass(10s);
    CHECK(central.station.terminal_currents_ma() == TerminalCurrents{13'700, 13'700, 13'700});
    CHECK(set("5.9") == R"({"status":"Accepted"}])");
    CHECK(central.station.state() == OutletState::charging);
    central.pass(10s);
    CHECK(central.station.terminal_currents_ma() == TerminalCurrents{0, 0, 0});
    CHECK(central.station.state() == OutletState::suspended_evse);
    CHECK(set("10") == R"({"status":"Accepted"}])");
    central.pass(10s);
    CHECK(central.station.state() == OutletState::charging);
    // A profile for another transaction is none of its business.
    CHECK(
        central.asks("SetChargingProfile",
            R"({"connectorId":1,"csChargingProfiles":{"chargingProfileId":2,"transactionId":40,"stackLevel":1,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Absolute","chargingSchedule":{"startSchedule":"2024-05-06T12:00:00Z","chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":6}]}}})") ==
        R"({"status":"Rejected"}])");
    std::vector<std::string> states;
    for (auto const& p : payloads(central.all, "StatusNotification"))
        states.emplace_back(p.at("status").as_string());
    CHECK(states == std::vector<std::string>{"Available", "Available", "Preparing", "Charging",
                        "SuspendedEVSE", "Charging"});
}

TEST_CASE("a full car is SuspendedEV, and its transaction goes on")
{
    auto central = booted();
    central.answers_by_itself = true;
    // 2,300 W for 6 minutes.
    central.plug(car_with(1, 10'000, 230), "CARD-1");
    central.pass(10s + 6min);
    CHECK(central.station.state() == OutletState::suspended_ev);
    CHECK(central.station.session());
    CHECK(central.station.register_wh() == 230);
}

TEST_CASE("calls of the central system are answered as the standard asks")
{
    auto central = booted();
    CHECK(
        central.asks("Reset", R"({"type":"Soft"})") == R"("NotImplemented","unknown action",{}])");
    CHECK(central.asks("SetChargingProfile", R"({"connectorId":1})")
              .starts_with(R"("OccurenceConstraintViolation")"));
    // Errata 3.39: an unknown connector is no Rejected.
    CHECK(
        central
            .asks("SetChargingProfile",
                R"({"connectorId":2,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":10}]}}})")
            .starts_with(R"("PropertyConstraintViolation")"));
    CHECK(central.asks("ClearChargingProfile", "{}") == R"({"status":"Unknown"}])");
    CHECK(
        central.asks("SetChargingProfile",
            R"({"connectorId":0,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":10.5},{"startPeriod":60,"limit":6}]}}})") ==
        R"({"status":"Accepted"}])");
    CHECK(
        central.asks("GetCompositeSchedule", R"({"connectorId":1,"duration":120})") ==
        R"({"status":"Accepted","connectorId":1,"scheduleStart":"2024-05-06T12:00:00Z","chargingSchedule":{"duration":120,"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":10.5,"numberPhases":3},{"startPeriod":60,"limit":6,"numberPhases":3}]}}])");
    CHECK(central.asks("GetCompositeSchedule", R"({"connectorId":3,"duration":120})") ==
          R"({"status":"Rejected"}])");
    CHECK(central.asks("ClearChargingProfile", R"({"id":1})") == R"({"status":"Accepted"}])");
    CHECK(central.station.limit_ma() == 32'000);
    CHECK(central.asks("RemoteStopTransaction", R"({"transactionId":5})") ==
          R"({"status":"Rejected"}])");
}

TEST_CASE("a remote start waits for its cable, brings its profile, and a remote stop ends it")
{
    auto central = booted();
    central.answers_by_itself = true;
    CHECK(
        central.asks("RemoteStartTransaction",
            R"({"idTag":"APP-1","chargingProfile":{"chargingProfileId":5,"stackLevel":0,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":8}]}}})") ==
        R"({"status":"Accepted"}])");
    central.pass(1min);
    central.plug(car_with(3, 16'000), "");
    central.pass(20s);
    auto const starts = payloads(central.all, "StartTransaction");
    REQUIRE(starts.size() == 1);
    CHECK(starts[0].at("idTag") == "APP-1");
    CHECK(payloads(central.all, "Authorize").empty());
    CHECK(central.station.terminal_currents_ma()[0] == 8'000);
    CHECK(central.asks("RemoteStartTransaction", R"({"connectorId":1,"idTag":"APP-2"})") ==
          R"({"status":"Rejected"}])");
    CHECK(central.asks("RemoteStopTransaction", R"({"transactionId":41})") ==
          R"({"status":"Accepted"}])");
    CHECK(payloads(central.all, "StopTransaction").at(0).at("reason") == "Remote");
    CHECK(central.station.state() == OutletState::finishing);
    CHECK(central.station.limit_ma() == 32'000);  // the profile went with the transaction
}

TEST_CASE("a remote start without a cable lapses, and its profile with it")
{
    auto central = booted();
    central.answers_by_itself = true;
    central.asks("RemoteStartTransaction",
        R"({"idTag":"APP-1","chargingProfile":{"chargingProfileId":5,"stackLevel":0,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":8}]}}})");
    central.pass(121s);
    central.plug(car_with(3, 16'000), "CARD-1");
    central.pass(20s);
    CHECK(payloads(central.all, "StartTransaction").at(0).at("idTag") == "CARD-1");
    CHECK(central.station.terminal_currents_ma()[0] == 16'000);
}

TEST_SUITE_END();
