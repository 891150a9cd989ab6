// Re-planning an installation allocates no memory. In a binary of its own, since it replaces
// operator new by one that counts.
#include "balancing/allocate.hpp"
#include "balancing/rotation.hpp"
#include "tests/balancing/dice.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <new>
#include <string>
#include <utility>

namespace {

std::size_t allocations = 0;

void* counted(std::size_t size)
{
    ++allocations;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}

void* counted(std::size_t size, std::align_val_t alignment)
{
    ++allocations;
    auto const unit = static_cast<std::size_t>(alignment);
    if (void* memory = std::aligned_alloc(unit, (size + unit - 1) / unit * unit)) return memory;
    throw std::bad_alloc();
}

}

// The other forms of the standard library call these.
void* operator new(std::size_t size) { return counted(size); }
void* operator new(std::size_t size, std::align_val_t alignment)
{
    return counted(size, alignment);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace balancing_test {

using namespace balancing;

TEST_SUITE_BEGIN("memory");

namespace {

constexpr std::size_t circuits = 30;
constexpr std::size_t cars_per_circuit = 8;

// Main, a circuit for every eight cars; of everything that a snapshot can hold there is something.
Snapshot installation(Grid grid, Dice& dice)
{
    Snapshot snapshot;
    snapshot.grid = grid;
    for (std::size_t index = 0; index <= circuits; ++index) {
        Node node;
        node.name = "a name too long for the small buffer of a string " + std::to_string(index);
        if (index > 0) node.parent = 0;
        node.rating = on_all_lines(ampere(index == 0 ? 600 : 50));
        node.timed.resize(2);
        node.timed[0].limit = on_all_lines(ampere(index == 0 ? 550 : 45));
        node.timed[1].limit = node.rating;
        if (index % 5 == 0) node.asymmetry = ampere(index == 0 ? 200 : 40);
        if (index % 7 == 0) node.energy = EnergyCap{500'000, 0, Seconds{3600}};
        snapshot.nodes.push_back(std::move(node));
    }
    for (std::size_t index = 0; index < circuits * cars_per_circuit; ++index) {
        Evse evse;
        evse.name = "a name too long for the small buffer of a string " + std::to_string(index);
        evse.node = 1 + index / cars_per_circuit;
        evse.terminals.line = {static_cast<std::uint8_t>(index % 3),
            static_cast<std::uint8_t>((index + 1) % 3), static_cast<std::uint8_t>((index + 2) % 3)};
        evse.phases = static_cast<int>(index % 4);
        evse.max.station = ampere(32);
        evse.weight = dice.real(0.5, 4);
        evse.tier = static_cast<int>(index % 2);
        if (index % 3 == 0) evse.quantum = milliampere(100);
        if (index % 3 == 1) evse.quantum = ampere(1);
        snapshot.evses.push_back(std::move(evse));
    }
    return snapshot;
}

// Another moment of the same installation: nothing here may be of another number or name.
void change(Snapshot& snapshot, Dice& dice)
{
    snapshot.now = Seconds{dice.number(0, 3000)};
    for (Node& node : snapshot.nodes) {
        for (Current& load : node.other_load) load = milliampere(dice.number(0, 20'000));
        node.timed[0].limit = on_all_lines(ampere(dice.number(20, 600)));
        if (node.energy) node.energy->used_wh = dice.number(0, 500'000);
    }
    for (Evse& evse : snapshot.evses) {
        evse.weight = dice.real(0.1, 10);
        evse.tier = static_cast<int>(dice.number(0, 2));
        evse.max.car = ampere(dice.number(5, 32));
        evse.reserved.reset();
        if (dice.chance(5)) evse.reserved = ampere(6);
        evse.session.yields.reset();
        if (dice.chance(50)) evse.session.yields = Seconds{dice.number(0, 3600)};
    }
    for (std::size_t left = snapshot.evses.size(); left > 1; --left)
        std::swap(snapshot.evses[left - 1], snapshot.evses[dice.index(left)]);
    snapshot.sharing = dice.chance(20) ? Sharing::in_order : Sharing::fair;
}

std::size_t allocations_of(Allocator& allocator, Snapshot const& snapshot, Plan& plan)
{
    std::size_t const before = allocations;
    auto const refusal = allocator.allocate(snapshot, plan);
    std::size_t const made = allocations - before;
    REQUIRE_FALSE(refusal);
    return made;
}

}

TEST_CASE("after its first plan of an installation the allocator never asks for memory again")
{
    for (Grid const grid : {Grid::tn, Grid::it}) {
        Dice dice(seed_of(60, grid == Grid::tn ? 0 : 1));
        Snapshot snapshot = installation(grid, dice);
        Allocator allocator;
        Plan plan;
        CHECK(allocations_of(allocator, snapshot, plan) > 0);  // the count counts
        for (std::uint64_t round = 0; round < cases(500); ++round) {
            CAPTURE(round);
            change(snapshot, dice);
            CHECK(allocations_of(allocator, snapshot, plan) == 0);
        }
        // Nor does one that cars have left.
        snapshot.evses.resize(snapshot.evses.size() / 2);
        CHECK(allocations_of(allocator, snapshot, plan) == 0);
    }
}

TEST_CASE("after its first plan of an installation the rotation never asks for memory again")
{
    for (Grid const grid : {Grid::tn, Grid::it}) {
        Dice dice(seed_of(61, grid == Grid::tn ? 0 : 1));
        Snapshot snapshot = installation(grid, dice);
        // Names of all lengths, which change places with their cars in the queue.
        for (std::size_t index = 0; index < snapshot.evses.size(); ++index)
            snapshot.evses[index].name.assign(index % 50, 'P');
        Rotation rotation;
        Plan plan;
        Plan fair;
        for (std::uint64_t round = 0; round < cases(200); ++round) {
            CAPTURE(round);
            change(snapshot, dice);
            for (Evse& evse : snapshot.evses) evse.session.deficit_ah = dice.real(-5, 5);
            std::size_t const before = allocations;
            auto const refusal = rotation.plan(snapshot, {}, plan, fair);
            std::size_t const made = allocations - before;
            REQUIRE_FALSE(refusal);
            if (round > 0) CHECK(made == 0);
        }
    }
}

TEST_SUITE_END();

}
