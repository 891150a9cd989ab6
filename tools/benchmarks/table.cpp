#include "tools/benchmarks/table.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace bench {

namespace {

constexpr std::size_t columns = 7;
using Line = std::array<std::string, columns>;

constexpr int ratio_decimals = 2;
constexpr std::size_t digits_per_group = 3;

// 12345.67 as "12,345.7".
std::string number(double value, int decimals)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
    std::string result = text.data();
    auto place = std::min(result.find('.'), result.size());
    while (place > digits_per_group) {
        place -= digits_per_group;
        if (result[place - 1] != '-') result.insert(place, ",");
    }
    return result;
}

std::string verdict(Target const& target, double ours, int decimals)
{
    bool const lower = target.better == Better::lower;
    bool const met = lower ? ours <= target.value : ours >= target.value;
    return (lower ? "at most " : "at least ") + number(target.value, decimals) +
           (met ? ": met" : ": not met");
}

Line line_of(Row const& row)
{
    Line line{row.what, number(row.ours, row.decimals)};
    if (row.beast) {
        line[2] = number(*row.beast, row.decimals);
        line[3] = number(row.ours / *row.beast, ratio_decimals);
    }
    if (row.sqlite) {
        line[4] = number(*row.sqlite, row.decimals);
        line[5] = number(row.ours / *row.sqlite, ratio_decimals);
    }
    if (row.target) line[6] = verdict(*row.target, row.ours, row.decimals);
    for (std::size_t column = 2; column < columns; ++column)
        if (line[column].empty()) line[column] = "-";
    return line;
}

}

std::string table_text(std::vector<Row> const& rows)
{
    std::vector<Line> lines{{"", "kurs", "bare Beast", "ratio", "bare SQLite", "ratio", "target"}};
    for (auto const& row : rows) lines.push_back(line_of(row));

    std::array<std::size_t, columns> widths{};
    for (auto const& line : lines)
        for (std::size_t column = 0; column < columns; ++column)
            widths[column] = std::max(widths[column], line[column].size());

    std::string text;
    for (auto const& line : lines) {
        for (std::size_t column = 0; column < columns; ++column) {
            std::string const blanks(widths[column] - line[column].size(), ' ');
            bool const words = column == 0 || column + 1 == columns;
            text += column == 0 ? "" : "  ";
            text += words ? line[column] : blanks + line[column];
            if (column == 0) text += blanks;
        }
        text += '\n';
    }
    return text;
}

}
