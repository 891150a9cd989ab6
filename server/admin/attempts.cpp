#include "server/admin/attempts.hpp"

#include "server/admin/passwords.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <span>

namespace admin {

Attempts::Attempts(int most, engine::Milliseconds window, std::size_t most_keys)
    : most_(most), window_(window), most_keys_(most_keys)
{
}

bool Attempts::begin(std::string const& key, engine::Milliseconds now)
{
    std::lock_guard const lock(mutex_);
    auto found = windows_.find(key);
    if (found == windows_.end()) {
        if (windows_.size() >= most_keys_) make_room(now);
        found = windows_.emplace(key, Window{now, 0}).first;
    }
    auto& window = found->second;
    if (now - window.since >= window_) window = Window{now, 0};
    if (window.count >= most_) return false;
    ++window.count;
    return true;
}

void Attempts::forgive(std::string const& key)
{
    std::lock_guard const lock(mutex_);
    auto const found = windows_.find(key);
    if (found != windows_.end() && found->second.count > 0) --found->second.count;
}

void Attempts::make_room(engine::Milliseconds now)
{
    std::erase_if(windows_, [&](auto const& entry) { return now - entry.second.since >= window_; });
    if (windows_.size() < most_keys_) return;
    auto const oldest = std::min_element(windows_.begin(), windows_.end(),
        [](auto const& a, auto const& b) { return a.second.since < b.second.since; });
    windows_.erase(oldest);
}

std::string address_key(std::string const& peer)
{
    std::array<std::uint8_t, sizeof(in6_addr)> bytes{};
    if (inet_pton(AF_INET6, peer.c_str(), bytes.data()) != 1) return peer;
    // ::ffff:a.b.c.d is an IPv4 address (RFC 4291 section 2.5.5.2).
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) {
        std::array<char, INET_ADDRSTRLEN> text{};
        inet_ntop(AF_INET, bytes.data() + mapped.size(), text.data(), INET_ADDRSTRLEN);
        return text.data();
    }
    constexpr std::size_t network_bytes = 8;
    return hex_text(std::span(bytes).first(network_bytes)) + "::/64";
}

}
