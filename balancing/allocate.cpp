#include "balancing/allocate.hpp"

#include "balancing/account.hpp"
#include "balancing/admission.hpp"
#include "balancing/cars.hpp"
#include "balancing/explain.hpp"
#include "balancing/rounding.hpp"
#include "balancing/rows.hpp"
#include "balancing/tree.hpp"
#include "balancing/validation.hpp"

#include <algorithm>
#include <span>

namespace balancing {

// What is needed while a plan is made; kept from one to the next for its memory only.
class Allocator::Work {
public:
    std::optional<Refusal> allocate(Snapshot const& snapshot, Plan& plan);

private:
    void book_reserved(Snapshot const& snapshot);
    void make_queue(Snapshot const& snapshot);
    void serve(Snapshot const& snapshot, std::span<std::uint32_t const> tier);
    void serve_in_order();
    void write_nodes(Plan& plan) const;

    Tree tree_;
    std::vector<NodeRows> rows_;
    LineLaw law_{Grid::tn};
    std::vector<Car> cars_;
    std::vector<Admission> admissions_;
    std::vector<std::uint32_t> queue_;    // all cars, tier by tier
    std::vector<std::uint32_t> members_;  // of one tier
    Account empty_;                       // with the reservations only
    Account account_;
    Rounding rounding_;
    Explainer explainer_;
};

std::optional<Refusal> Allocator::Work::allocate(Snapshot const& snapshot, Plan& plan)
{
    if (auto refusal = find_fault(snapshot, tree_)) {
        plan = {};
        return refusal;
    }
    law_ = LineLaw(snapshot.grid, snapshot.power_factor);
    make_rows(tree_, snapshot.grid, snapshot.nodes, snapshot.now, rows_);
    make_cars(snapshot, tree_, cars_);
    admissions_.assign(cars_.size(), {});
    account_.reset(tree_, rows_, law_);
    book_reserved(snapshot);
    empty_ = account_;

    make_queue(snapshot);
    auto const tier_of = [&](std::uint32_t car) { return snapshot.evses[car].tier; };
    for (auto first = queue_.begin(); first != queue_.end();) {
        int const tier = tier_of(*first);
        auto const last = std::find_if(
            first, queue_.end(), [&](std::uint32_t car) { return tier_of(car) != tier; });
        serve(snapshot, {first, last});
        first = last;
    }

    explainer_.explain({snapshot, tree_, rows_, cars_, admissions_, queue_, account_}, plan);
    write_nodes(plan);
    return std::nullopt;
}

// Reservations come first wherever they stand in the queue: that current may flow whatever we say.
void Allocator::Work::book_reserved(Snapshot const& snapshot)
{
    for (std::size_t index = 0; index < cars_.size(); ++index) {
        auto const& reserved = snapshot.evses[index].reserved;
        if (!reserved) continue;
        Car& car = cars_[index];
        car.current = reserved->nanoamperes;
        account_.take(car.node, car.loading, *reserved);
        admissions_[index].standing = Standing::reserved;
    }
}

void Allocator::Work::make_queue(Snapshot const& snapshot)
{
    queue_.resize(cars_.size());
    for (std::uint32_t index = 0; index < queue_.size(); ++index) queue_[index] = index;
    auto const before = [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(snapshot.evses[a].tier, a) < std::pair(snapshot.evses[b].tier, b);
    };
    if (!std::is_sorted(queue_.begin(), queue_.end(), before))
        std::sort(queue_.begin(), queue_.end(), before);
}

void Allocator::Work::serve(Snapshot const& snapshot, std::span<std::uint32_t const> tier)
{
    members_.clear();
    members_.reserve(cars_.size());
    for (std::uint32_t const car : tier)
        if (admissions_[car].standing != Standing::reserved) members_.push_back(car);
    // One by itself needs no sharing.
    if (snapshot.sharing == Sharing::in_order || members_.size() == 1) return serve_in_order();
    admit(members_, cars_, empty_, account_, admissions_);
    std::erase_if(members_,
        [&](std::uint32_t car) { return admissions_[car].standing != Standing::admitted; });
    set_weights(snapshot, members_, cars_);
    rounding_.share(tree_, rows_, law_, cars_, members_, account_);
}

void Allocator::Work::serve_in_order()
{
    for (std::uint32_t const& car : members_) {
        admit({&car, 1}, cars_, empty_, account_, admissions_);
        if (admissions_[car].standing == Standing::admitted)
            raise(cars_[car], cars_[car].most, account_);
    }
}

void Allocator::Work::write_nodes(Plan& plan) const
{
    plan.node_current.resize(tree_.size());
    plan.node_limit.resize(tree_.size());
    for (NodeRank rank = 0; rank < tree_.size(); ++rank) {
        std::size_t const node = tree_.node_at(rank);
        plan.node_current[node] = law_.currents(account_.sums(rank));
        plan.node_limit[node] = rows_[rank].limit;
    }
}

Allocator::Allocator() : work_(std::make_unique<Work>()) {}
Allocator::~Allocator() = default;
Allocator::Allocator(Allocator&&) noexcept = default;
Allocator& Allocator::operator=(Allocator&&) noexcept = default;

std::optional<Refusal> Allocator::allocate(Snapshot const& snapshot, Plan& plan)
{
    return work_->allocate(snapshot, plan);
}

std::variant<Plan, Refusal> allocate(Snapshot const& snapshot)
{
    Plan plan;
    if (auto refusal = Allocator().allocate(snapshot, plan)) return *refusal;
    return plan;
}

}
