#include "tools/kurs/plan_command.hpp"

#include "tools/kurs/session.hpp"
#include "tools/plan/day/carries.hpp"
#include "tools/plan/day/report_json.hpp"
#include "tools/plan/day/report_text.hpp"
#include "tools/plan/make_plan.hpp"
#include "tools/plan/plan_json.hpp"
#include "tools/plan/plan_table.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <optional>
#include <variant>

namespace kurs {
namespace {

// One byte more than the reader takes is enough to see that it is too much. Nothing on an error.
std::optional<std::string> read_stream(std::istream& stream)
{
    std::string text;
    std::string block(std::size_t{1} << 16U, '\0');
    while (stream && text.size() <= plan::greatest_file_size) {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        text.append(block, 0, static_cast<std::size_t>(stream.gcount()));
    }
    if (stream.bad()) return std::nullopt;
    return text;
}

std::string shown(std::string const& name) { return name == "-" ? "stdin" : name; }

// What the file says, or the exit status after a complaint.
OrStatus<plan::PlanFile> read_file(std::string const& name)
{
    std::optional<std::string> text;
    if (name == "-") {
        text = read_stream(std::cin);
    } else {
        errno = 0;
        std::ifstream file(name, std::ios::binary);
        if (file) text = read_stream(file);
    }
    if (!text) return complain(usage, "cannot read " + shown(name) + ": " + std::strerror(errno));
    auto file = plan::read_plan_file(*text);
    if (auto const* fault = std::get_if<plan::Fault>(&file))
        return complain(usage, shown(name) + ": " + plan::text_of(*fault));
    return std::get<plan::PlanFile>(std::move(file));
}

// A day, and, where its cars are synthetic, how many of them the plant carries.
int run_day(PlanOptions const& options, plan::PlanFile const& file)
{
    auto const complain_of = [&](plan::Fault const& fault) {
        return complain(usage, shown(options.file) + ": " + plan::text_of(fault));
    };
    auto const planned = plan::plan_day(file, options.day_overrides);
    if (auto const* fault = std::get_if<plan::Fault>(&planned)) return complain_of(*fault);
    auto const& day = std::get<plan::PlannedDay>(planned);
    auto const played = plan::play_day(day.day, day.rules);
    if (auto const* refusal = std::get_if<balancing::Refusal>(&played))
        return complain_of({refusal->subject, refusal->rule});
    std::optional<plan::Carries> carries;
    if (day.synthetic) {
        auto const found = plan::find_carried(
            file.snapshot, day.synthetic->mix, day.synthetic->seed, day.rules);
        if (auto const* refusal = std::get_if<balancing::Refusal>(&found))
            return complain_of({refusal->subject, refusal->rule});
        carries = std::get<plan::Carries>(found);
    }
    auto const& report = std::get<plan::DayReport>(played);
    std::cout << (options.json ? plan::day_json(day, report, carries)
                               : plan::day_text(day, report, carries));
    return all_well;
}

}

int run_plan(PlanOptions const& options)
{
    auto const file = read_file(options.file);
    if (auto const* status = std::get_if<int>(&file)) return *status;
    if (options.day) return run_day(options, std::get<plan::PlanFile>(file));
    auto const planned = plan::make_plan(std::get<plan::PlanFile>(file));
    if (auto const* fault = std::get_if<plan::Fault>(&planned))
        return complain(usage, shown(options.file) + ": " + plan::text_of(*fault));
    auto const& answer = std::get<plan::Answer>(planned);
    std::cout << (options.json ? plan::plan_json(answer) : plan::plan_table(answer));
    return all_well;
}

}
