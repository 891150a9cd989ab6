// What stations in the field send, message by message. The payloads are made up; that stations do
// such things is known from the issue threads that some cases name. Meter values are in
// field_metering_test.cpp, and what concerns a kind of value in any message in
// field_values_test.cpp.
#include "field_case.hpp"
#include "ocpp/frame.hpp"
#include "ocpp/v16/actions.hpp"
#include "ocpp/v201/actions.hpp"
#include "ocpp/v21/actions.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>

namespace ocpp::test {

namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

// A 1.6 StopTransaction.req with one field more.
std::string stop_with(std::string const& field)
{
    return R"({"meterStop":18230,"timestamp":"2025-03-04T17:20:00Z",)" + field + "}";
}

// A 2.x TransactionEventRequest with one field more.
std::string event_with(std::string const& field)
{
    return R"({"eventType":"Updated","timestamp":"2025-03-04T17:20:00Z","seqNo":3,)"
           R"("triggerReason":"MeterValuePeriodic","transactionInfo":{"transactionId":"t-9"},)" +
           field + "}";
}

}

// Frames.

TEST_CASE("field: a Heartbeat with null instead of an empty object is legal")
{
    // steve-community/steve#1109
    for (auto const version : {Version::v16, Version::v201, Version::v21}) {
        auto const frame = parse_frame(R"([2,"1000007","Heartbeat",null])", version);
        REQUIRE(std::holds_alternative<Call>(frame));
        CHECK(std::get<Call>(frame).id == "1000007");
        legal<v16::HeartbeatRequest>(std::get<Call>(frame).payload.text);
        legal<v201::HeartbeatRequest>(std::get<Call>(frame).payload.text);
    }
}

TEST_CASE("field: null instead of a payload that has required fields misses them")
{
    refused<v16::AuthorizeRequest>("null", {occurrence, "idTag", "is required"});
}

TEST_CASE("field: a message id of 44 characters is echoed as it came")
{
    std::string const id = "station-0007/2025-03-04T17:20:00.123456/0042";
    REQUIRE(id.size() == 44);
    for (auto const version : {Version::v16, Version::v201, Version::v21}) {
        auto const frame = parse_frame("[2,\"" + id + "\",\"Heartbeat\",{}]", version);
        REQUIRE(std::holds_alternative<Call>(frame));
        CHECK(result_text(std::get<Call>(frame).id, "{}") == "[3,\"" + id + "\",{}]");
    }
}

TEST_CASE("field: an answer under an id that we never sent is a frame all the same")
{
    // mobilityhouse/ocpp#297: whom it answers is for the engine to find.
    auto const frame = parse_frame(R"([3,"42",{"status":"Accepted"}])", Version::v16);
    REQUIRE(std::holds_alternative<CallResult>(frame));
    CHECK(std::get<CallResult>(frame).id == "42");
}

TEST_CASE("field: an error code of another version, or of none, is kept as it came")
{
    for (std::string const code :
        {"FormationViolation", "OccurenceConstraintViolation", "GeneralError", ""}) {
        auto const frame = parse_frame("[4,\"7\",\"" + code + R"(","",{}])", Version::v201);
        REQUIRE(std::holds_alternative<CallError>(frame));
        CHECK(std::get<CallError>(frame).code == code);
    }
}

// Boot.

TEST_CASE("field: empty texts for a SIM card that is not there are legal")
{
    // lbbrhzn/ocpp#1096
    auto const boot = legal<v16::BootNotificationRequest>(
        R"({"chargePointVendor":"Nordlader","chargePointModel":"N11","iccid":"","imsi":""})");
    CHECK(boot.iccid == "");
    CHECK(boot.imsi == "");
    auto const boot2 = legal<v201::BootNotificationRequest>(
        R"({"reason":"PowerUp","chargingStation":{"vendorName":"Nordlader","model":"N22",)"
        R"("modem":{"iccid":"","imsi":""}}})");
    CHECK(boot2.chargingStation.modem->iccid == "");
}

TEST_CASE("field: a boot of another version than the connection's is refused")
{
    // lbbrhzn/ocpp#2008
    refused<v201::BootNotificationRequest>(
        R"({"chargePointVendor":"Nordlader","chargePointModel":"N11"})",
        {occurrence, "chargingStation", "is required"},
        Expected{format, "chargePointVendor", "no such field"});
    refused<v16::BootNotificationRequest>(
        R"({"chargingStation":{"vendorName":"Nordlader","model":"N22"},"reason":"PowerUp"})",
        {occurrence, "chargePointVendor", "is required"},
        Expected{format, "chargingStation", "no such field"});
}

