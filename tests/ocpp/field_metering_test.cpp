// What stations in the field send as meter values: units, names and signed data.
#include "field_case.hpp"
#include "ocpp/v16/metering.hpp"
#include "ocpp/v16/transactions.hpp"
#include "ocpp/v201/metering.hpp"
#include "ocpp/v21/metering.hpp"

#include <doctest/doctest.h>

#include <string>

namespace ocpp::test {

namespace {

using v16::Measurand;
using v16::UnitOfMeasure;

// The path of a field of the one sampled value in the payloads below.
std::string path_of(std::string const& field) { return "meterValue[0].sampledValue[0]." + field; }

// A 1.6 MeterValues.req with one sampled value that has these fields.
std::string sampled16(std::string_view fields)
{
    return R"({"connectorId":1,"transactionId":5,"meterValue":[{)"
           R"("timestamp":"2025-03-04T16:15:00Z","sampledValue":[{)" +
           std::string(fields) + "}]}]}";
}

// A 2.x MeterValuesRequest with one sampled value that has these fields.
std::string sampled2(std::string_view fields)
{
    return R"({"evseId":1,"meterValue":[{"timestamp":"2025-03-04T16:15:00Z","sampledValue":[{)" +
           std::string(fields) + "}]}]}";
}

template <class Request>
auto first_value(Request const& request)
{
    return request.meterValue.at(0).sampledValue.at(0);
}

}

TEST_CASE("field: no sampled value at all is legal in 1.6 and taken in 2.x")
{
    // lbbrhzn/ocpp#466
    auto const values = legal<v16::MeterValuesRequest>(
        R"({"connectorId":1,"meterValue":[{"timestamp":"2025-03-04T16:15:00Z",)"
        R"("sampledValue":[]}]})");
    CHECK(values.meterValue.at(0).sampledValue.empty());
    auto const values2 = taken<v201::MeterValuesRequest>(
        R"({"evseId":1,"meterValue":[{"timestamp":"2025-03-04T16:15:00Z","sampledValue":[]}]})",
        {{occurrence, "meterValue[0].sampledValue", "at least 1 items"}});
    CHECK(values2.meterValue.at(0).sampledValue.empty());
    auto const none = taken<v201::MeterValuesRequest>(
        R"({"evseId":1,"meterValue":[]})", {{occurrence, "meterValue", "at least 1 items"}});
    CHECK(none.meterValue.empty());
}

TEST_CASE(
    "field: values of the main meter, one to an entry and each a transaction's begin, are legal")
{
    // evcc-io/evcc#29190, lbbrhzn/ocpp#1709
    auto const values = legal<v16::MeterValuesRequest>(
        R"({"connectorId":0,"meterValue":[)"
        R"({"timestamp":"2025-03-04T16:15:00Z","sampledValue":[{"value":"4296944685",)"
        R"("context":"Transaction.Begin"}]},)"
        R"({"timestamp":"2025-03-04T16:15:00Z","sampledValue":[{"value":"15.98",)"
        R"("context":"Transaction.Begin","measurand":"Current.Import","phase":"L1-N"}]}]})");
    CHECK(values.connectorId == 0);
    CHECK(first_value(values).value == "4296944685");
    CHECK(!first_value(values).measurand);
    CHECK(values.meterValue.at(1).sampledValue.at(0).phase == v16::Phase::l1_n);
}

TEST_CASE("field: Hertz is understood as the unit of a frequency, and never sent")
{
    // mobilityhouse/ocpp#70, lbbrhzn/ocpp#1969
    for (auto const* const unit : {"Hertz", "hertz"}) {
        auto const path = path_of("unit");
        auto const quoted = "'" + std::string(unit) + "'";
        auto const values = taken<v16::MeterValuesRequest>(
            sampled16(
                R"("value":"49.98","measurand":"Frequency","unit":")" + std::string(unit) + "\""),
            {{property, path, quoted}});
        CHECK(first_value(values).unit == UnitOfMeasure::hertz);
        CHECK(first_value(values).value == "49.98");
        auto const broken = check(values);
        REQUIRE(broken.has_value());
        check_expected(*broken, {property, path, "one of Wh"});
    }
}

TEST_CASE("field: both spellings of Celsius are legal in 1.6, and another case is understood")
{
    CHECK(first_value(legal<v16::MeterValuesRequest>(
                          sampled16(R"("value":"31","measurand":"Temperature","unit":"Celcius")")))
              .unit == UnitOfMeasure::celcius);
    CHECK(first_value(legal<v16::MeterValuesRequest>(
                          sampled16(R"("value":"31","measurand":"Temperature","unit":"Celsius")")))
              .unit == UnitOfMeasure::celsius);
    CHECK(first_value(taken<v16::MeterValuesRequest>(
                          sampled16(R"("value":"31","measurand":"Temperature","unit":"celsius")"),
                          {{property, path_of("unit"), "'celsius'"}}))
              .unit == UnitOfMeasure::celsius);
}

