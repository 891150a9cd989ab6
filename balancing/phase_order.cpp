#include "balancing/phase_order.hpp"

#include <algorithm>
#include <cmath>

namespace balancing {

namespace {

// Plans without quanta are right to some nanoamperes, and shares that are equal but for those must
// not be told apart: a share is read to so many bits (less than a microampere in 10 A).
constexpr int share_bits = 24;

// Rounds down after a little is added, so that a round number, or the half, third or quarter of
// one, stays together with what is a nanoampere less.
double coarse(double share)
{
    constexpr double added = 0.27;
    int exponent = 0;
    double const mantissa = std::frexp(share, &exponent);
    return std::ldexp(std::floor(std::ldexp(mantissa, share_bits) + added), exponent - share_bits);
}

bool is_admitted(Reason const& reason)
{
    switch (reason.kind) {
    case ReasonKind::own_maximum:
    case ReasonKind::reclaimed:
    case ReasonKind::line:
    case ReasonKind::reserved: return true;
    case ReasonKind::waiting:
    case ReasonKind::no_room:
    case ReasonKind::switched_off: break;
    }
    return false;
}

}

ModeOutcome outcome_of(Grant const& grant, double weight, double power)
{
    double const share = grant.limit.amperes() * power / weight;
    return {is_admitted(grant.reason), power < 1, coarse(share)};
}

Comparison::Comparison(Snapshot const& snapshot, double least_gain)
    : snapshot_(&snapshot), least_gain_(least_gain)
{
}

Verdict Comparison::operator()(
    std::span<ModeOutcome const> before, std::span<ModeOutcome const> after)
{
    auto const& evses = snapshot_->evses;
    first_ = 0;
    first_marked_ = 0;
    changed_.clear();
    for (std::size_t index = 0; index < evses.size(); ++index)
        if (before[index] != after[index]) changed_.push_back(index);
    std::stable_sort(changed_.begin(), changed_.end(),
        [&](std::size_t one, std::size_t other) { return evses[one].tier < evses[other].tier; });
    for (auto first = changed_.begin(); first != changed_.end() && first_marked_ == 0;) {
        auto const last = std::find_if(first, changed_.end(),
            [&](std::size_t index) { return evses[index].tier != evses[*first].tier; });
        compare_tier({first, last}, before, after);
        first = last;
    }
    if (first_ <= 0) return first_ < 0 ? Verdict::worse : Verdict::same;
    return first_marked_ > 0 ? Verdict::worth_a_switch : Verdict::better;
}

void Comparison::note(int favour, bool marked)
{
    if (first_ == 0) first_ = favour;
    if (marked && first_marked_ == 0) first_marked_ = favour;
}

void Comparison::compare_tier(
    Changed changed, std::span<ModeOutcome const> before, std::span<ModeOutcome const> after)
{
    int fewer_drops = 0;
    for (std::size_t const index : changed) {
        if (before[index].admitted != after[index].admitted)
            return note(after[index].admitted ? 1 : -1, true);
        fewer_drops += (before[index].dropped ? 1 : 0) - (after[index].dropped ? 1 : 0);
    }
    if (fewer_drops != 0) return note(fewer_drops > 0 ? 1 : -1, true);
    compare_shares(changed, before, after);
}

void Comparison::compare_shares(
    Changed changed, std::span<ModeOutcome const> before, std::span<ModeOutcome const> after)
{
    shares_before_.clear();
    shares_after_.clear();
    for (std::size_t const index : changed) {
        shares_before_.push_back(before[index].share);
        shares_after_.push_back(after[index].share);
    }
    // What is common to both sorted lists would not change which of them is smaller, so those that
    // change are enough.
    if (snapshot_->sharing == Sharing::fair) {
        std::sort(shares_before_.begin(), shares_before_.end());
        std::sort(shares_after_.begin(), shares_after_.end());
    }
    for (std::size_t k = 0; k < shares_before_.size() && first_marked_ == 0; ++k) {
        auto const [low, high] = std::minmax(shares_before_[k], shares_after_[k]);
        if (low < high)
            note(shares_after_[k] > shares_before_[k] ? 1 : -1, high >= low * (1 + least_gain_));
    }
}

}
