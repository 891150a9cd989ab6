#include "tests/integration/support/plant.hpp"

#include "tests/integration/support/waiting.hpp"

#include <algorithm>

namespace integration {

namespace {

constexpr int most_listed = 1000;  // what session.list gives at the most

}

std::int64_t add_charge_point(Operator const& someone, std::int64_t circuit,
    std::string const& name, int max_a, int fallback_a)
{
    return integer(
        someone.call("charge_point.create", {{"circuit", circuit}, {"name", name}, {"max_a", max_a},
                                                {"fallback_a", fallback_a}, {"active", true}}),
        "id");
}

Plant build_plant(Operator const& someone, PlantSpec const& spec)
{
    Plant plant;
    plant.installation = integer(
        someone.call("installation.create", {{"name", spec.name}, {"limit_a", spec.supply_a}}),
        "id");
    plant.circuit = integer(
        someone.call("circuit.create", {{"installation", plant.installation},
                                           {"label", spec.circuit}, {"rating_a", spec.circuit_a}}),
        "id");
    for (auto const& station : spec.stations) {
        auto const point = add_charge_point(
            someone, plant.circuit, "P-" + station, spec.max_a, spec.fallback_a);
        someone.call("station.assign", {{"station", station}, {"charge_point", point}});
        plant.charge_points.push_back(point);
    }
    someone.call("token.put", {{"token", card}});
    return plant;
}

void await_ready(Operator const& someone, Plant const& plant, PlantSpec const& spec)
{
    auto const view = [&] {
        return someone.call("live.get", {{"installation", plant.installation}});
    };
    auto const ready = [&] {
        auto const live = view();
        auto const& points = items(live, "charge_points");
        return std::all_of(points.begin(), points.end(), [&](json::value const& value) {
            auto const& point = value.as_object();
            return text(point, "state") == "available" &&
                   thousandths(point, "ceiling_a") == spec.fallback_a * 1000;
        });
    };
    await("stations that are online and know their fallback", ready,
        [&] { return json::serialize(view()); });
}

json::object live_point(Operator const& someone, Plant const& plant, std::int64_t id)
{
    auto const live = someone.call("live.get", {{"installation", plant.installation}});
    for (auto const& value : items(live, "charge_points"))
        if (integer(value.as_object(), "id") == id) return value.as_object();
    throw std::runtime_error("no charge point " + std::to_string(id) + " in the live view");
}

std::vector<json::object> sessions_of(Operator const& someone, std::string const& station)
{
    return someone.list("session.list", "sessions", {{"station", station}, {"limit", most_listed}});
}

std::vector<json::object> all_sessions(Operator const& someone, bool open_only)
{
    return someone.list("session.list", "sessions", {{"open", open_only}, {"limit", most_listed}});
}

}
