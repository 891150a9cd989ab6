#include "tests/integration/support/rides.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace integration {

Ride end_ride(Stations& stations, std::string const& station)
{
    Ride ride{.station = station, .start_wh = stations.session(station).value().start_wh};
    stations.unplug(station);
    ride.stop_wh = stations.register_wh(station);
    return ride;
}

void check_booked(Stations const& stations, Operator const& someone, std::vector<Ride> const& rides)
{
    for (auto const& ride : rides)
        stations.await("everything is told", [&] { return stations.delivered(ride.station); });
    auto const sessions = all_sessions(someone);
    CHECK(sessions.size() == rides.size());
    for (auto const& ride : rides) {
        CAPTURE(ride.station);
        CAPTURE(ride.start_wh);
        CAPTURE(ride.stop_wh);
        auto const booked = [&](json::object const& session) {
            return text(session, "station") == ride.station && has(session, "ended_at") &&
                   thousandths(session, "meter_start_kwh") == ride.start_wh &&
                   thousandths(session, "meter_stop_kwh") == ride.stop_wh &&
                   thousandths(session, "energy_kwh") == ride.stop_wh - ride.start_wh;
        };
        CHECK_MESSAGE(std::count_if(sessions.begin(), sessions.end(), booked) == 1,
            json::serialize(json::array(sessions.begin(), sessions.end())));
    }
}

}
