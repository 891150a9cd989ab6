#include "server/gateway/directory.hpp"

#include "server/engine/engine.hpp"

#include <utility>

namespace gateway {

Directory::Directory(storage::Contents const& contents, std::int64_t shard_count)
{
    std::unordered_map<storage::ChargePointId, storage::InstallationId> installation_of;
    for (auto const& point : contents.charge_points)
        installation_of.emplace(point.id, point.installation);
    for (auto const& assignment : contents.assignments) {
        auto const found = installation_of.find(assignment.charge_point);
        if (found == installation_of.end() || assignment.until) continue;
        auto const shard = engine::shard_of(found->second, shard_count);
        homes_[assignment.station] = {.has = shard, .wanted = shard};
    }
}

std::shared_ptr<StationLink> Directory::arrive(
    std::shared_ptr<StationLink> const& link, std::function<void(Berth)> const& deliver)
{
    std::lock_guard const lock(mutex_);
    auto& newest = newest_[link->identity()];
    auto replaced = std::exchange(newest.link, link);
    newest.epoch = next_epoch();
    deliver({.shard = home_locked(link->identity()).has, .epoch = newest.epoch});
    return replaced;
}

void Directory::leave(StationLink const& link)
{
    std::lock_guard const lock(mutex_);
    auto const found = newest_.find(link.identity());
    if (found != newest_.end() && found->second.link.get() == &link) newest_.erase(found);
}

std::int64_t Directory::home(storage::StationIdentity const& station) const
{
    std::lock_guard const lock(mutex_);
    return home_locked(station).has;
}

std::int64_t Directory::want(storage::StationIdentity const& station, std::int64_t shard)
{
    std::lock_guard const lock(mutex_);
    auto home = home_locked(station);
    home.wanted = shard;
    homes_[station] = home;
    return home.has;
}

void Directory::hand_over(storage::StationIdentity const& station, std::int64_t from,
    std::function<void(std::int64_t to, std::optional<Transfer>)> const& deliver)
{
    std::lock_guard const lock(mutex_);
    auto home = home_locked(station);
    if (home.has != from || home.wanted == from) return;
    home.has = home.wanted;
    homes_[station] = home;
    if (home.has == engine::unclaimed_shard) homes_.erase(station);
    auto const found = newest_.find(station);
    if (found == newest_.end()) return deliver(home.has, std::nullopt);
    auto& newest = found->second;
    auto const before = std::exchange(newest.epoch, next_epoch());
    deliver(home.has, Transfer{.link = newest.link, .before = before, .after = newest.epoch});
}

std::size_t Directory::online() const
{
    std::lock_guard const lock(mutex_);
    return newest_.size();
}

Directory::Home Directory::home_locked(storage::StationIdentity const& station) const
{
    auto const found = homes_.find(station);
    if (found != homes_.end()) return found->second;
    return {.has = engine::unclaimed_shard, .wanted = engine::unclaimed_shard};
}

engine::Epoch Directory::next_epoch() { return engine::Epoch{++epochs_}; }

}
