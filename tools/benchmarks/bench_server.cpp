// How many messages a second the server answers, how much of its CPU one takes, and how much memory
// an idle connection; beside a bare Beast server and a bare SQLite loop in the same run. All of it
// on 127.0.0.1, bounded by the options in count and time. README.md says how to read the table.
#include "tools/benchmarks/flush.hpp"
#include "tools/benchmarks/machine.hpp"
#include "tools/benchmarks/measurements.hpp"
#include "tools/benchmarks/table.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <system_error>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using namespace bench;

constexpr double microseconds_per_second = 1e6;
constexpr double bytes_per_kb = 1000;
constexpr double cores_of_the_target = 2;

// Three numbers for each connection: two servers' sockets at this end, and some to spare.
constexpr std::size_t files_per_connection = 2;
constexpr std::size_t other_files = 100;

struct Options {
    Plan plan{};
    double seconds = 5;
    bool quick = false;
    bool flush_only = false;
    std::vector<std::string> extra{};
};

// The middle one of all rounds.
template <class Project>
double median(std::vector<Round> const& rounds, Project project)
{
    std::vector<double> values;
    values.reserve(rounds.size());
    for (auto const& round : rounds) values.push_back(project(round));
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::vector<Row> rows_of_load(std::string const& name, std::vector<Round> const& rounds,
    LoadResult Round::*ours, LoadResult Round::*bare)
{
    auto const row = [&](std::string what, int decimals, auto figure) {
        return Row{.what = std::move(what),
            .decimals = decimals,
            .ours = median(rounds, [&](Round const& r) { return figure(r.*ours); }),
            .beast = median(rounds, [&](Round const& r) { return figure(r.*bare); })};
    };
    return {
        row(name + " per second", 0, [](LoadResult const& l) { return l.per_second(); }),
        row("  server CPU for one, us", 1, [](LoadResult const& l) { return l.server_cpu_us(); }),
        row("  answered after, median, ms", 1, [](LoadResult const& l) { return l.p50.count(); }),
        row("  answered after, 99 of 100, ms", 1,
            [](LoadResult const& l) { return l.p99.count(); }),
    };
}

std::vector<Row> rows_of_meter_values(std::vector<Round> const& rounds)
{
    auto rows = rows_of_load(
        "durable MeterValues", rounds, &Round::meter_values, &Round::bare_meter_values);
    auto& rate = rows[0];
    auto& cpu = rows[1];
    rate.sqlite = median(rounds, [](Round const& r) { return r.sqlite.per_second(); });
    cpu.sqlite = median(rounds, [](Round const& r) { return r.sqlite.cpu_us(); });
    cpu.target = Target{.value = 20, .better = Better::lower};
    auto const from_two_cores = [](std::optional<double> cpu_us) {
        return cores_of_the_target * microseconds_per_second / cpu_us.value();
    };
    Row from_two{.what = "  per second, if two cores were the server's",
        .ours = from_two_cores(cpu.ours),
        .beast = from_two_cores(cpu.beast),
        .sqlite = {},
        .target = Target{.value = 50'000, .better = Better::higher}};
    rows.push_back({.what = "  rows per commit",
        .ours = median(rounds, [](Round const& r) { return r.meter_values.messages_per_commit(); }),
        .beast = {},
        .sqlite = {},
        .target = {}});
    rows.push_back(std::move(from_two));
    return rows;
}

std::vector<Row> rows_of_idle(IdleBytes const& idle)
{
    auto const row = [](std::string what, double ours, std::optional<double> bare) {
        if (bare) *bare /= bytes_per_kb;
        return Row{.what = std::move(what),
            .decimals = 1,
            .ours = ours / bytes_per_kb,
            .beast = bare,
            .sqlite = {},
            .target = {}};
    };
    std::vector<Row> rows{
        row("idle connection, 1.6, KB", idle.v16, idle.bare),
        row("idle connection, 2.0.1, KB", idle.v201, idle.bare),
        row("idle connection, 2.0.1 and deflate, KB", idle.v201_deflate, idle.bare_deflate),
        row("  of these, not for the connection, KB", idle.unconnected, {}),
    };
    rows[0].target = rows[1].target = Target{.value = 12, .better = Better::lower};
    return rows;
}

// A row that another program has measured: "WHAT;DECIMALS;VALUE;AT_MOST".
Row extra_row(std::string const& text)
{
    auto const fields = CLI::detail::split(text, ';');
    if (fields.size() != 4) throw std::runtime_error("--row " + text + ": four fields");
    return {.what = fields[0],
        .decimals = std::stoi(fields[1]),
        .ours = std::stod(fields[2]),
        .beast = {},
        .sqlite = {},
        .target = Target{.value = std::stod(fields[3]), .better = Better::lower}};
}

void print_report(Options const& options, Figures const& figures)
{
    auto const& plan = options.plan;
    auto const& rounds = figures.rounds;
    std::vector<Row> rows = rows_of_load(
        "Heartbeats", rounds, &Round::heartbeats, &Round::bare_heartbeats);
    auto const add = [&rows](std::vector<Row> more) {
        std::move(more.begin(), more.end(), std::back_inserter(rows));
    };
    add(rows_of_meter_values(rounds));
    add(rows_of_idle(figures.idle));
    for (auto const& text : options.extra) rows.push_back(extra_row(text));

    auto const own_cpu = [](LoadResult Round::*load) {
        return [load](Round const& r) { return (r.*load).own_cpu_us(); };
    };
    std::printf("\n%s\n", table_text(rows).c_str());
    std::printf("%zu connections, each with one CALL outstanding; %d rounds of %.1f s for each "
                "load, medians.\nA Heartbeat has %zu bytes, a MeterValues (9 samples) %zu. Making "
                "the load took %.1f us of CPU for a\nHeartbeat and %.1f us for a MeterValues, on "
                "the same cores.\n",
        plan.connections, plan.rounds, options.seconds, rounds[0].heartbeats.frame_bytes,
        rounds[0].meter_values.frame_bytes, median(rounds, own_cpu(&Round::heartbeats)),
        median(rounds, own_cpu(&Round::meter_values)));
}

// Ends the program after --help and bad options.
Options parse_options(int argc, char** argv)
{
    Options options;
    auto& plan = options.plan;
    auto const programs = fs::canonical("/proc/self/exe").parent_path();
    plan.server_program = programs / "kurs-server";
    plan.bare_program = programs / "bare_responder";
    plan.folder = ".";

    CLI::App app("Measures kurs-server on this machine.");
    app.add_option("--connections", plan.connections, "stations at once [1000]")
        ->check(CLI::Range(1, 20'000));
    app.add_option("--seconds", options.seconds, "for each load in each round [5]")
        ->check(CLI::Range(0.1, 60.0));
    app.add_option("--rounds", plan.rounds, "of all loads [3]")->check(CLI::Range(1, 100));
    app.add_flag("--quick", options.quick, "20 connections, one short round: only to see it work");
    app.add_option("--flush-stations", plan.flush_stations, "that come back with a queue [200]")
        ->check(CLI::Range(1, 10'000));
    app.add_option("--flush-messages", plan.flush_messages, "that each has queued [500]")
        ->check(CLI::Range(1, 10'000));
    app.add_flag("--flush-only", options.flush_only, "only the offline flush");
    app.add_option("--folder", plan.folder,
           "on the disk to measure; made there and removed: a "
           "folder of its own [.]")
        ->check(CLI::ExistingDirectory);
    app.add_option("--server", plan.server_program, "the kurs-server to measure [beside this]")
        ->check(CLI::ExistingFile);
    app.add_option("--row", options.extra, "a row more: WHAT;DECIMALS;VALUE;AT_MOST");
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        std::exit(app.exit(error));
    }
    if (options.quick) {
        constexpr std::size_t quick_connections = 20;
        plan.connections = quick_connections;
        plan.rounds = 1;
        plan.flush_stations = 5;
        plan.flush_messages = 100;
        options.seconds = 0.5;
    }
    plan.measured = Seconds(options.seconds);
    plan.say = [](std::string const& what) {
        std::fprintf(stderr, "bench_server: %s\n", what.c_str());
    };
    return options;
}

// Made here and removed in the end, also after a failure.
class Folder {
public:
    explicit Folder(fs::path const& parent)
        : path_(fs::absolute(parent) / ("bench_server." + std::to_string(::getpid())))
    {
        fs::create_directory(path_);
    }
    ~Folder()
    {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    fs::path const& path() const { return path_; }

private:
    fs::path path_;
};

}

int main(int argc, char** argv)
{
    try {
        auto options = parse_options(argc, argv);
        auto const machine = machine_line();
        raise_open_files_limit(options.plan.connections * files_per_connection +
                               options.plan.flush_stations + other_files);
        if (!options.flush_only) {
            auto plan = options.plan;
            Folder const folder(plan.folder);
            plan.folder = folder.path();
            auto const figures = measure(plan);
            std::printf("%s\n", machine.c_str());
            print_report(options, figures);
        }
        Folder const folder(options.plan.folder);
        options.plan.folder = folder.path();
        auto const flushes = measure_flush(options.plan);
        std::printf("\n%s", flush_text(options.plan, flushes).c_str());
        return EXIT_SUCCESS;
    } catch (std::exception const& error) {
        std::fprintf(stderr, "bench_server: %s\n", error.what());
        return EXIT_FAILURE;
    }
}
