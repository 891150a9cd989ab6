#include "tools/plan/day/carries.hpp"

#include <algorithm>
#include <utility>

namespace plan {

using namespace balancing;

namespace {

constexpr Seconds hour{3600};

// Plays one number of cars after the other, until one is refused.
class Search {
public:
    Search(Snapshot const& installation, Mix mix, std::uint64_t seed, DayRules const& rules)
        : installation_(installation), mix_(mix), seed_(seed), rules_(rules)
    {
    }

    bool carries(std::size_t cars)
    {
        if (refusal) return false;
        ++days;
        Day const day = day_of(installation_, synthetic_sessions(installation_, mix_, cars, seed_));
        auto played = play_day(day, rules_);
        if (auto* refused = std::get_if<Refusal>(&played)) {
            refusal = std::move(*refused);
            return false;
        }
        return is_carried(day, std::get<DayReport>(played));
    }

    std::size_t days = 0;
    std::optional<Refusal> refusal{};

private:
    Snapshot const& installation_;
    Mix mix_;
    std::uint64_t seed_;
    DayRules const& rules_;
};

}

bool is_carried(Day const& day, DayReport const& report)
{
    if (report.delivered_wh < carried_part * report.wanted_wh) return false;
    for (std::size_t i = 0; i < report.cars.size(); ++i) {
        auto const wanted_wh = static_cast<double>(day.sessions[i].wanted_wh);
        if (wanted_wh <= 0 || report.cars[i].delivered_wh < carried_part_of_each * wanted_wh)
            return false;
    }
    return true;
}

Day day_of(Snapshot installation, std::vector<DaySession> sessions)
{
    Day day;
    day.installation = std::move(installation);
    day.sessions = std::move(sessions);
    if (day.sessions.empty()) return day;
    day.begins = Seconds::max();
    for (DaySession const& session : day.sessions) {
        day.begins = std::min(day.begins, session.arrives / hour * hour);
        day.ends = std::max(day.ends, session.departs);
    }
    return day;
}

std::variant<Carries, Refusal> find_carried(
    Snapshot const& installation, Mix mix, std::uint64_t seed, DayRules const& rules)
{
    if (std::all_of(installation.evses.begin(), installation.evses.end(),
            [](Evse const& evse) { return evse.reserved.has_value(); }))
        return Refusal{"installation", "needs an EVSE that is not reserved"};
    Search search(installation, mix, seed, rules);
    std::size_t carried = 0;
    std::size_t tried = 1;
    while (tried <= most_cars && search.carries(tried)) carried = std::exchange(tried, 2 * tried);
    bool const at_least = tried > most_cars;
    std::size_t too_many = tried;
    while (!at_least && too_many - carried > 1) {
        std::size_t const middle = carried + (too_many - carried) / 2;
        if (search.carries(middle)) {
            carried = middle;
        } else {
            too_many = middle;
        }
    }
    if (search.refusal) return std::move(*search.refusal);
    return Carries{carried, at_least, search.days};
}

}
