#include "ocpp/codec.hpp"
#include "ocpp/v16/actions.hpp"
#include "ocpp/v201/actions.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace ocpp {

namespace {

template <class M>
M decoded(std::string_view json)
{
    auto result = decode<M>({json});
    if (auto const* fault = std::get_if<Fault>(&result)) FAIL(describe(*fault));
    return std::get<M>(std::move(result));
}

template <class M>
Fault refused(std::string_view json)
{
    auto result = decode<M>({json});
    REQUIRE_MESSAGE(std::holds_alternative<Fault>(result), json);
    return std::get<Fault>(std::move(result));
}

// Kind and path only; the rule is for people.
template <class M>
void check_refused(std::string_view json, FaultKind kind, std::string_view path)
{
    auto const fault = refused<M>(json);
    CAPTURE(json);
    CHECK(fault.kind == kind);
    CHECK(fault.path == path);
    CHECK(!fault.rule.empty());
}

// A 1.6 StopTransaction.req with a field replaced or added.
std::string stop_with(std::string_view field)
{
    return R"({"meterStop":1,"timestamp":"2025-01-02T03:04:05Z","transactionId":1,)" +
           std::string(field) + "}";
}

}

TEST_CASE("a 1.6 BootNotification is read field by field")
{
    auto const boot = decoded<v16::BootNotificationRequest>(
        R"({"chargePointVendor":"Maker","chargePointModel":"One","firmwareVersion":"1.2"})");
    CHECK(boot.chargePointVendor == "Maker");
    CHECK(boot.chargePointModel == "One");
    CHECK(boot.firmwareVersion == "1.2");
    CHECK(!boot.iccid.has_value());
}

TEST_CASE("a response is written in the schema's order, without absent fields")
{
    v16::BootNotificationResponse const response{
        .status = v16::RegistrationStatus::pending,
        .currentTime = Timestamp{std::chrono::milliseconds{1'735'787'045'500}},
        .interval = 300,
    };
    CHECK(encode(response) ==
          R"({"status":"Pending","currentTime":"2025-01-02T03:04:05.500Z","interval":300})");
    CHECK(encode(v16::StopTransactionResponse{}) == "{}");
    CHECK(encode(v201::HeartbeatRequest{}) == "{}");
}

TEST_CASE("a fault names the path of its field")
{
    constexpr auto* two_values = R"({"connectorId":1,"meterValue":[
        {"timestamp":"2025-01-02T03:04:05Z","sampledValue":[{"value":"1"}]},
        {"timestamp":"2025-01-02T03:04:06Z","sampledValue":[{"value":"1"},{"value":2}]}]})";
    check_refused<v16::MeterValuesRequest>(
        two_values, FaultKind::type_constraint, "meterValue[1].sampledValue[1].value");
    check_refused<v16::MeterValuesRequest>(
        R"({"connectorId":1,"meterValue":[{"timestamp":"2025-01-02T03:04:05Z"}]})",
        FaultKind::occurrence_constraint, "meterValue[0].sampledValue");
}

TEST_CASE("each sort of mistake has its kind of fault")
{
    using Boot = v16::BootNotificationRequest;
    check_refused<Boot>("[]", FaultKind::format, "");
    check_refused<Boot>("7", FaultKind::format, "");
    check_refused<Boot>(
        R"({"chargePointVendor":"a"})", FaultKind::occurrence_constraint, "chargePointModel");
    check_refused<Boot>(R"({"chargePointVendor":"a","chargePointModel":null})",
        FaultKind::type_constraint, "chargePointModel");
    check_refused<Boot>(R"({"chargePointVendor":"a","chargePointModel":"b","colour":"red"})",
        FaultKind::format, "colour");
    check_refused<Boot>(
        R"({"chargePointVendor":"a","chargePointModel":"b","":1})", FaultKind::format, "");
    check_refused<Boot>(R"({"chargePointVendor":"a","chargePointModel":"123456789012345678901"})",
        FaultKind::property_constraint, "chargePointModel");
    check_refused<v16::StopTransactionRequest>(
        stop_with(R"("reason":"Boredom")"), FaultKind::property_constraint, "reason");
    check_refused<v201::MeterValuesRequest>(
        R"({"evseId":1,"meterValue":[]})", FaultKind::occurrence_constraint, "meterValue");
}

