#include "balancing/admission.hpp"

#include "balancing/quanta.hpp"

#include <algorithm>

namespace balancing {
namespace {

// A quantum of 0 means that the station takes any value: ours are whole milliamperes.
constexpr Milliampere smallest_quantum{1};

Admission admit_one(Evse const& evse, Headroom const& before_sharing, Headroom& headroom)
{
    Admission admission;
    if (evse.reserved) {
        admission.standing = Standing::reserved;
        return admission;
    }
    admission.quantum = std::max(evse.quantum, smallest_quantum);
    admission.least = round_up(evse.min, admission.quantum);
    admission.most = round_down(evse.max, admission.quantum);
    if (admission.most < admission.least) return admission;

    if (auto const place = before_sharing.nearest_short_of(
            admission.least, evse.node, evse.lines)) {
        admission.standing = Standing::shut_out;
        admission.obstacle = *place;
    } else if (auto const taken = headroom.nearest_short_of(
                   admission.least, evse.node, evse.lines)) {
        admission.standing = Standing::waiting;
        admission.obstacle = *taken;
    } else {
        admission.standing = Standing::admitted;
        headroom.take(evse.node, evse.lines, admission.least);
    }
    return admission;
}

}

std::vector<Admission> admit(Snapshot const& snapshot, Headroom& headroom)
{
    // Reservations come first wherever they stand in the queue: that current may flow whatever we
    // say.
    for (Evse const& evse : snapshot.evses)
        if (evse.reserved) headroom.take(evse.node, evse.lines, *evse.reserved);
    Headroom const before_sharing = headroom;

    std::vector<Admission> admissions;
    admissions.reserve(snapshot.evses.size());
    for (Evse const& evse : snapshot.evses)
        admissions.push_back(admit_one(evse, before_sharing, headroom));
    return admissions;
}

}
