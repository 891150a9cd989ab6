#include "tools/sim/options.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace sim {

namespace {

constexpr double milliseconds_per_minute = 60'000.0;
constexpr double wh_per_kwh = 1'000.0;
constexpr double ma_per_a = 1'000.0;

struct Range {
    double low = 0;
    double high = 0;
};

// "3-8" or "5".
std::optional<Range> parse_range(std::string const& text)
{
    Range range;
    char rest = 0;
    int const found = std::sscanf(text.c_str(), "%lf-%lf%c", &range.low, &range.high, &rest);
    if (found == 1 && std::sscanf(text.c_str(), "%lf%c", &range.low, &rest) == 1)
        range.high = range.low;
    else if (found != 2)
        return std::nullopt;
    if (range.low < 0 || range.high < range.low) return std::nullopt;
    return range;
}

std::string check_range(std::string const& text)
{
    return parse_range(text) ? "" : "a number or LOW-HIGH, not negative: " + text;
}

std::string check_version(std::string const& text)
{
    return text == "1.6" || text == "2.0.1" ? "" : "1.6 or 2.0.1: " + text;
}

void declare_grid(CLI::App& app, Options& o)
{
    app.add_option("--grid", o.grid,
           "tn: 400 V, cars between line and neutral; it: IT or TT 230 V, cars between two lines")
        ->check(CLI::IsMember({"tn", "it"}))
        ->capture_default_str();
    app.add_option("--two-leg-percent", o.two_leg_percent,
           "it: of the three-phase cars, those that charge with two converters on L1-L2 and L3-L1")
        ->check(CLI::Range(0, 100))
        ->capture_default_str();
    app.add_option("--delta-percent", o.delta_percent,
           "it: those that load all three pairs; the rest charge on L1-L2 alone")
        ->check(CLI::Range(0, 100))
        ->capture_default_str();
    app.add_flag("--pair-on-first", o.pair_on_first,
        "it: meters show what flows between L1 and L2 on L1 only");
}

void declare(CLI::App& app, Options& o)
{
    app.description(
        "Simulated OCPP charging stations, with cars that come and go.\n"
        "Each station connects to URL/<prefix><number>, boots, and serves its drivers: "
        "they plug in, show the\ntoken, charge as profiles and pilot allow, and leave. "
        "Without --token stations are in free mode.\nIt ends on SIGINT, SIGTERM or after "
        "--for, with exit code 0.");
    app.add_option("--url", o.url, "central system, ws://HOST[:PORT]/PATH")->capture_default_str();
    app.add_option("--stations", o.stations, "how many")
        ->check(CLI::Range(1, 200'000))
        ->capture_default_str();
    app.add_option(
           "--prefix", o.prefix, "of identities and serial numbers: SIM- gives SIM-1, SIM-2, ...")
        ->capture_default_str();
    app.add_option("--versions", o.versions, "OCPP versions, taken in turn")
        ->delimiter(',')
        ->check(CLI::Validator(check_version, "1.6|2.0.1"))
        ->capture_default_str();
    app.add_option("--seed", o.seed, "the same seed gives the same drivers")->capture_default_str();
    app.add_option("--speed", o.speed, "simulated seconds per real second, timeouts included")
        ->check(CLI::Range(0.01, 10'000.0))
        ->capture_default_str();
    app.add_option("--token", o.token, "the card that all drivers show");
    app.add_option("--password", o.password, "HTTP Basic password of all stations");
    CLI::Validator const range(check_range, "LOW-HIGH");
    app.add_option("--park-minutes", o.park_minutes, "how long a car stays")
        ->check(range)
        ->capture_default_str();
    app.add_option("--gap-minutes", o.gap_minutes, "how long the place is empty between cars")
        ->check(range)
        ->capture_default_str();
    app.add_option("--energy-kwh", o.energy_kwh, "how much a car wants")
        ->check(range)
        ->capture_default_str();
    app.add_option("--three-phase-percent", o.three_phase_percent, "the other cars use one phase")
        ->check(CLI::Range(0, 100))
        ->capture_default_str();
    declare_grid(app, o);
    app.add_option("--max-amps", o.max_amps, "maximum of each station")
        ->check(CLI::Range(6.0, 125.0))
        ->capture_default_str();
    app.add_option("--standalone-amps", o.standalone_amps,
        "what a station offers before it has a profile (default: its maximum)");
    app.add_option("--meter-seconds", o.meter_seconds, "between meter values; 0: none")
        ->check(CLI::Range(0, 86'400))
        ->capture_default_str();
    app.add_option("--connects-per-second", o.connects_per_second, "how fast stations power up")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    app.add_option("--for", o.for_seconds, "end after so many real seconds; 0: never")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    app.add_flag("--quiet", o.quiet, "no log");
    app.add_flag("--frames", o.frames, "log every frame");
}

Grid grid_of(Options const& options) { return options.grid == "it" ? Grid::it : Grid::tn; }

Milliseconds minutes(double value)
{
    return Milliseconds{static_cast<std::int64_t>(value * milliseconds_per_minute)};
}

}

std::optional<int> read_options(int argc, char const* const* argv, Options& options)
{
    CLI::App app;
    declare(app, options);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error);
    }
    return std::nullopt;
}

DriverConfig driver_config(Options const& options)
{
    auto const park = *parse_range(options.park_minutes);
    auto const gap = *parse_range(options.gap_minutes);
    auto const energy = *parse_range(options.energy_kwh);
    DriverConfig config;
    config.park_min = minutes(park.low);
    config.park_max = minutes(park.high);
    config.gap_min = minutes(gap.low);
    config.gap_max = minutes(gap.high);
    config.energy_min_wh = static_cast<std::int64_t>(energy.low * wh_per_kwh);
    config.energy_max_wh = static_cast<std::int64_t>(energy.high * wh_per_kwh);
    config.three_phase_percent = options.three_phase_percent;
    config.grid = grid_of(options);
    config.two_leg_percent = options.two_leg_percent;
    config.delta_percent = options.delta_percent;
    config.token = options.token;
    return config;
}

StationConfig station_config(Options const& options, int number, Instant start)
{
    StationConfig config;
    auto const& versions = options.versions;
    auto const index = static_cast<std::size_t>(number - 1);
    config.version = versions[index % versions.size()] == "1.6" ? ocpp::Version::v16
                                                                : ocpp::Version::v201;
    config.identity = options.prefix + std::to_string(number);
    config.serial = config.identity;
    config.seed = options.seed * 1'000'003 + static_cast<std::uint64_t>(number);
    // Ids of messages and transactions must not repeat in the next run of this program.
    config.run = std::to_string(start.time_since_epoch().count());
    config.grid = grid_of(options);
    config.shows_pair_on_first = options.pair_on_first;
    config.max_ma = static_cast<std::int64_t>(options.max_amps * ma_per_a);
    if (options.standalone_amps >= 0)
        config.standalone_ma = static_cast<std::int64_t>(options.standalone_amps * ma_per_a);
    config.meter_interval = std::chrono::seconds{options.meter_seconds};
    config.free_mode = options.token.empty();
    config.keeps_events = !options.quiet;
    return config;
}

}
