#include "balancing/admission.hpp"

namespace balancing {

void admit(std::span<std::uint32_t const> queue, std::vector<Car>& cars, Account const& empty,
    Account& account, std::vector<Admission>& admissions)
{
    for (std::uint32_t const index : queue) {
        Car& car = cars[index];
        Admission& admission = admissions[index];
        admission = {};
        if (car.most < car.least) continue;
        Current const least{car.least};
        if (account.fits(car.node, car.loading, least)) {
            admission.standing = Standing::admitted;
            account.take(car.node, car.loading, least);
            car.current = car.least;
        } else if (auto const place = empty.nearest_short_of(car.node, car.loading, least)) {
            admission = {Standing::no_room, *place};
        } else {
            admission = {
                Standing::waiting, *account.nearest_short_of(car.node, car.loading, least)};
        }
    }
}

}
