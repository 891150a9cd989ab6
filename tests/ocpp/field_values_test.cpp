// Kinds of values that stations in the field write in ways of their own, whatever message they
// stand in: times, numbers, names, nothing, and what does not belong there.
#include "field_case.hpp"
#include "ocpp/v16/actions.hpp"
#include "ocpp/v201/actions.hpp"
#include "ocpp/v21/actions.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

namespace ocpp::test {

namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

std::string status_at(std::string_view time)
{
    return R"({"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":)" +
           std::string(time) + "}";
}

std::string start_with(std::string_view connector, std::string_view meter)
{
    return R"({"connectorId":)" + std::string(connector) + R"(,"idTag":"04A1B2C3","meterStart":)" +
           std::string(meter) + R"(,"timestamp":"2025-03-04T16:00:00Z"})";
}

}

// Times.

TEST_CASE("field: times that are legal, however odd")
{
    struct Row {
        std::string_view given;
        Timestamp time;
    };
    Row const rows[] = {
        {"2025-03-04T16:00:00.123456+00:00", sys_days{2025y / 3 / 4} + 16h + 123ms},
        {"2025-03-04T16:00:00.1Z", sys_days{2025y / 3 / 4} + 16h + 100ms},
        {"2025-03-04T16:00:00.123999999Z", sys_days{2025y / 3 / 4} + 16h + 123ms},
        {"2025-03-04T01:00:00+03:00", sys_days{2025y / 3 / 3} + 22h},
        {"2025-03-04T16:00:00-00:00", sys_days{2025y / 3 / 4} + 16h},
        {"1970-01-01T00:00:07Z", Timestamp{7s}},         // before the first boot answer
        {"0001-01-01T00:00:00Z", sys_days{1y / 1 / 1}},  // a date that was never set
        {"2025-03-04t16:00:00z", sys_days{2025y / 3 / 4} + 16h},
    };
    for (auto const& row : rows) {
        auto const status = legal<v16::StatusNotificationRequest>(
            status_at("\"" + std::string(row.given) + "\""));
        CHECK(status.timestamp == row.time);
        auto const report = legal<v201::NotifyEventRequest>(
            R"({"seqNo":0,"eventData":[{"eventId":1,"trigger":"Delta","actualValue":"1",)"
            R"("component":{"name":"EVSE"},"variable":{"name":"Power"},)"
            R"("eventNotificationType":"CustomMonitor","timestamp":")" +
            std::string(row.given) + R"("}],"generatedAt":")" + std::string(row.given) + "\"}");
        CHECK(report.generatedAt == row.time);
        CHECK(report.eventData.at(0).timestamp == row.time);
    }
}

TEST_CASE("field: times that are understood, with a remark")
{
    struct Row {
        std::string_view given;
        Timestamp time;
        std::string_view rule;
    };
    constexpr std::string_view no_zone = "a zone: taken as UTC";
    constexpr std::string_view not_rfc3339 = "as RFC 3339 has it";
    Row const rows[] = {
        {"2025-03-04T16:00:00", sys_days{2025y / 3 / 4} + 16h, no_zone},
        {"2025-03-04T16:00:00.250", sys_days{2025y / 3 / 4} + 16h + 250ms, no_zone},
        {"2025-03-04T01:00:00+03", sys_days{2025y / 3 / 3} + 22h, not_rfc3339},
        {"2025-03-04T16:00:00-0430", sys_days{2025y / 3 / 4} + 20h + 30min, not_rfc3339},
    };
    for (auto const& row : rows) {
        auto const given = "\"" + std::string(row.given) + "\"";
        std::vector<Expected> const remarks{{property, "timestamp", row.rule}};
        CHECK(
            taken<v16::StatusNotificationRequest>(status_at(given), remarks).timestamp == row.time);
        auto const status = taken<v201::StatusNotificationRequest>(
            R"({"connectorStatus":"Available","evseId":1,"connectorId":1,"timestamp":)" + given +
                "}",
            remarks);
        CHECK(status.timestamp == row.time);
    }
}

