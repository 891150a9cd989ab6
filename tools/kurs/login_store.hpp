// The login that `kurs login` leaves for later calls: one file that only its owner can read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace kurs {

struct StoredLogin {
    std::string server;  // as given at the login: the token goes to no other server
    std::string user;
    std::string token;

    friend bool operator==(StoredLogin const&, StoredLogin const&) = default;
};

// ${XDG_CONFIG_HOME:-~/.config}/kurs/session.json. Nothing when neither variable is set.
std::optional<std::filesystem::path> login_path();

// Nothing when there is no file, or what is in it is no login.
std::optional<StoredLogin> read_login(std::filesystem::path const& path);

// Writes a new file with mode 0600 and puts it in the place of the old one. False, with errno set,
// when that fails.
bool write_login(std::filesystem::path const& path, StoredLogin const& login);

}
