#include "server/gateway/station_request.hpp"

#include "server/engine/engine.hpp"
#include "server/gateway/percent.hpp"
#include "server/gateway/utf8.hpp"

#include <optional>

namespace gateway {

namespace {

enum Status : unsigned { bad_request = 400, not_found = 404, upgrade_required = 426 };

// The broken rule of an identity, or nothing.
std::optional<std::string> broken_rule(std::string_view identity)
{
    auto const length = utf8_length(identity);
    if (!length) return "must be UTF-8";
    if (*length == 0) return "must not be empty";
    if (*length > longest_identity)
        return "must have at most " + std::to_string(longest_identity) + " characters";
    for (char const c : identity) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < ' ' || byte == 0x7f) return "must not have control characters";
        if (c == '/') return "must not have a slash";
    }
    return std::nullopt;
}

// The client's list is in its order of preference: its first that is ours counts.
std::optional<ocpp::Version> choose(std::vector<std::string> const& offered)
{
    for (std::string_view line : offered)
        while (!line.empty()) {
            auto const comma = line.find(',');
            auto name = line.substr(0, comma);
            line.remove_prefix(comma == std::string_view::npos ? line.size() : comma + 1);
            while (!name.empty() && (name.front() == ' ' || name.front() == '\t'))
                name.remove_prefix(1);
            while (!name.empty() && (name.back() == ' ' || name.back() == '\t'))
                name.remove_suffix(1);
            auto const version = ocpp::version_of(name);
            if (version && engine::speaks(*version)) return version;
        }
    return std::nullopt;
}

std::string speak_list()
{
    std::string list;
    for (auto const& p : ocpp::subprotocols) {
        if (!engine::speaks(p.version)) continue;
        if (!list.empty()) list += ", ";
        list += p.name;
    }
    return list;
}

}

std::variant<Welcome, Refusal> judge(StationRequest const& request)
{
    std::string_view path = request.target;
    path = path.substr(0, path.find('?'));
    if (!path.starts_with(stations_path))
        return Refusal{not_found, "stations connect to " + std::string(stations_path) + "IDENTITY"};
    path.remove_prefix(stations_path.size());
    if (path.find('/') != std::string_view::npos)
        return Refusal{not_found, "stations connect to " + std::string(stations_path) +
                                      "IDENTITY, without a further slash"};
    auto identity = percent_decode(path);
    if (!identity) return Refusal{bad_request, "identity: must be percent-encoded"};
    if (auto const rule = broken_rule(*identity)) return Refusal{bad_request, "identity: " + *rule};
    if (!request.websocket)
        return Refusal{upgrade_required, "stations connect with a WebSocket upgrade"};
    auto const version = choose(request.offered);
    if (!version)
        return Refusal{bad_request, "Sec-WebSocket-Protocol: must offer one of " + speak_list()};
    // 2.x identities are Basic user names, too, and those end at a colon. 1.6 has stations that are
    // named after their MAC address.
    if (*version != ocpp::Version::v16 && identity->find(':') != std::string::npos)
        return Refusal{bad_request, "identity: must not have a colon"};
    return Welcome{storage::StationIdentity{std::move(*identity)}, *version};
}

}
