// auth.* and user.*: the login, and what guards it.
#include "server/admin/handlers.hpp"
#include "server/admin/json_text.hpp"
#include "server/admin/passwords.hpp"

#include <utility>

namespace admin {
namespace {

// One try of a password, counted for the caller's address and for the user.
struct Attempt {
    std::string address;
    std::string user;
};

// Answers for itself when there were too many.
std::optional<Attempt> begin_attempt(Context const& context, std::string user)
{
    auto& core = *context.core;
    Attempt attempt{address_key(context.caller->peer()), std::move(user)};
    auto const now = core.now().uptime;
    if (!core.attempts_per_address.begin(attempt.address, now) ||
        !core.attempts_per_user.begin(attempt.user, now)) {
        context.fail(ErrorCode::too_many, "", "wait some minutes, then try again");
        return std::nullopt;
    }
    return attempt;
}

void forgive(Core& core, Attempt const& attempt)
{
    core.attempts_per_address.forgive(attempt.address);
    core.attempts_per_user.forgive(attempt.user);
}

// Compares a password with that of a user, who may not exist: that takes as long.
bool check(Core& core, std::string const& user, std::string const& password)
{
    auto const found = core.users.find(user);
    bool const matches = password_matches(password, found ? found->password_hash : decoy_hash());
    return found && matches;
}

// Only names that exist are logged: what else stands in the field may be a password.
void log_attempt(Context const& context, std::string_view event, std::string const& user)
{
    auto const known = context.core->users.find(user).has_value();
    context.core->log("event=" + std::string(event) + " user=" + (known ? user : "unknown") +
                      " peer=" + context.caller->peer());
}

// Runs `job` on the worker, or answers that too much is going on there.
void run_on_worker(Context const& context, Attempt const& attempt, std::function<void()> job)
{
    if (context.core->worker.run(std::move(job))) return;
    forgive(*context.core, attempt);  // nothing was tried
    context.fail(ErrorCode::too_many, "", "too many logins at this moment");
}

void store_password(Context const& context, std::string const& new_password)
{
    auto const core = context.core;
    auto user = core->users.find(context.user);
    auto hash = hash_password(new_password);
    if (!user || !hash) {
        context.fail(ErrorCode::internal);
        return;
    }
    user->password_hash = std::move(*hash);
    std::vector<storage::Record> records;
    records.emplace_back(*user);
    core->store.commit(std::move(records), [context, user = *user] {
        context.core->users.put(user);
        // Who changes a password may fear that somebody else has it.
        context.core->logins.end_others(user.name, context.caller->login().value_or(""));
        log_attempt(context, "password_changed", user.name);
        context.succeed("{}");
    });
}

}

void login(Context const& context, Login params)
{
    auto const attempt = begin_attempt(context, params.user);
    if (!attempt) return;
    auto const password = std::move(params.password);
    run_on_worker(context, *attempt, [context, attempt = *attempt, password] {
        auto& core = *context.core;
        if (!check(core, attempt.user, password)) {
            log_attempt(context, "login_refused", attempt.user);
            context.fail(ErrorCode::wrong_login);
            return;
        }
        forgive(core, attempt);
        auto const token = core.logins.begin(attempt.user, core.now().uptime);
        context.caller->set_login(login_key(token));
        log_attempt(context, "login", attempt.user);
        context.succeed(JsonObject().text("token", token).text("user", attempt.user).str());
    });
}

void resume(Context const& context, Resume const& params)
{
    auto const key = login_key(params.token);
    auto const user = context.core->logins.use(key, context.core->now().uptime);
    if (!user) {
        context.fail(ErrorCode::not_logged_in, "token", "it has ended: log in again");
        return;
    }
    context.caller->set_login(key);
    context.succeed(JsonObject().text("user", *user).str());
}

void logout(Context const& context, NoParameters /*params*/)
{
    if (auto const key = context.caller->login()) context.core->logins.end(*key);
    context.caller->set_login(std::nullopt);
    if (auto const& outbox = context.caller->outbox()) context.core->live.remove_all(outbox);
    context.succeed("{}");
}

void change_password(Context const& context, ChangePassword params)
{
    auto const attempt = begin_attempt(context, context.user);
    if (!attempt) return;
    run_on_worker(context, *attempt, [context, attempt = *attempt, params = std::move(params)] {
        if (!check(*context.core, attempt.user, params.old_password)) {
            log_attempt(context, "password_change_refused", attempt.user);
            context.fail(ErrorCode::wrong_login, "old_password", "it is not the user's password");
            return;
        }
        forgive(*context.core, attempt);
        store_password(context, params.new_password);
    });
}

}
