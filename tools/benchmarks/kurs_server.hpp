// The real server as a process of its own, on a data directory that outlives it.
#pragma once

#include "tools/benchmarks/child.hpp"
#include "tools/benchmarks/fleet.hpp"
#include "tools/benchmarks/measurements.hpp"
#include "tools/benchmarks/plant.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace bench {

class KursServer {
public:
    // On the folder of the plan, until it listens on free ports of 127.0.0.1.
    explicit KursServer(Plan const& plan);

    Child const& child() const { return child_; }
    std::uint16_t station_port() const { return station_port_; }
    std::uint16_t operator_port() const { return operator_port_; }
    // Precondition: the folder was empty before.
    Login const& first_login() const { return login_.value(); }
    Gauge gauge() const;

private:
    Child child_;
    std::filesystem::path database_;
    std::optional<Login> login_{};
    std::uint16_t station_port_ = 0;
    std::uint16_t operator_port_ = 0;
};

}
