#include "tests/bench/folder.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <sstream>
#include <string>
#include <sys/wait.h>

namespace {

struct Run {
    int code = -1;
    std::string output;  // both streams
};

Run run(std::string const& arguments)
{
    auto const command = std::string(KURS_BENCH_PROGRAM) + " " + arguments + " 2>&1";
    Run result;
    auto* const pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> bytes{};
    while (auto const count = std::fread(bytes.data(), 1, bytes.size(), pipe))
        result.output.append(bytes.data(), count);
    int const status = ::pclose(pipe);
    if (WIFEXITED(status)) result.code = WEXITSTATUS(status);
    return result;
}

// How many numbers the row that begins with `what` has; -1: there is no such row.
int numbers_in_row(std::string const& output, std::string const& what)
{
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(what)) continue;
        std::istringstream words(line.substr(what.size()));
        int numbers = 0;
        for (std::string word; words >> word && word != "at";)
            numbers += word.find_first_of("0123456789") != std::string::npos ? 1 : 0;
        return numbers;
    }
    return -1;
}

TEST_CASE("a short run against the real server fills every row of the table, without an error")
{
    bench_test::Folder const folder;
    auto const result = run(
        "--quick --folder " + folder.path().string() + " --row 'of another program;1;0.5;1'");
    CAPTURE(result.output);
    REQUIRE(result.code == 0);

    // Ours, the bare server and the ratio; with the bare loop and its ratio: two more.
    CHECK(numbers_in_row(result.output, "Heartbeats per second") == 3);
    CHECK(numbers_in_row(result.output, "durable MeterValues per second") == 5);
    auto const meter_values = result.output.substr(result.output.find("durable MeterValues"));
    for (auto const& [part, cpu_columns] :
        {std::pair{result.output, 3}, std::pair{meter_values, 5}}) {
        CHECK(numbers_in_row(part, "  server CPU for one, us") == cpu_columns);
        CHECK(numbers_in_row(part, "  answered after, median, ms") == 3);
        CHECK(numbers_in_row(part, "  answered after, 99 of 100, ms") == 3);
    }
    CHECK(numbers_in_row(result.output, "  rows per commit") == 1);
    CHECK(numbers_in_row(result.output, "  per second, if two cores were the server's") == 3);
    CHECK(numbers_in_row(result.output, "idle connection, 1.6, KB") == 3);
    CHECK(numbers_in_row(result.output, "idle connection, 2.0.1, KB") == 3);
    CHECK(numbers_in_row(result.output, "idle connection, 2.0.1 and deflate, KB") == 3);
    CHECK(numbers_in_row(result.output, "  of these, not for the connection, KB") == 1);
    CHECK(numbers_in_row(result.output, "of another program") == 1);
    for (auto const* const row : {"live Heartbeat, median", "live Heartbeat, 99 of 100",
             "live MeterValues, median", "live MeterValues, 99 of 100"})
        CHECK(numbers_in_row(result.output, row) == 2);  // without the flush, and during it
    CHECK(result.output.find("5 stations come back with 100 messages each") != std::string::npos);
    CHECK(result.output.find(" nan") == std::string::npos);
    CHECK(result.output.find(" inf") == std::string::npos);

    // What it made is gone: databases, logs, processes that would hold them.
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("options out of their bounds are refused")
{
    CHECK(run("--connections 0").code != 0);
    CHECK(run("--connections 1000000").code != 0);
    CHECK(run("--seconds 3600").code != 0);
    CHECK(run("--flush-stations 0").code != 0);
    CHECK(run("--folder /does/not/exist").code != 0);
}

}