TEST_CASE("field: a model's name that is too long is taken whole")
{
    auto const boot = taken<v16::BootNotificationRequest>(
        R"({"chargePointVendor":"Nordlader","chargePointModel":"Wallbox N11 Professional 22 kW"})",
        {{property, "chargePointModel", "at most 20 characters"}});
    CHECK(boot.chargePointModel == "Wallbox N11 Professional 22 kW");
}

// Transactions of 1.6.

TEST_CASE("field: reservationId 0, sent when there is no reservation, is legal")
{
    // lbbrhzn/ocpp#1838
    auto const start = legal<v16::StartTransactionRequest>(
        R"({"connectorId":1,"idTag":"04A1B2C3","meterStart":0,"reservationId":0,)"
        R"("timestamp":"2025-03-04T16:00:00Z"})");
    CHECK(start.reservationId == 0);
}

TEST_CASE("field: a start whose time has no zone is taken as UTC")
{
    // evcc-io/evcc#10399
    auto const start = taken<v16::StartTransactionRequest>(
        R"({"connectorId":1,"idTag":"04A1B2C3","meterStart":0,"timestamp":"2025-03-04T16:00:00"})",
        {{property, "timestamp", "taken as UTC"}});
    CHECK(start.timestamp == sys_days{2025y / 3 / 4} + 16h);
}

TEST_CASE("field: an idTag of 22 characters is taken whole")
{
    // lbbrhzn/ocpp#2030: a tag of 20 characters comes back with two more.
    auto const authorize = taken<v16::AuthorizeRequest>(
        R"({"idTag":"KURS5678901234567890\u0000\u0001"})",
        {{property, "idTag", "at most 20 characters"}});
    CHECK(authorize.idTag == std::string("KURS5678901234567890\0\1", 22));
}

TEST_CASE("field: an idTag of digits sent as a number is its text")
{
    auto const authorize = taken<v16::AuthorizeRequest>(
        R"({"idTag":9081726354})", {{type, "idTag", "must be a string"}});
    CHECK(authorize.idTag == "9081726354");
}

