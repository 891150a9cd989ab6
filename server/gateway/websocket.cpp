#include "server/gateway/websocket.hpp"

#include "server/gateway/frame_buffer.hpp"
#include "server/gateway/utf8.hpp"

#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket.hpp>

#include <algorithm>
#include <utility>

namespace gateway {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

namespace {

constexpr std::size_t longest_close_reason_bytes = 123;  // RFC 6455 section 5.5

// 2^10 bytes: half of what deflate gains on OCPP's JSON, and a tenth of the memory; zlib's smallest
// window is 2^9 and hardly compresses. No context is kept, as windows this small have little to
// keep.
constexpr int window_bits = 10;
constexpr int deflate_memory_level = 1;
constexpr int deflate_level = 3;
// Beast keeps a buffer of this size per compressed connection.
constexpr std::size_t deflate_write_buffer_bytes = 512;
constexpr std::size_t deflate_threshold_bytes = 128;  // shorter texts do not get smaller

websocket::permessage_deflate deflate_options(Compression compression)
{
    websocket::permessage_deflate options;
    options.server_enable = compression == Compression::small_windows;
    options.server_max_window_bits = window_bits;
    // An offer that does not let us choose the client's window is declined (it would be 32 KB).
    options.client_max_window_bits = window_bits;
    options.server_no_context_takeover = true;
    options.client_no_context_takeover = true;
    options.memLevel = deflate_memory_level;
    options.compLevel = deflate_level;
    options.msg_size_threshold = deflate_threshold_bytes;
    return options;
}

websocket::stream_base::timeout timeouts(WebSocketOptions const& options)
{
    return {.handshake_timeout = options.close_timeout,
        .idle_timeout = options.silence_timeout,
        .keep_alive_pings = true};
}

}

struct WebSocket::Beast {
    Beast(Stream s, WebSocketOptions const& options)
        : stream(std::move(s)), incoming(options.frame_limit_bytes)
    {
    }

    websocket::stream<Stream> stream;
    FrameBuffer incoming;
};

struct WebSocket::Order : MailNode<WebSocket::Order> {
    enum class Kind { send, close, read };

    Order(Kind k, std::string t = {}, CloseCode c = CloseCode::normal)
        : kind(k), code(c), text(std::move(t))
    {
    }

