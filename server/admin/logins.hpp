// Who is logged in: tokens, kept only as hashes and only in memory. Thread-safe.
#pragma once

#include "server/engine/now.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace admin {

// After its last use a token is good for this long.
inline constexpr engine::Milliseconds token_life = std::chrono::hours{12};
// A user with more logins loses the one that was not used for the longest.
inline constexpr std::size_t most_logins_per_user = 256;

// SHA-256 of a token: what is kept of it, and the name of a login.
using LoginKey = std::string;
LoginKey login_key(std::string const& token);

class Logins {
public:
    // A new token for `user`: 32 random bytes in hexadecimal.
    std::string begin(std::string const& user, engine::Milliseconds now);

    // The user of a login, which counts as used. Nothing when it has ended or never was.
    std::optional<std::string> use(LoginKey const& key, engine::Milliseconds now);

    void end(LoginKey const& key);
    // Ends all logins of a user except one.
    void end_others(std::string const& user, LoginKey const& except);

private:
    struct Login {
        std::string user;
        engine::Milliseconds last_use{};
    };
    void make_room(std::string const& user, engine::Milliseconds now);

    std::mutex mutex_;
    std::map<LoginKey, Login> logins_;
};

}
