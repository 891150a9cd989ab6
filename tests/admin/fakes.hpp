// What stands around the API in these tests: engines that answer what the test says, a store in
// memory, a clock that the test moves, and operators.
#pragma once

#include "server/admin/api.hpp"
#include "server/admin/passwords.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace admin_test {

namespace json = boost::json;

// Nothing here takes longer; who waits longer has found a bug.
inline constexpr std::chrono::seconds patience{20};

// Shards whose answers a function of the test gives, on the asking thread; or, when `hold` is set,
// when the test says so.
class FakeShards : public engine::Shards {
public:
    using Brain = std::function<engine::Reply(std::int64_t shard, engine::Command const&)>;
    struct Asked {
        std::int64_t shard = 0;
        engine::Command command;
    };

    explicit FakeShards(std::int64_t count = 1) : count_(count) {}

    std::int64_t count() const override { return count_; }
    void ask(std::int64_t shard, engine::Command command,
        std::function<void(engine::Reply)> answer) override
    {
        auto reply = brain ? brain(shard, command) : engine::Reply(engine::Done{});
        {
            std::lock_guard const lock(mutex_);
            asked_.push_back({shard, std::move(command)});
            if (hold) {
                held_.push_back(
                    [reply = std::move(reply), answer = std::move(answer)] { answer(reply); });
                return;
            }
        }
        answer(std::move(reply));
    }
    void on_live(std::function<void(engine::LiveView const&)> published) override
    {
        publish = std::move(published);
    }

    // The commands of a kind that were asked, in order.
    template <class Command>
    std::vector<std::pair<std::int64_t, Command>> asked() const
    {
        std::lock_guard const lock(mutex_);
        std::vector<std::pair<std::int64_t, Command>> all;
        for (auto const& [shard, command] : asked_) {
            if (auto const* one = std::get_if<Command>(&command)) all.emplace_back(shard, *one);
        }
        return all;
    }
    std::size_t asked_count() const
    {
        std::lock_guard const lock(mutex_);
        return asked_.size();
    }
    // Answers the question that has waited for the longest.
    void answer_next()
    {
        std::function<void()> next;
        {
            std::lock_guard const lock(mutex_);
            REQUIRE_FALSE(held_.empty());
            next = std::move(held_.front());
            held_.pop_front();
        }
        next();
    }
    std::size_t held_count() const
    {
        std::lock_guard const lock(mutex_);
        return held_.size();
    }

    Brain brain;
    bool hold = false;
    std::function<void(engine::LiveView const&)> publish;

private:
    std::int64_t const count_;
    mutable std::mutex mutex_;
    std::vector<Asked> asked_;
    std::deque<std::function<void()>> held_;
};

// Commits at once and remembers what it was asked.
class FakeStore : public storage::Store {
public:
    storage::Contents load() override { return {}; }
    void commit(std::vector<storage::Record> records, std::function<void()> committed) override
    {
        {
            std::lock_guard const lock(mutex);
            for (auto& record : records) commits.push_back(std::move(record));
        }
        committed();
    }
    void on_health(std::function<void(storage::Health)> /*changed*/) override {}
    void keep(storage::Retention /*retention*/) override {}
    void read_sessions(storage::SessionQuery query,
        std::function<void(std::vector<storage::SessionSummary>)> answer) override
    {
        {
            std::lock_guard const lock(mutex);
            last_query = query;
        }
        answer(sessions);
    }
    void read_samples(storage::SessionId session,
        std::function<void(std::vector<storage::MeterSample>)> answer) override
    {
        {
            std::lock_guard const lock(mutex);
            samples_of = session;
        }
        answer(samples);
    }
    void read_signed(storage::SessionId session,
        std::function<void(std::vector<storage::SignedReading>)> answer) override
    {
        {
            std::lock_guard const lock(mutex);
            signed_of = session;
        }
        answer(signed_readings);
    }
    void read_unbooked(storage::UnbookedQuery query,
        std::function<void(std::vector<storage::UnbookedMessage>)> answer) override
    {
        {
            std::lock_guard const lock(mutex);
            unbooked_query = query;
        }
        answer(unbooked);
    }
    void read_graph(
        storage::GraphQuery query, std::function<void(std::vector<storage::Graph>)> answer) override
    {
        {
            std::lock_guard const lock(mutex);
            graph_query = query;
        }
        answer(graphs);
    }
    void read_audit(
        int limit, std::function<void(std::vector<storage::AuditEntry>)> answer) override
    {
        {
            std::lock_guard const lock(mutex);
            audit_limit = limit;
        }
        answer(audit);
    }

