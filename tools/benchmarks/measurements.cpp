#include "tools/benchmarks/measurements.hpp"

#include "tools/benchmarks/child.hpp"
#include "tools/benchmarks/kurs_server.hpp"
#include "tools/benchmarks/machine.hpp"
#include "tools/benchmarks/plant.hpp"

#include <algorithm>

namespace bench {

namespace {

constexpr double warm_up_share = 0.2;  // of the measured time, before it
constexpr Seconds longest_sqlite_time{2};

class BareServer {
public:
    explicit BareServer(Plan const& plan)
        : child_({plan.bare_program, std::to_string(core_count())}, plan.folder / "bare.log"),
          port_(port_of(word_after(child_.read_line(), "stations=")))
    {
    }

    Child const& child() const { return child_; }
    std::uint16_t station_port() const { return port_; }
    Gauge gauge() const { return {.server_cpu = child_.cpu_time(), .commits = 0}; }

private:
    Child child_;
    std::uint16_t port_;
};

// A server with its fleet connected and idle.
template <class Server>
struct Stage {
    Server server;
    double bytes_before = 0;
    Fleet fleet;
    double bytes_idle = 0;

    Stage(Plan const& plan, Speech speech, bool deflate = false)
        : server(plan),
          bytes_before(settled_bytes()),
          fleet({.port = server.station_port(),
              .stations = plan.connections,
              .speech = speech,
              .deflate = deflate})
    {
        fleet.connect();
        bytes_idle = settled_bytes();
    }

    double settled_bytes() const
    {
        server.child().settle();
        return server.child().anonymous_bytes();
    }

    LoadResult run(Plan const& plan, Load load)
    {
        return fleet.run({.load = load,
            .warm_up = plan.measured * warm_up_share,
            .measured = plan.measured,
            .gauge = [this] { return server.gauge(); }});
    }
};

using KursStage = Stage<KursServer>;
using BareStage = Stage<BareServer>;

// Fills the data directory. Returns what the empty server took.
double set_up(Plan const& plan)
{
    plan.say("setting up charge points for " + std::to_string(plan.connections) + " stations");
    KursServer const server(plan);
    server.child().settle();
    auto const bytes = server.child().anonymous_bytes();
    build_plant(server.operator_port(), server.first_login(), plan.connections);
    return bytes;
}

Round run_round(Plan const& plan, BareStage& bare, KursStage& kurs)
{
    Round round;
    round.bare_heartbeats = bare.run(plan, Load::heartbeats);
    round.heartbeats = kurs.run(plan, Load::heartbeats);
    round.bare_meter_values = bare.run(plan, Load::meter_values);
    round.meter_values = kurs.run(plan, Load::meter_values);
    auto const group = std::max(1.0, round.meter_values.messages_per_commit());
    kurs.server.child().settle();
    round.sqlite = bare_group_commits(plan.folder / "bare.db", static_cast<std::int64_t>(group),
        std::min(plan.measured, longest_sqlite_time));
    return round;
}

}

Figures measure(Plan const& plan)
{
    auto const each = static_cast<double>(plan.connections);
    Figures figures;
    auto& idle = figures.idle;
    auto const empty = set_up(plan);

    plan.say("idle connections: bare, 2.0.1, 2.0.1 with permessage-deflate");
    {
        BareStage const stage(plan, Speech::bare, true);
        idle.bare_deflate = (stage.bytes_idle - stage.bytes_before) / each;
    }
    {
        KursStage const stage(plan, Speech::v201);
        idle.v201 = (stage.bytes_idle - empty) / each;
    }
    {
        KursStage const stage(plan, Speech::v201, true);
        idle.v201_deflate = (stage.bytes_idle - empty) / each;
    }
    BareStage bare(plan, Speech::bare);
    idle.bare = (bare.bytes_idle - bare.bytes_before) / each;
    KursStage kurs(plan, Speech::v16);
    idle.v16 = (kurs.bytes_idle - empty) / each;
    idle.unconnected = (kurs.bytes_before - empty) / each;

    kurs.fleet.start_transactions();
    for (int n = 1; n <= plan.rounds; ++n) {
        plan.say("loads, round " + std::to_string(n) + " of " + std::to_string(plan.rounds));
        figures.rounds.push_back(run_round(plan, bare, kurs));
    }
    return figures;
}

}