TEST_CASE("field: units of 2.x are free text")
{
    for (std::string const unit : {"Hertz", "Celcius", "mA", ""}) {
        auto const values = legal<v201::MeterValuesRequest>(
            sampled2(R"("value":1,"unitOfMeasure":{"unit":")" + unit + "\"}"));
        CHECK(first_value(values).unitOfMeasure->unit == unit);
    }
}

TEST_CASE("field: a unit in another case is the same unit, and one that nobody knows is not Wh")
{
    struct Row {
        std::string_view given;
        UnitOfMeasure unit;
    };
    constexpr auto unknown = unknown_name<UnitOfMeasure>;
    constexpr Row rows[] = {{"WH", UnitOfMeasure::wh}, {"KWH", UnitOfMeasure::kwh},
        {"kw", UnitOfMeasure::kw}, {"amp", unknown}, {"mA", unknown}, {"MWh", unknown},
        {"%", unknown}};
    for (auto const& [given, unit] : rows) {
        auto const quoted = "'" + std::string(given) + "'";
        auto const values = taken<v16::MeterValuesRequest>(
            sampled16(R"("value":"7","unit":")" + std::string(given) + "\""),
            {{property, path_of("unit"), quoted}});
        CHECK(first_value(values).unit == unit);
    }
}

TEST_CASE("field: a measurand that nobody knows is not the default one")
{
    auto const values = taken<v16::MeterValuesRequest>(
        sampled16(R"("value":"77","measurand":"Energy.Active.Import.Total","unit":"kWh")"),
        {{property, path_of("measurand"), "'Energy.Active.Import.Total'"}});
    CHECK(first_value(values).measurand == unknown_name<Measurand>);
    CHECK(first_value(values).measurand != Measurand::energy_active_import_register);
    CHECK(first_value(values).unit == UnitOfMeasure::kwh);

    auto const values2 = taken<v201::MeterValuesRequest>(
        sampled2(R"("value":77,"measurand":"Temperature")"),  // is one in 1.6 only
        {{property, path_of("measurand"), "'Temperature'"}});
    CHECK(first_value(values2).measurand == unknown_name<v201::Measurand>);
    auto const values21 = taken<v21::MeterValuesRequest>(
        sampled2(R"("value":77,"measurand":"RPM")"), {{property, path_of("measurand"), "'RPM'"}});
    CHECK(first_value(values21).measurand == unknown_name<v21::Measurand>);
}

TEST_CASE("field: other names that nobody knows leave the value with its quantity")
{
    // mobilityhouse/ocpp#617: replayed values with a context of their own.
    auto const values = taken<v16::MeterValuesRequest>(
        sampled16(R"("value":"1500","context":"Replay","format":"Text","phase":"L4",)"
                  R"("measurand":"power.active.import","location":"Cabinet")"),
        {{property, path_of("context"), "'Replay'"}, {property, path_of("format"), "'Text'"},
            {property, path_of("phase"), "'L4'"},
            {property, path_of("measurand"), "'power.active.import'"},
            {property, path_of("location"), "'Cabinet'"}});
    auto const value = first_value(values);
    CHECK(value.context == unknown_name<v16::ReadingContext>);
    CHECK(value.format == unknown_name<v16::ValueFormat>);
    CHECK(value.phase == unknown_name<v16::Phase>);
    CHECK(value.measurand == Measurand::power_active_import);
    CHECK(value.location == unknown_name<v16::Location>);
}

TEST_CASE("field: empty and null names of a value are none")
{
    auto const values = taken<v16::MeterValuesRequest>(
        sampled16(R"("value":"61","measurand":"SoC","phase":"","unit":null)"),
        {{type, path_of("phase"), "rather than \"\""}, {type, path_of("unit"), "rather than null"}},
        Expected{property, path_of("phase"), "one of L1"});
    CHECK(first_value(values).measurand == Measurand::soc);
    CHECK(!first_value(values).phase);
    CHECK(!first_value(values).unit);
}

