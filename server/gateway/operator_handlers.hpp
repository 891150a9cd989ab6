// What the operators' door hands on. The gateway moves bytes and does not know the API behind it;
// main.cpp connects the two.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace gateway {

// One operator's WebSocket. The gateway calls these one at a time.
struct OperatorConversation {
    std::function<void(std::string_view text)> on_text;
    std::function<void()> on_close;  // after it, `send` is no longer called
};

struct HttpAnswer {
    unsigned status = 200;
    std::string body;  // JSON
};

struct OperatorHandlers {
    // A new WebSocket. `send` is thread-safe and never blocks: a reader that is too slow is closed.
    // `peer` is the remote address, for logs and attempt limits.
    std::function<OperatorConversation(std::function<void(std::string)> send, std::string peer)>
        open;
    // POST /rpc: `bearer` is the token of the Authorization header, or empty. `answer` may be
    // called on any thread.
    std::function<void(std::string bearer, std::string body, std::string peer,
        std::function<void(HttpAnswer)> answer)>
        rpc;
    // GET /healthz: 200 while everything works, 503 with a reason otherwise.
    std::function<HttpAnswer()> health;
};

}
