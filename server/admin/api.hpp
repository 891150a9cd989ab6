// The operators' API: JSON-RPC 2.0 text in, JSON-RPC 2.0 text out. It opens no socket; main.cpp
// connects it with the gateway's door. README.md beside this file is the manual of the API.
#pragma once

#include "server/engine/now.hpp"
#include "server/engine/shards.hpp"
#include "storage/store.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace admin {

class Core;

// One operator's WebSocket, to be called one at a time. After `on_close` has returned, nothing is
// sent any more.
struct Conversation {
    std::function<void(std::string_view text)> on_text;
    std::function<void()> on_close;
};

// The answer to POST /rpc. `body` is JSON, or empty with status 204 when nothing is to be answered.
struct HttpAnswer {
    unsigned status = 200;
    std::string body;
};

// What the API asks of its surroundings. Both are called on any thread, several at a time.
struct Environment {
    std::function<engine::Now()> clock;
    // One line per event worth keeping (logins), `key=value` words; never a password or a token.
    // Empty: nothing is kept.
    std::function<void(std::string const& line)> log;
};

// Thread-safe in all its parts. Shards and store must outlive it, and must call none of their
// answers after they are gone; conversations may outlive it (they answer nothing then).
class Api {
public:
    // Sets shards.on_live, so it comes before the first command. `users` are those of
    // storage::Contents, with the first one added (see first_user.hpp).
    Api(engine::Shards& shards, storage::Store& store, std::vector<storage::User> users,
        Environment environment);
    ~Api();  // waits for the password check that is under way
    Api(Api const&) = delete;
    Api& operator=(Api const&) = delete;

    // `send` is thread-safe and never blocks; it is called with no lock held, one text at a time.
    // `peer` is the remote address without a port.
    Conversation open(std::function<void(std::string text)> send, std::string peer);

    // One call, or a batch, over HTTP. `bearer` is the token of the Authorization header, or empty.
    // `answer` is called once, on any thread.
    void rpc(std::string bearer, std::string body, std::string peer,
        std::function<void(HttpAnswer)> answer);

    // To be called with what storage::Store::on_health tells: methods that write are refused while
    // the store takes no writes, instead of waiting for it.
    void store_health(storage::Health const& health);

private:
    std::shared_ptr<Core> core_;
};

}