    std::vector<storage::User> users() const
    {
        std::lock_guard const lock(mutex);
        std::vector<storage::User> all;
        for (auto const& record : commits) {
            if (auto const* user = std::get_if<storage::User>(&record)) all.push_back(*user);
        }
        return all;
    }

    mutable std::mutex mutex;
    std::vector<storage::Record> commits;
    storage::SessionQuery last_query;
    std::optional<storage::SessionId> samples_of;
    std::optional<storage::SessionId> signed_of;
    storage::UnbookedQuery unbooked_query;
    storage::GraphQuery graph_query;
    int audit_limit = 0;
    std::vector<storage::SessionSummary> sessions;
    std::vector<storage::MeterSample> samples;
    std::vector<storage::SignedReading> signed_readings;
    std::vector<storage::UnbookedMessage> unbooked;
    std::vector<storage::AuditEntry> audit;
    std::vector<storage::Graph> graphs;
};

// The texts that came to one operator, or one HTTP client.
class Inbox {
public:
    void put(std::string text)
    {
        std::lock_guard const lock(mutex_);
        texts_.push_back(std::move(text));
        arrived_.notify_all();
    }
    // Waits for the first text that fits and takes it out.
    template <class Fits>
    std::string take_if(Fits fits)
    {
        std::unique_lock lock(mutex_);
        std::string taken;
        auto const found = [&] {
            for (auto at = texts_.begin(); at != texts_.end(); ++at) {
                if (!fits(*at)) continue;
                taken = std::move(*at);
                texts_.erase(at);
                return true;
            }
            return false;
        };
        REQUIRE(arrived_.wait_for(lock, patience, found));
        return taken;
    }
    std::string take()
    {
        return take_if([](std::string const&) { return true; });
    }
    std::vector<std::string> take_all()
    {
        std::lock_guard const lock(mutex_);
        return std::exchange(texts_, {});
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<std::string> texts_;
};

// One operator's WebSocket. Its inbox outlives it, as a text may still be on its way.
class Operator {
public:
    explicit Operator(admin::Api& api, std::string peer = "192.0.2.1")
        : inbox_(std::make_shared<Inbox>()),
          conversation_(api.open(
              [inbox = inbox_](std::string text) { inbox->put(std::move(text)); }, std::move(peer)))
    {
    }
    ~Operator() { close(); }
    Operator(Operator const&) = delete;
    Operator& operator=(Operator const&) = delete;

    void say(std::string const& text) { conversation_.on_text(text); }
    void close()
    {
        if (conversation_.on_close) conversation_.on_close();
        conversation_ = {};
    }
    Inbox& inbox() { return *inbox_; }

    // Sends a call and does not wait. Returns its id.
    int begin(std::string const& method, std::string const& params = "{}")
    {
        auto const id = ++last_id_;
        say(R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + method +
            R"(","params":)" + params + "}");
        return id;
    }
    // The answer to a call: the whole response object.
    json::object answer_to(int id)
    {
        auto const text = inbox_->take_if([id](std::string const& candidate) {
            auto const value = json::parse(candidate);
            auto const* object = value.if_object();
            return object != nullptr && object->contains("id") && object->at("id") == id;
        });
        return json::parse(text).as_object();
    }
    json::object call(std::string const& method, std::string const& params = "{}")
    {
        return answer_to(begin(method, params));
    }
    // The result as it was written, or the error's code, field and rule: "-32003 session: ...".
    std::string result(std::string const& method, std::string const& params = "{}");

private:
    std::shared_ptr<Inbox> inbox_;
    admin::Conversation conversation_;
    int last_id_ = 0;
};

