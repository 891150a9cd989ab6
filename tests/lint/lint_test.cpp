// The linter has tests, and then reads the whole house.
#include "tests/lint/house_rules.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

namespace fs = std::filesystem;

namespace {

struct Source {
    std::string path;
    std::string text;
};

std::vector<Source> sources()
{
    std::vector<Source> all;
    fs::path const root = KURS_SOURCE_DIR;
    for (auto const* folder : {"ocpp", "balancing", "storage", "server", "tools", "tests"}) {
        for (auto it = fs::recursive_directory_iterator(root / folder); it != fs::end(it); ++it) {
            if (it->path().filename() == "node_modules") {
                it.disable_recursion_pending();
                continue;
            }
            auto const extension = it->path().extension();
            if (extension != ".cpp" && extension != ".hpp") continue;
            std::ostringstream text;
            text << std::ifstream(it->path()).rdbuf();
            all.push_back({fs::relative(it->path(), root).string(), text.str()});
        }
    }
    return all;
}

void report(Source const& source, std::vector<lint::Finding> const& findings)
{
    for (auto const& finding : findings)
        FAIL_CHECK(source.path << ":" << finding.line << ": " << finding.what);
}

}

TEST_SUITE("the linter")
{
    TEST_CASE("knows who may include whom")
    {
        auto const forbidden = [](char const* path, char const* target) {
            return !lint::forbidden_includes(path, "#include \"" + std::string(target) + "\"\n")
                        .empty();
        };
        CHECK_FALSE(forbidden("ocpp/a.cpp", "ocpp/b.hpp"));
        CHECK(forbidden("ocpp/a.cpp", "storage/ids.hpp"));
        CHECK(forbidden("balancing/a.cpp", "ocpp/fault.hpp"));
        CHECK(forbidden("storage/sqlite/a.cpp", "ocpp/timestamp.hpp"));
        CHECK_FALSE(forbidden("server/engine/a.cpp", "balancing/plan.hpp"));
        CHECK_FALSE(forbidden("server/engine/a.cpp", "storage/store.hpp"));
        CHECK(forbidden("server/engine/a.cpp", "storage/sqlite/sqlite_store.hpp"));
        CHECK(forbidden("server/engine/a.cpp", "server/gateway/shard.hpp"));
        CHECK(forbidden("server/admin/a.cpp", "server/gateway/shard.hpp"));
        CHECK(forbidden("server/gateway/a.cpp", "server/admin/api.hpp"));
        CHECK(forbidden("tools/sim/a.cpp", "server/engine/words.hpp"));
        CHECK_FALSE(forbidden("server/main.cpp", "storage/sqlite/sqlite_store.hpp"));
        CHECK_FALSE(forbidden("tests/engine/a.cpp", "server/engine/impl.hpp"));
    }
    TEST_CASE("finds what GCC 12 destroys twice")
    {
        CHECK(lint::co_await_traps("co_await call(Options{.n = 1});\n").size() == 1);
        CHECK(lint::co_await_traps("co_await f(\n    {.a = x});\n").size() == 1);
        CHECK(lint::co_await_traps("co_await run([t] { return t; });\n").size() == 1);
        CHECK(lint::co_await_traps("co_await run([&] { return t; });\n").empty());
        CHECK(lint::co_await_traps("co_await f(named, std::move(other));\n").empty());
        CHECK(
            lint::co_await_traps("auto t = f(Options{.n = 1});\nco_await std::move(t);\n").empty());
        CHECK(lint::co_await_traps("auto const n = co_await read(buffers[i]);\n").empty());
    }
    TEST_CASE("counts the lines of functions")
    {
        std::string body = "void f()\n{\n";
        for (int i = 0; i < lint::most_lines_of_a_function; ++i) body += "    g();\n";
        CHECK(lint::long_functions(body + "}\n").empty());
        CHECK(lint::long_functions(body + "    g();\n}\n").size() == 1);
    }
    TEST_CASE("finds sleeps")
    {
        CHECK(lint::sleeps("std::this_thread::sleep_for(1s);\n").size() == 1);
        CHECK(lint::sleeps("// sleep_for would be luck\n").empty());
    }
}

TEST_SUITE("the house")
{
    TEST_CASE("includes only what it may, awaits safely, and has functions that fit a screen")
    {
        auto const all = sources();
        REQUIRE(all.size() > 100);
        for (auto const& source : all) {
            report(source, lint::forbidden_includes(source.path, source.text));
            report(source, lint::co_await_traps(source.path.starts_with("tests/lint/")
                                                    ? std::string_view{}
                                                    : std::string_view(source.text)));
            if (!source.path.starts_with("tests/"))
                report(source, lint::long_functions(source.text));
            else if (!source.path.starts_with("tests/lint/"))
                report(source, lint::sleeps(source.text));
        }
    }
    TEST_CASE("has a README in every part")
    {
        for (auto const* folder : {".", "ocpp", "balancing", "storage", "server", "server/engine",
                 "server/gateway", "server/admin", "server/console", "tools/sim"})
            CHECK_MESSAGE(fs::exists(fs::path(KURS_SOURCE_DIR) / folder / "README.md"), folder);
    }
}
