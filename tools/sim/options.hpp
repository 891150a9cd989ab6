// The command line of kurs-sim, and what it means for stations and drivers.
#pragma once

#include "tools/sim/drivers.hpp"
#include "tools/sim/station.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sim {

struct Options {
    std::string url = "ws://127.0.0.1:9000/ocpp";
    int stations = 8;
    std::string prefix = "SIM-";
    std::vector<std::string> versions{"1.6", "2.0.1"};
    std::uint64_t seed = 1;
    double speed = 1;
    std::string token;
    std::string password;
    std::string park_minutes = "3-8";
    std::string gap_minutes = "0.5-2";
    std::string energy_kwh = "0.3-5";
    int three_phase_percent = 60;
    std::string grid = "tn";
    int two_leg_percent = 0;
    int delta_percent = 0;
    bool pair_on_first = false;
    double max_amps = 32;
    double standalone_amps = -1;
    int meter_seconds = 10;
    int connects_per_second = 500;
    double for_seconds = 0;
    bool quiet = false;
    bool frames = false;
};

// Reads the command line. A number is the exit code to end with at once: --help or a mistake, both
// explained on the way.
std::optional<int> read_options(int argc, char const* const* argv, Options& options);

// How the drivers of every station behave.
DriverConfig driver_config(Options const& options);

// Station `number` (from 1 on) of a run that starts at `start`.
StationConfig station_config(Options const& options, int number, Instant start);

}
