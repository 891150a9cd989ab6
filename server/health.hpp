// Whether the server works, as the store tells it and as /healthz and the log say it.
#pragma once

#include "server/gateway/operator_handlers.hpp"
#include "storage/store.hpp"

#include <functional>
#include <mutex>
#include <vector>

namespace kurs {

class HealthBoard {
public:
    using Listener = std::function<void(storage::Health const&)>;

    // All on any thread.
    void set(storage::Health health);
    gateway::HttpAnswer answer() const;

    // `listener` hears the health now and whenever it is set, one call at a time.
    void tell(Listener listener);
    void hush();  // nobody hears anything any more

private:
    mutable std::mutex mutex_;  // guards what follows
    storage::Health health_;
    std::vector<Listener> listeners_;
};

}