TEST_CASE("field: a time that cannot be read is the epoch, with a remark that quotes it")
{
    for (std::string const given : {"2025-03-04", "2025-02-30T16:00:00Z", "2025-03-04 16:00:00",
             "04.03.2025 16:00", "N/A", "1741104000", "2025-03-04T16:00:00+99:00"}) {
        auto const quoted = "'" + given + "'";
        auto const status = taken<v16::StatusNotificationRequest>(
            status_at("\"" + given + "\""), {{property, "timestamp", quoted}});
        CHECK(status.timestamp == Timestamp{});
        CHECK(status.status == v16::ChargePointStatus::available);
    }
}

TEST_CASE("field: an empty or null time is none where it may be absent, else the epoch or a fault")
{
    auto const empty = taken<v16::StatusNotificationRequest>(status_at("\"\""),
        {{type, "timestamp", "rather than \"\""}}, Expected{property, "timestamp", "a date-time"});
    CHECK(!empty.timestamp);
    auto const null = taken<v16::StatusNotificationRequest>(status_at("null"),
        {{type, "timestamp", "rather than null"}},
        Expected{type, "timestamp", "must be a date-time string"});
    CHECK(!null.timestamp);
    auto const required = taken<v201::StatusNotificationRequest>(
        R"({"connectorStatus":"Available","evseId":1,"connectorId":1,"timestamp":""})",
        {{property, "timestamp", "must be a date-time: ''"}});
    CHECK(required.timestamp == Timestamp{});
    refused<v201::StatusNotificationRequest>(
        R"({"connectorStatus":"Available","evseId":1,"connectorId":1,"timestamp":null})",
        {type, "timestamp", "must be a date-time string"});
    refused<v16::StatusNotificationRequest>(
        status_at("1741104000"), {type, "timestamp", "must be a date-time string"});
}

// Numbers.

