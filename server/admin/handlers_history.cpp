// What was: read from the store, past the engines.
#include "server/admin/handlers.hpp"
#include "server/admin/json_text.hpp"
#include "server/admin/objects.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace admin {
namespace {

template <class Entity>
void answer_list(Context const& context, std::string_view name, std::vector<Entity> const& entities)
{
    auto const items = json_array(entities, [](auto const& entity) { return to_json(entity); });
    context.succeed(JsonObject().raw(name, items).str());
}

}

void list_sessions(Context const& context, storage::SessionQuery query)
{
    context.core->store.read_sessions(
        std::move(query), [context](std::vector<storage::SessionSummary> const& summaries) {
            answer_list(context, "sessions", summaries);
        });
}

void list_samples(Context const& context, OfSession params)
{
    storage::SessionQuery query;
    query.session = params.session;
    query.limit = 1;
    // A session without samples and one that does not exist are two answers.
    context.core->store.read_sessions(
        query, [context, params](std::vector<storage::SessionSummary> const& found) {
            if (found.empty()) {
                context.fail(ErrorCode::not_found, "session", "there is no such session");
                return;
            }
            context.core->store.read_samples(
                params.session, [context](std::vector<storage::MeterSample> const& samples) {
                    answer_list(context, "samples", samples);
                });
        });
}

void list_unbooked(Context const& context, Page params)
{
    context.core->store.read_unbooked(
        params.limit, [context](std::vector<storage::UnbookedMessage> const& messages) {
            answer_list(context, "messages", messages);
        });
}

}
