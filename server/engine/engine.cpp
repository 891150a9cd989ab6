#include "server/engine/engine.hpp"

#include "server/engine/impl.hpp"

#include <algorithm>
#include <utility>

namespace engine {

Engine::Engine(Settings const& settings, storage::Contents const& contents, Now now)
    : impl_(std::make_unique<Impl>(settings, contents, now))
{
}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

std::int64_t shard_of(storage::InstallationId installation, std::int64_t shard_count)
{
    return installation.value % shard_count;
}

void Engine::on_connected(
    storage::StationIdentity const& station, Epoch epoch, ocpp::Version version, Now now)
{
    impl_->now = now;
    impl_->connect(station, epoch, version);
}

void Engine::on_frame(
    storage::StationIdentity const& station, Epoch epoch, std::string_view text, Now now)
{
    impl_->now = now;
    auto const it = impl_->links.find(station);
    if (it != impl_->links.end() && it->second.epoch == epoch) impl_->receive(it->second, text);
}

void Engine::on_disconnected(storage::StationIdentity const& station, Epoch epoch, Now now)
{
    impl_->now = now;
    auto const it = impl_->links.find(station);
    if (it != impl_->links.end() && it->second.epoch == epoch) impl_->disconnect(it->second);
}

void Engine::on_moved_away(storage::StationIdentity const& station, Now now)
{
    impl_->now = now;
    auto const it = impl_->links.find(station);
    if (it == impl_->links.end() || !it->second.outlets.empty()) return;
    if (it->second.epoch) impl_->disconnect(it->second);
    impl_->links.erase(it);
}

void Engine::on_moved_here(storage::Station const& station, Now now)
{
    impl_->now = now;
    auto& link = impl_->links[station.identity];
    link.station = station;
    link.awaits_boot = true;
    link.has_older = true;
}

void Engine::on_committed(Ticket ticket, Now now)
{
    impl_->now = now;
    impl_->committed = std::max(impl_->committed, ticket);
}

void Engine::on_found(storage::StationIdentity const& station, std::uint64_t number,
    std::optional<storage::Session> const& session, Now now)
{
    impl_->now = now;
    auto const it = impl_->links.find(station);
    if (it != impl_->links.end()) impl_->found(it->second, number, session);
}

void Engine::on_store_health(bool writable, Now now)
{
    impl_->now = now;
    impl_->store_writable = writable;
}

void Engine::on_command(RequestId request, Command const& command, Now now)
{
    impl_->now = now;
    impl_->command(request, command);
}

std::optional<Milliseconds> Engine::on_time(Now now)
{
    impl_->now = now;
    return impl_->pass_time();
}

Effects Engine::take_effects() { return impl_->drain(); }

std::optional<Milliseconds> Engine::Impl::pass_time()
{
    while (!timers.empty() && timers.top().at <= now.uptime) {
        auto const whom = timers.top().whom;
        timers.pop();
        if (auto const* station = std::get_if<storage::StationIdentity>(&whom)) {
            if (auto const it = links.find(*station); it != links.end()) expire_call(it->second);
            continue;
        }
        if (std::holds_alternative<AllLists>(whom)) continue;  // settle_down() sees to them
        auto const it = plants.find(std::get<storage::InstallationId>(whom));
        if (it == plants.end()) continue;
        Plant& plant = it->second;
        bool const plan_due = plant.plan_at && *plant.plan_at <= now.uptime;
        if (plan_due) plant.plan_at.reset();
        plant.dirty = plant.dirty || plan_due;
        touched.insert(plant.data.id);
    }
    settle_down();
    if (timers.empty()) return std::nullopt;
    return timers.top().at;
}

// Plans what has changed, then sends what operators wait for, and then what local lists need:
// limits pass everything else.
void Engine::Impl::settle_down()
{
    for (auto const& station : std::exchange(to_forget, {}))
        if (auto const link = links.find(station); link != links.end()) forget_oldest(link->second);
    for (auto const id : std::exchange(touched, {})) {
        Plant& plant = plants.at(id);
        if (std::exchange(plant.dirty, false)) replan(plant);
        publish_if_due(plant);
    }
    std::erase_if(with_queued_calls, [&](storage::StationIdentity const& station) {
        auto const link = links.find(station);
        if (link == links.end()) return true;
        send_queued(link->second);
        return link->second.queued.empty();
    });
    see_to_lists();
}

Effects Engine::Impl::drain()
{
    settle_down();
    if (!effects.records.empty()) {
        issued = next_ticket();
        effects.ticket = issued;
    }
    for (auto& promise : promised) held.push_back({.after = issued, .promise = std::move(promise)});
    promised.clear();
    while (!held.empty() && held.front().after <= committed) {
        auto& what = held.front().promise;
        if (auto* frame = std::get_if<SendFrame>(&what))
            effects.frames.push_back(std::move(*frame));
        else
            effects.answers.push_back(std::move(std::get<Answer>(what)));
        held.pop_front();
    }
    return std::exchange(effects, Effects{});
}

void Engine::Impl::set_timer(Milliseconds at, storage::StationIdentity const& station)
{
    timers.push({.at = at, .whom = station});
}

void Engine::Impl::set_timer(Plant& plant, Milliseconds at)
{
    if (plant.plan_at && *plant.plan_at <= at) return;
    plant.plan_at = at;
    timers.push({.at = at, .whom = plant.data.id});
}

std::int64_t Engine::Impl::next_id()
{
    do ++highest_id;
    while (highest_id % settings.shard_count != settings.shard);
    return highest_id;
}

void Engine::Impl::touch(Plant& plant, bool plan)
{
    plant.dirty = plant.dirty || plan;
    plant.live_dirty = true;
    touched.insert(plant.data.id);
}

Plant* Engine::Impl::plant_of(Outlet const& outlet)
{
    auto const it = plants.find(outlet.point.installation);
    return it == plants.end() ? nullptr : &it->second;
}

Outlet* Engine::Impl::outlet_of(Link const& link, storage::EvseNumber evse)
{
    auto const it = link.outlets.find(evse);
    if (it == link.outlets.end()) return nullptr;
    auto const outlet = outlets.find(it->second);
    return outlet == outlets.end() ? nullptr : &outlet->second;
}

}
