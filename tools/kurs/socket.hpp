// One WebSocket to the operators' door. The only part of the tool that knows Asio and Beast.
#pragma once

#include "tools/kurs/server_address.hpp"

#include <memory>
#include <string>
#include <variant>

namespace kurs {

// The server cannot be reached, or is no longer there; `why` is for people.
struct Unreachable {
    std::string why;
};
// The user has had enough (Ctrl-C).
struct Interrupted {};

class Socket {
public:
    static std::variant<Socket, Unreachable> open(ServerAddress const& server);
    Socket(Socket&&) noexcept;
    ~Socket();  // takes leave of the server

    // From now on SIGINT and SIGTERM end receive() instead of the process.
    void watch_signals();

    // Sends one text; a failure shows at the next receive().
    void send(std::string const& text);

    // Waits for the next text, for as long as the server is there.
    std::variant<std::string, Unreachable, Interrupted> receive();

private:
    struct Impl;
    explicit Socket(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}
