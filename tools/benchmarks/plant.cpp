#include "tools/benchmarks/plant.hpp"

#include "tools/benchmarks/fleet.hpp"
#include "tools/benchmarks/machine.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

namespace bench {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace json = boost::json;
namespace websocket = beast::websocket;

constexpr std::size_t points_per_installation = 100;
constexpr int point_a = 32;
// Far below what the API lets one connection have under way (server/admin/README.md).
constexpr std::size_t calls_at_once = 200;

// JSON-RPC over one WebSocket, many calls at once.
class Operator {
public:
    explicit Operator(std::uint16_t port)
    {
        stream_.next_layer().connect({asio::ip::address_v4::loopback(), port});
        stream_.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
            request.set(beast::http::field::sec_websocket_protocol, "kurs.admin.v1");
        }));
        stream_.handshake("127.0.0.1", "/admin");
    }

    // The results, in the order of `params`.
    std::vector<json::value> call(std::string_view method, std::vector<json::object> const& params)
    {
        std::vector<json::value> results(params.size());
        for (std::size_t begin = 0; begin < params.size(); begin += calls_at_once) {
            auto const end = std::min(params.size(), begin + calls_at_once);
            for (auto i = begin; i < end; ++i) send(method, i, params[i]);
            for (auto i = begin; i < end; ++i) receive(method, results);
        }
        return results;
    }

private:
    void send(std::string_view method, std::size_t id, json::object const& params)
    {
        json::object const request{{"jsonrpc", "2.0"}, {"id", id},
            {"method", json::string_view(method.data(), method.size())}, {"params", params}};
        stream_.write(asio::buffer(json::serialize(request)));
    }

    void receive(std::string_view method, std::vector<json::value>& results)
    {
        beast::flat_buffer buffer;
        stream_.read(buffer);
        auto const text = beast::buffers_to_string(buffer.data());
        auto answer = json::parse(text).as_object();
        auto* const result = answer.if_contains("result");
        if (!result) throw std::runtime_error(std::string(method) + ": " + text);
        results.at(answer.at("id").to_number<std::size_t>()) = std::move(*result);
    }

    asio::io_context io_;
    websocket::stream<asio::ip::tcp::socket> stream_{io_};
};

std::vector<json::value> ids_of(std::vector<json::value> const& entities)
{
    std::vector<json::value> ids;
    ids.reserve(entities.size());
    for (auto const& entity : entities) ids.push_back(entity.at("id"));
    return ids;
}

}

void build_plant(std::uint16_t operator_port, Login const& login, std::size_t stations)
{
    Operator someone(operator_port);
    someone.call("auth.login", {{{"user", login.user}, {"password", login.password}}});

    // Enough for every core to have some: an installation is served by one.
    auto const installations = std::max(
        core_count(), (stations + points_per_installation - 1) / points_per_installation);
    auto const most_a = point_a * static_cast<int>(stations / installations + 1);
    std::vector<json::object> wanted;
    for (std::size_t n = 0; n < installations; ++n)
        wanted.push_back({{"name", "Plant " + std::to_string(n)}, {"limit_a", most_a}});
    auto const plants = ids_of(someone.call("installation.create", wanted));

    wanted.clear();
    for (auto const& plant : plants)
        wanted.push_back({{"installation", plant}, {"label", "All"}, {"rating_a", most_a}});
    auto const circuits = ids_of(someone.call("circuit.create", wanted));

    wanted.clear();
    for (std::size_t n = 0; n < stations; ++n)
        wanted.push_back(
            {{"circuit", circuits[n % circuits.size()]}, {"name", "P-" + std::to_string(n)},
                {"max_a", point_a}, {"active", true}, {"open_access", true}});
    auto const points = ids_of(someone.call("charge_point.create", wanted));

    wanted.clear();
    for (std::size_t n = 0; n < stations; ++n)
        wanted.push_back({{"station", identity_of(n)}, {"charge_point", points[n]}});
    someone.call("station.assign", wanted);
}

}
