#include "tools/benchmarks/table.hpp"

#include <doctest/doctest.h>

#include <sstream>

namespace {

using namespace bench;

// The words of the line that begins with `what`.
std::vector<std::string> words_after(std::string const& text, std::string const& what)
{
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(what)) continue;
        std::istringstream words(line.substr(what.size()));
        std::vector<std::string> result;
        for (std::string word; words >> word;) result.push_back(word);
        return result;
    }
    return {};
}

TEST_CASE("a row shows each reference with the ratio of ours to it")
{
    Row const row{
        .what = "rate", .decimals = 1, .ours = 30, .beast = 60.0, .sqlite = 12.0, .target = {}};
    // 30/60 = 0.5 and 30/12 = 2.5.
    CHECK(words_after(table_text({row}), "rate") ==
          std::vector<std::string>{"30.0", "60.0", "0.50", "12.0", "2.50", "-"});
}

TEST_CASE("what was not measured and has no target is a dash")
{
    Row const row{.what = "rate", .ours = 7, .beast = {}, .sqlite = {}, .target = {}};
    CHECK(words_after(table_text({row}), "rate") ==
          std::vector<std::string>{"7", "-", "-", "-", "-", "-"});
}

TEST_CASE("a target says whether it is met, and what is better: more or less")
{
    auto const verdict = [](double ours, Better better) {
        Row const row{.what = "x",
            .ours = ours,
            .beast = {},
            .sqlite = {},
            .target = Target{.value = 20, .better = better}};
        auto const text = table_text({row});
        bool const not_met = text.find("20: not met\n") != std::string::npos;
        bool const met = text.find("20: met\n") != std::string::npos;
        CHECK(met != not_met);
        return met;
    };
    CHECK(verdict(19, Better::lower));
    CHECK(verdict(20, Better::lower));
    CHECK_FALSE(verdict(21, Better::lower));
    CHECK_FALSE(verdict(19, Better::higher));
    CHECK(verdict(20, Better::higher));
    CHECK(verdict(21, Better::higher));
}

TEST_CASE("long numbers are grouped by thousands")
{
    auto const shown = [](double value, int decimals) {
        Row const row{.what = "x",
            .decimals = decimals,
            .ours = value,
            .beast = {},
            .sqlite = {},
            .target = {}};
        return words_after(table_text({row}), "x").at(0);
    };
    CHECK(shown(999, 0) == "999");
    CHECK(shown(1000, 0) == "1,000");
    CHECK(shown(1234567.25, 2) == "1,234,567.25");
    CHECK(shown(-113, 0) == "-113");
    CHECK(shown(-1113, 0) == "-1,113");
}

}
