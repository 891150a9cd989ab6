#include "server/admin/attempts.hpp"
#include "server/admin/core.hpp"
#include "server/admin/first_user.hpp"
#include "server/admin/methods.hpp"
#include "tests/admin/fakes.hpp"

#include <algorithm>
#include <set>

using namespace admin_test;

namespace {

std::string login_params(std::string const& user, std::string const& password)
{
    return R"({"user":")" + user + R"(","password":")" + password + R"("})";
}

std::string change_params(std::string const& old_password, std::string const& new_password)
{
    return R"({"old_password":")" + old_password + R"(","new_password":")" + new_password + R"("})";
}

std::string token_of(std::string const& token) { return R"({"token":")" + token + R"("})"; }

constexpr char const* too_many = "-32007: wait some minutes, then try again";

}

TEST_CASE(
    "before the login only login and resume are answered, and no other method reaches an engine")
{
    Server server;
    Operator stranger(server.api);
    for (auto const& method : admin::methods()) {
        CAPTURE(method.name);
        auto const error = error_of(stranger.call(std::string(method.name)));
        if (method.name == "auth.login") {
            CHECK(error == "-32602 user: required");
        } else if (method.name == "auth.resume") {
            CHECK(error == "-32602 token: required");
        } else {
            CHECK(error == "-32001");
        }
    }
    CHECK(server.shards.asked_count() == 0);
}

TEST_CASE("a user logs in by password, resumes by token elsewhere, and logs out everywhere")
{
    Server server;
    server.shards.brain = [](auto, auto const&) { return std::vector<storage::Token>{}; };
    Operator desk(server.api);
    auto const login = desk.call("auth.login", login_params("bjarne", right_password));
    CHECK(login.at("result").at("user") == "bjarne");
    std::string const token(login.at("result").at("token").as_string());
    CHECK(token.size() == 64);  // 32 bytes in hexadecimal
    CHECK(desk.result("token.list") == R"({"tokens":[]})");

    Operator phone(server.api, "192.0.2.77");
    CHECK(phone.result("token.list") == "-32001");
    CHECK(phone.result("auth.resume", token_of(token)) == R"({"user":"bjarne"})");
    CHECK(phone.result("token.list") == R"({"tokens":[]})");

    CHECK(phone.result("auth.logout") == "{}");
    CHECK(phone.result("token.list") == "-32001");
    CHECK(desk.result("token.list") == "-32001");
    CHECK(
        desk.result("auth.resume", token_of(token)) == "-32001 token: it has ended: log in again");
}

TEST_CASE("a wrong password and a user who does not exist get the same answer")
{
    Server server;
    Operator stranger(server.api);
    auto const wrong = stranger.call("auth.login", login_params("anna", "wrong"));
    auto const nobody = stranger.call("auth.login", login_params("nobody", right_password));
    CHECK(error_of(wrong) == "-32002");
    CHECK(json::serialize(wrong.at("error")) == json::serialize(nobody.at("error")));
    CHECK(stranger.result("token.list") == "-32001");
}

TEST_CASE("a token ends twelve hours after its last use")
{
    Server server;
    server.shards.brain = [](auto, auto const&) { return std::vector<storage::Token>{}; };
    Operator anna(server.api);
    server.let_in(anna);
    constexpr auto nearly = std::chrono::hours{12} - std::chrono::milliseconds{1};
    for (int i = 0; i < 3; ++i) {
        server.advance(nearly);
        CHECK(anna.result("token.list") == R"({"tokens":[]})");
    }
    server.advance(std::chrono::hours{12});
    CHECK(anna.result("token.list") == "-32001");
    CHECK(anna.result("auth.resume", server.as_params()) ==
          "-32001 token: it has ended: log in again");
}

TEST_CASE("ten wrong passwords from one address close it for ten minutes, whatever the users")
{
    Server server;
    Operator thief(server.api, "198.51.100.7");
    for (int i = 0; i < 10; ++i) {
        CHECK(
            thief.result("auth.login", login_params("user" + std::to_string(i), "x")) == "-32002");
    }
    CHECK(thief.result("auth.login", login_params("anna", right_password)) == too_many);
    Operator again(server.api, "198.51.100.7");
    CHECK(again.result("auth.login", login_params("anna", right_password)) == too_many);
    Operator neighbour(server.api, "198.51.100.8");
    CHECK(neighbour.call("auth.login", login_params("anna", right_password)).contains("result"));
    server.advance(std::chrono::minutes{10});
    CHECK(thief.call("auth.login", login_params("anna", right_password)).contains("result"));
}