TEST_CASE("names of enumerations are case-sensitive")
{
    check_refused<v16::StopTransactionRequest>(
        stop_with(R"("reason":"local")"), FaultKind::property_constraint, "reason");
    CHECK(decoded<v16::StopTransactionRequest>(stop_with(R"("reason":"Local")")).reason ==
          v16::Reason::local);
}

TEST_CASE("null is no value of an optional field")
{
    check_refused<v16::StopTransactionRequest>(
        stop_with(R"("reason":null)"), FaultKind::type_constraint, "reason");
    check_refused<v201::ClearChargingProfileRequest>(
        R"({"chargingProfileId":null})", FaultKind::type_constraint, "chargingProfileId");
}

TEST_CASE("lengths count characters, not bytes")
{
    // Twenty characters of two bytes each.
    std::string twenty;
    for (int i = 0; i < 20; ++i) twenty += "\xC3\xA5";
    CHECK(decoded<v16::AuthorizeRequest>(R"({"idTag":")" + twenty + "\"}").idTag == twenty);
    check_refused<v16::AuthorizeRequest>(
        R"({"idTag":")" + twenty + "x\"}", FaultKind::property_constraint, "idTag");
}

TEST_CASE("both spellings of Celsius are read in 1.6")
{
    auto const unit = [](std::string const& name) {
        return decoded<v16::MeterValuesRequest>(
            R"({"connectorId":1,"meterValue":[{"timestamp":"2025-01-02T03:04:05Z",)"
            R"("sampledValue":[{"value":"20","unit":")" +
            name + "\"}]}]}")
            .meterValue[0]
            .sampledValue[0]
            .unit;
    };
    CHECK(unit("Celcius") == v16::UnitOfMeasure::celcius);
    CHECK(unit("Celsius") == v16::UnitOfMeasure::celsius);
}

