// Whatever bytes `kurs plan` is given: they are refused with a rule, or the plan they lead to keeps
// every limit, by a sum of our own in integers, and its JSON is JSON.
#include "require.hpp"
#include "tests/plan/safe_plan.hpp"
#include "tools/plan/make_plan.hpp"
#include "tools/plan/plan_json.hpp"
#include "tools/plan/plan_table.hpp"
#include "tools/plan/snapshot_json.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size)
{
    constexpr std::size_t few_plans = 20;  // a search for phases is to be no longer than the rest
    auto read = plan::read_plan_file({reinterpret_cast<char const*>(data), size});
    if (auto const* fault = std::get_if<plan::Fault>(&read)) {
        fuzz::require(!fault->rule.empty(), "a refusal names a rule");
        return 0;
    }
    auto& file = std::get<plan::PlanFile>(read);
    file.phase_rules.most_plans = std::min(file.phase_rules.most_plans, few_plans);
    auto const planned = plan::make_plan(file);
    if (auto const* fault = std::get_if<plan::Fault>(&planned)) {
        fuzz::require(
            !fault->path.empty() && !fault->rule.empty(), "a refusal names whom, and a rule");
        return 0;
    }
    auto const& answer = std::get<plan::Answer>(planned);
    fuzz::require(answer.plan.evses.size() == file.snapshot.evses.size(), "every EVSE is answered");
    auto const danger = plan_test::danger_in(answer.snapshot, answer.plan);
    fuzz::require(!danger, danger ? danger->c_str() : "");
    boost::json::error_code error;
    (void)boost::json::parse(plan::plan_json(answer), error);
    fuzz::require(!error, "the answer is JSON");
    fuzz::require(!plan::plan_table(answer).empty(), "the answer has a table");
    return 0;
}
