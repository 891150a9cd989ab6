// What the methods work with, and who calls them.
#pragma once

#include "server/admin/api.hpp"
#include "server/admin/attempts.hpp"
#include "server/admin/hash_worker.hpp"
#include "server/admin/live_feed.hpp"
#include "server/admin/logins.hpp"
#include "server/admin/outbox.hpp"
#include "server/admin/routing.hpp"
#include "server/admin/rpc.hpp"
#include "server/admin/users.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace admin {

// Wrong passwords that are allowed within `attempts_window`, per address and per user. The second
// is higher, so that nobody at one address can lock a user out at another.
inline constexpr int most_attempts_per_address = 10;
inline constexpr int most_attempts_per_user = 50;
inline constexpr engine::Milliseconds attempts_window = std::chrono::minutes{10};
// Addresses (and users) whose attempts are remembered.
inline constexpr std::size_t most_attempt_keys = 10'000;
// Logins that wait for their password check; at some 0.1 s each the last one waits for 3 s.
inline constexpr std::size_t most_waiting_logins = 32;
// Requests of one conversation that are under way.
inline constexpr int most_requests_under_way = 1000;

// One side of a conversation, or of one HTTP request (which has no outbox). Thread-safe.
class Caller {
public:
    Caller(std::string peer, std::shared_ptr<Outbox> outbox)
        : peer_(std::move(peer)), outbox_(std::move(outbox))
    {
    }

    std::string const& peer() const { return peer_; }
    std::shared_ptr<Outbox> const& outbox() const { return outbox_; }

    std::optional<LoginKey> login() const
    {
        std::lock_guard const lock(mutex_);
        return login_;
    }
    void set_login(std::optional<LoginKey> login)
    {
        std::lock_guard const lock(mutex_);
        login_ = std::move(login);
    }

    std::atomic<int> under_way{0};

private:
    std::string const peer_;
    std::shared_ptr<Outbox> const outbox_;
    mutable std::mutex mutex_;
    std::optional<LoginKey> login_;
};

// Everything that outlives one request. Callbacks under way hold it, so it may outlive the Api;
// then its worker has stopped.
class Core {
public:
    Core(engine::Shards& shards_of_engine, storage::Store& store_of_users,
        std::vector<storage::User> known_users, Environment environment_of_main);

    engine::Now now() const { return environment.clock(); }
    void log(std::string const& line) const
    {
        if (environment.log) environment.log(line);
    }

    Environment const environment;
    storage::Store& store;
    std::atomic<bool> writable{true};
    Routing routing;
    LiveFeed live;
    Users users;
    Logins logins;
    Attempts attempts_per_address{most_attempts_per_address, attempts_window, most_attempt_keys};
    Attempts attempts_per_user{most_attempts_per_user, attempts_window, most_attempt_keys};
    HashWorker worker{most_waiting_logins};
};

// One request on its way to a method: what the method works with, and where the answer goes.
struct Context {
    std::shared_ptr<Core> core;
    std::shared_ptr<Caller> caller;
    std::string user;                   // who is logged in; empty before that
    std::function<void(Outcome)> done;  // to be called once, on any thread

    void succeed(std::string json) const { done(Outcome(std::move(json))); }
    void fail(ErrorCode code, std::string field = {}, std::string rule = {}) const
    {
        done(Fault{code, std::move(field), std::move(rule)});
    }
};

}