TEST_CASE("field: whole numbers may be written as decimals, and numbers as text are numbers")
{
    auto const start = legal<v16::StartTransactionRequest>(start_with("1.0", "1.5e3"));
    CHECK(start.connectorId == 1);
    CHECK(start.meterStart == 1500);
    auto const text = taken<v16::StartTransactionRequest>(start_with("\"1\"", "\"1500.0\""),
        {{type, "connectorId", "must be a number"}, {type, "meterStart", "must be a number"}});
    CHECK(text.connectorId == 1);
    CHECK(text.meterStart == 1500);
    auto const long_text = taken<v16::StartTransactionRequest>(
        start_with("1", "\"9007199254740993\""), {{type, "meterStart", "must be a number"}});
    CHECK(long_text.meterStart == 9'007'199'254'740'993);
}

TEST_CASE("field: what is no number, or no whole one, is refused")
{
    for (auto const* const given :
        {"\"\"", "\"one\"", "\"1 \\u0000\"", "\"0x10\"", "\"+1\"", "null", "true", "[1]", "{}"})
        refused<v16::StartTransactionRequest>(
            start_with(given, "0"), {type, "connectorId", "must be a number"});
    refused<v16::StartTransactionRequest>(
        start_with("1", "1500.5"), {type, "meterStart", "must be a whole number"});
    refused<v16::StartTransactionRequest>(start_with("1", "\"1500.5\""),
        {type, "meterStart", "must be a whole number"},
        Expected{type, "meterStart", "must be a number"});
}

TEST_CASE("field: numbers out of their range are taken as they are")
{
    auto const status = taken<v21::StatusNotificationRequest>(
        R"({"timestamp":"2025-03-04T16:00:00Z","connectorStatus":"Available","evseId":-1,)"
        R"("connectorId":1})",
        {{property, "evseId", "at least 0"}});
    CHECK(status.evseId == -1);
    auto const event = taken<v21::TransactionEventRequest>(
        R"({"eventType":"Updated","timestamp":"2025-03-04T16:00:00Z","seqNo":"-2",)"
        R"("triggerReason":"Trigger","numberOfPhasesUsed":4,)"
        R"("transactionInfo":{"transactionId":"t-9"}})",
        {{type, "seqNo", "must be a number"}, {property, "seqNo", "at least 0"},
            {property, "numberOfPhasesUsed", "at most 3"}});
    CHECK(event.seqNo == -2);
    CHECK(event.numberOfPhasesUsed == 4);
}

TEST_CASE("field: True and false in quotes are what they say, and 1 is neither")
{
    struct Row {
        std::string_view given;
        bool value;
    };
    constexpr Row rows[] = {
        {"True", true}, {"true", true}, {"TRUE", true}, {"False", false}, {"false", false}};
    auto const readonly = [](std::string_view value) {
        return R"({"configurationKey":[{"key":"HeartbeatInterval","value":"300","readonly":)" +
               std::string(value) + "}]}";
    };
    for (auto const& row : rows) {
        auto const answer = taken<v16::GetConfigurationResponse>(
            readonly("\"" + std::string(row.given) + "\""),
            {{type, "configurationKey[0].readonly", "must be true or false"}});
        CHECK(answer.configurationKey->at(0).readonly == row.value);
    }
    for (auto const* const given : {"1", "0", "\"yes\"", "\"\"", "null"})
        refused<v16::GetConfigurationResponse>(
            readonly(given), {type, "configurationKey[0].readonly", "must be true or false"});
}

// Texts.

TEST_CASE("field: numbers and truth values where a text belongs are the text of them")
{
    auto const boot = taken<v16::BootNotificationRequest>(
        R"({"chargePointVendor":"Nordlader","chargePointModel":11,"firmwareVersion":1.20,)"
        R"("chargePointSerialNumber":12345678901234567890,"meterType":false})",
        {{type, "chargePointModel", "must be a string"},
            {type, "firmwareVersion", "must be a string"},
            {type, "chargePointSerialNumber", "must be a string"},
            {type, "meterType", "must be a string"}});
    CHECK(boot.chargePointModel == "11");
    CHECK(boot.firmwareVersion == "1.20");
    CHECK(boot.chargePointSerialNumber == "12345678901234567890");
    CHECK(boot.meterType == "false");
    for (auto const* const given : {"null", "[]", "{\"name\":\"N11\"}"})
        refused<v16::BootNotificationRequest>(
            R"({"chargePointVendor":"Nordlader","chargePointModel":)" + std::string(given) + "}",
            {type, "chargePointModel", "must be a string"});
}

TEST_CASE("field: a text's length is its characters, not its bytes")
{
    std::string const twenty = "\xC3\xA5\xC3\xA5\xC3\xA5\xC3\xA5\xC3\xA5\xC3\xA5\xC3\xA5\xC3\xA5"
                               "123456789012";
    REQUIRE(twenty.size() == 28);
    CHECK(legal<v16::AuthorizeRequest>("{\"idTag\":\"" + twenty + "\"}").idTag == twenty);
}

// Names.

TEST_CASE("field: names in another case are the names, and only case is forgiven")
{
    struct Row {
        std::string_view given;
        v16::ChargePointStatus status;
    };
    using Status = v16::ChargePointStatus;
    constexpr auto unknown = unknown_name<Status>;
    constexpr Row rows[] = {{"available", Status::available}, {"SuspendedEv", Status::suspended_ev},
        {"SUSPENDEDEVSE", Status::suspended_evse}, {"Suspended_EV", unknown},
        {" Available", unknown}, {"Occupied", unknown}, {"", unknown}};
    for (auto const& row : rows) {
        auto const quoted = "'" + std::string(row.given) + "'";
        auto const status = taken<v16::StatusNotificationRequest>(
            R"({"connectorId":1,"errorCode":"NoError","status":")" + std::string(row.given) + "\"}",
            {{property, "status", quoted}});
        CHECK(status.status == row.status);
    }
}

