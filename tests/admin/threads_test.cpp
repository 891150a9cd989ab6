// Everything at once, for the thread sanitizer: operators, shards and the store on their own
// threads.
#include "tests/admin/fakes.hpp"

#include <atomic>
#include <thread>

using namespace admin_test;

namespace {

// Shards with a thread and a mailbox each, like the gateway's. Each command is followed by a view.
class ThreadedShards : public engine::Shards {
public:
    explicit ThreadedShards(std::size_t count) : boxes_(count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            threads_.emplace_back([this, i] { work(i); });
        }
    }
    ~ThreadedShards() override { stop(); }
    ThreadedShards(ThreadedShards const&) = delete;
    ThreadedShards& operator=(ThreadedShards const&) = delete;

    void stop()
    {
        for (auto& box : boxes_) {
            std::lock_guard const lock(box.mutex);
            box.stopped = true;
            box.wake.notify_one();
        }
        for (auto& thread : threads_) {
            if (thread.joinable()) thread.join();
        }
    }
    std::int64_t count() const override { return static_cast<std::int64_t>(boxes_.size()); }
    void ask(std::int64_t shard, engine::Command command,
        std::function<void(engine::Reply)> answer) override
    {
        auto& box = boxes_[static_cast<std::size_t>(shard)];
        std::lock_guard const lock(box.mutex);
        if (box.stopped) return;
        box.jobs.emplace_back(std::move(command), std::move(answer));
        box.wake.notify_one();
    }
    void on_live(std::function<void(engine::LiveView const&)> publish) override
    {
        publish_ = std::move(publish);
    }

private:
    using Job = std::pair<engine::Command, std::function<void(engine::Reply)>>;
    struct Box {
        std::mutex mutex;
        std::condition_variable wake;
        std::deque<Job> jobs;
        bool stopped = false;
    };

    void work(std::size_t shard)
    {
        auto& box = boxes_[shard];
        while (true) {
            Job job;
            {
                std::unique_lock lock(box.mutex);
                box.wake.wait(lock, [&] { return box.stopped || !box.jobs.empty(); });
                if (box.jobs.empty()) return;
                job = std::move(box.jobs.front());
                box.jobs.pop_front();
            }
            job.second(reply(shard, job.first));
            engine::LiveView view;
            view.installation.value = 1;
            publish_(view);
        }
    }
    static engine::Reply reply(std::size_t shard, engine::Command const& command)
    {
        if (shard == 0 && std::holds_alternative<engine::GetLive>(command))
            return engine::LiveView{{1}, "", {}, {}, {}, {}};
        if (std::holds_alternative<engine::ListStations>(command))
            return std::vector<engine::StationView>{};
        if (shard == 0 && std::holds_alternative<engine::AssignStation>(command))
            return engine::Done{};
        return engine::Refused{engine::RefusalKind::not_found, "id", "none"};
    }

    std::vector<Box> boxes_;
    std::function<void(engine::LiveView const&)> publish_;
    std::vector<std::thread> threads_;
};

}

TEST_CASE("many operators at once are all answered, and views go on while they come and leave")
{
    FakeStore store;
    auto shards = std::make_unique<ThreadedShards>(2);
    auto const epoch = std::chrono::steady_clock::now();
    auto const clock = [epoch] {
        auto const up = std::chrono::steady_clock::now() - epoch;
        return engine::Now{{}, std::chrono::duration_cast<engine::Milliseconds>(up)};
    };
    auto api = std::make_unique<admin::Api>(
        *shards, store, Server::users(), admin::Environment{clock, [](std::string const&) {}});
    constexpr int operators = 4;
    constexpr int rounds = 30;
    std::atomic<int> answered{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < operators; ++i) {
        threads.emplace_back([&, i] {
            for (int round = 0; round < rounds; ++round) {
                Operator one(*api, "192.0.2." + std::to_string(i));
                std::string const login = R"({"user":"anna","password":")" +
                                          std::string(right_password) + R"("})";
                one.call("auth.login", login);
                auto const subscribed = one.begin("live.subscribe", R"({"installation":1})");
                auto const assigned = one.begin(
                    "station.assign", R"({"station":"A","charge_point":1})");
                auto const listed = one.begin("station.list");
                auto const sessions = one.begin("session.list");
                for (int const id : {subscribed, assigned, listed, sessions}) {
                    if (!one.answer_to(id).contains("error")) ++answered;
                }
                if (round % 3 == 0) one.call("live.unsubscribe", R"({"installation":1})");
                if (round % 3 == 1) one.call("auth.logout");
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(answered == operators * rounds * 4);
    shards->stop();
    api.reset();
}

TEST_CASE("the API can go while logins wait and conversations are open")
{
    FakeStore store;
    FakeShards shards;
    auto api = std::make_unique<admin::Api>(
        shards, store, Server::users(), admin::Environment{[] { return engine::Now{}; }, {}});
    Operator late(*api);
    Operator waiting(*api);
    for (int i = 0; i < 5; ++i) {
        waiting.begin("auth.login", R"({"user":"nobody","password":"x"})");
    }
    api.reset();
    CHECK(late.result("auth.login", R"({"user":"nobody","password":"x"})") ==
          "-32007: too many logins at this moment");
}
