// What an operator sets up before the stations come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace bench {

struct Login {
    std::string user;
    std::string password;
};

// Installations with ample current, one circuit and at most a hundred charge points each, open to
// everyone, and on each charge point one of the first `stations` of a fleet. Over the operators'
// API at 127.0.0.1. Throws std::runtime_error when the server refuses.
void build_plant(std::uint16_t operator_port, Login const& login, std::size_t stations);

}
