// The first operator, so that a new server can be entered at all.
#pragma once

#include "storage/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace admin {

inline constexpr char const* first_user_name = "admin";

struct GeneratedLogin {
    std::string user;
    std::string password;  // in clear: print it once and forget it
};

// With no users: makes the user `admin` with a generated password, waits until the store has
// committed it, adds it to `users` and returns the login. With users: nothing. Waits as long as the
// store fails, because a password that is not stored must not be shown. Throws
// std::runtime_error when the machine has no memory or no random bytes for it.
std::optional<GeneratedLogin> ensure_first_user(
    storage::Store& store, std::vector<storage::User>& users, storage::Timestamp now);

}
