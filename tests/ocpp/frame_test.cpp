#include "ocpp/codec.hpp"
#include "ocpp/frame.hpp"
#include "ocpp/v16/actions.hpp"
#include "ocpp/v201/actions.hpp"

#include <doctest/doctest.h>

#include <optional>

namespace ocpp {

namespace {

template <class T>
T parsed(std::string_view text, Version version = Version::v16)
{
    auto frame = parse_frame(text, version);
    REQUIRE_MESSAGE(std::holds_alternative<T>(frame), text);
    return std::get<T>(std::move(frame));
}

std::string json_of(Payload const& payload) { return std::string(payload.text); }

constexpr Version all[] = {Version::v16, Version::v201, Version::v21};

template <class M>
Fault fault_of(Payload payload, Level level)
{
    std::vector<Fault> remarks;
    M message;
    auto fault = read_message(message_layout<M>(), &message, payload, level, remarks);
    REQUIRE(fault.has_value());
    return *fault;
}

}

TEST_CASE("a CALL is read with its id, action and payload")
{
    for (auto const version : all) {
        auto const call = parsed<Call>(R"([2,"id-1","Heartbeat",{"a":[1]}])", version);
        CHECK(call.id == "id-1");
        CHECK(call.action == "Heartbeat");
        CHECK(json_of(call.payload) == R"({"a":[1]})");
    }
}

TEST_CASE("white space around the parts of a frame is of no account")
{
    auto const call = parsed<Call>(" [ 2 ,\n\"1\"\t, \"Heartbeat\" , { } ]\r\n");
    CHECK(call.action == "Heartbeat");
}

TEST_CASE("a CALLRESULT and a CALLERROR are read")
{
    auto const result = parsed<CallResult>(R"([3,"7",{"status":"Accepted"}])");
    CHECK(result.id == "7");
    CHECK(json_of(result.payload) == R"({"status":"Accepted"})");

    auto const error = parsed<CallError>(R"([4,"7","NoSuchCode","tell","us"])");
    CHECK(error.id == "7");
    CHECK(error.code == "NoSuchCode");
    CHECK(error.description == "tell");
    CHECK(parsed<CallError>(R"([4,"7","GenericError",""])").code == "GenericError");
}

TEST_CASE("a payload of null counts as empty")
{
    auto const beat = decode<v16::HeartbeatRequest>(
        parsed<Call>(R"([2,"1","Heartbeat",null])").payload);
    CHECK(std::holds_alternative<v16::HeartbeatRequest>(beat));
    auto const authorised = decode<v16::AuthorizeResponse>(
        parsed<CallResult>(R"([3,"1",null])").payload);
    CHECK(std::get<Fault>(authorised) ==
          Fault{FaultKind::occurrence_constraint, "idTagInfo", "is required"});
}

TEST_CASE("what is broken in a payload, or follows it, is found when the payload is read")
{
    for (auto const* const payload : {"{", "{}]", "{\"a\":}", "{},{}", "{} {}", "{\"a\" 1}", "nul",
             "{\"\xFF\":1}", "{\"a\":\"\\ud800\"}"}) {
        CAPTURE(payload);
        auto const text = "[2,\"1\",\"Heartbeat\"," + std::string(payload) + "]";
        auto const call = parsed<Call>(text);
        CHECK(call.id == "1");
        for (auto const& fault : {fault_of<v16::HeartbeatRequest>(call.payload, Level::strict),
                 fault_of<v201::HeartbeatRequest>(call.payload, Level::tolerant)})
            CHECK((fault.kind == FaultKind::rpc_framework || fault.kind == FaultKind::format));
    }
}

TEST_CASE("a message id may be longer than the standard's 36 characters, up to 1024")
{
    auto const frame_with = [](std::string const& id) {
        return "[2,\"" + id + "\",\"Heartbeat\",{}]";
    };
    std::string const longest(1024, 'x');
    CHECK(parsed<Call>(frame_with(longest)).id == longest);
    CHECK(parsed<BadFrame>(frame_with(longest + "x"), Version::v201).answer_id == "-1");
    CHECK(parsed<BadFrame>(frame_with(longest + "x"), Version::v16).answer_id.empty());
}

TEST_CASE("a broken frame is answered as its version says, or not at all")
{
    struct Row {
        std::string_view text;
        std::string_view v16;   // the id of the answer; empty: none
        std::string_view v201;  // the same
        FaultKind kind;
    };
    constexpr auto rpc = FaultKind::rpc_framework;
    constexpr auto type = FaultKind::message_type;
    Row const rows[] = {
        // Not JSON, or no frame: only 2.0.1 has an answer.
        {"hello", "", "-1", rpc},
        {"[2,\"\xFF\",\"Heartbeat\",{}]", "", "-1", rpc},
        {R"([2,"\ud800","Heartbeat",{}])", "", "-1", rpc},
        {"\xEF\xBB\xBF[2,\"1\",\"Heartbeat\",{}]", "", "-1", rpc},
        {" ", "", "-1", rpc},
        {"{}", "", "-1", rpc},
        {"[]", "", "-1", rpc},
        {"null", "", "-1", rpc},
        {"2", "", "-1", rpc},
        // An empty text is a keep-alive of some stations.
        {"", "", "", rpc},
        // A CALL without a readable id.
        {"[2]", "", "-1", rpc},
        {R"([2,5,"Heartbeat",{}])", "", "-1", rpc},
        {R"([2,null,"Heartbeat",{}])", "", "-1", rpc},
        {R"([2,"","Heartbeat",{}])", "", "-1", rpc},
        // A CALL that is broken after its id.
        {R"([2,"6"])", "6", "6", rpc},
        {R"([2,"6","Heartbeat"])", "6", "6", rpc},
        {R"([2,"6","Heartbeat",{})", "6", "6", rpc},
        {R"([2,"6","Heartbeat",])", "6", "6", rpc},
        {R"([2,"6",{},{}])", "6", "6", rpc},
        {R"([2,"6",null,{}])", "6", "6", rpc},
        // Message types of no version, or of a later one.
        {R"([1,"6"])", "", "6", type},
        {R"([9,"6","Heartbeat",{}])", "", "6", type},
        {R"([6,"6","NotifyPeriodicEventStream",{}])", "", "6", type},
        {R"([-2,"6","Heartbeat",{}])", "", "6", type},
        {R"([9,6,"Heartbeat",{}])", "", "-1", type},
        {"[9]", "", "-1", type},
        {R"(["2","6","Heartbeat",{}])", "", "6", rpc},
        {R"([2.5,"6","Heartbeat",{}])", "", "6", rpc},
        {R"([99999999999999999999,"6"])", "", "6", rpc},
        {R"([null])", "", "-1", rpc},
        // Broken answers are never answered.
        {R"([3,"6"])", "", "", rpc},
        {R"([3,6,{}])", "", "", rpc},
        {R"([4,"6"])", "", "", rpc},
        {R"([4,"6","GenericError"])", "", "", rpc},
        {R"([4,"6",1,"",{}])", "", "", rpc},
        {R"([4,"6","GenericError",null,{}])", "", "", rpc},
        {R"([4,6,"GenericError","",{}])", "", "", rpc},
        {R"([4,"6","GenericError","",{},1])", "", "", rpc},
    };
    for (auto const& row : rows) {
        CAPTURE(row.text);
        auto const v16 = parsed<BadFrame>(row.text, Version::v16);
        CHECK(v16.answer_id == row.v16);
        CHECK(v16.fault.kind == row.kind);
        auto const v201 = parsed<BadFrame>(row.text, Version::v201);
        CHECK(v201.answer_id == row.v201);
        CHECK(v201.fault.kind == row.kind);
        CHECK(!v201.fault.rule.empty());
    }
}

TEST_CASE("a frame nested a million deep is refused, not followed")
{
    std::string const deep = "[2,\"1\",\"Heartbeat\"," + std::string(1'000'000, '[');
    CHECK(parsed<BadFrame>(deep, Version::v201).answer_id == "1");
    auto const closed = deep + std::string(1'000'001, ']');
    auto const call = parsed<Call>(closed);
    CHECK(fault_of<v16::HeartbeatRequest>(call.payload, Level::tolerant).kind == FaultKind::format);
    auto const inside = "[2,\"1\",\"Heartbeat\",{\"a\":" + std::string(1'000'000, '[') + "}]";
    CHECK(fault_of<v16::HeartbeatRequest>(parsed<Call>(inside).payload, Level::tolerant).kind ==
          FaultKind::rpc_framework);
}

TEST_CASE("a message type may be written as a number with a fraction of zero")
{
    CHECK(parsed<Call>(R"([2.0,"1","Heartbeat",{}])").id == "1");
}

TEST_CASE("2.1 has two more kinds of frame, which the other versions do not know")
{
    constexpr auto* send = R"([6,"1","NotifyPeriodicEventStream",{"id":1}])";
    auto const sent = parsed<Send>(send, Version::v21);
    CHECK(sent.action == "NotifyPeriodicEventStream");
    CHECK(json_of(sent.payload) == R"({"id":1})");
    auto const error = parsed<CallResultError>(R"([5,"1","FormatViolation","x",{}])", Version::v21);
    CHECK(error.id == "1");
    CHECK(error.code == "FormatViolation");
    for (auto const version : {Version::v16, Version::v201}) {
        CHECK(parsed<BadFrame>(send, version).fault.kind == FaultKind::message_type);
        CHECK(parsed<BadFrame>(R"([5,"1","FormatViolation","x",{}])", version).fault.kind ==
              FaultKind::message_type);
    }
    // Nobody answers a SEND, broken or not, nor what has an unknown type (part 4 section 4.1.3).
    CHECK(
        parsed<BadFrame>(R"([6,"1","NotifyPeriodicEventStream"])", Version::v21).answer_id.empty());
    CHECK(parsed<BadFrame>(R"([9,"1","Heartbeat",{}])", Version::v21).answer_id.empty());
    CHECK(send_text("1", "NotifyPeriodicEventStream", R"({"id":1})") == send);
    CHECK(result_error_text("1", {FaultKind::format, "", "no"}) ==
          R"([5,"1","FormatViolation","no",{}])");
}

TEST_CASE("outgoing frames are what the standard shows")
{
    CHECK(call_text("1", "Heartbeat", "{}") == R"([2,"1","Heartbeat",{}])");
    CHECK(result_text("1", R"({"a":1})") == R"([3,"1",{"a":1}])");

    Fault const fault{FaultKind::occurrence_constraint, "idTag", "is required"};
    CHECK(error_text("1", fault, Version::v16) ==
          R"([4,"1","OccurenceConstraintViolation","idTag: is required",{}])");
    CHECK(error_text("1", fault, Version::v201) ==
          R"([4,"1","OccurrenceConstraintViolation","idTag: is required",{}])");
}

TEST_CASE("an id comes back as it came, whatever characters it has")
{
    std::string const id = "a\"b\\c\n\x01\xC3\xA5";
    auto const text = result_text(id, "{}");
    CHECK(text == "[3,\"a\\\"b\\\\c\\n\\u0001\xC3\xA5\",{}]");
    CHECK(parsed<CallResult>(text).id == id);
}

TEST_CASE("an error about a field with a hostile name is still a frame")
{
    Fault const fault{FaultKind::format, "\"},{\xFF\n" + std::string(1000, 'x'), "unknown"};
    auto const error = parsed<CallError>(error_text("1", fault, Version::v201));
    CHECK(error.code == "FormatViolation");
    CHECK(error.description.size() <= 255 + 2);  // U+FFFD takes two bytes more than 0xFF
}

}
