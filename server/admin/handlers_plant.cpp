// Installations, circuits, charge points, stations, tokens and drivers' wishes: translated and
// handed to the engines.
#include "server/admin/handlers.hpp"
#include "server/admin/json_text.hpp"
#include "server/admin/objects.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace admin {
namespace {

constexpr std::string_view default_time_zone = "Europe/Oslo";

// Answers with a reply that is expected to be a `Result`, by way of `to_text`.
template <class Result, class ToText>
void answer(Context const& context, engine::Reply const& reply, ToText to_text)
{
    if (auto const* refused = std::get_if<engine::Refused>(&reply)) {
        context.done(fault_of(*refused));
    } else if (auto const* result = std::get_if<Result>(&reply)) {
        context.succeed(to_text(*result));
    } else {
        context.fail(ErrorCode::internal);  // the engine answered something else: a bug of ours
    }
}

// For commands to the one shard that has what they name.
template <class Result>
void ask_owner(Context const& context, engine::Command const& command)
{
    context.core->routing.ask_owner(command, [context](engine::Reply const& reply) {
        answer<Result>(context, reply, [](auto const& result) { return to_json(result); });
    });
}

void answer_done(Context const& context, engine::Reply const& reply)
{
    answer<engine::Done>(context, reply, [](engine::Done) { return std::string("{}"); });
}

// The same, for commands of which nothing but the success is told.
void ask_owner_to_do(Context const& context, engine::Command const& command)
{
    context.core->routing.ask_owner(
        command, [context](engine::Reply const& reply) { answer_done(context, reply); });
}

template <class Entity>
void list(Context const& context, engine::Command const& command, std::string_view name)
{
    using List = std::vector<Entity>;
    context.core->routing.ask_list<List>(command, [context, name](engine::Reply const& reply) {
        answer<List>(context, reply, [name](List const& entities) {
            auto const items = json_array(
                entities, [](auto const& entity) { return to_json(entity); });
            return JsonObject().raw(name, items).str();
        });
    });
}

}

void create_installation(Context const& context, engine::CreateInstallation command)
{
    if (command.time_zone.empty()) command.time_zone = default_time_zone;
    context.core->routing.ask_next(std::move(command), [context](engine::Reply const& reply) {
        answer<storage::Installation>(
            context, reply, [](auto const& installation) { return to_json(installation); });
    });
}

void list_installations(Context const& context, NoParameters /*params*/)
{
    list<storage::Installation>(context, engine::ListInstallations{}, "installations");
}

void set_installation_policy(Context const& context, engine::SetInstallationPolicy command)
{
    ask_owner<storage::Installation>(context, command);
}

void create_circuit(Context const& context, engine::CreateCircuit const& command)
{
    ask_owner<storage::Circuit>(context, command);
}

void list_circuits(Context const& context, OfInstallation params)
{
    list<storage::Circuit>(context, engine::ListCircuits{params.installation}, "circuits");
}

void create_charge_point(Context const& context, engine::CreateChargePoint const& command)
{
    ask_owner<storage::ChargePoint>(context, command);
}

void list_charge_points(Context const& context, OfInstallation params)
{
    list<storage::ChargePoint>(
        context, engine::ListChargePoints{params.installation}, "charge_points");
}

void activate_charge_point(Context const& context, engine::ActivateChargePoint command)
{
    ask_owner<storage::ChargePoint>(context, command);
}

void set_charge_point_priority(Context const& context, engine::SetChargePointPriority command)
{
    ask_owner<storage::ChargePoint>(context, command);
}

void assign_station(Context const& context, engine::AssignStation command)
{
    context.core->routing.assign(
        std::move(command), [context](engine::Reply const& reply) { answer_done(context, reply); });
}

void release_station(Context const& context, engine::ReleaseStation command)
{
    ask_owner_to_do(context, command);
}

void set_station_strict(Context const& context, engine::SetStationStrict command)
{
    ask_owner_to_do(context, command);
}

void list_stations(Context const& context, NoParameters /*params*/)
{
    list<engine::StationView>(context, engine::ListStations{}, "stations");
}

void call_station(Context const& context, engine::CallStation command)
{
    if (command.payload.empty()) command.payload = "{}";
    ask_owner<engine::CallAnswer>(context, command);
}

// Any station may present any token, so all shards know all tokens.
void put_token(Context const& context, storage::Token token)
{
    context.core->routing.ask_all(
        engine::PutToken{std::move(token)}, [context](std::vector<engine::Reply> const& replies) {
            auto const refused = [](engine::Reply const& reply) {
                return std::holds_alternative<engine::Refused>(reply);
            };
            auto const bad = std::find_if(replies.begin(), replies.end(), refused);
            answer_done(context, bad == replies.end() ? engine::Reply(engine::Done{}) : *bad);
        });
}

void list_tokens(Context const& context, NoParameters /*params*/)
{
    list<storage::Token>(context, engine::ListTokens{}, "tokens");
}

void set_session_wishes(Context const& context, engine::SetSessionWishes const& command)
{
    ask_owner_to_do(context, command);
}

}
