// A file as text in, the answer as parsed JSON out.
#pragma once

#include "tests/plan/safe_plan.hpp"
#include "tools/plan/make_plan.hpp"
#include "tools/plan/plan_json.hpp"
#include "tools/plan/snapshot_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <variant>

namespace plan_test {

inline plan::PlanFile read(std::string_view text)
{
    auto file = plan::read_plan_file(text);
    if (auto const* fault = std::get_if<plan::Fault>(&file)) FAIL(plan::text_of(*fault));
    return std::get<plan::PlanFile>(std::move(file));
}

inline plan::Answer answer_to(std::string_view text)
{
    auto planned = plan::make_plan(read(text));
    if (auto const* fault = std::get_if<plan::Fault>(&planned)) FAIL(plan::text_of(*fault));
    auto answer = std::get<plan::Answer>(std::move(planned));
    auto const danger = danger_in(answer.snapshot, answer.plan);
    CHECK_MESSAGE(!danger, danger.value_or(""));
    return answer;
}

inline boost::json::value ask(std::string_view text)
{
    return boost::json::parse(plan::plan_json(answer_to(text)));
}

// What is wrong with a file, or with the installation in it; empty if it is planned.
inline std::string fault_of(std::string_view text)
{
    auto const file = plan::read_plan_file(text);
    if (auto const* fault = std::get_if<plan::Fault>(&file)) return plan::text_of(*fault);
    auto const planned = plan::make_plan(std::get<plan::PlanFile>(file));
    if (auto const* fault = std::get_if<plan::Fault>(&planned)) return plan::text_of(*fault);
    return {};
}

// One main node with these fields beside its id, and these EVSEs.
inline std::string plant(
    std::string const& main, std::string const& evses, std::string const& more = "")
{
    return "{" + more + (more.empty() ? "" : ",") + R"("nodes":[{"id":"main",)" + main +
           R"(}],"evses":[)" + evses + "]}";
}

// An EVSE at main.
inline std::string evse(
    std::string const& id, std::string const& lines, std::string const& more = "")
{
    return R"({"id":")" + id + R"(","node":"main","lines":[)" + lines + "]" +
           (more.empty() ? "" : ",") + more + "}";
}

inline double limit_of(boost::json::value const& answer, std::size_t index)
{
    return answer.at("evses").at(index).at("limit_a").to_number<double>();
}

inline double current_of(boost::json::value const& answer, std::size_t node, std::size_t line)
{
    return answer.at("nodes").at(node).at("current_a").at(line).to_number<double>();
}

}
