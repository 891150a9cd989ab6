// The end of an HTTP connection: a last answer, and a close that does not cut it off.
#pragma once

#include "server/gateway/stream.hpp"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <memory>
#include <string>

namespace gateway {

using TextResponse = boost::beast::http::response<boost::beast::http::string_body>;

// A plain text answer that ends the connection.
inline TextResponse text_response(unsigned status, unsigned http_version, std::string text)
{
    namespace http = boost::beast::http;
    TextResponse response;
    response.version(http_version);
    response.result(status);
    response.set(http::field::server, "kurs");
    response.set(http::field::content_type, "text/plain; charset=utf-8");
    response.keep_alive(false);
    response.body() = std::move(text);
    response.prepare_payload();
    return response;
}

// Reads and drops what still comes, so that closing does not reset the connection before the peer
// has read the answer. Ends at the peer's close, or when somebody closes the stream; `owner` holds
// it.
template <class Owner>
void drain(std::shared_ptr<Owner> owner, Stream& stream)
{
    auto const scratch = std::make_shared<std::array<char, 1024>>();
    stream.async_read_some(asio::buffer(*scratch),
        [owner = std::move(owner), &stream, scratch](boost::system::error_code error, std::size_t) {
            if (!error) drain(owner, stream);
        });
}

}