    Kind kind;
    CloseCode code;
    std::string text;
};

WebSocket::WebSocket(Stream stream, WebSocketOptions const& options)
    : options_(options),
      executor_(stream.get_executor()),
      beast_(std::make_unique<Beast>(std::move(stream), options))
{
}

WebSocket::~WebSocket() = default;

template <class Handler>
auto WebSocket::keep(Handler handler)
{
    return [self = shared_from_this(), handler](error_code error, auto&&...) {
        handler(*self, error);
    };
}

void WebSocket::accept(
    UpgradeRequest const& request, std::string subprotocol, Compression compression)
{
    auto& stream = beast_->stream;
    stream.set_option(timeouts(options_));
    stream.set_option(deflate_options(compression));
    stream.read_message_max(options_.frame_limit_bytes);
    stream.auto_fragment(false);
    stream.text(true);
    stream.control_callback([this](websocket::frame_type kind, beast::string_view) {
        if (kind == websocket::frame_type::close) hear_close();
    });
    if (compression != Compression::off) stream.write_buffer_bytes(deflate_write_buffer_bytes);
    stream.set_option(websocket::stream_base::decorator(
        [name = std::move(subprotocol)](websocket::response_type& response) {
            response.set(beast::http::field::sec_websocket_protocol, name);
            response.set(beast::http::field::server, "kurs");
        }));
    stream.async_accept(request, keep([](WebSocket& self, error_code error) {
        // Beast keeps the decorator, and with it the name, as long as the stream.
        self.beast_->stream.set_option(
            websocket::stream_base::decorator([](websocket::response_type&) {}));
        if (error) return self.end("handshake: " + error.message());
        if (self.state_ != State::handshake) return;
        self.state_ = State::open;
        self.on_open();
        if (self.state_ == State::open) self.read();
    }));
}

void WebSocket::send(std::string text)
{
    if (!executor_.running_in_this_thread())
        return order(std::make_unique<Order>(Order::Kind::send, std::move(text)));
    carry_out_orders();
    enqueue(std::move(text));
}

void WebSocket::close(CloseCode code, std::string why)
{
    if (!executor_.running_in_this_thread())
        return order(std::make_unique<Order>(Order::Kind::close, std::move(why), code));
    carry_out_orders();
    begin_close(code, std::move(why));
}

// Reading pauses when the count reaches the limit, so exactly one decrement finds it there.
void WebSocket::text_done()
{
    bool const paused = unprocessed_.fetch_sub(1, std::memory_order_acq_rel) ==
                        options_.unprocessed_limit_frames;
    if (!paused) return;
    if (executor_.running_in_this_thread()) return read();
    order(std::make_unique<Order>(Order::Kind::read));
}

void WebSocket::order(std::unique_ptr<Order> order)
{
    if (!orders_.push(std::move(order))) return;
    asio::post(executor_, [self = shared_from_this()] { self->carry_out_orders(); });
}

// What other threads have sent by now came first, though the handler for it may not have run yet: a
// station that moves between shards is answered by two threads, one after the other.
void WebSocket::carry_out_orders()
{
    auto list = orders_.take();
    while (auto next = list.pop()) switch (next->kind) {
        case Order::Kind::send: enqueue(std::move(next->text)); break;
        case Order::Kind::close: begin_close(next->code, std::move(next->text)); break;
        case Order::Kind::read: read(); break;
        }
}

void WebSocket::read()
{
    if (state_ == State::ended) return;
    beast_->stream.async_read(
        beast_->incoming, keep([](WebSocket& self, error_code error) { self.read_done(error); }));
}

void WebSocket::read_done(error_code error)
{
    if (state_ == State::ended) return;
    if (state_ == State::closing && error) return end(close_->text);
    if (error == beast::error::timeout) return end("silent for too long");
    if (error) return end(error.message());

    auto text = beast_->incoming.release();
    if (state_ == State::closing) return read();
    if (beast_->stream.got_binary()) {
        begin_close(CloseCode::unknown_data, "text frames only");
        return read();
    }
    int const unprocessed = unprocessed_.fetch_add(1, std::memory_order_acq_rel) + 1;
    on_text(std::move(text));
    if (unprocessed < options_.unprocessed_limit_frames) read();
}

void WebSocket::enqueue(std::string text)
{
    if (state_ != State::open) return;
    outbox_bytes_ += text.size();
    outbox_.push_back(std::move(text));
    if (!writing_) return write();
    if (outbox_.size() >= options_.outbox_limit_frames ||
        outbox_bytes_ > options_.outbox_limit_bytes)
        end("does not read: its outbox is full");
}

void WebSocket::write()
{
    // Beast reads from the text until it is written, and outbox_ may move its strings meanwhile.
    leaving_ = std::move(outbox_.front());
    outbox_.erase(outbox_.begin());
    writing_ = true;
    beast_->stream.async_write(asio::buffer(leaving_),
        keep([](WebSocket& self, error_code error) { self.write_done(error); }));
}

void WebSocket::write_done(error_code error)
{
    writing_ = false;
    if (state_ == State::ended) return;
    if (error) return end(error.message());
    outbox_bytes_ -= leaving_.size();
    leaving_ = {};
    if (!outbox_.empty()) return write();
    outbox_ = {};
    if (state_ == State::closing && !beast_->stream.reason()) send_close();
}

void WebSocket::begin_close(CloseCode code, std::string why)
{
    if (state_ == State::handshake) return end(why);
    if (state_ != State::open) return;
    state_ = State::closing;
    close_ = std::make_unique<Order>(Order::Kind::close, std::move(why), code);
    // Beast times the closing handshake once it has begun; a peer that does not read keeps it from
    // beginning.
    end_after(options_.close_timeout * 2);
    if (!writing_) send_close();
}

// Beast answers the close and waits for the peer to end the connection, which some never do.
void WebSocket::hear_close()
{
    if (state_ != State::open) return;
    state_ = State::closing;
    auto why = "closed by the peer with " + std::to_string(beast_->stream.reason().code);
    close_ = std::make_unique<Order>(Order::Kind::close, std::move(why));
    end_after(options_.close_timeout);
}

void WebSocket::end_after(std::chrono::milliseconds limit)
{
    auto const deadline = std::make_shared<Timer>(executor_, limit);
    deadline->async_wait([weak = weak_from_this(), deadline](error_code) {
        if (auto const self = weak.lock()) self->end(self->close_->text);
    });
}

void WebSocket::send_close()
{
    auto const reason = utf8_prefix(close_->text, longest_close_reason_bytes);
    websocket::close_reason const frame(static_cast<websocket::close_code>(close_->code),
        beast::string_view(reason.data(), reason.size()));
    beast_->stream.async_close(
        frame, keep([](WebSocket& self, error_code) { self.end(self.close_->text); }));
}

void WebSocket::end(std::string_view why)
{
    if (std::exchange(state_, State::ended) == State::ended) return;
    error_code ignored;
    beast::get_lowest_layer(beast_->stream).close(ignored);
    on_closed(why);
}

}
