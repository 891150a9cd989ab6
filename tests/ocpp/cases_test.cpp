// Cases made from the alliance's schemas by a program that does not know our code
// (tests/ocpp/cases): what a payload must be taken as, or refused for.
#include "every_message.hpp"
#include "ocpp/frame.hpp"
#include "ocpp/json_text.hpp"

#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>

namespace ocpp::test {

namespace json = boost::json;

namespace {

std::string text_of(json::value const& value)
{
    return value.is_string() ? std::string(value.get_string()) : std::string();
}

Version version_of_case(json::object const& row)
{
    auto const version = version_of("ocpp" + text_of(row.at("version")));
    REQUIRE(version.has_value());
    return *version;
}

// Numbers count by their value: 1e3 is 1000.
bool same(json::value const& a, json::value const& b)
{
    if (a.is_number() && b.is_number()) {
        if (a.is_double() || b.is_double()) return a.to_number<double>() == b.to_number<double>();
        return a == b;
    }
    if (a.is_array() && b.is_array())
        return std::equal(a.get_array().begin(), a.get_array().end(), b.get_array().begin(),
            b.get_array().end(), same);
    if (a.is_object() && b.is_object()) {
        auto const& other = b.get_object();
        return a.get_object().size() == other.size() &&
               std::all_of(a.get_object().begin(), a.get_object().end(), [&](auto const& member) {
                   auto const* twin = other.if_contains(member.key());
                   return twin != nullptr && same(member.value(), *twin);
               });
    }
    return a == b;
}

// The text of the value that follows `"payload":` in a line, up to the next field of the case: as
// it stands there, since a parser might round its numbers.
std::string_view payload_of(std::string_view line)
{
    constexpr std::string_view before = "\"payload\":";
    constexpr std::string_view after = ",\"code\":";
    auto const begin = line.find(before) + before.size();
    return line.substr(begin, line.rfind(after) - begin);
}

struct Counts {
    std::size_t accepted = 0;
    std::size_t refused = 0;
};

void run_case(std::string const& line, Counts& counts)
{
    auto const row = json::parse(line).as_object();
    auto const version = version_of_case(row);
    auto const message = find_message(
        version, text_of(row.at("action")), row.at("response").as_bool());
    auto const name = text_of(row.at("version")) + " " + text_of(row.at("action")) +
                      (row.at("response").as_bool() ? "Response: " : "Request: ") +
                      text_of(row.at("case"));
    CAPTURE(name);
    REQUIRE(message.has_value());
    auto const payload = payload_of(line);
    auto const result = rewrite(message->layout(), {payload}, Level::strict);
    auto const* fault = std::get_if<Fault>(&result);
    if (row.at("code").is_null()) {
        ++counts.accepted;
        REQUIRE_MESSAGE(fault == nullptr, (fault != nullptr ? describe(*fault) : ""));
        auto const& text = std::get<Rewritten>(result).text;
        CHECK(same(json::parse(payload), json::parse(text)));
        // What is strictly right is right for a tolerant reader as well.
        auto const tolerated = rewrite(message->layout(), {payload}, Level::tolerant);
        REQUIRE(std::holds_alternative<Rewritten>(tolerated));
        CHECK(std::get<Rewritten>(tolerated).text == text);
        CHECK(std::get<Rewritten>(tolerated).remarks.empty());
        return;
    }
    ++counts.refused;
    REQUIRE(fault != nullptr);
    CHECK(error_code(fault->kind, version) == text_of(row.at("code")));
    CHECK(fault->path == text_of(row.at("path")));
}

// All lines of a file or of a program's output.
void for_each_line(std::FILE* in, std::function<void(std::string const&)> const& take)
{
    std::string line;
    for (int c = std::getc(in); c != EOF; c = std::getc(in)) {
        if (c != '\n') {
            line += static_cast<char>(c);
            continue;
        }
        take(line);
        line.clear();
    }
}

std::string schema_folder()
{
    char const* const given = std::getenv("KURS_SCHEMAS");
    return given != nullptr ? given : KURS_DEFAULT_SCHEMAS;
}

void tell(Counts const& counts)
{
    MESSAGE(counts.accepted << " cases accepted, " << counts.refused << " refused");
}

// What is answered to a frame: the id and the code of a CALLERROR, or neither.
struct AnsweredError {
    std::string kind;
    std::string id;
    std::string_view code;
};

AnsweredError answer_to(std::string_view text, Version version)
{
    auto const frame = parse_frame(text, version);
    auto const error = [&](std::string const& id, Fault const& fault) {
        return AnsweredError{"bad", id, error_code(fault.kind, version)};
    };
    if (auto const* bad = std::get_if<BadFrame>(&frame))
        return bad->answer_id.empty() ? AnsweredError{"bad", {}, {}}
                                      : error(bad->answer_id, bad->fault);
    if (auto const* call = std::get_if<Call>(&frame)) {
        auto const* action = find_action(version, call->action);
        if (action == nullptr) return {"call", call->id, "NotImplemented"};
        auto const read = rewrite(action->request(), call->payload, Level::strict);
        if (auto const* fault = std::get_if<Fault>(&read)) return error(call->id, *fault);
        return {"call", call->id, {}};
    }
    if (auto const* result = std::get_if<CallResult>(&frame))
        return {is_json(result->payload.text) ? "result" : "bad", {}, {}};
    if (auto const* send = std::get_if<Send>(&frame))
        return {is_json(send->payload.text) ? "send" : "bad", {}, {}};
    if (std::holds_alternative<CallError>(frame)) return {"error", {}, {}};
    return {"result_error", {}, {}};
}

}

TEST_CASE("the committed cases from the schemas are accepted and refused as they say")
{
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(
        std::fopen(KURS_CASES "/small.jsonl", "r"), std::fclose);
    REQUIRE(file != nullptr);
    Counts counts;
    for_each_line(file.get(), [&](std::string const& line) { run_case(line, counts); });
    CHECK(counts.accepted >= every_message().size());
    CHECK(counts.refused > 0);
    tell(counts);
}

TEST_CASE("all cases from the schemas are accepted and refused as they say")
{
    if (std::getenv("KURS_SMALL_CASES_ONLY") != nullptr) return;
    if (!std::filesystem::is_directory(schema_folder())) {
        MESSAGE("SKIPPED: no schema files at " << schema_folder());
        return;
    }
    auto const command = "/usr/bin/python3 " KURS_CASES "/make_cases.py '" + schema_folder() +
                         "' 2>/dev/null";
    auto* const pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Counts counts;
    for_each_line(pipe, [&](std::string const& line) { run_case(line, counts); });
    CHECK(::pclose(pipe) == 0);
    CHECK(counts.accepted >= every_message().size());
    CHECK(counts.refused > counts.accepted);
    tell(counts);
}

TEST_CASE("frames are taken and answered as the committed cases say")
{
    std::ifstream file(KURS_CASES "/frames.jsonl");
    REQUIRE(file.good());
    std::size_t count = 0;
    for (std::string line; std::getline(file, line); ++count) {
        auto const row = json::parse(line).as_object();
        auto const text = text_of(row.at("text"));
        auto const name = text_of(row.at("version")) + ": " + text_of(row.at("case"));
        CAPTURE(name);
        CAPTURE(text);
        auto const given = answer_to(text, version_of_case(row));
        auto const kind = text_of(row.at("kind"));
        CHECK(given.kind == (kind == "ignored" ? "bad" : kind));
        CHECK(given.id == text_of(row.at("answer_id")));
        CHECK(given.code == text_of(row.at("code")));
    }
    MESSAGE(count << " frames");
}

}
