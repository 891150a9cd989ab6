#include "ocpp/codec.hpp"
#include "ocpp/frame.hpp"
#include "ocpp/v16/actions.hpp"
#include "ocpp/v201/actions.hpp"
#include "tools/benchmarks/messages.hpp"

#include <doctest/doctest.h>

namespace {

using namespace bench;
namespace v16 = ocpp::v16;
namespace v201 = ocpp::v201;

// 2026-11-22 09:00:00.250 UTC: 20,779 days after 1970-01-01.
Timestamp const at{
    std::chrono::days(20'779) + std::chrono::hours(9) + std::chrono::milliseconds(250)};

// The message in a CALL with this payload, as the codec understands it: a fault is an exception.
template <class Request>
Request decoded(std::string const& payload, ocpp::Version version)
{
    auto const text = call_text("00000001", ocpp::ActionOf<Request>::name, payload);
    auto const frame = ocpp::parse_frame(text, version);
    auto const& call = std::get<ocpp::Call>(frame);
    CHECK(call.id == "00000001");
    CHECK(call.action == ocpp::ActionOf<Request>::name);
    auto message = ocpp::decode<Request>(call.payload);
    if (auto const* fault = std::get_if<ocpp::Fault>(&message)) FAIL(ocpp::describe(*fault));
    return std::get<Request>(std::move(message));
}

TEST_CASE("the meter values of the load are nine valid samples of one instant")
{
    auto const message = decoded<v16::MeterValuesRequest>(
        meter_values(7, at, 1'234'567), ocpp::Version::v16);
    CHECK(message.connectorId == 1);
    REQUIRE(message.transactionId.has_value());
    CHECK(*message.transactionId == 7);
    REQUIRE(message.meterValue.size() == 1);
    auto const& value = message.meterValue.front();
    CHECK(value.timestamp == at);
    REQUIRE(value.sampledValue.size() == 9);
    CHECK(value.sampledValue[0].value == "1234567");
}

TEST_CASE("what the stations say before the load is valid")
{
    decoded<v16::BootNotificationRequest>(boot_v16(), ocpp::Version::v16);
    decoded<v16::StatusNotificationRequest>(available_v16(), ocpp::Version::v16);
    decoded<v201::BootNotificationRequest>(boot_v201(), ocpp::Version::v201);
    auto const status = decoded<v201::StatusNotificationRequest>(
        available_v201(at), ocpp::Version::v201);
    CHECK(status.timestamp == at);
    auto const start = decoded<v16::StartTransactionRequest>(
        start_transaction(at, 1'234'567), ocpp::Version::v16);
    CHECK(start.timestamp == at);
    CHECK(start.meterStart == 1'234'567);
    auto const stop = decoded<v16::StopTransactionRequest>(
        stop_transaction(7, at, 1'234'999), ocpp::Version::v16);
    CHECK(stop.transactionId == 7);
    CHECK(stop.timestamp == at);
    CHECK(stop.meterStop == 1'234'999);
}

TEST_CASE("a limit is accepted under the id that it came with")
{
    auto const text = accepted_text("abc");
    auto const frame = ocpp::parse_frame(text, ocpp::Version::v16);
    auto const& result = std::get<ocpp::CallResult>(frame);
    CHECK(result.id == "abc");
    auto const answer = ocpp::decode<v16::SetChargingProfileResponse>(result.payload);
    CHECK(std::get<v16::SetChargingProfileResponse>(answer).status ==
          v16::ChargingProfileStatus::accepted);
}

TEST_CASE("a number is found by its name, and missed loudly")
{
    CHECK(number_in(R"([3,"1",{"idTagInfo":{},"transactionId":42}])", "transactionId") == 42);
    CHECK_THROWS(number_in(R"([3,"1",{}])", "transactionId"));
}

}
