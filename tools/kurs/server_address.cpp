#include "tools/kurs/server_address.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace kurs {
namespace {

constexpr char const* default_port = "8080";  // of the operators' door

}

std::optional<ServerAddress> parse_server(std::string_view text)
{
    auto const parsed = boost::urls::parse_uri({text.data(), text.size()});
    if (!parsed) return std::nullopt;
    boost::urls::url_view const url = *parsed;
    bool const known = url.scheme() == "ws" || url.scheme() == "http";
    bool const bare = (url.encoded_path().empty() || url.encoded_path() == "/") &&
                      !url.has_query() && !url.has_fragment() && !url.has_userinfo();
    std::string const host = url.host_address();
    if (!known || !bare || host.empty()) return std::nullopt;
    std::string const port = url.port();
    return ServerAddress{host, port.empty() ? default_port : port};
}

}
