// The live view, once or as long as one watches.
#include "server/admin/handlers.hpp"
#include "server/admin/objects.hpp"

#include <utility>
#include <variant>

namespace admin {
namespace {

// `on_view` gets the view; a refusal is answered after `on_refusal`.
void ask_live(Context const& context, storage::InstallationId installation,
    std::function<void(engine::LiveView const&)> on_view, std::function<void()> on_refusal)
{
    context.core->routing.ask_owner(engine::GetLive{installation},
        [context, on_view = std::move(on_view), on_refusal = std::move(on_refusal)](
            engine::Reply const& reply) {
            if (auto const* view = std::get_if<engine::LiveView>(&reply)) {
                on_view(*view);
                return;
            }
            on_refusal();
            auto const* refused = std::get_if<engine::Refused>(&reply);
            context.done(refused != nullptr ? fault_of(*refused) : Fault{});
        });
}

// Views go only over a conversation; answers for itself when there is none.
bool has_conversation(Context const& context)
{
    if (context.caller->outbox()) return true;
    context.fail(ErrorCode::conflict, "", "live views are sent over the WebSocket only");
    return false;
}

}

void get_live(Context const& context, OfInstallation params)
{
    ask_live(
        context, params.installation,
        [context](engine::LiveView const& view) { context.succeed(to_json(view)); }, [] {});
}

void subscribe_live(Context const& context, OfInstallation params)
{
    if (!has_conversation(context)) return;
    auto const installation = params.installation;
    // The core holds its watchers, so they must not hold the core.
    auto may_see = [core = context.core.get(), caller = context.caller] {
        auto const login = caller->login();
        return login && core->logins.use(*login, core->now().uptime);
    };
    auto const& outbox = context.caller->outbox();
    if (!context.core->live.add(installation, Watcher{outbox, std::move(may_see)})) {
        context.fail(ErrorCode::internal);  // closed: nobody hears it
        return;
    }
    ask_live(
        context, installation,
        [context, installation](engine::LiveView const& view) {
            context.core->live.start(
                installation, context.caller->outbox(), [&] { context.succeed(to_json(view)); });
        },
        [context, installation] {
            context.core->live.remove(installation, context.caller->outbox());
        });
}

void unsubscribe_live(Context const& context, OfInstallation params)
{
    if (!has_conversation(context)) return;
    context.core->live.remove(params.installation, context.caller->outbox());
    context.succeed("{}");
}

}
