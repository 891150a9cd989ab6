#include "server/admin/rpc.hpp"
#include "tests/admin/fakes.hpp"

using namespace admin_test;

namespace {

// What a logged-in operator says, and the only answer; nothing for no answer.
struct Exchange {
    char const* said;
    char const* answered;
};

}

TEST_CASE("each malformed request gets the error that JSON-RPC 2.0 gives it")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    // -32700 carries the parser's own words, which are not ours to test.
    for (auto const* text : {"", "{", "[1,", R"({"jsonrpc": "2.0", "method")", "\xff"}) {
        anna.say(text);
        auto const answer = json::parse(anna.inbox().take()).as_object();
        CHECK(answer.at("id").is_null());
        CHECK(answer.at("error").at("code") == -32700);
        CHECK(answer.at("error").at("message") == "no JSON");
    }
    Exchange const exchanges[] = {
        {"1",
            R"({"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no JSON-RPC 2.0 request","data":{"rule":"an object"}}})"},
        {"[]",
            R"({"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no JSON-RPC 2.0 request","data":{"rule":"a batch has calls in it"}}})"},
        {"[1]",
            R"([{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no JSON-RPC 2.0 request","data":{"rule":"an object"}}}])"},
        {R"({"id":7,"method":"station.list"})",
            R"({"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"no JSON-RPC 2.0 request","data":{"field":"jsonrpc","rule":"\"2.0\""}}})"},
        {R"({"jsonrpc":2.0,"id":7,"method":"station.list"})",
            R"({"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"no JSON-RPC 2.0 request","data":{"field":"jsonrpc","rule":"\"2.0\""}}})"},
        {R"({"jsonrpc":"2.0","method":1,"params":"bar"})",
            R"({"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no JSON-RPC 2.0 request","data":{"field":"method","rule":"the name of a method"}}})"},
        {R"({"jsonrpc":"2.0","id":"a"})",
            R"({"jsonrpc":"2.0","id":"a","error":{"code":-32600,"message":"no JSON-RPC 2.0 request","data":{"field":"method","rule":"the name of a method"}}})"},
        {R"({"jsonrpc":"2.0","id":{},"method":"station.list"})",
            R"({"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no JSON-RPC 2.0 request","data":{"field":"id","rule":"text, a number or null"}}})"},
        {R"({"jsonrpc":"2.0","id":1,"method":"station.list","params":"x"})",
            R"({"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"no JSON-RPC 2.0 request","data":{"field":"params","rule":"an object"}}})"},
        {R"({"jsonrpc":"2.0","id":1,"method":"circuit.list","params":[1]})",
            R"({"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"bad parameters","data":{"field":"params","rule":"an object: parameters have names"}}})"},
        {R"({"jsonrpc":"2.0","id":1,"method":"circuits.list"})",
            R"({"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"unknown method"}})"},
    };
    for (auto const& exchange : exchanges) {
        CAPTURE(exchange.said);
        anna.say(exchange.said);
        CHECK(anna.inbox().take() == exchange.answered);
    }
    CHECK(server.shards.asked_count() == 0);
}

TEST_CASE("the id comes back as it was sent, whatever it is")
{
    Server server;
    server.shards.brain = [](auto, auto const&) { return std::vector<storage::Token>{}; };
    Operator anna(server.api);
    server.let_in(anna);
    for (std::string const id :
        {"1", "-5", "0", "null", "\"\"", "\"a\\\"b\\n\"", "1.5", "18446744073709551615", "\"æ\""}) {
        CAPTURE(id);
        anna.say(R"({"jsonrpc":"2.0","method":"token.list","id":)" + id + "}");
        CHECK(anna.inbox().take() ==
              R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":{"tokens":[]}})");
    }
}

TEST_CASE("a notification is carried out and never answered, not even with an error")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    anna.say(R"({"jsonrpc":"2.0","method":"token.put","params":{"token":"AB"}})");
    CHECK(server.shards.asked<engine::PutToken>().size() == 1);
    anna.say(R"({"jsonrpc":"2.0","method":"token.put","params":{}})");
    anna.say(R"({"jsonrpc":"2.0","method":"token.put","params":["AB"]})");
    anna.say(R"({"jsonrpc":"2.0","method":"no.such"})");
    anna.say(R"([{"jsonrpc":"2.0","method":"token.put","params":{"token":"AB"}}])");
    CHECK(anna.inbox().take_all().empty());
}

