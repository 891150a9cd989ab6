// Counts attempts per key (an address, a user) within a stretch of time, so that passwords cannot
// be tried out. Thread-safe.
#pragma once

#include "server/engine/now.hpp"

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace admin {

class Attempts {
public:
    // `most` attempts per key within `window`, counted from the key's first attempt. At most
    // `most_keys` keys are remembered; with more, the oldest is forgotten.
    Attempts(int most, engine::Milliseconds window, std::size_t most_keys);

    // Counts an attempt that begins at `now` (uptime). False when there were too many: it is not to
    // be made.
    [[nodiscard]] bool begin(std::string const& key, engine::Milliseconds now);

    // The attempt was right and counts no more.
    void forgive(std::string const& key);

private:
    struct Window {
        engine::Milliseconds since{};
        int count = 0;
    };
    void make_room(engine::Milliseconds now);

    int const most_;
    engine::Milliseconds const window_;
    std::size_t const most_keys_;
    std::mutex mutex_;
    std::unordered_map<std::string, Window> windows_;
};

// What stands for the owner of an address: IPv4 whole, IPv6 its first 64 bits, as one owner has
// that many addresses (RFC 6177). Text that is no address stands for itself.
std::string address_key(std::string const& peer);

}
