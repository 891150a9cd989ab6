// Reasons: what bound each grant, told as data.
#pragma once

#include "balancing/account.hpp"
#include "balancing/admission.hpp"
#include "balancing/cars.hpp"
#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"
#include "balancing/tree.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace balancing {

// What the whole plan was made of, once it is made.
struct Outcome {
    Snapshot const& snapshot;
    Tree const& tree;
    std::span<NodeRows const> rows;
    std::span<Car const> cars;
    std::span<Admission const> admissions;
    std::span<std::uint32_t const> queue;  // all cars, in the order in which they were served
    Account const& account;
};

class Explainer {
public:
    // Writes limits, loadings and reasons to the plan's EVSEs.
    void explain(Outcome const& outcome, Plan& plan);

private:
    // A car that waits, by the place that it waits at.
    struct Waiting {
        Place obstacle;
        std::uint32_t car;
    };

    // When a car that charges leaves its turn to others.
    struct Yield {
        NodeRank node;
        Loading loading;
        Seconds at;
    };

    void expect_turns(Outcome const& outcome, Plan& plan);
    void collect_yields(Outcome const& outcome);
    void order_turns_at(Outcome const& outcome, Place place);

    std::vector<Waiting> waiting_;
    std::vector<Yield> yields_;
    std::vector<Seconds> turns_;
};

}
