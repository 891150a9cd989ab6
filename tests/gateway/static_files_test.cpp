#include "server/gateway/static_files.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>

TEST_SUITE("static files")
{
    TEST_CASE("a console directory that is not there is one clear line")
    {
        auto const loaded = gateway::StaticFiles::load("/nonexistent/console");
        REQUIRE(std::holds_alternative<std::string>(loaded));
        CHECK(std::get<std::string>(loaded) ==
              "console directory /nonexistent/console: No such file or directory");
    }
}
