#include "tests/engine/schema_witness.hpp"

#include "ocpp/catalogue.hpp"
#include "ocpp/frame.hpp"

#include <stdexcept>

namespace test {

namespace {

void check(ocpp::Layout const& layout, ocpp::Payload payload, std::string_view text)
{
    auto const read = ocpp::rewrite(layout, payload, ocpp::Level::strict);
    if (auto const* fault = std::get_if<ocpp::Fault>(&read))
        throw std::runtime_error("the engine sends what its schema refuses: " +
                                 ocpp::describe(*fault) + " in " + std::string(text));
}

}

void SchemaWitness::from_station(
    std::string const& station, ocpp::Version version, std::string_view text)
{
    auto const frame = ocpp::parse_frame(text, version);
    if (auto const* call = std::get_if<ocpp::Call>(&frame))
        asked_.emplace(std::pair(station, call->id), call->action);
}

void SchemaWitness::to_station(
    std::string const& station, ocpp::Version version, std::string_view text)
{
    auto const frame = ocpp::parse_frame(text, version);
    if (auto const* call = std::get_if<ocpp::Call>(&frame)) {
        auto const* action = ocpp::find_action(version, call->action);
        if (action == nullptr || action->direction == ocpp::Direction::from_station)
            throw std::runtime_error("not a CALL for a station: " + std::string(text));
        check(action->request(), call->payload, text);
        ++checked_;
    }
    if (auto const* result = std::get_if<ocpp::CallResult>(&frame)) {
        auto const asked = asked_.extract(std::pair(station, result->id));
        if (asked.empty()) throw std::runtime_error("an answer to nothing: " + std::string(text));
        check(ocpp::find_action(version, asked.mapped())->response(), result->payload, text);
        ++checked_;
    }
    if (std::holds_alternative<ocpp::BadFrame>(frame))
        throw std::runtime_error("the engine sends no frame: " + std::string(text));
}

}
