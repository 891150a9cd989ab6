// Filling: what the admitted cars get above their minima. Weighted max-min fair, not rounded.
#pragma once

#include "balancing/account.hpp"
#include "balancing/cars.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace balancing {

// Progressive filling: a level rises from 0; a car's current is weight x level, but not below its
// `current` nor above its `most`; where a row is full, all cars that add to it stay where they are.
// That is the weighted max-min fair share: whoever is stopped by a full row could only get more by
// taking from somebody whose current / weight is not higher. It works for any row whose current
// never falls when a car rises, so for sums and for the safe quadratic of IT alike.
//
// Levels are doubles; what they say is turned into whole nanoamperes at once, and all sums are
// integers, so that the result does not depend on the order of nodes or cars. It may exceed a row
// by the last digit of a double, and leaves up to 1 nA per car: rounding (rounding.hpp) has the
// last word.
//
// Costs O(n (depth + log n)) for n cars.
class Filling {
public:
    // The shares of the cars named, written to shares[index of the car]; between `current`, which
    // the account holds, and `most`.
    void fill(Tree const& tree, std::span<NodeRows const> rows, LineLaw const& law,
        Account const& account, std::span<Car const> cars, std::span<std::uint32_t const> members,
        std::vector<std::int64_t>& shares);

private:
    enum class State : std::uint8_t { asleep, rising, done };

    // A car at some level: where it starts to rise, or reaches its maximum.
    struct Mark {
        double level;
        std::uint32_t member;
    };

    struct Member {
        std::uint32_t car;
        State state;
    };

    // A node's load at level t: fixed + slope t per channel. An alarm is the lowest level at which
    // one of its rows may be full; real ones only come later, since members that stop make it rise.
    struct Gauge {
        ChannelValues fixed;
        ChannelValues slope;
        double alarm;
        Loading full;  // the channels that may not rise
        bool stirred;  // members began to rise since the alarm was set
    };

    struct Alarm {
        double level;
        NodeRank node;
    };

    void set_members(std::span<std::uint32_t const> members);
    void set_marks();
    void set_gauges(Account const& account);
    void start_rising(double level);
    void reach_most(double level);
    void ring(double level);
    void find_full_rows(NodeRank node, double level);
    void stop_members_below(NodeRank node, double level);
    void stop(Member& member, std::int64_t share);
    void set_alarm(NodeRank node);
    double alarm_level(NodeRank node) const;
    bool rises(Gauge const& gauge, std::size_t row) const;
    double next_alarm();
    void drop_stale_alarms();

    Tree const* tree_ = nullptr;
    std::span<NodeRows const> rows_;
    LineLaw law_{Grid::tn};
    std::array<Loading, row_count> row_channels_{};
    std::span<Car const> cars_;
    std::vector<std::int64_t>* shares_ = nullptr;

    std::vector<Member> members_;              // by node rank, so that a subtree is one piece
    std::vector<std::uint32_t> first_member_;  // per node rank, and one more
    std::vector<std::uint32_t> place_;         // scratch of the sort
    std::vector<Mark> starts_;
    std::vector<Mark> ends_;
    std::size_t next_start_ = 0;
    std::size_t next_end_ = 0;
    std::vector<Gauge> gauges_;
    std::vector<Alarm> alarms_;  // a heap, lowest first; an entry counts if its gauge has its level
    std::vector<NodeRank> stirred_;
    std::vector<NodeRank> ringing_;
    std::size_t rising_ = 0;  // members that are not done
};

}
