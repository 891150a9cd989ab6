// Messages that could not be booked: the operator's queue.
#include "server/admin/handlers.hpp"
#include "server/admin/json_text.hpp"
#include "server/admin/objects.hpp"

#include <utility>
#include <variant>
#include <vector>

namespace admin {
namespace {

// Hands the decision to the shard that has the station.
void resolve(Context const& context, engine::ResolveUnbooked command)
{
    command.user = context.user;
    context.core->routing.ask_owner(command, [context](engine::Reply const& reply) {
        if (auto const* refused = std::get_if<engine::Refused>(&reply))
            context.done(fault_of(*refused));
        else
            context.succeed("{}");
    });
}

// Reads the message that a command is about, and goes on with it.
template <class Next>
void with_message(Context const& context, storage::UnbookedId id, Next next)
{
    storage::UnbookedQuery query;
    query.id = id;
    query.waiting_only = false;
    query.limit = 1;
    context.core->store.read_unbooked(
        query, [context, next](std::vector<storage::UnbookedMessage> const& found) {
            if (found.empty())
                context.fail(ErrorCode::not_found, "message", "there is no such message");
            else
                next(found.front());
        });
}

}

void list_unbooked(Context const& context, UnbookedPage params)
{
    storage::UnbookedQuery query;
    query.waiting_only = !params.all;
    query.before = params.before;
    query.limit = params.limit;
    context.core->store.read_unbooked(
        query, [context](std::vector<storage::UnbookedMessage> const& messages) {
            auto const items = json_array(
                messages, [](auto const& message) { return to_json(message); });
            context.succeed(JsonObject().raw("messages", items).str());
        });
}

void attach_unbooked(Context const& context, AttachUnbooked params)
{
    with_message(context, params.message, [context, params](storage::UnbookedMessage message) {
        storage::SessionQuery query;
        query.session = params.session;
        query.limit = 1;
        context.core->store.read_sessions(query,
            [context, params, message = std::move(message)](
                std::vector<storage::SessionSummary> const& found) {
                if (found.empty()) {
                    context.fail(ErrorCode::not_found, "session", "there is no such session");
                    return;
                }
                engine::ResolveUnbooked command;
                command.message = message;
                command.resolution = engine::Resolution::attach;
                command.session = found.front().session;
                command.note = params.note;
                resolve(context, std::move(command));
            });
    });
}

void make_session(Context const& context, MakeSession params)
{
    with_message(context, params.message, [context, params](storage::UnbookedMessage message) {
        engine::ResolveUnbooked command;
        command.message = std::move(message);
        command.resolution = engine::Resolution::make_session;
        command.charge_point = params.charge_point;
        command.note = params.note;
        resolve(context, std::move(command));
    });
}

void set_aside(Context const& context, SetAside params)
{
    with_message(context, params.message, [context, params](storage::UnbookedMessage message) {
        engine::ResolveUnbooked command;
        command.message = std::move(message);
        command.note = params.note;
        resolve(context, std::move(command));
    });
}

}
