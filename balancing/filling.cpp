#include "balancing/filling.hpp"

#include <algorithm>
#include <limits>

namespace balancing {

namespace {

// No level gets there.
constexpr double never = std::numeric_limits<double>::max();

// What a product of weight and level may fall short of a whole nanoampere that it should be.
constexpr double last_digits = 1.0 / 1024;

double level_of(std::int64_t current, std::int64_t weight)
{
    return static_cast<double>(current) / static_cast<double>(weight);
}

std::int64_t share_at(double level, Car const& car)
{
    double const share = static_cast<double>(car.weight) * level + last_digits;
    if (share >= static_cast<double>(car.most)) return car.most;
    return std::max(static_cast<std::int64_t>(share), car.current);
}

// Lambdas, since the address of a function is not inlined.
constexpr auto earlier = [](auto const& one, auto const& other) { return one.level < other.level; };
constexpr auto later = [](auto const& one, auto const& other) { return one.level > other.level; };

}

void Filling::fill(Tree const& tree, std::span<NodeRows const> rows, LineLaw const& law,
    Account const& account, std::span<Car const> cars, std::span<std::uint32_t const> members,
    std::vector<std::int64_t>& shares)
{
    tree_ = &tree;
    rows_ = rows;
    law_ = law;
    for (std::size_t row = 0; row < row_count; ++row) row_channels_[row] = row_channels(law, row);
    cars_ = cars;
    shares_ = &shares;
    set_members(members);
    set_marks();
    set_gauges(account);

    // Every member that is not done reaches its maximum some time, so there is an event.
    while (rising_ > 0) {
        double const start = next_start_ < starts_.size() ? starts_[next_start_].level : never;
        double const end = next_end_ < ends_.size() ? ends_[next_end_].level : never;
        double const alarm = next_alarm();
        if (start <= std::min(end, alarm))
            start_rising(start);
        else if (alarm <= end)
            ring(alarm);
        else
            reach_most(end);
    }
}

// Sorted by node, counting.
void Filling::set_members(std::span<std::uint32_t const> members)
{
    first_member_.assign(tree_->size() + 1, 0);
    for (std::uint32_t const car : members) ++first_member_[cars_[car].node + 1];
    for (std::size_t rank = 0; rank < tree_->size(); ++rank)
        first_member_[rank + 1] += first_member_[rank];
    place_.assign(first_member_.begin(), first_member_.end() - 1);
    members_.reserve(cars_.size());
    members_.resize(members.size());
    rising_ = 0;
    for (std::uint32_t const car : members) {
        bool const may_rise = cars_[car].most > cars_[car].current;
        members_[place_[cars_[car].node]++] = {car, may_rise ? State::asleep : State::done};
        (*shares_)[car] = cars_[car].current;
        rising_ += may_rise ? 1 : 0;
    }
}

void Filling::set_marks()
{
    starts_.clear();
    ends_.clear();
    starts_.reserve(cars_.size());
    ends_.reserve(cars_.size());
    for (std::uint32_t index = 0; index < members_.size(); ++index) {
        if (members_[index].state == State::done) continue;
        Car const& car = cars_[members_[index].car];
        starts_.push_back({level_of(car.current, car.weight), index});
        ends_.push_back({level_of(car.most, car.weight), index});
    }
    std::sort(starts_.begin(), starts_.end(), earlier);
    std::sort(ends_.begin(), ends_.end(), earlier);
    next_start_ = 0;
    next_end_ = 0;
}

void Filling::set_gauges(Account const& account)
{
    gauges_.resize(tree_->size());
    for (NodeRank rank = 0; rank < tree_->size(); ++rank) {
        Gauge& gauge = gauges_[rank];
        for (std::size_t channel = 0; channel < channel_count; ++channel)
            gauge.fixed[channel] = account.sums(rank)[channel].nanoamperes;
        gauge.slope = {};
        gauge.alarm = never;
        gauge.full = {};
        gauge.stirred = false;
    }
    alarms_.clear();
    alarms_.reserve(2 * tree_->size());
    stirred_.reserve(tree_->size());
    ringing_.reserve(tree_->size());
}

// All members that start at this level; then the alarms of the nodes above them, once each.
void Filling::start_rising(double level)
{
    stirred_.clear();
    for (; next_start_ < starts_.size() && starts_[next_start_].level == level; ++next_start_) {
        Member& member = members_[starts_[next_start_].member];
        if (member.state == State::done) continue;  // a row was full before
        member.state = State::rising;
        Car const& car = cars_[member.car];
        for (NodeRank node = car.node; node != Tree::none; node = tree_->parent(node)) {
            Gauge& gauge = gauges_[node];
            for (std::size_t channel = 0; channel < channel_count; ++channel) {
                if (!car.loading.has(channel)) continue;
                gauge.fixed[channel] -= car.current;
                gauge.slope[channel] += car.weight;
            }
            if (!gauge.stirred) stirred_.push_back(node);
            gauge.stirred = true;
        }
    }
    for (NodeRank const node : stirred_) {
        gauges_[node].stirred = false;
        if (alarm_level(node) < gauges_[node].alarm) set_alarm(node);
    }
}

void Filling::reach_most(double level)
{
    for (; next_end_ < ends_.size() && ends_[next_end_].level == level; ++next_end_) {
        Member& member = members_[ends_[next_end_].member];
        if (member.state != State::done) stop(member, cars_[member.car].most);
    }
}

// Nodes whose alarms are at the very same level are looked at together, so that their order does
// not matter.
void Filling::ring(double level)
{
    ringing_.clear();
    while (next_alarm() == level) {
        NodeRank const node = alarms_.front().node;
        std::pop_heap(alarms_.begin(), alarms_.end(), later);
        alarms_.pop_back();
        if (alarm_level(node) > level) {
            set_alarm(node);
        } else {
            gauges_[node].alarm = never;
            ringing_.push_back(node);
        }
    }
    for (NodeRank const node : ringing_) find_full_rows(node, level);
    for (NodeRank const node : ringing_) stop_members_below(node, level);
    for (NodeRank const node : ringing_) set_alarm(node);
}

void Filling::find_full_rows(NodeRank node, double level)
{
    Gauge& gauge = gauges_[node];
    all_rows(rows_[node].limited, [&](std::size_t row) {
        if (rises(gauge, row) &&
            row_level(law_, gauge.fixed, gauge.slope, row, rows_[node].room[row]) <= level)
            gauge.full.channels = static_cast<std::uint8_t>(
                gauge.full.channels | row_channels_[row].channels);
        return true;
    });
}

void Filling::stop_members_below(NodeRank node, double level)
{
    auto const full = gauges_[node].full.channels;
    if (full == 0) return;
    std::uint32_t const end = first_member_[tree_->end_of(node)];
    for (std::uint32_t index = first_member_[node]; index < end; ++index) {
        Member& member = members_[index];
        if (member.state == State::done) continue;
        Car const& car = cars_[member.car];
        if ((car.loading.channels & full) != 0)
            stop(member, member.state == State::rising ? share_at(level, car) : car.current);
    }
}

void Filling::stop(Member& member, std::int64_t share)
{
    Car const& car = cars_[member.car];
    if (member.state == State::rising) {
        for (NodeRank node = car.node; node != Tree::none; node = tree_->parent(node)) {
            Gauge& gauge = gauges_[node];
            for (std::size_t channel = 0; channel < channel_count; ++channel) {
                if (!car.loading.has(channel)) continue;
                gauge.fixed[channel] += share;
                gauge.slope[channel] -= car.weight;
            }
        }
    }
    member.state = State::done;
    (*shares_)[member.car] = share;
    --rising_;
}

void Filling::set_alarm(NodeRank node)
{
    double const level = alarm_level(node);
    gauges_[node].alarm = level;
    if (level == never) return;
    if (alarms_.size() == alarms_.capacity()) drop_stale_alarms();
    alarms_.push_back({level, node});
    std::push_heap(alarms_.begin(), alarms_.end(), later);
}

double Filling::alarm_level(NodeRank node) const
{
    Gauge const& gauge = gauges_[node];
    NodeRows const& rows = rows_[node];
    double lowest = never;
    all_rows(rows.limited, [&](std::size_t row) {
        if (!rises(gauge, row)) return true;
        double const level = row_level(law_, gauge.fixed, gauge.slope, row, rows.room[row]);
        lowest = std::min(lowest, level);
        return true;
    });
    return lowest;
}

bool Filling::rises(Gauge const& gauge, std::size_t row) const
{
    std::int64_t slope = 0;
    for (std::size_t channel = 0; channel < channel_count; ++channel)
        if (row_channels_[row].has(channel)) slope += gauge.slope[channel];
    return slope > 0;
}

// What counts is at most one per node, so that there is room again.
void Filling::drop_stale_alarms()
{
    std::erase_if(
        alarms_, [&](Alarm const& alarm) { return gauges_[alarm.node].alarm != alarm.level; });
    std::make_heap(alarms_.begin(), alarms_.end(), later);
}

// The level of the earliest alarm that counts.
double Filling::next_alarm()
{
    while (!alarms_.empty() && gauges_[alarms_.front().node].alarm != alarms_.front().level) {
        std::pop_heap(alarms_.begin(), alarms_.end(), later);
        alarms_.pop_back();
    }
    return alarms_.empty() ? never : alarms_.front().level;
}

}
