// Who watches which installation. The engines publish views of an installation while somebody
// watches it; each view becomes text once and goes to all who watch. Thread-safe.
#pragma once

#include "server/admin/outbox.hpp"
#include "server/engine/commands.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace admin {

// Where an operator's views go, and whether they may still see any (asked before each).
struct Watcher {
    std::shared_ptr<Outbox> outbox;
    std::function<bool()> may_see;
};

class LiveFeed {
public:
    // `tell_engines` is called before the first watcher of an installation is added and after the
    // last one has gone, in that order and never two at a time.
    explicit LiveFeed(std::function<void(engine::WatchLive)> tell_engines)
        : tell_engines_(std::move(tell_engines))
    {
    }

    // Adds a watcher, who gets views after start(). Adding it again changes nothing. False when its
    // outbox is closed.
    bool add(storage::InstallationId installation, Watcher watcher);

    // Calls `answer`, which answers the subscription with a view, and lets later views follow it.
    void start(storage::InstallationId installation, std::shared_ptr<Outbox> const& outbox,
        std::function<void()> const& answer);

    void remove(storage::InstallationId installation, std::shared_ptr<Outbox> const& outbox);
    void remove_all(std::shared_ptr<Outbox> const& outbox);

    // Hands a published view to all who watch.
    void publish(engine::LiveView const& view);

private:
    enum class Stage {
        added,      // views are older than the answer that is on its way, so they are left out
        answering,  // the newest view waits in `next` until the answer is in the outbox
        started,
    };
    struct Watching {
        Watcher watcher;
        Stage stage = Stage::added;
        Outbox::Text next;
    };
    using OfInstallation = std::map<Outbox const*, Watching>;

    std::vector<Watcher> watchers_of(storage::InstallationId installation) const;
    Watching* find(storage::InstallationId installation, Outbox const* outbox);  // under mutex_
    void remove_in_order(storage::InstallationId installation, Outbox const* outbox);

    std::function<void(engine::WatchLive)> const tell_engines_;
    // Two locks, because engines publish on their own threads: `order_mutex_` keeps the words to
    // the engines in the order of the changes, and publish() takes it only to drop a watcher.
    // Order: order_mutex_ first.
    std::mutex order_mutex_;
    mutable std::mutex mutex_;
    std::map<storage::InstallationId, OfInstallation> installations_;  // none is empty
};

}