TEST_CASE(
    "field: a value that is a number in 1.6 keeps its digits, and a text in 2.x is its number")
{
    for (auto const* const digits : {"230.10", "0", "-5.0e1", "12345678901234567890.123"}) {
        auto const values = taken<v16::MeterValuesRequest>(
            sampled16("\"value\":" + std::string(digits)),
            {{type, path_of("value"), "must be a string"}});
        CHECK(first_value(values).value == digits);
    }
    auto const values = taken<v201::MeterValuesRequest>(
        sampled2(R"("value":"230.1","unitOfMeasure":{"unit":"V","multiplier":"0"})"),
        {{type, path_of("value"), "must be a number"},
            {type, path_of("unitOfMeasure.multiplier"), "must be a number"}});
    CHECK(first_value(values).value == Decimal{230.1});
    CHECK(first_value(values).unitOfMeasure->multiplier == 0);
}

TEST_CASE("field: a value that is no number is kept in 1.6 and refused in 2.x")
{
    for (std::string const text : {"", "NaN", "230,1", "230 V", "-"}) {
        auto const fields = "\"value\":\"" + text + "\"";
        CHECK(first_value(legal<v16::MeterValuesRequest>(sampled16(fields))).value == text);
        refused<v201::MeterValuesRequest>(
            sampled2(fields), {type, path_of("value"), "must be a number"});
    }
}

// Signed data: one byte that changes makes the signature void.

TEST_CASE("field: signed data of 1.6 is kept byte for byte, with its escapes decoded")
{
    // OCMF in the container that the alliance's paper on signed meter values describes: JSON in a
    // text in JSON. The slash and the letter may be escaped or not.
    auto const values = legal<v16::StopTransactionRequest>(
        R"({"meterStop":18230,"timestamp":"2025-03-04T17:20:00Z","transactionId":5,)"
        R"("transactionData":[{"timestamp":"2025-03-04T17:20:00Z","sampledValue":[{)"
        R"("format":"SignedData","context":"Transaction.End","value":)"
        R"("{\"signedMeterData\":\"OCMF|{\\\"GS\\\":\\\"N\u00f6rd\\/1\\\", \\\"RV\\\":18.230}|)"
        R"({\\\"SD\\\":\\\"30\/45\\\"}\",\"encodingMethod\":\"OCMF\"}"}]}]})");
    auto const& value = values.transactionData->at(0).sampledValue.at(0);
    CHECK(value.format == v16::ValueFormat::signed_data);
    CHECK(value.value == R"({"signedMeterData":"OCMF|{\"GS\":\"N)"
                         "\xC3\xB6"
                         R"(rd\/1\", \"RV\":18.230}|{\"SD\":\"30/45\"}","encodingMethod":"OCMF"})");
}

TEST_CASE("field: signed data of any encoding and length is kept as it is in 1.6")
{
    // SAFE-eV/OCMF-Open-Charge-Metering-Format#3: plain, hexadecimal or Base64.
    std::string const base64(6000, 'Q');
    for (std::string const& data :
        {std::string("4F434D467C7B7D"), std::string("T0NNRnx7fQ=="), base64}) {
        auto const values = legal<v16::MeterValuesRequest>(
            sampled16(R"("format":"SignedData","value":")" + data + "\""));
        CHECK(first_value(values).value == data);
    }
    auto const plain = legal<v16::MeterValuesRequest>(
        sampled16(R"("format":"SignedData","value":"OCMF|{ \"RV\" : 1.50 }|{\"SD\":\"30\"}\r\n")"));
    CHECK(first_value(plain).value == "OCMF|{ \"RV\" : 1.50 }|{\"SD\":\"30\"}\r\n");
}

TEST_CASE("field: signed data of 2.0.1 beyond 2500 characters is kept whole, and 2.1 allows it")
{
    std::string const data(2501, 'Q');
    auto const payload = sampled2(
        R"("value":18.23,"signedMeterValue":{"signedMeterData":")" + data +
        R"(","signingMethod":"","encodingMethod":"OCMF","publicKey":""})");
    auto const values = taken<v201::MeterValuesRequest>(
        payload, {{property, path_of("signedMeterValue.signedMeterData"), "at most 2500"}});
    CHECK(first_value(values).signedMeterValue->signedMeterData == data);
    CHECK(first_value(legal<v21::MeterValuesRequest>(payload)).signedMeterValue->signedMeterData ==
          data);
}

TEST_CASE("field: signed data without method and key is legal in 2.1 and refused in 2.0.1")
{
    auto const payload = sampled2(
        R"("value":18.23,"signedMeterValue":{"signedMeterData":"QQ==","encodingMethod":"OCMF"})");
    auto const value = first_value(legal<v21::MeterValuesRequest>(payload));
    CHECK(!value.signedMeterValue->publicKey);
    refused<v201::MeterValuesRequest>(
        payload, {occurrence, path_of("signedMeterValue.signingMethod"), "is required"});
}

}
