#include "server/gateway/station_handshake.hpp"

#include "server/gateway/http_refusal.hpp"
#include "server/gateway/station_request.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace gateway {

namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr unsigned status_bad_request = 400;
constexpr unsigned status_header_too_large = 431;
constexpr unsigned status_upgrade_required = 426;
constexpr unsigned http_1_1 = 11;

class Handshake : public std::enable_shared_from_this<Handshake> {
public:
    Handshake(Stream stream, StationDoor& door, StationConnection::Roster& roster,
        std::function<void()> ended)
        : stream_(std::move(stream)),
          deadline_(stream_.get_executor()),
          door_(door),
          roster_(roster),
          ended_(std::move(ended)),
          buffer_(door.options.header_limit_bytes)
    {
        parser_.header_limit(static_cast<std::uint32_t>(door.options.header_limit_bytes));
    }

    void start()
    {
        error_code error;
        stream_.set_option(asio::ip::tcp::no_delay(true), error);
        auto const peer = stream_.remote_endpoint(error);
        if (error) return ended_();  // gone already
        peer_ = to_string(from_asio(peer));
        deadline_.expires_after(door_.options.handshake_timeout);
        deadline_.async_wait([weak = weak_from_this()](error_code cancelled) {
            auto const self = weak.lock();
            if (cancelled || !self) return;
            error_code ignored;
            self->stream_.close(ignored);
        });
        http::async_read(stream_, buffer_, parser_,
            [self = shared_from_this()](error_code e, std::size_t) { self->read_done(e); });
    }

private:
    void read_done(error_code error)
    {
        if (error == http::error::header_limit || error == http::error::buffer_overflow)
            return refuse({status_header_too_large, "the request's header is too long"});
        if (error && error.category() == http::make_error_code(http::error{}).category() &&
            error != http::error::end_of_stream && error != http::error::partial_message)
            return refuse({status_bad_request, "not an HTTP request: " + error.message()});
        if (error) return finish("no request: " + error.message());
        if (buffer_.size() > 0)
            return refuse({status_bad_request, "frames before the upgrade is answered"});

        auto verdict = judge(station_request());
        if (auto const* refusal = std::get_if<Refusal>(&verdict)) return refuse(*refusal);
        deadline_.cancel();
        std::make_shared<StationConnection>(std::move(stream_), door_, roster_,
            std::get<Welcome>(std::move(verdict)), std::move(peer_))
            ->start(parser_.get());
        ended_();
    }

    StationRequest station_request() const
    {
        auto const& request = parser_.get();
        StationRequest asked{.target = std::string(request.target()),
            .websocket = boost::beast::websocket::is_upgrade(request),
            .offered = {}};
        auto const [first, last] = request.equal_range(http::field::sec_websocket_protocol);
        for (auto field = first; field != last; ++field) asked.offered.emplace_back(field->value());
        return asked;
    }

    void refuse(Refusal const& refusal)
    {
        door_.log.write(Severity::warning, Channel::net, "refused",
            {{"peer", peer_}, {"status", refusal.status}, {"why", refusal.rule},
                {"target", std::string(parser_.get().target()).substr(0, longest_logged_target)}});
        response_ = text_response(refusal.status, http_1_1, refusal.rule + "\n");
        if (refusal.status == status_upgrade_required) {
            response_.set(http::field::upgrade, "websocket");
            response_.set(http::field::connection, "upgrade, close");
        }
        http::async_write(stream_, response_, [self = shared_from_this()](error_code, std::size_t) {
            error_code ignored;
            self->stream_.shutdown(asio::socket_base::shutdown_send, ignored);
            self->ended_();
            drain(self, self->stream_);  // until the deadline at the latest
        });
    }

    void finish(std::string const& why)
    {
        door_.log.write(Severity::debug, Channel::net, "refused", {{"peer", peer_}, {"why", why}});
        ended_();
    }

    static constexpr std::size_t longest_logged_target = 200;

    Stream stream_;
    Timer deadline_;
    StationDoor& door_;
    StationConnection::Roster& roster_;
    std::function<void()> ended_;
    boost::beast::flat_buffer buffer_;
    http::request_parser<http::empty_body> parser_;
    TextResponse response_;
    std::string peer_;
};

}

void run_station_handshake(Stream stream, StationDoor& door, StationConnection::Roster& roster,
    std::function<void()> ended)
{
    std::make_shared<Handshake>(std::move(stream), door, roster, std::move(ended))->start();
}

}
