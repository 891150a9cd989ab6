// The policies: who is served first and with what weight. They write the order, the tiers and the
// weights of a snapshot; the allocator does the rest.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace balancing {

enum class Policy {
    equal_share,  // alike; where not all fit, turns by deficit
    most_cars,    // cars on few phases before those on many, so that more of them fit at once; the
                  // others catch up in between (rotation.hpp)
    first_come,   // who came first is served first, and fully
    priority,     // tiers as given, equal shares and turns inside a tier
    departure,    // who has the least time to spare comes first and gets more
};

inline constexpr std::array<std::pair<std::string_view, Policy>, 5> policy_names{{
    {"equal_share", Policy::equal_share},
    {"most_cars", Policy::most_cars},
    {"first_come", Policy::first_come},
    {"priority", Policy::priority},
    {"departure", Policy::departure},
}};

// By these names, and back; nothing for an unknown name.
std::string_view name_of(Policy policy);
std::optional<Policy> policy_of(std::string_view name);

// What one unit of weight shares.
enum class FairUnit {
    current,  // amperes per phase: the fuse is what is scarce
    power,    // watts: a car on three phases gets a third of the amperes
};

// Rotation, where not all fit. A car that starts or stops often may not wake up again, so each turn
// has a least length, and who has the turn keeps it until the difference is worth a switch.
// Deficits are per phase. What is said of them here is for cars that charge with 6 A; for one that
// had more when it last charged it is more in proportion, since its deficit moves so much faster.
// The defaults are what tests/fairness found to be within two switches per car and hour and 10 % of
// the fair share over 8 h.
struct TurnRules {
    Seconds least_on{15 * 60};
    Seconds least_off{5 * 60};
    // What a car that charges is ahead of one that waits: turns change when the deficit does by
    // more than this.
    double incumbent_bonus_ah = 1.2;
    // So far ahead of its fair share a car that charges lets all others go first, until it is as
    // far behind.
    double rest_ah = 1.0;
    // Each time a car is so much further behind, its weight doubles (ahead: halves).
    double catch_up_ah = 0.9;
};

// A weight times a factor; as long as both are positive and finite, so is the product.
double scaled(double weight, double factor);

// How many times 6 A it had when it last charged; at least 1.
double pace(Session const& session);

// Whether it charges and must be left alone: it must not pause, or is inside its least time on.
bool keeps_turn(Session const& session, TurnRules const& turns, Seconds now);

struct PolicyRules {
    Policy policy = Policy::equal_share;
    FairUnit unit = FairUnit::current;
    TurnRules turns{};
    double urgency_power = 2;  // departure: how strongly the least time to spare counts, 1 to 2
};

// How urgent a car is: 1 / (1 + laxity / 5 min)^power, where laxity is the time to departure less
// the time that the energy still wanted takes at the car's maximum; never below 1e-6. 1 for a car
// that can no longer make it. A car that has not said when it departs, or how much it wants, counts
// as usual_parking and usual_wanted_wh.
double urgency(Grid grid, Evse const& evse, Seconds now, double power);

// Judgements: a working day's parking, and what an ordinary session takes.
inline constexpr Seconds usual_parking{8 * 3600};
inline constexpr std::int64_t usual_wanted_wh = 12'000;

// Puts a snapshot's EVSEs in a policy's order. Keeps its memory: the next time that no more EVSEs
// come, nothing is allocated.
class Queue {
public:
    // Writes order, weights, tiers, sharing and Session::yields, and gives for each place in the
    // new order the index it had before (valid until the next call). Ties keep the order given.
    // Weights and (for Policy::priority) tiers that the snapshot has are kept as factors, so they
    // have to be set anew before the policy is applied again. Takes EVSEs whose wiring is accepted
    // (grid.hpp). In all policies but first_come there come, inside a tier,
    //   first   cars that charge and must not pause, and those that charge inside their least time
    //           on: all of them fitted a moment ago, so all of them still do unless a limit fell;
    //   then    cars that must not pause and wait;
    //   then    everybody else: by deficit, those that charge ahead by TurnRules' bonus (most_cars:
    //           by the number of phases before that); departure: by urgency, and a little by
    //           deficit;
    //   then    cars that wait inside their least time off;
    //   last    cars that want no more energy (wanted_wh is 0): they keep their minimum as long as
    //           nobody needs it.
    std::vector<std::size_t> const& order(Snapshot& snapshot, PolicyRules const& rules);

private:
    struct Key {
        int tier = 0;
        int standing = 0;  // of the five above
        int phases = 0;    // most_cars
        double rank = 0;   // higher comes first
        std::size_t given = 0;

        friend bool operator<(Key const& a, Key const& b)
        {
            return std::tie(a.tier, a.standing, a.phases, b.rank, a.given) <
                   std::tie(b.tier, b.standing, b.phases, a.rank, b.given);
        }
    };
    void tell_yields(Snapshot& snapshot, PolicyRules const& rules);
    static Key key_of(
        Snapshot const& snapshot, Evse const& evse, PolicyRules const& rules, std::size_t given);

    std::vector<Key> keys_;
    std::vector<std::size_t> order_;
    std::vector<std::size_t> rest_;
};

// The same, once.
std::vector<std::size_t> apply_policy(Snapshot& snapshot, PolicyRules const& rules);

}
