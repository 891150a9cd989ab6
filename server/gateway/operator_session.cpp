#include "server/gateway/operator_session.hpp"

#include "server/gateway/http_refusal.hpp"
#include "server/gateway/operator_socket.hpp"

#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <array>
#include <memory>
#include <optional>
#include <utility>

namespace gateway {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

namespace {

using Request = http::request<http::string_body>;

constexpr std::string_view json = "application/json";
constexpr std::string_view no_console =
    "The console is not installed here. Start the server with --console DIR.";

// Everything comes from this server; no page of another site may show ours in a frame.
constexpr std::string_view content_security_policy =
    "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

// A page of another site must not open a WebSocket with the operator's browser: browsers do not
// stop it, they only say where the page is from. Programs send no Origin.
bool same_origin(Request const& request)
{
    auto const origin = request.find(http::field::origin);
    if (origin == request.end()) return true;
    auto const text = view(origin->value());
    auto const scheme_end = text.find("://");
    if (scheme_end == std::string_view::npos) return false;
    auto const host = text.substr(scheme_end + 3);
    return beast::iequals({host.data(), host.size()}, request[http::field::host]);
}

bool offers(Request const& request, std::string_view subprotocol)
{
    auto const [first, last] = request.equal_range(http::field::sec_websocket_protocol);
    for (auto field = first; field != last; ++field)
        for (auto const name : http::token_list(field->value()))
            if (view(name) == subprotocol) return true;
    return false;
}

std::string bearer_of(Request const& request)
{
    static constexpr std::string_view scheme = "Bearer ";
    auto const text = view(request[http::field::authorization]);
    if (text.size() < scheme.size()) return {};
    if (!beast::iequals({text.data(), scheme.size()}, {scheme.data(), scheme.size()})) return {};
    return std::string(text.substr(scheme.size()));
}

class Session : public std::enable_shared_from_this<Session> {
public:
    Session(Stream stream, OperatorSeat seat)
        : stream_(std::move(stream)), deadline_(stream_.get_executor()), door_(std::move(seat))
    {
    }

    void start()
    {
        error_code error;
        stream_.set_option(asio::ip::tcp::no_delay(true), error);
        auto const peer = stream_.remote_endpoint(error);
        if (error) return;
        peer_ = peer.address().to_string();
        read();
    }

private:
    void arm_deadline()
    {
        deadline_.expires_after(door_->options.request_timeout);
        deadline_.async_wait([weak = weak_from_this()](error_code cancelled) {
            auto const self = weak.lock();
            if (cancelled || !self) return;
            error_code ignored;
            self->stream_.close(ignored);
            self->waiting_.reset();
        });
    }

    void read()
    {
        arm_deadline();
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(door_->options.header_limit_bytes));
        parser_->body_limit(door_->options.body_limit_bytes);
        http::async_read(stream_, buffer_, *parser_,
            [self = shared_from_this()](error_code e, std::size_t) { self->read_done(e); });
    }

    void read_done(error_code error)
    {
        if (error == http::error::body_limit)
            return last_words(http::status::payload_too_large, "the body is too long");
        if (error == http::error::header_limit)
            return last_words(
                http::status::request_header_fields_too_large, "the header is too long");
        if (error == http::error::end_of_stream || error == http::error::partial_message) return;
        if (error && error.category() == http::make_error_code(http::error{}).category())
            return last_words(http::status::bad_request, "not an HTTP request");
        if (error) return;
        request_ = parser_->release();
        route();
    }

    void route();
    void serve_admin();
    void serve_rpc();
    void serve_health();
    void serve_file();

    bool is_get() const
    {
        return request_.method() == http::verb::get || request_.method() == http::verb::head;
    }

    TextResponse response(
        http::status status, std::string_view content_type, std::string body) const;
    void answer_text(http::status status, std::string text)
    {
        answer(response(status, "text/plain; charset=utf-8", std::move(text) + "\n"));
    }
    void answer_json(HttpAnswer given)
    {
        answer(response(static_cast<http::status>(given.status), json, std::move(given.body)));
    }
    void not_allowed(std::string_view allow)
    {
        auto r = response(
            http::status::method_not_allowed, "text/plain; charset=utf-8", "method not allowed\n");
        r.set(http::field::allow, {allow.data(), allow.size()});
        answer(std::move(r));
    }

    void answer(TextResponse response);
    void answered(error_code error);
    void last_words(http::status status, std::string text)
    {
        request_ = {};
        request_.version(11);
        request_.keep_alive(false);
        answer_text(status, std::move(text));
    }

