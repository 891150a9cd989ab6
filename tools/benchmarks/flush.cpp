#include "tools/benchmarks/flush.hpp"

#include "tools/benchmarks/kurs_server.hpp"
#include "tools/benchmarks/plant.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <future>
#include <thread>

namespace bench {

namespace {

constexpr Seconds period{1};   // of each live station's messages
constexpr Seconds warm_up{1};  // of live traffic, not counted

struct Window {
    Clock::time_point begin{};
    Clock::time_point end{};
};

// Live traffic in a thread of its own, until the end of its scope at the latest.
class Background {
public:
    explicit Background(Fleet& fleet)
        : answers_(std::async(std::launch::async, [this, &fleet] {
              return fleet.pace({.period = period, .go_on = [this] { return go_on_.load(); }});
          }))
    {
    }
    ~Background() { go_on_ = false; }
    Background(Background const&) = delete;
    Background& operator=(Background const&) = delete;

    std::vector<PacedAnswer> finish()
    {
        go_on_ = false;
        return answers_.get();
    }

private:
    std::atomic<bool> go_on_ = true;
    std::future<std::vector<PacedAnswer>> answers_;  // its end waits for the thread
};

LiveAnswers answers_in(std::vector<PacedAnswer> const& all, Load load, Window const& window)
{
    std::vector<Seconds> latencies;
    for (auto const& one : all)
        if (one.load == load && one.due >= window.begin && one.due < window.end)
            latencies.push_back(one.latency);
    return {.messages = static_cast<double>(latencies.size()),
        .p50 = quantile(latencies, 0.5),
        .p99 = quantile(latencies, 0.99)};
}

LiveTraffic traffic_in(std::vector<PacedAnswer> const& all, Window const& window)
{
    return {.heartbeats = answers_in(all, Load::heartbeats, window),
        .meter_values = answers_in(all, Load::meter_values, window)};
}

FlushRound run_round(Plan const& plan, Fleet& live, Fleet& returned)
{
    Background background(live);
    std::this_thread::sleep_for(warm_up);
    Window without{.begin = Clock::now()};
    std::this_thread::sleep_for(plan.measured);
    without.end = Clock::now();
    Window during{.begin = without.end};
    auto const flush = returned.flush(plan.flush_messages);
    during.end = Clock::now();
    auto const answers = background.finish();
    return {.without = traffic_in(answers, without),
        .during = traffic_in(answers, during),
        .flush = flush};
}

template <class Project>
double median(std::vector<FlushRound> const& rounds, Project project)
{
    std::vector<double> values;
    values.reserve(rounds.size());
    for (auto const& round : rounds) values.push_back(project(round));
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::string line_of(std::vector<FlushRound> const& rounds, char const* what,
    LiveAnswers LiveTraffic::*kind, Milliseconds LiveAnswers::*figure)
{
    auto const of = [&](LiveTraffic FlushRound::*part) {
        return median(rounds, [&](FlushRound const& r) { return (r.*part.*kind.*figure).count(); });
    };
    std::array<char, 120> text{};
    std::snprintf(text.data(), text.size(), "%-44s %10.1f %10.1f\n", what, of(&FlushRound::without),
        of(&FlushRound::during));
    return text.data();
}

}

std::vector<FlushRound> measure_flush(Plan const& plan)
{
    KursServer const server(plan);
    build_plant(
        server.operator_port(), server.first_login(), plan.connections + plan.flush_stations);
    Fleet live(
        {.port = server.station_port(), .stations = plan.connections, .speech = Speech::v16});
    live.connect();
    live.start_transactions();
    Fleet returned({.port = server.station_port(),
        .stations = plan.flush_stations,
        .first = plan.connections,
        .speech = Speech::v16});
    returned.connect();
    std::vector<FlushRound> rounds;
    for (int n = 1; n <= plan.rounds; ++n) {
        plan.say("an offline flush beside live traffic, round " + std::to_string(n) + " of " +
                 std::to_string(plan.rounds));
        rounds.push_back(run_round(plan, live, returned));
    }
    return rounds;
}

std::string flush_text(Plan const& plan, std::vector<FlushRound> const& rounds)
{
    std::array<char, 400> head{};
    std::snprintf(head.data(), head.size(),
        "%zu stations come back with %zu messages each: %.1f s, %.0f messages per second.\n"
        "Beside them %zu live stations, a Heartbeat or MeterValues (9 samples) a second each;\n"
        "answered after, ms:%25s %10s %10s\n",
        plan.flush_stations, plan.flush_messages,
        median(rounds, [](FlushRound const& r) { return r.flush.elapsed.count(); }),
        median(rounds, [](FlushRound const& r) { return r.flush.per_second(); }), plan.connections,
        "", "without", "during");
    auto const heartbeats = &LiveTraffic::heartbeats;
    auto const meter_values = &LiveTraffic::meter_values;
    return head.data() + line_of(rounds, "live Heartbeat, median", heartbeats, &LiveAnswers::p50) +
           line_of(rounds, "live Heartbeat, 99 of 100", heartbeats, &LiveAnswers::p99) +
           line_of(rounds, "live MeterValues, median", meter_values, &LiveAnswers::p50) +
           line_of(rounds, "live MeterValues, 99 of 100", meter_values, &LiveAnswers::p99);
}

}