TEST_CASE("field: a number or null where a name is required is an unknown name")
{
    Expected const refusal{type, "status", "must be a string"};
    auto const number = taken<v16::StatusNotificationRequest>(
        R"({"connectorId":1,"errorCode":"NoError","status":3})", {{property, "status", "'3'"}},
        refusal);
    CHECK(number.status == unknown_name<v16::ChargePointStatus>);
    auto const null = taken<v16::StatusNotificationRequest>(
        R"({"connectorId":1,"errorCode":"NoError","status":null})", {refusal});
    CHECK(null.status == unknown_name<v16::ChargePointStatus>);
    for (auto const* const given : {"true", "[]", "{}"})
        refused<v16::StatusNotificationRequest>(
            R"({"connectorId":1,"errorCode":"NoError","status":)" + std::string(given) + "}",
            refusal);
}

TEST_CASE("field: the names of fields are exact")
{
    refused<v16::AuthorizeRequest>(R"({"idtag":"04A1B2C3"})", {occurrence, "idTag", "is required"},
        Expected{format, "idtag", "no such field"});
}

// Nothing.

TEST_CASE("field: null and what is empty stand for nothing where nothing empty can be meant")
{
    struct Row {
        std::string_view field;
        std::string_view path;
        Expected strict;
    };
    Row const rows[] = {
        {R"("meterValue":[])", "meterValue", {occurrence, "meterValue", "at least 1 items"}},
        {R"("meterValue":null)", "meterValue", {type, "meterValue", "must be a list"}},
        {R"("evse":{})", "evse", {occurrence, "evse.id", "is required"}},
        {R"("evse":"")", "evse", {type, "evse", "must be an object"}},
        {R"("idToken":null)", "idToken", {type, "idToken", "must be an object"}},
        {R"("offline":null)", "offline", {type, "offline", "must be true or false"}},
        {R"("reservationId":"")", "reservationId", {type, "reservationId", "must be a number"}},
        {R"("customData":{})", "customData", {occurrence, "customData.vendorId", "is required"}},
        {R"("customData":null)", "customData", {type, "customData", "must be an object"}},
    };
    for (auto const& row : rows) {
        auto const event = taken<v201::TransactionEventRequest>(
            R"({"eventType":"Updated","timestamp":"2025-03-04T16:00:00Z","seqNo":3,)"
            R"("triggerReason":"Trigger","transactionInfo":{"transactionId":"t-9"},)" +
                std::string(row.field) + "}",
            {{type, row.path, "left out rather than"}}, row.strict);
        CHECK(encode(event) ==
              R"({"eventType":"Updated","timestamp":"2025-03-04T16:00:00Z",)"
              R"("triggerReason":"Trigger","seqNo":3,"transactionInfo":{"transactionId":"t-9"}})");
    }
}

TEST_CASE("field: data of any kind, null and empty ones too, is data in 2.x, and a text in 1.6")
{
    for (std::string const data : {"null", "\"\"", "[]", "{ }", "0", "{\"a\":[1.0]}"}) {
        auto const payload = "{\"data\":" + data + R"(,"vendorId":"org.example"})";
        auto const transfer = legal<v201::DataTransferRequest>(payload);
        REQUIRE(transfer.data.has_value());
        CHECK(transfer.data->text == data);
        CHECK(encode(transfer) == payload);
    }
    CHECK(legal<v16::DataTransferRequest>(R"({"vendorId":"org.example","data":""})").data == "");
    refused<v16::DataTransferRequest>(
        R"({"vendorId":"org.example","data":{"a":1}})", {type, "data", "must be a string"});
}

// What does not belong there.