TEST_CASE("fifty wrong passwords for one user close the user's login, from wherever they come")
{
    Server server;
    for (int i = 0; i < 50; ++i) {
        Operator thief(server.api, "198.51.100." + std::to_string(i));
        CHECK(thief.result("auth.login", login_params("anna", "x")) == "-32002");
    }
    Operator one_more(server.api, "203.0.113.1");
    CHECK(one_more.result("auth.login", login_params("anna", right_password)) == too_many);
    CHECK(one_more.call("auth.login", login_params("bjarne", right_password)).contains("result"));
    Operator anna(server.api);  // who is logged in stays in
    server.let_in(anna);
}

TEST_CASE("right passwords are not counted")
{
    Server server;
    Operator anna(server.api);
    for (int i = 0; i < 60; ++i) {
        REQUIRE(anna.call("auth.login", login_params("anna", right_password)).contains("result"));
    }
}

TEST_CASE(
    "the user who logs in more than 256 times at once loses the login that is unused for longest")
{
    Server server(1, false);
    std::vector<std::string> tokens;
    for (int i = 0; i < 257; ++i) {
        tokens.push_back(server.log_in_as("anna"));
        server.advance(engine::Milliseconds{1});
    }
    Operator anna(server.api);
    CHECK(anna.result("auth.resume", token_of(tokens[0])) ==
          "-32001 token: it has ended: log in again");
    CHECK(anna.result("auth.resume", token_of(tokens[1])) == R"({"user":"anna"})");
    CHECK(std::set<std::string>(tokens.begin(), tokens.end()).size() == tokens.size());
}

TEST_CASE("logins beyond the queue are turned away at once, so that a storm of them stays small")
{
    Server server(1, false);
    // Users who do not exist cost as much as those who do, so 60 logins keep the worker busy for
    // seconds, while they are sent within milliseconds.
    constexpr int storm = 60;
    std::vector<std::unique_ptr<Operator>> operators;
    std::vector<int> ids;
    for (int i = 0; i < storm; ++i) {
        operators.push_back(
            std::make_unique<Operator>(server.api, "198.51.100." + std::to_string(i)));
        ids.push_back(
            operators.back()->begin("auth.login", login_params("user" + std::to_string(i), "x")));
    }
    int turned_away = 0;
    for (int i = 0; i < storm; ++i) {
        auto const at = static_cast<std::size_t>(i);
        auto const error = error_of(operators[at]->answer_to(ids[at]));
        if (error == "-32007: too many logins at this moment") {
            ++turned_away;
        } else {
            CHECK(error == "-32002");
        }
    }
    // 32 wait and some have begun; the rest had no place.
    CHECK(turned_away > 0);
    CHECK(turned_away <= storm - 32);
}

TEST_CASE("a changed password is stored as a hash, holds from then on and ends the other logins")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    Operator elsewhere(server.api);
    REQUIRE(elsewhere.call("auth.login", login_params("anna", right_password)).contains("result"));
    CHECK(anna.result("user.change_password", change_params("wrong", "a whole new one")) ==
          "-32002 old_password: it is not the user's password");
    CHECK(server.store.users().empty());
    CHECK(anna.result("user.change_password", change_params(right_password, "a whole new one")) ==
          "{}");
    REQUIRE(server.store.users().size() == 1);
    auto const stored = server.store.users().front();
    CHECK(stored.name == "anna");
    CHECK(stored.password_hash.rfind("scrypt$15$8$1$", 0) == 0);
    CHECK(admin::password_matches("a whole new one", stored.password_hash));

    CHECK(anna.result("auth.resume", server.as_params()) == Server::anna);
    CHECK(elsewhere.result("auth.logout") == "-32001");
    CHECK(elsewhere.result("auth.login", login_params("anna", right_password)) == "-32002");
    CHECK(elsewhere.call("auth.login", login_params("anna", "a whole new one")).contains("result"));
}

TEST_CASE("trying old passwords is limited like logging in")
{
    Server server;
    Operator thief(server.api, "198.51.100.7");
    server.let_in(thief);
    for (int i = 0; i < 10; ++i) {
        CHECK(thief.result("user.change_password", change_params("wrong", "a whole new one")) ==
              "-32002 old_password: it is not the user's password");
    }
    CHECK(thief.result("user.change_password", change_params(right_password, "a whole new one")) ==
          too_many);
}

