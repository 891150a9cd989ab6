#include "tools/plan/plan_table.hpp"

#include "tools/plan/decimal.hpp"
#include "tools/plan/lines.hpp"
#include "tools/plan/reason_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <sstream>
#include <vector>

namespace plan {
namespace {

using balancing::Current;

using Row = std::vector<std::string>;

// Columns on a terminal, as long as every character takes one: those of UTF-8 that begin one.
std::size_t width(std::string_view text)
{
    constexpr unsigned follows_mask = 0xC0;
    constexpr unsigned follows = 0x80;
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(),
        [](char c) { return (static_cast<unsigned char>(c) & follows_mask) != follows; }));
}

enum class Align { left, right };

// Two spaces between columns; nothing after the last.
std::string columns(std::vector<Row> const& rows, std::vector<Align> const& align)
{
    std::vector<std::size_t> widths(align.size());
    for (auto const& row : rows)
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], width(row[column]));
    std::string text;
    for (auto const& row : rows) {
        std::string line;
        for (std::size_t column = 0; column < row.size(); ++column) {
            std::string const gap(widths[column] - width(row[column]), ' ');
            line += column == 0 ? "" : "  ";
            line += align[column] == Align::right ? gap + row[column] : row[column] + gap;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

// "L1 L2 L3"; on IT a single pair is "L1-L2". With a question mark where the phases are not known.
std::string lines_text(
    balancing::Snapshot const& snapshot, balancing::Evse const& evse, balancing::Loading loading)
{
    auto const lines = lines_of(snapshot, evse, loading);
    bool const pair = snapshot.grid == balancing::Grid::it && lines.size() == 2;
    std::string text;
    for (std::size_t const line : lines) {
        if (!text.empty()) text += pair ? '-' : ' ';
        text += 'L' + std::to_string(line + 1);
    }
    return evse.phases == 0 && lines.size() > 1 && !pair ? text + " ?" : text;
}

Row evse_row(Answer const& answer, std::size_t index)
{
    auto const& evse = answer.snapshot.evses[index];
    auto const& grant = answer.plan.evses[index];
    auto limit = short_text(grant.limit) + " A";
    if (grant.limit_w) limit += ", " + std::to_string(*grant.limit_w) + " W";
    return {evse.name, limit, lines_text(answer.snapshot, evse, grant.loading),
        reason_text(answer.snapshot, answer.plan, index)};
}

std::string share_text(Current used, Current limit)
{
    constexpr double percent = 100;
    if (limit <= Current{}) return used <= Current{} ? "-" : "over";
    auto const share = used.amperes() / limit.amperes() * percent;
    // A share that is whole up to the last digits of a double is that whole number.
    constexpr double slack = 1e-9;
    return std::to_string(std::llround(std::ceil(share - slack))) + " %";
}

// Three columns of one line: what flows, of which limit, which part of it that is.
void add_line(Row& row, Current cars, Current other, Current limit)
{
    row.push_back(short_text(cars) + (other == Current{} ? "" : " + " + exact_text(other)));
    if (limit >= balancing::greatest_current) {
        row.insert(row.end(), {"no limit", ""});
        return;
    }
    row.push_back("of " + exact_text(limit) + " A");
    row.push_back(share_text(cars + other, limit));
}

std::string node_table(Answer const& answer)
{
    constexpr std::size_t columns_per_line = 3;
    std::vector<Row> rows{{"NODE", "L1", "", "", "L2", "", "", "L3", "", ""}};
    std::vector<Align> align(1 + columns_per_line * balancing::line_count, Align::right);
    align.front() = Align::left;
    for (std::size_t index = 0; index < answer.snapshot.nodes.size(); ++index) {
        auto const& node = answer.snapshot.nodes[index];
        Row row{node.name};
        for (std::size_t line = 0; line < balancing::line_count; ++line) {
            add_line(row, answer.plan.node_current[index][line], node.other_load[line],
                answer.plan.node_limit[index][line]);
        }
        rows.push_back(std::move(row));
    }
    return columns(rows, align);
}

std::string totals(Answer const& answer)
{
    double watts = 0;
    std::size_t charging = 0;
    for (auto const& grant : answer.plan.evses) {
        watts += grant.limit.amperes() * balancing::phases_of(grant.loading) *
                 balancing::nominal_voltage;
        charging += grant.limit > Current{} ? 1U : 0U;
    }
    constexpr double watts_per_kilowatt = 1000;
    std::ostringstream text;
    text << charging << " of " << answer.plan.evses.size() << " may charge, with up to "
         << std::fixed << std::setprecision(1) << watts / watts_per_kilowatt
         << " kW together at 230 V.\n";
    return text.str();
}

}

std::string plan_table(Answer const& answer)
{
    std::vector<Row> rows{{"EVSE", "LIMIT", "LINES", "WHY"}};
    for (std::size_t index = 0; index < answer.snapshot.evses.size(); ++index)
        rows.push_back(evse_row(answer, index));
    return columns(rows, {Align::left, Align::right, Align::left, Align::left}) + '\n' +
           node_table(answer) + '\n' + totals(answer);
}

}
