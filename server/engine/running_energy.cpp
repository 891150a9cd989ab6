#include "server/engine/running_energy.hpp"

#include <algorithm>
#include <utility>

namespace engine {

namespace {

// Of a register that rises the ends are enough; some points between them let a late reading still
// show where it belongs.
constexpr std::size_t most_kept = 16;

// What has no register must be summed from all that there is: a day at one reading per minute.
constexpr std::size_t most_without_register = 24 * 60;

bool tells_energy(storage::MeterSample const& sample)
{
    return sample.energy_mwh || sample.power_mw || !sample.others.empty() ||
           std::any_of(sample.current_ma.begin(), sample.current_ma.end(),
               [](auto const& current) { return current.has_value(); });
}

// Its register lies between its neighbours'.
bool is_between(storage::MeterSample const& before, storage::MeterSample const& sample,
    storage::MeterSample const& after)
{
    return before.energy_mwh && sample.energy_mwh && after.energy_mwh &&
           *before.energy_mwh <= *sample.energy_mwh && *sample.energy_mwh <= *after.energy_mwh &&
           sample.context != storage::ReadingContext::begin &&
           sample.context != storage::ReadingContext::end;
}

}

void RunningEnergy::add(storage::MeterSample const& sample)
{
    if (!tells_energy(sample)) return;
    auto const later = std::upper_bound(kept_.begin(), kept_.end(), sample.at,
        [](auto at, storage::MeterSample const& one) { return at < one.at; });
    auto kept = sample;
    if (sample.energy_mwh) {  // nothing tells energy better
        kept.others.clear();
        kept.current_ma = {};
        kept.power_mw.reset();
    }
    kept_.insert(later, std::move(kept));
    if (kept_.size() > most_kept) thin_out();
}

// Every second of those that a register's rise makes needless.
void RunningEnergy::thin_out()
{
    if (kept_.front().energy_mwh) {
        std::vector<storage::MeterSample> fewer;
        fewer.push_back(kept_.front());
        for (std::size_t k = 1; k + 1 < kept_.size(); ++k)
            if (k % 2 == 0 || !is_between(fewer.back(), kept_[k], kept_[k + 1]))
                fewer.push_back(kept_[k]);
        fewer.push_back(kept_.back());
        kept_ = std::move(fewer);
    }
    if (kept_.size() > most_without_register) kept_.erase(kept_.begin());
}

Energy RunningEnergy::of(storage::Session const& session) const
{
    return energy_of(session, kept_);
}

}
