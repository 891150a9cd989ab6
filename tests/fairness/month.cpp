#include "tests/fairness/month.hpp"

#include "balancing/rotation.hpp"
#include "tests/fairness/max_flow.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace fairness_test {

using namespace balancing;
using plan::DaySession;

namespace {

constexpr Seconds step{300};
constexpr Seconds day{24 * 3600};
constexpr int days = 30;
constexpr Seconds round_robin_slot{900};
constexpr double seconds_per_hour = 3600;
constexpr Current car_most = ampere(16);
constexpr double watts_per_ampere = 3 * nominal_voltage;

double hours_of(Seconds duration)
{
    return static_cast<double>(duration.count()) / seconds_per_hour;
}

double laxity_s(Evse const& evse, Seconds now)
{
    double const watts = most_of(evse.max).amperes() * watts_per_ampere;
    double const need_s = static_cast<double>(*evse.session.wanted_wh) / watts * seconds_per_hour;
    return static_cast<double>((*evse.session.departs - now).count()) - need_s;
}

class Player {
public:
    Player(Month const& month, Scheduler scheduler, PolicyRules const& rules)
        : sessions_(month.sessions), scheduler_(scheduler), rules_(rules), snapshot_(month.plant)
    {
        if (scheduler == Scheduler::departure) rules_.policy = Policy::departure;
        if (scheduler == Scheduler::first_come) rules_.policy = Policy::first_come;
        evse_ = snapshot_.evses.front();
        snapshot_.evses.clear();
        std::stable_sort(sessions_.begin(), sessions_.end(),
            [](DaySession const& a, DaySession const& b) { return a.arrives < b.arrives; });
    }

    double play()
    {
        Seconds now = sessions_.front().arrives / step * step;
        while (next_ < sessions_.size() || !snapshot_.evses.empty()) {
            snapshot_.now = now;
            leave();
            arrive();
            if (!snapshot_.evses.empty()) {
                make_plan();
                charge();
            } else if (next_ < sessions_.size()) {
                now = std::max(now, sessions_[next_].arrives / step * step - step);
            }
            now += step;
        }
        return delivered_wh_;
    }

private:
    void leave()
    {
        for (std::size_t i = left_wh_.size(); i-- > 0;) {
            if (left_wh_[i] > 0 && *snapshot_.evses[i].session.departs > snapshot_.now) continue;
            left_wh_.erase(left_wh_.begin() + static_cast<std::ptrdiff_t>(i));
            snapshot_.evses.erase(snapshot_.evses.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }

    // From the first step that begins after it has come.
    void arrive()
    {
        for (; next_ < sessions_.size() && sessions_[next_].arrives <= snapshot_.now; ++next_) {
            evse_.session = {};
            evse_.session.arrived = sessions_[next_].arrives;
            evse_.session.departs = sessions_[next_].departs;
            snapshot_.evses.push_back(evse_);
            left_wh_.push_back(static_cast<double>(sessions_[next_].wanted_wh));
        }
    }

    void make_plan()
    {
        for (std::size_t i = 0; i < left_wh_.size(); ++i)
            snapshot_.evses[i].session.wanted_wh = static_cast<std::int64_t>(
                std::ceil(left_wh_[i]));
        bool const ours = scheduler_ == Scheduler::equal_share ||
                          scheduler_ == Scheduler::departure || scheduler_ == Scheduler::first_come;
        if (ours) {
            if (rotation_.plan(snapshot_, rules_, plan_, fair_))
                throw std::runtime_error("the month is refused");
            return;
        }
        plan_in_order(queue());
        fair_ = plan_;
    }

    std::vector<std::size_t> queue() const
    {
        std::vector<std::size_t> order(left_wh_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        auto const& evses = snapshot_.evses;
        if (scheduler_ == Scheduler::earliest_deadline)
            std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
                return *evses[a].session.departs < *evses[b].session.departs;
            });
        if (scheduler_ == Scheduler::least_laxity)
            std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
                return laxity_s(evses[a], snapshot_.now) < laxity_s(evses[b], snapshot_.now);
            });
        if (scheduler_ == Scheduler::round_robin) {
            auto const turn = static_cast<std::size_t>(snapshot_.now / round_robin_slot);
            std::rotate(order.begin(),
                order.begin() + static_cast<std::ptrdiff_t>(turn % order.size()), order.end());
        }
        return order;
    }