    Stream stream_;
    Timer deadline_;
    OperatorSeat door_;
    std::string peer_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    Request request_;
    TextResponse response_;
    std::optional<http::response_serializer<http::string_body>> serializer_;  // for HEAD
    std::shared_ptr<Session> waiting_;  // itself, while POST /rpc is being dealt with
};

struct Route {
    std::string_view path;
    void (Session::*serve)();
};

void Session::route()
{
    static constexpr std::array routes{
        Route{"/admin", &Session::serve_admin},
        Route{"/rpc", &Session::serve_rpc},
        Route{"/healthz", &Session::serve_health},
    };
    auto const target = view(request_.target());
    auto const path = target.substr(0, target.find('?'));
    for (auto const& known : routes)
        if (known.path == path) return (this->*known.serve)();
    serve_file();
}

void Session::serve_admin()
{
    if (!beast::websocket::is_upgrade(request_)) {
        if (request_.method() != http::verb::get) return not_allowed("GET");
        auto r = response(
            http::status::upgrade_required, "text/plain; charset=utf-8", "this is a WebSocket\n");
        r.set(http::field::upgrade, "websocket");
        return answer(std::move(r));
    }
    if (!same_origin(request_))
        return answer_text(http::status::forbidden, "Origin: must be this server");
    if (!offers(request_, operators_subprotocol))
        return answer_text(http::status::bad_request,
            "Sec-WebSocket-Protocol: must offer " + std::string(operators_subprotocol));
    if (buffer_.size() > 0)
        return answer_text(http::status::bad_request, "frames before the upgrade is answered");
    deadline_.cancel();
    UpgradeRequest const upgrade(std::move(request_.base()));
    std::make_shared<OperatorSocket>(std::move(stream_), std::move(door_), std::move(peer_))
        ->accept(upgrade, std::string(operators_subprotocol), Compression::off);
}

void Session::serve_rpc()
{
    if (request_.method() != http::verb::post) return not_allowed("POST");
    waiting_ = shared_from_this();
    door_->handlers.rpc(bearer_of(request_), std::move(request_.body()), peer_,
        [weak = weak_from_this(), executor = stream_.get_executor()](HttpAnswer given) {
            asio::post(executor, [weak, given = std::move(given)]() mutable {
                auto const self = weak.lock();
                if (self && std::exchange(self->waiting_, nullptr))
                    self->answer_json(std::move(given));
            });
        });
}

void Session::serve_health()
{
    if (!is_get()) return not_allowed("GET, HEAD");
    answer_json(door_->handlers.health());
}

void Session::serve_file()
{
    if (!is_get()) return not_allowed("GET, HEAD");
    auto const target = view(request_.target());
    auto const path = target.substr(0, target.find('?'));
    auto const* const file = door_->files.find(path);
    if (!file && path == "/") return answer_text(http::status::not_found, std::string(no_console));
    if (!file) return answer_text(http::status::not_found, "no such page");
    bool const unchanged = view(request_[http::field::if_none_match]) == file->etag;
    auto r = unchanged ? response(http::status::not_modified, file->content_type, {})
                       : response(http::status::ok, file->content_type, file->content);
    r.set(http::field::etag, file->etag);
    r.set(http::field::cache_control,
        file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    answer(std::move(r));
}

TextResponse Session::response(
    http::status status, std::string_view content_type, std::string body) const
{
    TextResponse r(status, request_.version());
    r.set(http::field::server, "kurs");
    r.set(http::field::content_type, {content_type.data(), content_type.size()});
    r.set("Content-Security-Policy",
        {content_security_policy.data(), content_security_policy.size()});
    r.set("X-Content-Type-Options", "nosniff");
    r.set("Referrer-Policy", "no-referrer");
    r.set(http::field::cache_control, "no-store");
    r.keep_alive(request_.keep_alive() && !door_->stopping);
    r.body() = std::move(body);
    return r;
}

void Session::answer(TextResponse response)
{
    arm_deadline();
    response_ = std::move(response);
    response_.prepare_payload();
    if (request_.method() != http::verb::head)
        return http::async_write(stream_, response_,
            [self = shared_from_this()](error_code e, std::size_t) { self->answered(e); });
    // The length is that of the body which GET would send.
    serializer_.emplace(response_);
    http::async_write_header(stream_, *serializer_,
        [self = shared_from_this()](error_code e, std::size_t) { self->answered(e); });
}

void Session::answered(error_code error)
{
    if (error) return;
    if (response_.keep_alive()) return read();
    stream_.shutdown(asio::socket_base::shutdown_send, error);
    drain(shared_from_this(), stream_);  // until the deadline at the latest
}

}

void run_operator_session(Stream stream, OperatorSeat seat)
{
    std::make_shared<Session>(std::move(stream), std::move(seat))->start();
}

}
