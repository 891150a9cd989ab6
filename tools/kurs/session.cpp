#include "tools/kurs/session.hpp"

#include "tools/kurs/login_store.hpp"
#include "tools/kurs/password.hpp"
#include "tools/kurs/server_address.hpp"

#include <cstdlib>
#include <iostream>
#include <optional>
#include <utility>

namespace kurs {
namespace {

namespace json = boost::json;

constexpr std::int64_t not_logged_in = -32001;  // server/admin/README.md, Errors

std::string environment(char const* name)
{
    char const* value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

std::optional<std::string> find_password(Options const& options, std::string const& user)
{
    if (!options.password_file.empty()) return password_from_file(options.password_file);
    auto password = environment("KURS_PASSWORD");
    if (!password.empty()) return password;
    return ask_password("Password of " + user + ": ");
}

// A login for this process only.
OrStatus<Session> open_with_password(
    Options const& options, std::string const& server, std::string const& user)
{
    auto opened = connect(server);
    auto* session = std::get_if<Session>(&opened);
    if (session == nullptr) return opened;
    auto const login = log_in(*session, options, user);
    if (auto const* status = std::get_if<int>(&login)) return *status;
    session->own_token = std::get<std::string>(login);
    return opened;
}

}

int complain(int status, std::string const& text)
{
    std::cerr << text << '\n';
    return status;
}

int status_of(Failure const& failure, std::string const& server)
{
    if (auto const* error = std::get_if<RpcError>(&failure)) return complain(refused, error->text);
    if (auto const* gone = std::get_if<Unreachable>(&failure)) {
        return complain(not_reachable, "no connection to " + server + ": " + gone->why);
    }
    return all_well;  // Ctrl-C
}

OrStatus<Session> connect(std::string const& server)
{
    auto const address = parse_server(server);
    if (!address) {
        return complain(usage, "--server: \"" + server + "\" is not like " + default_server);
    }
    auto socket = Socket::open(*address);
    if (auto* gone = std::get_if<Unreachable>(&socket)) return status_of(Failure(*gone), server);
    return Session{Client(std::move(std::get<Socket>(socket))), server, {}};
}

OrStatus<std::string> log_in(Session& session, Options const& options, std::string const& user)
{
    auto const password = find_password(options, user);
    if (!password) {
        return complain(
            usage, "no password: give --password-file FILE, set KURS_PASSWORD, or use a terminal");
    }
    auto const answer = session.client.call(
        "auth.login", {{"user", user}, {"password", *password}});
    if (auto const* failure = std::get_if<Failure>(&answer)) {
        return status_of(*failure, session.server);
    }
    auto const* result = std::get<json::value>(answer).if_object();
    auto const* token = result == nullptr ? nullptr : result->if_contains("token");
    if (token == nullptr || !token->is_string()) {
        return complain(refused, "the server's answer has no token");
    }
    return std::string(token->get_string());
}

OrStatus<Session> open_session(Options const& options)
{
    auto const path = login_path();
    auto const stored = path ? read_login(*path) : std::nullopt;
    std::string server = stored ? stored->server : default_server;
    if (!options.server.empty()) server = options.server;
    if (!options.user.empty() || !options.password_file.empty()) {
        auto const& user = options.user.empty() ? default_user : options.user;
        return open_with_password(options, server, user);
    }
    auto const user = environment("KURS_USER");
    bool const by_environment = !user.empty() && !environment("KURS_PASSWORD").empty();
    if (stored && stored->server == server) {
        auto opened = connect(server);
        auto* session = std::get_if<Session>(&opened);
        if (session == nullptr) return opened;
        auto const resumed = session->client.call("auth.resume", {{"token", stored->token}});
        auto const* failure = std::get_if<Failure>(&resumed);
        if (failure == nullptr) return opened;
        auto const* error = std::get_if<RpcError>(failure);
        if (error == nullptr || error->code != not_logged_in) return status_of(*failure, server);
        if (!by_environment) return complain(refused, "the login has ended: run kurs login");
    }
    if (by_environment) return open_with_password(options, server, user);
    return complain(refused,
        "not logged in at " + server + ": run kurs login, or set KURS_USER and KURS_PASSWORD");
}

void close_session(Session const& session)
{
    auto const address = parse_server(session.server);
    if (session.own_token.empty() || !address) return;
    auto socket = Socket::open(*address);
    if (std::holds_alternative<Unreachable>(socket))
        return;  // then the login is gone or soon will be
    Client client(std::move(std::get<Socket>(socket)));
    client.call("auth.resume", {{"token", session.own_token}});
    client.call("auth.logout", {});
}

}
