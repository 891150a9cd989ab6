// A client that is logged in, or the status to end with.
#pragma once

#include "tools/kurs/client.hpp"

#include <optional>
#include <string>
#include <variant>

namespace kurs {

// Exit statuses, which scripts rely on.
inline constexpr int all_well = 0;
inline constexpr int refused = 1;  // the server answered with an error, or there is no login
inline constexpr int usage = 2;
inline constexpr int not_reachable = 3;

inline std::string const default_user = "admin";  // whom a new server has

// Which sessions `export` asks for.
struct SessionFilter {
    std::optional<std::int64_t> installation;
    std::optional<std::int64_t> charge_point;
    std::optional<std::string> station;
    std::optional<std::string> token;
    std::optional<std::string> from;
    std::optional<std::string> until;
};

struct Options {
    std::string server;  // empty: that of the stored login, or the default
    std::string user;
    std::string password_file;
    std::string method;
    std::string params = "{}";
    std::string topic = "live";
    std::int64_t installation = 0;
    bool raw_json = false;
    SessionFilter filter;
};

struct Session {
    Client client;
    std::string server;
    std::string own_token;  // of a login for this process only; otherwise empty
};
// A status has been explained on stderr already.
template <class T>
using OrStatus = std::variant<T, int>;

// Says `text` on stderr and gives `status`.
int complain(int status, std::string const& text);
int status_of(Failure const& failure, std::string const& server);

OrStatus<Session> connect(std::string const& server);

// Logs in by password: of a file, else KURS_PASSWORD, else of the terminal. Gives the token.
OrStatus<std::string> log_in(Session& session, Options const& options, std::string const& user);

// Logged in by the options, the stored login or the environment, in this order.
OrStatus<Session> open_session(Options const& options);

// To be called at the end: a login that nobody can use again must not stay open on the server.
// Opens a new connection for that, as the session's own may have ended.
void close_session(Session const& session);

}
