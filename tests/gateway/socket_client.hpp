// A blocking TCP client on plain system calls: what talks to the doors in these tests shares no
// code with them. Every wait ends after `patience` with an exception.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace test {

inline constexpr std::chrono::seconds patience{20};

class SocketClient {
public:
    // Connects to 127.0.0.1. `receive_buffer` 0: the system's.
    explicit SocketClient(std::uint16_t port, int receive_buffer = 0);
    ~SocketClient();
    SocketClient(SocketClient&& other) noexcept;
    SocketClient& operator=(SocketClient&& other) noexcept;

    void send(std::string_view bytes);
    // Sends what fits; stops when nothing has fitted for `patience_ms`. Returns how much went.
    std::size_t send_until_stuck(std::string_view bytes, int patience_ms);
    void finish_sending();

    // At least one byte; empty: the peer has closed or reset the connection.
    std::string receive();
    // Exactly `count` bytes, fewer only at the end of the connection.
    std::string receive(std::size_t count);
    // Up to and with `mark`.
    std::string receive_until(std::string_view mark);
    // True when the peer has ended the connection; what still comes is dropped, and this end goes,
    // too.
    bool closed();

private:
    int socket_ = -1;
    std::string rest_;  // received, not yet asked for
};

struct HttpResponse {
    unsigned status = 0;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
};

// Reads one response. `head`: it has no body, whatever its length says.
HttpResponse read_response(SocketClient& client, bool head = false);

// One request on a connection of its own.
HttpResponse http(std::uint16_t port, std::string_view method, std::string_view target,
    std::vector<std::string> const& headers = {}, std::string_view body = {});

}
