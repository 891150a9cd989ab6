// Where a password comes from.
#pragma once

#include <optional>
#include <string>

namespace kurs {

// Asks on the terminal, without echo. Nothing when there is no terminal or the user ends it.
std::optional<std::string> ask_password(std::string const& question);

// The first line of a file. Nothing when it cannot be read.
std::optional<std::string> password_from_file(std::string const& path);

}
