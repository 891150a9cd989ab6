// kurs-server as a process of its own, on free ports of 127.0.0.1 and a data directory that
// outlives it: it can be stopped, killed and started again.
#pragma once

#include "tests/integration/support/operator.hpp"
#include "tests/integration/support/process.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace integration {

// Short times, so that a test sees in seconds what takes minutes in the field.
struct ServerSettings {
    int threads = 2;
    int reaction_ms = 800;  // more than quick_station() and quick_car() need
    int increase_interval_s = 0;
};

struct Login {
    std::string user;
    std::string password;
};

class ServerProcess {
public:
    explicit ServerProcess(ServerSettings const& settings = {});

    // Until it listens. Ports are new ones each time. An exception shows what it said instead.
    void start();
    // SIGKILL, in the middle of whatever it does.
    void kill();
    // SIGTERM; the exit code.
    int stop();

    std::uint16_t station_port() const { return station_port_; }
    std::uint16_t operator_port() const { return operator_port_; }
    std::string operator_url() const;
    // That its present life has printed, if it has.
    std::optional<Login> printed_login() const { return printed_; }
    // That of its first life.
    Login const& login() const { return login_.value(); }
    Operator log_in() const;

    Process& process() { return *process_; }
    fs::path const& folder() const { return folder_.path(); }
    fs::path data() const { return folder_.path() / "data"; }
    // What a process that starts on this folder is given.
    Launch launch(std::string name) const;

private:
    Folder folder_;
    int lives_ = 0;
    std::unique_ptr<Process> process_;
    std::uint16_t station_port_ = 0;
    std::uint16_t operator_port_ = 0;
    std::optional<Login> printed_;
    std::optional<Login> login_;
};

// What a line of the form "listening stations=ADDR:PORT operators=ADDR:PORT" says.
struct Ports {
    std::uint16_t stations = 0;
    std::uint16_t operators = 0;
};
Ports await_listening(Process& process);
// What a line of the form "login user=U password=P" says, if there is one; an exception if there
// are several.
std::optional<Login> printed_login(std::string const& output);

}