TEST_CASE("whole numbers of 64 bits are exact")
{
    auto const id = [](std::string const& number) {
        return decoded<v16::RemoteStopTransactionRequest>("{\"transactionId\":" + number + "}")
            .transactionId.value;
    };
    CHECK(id("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
    CHECK(id("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
    CHECK(id("9007199254740993") == 9'007'199'254'740'993);  // 2^53 + 1, which a double cannot hold
    CHECK(id("5.0") == 5);
    CHECK(id("-1e3") == -1000);
    CHECK(encode(v16::RemoteStopTransactionRequest{9'223'372'036'854'775'807}) ==
          R"({"transactionId":9223372036854775807})");
}

TEST_CASE("a number that is not whole, or too large, or text, is no whole number")
{
    auto const fault = [](std::string const& number) {
        return refused<v16::RemoteStopTransactionRequest>("{\"transactionId\":" + number + "}")
            .kind;
    };
    CHECK(fault("5.5") == FaultKind::type_constraint);
    CHECK(fault("\"5\"") == FaultKind::type_constraint);
    CHECK(fault("true") == FaultKind::type_constraint);
    CHECK(fault("9223372036854775808") == FaultKind::property_constraint);   // 2^63
    CHECK(fault("18446744073709551616") == FaultKind::property_constraint);  // 2^64
    CHECK(fault("1e300") == FaultKind::property_constraint);
}

TEST_CASE("limits of 1.6 are kept in tenths and have one decimal at most")
{
    auto const period = [](std::string const& limit) {
        return R"({"status":"Accepted","chargingSchedule":{"chargingRateUnit":"A",)"
               R"("chargingSchedulePeriod":[{"startPeriod":0,"limit":)" +
               limit + "}]}}";
    };
    auto const tenths = [&](std::string const& limit) {
        return decoded<v16::GetCompositeScheduleResponse>(period(limit))
            .chargingSchedule->chargingSchedulePeriod[0]
            .limit.tenths;
    };
    CHECK(tenths("16") == 160);
    CHECK(tenths("16.1") == 161);
    CHECK(tenths("16.10") == 161);
    CHECK(tenths("7.7") == 77);
    CHECK(tenths("0") == 0);
    CHECK(tenths("-0.5") == -5);
    CHECK(tenths("1.6e1") == 160);
    CHECK(tenths("11039.9") == 110'399);
    CHECK(tenths("2147483647") == 21'474'836'470);

    // Every tenth up to 100 A: a check by multipleOf in binary fractions refuses some of them.
    for (std::int64_t n = 0; n <= 1000; ++n)
        REQUIRE(tenths(std::to_string(n / 10) + "." + std::to_string(n % 10)) == n);

    constexpr auto* path = "chargingSchedule.chargingSchedulePeriod[0].limit";
    using Response = v16::GetCompositeScheduleResponse;
    for (std::string const limit :
        {"16.15", "16.001", "1000000.05", "0.01", "1e300", "1e18", "16.100000381469727"})
        check_refused<Response>(period(limit), FaultKind::property_constraint, path);
    check_refused<Response>(period("\"16\""), FaultKind::type_constraint, path);
}

TEST_CASE("tenths are written as a person would")
{
    auto const written = [](std::int64_t tenths) {
        v16::ChargingSchedulePeriod const period{.startPeriod = 0, .limit = {tenths}};
        v16::GetCompositeScheduleResponse const response{
            .chargingSchedule = v16::ChargingSchedule{.chargingSchedulePeriod = {period}}};
        auto const text = encode(response);
        auto const begin = text.find("\"limit\":") + 8;
        return text.substr(begin, text.find('}', begin) - begin);
    };
    CHECK(written(160) == "16");
    CHECK(written(161) == "16.1");
    CHECK(written(5) == "0.5");
    CHECK(written(-5) == "-0.5");
    CHECK(written(-161) == "-16.1");
    CHECK(written(0) == "0");
    CHECK(written(std::numeric_limits<std::int64_t>::max()) == "922337203685477580.7");
    CHECK(written(std::numeric_limits<std::int64_t>::min()) == "-922337203685477580.8");
}

TEST_CASE("decimals of 2.0.1 are written in the shortest form that reads back")
{
    auto const written = [](double cost) {
        return encode(v201::TransactionEventResponse{.totalCost = Decimal{cost}});
    };
    CHECK(written(0.1) == R"({"totalCost":0.1})");
    CHECK(written(16.0) == R"({"totalCost":16})");
    CHECK(written(-12345.678) == R"({"totalCost":-12345.678})");
    CHECK(decoded<v201::TransactionEventResponse>(written(0.1)).totalCost == Decimal{0.1});
    CHECK(decoded<v201::TransactionEventResponse>(R"({"totalCost":3})").totalCost == Decimal{3});
    CHECK(written(std::numeric_limits<double>::infinity()) == R"({"totalCost":null})");
    check_refused<v201::TransactionEventResponse>(
        R"({"totalCost":1e400})", FaultKind::property_constraint, "totalCost");
}

TEST_CASE("a date-time needs a zone")
{
    constexpr auto* without_zone = R"({"currentTime":"2025-01-02T03:04:05"})";
    check_refused<v16::HeartbeatResponse>(
        without_zone, FaultKind::property_constraint, "currentTime");
    check_refused<v201::HeartbeatResponse>(
        without_zone, FaultKind::property_constraint, "currentTime");
}

TEST_CASE("customData may stand in any object of 2.0.1 and needs a vendorId")
{
    using Boot = v201::BootNotificationRequest;
    auto const boot_with = [](std::string const& data) {
        return R"({"reason":"PowerUp","chargingStation":{"model":"a","vendorName":"b",)"
               R"("customData":)" +
               data + "}}";
    };
    CHECK(
        decoded<Boot>(boot_with(R"({"vendorId":"org.x","anything":[{}]})")).chargingStation.model ==
        "a");
    constexpr auto* path = "chargingStation.customData";
    check_refused<Boot>(boot_with("7"), FaultKind::type_constraint, path);
    check_refused<Boot>(boot_with("null"), FaultKind::type_constraint, path);
    check_refused<Boot>(
        boot_with("{}"), FaultKind::occurrence_constraint, "chargingStation.customData.vendorId");
    check_refused<Boot>(boot_with(R"({"vendorId":7})"), FaultKind::type_constraint,
        "chargingStation.customData.vendorId");
    check_refused<Boot>(boot_with(R"({"vendorId":")" + std::string(256, 'x') + "\"}"),
        FaultKind::property_constraint, "chargingStation.customData.vendorId");
    check_refused<v201::HeartbeatRequest>(
        R"({"customData":{"vendorId":"x"},"b":1})", FaultKind::format, "b");
    check_refused<v16::HeartbeatRequest>(
        R"({"customData":{"vendorId":"x"}})", FaultKind::format, "customData");
}

TEST_CASE(
    "the first fault in the order of the text is the one that is told, and then what is missing")
{
    check_refused<v16::StartTransactionRequest>(
        R"({"connectorId":1,"idTag":7,"timestamp":"never","zzz":1})", FaultKind::type_constraint,
        "idTag");
    check_refused<v16::StartTransactionRequest>(
        R"({"connectorId":1,"zzz":1})", FaultKind::format, "zzz");
    check_refused<v16::StartTransactionRequest>(
        R"({"connectorId":1})", FaultKind::occurrence_constraint, "idTag");
}

TEST_CASE("text goes out as JSON, whatever it contains")
{
    v16::AuthorizeRequest const request{.idTag = std::string("\"\\\b\x1F/\x7F\xC3\xA5\xFF")};
    CHECK(encode(request) == "{\"idTag\":\"\\\"\\\\\\u0008\\u001f/\x7F\xC3\xA5\xEF\xBF\xBD\"}");
}

TEST_CASE("our own messages are checked by the same rules")
{
    auto const is_broken = [](auto const& message, FaultKind kind, std::string_view path) {
        auto const fault = check(message);
        REQUIRE(fault.has_value());
        CHECK(fault->kind == kind);
        CHECK(fault->path == path);
    };
    constexpr auto property = FaultKind::property_constraint;
    constexpr auto occurrence = FaultKind::occurrence_constraint;

    CHECK(!check(v16::AuthorizeRequest{.idTag = "12345678901234567890"}).has_value());
    is_broken(v16::AuthorizeRequest{.idTag = "123456789012345678901"}, property, "idTag");
    is_broken(v16::AuthorizeRequest{.idTag = "\xFF"}, property, "idTag");
    is_broken(v201::MeterValuesRequest{.evseId = 1}, occurrence, "meterValue");
    is_broken(
        v16::ClearChargingProfileResponse{
            .status = static_cast<v16::ClearChargingProfileStatus>(2)},
        property, "status");
    is_broken(
        v201::TransactionEventResponse{
            .totalCost = Decimal{std::numeric_limits<double>::infinity()}},
        property, "totalCost");
    is_broken(v16::HeartbeatResponse{.currentTime = Timestamp::max()}, property, "currentTime");

    v201::ChargingSchedule schedule{.id = 1, .chargingSchedulePeriod = {{.limit = {16}}}};
    schedule.salesTariff = v201::SalesTariff{.salesTariffEntry = {{.ePriceLevel = -1}}};
    v201::SetChargingProfileRequest const request{
        .chargingProfile = {.chargingSchedule = {v201::ChargingSchedule{}, schedule}}};
    is_broken(request, occurrence, "chargingProfile.chargingSchedule[0].chargingSchedulePeriod");
    v201::SetChargingProfileRequest const level{
        .chargingProfile = {.chargingSchedule = {schedule}}};
    is_broken(level, property,
        "chargingProfile.chargingSchedule[0].salesTariff.salesTariffEntry[0].ePriceLevel");
}

TEST_CASE("an action knows its name, its version, its direction and its response")
{
    using Start = ActionOf<v16::StartTransactionRequest>;
    CHECK(Start::name == "StartTransaction");
    CHECK(Start::version == Version::v16);
    CHECK(Start::direction == Direction::from_station);
    static_assert(std::is_same_v<Start::Response, v16::StartTransactionResponse>);
    CHECK(ActionOf<v201::RequestStopTransactionRequest>::direction == Direction::to_station);
}

}
