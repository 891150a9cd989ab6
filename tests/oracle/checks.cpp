#include "tests/oracle/checks.hpp"

#include <cmath>

namespace oracle {
namespace {

std::string name_of(Row const& row)
{
    char const* const kind = row.kind == RowKind::current     ? "current"
                             : row.kind == RowKind::asymmetry ? "asymmetry"
                                                              : "energy";
    return std::string(kind) + " of node " + std::to_string(row.node) + " line L" +
           std::to_string(row.line + 1);
}

std::string in_amperes(Nano nano)
{
    return std::to_string(static_cast<double>(nano / nano_per_ampere)) + " A";
}

// What the oracle's floating point may be off by; straight rows of whole nanoamperes are exact.
Nano doubt(Row const& row)
{
    bool const whole = !row.bent && row.kind != RowKind::energy;
    return whole ? 0 : 2 + std::abs(row.capacity) * 1e-15L;
}

std::vector<Nano> reservations(Model const& model)
{
    std::vector<Nano> reserved;
    for (Car const& car : model.cars) reserved.push_back(car.reserved ? car.least : 0);
    return reserved;
}

}

std::vector<std::string> broken_limits(Model const& model, std::span<Nano const> at)
{
    std::vector<std::string> faults;
    auto const reserved = reservations(model);
    for (Row const& row : model.rows) {
        Nano const value = value_of(model, row, at);
        if (value <= row.capacity + doubt(row)) continue;
        // Reservations alone may be too much; then nobody else may add to it.
        if (value > value_of(model, row, reserved))
            faults.push_back(
                name_of(row) + " is " + in_amperes(value) + " of " + in_amperes(row.capacity));
    }
    for (std::size_t i = 0; i < at.size(); ++i) {
        Car const& car = model.cars[i];
        bool const allowed = car.reserved
                                 ? at[i] == car.least
                                 : at[i] == 0 ||
                                       (!car.off() && at[i] >= car.least && at[i] <= car.most &&
                                           std::fmod(at[i], car.quantum) == 0);
        if (!allowed) faults.push_back("EVSE " + std::to_string(i) + " has " + in_amperes(at[i]));
    }
    return faults;
}

std::vector<std::string> left_over(Model const& model, std::span<Nano const> at)
{
    std::vector<std::string> faults;
    std::vector<Nano> more(at.begin(), at.end());
    for (std::size_t i = 0; i < at.size(); ++i) {
        Car const& car = model.cars[i];
        if (car.reserved || car.off()) continue;
        more[i] = at[i] > 0 || car.least == 0 ? at[i] + car.quantum : car.least;
        if (more[i] <= car.most && fits(model, i, more) == Fit::yes)
            faults.push_back("EVSE " + std::to_string(i) + " has " + in_amperes(at[i]) +
                             " and could have " + in_amperes(more[i]));
        more[i] = at[i];
    }
    return faults;
}

std::vector<std::string> wrong_node_currents(Model const& model, balancing::Plan const& plan)
{
    std::vector<std::string> faults;
    auto const at = currents_of(plan);
    for (std::size_t k = 0; k < 3 * plan.node_current.size(); ++k) {
        Row const& row = model.rows[k];
        auto const said = static_cast<Nano>(plan.node_current[row.node][row.line].nanoamperes);
        Nano const value = value_of(model, row, at);
        // The law rounds up, and bent rows by the last digits of its coefficients.
        Nano const above = row.bent ? 2 + value * 1e-9L : 0;
        if (said < value - (row.bent ? 1e-3L : 0) || said > value + above)
            faults.push_back(
                name_of(row) + " is " + in_amperes(value) + ", not " + in_amperes(said));
    }
    return faults;
}

}
