#include "tools/kurs/commands.hpp"

#include "tools/kurs/json_print.hpp"
#include "tools/kurs/live_text.hpp"
#include "tools/kurs/login_store.hpp"
#include "tools/kurs/server_address.hpp"

#include <boost/json/parse.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <utility>

namespace kurs {

namespace json = boost::json;

int run_login(Options const& options)
{
    auto const path = login_path();
    if (!path) {
        return complain(usage, "neither XDG_CONFIG_HOME nor HOME says where to keep the login");
    }
    std::string const server = options.server.empty() ? default_server : options.server;
    auto const& user = options.user.empty() ? default_user : options.user;
    auto opened = connect(server);
    if (auto const* status = std::get_if<int>(&opened)) return *status;
    auto const login = log_in(std::get<Session>(opened), options, user);
    if (auto const* status = std::get_if<int>(&login)) return *status;
    if (!write_login(*path, {server, user, std::get<std::string>(login)})) {
        return complain(usage, "cannot write " + path->string() + ": " + std::strerror(errno));
    }
    std::cout << "Logged in at " << server << " as " << user << ".\n";
    return all_well;
}

int run_logout()
{
    auto const path = login_path();
    auto const stored = path ? read_login(*path) : std::nullopt;
    if (!stored) return complain(all_well, "not logged in");
    std::error_code error;
    std::filesystem::remove(*path, error);
    if (error) return complain(usage, "cannot remove " + path->string() + ": " + error.message());
    auto opened = connect(stored->server);
    if (auto const* status = std::get_if<int>(&opened)) {
        return complain(*status,
            "The login is forgotten here; on the server it ends 12 hours after its last use.");
    }
    auto& client = std::get<Session>(opened).client;
    auto const resumed = client.call("auth.resume", {{"token", stored->token}});
    if (std::holds_alternative<json::value>(resumed)) client.call("auth.logout", {});
    std::cout << "Logged out.\n";
    return all_well;
}

int run_call(Options const& options)
{
    auto text = options.params;
    if (text == "-") text.assign(std::istreambuf_iterator<char>(std::cin), {});
    json::error_code error;
    auto const params = json::parse(text, error);
    if (error || !params.is_object()) {
        return complain(usage, "the parameters are no JSON object, like '{\"installation\":1}'");
    }
    auto opened = open_session(options);
    if (auto const* status = std::get_if<int>(&opened)) return *status;
    auto& session = std::get<Session>(opened);
    auto const result = session.client.call(options.method, params.get_object());
    close_session(session);
    if (auto const* failure = std::get_if<Failure>(&result)) {
        return status_of(*failure, session.server);
    }
    std::cout << indented(std::get<json::value>(result)) << '\n';
    return all_well;
}

int run_export(Options const& options)
{
    json::object params;
    auto const add = [&](char const* name, auto const& value) {
        if (value) params[name] = *value;
    };
    add("installation", options.filter.installation);
    add("charge_point", options.filter.charge_point);
    add("station", options.filter.station);
    add("token", options.filter.token);
    add("from", options.filter.from);
    add("until", options.filter.until);
    auto opened = open_session(options);
    if (auto const* status = std::get_if<int>(&opened)) return *status;
    auto& session = std::get<Session>(opened);
    auto const result = session.client.call("session.export", params);
    close_session(session);
    if (auto const* failure = std::get_if<Failure>(&result)) {
        return status_of(*failure, session.server);
    }
    auto const* object = std::get<json::value>(result).if_object();
    auto const* csv = object != nullptr ? object->if_contains("csv") : nullptr;
    if (csv == nullptr || !csv->is_string()) {
        return complain(usage, "the server sent no table: is it older than this program?");
    }
    std::cout << std::string_view(csv->get_string()) << std::flush;
    return all_well;
}

int run_watch(Options const& options)
{
    auto opened = open_session(options);
    if (auto const* status = std::get_if<int>(&opened)) return *status;
    auto& session = std::get<Session>(opened);
    session.client.watch_signals();
    auto const show = [&options](json::value const& view) {
        std::cout << (options.raw_json ? one_line(view) : live_text(view)) << '\n' << std::flush;
    };
    auto const first = session.client.call(
        options.topic + ".subscribe", {{"installation", options.installation}});
    auto const* failure = std::get_if<Failure>(&first);
    if (failure == nullptr) show(std::get<json::value>(first));
    auto const end = failure == nullptr ? session.client.notifications(show) : *failure;
    close_session(session);
    return status_of(end, session.server);
}

}