TEST_CASE("field: fields that nobody knows are passed over, each with a remark")
{
    auto const boot = taken<v16::BootNotificationRequest>(
        R"({"chargePointVendor":"Nordlader","signal":{"rssi":[-71,null]},"chargePointModel":"N11",)"
        R"("Model":"N11","":1})",
        {{format, "signal", "no such field"}, {format, "Model", "no such field"},
            {format, "", "no such field"}});
    CHECK(boot.chargePointModel == "N11");
    auto const event = taken<v201::TransactionEventRequest>(
        R"({"eventType":"Updated","timestamp":"2025-03-04T16:00:00Z","seqNo":3,)"
        R"("triggerReason":"Trigger","transactionInfo":{"transactionId":"t-9","tariffId":"x"},)"
        R"("evse":{"id":1,"name":"left"}})",
        {{format, "transactionInfo.tariffId", "no such field"},
            {format, "evse.name", "no such field"}});
    CHECK(event.evse->id == 1);
    taken<v16::HeartbeatRequest>(R"({"customData":{"vendorId":"org.example"}})",
        {{format, "customData", "no such field"}});  // 1.6 has none
}

TEST_CASE("field: of a field that is given twice the first counts")
{
    auto const start = taken<v16::StartTransactionRequest>(
        R"({"connectorId":1,"idTag":"04A1B2C3","connectorId":2,"meterStart":0,)"
        R"("timestamp":"2025-03-04T16:00:00Z","idTag":null})",
        {{format, "connectorId", "given twice"}, {format, "idTag", "given twice"}});
    CHECK(start.connectorId == 1);
    CHECK(start.idTag == "04A1B2C3");
}

TEST_CASE("field: customData is kept byte for byte, through reading and writing")
{
    constexpr std::string_view data = R"({ "vendorId":"org.example", "a" : [1.50,)"
                                      R"( 12345678901234567890, "\u00e5\/", {"x":null} ],"a":1})";
    auto const evse_data = std::string(R"({"vendorId":"org.example","cable":"\"32 A\""})");
    auto const payload =
        R"({"eventType":"Updated","timestamp":"2025-03-04T16:00:00Z","triggerReason":"Trigger",)"
        R"("seqNo":3,"transactionInfo":{"transactionId":"t-9"},"evse":{"id":1,"customData":)" +
        evse_data + R"(},"customData":)" + std::string(data) + "}";
    auto const event = legal<v201::TransactionEventRequest>(payload);
    CHECK(event.customData.json() == data);
    CHECK(event.evse->customData.json() == evse_data);
    CHECK(encode(event) == payload);
    CHECK(encode(legal<v21::TransactionEventRequest>(payload)) == payload);
}

TEST_CASE("field: customData without a vendor is kept, and is not fit to be sent")
{
    auto const heartbeat = taken<v201::HeartbeatRequest>(
        R"({"customData":{"rssi":-71}})", {{occurrence, "customData.vendorId", "is required"}});
    CHECK(heartbeat.customData.json() == R"({"rssi":-71})");
    auto const broken = check(heartbeat);
    REQUIRE(broken.has_value());
    check_expected(*broken, {occurrence, "customData.vendorId", "is required"});
    auto const number = taken<v201::HeartbeatRequest>(
        R"({"customData":{"vendorId":17}})", {{type, "customData.vendorId", "must be a string"}});
    CHECK(number.customData.json() == R"({"vendorId":17})");
}

TEST_CASE("field: a message that is wrong in a thousand places has a hundred remarks")
{
    std::string payload = "{";
    for (int i = 0; i < 1000; ++i)
        payload += (i == 0 ? "\"x" : ",\"x") + std::to_string(i) + "\":1";
    auto const heartbeat = tolerated<v16::HeartbeatRequest>(payload + "}");
    REQUIRE(heartbeat.remarks.size() == 100);
    CHECK(heartbeat.remarks.back().path == "x99");
}

// Found by fuzzing: the fault spoke of a name that was not there any more.
TEST_CASE("field: a frame that is cut off in the value of an unknown field with an escaped name")
{
    auto const payload = R"({"a\nb":"c\n)" + std::string(100, 'd') + R"(\)";
    auto const result = decode_tolerantly<v16::HeartbeatRequest>({payload});
    REQUIRE(std::holds_alternative<Fault>(result));
    CHECK(std::get<Fault>(result).kind == FaultKind::rpc_framework);
}

}
