#include "server/admin/api.hpp"

#include "server/admin/core.hpp"
#include "server/admin/methods.hpp"

#include <utility>

namespace admin {
namespace {

// What may be done is decided here, for all methods alike; what is done, by the method.
void run_request(Context context, Request const& request)
{
    auto const* method = find_method(request.method);
    if (method == nullptr) {
        context.fail(ErrorCode::unknown_method);
        return;
    }
    if (method->access != Access::anyone) {
        auto const login = context.caller->login();
        auto& logins = context.core->logins;
        auto user = login ? logins.use(*login, context.core->now().uptime) : std::nullopt;
        if (!user) {
            context.fail(ErrorCode::not_logged_in);
            return;
        }
        context.user = std::move(*user);
    }
    if (method->effect == Effect::writes && !context.core->writable) {
        context.fail(ErrorCode::no_writes);
        return;
    }
    method->run(context, request.params);
}

// Runs the requests of one text for `caller`.
void run_text(std::shared_ptr<Core> const& core, std::shared_ptr<Caller> const& caller,
    std::string_view text, std::function<void(Answer)> const& answer)
{
    auto const run = [&core, &caller](Request request, std::function<void(Outcome)> done) {
        if (caller->under_way.fetch_add(1) >= most_requests_under_way) {
            caller->under_way.fetch_sub(1);
            done(Fault{ErrorCode::too_many, "", "too many requests under way"});
            return;
        }
        auto counted = [caller, done = std::move(done)](Outcome outcome) {
            caller->under_way.fetch_sub(1);
            done(std::move(outcome));
        };
        run_request(Context{core, caller, {}, std::move(counted)}, request);
    };
    run_message(parse_message(text), run, answer);
}

// Errors of the protocol and of the login have a status of their own, for clients that look no
// further; the others are answers like any other.
unsigned http_status(Answer const& answer)
{
    if (answer.text.empty()) return 204;
    if (!answer.fault) return 200;
    switch (*answer.fault) {
    case ErrorCode::no_json:
    case ErrorCode::no_request: return 400;
    case ErrorCode::not_logged_in:
    case ErrorCode::wrong_login: return 401;
    case ErrorCode::too_many: return 429;
    default: return 200;
    }
}

}

Api::Api(engine::Shards& shards, storage::Store& store, std::vector<storage::User> users,
    Environment environment)
    : core_(std::make_shared<Core>(shards, store, std::move(users), std::move(environment)))
{
    shards.on_live([weak = std::weak_ptr(core_)](engine::LiveView const& view) {
        if (auto const core = weak.lock()) core->live.publish(view);
    });
}

Api::~Api()
{
    // Here and not in the core's destructor, which may run on the worker's own thread.
    core_->worker.stop();
}

Conversation Api::open(std::function<void(std::string)> send, std::string peer)
{
    auto outbox = std::make_shared<Outbox>(std::move(send));
    auto caller = std::make_shared<Caller>(std::move(peer), outbox);
    auto const respond = [outbox](Answer answer) {
        if (answer.text.empty()) return;
        outbox->put(std::make_shared<std::string const>(std::move(answer.text)));
        outbox->flush();
    };
    Conversation conversation;
    conversation.on_text = [core = core_, caller, respond](std::string_view text) {
        run_text(core, caller, text, respond);
    };
    conversation.on_close = [core = core_, outbox] {
        outbox->close();
        core->live.remove_all(outbox);
    };
    return conversation;
}

void Api::rpc(
    std::string bearer, std::string body, std::string peer, std::function<void(HttpAnswer)> answer)
{
    auto const caller = std::make_shared<Caller>(std::move(peer), nullptr);
    if (!bearer.empty()) caller->set_login(login_key(bearer));
    run_text(core_, caller, body, [answer = std::move(answer)](Answer result) {
        auto const status = http_status(result);
        answer(HttpAnswer{status, std::move(result.text)});
    });
}

void Api::store_health(storage::Health const& health) { core_->writable = health.writable; }

}