    void plan_in_order(std::vector<std::size_t> const& order)
    {
        Snapshot queued = snapshot_;
        for (std::size_t place = 0; place < order.size(); ++place)
            queued.evses[place] = snapshot_.evses[order[place]];
        queued.sharing = scheduler_ == Scheduler::round_robin ? Sharing::fair : Sharing::in_order;
        Plan planned;
        if (allocator_.allocate(queued, planned)) throw std::runtime_error("the month is refused");
        plan_ = planned;
        for (std::size_t place = 0; place < order.size(); ++place)
            plan_.evses[order[place]] = planned.evses[place];
    }

    void charge()
    {
        for (std::size_t i = 0; i < left_wh_.size(); ++i) {
            Seconds const stay = std::min(
                step, *snapshot_.evses[i].session.departs - snapshot_.now);
            double const offered_wh = plan_.evses[i].limit.amperes() * watts_per_ampere *
                                      hours_of(stay);
            double const taken_wh = std::min(left_wh_[i], offered_wh);
            left_wh_[i] -= taken_wh;
            delivered_wh_ += taken_wh;
        }
        carry_on(snapshot_, plan_, fair_, step);
    }

    std::vector<DaySession> sessions_;
    Scheduler scheduler_;
    PolicyRules rules_;
    Snapshot snapshot_;
    Evse evse_;
    std::vector<double> left_wh_;  // as the snapshot's EVSEs
    std::size_t next_ = 0;
    Allocator allocator_;
    Rotation rotation_;
    Plan plan_;
    Plan fair_;
    double delivered_wh_ = 0;
};

double wanted_wh(Month const& month)
{
    double sum = 0;
    for (DaySession const& session : month.sessions) sum += static_cast<double>(session.wanted_wh);
    return sum;
}

}

char const* name_of(Scheduler scheduler)
{
    switch (scheduler) {
    case Scheduler::equal_share: return "equal_share";
    case Scheduler::departure: return "departure";
    case Scheduler::first_come: return "first_come";
    case Scheduler::earliest_deadline: return "earliest deadline";
    case Scheduler::least_laxity: return "least laxity";
    case Scheduler::round_robin: return "round robin";
    }
    return "";
}

Month synthetic_month(plan::Mix mix, std::size_t cars, double capacity_w, std::uint64_t seed)
{
    Month month;
    month.capacity_w = capacity_w;
    Node main;
    main.name = "main";
    main.rating = on_all_lines(
        Current{static_cast<std::int64_t>(capacity_w / watts_per_ampere * 1e9)});
    month.plant.nodes.push_back(main);
    Evse evse;
    evse.phases = 3;
    evse.max.car = car_most;
    evse.quantum = milliampere(100);
    month.plant.evses.assign(cars, evse);
    for (int i = 0; i < days; ++i) {
        auto const of_day = plan::synthetic_sessions(
            month.plant, mix, cars, seed * days + static_cast<std::uint64_t>(i));
        for (DaySession session : of_day) {
            session.arrives += i * day;
            session.departs += i * day;
            month.sessions.push_back(session);
        }
    }
    return month;
}

double delivered(Month const& month, Scheduler scheduler, PolicyRules rules)
{
    return Player(month, scheduler, rules).play() / wanted_wh(month);
}

double optimum(Month const& month)
{
    std::vector<EnergyJob> jobs;
    for (DaySession const& session : month.sessions)
        jobs.push_back({session.arrives, session.departs, static_cast<double>(session.wanted_wh),
            car_most.amperes() * watts_per_ampere});
    return most_energy(jobs, month.capacity_w) / wanted_wh(month);
}

}
