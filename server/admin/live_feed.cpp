#include "server/admin/live_feed.hpp"

#include "server/admin/objects.hpp"
#include "server/admin/rpc.hpp"

#include <utility>

namespace admin {

bool LiveFeed::add(storage::InstallationId installation, Watcher watcher)
{
    std::lock_guard const order(order_mutex_);
    // Closing comes before remove_all(), which needs `order_mutex_`: whoever is open here will
    // still be removed.
    if (watcher.outbox->closed()) return false;
    bool first = false;
    {
        std::lock_guard const lock(mutex_);
        first = !installations_.contains(installation);
    }
    if (first) tell_engines_({installation, true});
    std::lock_guard const lock(mutex_);
    auto const* key = watcher.outbox.get();
    installations_[installation].try_emplace(
        key, Watching{std::move(watcher), Stage::added, nullptr});
    return true;
}

void LiveFeed::start(storage::InstallationId installation, std::shared_ptr<Outbox> const& outbox,
    std::function<void()> const& answer)
{
    {
        std::lock_guard const lock(mutex_);
        auto* watching = find(installation, outbox.get());
        if (watching != nullptr && watching->stage == Stage::added) {
            watching->stage = Stage::answering;
        }
    }
    answer();
    {
        std::lock_guard const lock(mutex_);
        auto* watching = find(installation, outbox.get());
        if (watching == nullptr) return;
        watching->stage = Stage::started;
        if (watching->next) outbox->put(std::move(watching->next));
        watching->next = nullptr;
    }
    outbox->flush();
}

void LiveFeed::remove(storage::InstallationId installation, std::shared_ptr<Outbox> const& outbox)
{
    std::lock_guard const order(order_mutex_);
    remove_in_order(installation, outbox.get());
}

void LiveFeed::remove_all(std::shared_ptr<Outbox> const& outbox)
{
    std::lock_guard const order(order_mutex_);
    std::vector<storage::InstallationId> watched;
    {
        std::lock_guard const lock(mutex_);
        for (auto const& [installation, watching] : installations_) {
            if (watching.contains(outbox.get())) watched.push_back(installation);
        }
    }
    for (auto const installation : watched) remove_in_order(installation, outbox.get());
}

void LiveFeed::remove_in_order(storage::InstallationId installation, Outbox const* outbox)
{
    {
        std::lock_guard const lock(mutex_);
        auto const found = installations_.find(installation);
        if (found == installations_.end() || found->second.erase(outbox) == 0) return;
        if (!found->second.empty()) return;
        installations_.erase(found);
    }
    tell_engines_({installation, false});
}

LiveFeed::Watching* LiveFeed::find(storage::InstallationId installation, Outbox const* outbox)
{
    auto const found = installations_.find(installation);
    if (found == installations_.end()) return nullptr;
    auto const watching = found->second.find(outbox);
    return watching == found->second.end() ? nullptr : &watching->second;
}

std::vector<Watcher> LiveFeed::watchers_of(storage::InstallationId installation) const
{
    std::vector<Watcher> watchers;
    std::lock_guard const lock(mutex_);
    auto const found = installations_.find(installation);
    if (found == installations_.end()) return watchers;
    for (auto const& [outbox, watching] : found->second) {
        if (watching.stage != Stage::added) watchers.push_back(watching.watcher);
    }
    return watchers;
}

void LiveFeed::publish(engine::LiveView const& view)
{
    auto const watchers = watchers_of(view.installation);
    if (watchers.empty()) return;
    for (auto const& watcher : watchers) {
        if (!watcher.may_see()) remove(view.installation, watcher.outbox);
    }
    auto const text = std::make_shared<std::string const>(notification_text("live", to_json(view)));
    {
        std::lock_guard const lock(mutex_);
        auto const found = installations_.find(view.installation);
        if (found == installations_.end()) return;
        for (auto& [outbox, watching] : found->second) {
            if (watching.stage == Stage::answering) watching.next = text;
            if (watching.stage == Stage::started) watching.watcher.outbox->put(text);
        }
    }
    for (auto const& watcher : watchers) watcher.outbox->flush();
}

}
