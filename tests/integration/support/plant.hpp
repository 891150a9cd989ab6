// An installation as an operator sets it up, and what the operator sees of it.
#pragma once

#include "tests/integration/support/operator.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace integration {

// The card of every driver here.
inline std::string const card = "04A1B2C3";

struct PlantSpec {
    std::string name = "Plant";
    int supply_a = 63;
    int circuit_a = 32;
    std::string circuit = "Kurs 1";
    std::vector<std::string> stations{};  // one charge point each, active
    int max_a = 32;
    int fallback_a = 0;
};

struct Plant {
    std::int64_t installation = 0;
    std::int64_t circuit = 0;
    std::vector<std::int64_t> charge_points{};  // in the order of the spec's stations
};

// Installation, circuit, charge points, assignments, and the token `card`.
Plant build_plant(Operator const& someone, PlantSpec const& spec);
std::int64_t add_charge_point(Operator const& someone, std::int64_t circuit,
    std::string const& name, int max_a = 32, int fallback_a = 0);

// Until every station of the plant is online and has confirmed its fallback: from then on no
// ceiling is above the circuit's rating, and none of the tests begins earlier.
void await_ready(Operator const& someone, Plant const& plant, PlantSpec const& spec);

// Of the live view: the charge point `id`.
json::object live_point(Operator const& someone, Plant const& plant, std::int64_t id);

std::vector<json::object> sessions_of(Operator const& someone, std::string const& station);
std::vector<json::object> all_sessions(Operator const& someone, bool open_only = false);

}
