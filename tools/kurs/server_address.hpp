// Where the server is, as operators write it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kurs {

inline constexpr char const* default_server = "ws://127.0.0.1:8080";

struct ServerAddress {
    std::string host;  // name or address, without brackets
    std::string port;

    friend bool operator==(ServerAddress const&, ServerAddress const&) = default;
};

// "ws://HOST[:PORT]"; http:// is taken too, as that is how the console's address is printed. The
// port is 8080 when none is given. Nothing for anything else, wss:// included.
std::optional<ServerAddress> parse_server(std::string_view text);

}