TEST_CASE("a batch is answered in one text when its last call is done")
{
    Server server;
    server.shards.hold = true;
    server.shards.brain = [](auto, engine::Command const& command) -> engine::Reply {
        if (std::holds_alternative<engine::ListTokens>(command))
            return std::vector<storage::Token>{};
        return std::vector<storage::Installation>{};
    };
    Operator anna(server.api);
    server.let_in(anna);
    anna.say(R"([{"jsonrpc":"2.0","id":1,"method":"installation.list"},)"
             R"({"jsonrpc":"2.0","method":"token.put","params":{"token":"A"}}, 5,)"
             R"({"jsonrpc":"2.0","id":"two","method":"token.list"},)"
             R"({"jsonrpc":"2.0","id":3,"method":"no.such"}])");
    REQUIRE(server.shards.held_count() == 3);
    server.shards.answer_next();
    server.shards.answer_next();
    CHECK(anna.inbox().take_all().empty());
    server.shards.answer_next();
    auto const answers = json::parse(anna.inbox().take()).as_array();
    std::map<std::string, std::string> by_id;
    for (auto const& answer : answers) {
        auto const& object = answer.as_object();
        by_id[json::serialize(object.at("id"))] =
            object.contains("result") ? json::serialize(object.at("result")) : error_of(object);
    }
    std::map<std::string, std::string> const expected{{"1", R"({"installations":[]})"},
        {"\"two\"", R"({"tokens":[]})"}, {"3", "-32601"}, {"null", "-32600: an object"}};
    CHECK(by_id == expected);
}

TEST_CASE("a batch of more than a hundred calls is refused as a whole")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    std::string text = "[0";
    for (std::size_t i = 0; i < admin::most_calls_in_batch; ++i) text += ",0";
    anna.say(text + "]");
    CHECK(
        error_of(json::parse(anna.inbox().take()).as_object()) == "-32600: at most 100 in a batch");
}

TEST_CASE("requests of one conversation are answered when they are done, not in their order")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    server.shards.hold = true;
    auto const slow = anna.begin("station.call", R"({"station":"CP-1","action":"Reset"})");
    auto const quick = anna.begin("session.list");
    CHECK_FALSE(anna.answer_to(quick).contains("error"));
    CHECK(anna.inbox().take_all().empty());
    server.shards.answer_next();  // Done is no CallAnswer: the engine would have a bug
    CHECK(error_of(anna.answer_to(slow)) == "-32603");
}

TEST_CASE("a conversation with a thousand requests under way gets no more in")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    server.shards.hold = true;
    for (int i = 0; i < 1000; ++i) anna.begin("installation.list");
    CHECK(anna.result("installation.list") == "-32007: too many requests under way");
    server.shards.answer_next();
    anna.begin("installation.list");
    CHECK(server.shards.held_count() == 1000);
}

TEST_CASE(
    "nothing is sent after a conversation has closed, and answers that come later are dropped")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    server.shards.hold = true;
    anna.begin("installation.list");
    anna.close();
    server.shards.answer_next();
    CHECK(anna.inbox().take_all().empty());
}

TEST_CASE("POST /rpc answers with the status that fits the outcome")
{
    Server server;
    server.shards.brain = [](auto, auto const&) { return std::vector<storage::Token>{}; };
    std::string const call = R"({"jsonrpc":"2.0","id":1,"method":"token.list"})";
    auto const good = server.post(server.token, call);
    CHECK(good.status == 200);
    CHECK(good.body == R"({"jsonrpc":"2.0","id":1,"result":{"tokens":[]}})");
    CHECK(server.post("", call).status == 401);
    CHECK(server.post("0123", call).status == 401);
    CHECK(server.post(server.token, "{").status == 400);
    CHECK(server.post(server.token, "{}").status == 400);
    CHECK(server.post(server.token, R"({"jsonrpc":"2.0","id":1,"method":"x"})").status == 200);
    auto const silent = server.post(server.token, R"({"jsonrpc":"2.0","method":"token.list"})");
    CHECK(silent.status == 204);
    CHECK(silent.body.empty());
    CHECK(server.post(server.token, "[" + call + "," + call + "]").status == 200);
}
