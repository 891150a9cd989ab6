// Scratch paper of the choice of phases: demands booked on the tree, without making a plan.
#pragma once

#include "balancing/line_law.hpp"
#include "balancing/phase_choice.hpp"
#include "balancing/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace balancing {

// A mode as the sums see it.
struct Option {
    Mode mode{};
    Loading loading{};
    double power = 1;  // its phases / the present phases
};

// An EVSE that has a choice.
struct FreeCar {
    std::size_t evse = 0;
    bool charging = false;
    std::vector<Option> options{};  // as modes_of() gives them, the present one first
};

std::vector<FreeCar> free_cars(Snapshot const& snapshot);

// A set of lines, bit k is line k.
using LineBits = std::uint8_t;
inline constexpr LineBits every_line = (1U << line_count) - 1;

// How well a demand fits beside what is booked: by which factor all demands could grow before a
// line is full. That compares small circuits with large ones, and still tells lines apart that are
// all asked for too much; below 1 they are.
struct Room {
    double factor = 0;    // on the tightest line of the way
    double fullness = 0;  // the sum of 1 / factor over all lines of the way
};

class PhaseBoard {
public:
    // Takes an accepted snapshot, which must outlive it. Knows lines and other load; asymmetry and
    // energy are left to the plan.
    explicit PhaseBoard(Snapshot const& snapshot);

    // A demand below 0 takes one back.
    void book(std::size_t node, Loading loading, Current demand);

    // On the lines named, of those that the loading adds to.
    Room room(std::size_t node, Loading loading, Current demand, LineBits lines = every_line) const;

    struct Place {
        std::size_t node = 0;
        std::size_t line = 0;
    };

    // The nearest place where the demand does not fit.
    std::optional<Place> full_place(std::size_t node, Loading loading, Current demand) const;

    // The most that the EVSE can ask for: its maximum, but no more than the best line of each node
    // on its way carries.
    Current most_asked(Evse const& evse) const;

    LineBits lines_of(Loading loading) const { return law_.lines_of(loading); }

private:
    Snapshot const* snapshot_;
    LineLaw law_;
    std::vector<PerLine> room_;  // of each node, beside other load
    std::vector<ChannelSums> booked_;
};

}
