// What really happened on a small fleet, and the messages that its stations wrote about it.
#pragma once

#include "ocpp/version.hpp"
#include "storage/entities.hpp"

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace uploads {

// Numbers that depend on the seed alone, on every platform.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    int between(int least, int most)
    {
        auto const count = static_cast<std::uint64_t>(most - least) + 1;
        return least + static_cast<int>(engine_() % count);
    }
    bool one_in(int count) { return between(1, count) == 1; }

private:
    std::mt19937_64 engine_;
};

enum class Part { start, values, stop };

// A message about a transaction. Its text depends on the transaction id that the server gave (1.6).
struct Message {
    std::size_t transaction = 0;  // index into Station::transactions
    Part part = Part::values;
    std::string action;
    std::function<std::string(std::int64_t id)> payload;
};

struct Station {
    std::string identity;
    ocpp::Version version = ocpp::Version::v16;
    int outlets = 1;
    std::size_t transactions = 0;
    std::vector<Message> messages;  // in the order in which the station wrote them
};

// Stations with one or two outlets, of both versions, each with some sessions one after the other:
// with and without stop, values at the start, in between and at the end.
std::vector<Station> random_fleet(Dice& dice, int stations, int sessions_per_outlet);

}
