#include "tests/lint/house_rules.hpp"

#include <algorithm>
#include <array>
#include <regex>

namespace lint {

namespace {

// A folder, and the folders or headers that its files may include besides their own. The longest
// prefix of a path decides. Folders that are not listed (tests) may include anything.
struct Rule {
    std::string_view folder;
    std::vector<std::string_view> may_include;
};

std::vector<Rule> const& rules()
{
    static std::vector<Rule> const table{
        {"ocpp/", {}},
        {"balancing/", {}},
        {"storage/", {}},
        {"server/engine/", {"ocpp/", "balancing/", "storage/store.hpp", "storage/entities.hpp",
                               "storage/ids.hpp"}},
        {"server/gateway/", {"server/engine/", "ocpp/", "storage/store.hpp", "storage/entities.hpp",
                                "storage/ids.hpp"}},
        {"server/admin/",
            {"server/engine/", "storage/store.hpp", "storage/entities.hpp", "storage/ids.hpp"}},
        {"server/main.cpp", {"server/", "storage/"}},
        {"server/", {"server/gateway/", "server/engine/", "storage/store.hpp"}},
        {"tools/sim/", {"ocpp/"}},
        {"tools/plan/", {"balancing/"}},
        {"tools/kurs/", {"tools/plan/"}},
    };
    return table;
}

std::vector<std::string> lines_of(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        auto const end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

Rule const* rule_for(std::string_view path)
{
    Rule const* best = nullptr;
    for (auto const& rule : rules())
        if (path.starts_with(rule.folder) && (!best || rule.folder.size() > best->folder.size()))
            best = &rule;
    return best;
}

std::string without_comment(std::string const& line) { return line.substr(0, line.find("//")); }

}

std::vector<Finding> forbidden_includes(std::string_view path, std::string_view text)
{
    auto const* rule = rule_for(path);
    if (!rule) return {};
    static std::regex const include(R"re(^\s*#\s*include\s*"([^"]+)")re");
    std::vector<Finding> findings;
    int number = 0;
    for (auto const& line : lines_of(text)) {
        ++number;
        std::smatch match;
        if (!std::regex_search(line, match, include)) continue;
        std::string const target = match[1];
        bool const own = rule->folder.ends_with('/') && target.starts_with(rule->folder) &&
                         rule_for(target) == rule;
        bool const allowed = std::any_of(rule->may_include.begin(), rule->may_include.end(),
            [&](std::string_view prefix) { return target.starts_with(prefix); });
        if (!own && !allowed)
            findings.push_back({number, std::string(rule->folder) + " may not include " + target});
    }
    return findings;
}

std::vector<Finding> co_await_traps(std::string_view text)
{
    // `Type{` as an argument, or a lambda that captures by value, on a line with co_await or on one
    // of the lines that continue it.
    static std::regex const aggregate(R"re([(,]\s*(?:[A-Za-z_][\w:]*)?\{\s*[^}\s])re");
    static std::regex const capture(R"re(\[(?!\s*[&\]])[^\]\[]+\]\s*(?:\(|mutable|\{))re");
    std::vector<Finding> findings;
    bool awaiting = false;
    int number = 0;
    for (auto const& full : lines_of(text)) {
        ++number;
        // A line that goes on with an expression may begin with an argument.
        auto const line = (awaiting ? "(" : "") + without_comment(full);
        awaiting = awaiting || line.find("co_await") != std::string::npos;
        if (awaiting && std::regex_search(line, aggregate))
            findings.push_back({number, "an aggregate temporary in an expression with co_await"});
        if (awaiting && std::regex_search(line, capture))
            findings.push_back({number, "a capturing lambda in an expression with co_await"});
        if (line.find(';') != std::string::npos || line.find('{') != std::string::npos)
            awaiting = false;
    }
    return findings;
}

std::vector<Finding> long_functions(std::string_view text)
{
    // The formatter puts the braces of functions, and of nothing else, on lines of their own.
    std::vector<Finding> findings;
    int begin = 0;  // of the function that the lines are in; 0: none
    std::string indent;
    int number = 0;
    for (auto const& line : lines_of(text)) {
        ++number;
        auto const first = line.find_first_not_of(' ');
        if (first == std::string::npos) continue;
        if (begin == 0 && line.substr(first) == "{") {
            begin = number;
            indent = line.substr(0, first);
        } else if (begin != 0 && line.substr(0, first) == indent && line[first] == '}') {
            if (number - begin - 1 > most_lines_of_a_function)
                findings.push_back(
                    {begin, "a function of " + std::to_string(number - begin - 1) +
                                " lines, at most " + std::to_string(most_lines_of_a_function)});
            begin = 0;
        }
    }
    return findings;
}

std::vector<Finding> sleeps(std::string_view text)
{
    std::vector<Finding> findings;
    int number = 0;
    for (auto const& full : lines_of(text)) {
        ++number;
        auto const line = without_comment(full);
        if (line.find("sleep_for") != std::string::npos ||
            line.find("usleep(") != std::string::npos)
            findings.push_back({number, "sleeps instead of waiting for a condition"});
    }
    return findings;
}

}
