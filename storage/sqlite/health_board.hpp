// What is wrong with the store at present, and whoever wants to hear of it.
#pragma once

#include "storage/store.hpp"

#include <array>
#include <functional>
#include <mutex>
#include <string>

namespace storage::sqlite {

// What can go wrong, each apart from the others. Only `writing` keeps the store from taking writes.
enum class Concern { writing, tidying, reading, refused };

// Used by both threads of the store; one report at a time.
class HealthBoard {
public:
    void listen(std::function<void(Health)> changed);

    // Says what is wrong with `concern`; empty: nothing. Reports the health if this changes it.
    // The listener must not call back into the board.
    void set(Concern concern, std::string const& problem);

private:
    std::mutex mutex_;  // guards all below
    std::array<std::string, 4> problems_;
    std::function<void(Health)> changed_;
};

}
