// A WebSocket of the server's side, for stations and operators alike: bounded in everything, so
// that no peer can make the memory grow. Lives on one lane; send(), close() and text_done() may be
// called on any thread. Callbacks rather than coroutines, because there are 100,000 of these: a
// coroutine's frame would stand by in each. Beast stays inside the .cpp.
#pragma once

#include "server/gateway/mailbox.hpp"
#include "server/gateway/station_link.hpp"
#include "server/gateway/stream.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/system/error_code.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gateway {

using UpgradeRequest = boost::beast::http::request<boost::beast::http::empty_body>;

struct WebSocketOptions {
    std::size_t frame_limit_bytes = 256 * 1024;   // of one message, inflated; above: close 1009
    std::size_t outbox_limit_bytes = 256 * 1024;  // waiting to be sent; above: the connection ends
    std::size_t outbox_limit_frames = 64;
    int unprocessed_limit_frames = 16;  // read and not yet dealt with; then reading pauses
    std::chrono::milliseconds silence_timeout{40'000};  // a ping goes out after half of it
    std::chrono::milliseconds close_timeout{3'000};     // for the closing handshake
};

// permessage-deflate (RFC 7692) costs memory per connection; see README, "What a connection costs".
enum class Compression { off, small_windows };

class WebSocket : public std::enable_shared_from_this<WebSocket> {
public:
    // The options must outlive the WebSocket.
    WebSocket(Stream stream, WebSocketOptions const& options);
    WebSocket(WebSocket const&) = delete;
    WebSocket& operator=(WebSocket const&) = delete;
    virtual ~WebSocket();

    // Answers the upgrade request and starts reading. Once, on the lane.
    void accept(UpgradeRequest const& request, std::string subprotocol, Compression compression);

    void send(std::string text);
    void close(CloseCode code, std::string why);
    // One text given to on_text() has been dealt with.
    void text_done();

protected:
    // On the lane, one at a time. on_closed() is called once after on_open(), as the last of them;
    // a WebSocket whose handshake fails hears only on_closed().
    virtual void on_open() = 0;
    virtual void on_text(std::string text) = 0;
    virtual void on_closed(std::string_view why) = 0;

private:
    struct Beast;  // the stream and the frame that is being read
    struct Order;  // what other threads want
    enum class State { handshake, open, closing, ended };

    template <class Handler>
    auto keep(Handler handler);  // the handler, holding on to this

    void order(std::unique_ptr<Order> order);
    void carry_out_orders();
    void read();
    void read_done(boost::system::error_code error);
    void enqueue(std::string text);
    void write();
    void write_done(boost::system::error_code error);
    void begin_close(CloseCode code, std::string why);
    void hear_close();
    void end_after(std::chrono::milliseconds limit);
    void send_close();
    void end(std::string_view why);

    WebSocketOptions const& options_;
    Executor executor_;
    std::unique_ptr<Beast> beast_;
    Mailbox<Order> orders_;
    std::string leaving_;              // being written
    std::vector<std::string> outbox_;  // waiting behind it
    std::size_t outbox_bytes_ = 0;     // of both
    bool writing_ = false;
    std::unique_ptr<Order> close_;  // set while closing
    std::atomic<int> unprocessed_{0};
    State state_ = State::handshake;
};

}
