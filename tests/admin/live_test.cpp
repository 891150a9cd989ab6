#include "tests/admin/fakes.hpp"

#include <algorithm>

using namespace admin_test;

namespace {

constexpr char const* of_1 = R"({"installation":1})";
constexpr char const* of_2 = R"({"installation":2})";

engine::LiveView view_of(std::int64_t installation, std::string name)
{
    engine::LiveView view;
    view.installation.value = installation;
    view.name = std::move(name);
    return view;
}

// Two shards; installations 1 and 2 belong to the second.
struct LiveServer : Server {
    LiveServer() : Server(2)
    {
        shards.brain = [](std::int64_t shard, engine::Command const& command) -> engine::Reply {
            if (auto const* get = std::get_if<engine::GetLive>(&command)) {
                auto const id = get->installation.value;
                if (shard == 1 && (id == 1 || id == 2)) return view_of(id, "first");
            }
            if (std::holds_alternative<engine::WatchLive>(command) && shard == 1) {
                return engine::Done{};
            }
            return engine::Refused{engine::RefusalKind::not_found, "installation", "none"};
        };
    }
    // "1+ 2+ 1-": what the engines were told to watch, and no longer; each shard hears it all.
    std::string watching() const
    {
        std::string text[2];
        for (auto const& [shard, watch] : shards.asked<engine::WatchLive>()) {
            text[shard] += std::to_string(watch.installation.value) + (watch.watch ? "+ " : "- ");
        }
        CHECK(text[0] == text[1]);
        return text[0];
    }
};

// The names of the views that came as notifications.
std::string names(Operator& who)
{
    std::string all;
    for (auto const& text : who.inbox().take_all()) {
        auto const message = json::parse(text).as_object();
        CHECK(message.at("method") == "live");
        CHECK_FALSE(message.contains("id"));
        all += std::string(message.at("params").at("name").as_string()) + " ";
    }
    return all;
}

std::string name_of_result(json::object const& response)
{
    return std::string(response.at("result").at("name").as_string());
}

}

TEST_CASE("who subscribes gets the view and then each new one, until unsubscribing")
{
    LiveServer server;
    Operator anna(server.api);
    server.let_in(anna);
    server.shards.publish(view_of(1, "unseen"));
    CHECK(name_of_result(anna.call("live.subscribe", of_1)) == "first");
    server.shards.publish(view_of(1, "second"));
    server.shards.publish(view_of(2, "other"));
    server.shards.publish(view_of(1, "third"));
    CHECK(names(anna) == "second third ");
    CHECK(anna.result("live.unsubscribe", of_1) == "{}");
    server.shards.publish(view_of(1, "fourth"));
    CHECK(names(anna).empty());
    CHECK(server.watching() == "1+ 1- ");
}

TEST_CASE("engines are told to watch with the first subscriber and to stop after the last")
{
    LiveServer server;
    Operator anna(server.api);
    Operator berit(server.api);
    server.let_in(anna);
    server.let_in(berit);
    anna.call("live.subscribe", of_1);
    anna.call("live.subscribe", of_1);  // the same again changes nothing
    berit.call("live.subscribe", of_1);
    anna.call("live.subscribe", of_2);
    CHECK(server.watching() == "1+ 2+ ");
    server.shards.publish(view_of(1, "both"));
    CHECK(names(anna) == "both ");
    CHECK(names(berit) == "both ");
    anna.call("live.unsubscribe", of_1);
    CHECK(server.watching() == "1+ 2+ ");
    berit.call("live.unsubscribe", of_1);
    berit.call("live.unsubscribe", of_1);
    CHECK(server.watching() == "1+ 2+ 1- ");
    anna.close();
    CHECK(server.watching() == "1+ 2+ 1- 2- ");
    server.shards.publish(view_of(2, "nobody"));
}

TEST_CASE("a subscription to what does not exist leaves nothing behind")
{
    LiveServer server;
    Operator anna(server.api);
    server.let_in(anna);
    CHECK(anna.result("live.subscribe", R"({"installation":3})") == "-32003 installation: none");
    CHECK(server.watching() == "3+ 3- ");
    server.shards.publish(view_of(3, "ghost"));
    CHECK(names(anna).empty());
}

TEST_CASE(
    "views that are older than the answer to the subscription are left out, later ones follow it")
{
    LiveServer server;
    Operator anna(server.api);
    server.let_in(anna);
    server.shards.hold = true;
    auto const id = anna.begin("live.subscribe", of_1);
    server.shards.publish(view_of(1, "older"));
    CHECK(anna.inbox().take_all().empty());
    while (server.shards.held_count() > 0) server.shards.answer_next();
    server.shards.publish(view_of(1, "newer"));
    CHECK(name_of_result(anna.answer_to(id)) == "first");
    CHECK(names(anna) == "newer ");
}

TEST_CASE("an operator who closes in the middle of a subscription is watched for no longer")
{
    LiveServer server;
    Operator anna(server.api);
    server.let_in(anna);
    server.shards.hold = true;
    anna.begin("live.subscribe", of_1);
    anna.close();
    while (server.shards.held_count() > 0) server.shards.answer_next();
    CHECK(server.watching() == "1+ 1- ");
    server.shards.publish(view_of(1, "late"));
    CHECK(anna.inbox().take_all().empty());
}

TEST_CASE("views end with the login: by logout, elsewhere too, and by age")
{
    LiveServer server;
    Operator anna(server.api);
    Operator wall(server.api);
    server.let_in(anna);
    server.let_in(wall);
    anna.call("live.subscribe", of_1);
    wall.call("live.subscribe", of_1);
    // Being shown views is a use of the token.
    for (int i = 0; i < 3; ++i) {
        server.advance(std::chrono::hours{11});
        server.shards.publish(view_of(1, "shown"));
    }
    CHECK(names(wall) == "shown shown shown ");
    CHECK(names(anna) == "shown shown shown ");
    CHECK(anna.result("auth.logout") == "{}");
    CHECK(server.watching() == "1+ ");
    server.shards.publish(view_of(1, "secret"));
    CHECK(names(wall).empty());
    CHECK(names(anna).empty());
    CHECK(server.watching() == "1+ 1- ");
}

TEST_CASE("over HTTP there is nothing to send views to")
{
    LiveServer server;
    for (std::string const method : {"live.subscribe", "live.unsubscribe"}) {
        auto const answer = server.post(server.token,
            R"({"jsonrpc":"2.0","id":1,"method":")" + method + R"(","params":{"installation":1}})");
        CHECK(error_of(json::parse(answer.body).as_object()) ==
              "-32004: live views are sent over the WebSocket only");
    }
    CHECK(server.watching().empty());
}

TEST_CASE("an operator whose connection dies while a view is sent is dropped without harm")
{
    LiveServer server;
    admin::Conversation conversation;
    int sent = 0;
    conversation = server.api.open(
        [&](std::string const& text) {
            ++sent;
            if (text.find("\"live\"") != std::string::npos) conversation.on_close();
        },
        "192.0.2.1");
    conversation.on_text(
        R"({"jsonrpc":"2.0","id":1,"method":"auth.resume","params":)" + server.as_params() + "}");
    conversation.on_text(
        R"({"jsonrpc":"2.0","id":2,"method":"live.subscribe","params":{"installation":1}})");
    CHECK(sent == 2);
    server.shards.publish(view_of(1, "deadly"));
    server.shards.publish(view_of(1, "after"));
    CHECK(sent == 3);
    CHECK(server.watching() == "1+ 1- ");
}
