#include "tools/plan/day/play_day.hpp"

#include "balancing/line_law.hpp"
#include "balancing/rotation.hpp"
#include "tools/plan/day/parked.hpp"
#include "tools/plan/day/summary.hpp"
#include "tools/plan/day/timetable.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace plan {

namespace {

using namespace balancing;

constexpr double seconds_per_hour = 3600;

class Player {
public:
    Player(Day const& day, DayRules const& rules)
        : day_(day),
          rules_(rules),
          law_(day.installation.grid, day.installation.power_factor),
          snapshot_(day.installation),
          arrivals_(day.sessions.size())
    {
        report_.cars.resize(day.sessions.size());
        report_.peaks.resize(snapshot_.nodes.size());
        drawn_.resize(snapshot_.nodes.size());
        timetable_ = repeat_daily(snapshot_.nodes, day.ends);
        std::iota(arrivals_.begin(), arrivals_.end(), std::size_t{0});
        std::stable_sort(arrivals_.begin(), arrivals_.end(), [&](std::size_t a, std::size_t b) {
            return day.sessions[a].arrives < day.sessions[b].arrives;
        });
        std::erase_if(snapshot_.evses, [](Evse const& evse) { return !evse.reserved; });
        parked_.resize(snapshot_.evses.size());
    }

    std::optional<Refusal> play()
    {
        for (Seconds now = day_.begins; now < day_.ends;) {
            snapshot_.now = now;
            leave();
            arrive();
            set_hours(snapshot_.nodes, used_wh_, now);
            if (auto refusal = make_plan()) return refusal;
            Seconds const until = next_event();
            pass(until - now);
            now = until;
        }
        return std::nullopt;
    }

    DayReport report()
    {
        summarise(day_, report_);
        return std::move(report_);
    }

private:
    void leave()
    {
        for (std::size_t i = parked_.size(); i-- > 0;) {
            if (!parked_[i].session) continue;
            bool const full = parked_[i].left_wh <= 0;
            if (!full && day_.sessions[*parked_[i].session].departs > snapshot_.now) continue;
            parked_.erase(parked_.begin() + static_cast<std::ptrdiff_t>(i));
            snapshot_.evses.erase(snapshot_.evses.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }

    void arrive()
    {
        for (; next_arrival_ < arrivals_.size(); ++next_arrival_) {
            std::size_t const index = arrivals_[next_arrival_];
            DaySession const& session = day_.sessions[index];
            if (session.arrives > snapshot_.now) return;
            if (session.departs <= snapshot_.now || session.wanted_wh <= 0) continue;
            snapshot_.evses.push_back(parked_evse(day_.installation, session));
            parked_.push_back(parked_car(index, session));
        }
    }

    std::optional<Refusal> make_plan()
    {
        for (std::size_t i = 0; i < parked_.size(); ++i)
            if (parked_[i].session)
                look_at(parked_[i], snapshot_.evses[i], rules_.reclaim, snapshot_.now);
        if (auto refusal = rotation_.plan(snapshot_, rules_.policy, plan_, fair_)) return refusal;
        ++report_.plans;
        if (exceeds()) ++report_.exceeded;
        return std::nullopt;
    }

    // What is granted must fit beside other load; nothing, where that alone is too much.
    bool exceeds() const
    {
        for (std::size_t node = 0; node < snapshot_.nodes.size(); ++node)
            for (std::size_t line = 0; line < line_count; ++line) {
                Current const room = plan_.node_limit[node][line] -
                                     snapshot_.nodes[node].other_load[line];
                Current const current = plan_.node_current[node][line];
                if (current > Current{} && current > room) return true;
            }
        return false;
    }

    Seconds next_event() const
    {
        Seconds const now = snapshot_.now;
        Seconds next = day_.begins + ((now - day_.begins) / rules_.step + 1) * rules_.step;
        if (next_arrival_ < arrivals_.size())
            next = std::min(next, day_.sessions[arrivals_[next_arrival_]].arrives);
        for (Parked const& parked : parked_)
            if (parked.session) next = std::min(next, day_.sessions[*parked.session].departs);
        next = std::min(next, next_change(timetable_, now));
        for (Node const& node : snapshot_.nodes)
            if (node.energy) next = std::min(next, node.energy->hour_ends);
        return std::min(next, day_.ends);
    }

    void pass(Seconds duration)
    {
        for (ChannelSums& sums : drawn_) sums = {};
        for (std::size_t i = 0; i < parked_.size(); ++i) {
            Evse const& evse = snapshot_.evses[i];
            Loading const loading = loading_of(snapshot_.grid, evse);
            Current drawn = plan_.evses[i].limit;  // all of it, where it is reserved
            if (auto const session = parked_[i].session) {
                Current const limit = drawn;
                drawn = draw(parked_[i], evse, limit, rules_.taper);
                CarReport& car = report_.cars[*session];
                count(car, evse, limit, fair_.evses[i].limit, duration);
                car.delivered_wh += take(parked_[i], drawn, phases_of(loading), duration);
                measure(parked_[i], limit, drawn, snapshot_.now, duration);
            }
            add(evse.node, loading, drawn);
        }
        note_peaks();
        count_energy(snapshot_, drawn_, used_wh_, duration);
        carry_on(snapshot_, plan_, fair_, duration);
    }

    static void count(
        CarReport& car, Evse const& evse, Current limit, Current fair, Seconds duration)
    {
        double const hours = static_cast<double>(duration.count()) / seconds_per_hour;
        bool const charges = limit > Current{};
        car.wanting += duration;
        if (!charges) car.waited += duration;
        if (charges != evse.session.charging) ++car.switches;
        car.granted_ah += limit.amperes() * hours;
        car.fair_ah += fair.amperes() * hours;
    }

    void add(std::size_t node, Loading loading, Current drawn)
    {
        for (std::optional<std::size_t> at = node; at; at = snapshot_.nodes[*at].parent)
            balancing::add(drawn_[*at], loading, drawn);
    }

    void note_peaks()
    {
        for (std::size_t node = 0; node < snapshot_.nodes.size(); ++node) {
            PerLine const currents = law_.currents(drawn_[node]);
            for (std::size_t line = 0; line < line_count; ++line) {
                Peak& peak = report_.peaks[node][line];
                Current const current = currents[line] + snapshot_.nodes[node].other_load[line];
                if (current > peak.current || report_.plans == 1)
                    peak = {current, plan_.node_limit[node][line], snapshot_.now};
            }
        }
    }

    Day const& day_;
    DayRules const& rules_;
    LineLaw law_;
    Snapshot snapshot_;           // the installation with the cars that are there now
    std::vector<Parked> parked_;  // as its EVSEs
    std::vector<std::size_t> arrivals_;
    std::size_t next_arrival_ = 0;
    std::vector<Seconds> timetable_;
    HourEnergy used_wh_;
    Rotation rotation_;
    Plan plan_;
    Plan fair_;
    std::vector<ChannelSums> drawn_;
    DayReport report_;
};

}

std::variant<DayReport, Refusal> play_day(Day const& day, DayRules const& rules)
{
    Player player(day, rules);
    if (auto refusal = player.play()) return std::move(*refusal);
    return player.report();
}

}