TEST_CASE("field: a stop for any transaction id of 64 bits is legal and exact")
{
    // 1.6 errata 3.18 (-1), steve-community/steve#1569 (0) and #740 (garbage).
    constexpr std::int64_t ids[] = {-1, 0, -77, 2'147'483'647, 9'007'199'254'740'993,
        7'306'916'068'917'079'042, std::numeric_limits<std::int64_t>::max(),
        std::numeric_limits<std::int64_t>::min()};
    for (auto const id : ids) {
        auto const stop = legal<v16::StopTransactionRequest>(
            stop_with("\"transactionId\":" + std::to_string(id)));
        CHECK(stop.transactionId == id);
    }
    auto const values = legal<v16::MeterValuesRequest>(
        R"({"connectorId":1,"transactionId":9223372036854775807,"meterValue":[]})");
    CHECK(values.transactionId == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("field: a transaction id of more than 64 bits is the largest, which no session has")
{
    for (auto const* const id : {"9223372036854775808", "18446744073709551615", "1e19"}) {
        auto const stop = taken<v16::StopTransactionRequest>(
            stop_with("\"transactionId\":" + std::string(id)),
            {{property, "transactionId", "64 bits"}});
        CHECK(stop.transactionId == std::numeric_limits<std::int64_t>::max());
    }
    auto const stop = taken<v16::StopTransactionRequest>(
        stop_with(R"("transactionId":-9223372036854775809)"),
        {{property, "transactionId", "64 bits"}});
    CHECK(stop.transactionId == std::numeric_limits<std::int64_t>::min());
}

TEST_CASE("field: one meter value without its list is a list of one")
{
    // lbbrhzn/ocpp#1144
    auto const values = taken<v16::MeterValuesRequest>(
        R"({"connectorId":1,"meterValue":{"timestamp":"2026-03-01T08:00:00Z",)"
        R"("sampledValue":[{"value":"1500"}]}})",
        {{type, "meterValue", "must be a list"}});
    REQUIRE(values.meterValue.size() == 1);
    CHECK(values.meterValue[0].sampledValue.at(0).value == "1500");
}

TEST_CASE("field: a stop without reason and token, and a meter beyond 32 bits, are legal")
{
    auto const stop = legal<v16::StopTransactionRequest>(
        R"({"meterStop":4296944685,"timestamp":"2025-03-04T17:20:00Z","transactionId":5})");
    CHECK(stop.meterStop == 4'296'944'685);
    CHECK(!stop.reason);
    CHECK(!stop.idTag);
}

TEST_CASE("field: a reason for the stop that nobody knows is not the default, which is Local")
{
    auto const stop = taken<v16::StopTransactionRequest>(
        stop_with(R"("transactionId":5,"reason":"CablePulled")"),
        {{property, "reason", "'CablePulled'"}});
    CHECK(stop.reason == unknown_name<v16::Reason>);
}

TEST_CASE("field: a stop with null for what it lacks lacks it")
{
    auto const stop = taken<v16::StopTransactionRequest>(
        stop_with(R"("transactionId":5,"idTag":null,"reason":null,"transactionData":null)"),
        {{type, "idTag", "rather than null"}, {type, "reason", "rather than null"},
            {type, "transactionData", "rather than null"}},
        Expected{type, "idTag", "must be a string"});
    CHECK(!stop.idTag);
    CHECK(!stop.reason);
    CHECK(!stop.transactionData);
}

TEST_CASE("field: the answer to a stop without a token is an empty object")
{
    // dallmann-consulting/OCPP.Core#31: more than that makes a station boot again and again.
    CHECK(encode(v16::StopTransactionResponse{}) == "{}");
}

// Transactions of 2.x.

TEST_CASE("field: a TransactionEvent without triggerReason has an unknown one")
{
    // matth-x/MicroOcpp#405
    constexpr auto* payload =
        R"({"eventType":"Started","timestamp":"2025-03-04T16:00:00Z","seqNo":0,)"
        R"("transactionInfo":{"transactionId":"t-9"}})";
    std::vector<Expected> const remarks{{occurrence, "triggerReason", "is required"}};
    auto const event = taken<v201::TransactionEventRequest>(payload, remarks);
    CHECK(event.triggerReason == unknown_name<v201::TriggerReason>);
    CHECK(event.transactionInfo.transactionId == "t-9");
    auto const event21 = taken<v21::TransactionEventRequest>(payload, remarks);
    CHECK(event21.triggerReason == unknown_name<v21::TriggerReason>);
}

TEST_CASE("field: a TransactionEvent without transactionInfo is refused: whose would it be?")
{
    refused<v201::TransactionEventRequest>(
        R"({"eventType":"Started","timestamp":"2025-03-04T16:00:00Z","seqNo":0,)"
        R"("triggerReason":"Authorized"})",
        {occurrence, "transactionInfo", "is required"});
}

TEST_CASE("field: an EVSE without a connector is legal, and is no connector 1")
{
    // lbbrhzn/ocpp#2135
    auto const event = legal<v201::TransactionEventRequest>(event_with(R"("evse":{"id":2})"));
    CHECK(event.evse->id == 2);
    CHECK(!event.evse->connectorId);
}

TEST_CASE("field: an EVSE with nothing in it is none")
{
    auto const event = taken<v201::TransactionEventRequest>(event_with(R"("evse":{ })"),
        {{type, "evse", "rather than { }"}}, Expected{occurrence, "evse.id", "is required"});
    CHECK(!event.evse);
    auto const event21 = taken<v21::TransactionEventRequest>(
        event_with(R"("evse":{"id":1,"connectorId":null})"),
        {{type, "evse.connectorId", "rather than null"}},
        Expected{type, "evse.connectorId", "must be a number"});
    CHECK(event21.evse->id == 1);
    CHECK(!event21.evse->connectorId);
}

TEST_CASE("field: free charging with an empty token is legal")
{
    auto const event = legal<v201::TransactionEventRequest>(
        event_with(R"("idToken":{"idToken":"","type":"NoAuthorization"})"));
    CHECK(event.idToken->idToken == "");
    CHECK(event.idToken->type == v201::IdTokenType::no_authorization);
}

TEST_CASE("field: a token as 1.6 has it is refused on 2.0.1, where it is an object")
{
    refused<v201::TransactionEventRequest>(
        event_with(R"("idToken":"04A1B2C3")"), {type, "idToken", "must be an object"});
}

TEST_CASE(
    "field: a transaction that begins with event 7, was offline and ends for no reason is legal")
{
    auto const event = legal<v201::TransactionEventRequest>(
        R"({"eventType":"Ended","timestamp":"1970-01-01T00:03:20Z","seqNo":7,"offline":true,)"
        R"("triggerReason":"EVDeparted","transactionInfo":{"transactionId":"t-9"}})");
    CHECK(event.seqNo == 7);
    CHECK(event.offline == true);
    CHECK(!event.transactionInfo.stoppedReason);
    CHECK(event.timestamp == Timestamp{200s});
}

TEST_CASE("field: a transaction id that is a number, as in 1.6, is its text")
{
    auto const event = taken<v201::TransactionEventRequest>(
        R"({"eventType":"Ended","timestamp":"2025-03-04T17:20:00Z","seqNo":9,)"
        R"("triggerReason":"EVDeparted","transactionInfo":{"transactionId":4711}})",
        {{type, "transactionInfo.transactionId", "must be a string"}});
    CHECK(event.transactionInfo.transactionId == "4711");
}

// Status.

TEST_CASE("field: the error code Error is OtherError")
{
    // lbbrhzn/ocpp#1248
    auto const status = taken<v16::StatusNotificationRequest>(
        R"({"connectorId":1,"errorCode":"Error","status":"Faulted"})",
        {{property, "errorCode", "'Error'"}});
    CHECK(status.errorCode == v16::ChargePointErrorCode::other_error);
    CHECK(status.status == v16::ChargePointStatus::faulted);
    CHECK(encode(status) == R"({"connectorId":1,"errorCode":"OtherError","status":"Faulted"})");
}

TEST_CASE("field: an error code that nobody knows, or none, is no error code")
{
    auto const status = taken<v16::StatusNotificationRequest>(
        R"({"connectorId":1,"errorCode":"E-117","status":"Faulted"})",
        {{property, "errorCode", "'E-117'"}});
    CHECK(status.errorCode == unknown_name<v16::ChargePointErrorCode>);
    auto const bare = taken<v16::StatusNotificationRequest>(
        R"({"connectorId":1,"status":"Available"})", {{occurrence, "errorCode", "is required"}});
    CHECK(bare.errorCode == unknown_name<v16::ChargePointErrorCode>);
}

TEST_CASE("field: EVSE 0 is legal, and a status of 1.6 on 2.0.1 is unknown")
{
    auto const status = legal<v201::StatusNotificationRequest>(
        R"({"timestamp":"2025-03-04T16:00:00Z","connectorStatus":"Available","evseId":0,)"
        R"("connectorId":0})");
    CHECK(status.evseId == 0);
    auto const charging = taken<v201::StatusNotificationRequest>(
        R"({"timestamp":"2025-03-04T16:00:00Z","connectorStatus":"SuspendedEV","evseId":1,)"
        R"("connectorId":1})",
        {{property, "connectorStatus", "'SuspendedEV'"}});
    CHECK(charging.connectorStatus == unknown_name<v201::ConnectorStatus>);
}

// Configuration and smart charging.

TEST_CASE("field: configuration values with blanks and with words of their own stay as they are")
{
    // evcc-io/evcc#3891 (blanks), lbbrhzn/ocpp#1635 (power)
    auto const answer = legal<v16::GetConfigurationResponse>(
        R"({"configurationKey":[)"
        R"({"key":"ChargeProfileMaxStackLevel","readonly":true,"value":" 8 "},)"
        R"({"key":"ChargingScheduleAllowedChargingRateUnit","readonly":true,"value":"power"},)"
        R"({"key":"AuthorizationKey","readonly":false}],"unknownKey":[]})");
    auto const& keys = *answer.configurationKey;
    CHECK(keys[0].value == " 8 ");
    CHECK(keys[1].value == "power");
    CHECK(!keys[2].value);
    CHECK(answer.unknownKey->empty());
}

TEST_CASE("field: a rate unit may be written small, or as a word")
{
    struct Row {
        std::string_view given;
        v16::ChargingRateUnit unit;
    };
    using Unit = v16::ChargingRateUnit;
    constexpr Row rows[] = {{"w", Unit::w}, {"power", Unit::w}, {"Power", Unit::w}, {"a", Unit::a},
        {"Current", Unit::a}, {"kW", unknown_name<Unit>}};
    for (auto const& row : rows) {
        auto const answer = taken<v16::GetCompositeScheduleResponse>(
            R"({"status":"Accepted","connectorId":1,"chargingSchedule":{"chargingRateUnit":")" +
                std::string(row.given) +
                R"(","chargingSchedulePeriod":[{"startPeriod":0,"limit":11000}]}})",
            {{property, "chargingSchedule.chargingRateUnit", "one of A, W: '"}});
        CHECK(answer.chargingSchedule->chargingRateUnit == row.unit);
        CHECK(answer.chargingSchedule->chargingSchedulePeriod[0].limit == Tenths{110'000});
    }
}

TEST_CASE("field: a composite schedule of 273,731 years is legal and exact")
{
    auto const answer = legal<v201::GetCompositeScheduleResponse>(
        R"({"status":"Accepted","schedule":{"evseId":1,"duration":8638204675134,)"
        R"("scheduleStart":"2025-03-04T16:00:00.000Z","chargingRateUnit":"A",)"
        R"("chargingSchedulePeriod":[{"startPeriod":0,"limit":16.1}]}})");
    CHECK(answer.schedule->duration == 8'638'204'675'134);
    CHECK(answer.schedule->chargingSchedulePeriod[0].limit == Decimal{16.1});
    auto const answer16 = legal<v16::GetCompositeScheduleResponse>(
        R"({"status":"Accepted","chargingSchedule":{"duration":8638204675134,)"
        R"("chargingRateUnit":"A","chargingSchedulePeriod":[]}})");
    CHECK(answer16.chargingSchedule->duration == 8'638'204'675'134);
}

TEST_CASE("field: a limit in single precision is the tenth that is meant")
{
    auto const answer = taken<v16::GetCompositeScheduleResponse>(
        R"({"status":"Accepted","chargingSchedule":{"chargingRateUnit":"A",)"
        R"("chargingSchedulePeriod":[{"startPeriod":0,"limit":16.100000381469727}]}})",
        {{property, "chargingSchedule.chargingSchedulePeriod[0].limit", "at most one decimal"}});
    CHECK(answer.chargingSchedule->chargingSchedulePeriod[0].limit == Tenths{161});
}

TEST_CASE("field: an answer whose status nobody knows is not accepted by that")
{
    auto const answer = taken<v16::SetChargingProfileResponse>(
        R"({"status":"Done"})", {{property, "status", "'Done'"}});
    CHECK(answer.status == unknown_name<v16::ChargingProfileStatus>);
    auto const empty = taken<v201::SetChargingProfileResponse>(
        "{}", {{occurrence, "status", "is required"}});
    CHECK(empty.status == unknown_name<v201::ChargingProfileStatus>);
}

// Lists and monitors.

TEST_CASE("field: a list's version under 1.6's name is refused on 2.0.1")
{
    // No version can be put in its place: 0 would say that there is no list.
    refused<v201::GetLocalListVersionResponse>(R"({"listVersion":12})",
        {occurrence, "versionNumber", "is required"},
        Expected{format, "listVersion", "no such field"});
}

TEST_CASE("field: a monitor without the notification type that only 2.1 asks for is taken")
{
    constexpr auto* payload =
        R"({"requestId":4,"seqNo":0,"generatedAt":"2025-03-04T16:00:00Z","monitor":[{)"
        R"("component":{"name":"Connector"},"variable":{"name":"Temperature"},)"
        R"("variableMonitoring":[{"id":1,"transaction":false,"value":85.5,)"
        R"("type":"UpperThreshold","severity":2}]}]})";
    auto const report = taken<v21::NotifyMonitoringReportRequest>(payload,
        {{occurrence, "monitor[0].variableMonitoring[0].eventNotificationType", "is required"}});
    auto const& monitor = report.monitor->at(0).variableMonitoring.at(0);
    CHECK(monitor.eventNotificationType == unknown_name<v21::EventNotificationType>);
    CHECK(monitor.value == Decimal{85.5});
    CHECK(monitor.type == v21::MonitorType::upper_threshold);
    legal<v201::NotifyMonitoringReportRequest>(payload);
}

}
