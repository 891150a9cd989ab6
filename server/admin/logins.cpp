#include "server/admin/logins.hpp"

#include "server/admin/passwords.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <stdexcept>

namespace admin {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t sha256_bytes = 32;

}

LoginKey login_key(std::string const& token)
{
    std::array<std::uint8_t, sha256_bytes> hash{};
    if (EVP_Q_digest(
            nullptr, "SHA256", nullptr, token.data(), token.size(), hash.data(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 failed");
    }
    return hex_text(hash);
}

std::string Logins::begin(std::string const& user, engine::Milliseconds now)
{
    auto token = hex_text(random_bytes(token_bytes));
    std::lock_guard const lock(mutex_);
    make_room(user, now);
    logins_[login_key(token)] = Login{user, now};
    return token;
}

std::optional<std::string> Logins::use(LoginKey const& key, engine::Milliseconds now)
{
    std::lock_guard const lock(mutex_);
    auto const found = logins_.find(key);
    if (found == logins_.end()) return std::nullopt;
    if (now - found->second.last_use >= token_life) {
        logins_.erase(found);
        return std::nullopt;
    }
    found->second.last_use = now;
    return found->second.user;
}

void Logins::end(LoginKey const& key)
{
    std::lock_guard const lock(mutex_);
    logins_.erase(key);
}

void Logins::end_others(std::string const& user, LoginKey const& except)
{
    std::lock_guard const lock(mutex_);
    std::erase_if(logins_,
        [&](auto const& entry) { return entry.second.user == user && entry.first != except; });
}

void Logins::make_room(std::string const& user, engine::Milliseconds now)
{
    std::erase_if(
        logins_, [&](auto const& entry) { return now - entry.second.last_use >= token_life; });
    std::size_t count = 0;
    auto oldest = logins_.end();
    for (auto at = logins_.begin(); at != logins_.end(); ++at) {
        if (at->second.user != user) continue;
        ++count;
        if (oldest == logins_.end() || at->second.last_use < oldest->second.last_use) oldest = at;
    }
    if (count >= most_logins_per_user) logins_.erase(oldest);
}

}
