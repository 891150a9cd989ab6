// The one place that names the transport: plain TCP today. TLS comes in by another `Stream` here;
// what reads and writes WebSocket or HTTP does not look below it.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>

namespace gateway {

namespace asio = boost::asio;

// Concrete, not any_io_executor: less memory per connection and a quicker build.
using Executor = asio::io_context::executor_type;
using Stream = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
    asio::wait_traits<std::chrono::steady_clock>, Executor>;

}