// "-32602 limit_a: greater than 0", or "" for a response without error.
inline std::string error_of(json::object const& response)
{
    auto const* error = response.if_contains("error");
    if (error == nullptr) return {};
    std::string text = json::serialize(error->at("code"));
    if (auto const* data = error->as_object().if_contains("data")) {
        auto const* field = data->as_object().if_contains("field");
        auto const* rule = data->as_object().if_contains("rule");
        if (field != nullptr) text += " " + std::string(field->as_string());
        if (rule != nullptr) text += ": " + std::string(rule->as_string());
    }
    return text;
}

inline std::string Operator::result(std::string const& method, std::string const& params)
{
    auto const id = begin(method, params);
    auto const prefix = R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + ",";
    auto const text = inbox_->take_if(
        [&](std::string const& candidate) { return candidate.rfind(prefix, 0) == 0; });
    auto const response = json::parse(text).as_object();
    if (response.contains("error")) return error_of(response);
    auto const begin_of_result = prefix.size() + std::string(R"("result":)").size();
    return text.substr(begin_of_result, text.size() - begin_of_result - 1);
}

inline constexpr char const* right_password = "correct horse battery";

// A server with the users anna and bjarne, who have `right_password`.
struct Server {
    explicit Server(std::int64_t shard_count = 1, bool log_in = true)
        : shards(shard_count), api(shards, store, users(), environment())
    {
        if (log_in) token = log_in_as("anna");
    }

    static storage::User user(std::string name)
    {
        // Cheap, because most tests are not about the cost.
        constexpr admin::ScryptCost cheap{.log2_n = 4, .r = 8, .p = 1};
        return {std::move(name), admin::hash_password(right_password, cheap).value(), {}};
    }
    static std::vector<storage::User> users() { return {user("anna"), user("bjarne")}; }

    admin::Environment environment()
    {
        return {[this] {
                    std::lock_guard const lock(mutex);
                    return now;
                },
            [this](std::string const& line) {
                std::lock_guard const lock(mutex);
                log.push_back(line);
            }};
    }

    // Logs in over HTTP and returns the token.
    std::string log_in_as(std::string const& name)
    {
        auto const answer = post("", R"({"jsonrpc":"2.0","id":1,"method":"auth.login","params":)"
                                     R"({"user":")" +
                                         name + R"(","password":")" + right_password + R"("}})");
        return std::string(json::parse(answer.body).at("result").at("token").as_string());
    }

    // POST /rpc, waiting for the answer.
    admin::HttpAnswer post(std::string bearer, std::string body, std::string peer = "192.0.2.9")
    {
        auto inbox = std::make_shared<Inbox>();
        api.rpc(
            std::move(bearer), std::move(body), std::move(peer), [inbox](admin::HttpAnswer answer) {
                inbox->put(std::to_string(answer.status) + answer.body);
            });
        auto const text = inbox->take();
        constexpr std::size_t status_length = 3;
        return {static_cast<unsigned>(std::stoi(text.substr(0, status_length))),
            text.substr(status_length)};
    }

    // Makes an operator's conversation logged in.
    void let_in(Operator& who) { REQUIRE(who.result("auth.resume", as_params()) == anna); }
    std::string as_params() const { return R"({"token":")" + token + R"("})"; }

    void advance(engine::Milliseconds by)
    {
        std::lock_guard const lock(mutex);
        now.uptime += by;
        now.utc += by;
    }

    static constexpr char const* anna = R"({"user":"anna"})";

    std::mutex mutex;  // of what follows
    engine::Now now{engine::Timestamp{std::chrono::hours{500'000}}, engine::Milliseconds{5'000}};
    std::vector<std::string> log;

    FakeShards shards;
    FakeStore store;
    admin::Api api;
    std::string token;
};

}