TEST_CASE("while the store takes no writes, methods that write are refused and the others work")
{
    Server server;
    server.shards.brain = [](auto, auto const&) { return engine::CallAnswer{}; };
    Operator anna(server.api);
    server.let_in(anna);
    server.api.store_health({false, "disk full"});
    std::set<std::string_view> refused;
    for (auto const& method : admin::methods()) {
        if (method.name == "auth.logout") continue;
        if (error_of(anna.call(std::string(method.name))) == "-32008") refused.insert(method.name);
    }
    CHECK(refused == std::set<std::string_view>{"user.change_password", "installation.create",
                         "installation.set_policy", "circuit.create", "charge_point.create",
                         "charge_point.activate", "charge_point.set_priority", "station.assign",
                         "station.release", "station.set_strict", "token.put", "session.set_wishes",
                         "unbooked.attach", "unbooked.make_session", "unbooked.set_aside"});
    CHECK(anna.result("station.call", R"({"station":"CP-1","action":"Reset"})") ==
          R"({"payload":{}})");
    server.api.store_health({true, ""});
    CHECK(anna.result("token.put", "{}") == "-32602 token: required");
}

TEST_CASE("neither log nor errors tell passwords or tokens")
{
    Server server;
    Operator anna(server.api);
    std::vector<std::string> const secrets{
        right_password, "typed-into-user", "typed wrongly", "brand new secret", server.token};
    anna.call("auth.login", login_params("anna", "typed wrongly"));
    anna.call("auth.login", login_params("typed-into-user", "x"));
    anna.call("auth.login", login_params("anna", right_password));
    anna.call("user.change_password", change_params("typed wrongly", "brand new secret"));
    anna.call("user.change_password", change_params(right_password, "brand new secret"));
    anna.call("auth.resume", token_of(server.token));
    std::lock_guard const lock(server.mutex);
    CHECK(server.log == std::vector<std::string>{"event=login user=anna peer=192.0.2.9",
                            "event=login_refused user=anna peer=192.0.2.1",
                            "event=login_refused user=unknown peer=192.0.2.1",
                            "event=login user=anna peer=192.0.2.1",
                            "event=password_change_refused user=anna peer=192.0.2.1",
                            "event=password_changed user=anna peer=192.0.2.1"});
    for (auto const& line : server.log) {
        for (auto const& secret : secrets) CHECK(line.find(secret) == std::string::npos);
    }
}

TEST_CASE("a new server gets one user with a password that is in the store only as a hash")
{
    FakeStore store;
    std::vector<storage::User> users;
    storage::Timestamp const now{std::chrono::hours{500'000}};
    auto const login = admin::ensure_first_user(store, users, now);
    REQUIRE(login.has_value());
    CHECK(login->user == "admin");
    REQUIRE(users.size() == 1);
    CHECK(store.users() == users);
    CHECK(users[0].name == "admin");
    CHECK(users[0].created_at == now);
    CHECK(users[0].password_hash.find(login->password) == std::string::npos);
    CHECK(admin::password_matches(login->password, users[0].password_hash));
    CHECK_FALSE(admin::ensure_first_user(store, users, now).has_value());
    CHECK(store.users().size() == 1);

    FakeShards shards;
    admin::Api api(shards, store, users, {[] { return engine::Now{}; }, {}});
    Operator operator_(api);
    CHECK(operator_.call("auth.login", login_params("admin", login->password)).contains("result"));
}

TEST_CASE("one owner of IPv6 addresses is one address, and a mapped IPv4 address is that address")
{
    CHECK(admin::address_key("2001:db8:1:2::1") == admin::address_key("2001:db8:1:2:ffff::9"));
    CHECK(admin::address_key("2001:db8:1:2::1") != admin::address_key("2001:db8:1:3::1"));
    CHECK(admin::address_key("::ffff:192.0.2.1") == admin::address_key("192.0.2.1"));
    CHECK(admin::address_key("192.0.2.1") != admin::address_key("192.0.2.2"));
    CHECK(admin::address_key("local") == "local");
}

TEST_CASE("attempts of more keys than are remembered push out the oldest")
{
    admin::Attempts attempts(1, std::chrono::minutes{1}, 2);
    using Ms = engine::Milliseconds;
    CHECK(attempts.begin("a", Ms{1}));
    CHECK_FALSE(attempts.begin("a", Ms{2}));
    CHECK(attempts.begin("b", Ms{3}));
    CHECK(attempts.begin("c", Ms{4}));  // forgets a
    CHECK_FALSE(attempts.begin("b", Ms{5}));
    CHECK(attempts.begin("a", Ms{6}));  // forgets b
    CHECK_FALSE(attempts.begin("c", Ms{7}));
    attempts.forgive("c");
    CHECK(attempts.begin("c", Ms{8}));
}
