#include "balancing/rounding.hpp"

#include <algorithm>

namespace balancing {

namespace {

// Quanta that differ by less are handed out together, in at most so many times the steps.
constexpr std::int64_t coarse_to_fine = 16;

// For heaps, so turned round. A lambda, since a function's address is not inlined.
constexpr auto later = [](auto const& one, auto const& other) {
    if (one.level != other.level) return one.level > other.level;
    return one.member > other.member;
};

std::int64_t rounded_down(Car const& car, std::int64_t share)
{
    return std::max(car.current, share - share % car.quantum);
}

void book(Car& car, std::int64_t current, Account& account)
{
    account.take(car.node, car.loading, {current - car.current});
    car.current = current;
}

}

void raise(Car& car, std::int64_t target, Account& account)
{
    Current const wanted{target - car.current};
    std::int64_t const room = account.room_for(car.node, car.loading, wanted).nanoamperes;
    std::int64_t quanta = std::max<std::int64_t>(0, room) / car.quantum;
    auto const fits = [&](std::int64_t count) {
        return count * car.quantum <= wanted.nanoamperes &&
               account.fits(car.node, car.loading, {count * car.quantum});
    };
    while (quanta > 0 && !fits(quanta)) --quanta;
    while (fits(quanta + 1)) ++quanta;
    if (quanta > 0) book(car, car.current + quanta * car.quantum, account);
}

void Rounding::share(Tree const& tree, std::span<NodeRows const> rows, LineLaw const& law,
    std::vector<Car>& cars, std::span<std::uint32_t const> members, Account& account)
{
    tree_ = &tree;
    cars_ = &cars;
    account_ = &account;
    shares_.resize(cars.size());
    for (auto* list : {&members_, &coarse_}) list->reserve(cars.size());
    steps_.reserve(cars.size());
    members_.assign(members.begin(), members.end());
    while (!members_.empty()) {
        filling_.fill(tree, rows, law, account, cars, members_, shares_);
        raise_to_shares();
        set_coarse_apart();
        hand_out(coarse_);
    }
}

void Rounding::raise_to_shares()
{
    if (raise_all_at_once()) return;
    for (std::uint32_t const member : members_) {
        Car& car = (*cars_)[member];
        raise(car, rounded_down(car, shares_[member]), *account_);
    }
}

bool Rounding::raise_all_at_once()
{
    raises_.assign(tree_->size(), {});
    for (std::uint32_t const member : members_) {
        Car const& car = (*cars_)[member];
        add(raises_[car.node], car.loading, {rounded_down(car, shares_[member]) - car.current});
    }
    if (!account_->take_all(raises_)) return false;
    for (std::uint32_t const member : members_) {
        Car& car = (*cars_)[member];
        car.current = rounded_down(car, shares_[member]);
    }
    return true;
}

// From members_ to coarse_.
void Rounding::set_coarse_apart()
{
    std::int64_t coarsest = 0;
    for (std::uint32_t const member : members_)
        coarsest = std::max(coarsest, (*cars_)[member].quantum);
    coarse_.clear();
    std::erase_if(members_, [&](std::uint32_t member) {
        bool const coarse = (*cars_)[member].quantum > coarsest / coarse_to_fine;
        if (coarse) coarse_.push_back(member);
        return coarse;
    });
}

void Rounding::hand_out(std::span<std::uint32_t const> members)
{
    steps_.clear();
    Step next{};
    for (std::uint32_t const member : members)
        if (next_step(member, next)) steps_.push_back(next);
    std::make_heap(steps_.begin(), steps_.end(), later);
    while (!steps_.empty()) {
        std::pop_heap(steps_.begin(), steps_.end(), later);
        Car& car = (*cars_)[steps_.back().member];
        // The root is where most of them end.
        Current const quantum{car.quantum};
        bool const fits = account_->fits_at_root(car.loading, quantum) &&
                          account_->fits(car.node, car.loading, quantum);
        if (fits) book(car, car.current + car.quantum, *account_);
        if (fits && next_step(steps_.back().member, steps_.back()))
            std::push_heap(steps_.begin(), steps_.end(), later);
        else
            steps_.pop_back();
    }
}

// Whoever could not take its next quantum even now never will: rows only get fuller.
bool Rounding::next_step(std::uint32_t member, Step& next) const
{
    Car const& car = (*cars_)[member];
    std::int64_t const current = car.current + car.quantum;
    if (current > car.most || !account_->fits(car.node, car.loading, {car.quantum})) return false;
    next = {static_cast<double>(current) / static_cast<double>(car.weight), member};
    return true;
}

}
