#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

struct Run {
    int code = -1;
    std::string output;
};

// Through the shell, as users start it; what goes to stderr is added where `command` says 2>&1.
Run run(std::string const& command)
{
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

std::string const program = KURS_PROGRAM;
std::string const example = std::string(KURS_PLAN_FOLDER) + "/example.json";

// A file that is gone when the test is.
class File {
public:
    explicit File(std::string const& text)
        : path_(fs::temp_directory_path() / ("kurs_plan_test_" + std::to_string(::getpid())))
    {
        std::ofstream(path_) << text;
    }
    ~File() { fs::remove(path_); }
    File(File const&) = delete;
    File& operator=(File const&) = delete;

    std::string path() const { return path_.string(); }

private:
    fs::path path_;
};

TEST_CASE("kurs plan prints tables for people, and JSON when asked")
{
    auto const table = run(program + " plan " + example + " 2>&1");
    CHECK(table.code == 0);
    CHECK(table.output.starts_with("EVSE"));
    CHECK(table.output.find("\nNODE") != std::string::npos);
    CHECK(table.output.find("Set aside") != std::string::npos);

    auto const json = run(program + " plan --json " + example + " 2>&1");
    CHECK(json.code == 0);
    auto const answer = boost::json::parse(json.output);
    CHECK(answer.at("evses").as_array().size() == 8);
    CHECK(answer.at("evses").at(0).at("id").as_string() == "A1");
    CHECK(answer.at("nodes").at(0).at("current_a").as_array().size() == 3);
}

TEST_CASE("kurs plan reads stdin for -")
{
    auto const piped = run(program + " plan - --json <" + example);
    CHECK(piped.code == 0);
    CHECK(piped.output == run(program + " plan --json " + example).output);
}

TEST_CASE("what is wrong with a day from stdin is said of stdin")
{
    auto const result = run(
        "echo '{\"nodes\":[{\"id\":\"main\"}],\"evses\":[]}' | " + program + " plan --day - 2>&1");
    CHECK(result.code == 2);
    CHECK_MESSAGE(
        result.output.find("stdin: evses: must have") != std::string::npos, result.output);
}

TEST_CASE("kurs plan needs no login, no server and no home")
{
    auto const bare = run("env -i " + program + " plan " + example);
    CHECK(bare.code == 0);
}

TEST_CASE("a file that cannot be read or planned ends kurs plan with status 2 and says why on "
          "stderr only")
{
    auto const check = [](std::string const& file, std::string const& why) {
        CAPTURE(file);
        auto const both = run(program + " plan " + file + " 2>&1");
        CHECK(both.code == 2);
        CHECK_MESSAGE(both.output.find(why) != std::string::npos, both.output);
        CHECK(run(program + " plan " + file + " 2>/dev/null").output.empty());
    };
    check("/nowhere/at/all.json", "cannot read /nowhere/at/all.json: No such file or directory");
    check("/", "cannot read /: Is a directory");
    File const wrong(R"({"nodes":[{"id":"main","limit_a":-1}],"evses":[]})");
    check(wrong.path(), wrong.path() + ": nodes[0].limit_a: must be a number from 0 to 1000000");
}

TEST_CASE("an installation that makes no sense ends kurs plan with status 2 and its id")
{
    File const two_roots(R"({"nodes":[{"id":"one"},{"id":"two"}],"evses":[]})");
    auto const result = run(program + " plan " + two_roots.path() + " 2>&1");
    CHECK(result.code == 2);
    CHECK(result.output.find(": two: ") != std::string::npos);
}

TEST_CASE("kurs plan without a file is wrong usage")
{
    CHECK(run(program + " plan 2>/dev/null").code == 2);
    auto const help = run(program + " plan --help");
    CHECK(help.code == 0);
    CHECK(help.output.find("FILE") != std::string::npos);
}

}
