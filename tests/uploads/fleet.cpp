#include "tests/uploads/fleet.hpp"

#include "ocpp/timestamp.hpp"

#include <algorithm>

namespace uploads {

namespace {

using namespace std::chrono_literals;
using storage::Timestamp;

constexpr Timestamp first_day{
    std::chrono::sys_days{std::chrono::year{2025} / 6 / 1} + std::chrono::hours{6}};

std::string quoted(std::string const& text) { return '"' + text + '"'; }

std::string time_of(Timestamp at) { return quoted(ocpp::to_string(at)); }

struct Written {
    Timestamp at;
    Message message;
};

// One session, and what a station of either version writes about it.
struct Event {
    Part part;
    Timestamp at;
    std::int64_t register_wh;
};

std::string v16_values(Event const& event)
{
    return R"([{"timestamp":)" + time_of(event.at) + R"(,"sampledValue":[{"value":")" +
           std::to_string(event.register_wh) +
           R"(","measurand":"Energy.Active.Import.Register"},{"value":"7.1","unit":"kW",)"
           R"("measurand":"Power.Active.Import"}]}])";
}

std::string v201_values(Event const& event)
{
    return R"([{"timestamp":)" + time_of(event.at) + R"(,"sampledValue":[{"value":)" +
           std::to_string(event.register_wh) +
           R"(},{"value":10.5,"measurand":"Current.Import",)"
           R"("phase":"L1","unitOfMeasure":{"unit":"A"}}]}])";
}

Message v16_message(Event const& event, int connector, std::string const& token)
{
    auto const number = [](std::int64_t value) { return std::to_string(value); };
    switch (event.part) {
    case Part::start:
        return {0, event.part, "StartTransaction", [=](std::int64_t) {
                    return R"({"connectorId":)" + number(connector) + R"(,"idTag":)" +
                           quoted(token) + R"(,"meterStart":)" + number(event.register_wh) +
                           R"(,"timestamp":)" + time_of(event.at) + "}";
                }};
    case Part::values:
        return {0, event.part, "MeterValues", [=](std::int64_t id) {
                    return R"({"connectorId":)" + number(connector) + R"(,"transactionId":)" +
                           number(id) + R"(,"meterValue":)" + v16_values(event) + "}";
                }};
    case Part::stop: break;
    }
    return {0, event.part, "StopTransaction", [=](std::int64_t id) {
                return R"({"transactionId":)" + number(id) + R"(,"idTag":)" + quoted(token) +
                       R"(,"meterStop":)" + number(event.register_wh) + R"(,"timestamp":)" +
                       time_of(event.at) + R"(,"reason":"EVDisconnected"})";
            }};
}

Message v201_message(Event const& event, int evse, std::string const& token,
    std::string const& transaction, int sequence)
{
    bool const first = event.part == Part::start;
    std::string const type = first ? "Started" : event.part == Part::stop ? "Ended" : "Updated";
    std::string text = R"({"eventType":)" + quoted(type) + R"(,"timestamp":)" + time_of(event.at) +
                       R"(,"triggerReason":"MeterValuePeriodic","seqNo":)" +
                       std::to_string(sequence) + R"(,"transactionInfo":{"transactionId":)" +
                       quoted(transaction) + "},";
    if (first)
        text += R"("evse":{"id":)" + std::to_string(evse) + R"(},"idToken":{"idToken":)" +
                quoted(token) + R"(,"type":"ISO14443"},)";
    text += R"("meterValue":)" + v201_values(event) + "}";
    return {0, event.part, "TransactionEvent", [text](std::int64_t) { return text; }};
}

// Sessions of one outlet, one after the other. Tokens of outlets differ: a stop without a usable
// id names the right one.
void add_outlet(Dice& dice, Station& station, int outlet, int sessions, std::vector<Written>& all)
{
    Timestamp clock = first_day + std::chrono::minutes{dice.between(0, 600)};
    std::int64_t register_wh = dice.between(0, 5'000'000);
    std::string const token = "TAG" + std::to_string(outlet);
    for (int n = 0; n < sessions; ++n) {
        auto const transaction = station.transactions++;
        auto const name = station.identity + "-" + std::to_string(transaction);
        bool const stops = !dice.one_in(5);
        int const values = dice.between(0, 6);
        int sequence = dice.between(0, 2);
        auto const write = [&](Part part) {
            Event const event{part, clock, register_wh};
            auto message = station.version == ocpp::Version::v16
                               ? v16_message(event, outlet, token)
                               : v201_message(event, outlet, token, name, sequence++);
            message.transaction = transaction;
            all.push_back({clock, std::move(message)});
            clock += std::chrono::seconds{dice.between(60, 900)};
            register_wh += dice.between(0, 400);
        };
        write(Part::start);
        for (int k = 0; k < values; ++k) write(Part::values);
        if (stops) write(Part::stop);
        clock += std::chrono::minutes{dice.between(1, 300)};
    }
}

}

std::vector<Station> random_fleet(Dice& dice, int stations, int sessions_per_outlet)
{
    std::vector<Station> fleet;
    for (int n = 1; n <= stations; ++n) {
        Station station;
        station.identity = "CP-" + std::to_string(n);
        station.version = dice.one_in(2) ? ocpp::Version::v16 : ocpp::Version::v201;
        station.outlets = dice.between(1, 2);
        std::vector<Written> all;
        for (int outlet = 1; outlet <= station.outlets; ++outlet)
            add_outlet(dice, station, outlet, dice.between(1, sessions_per_outlet), all);
        std::stable_sort(all.begin(), all.end(),
            [](Written const& one, Written const& other) { return one.at < other.at; });
        for (auto& written : all) station.messages.push_back(std::move(written.message));
        fleet.push_back(std::move(station));
    }
    return fleet;
}

}
