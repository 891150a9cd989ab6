// The structs against the alliance's schema files, which the repository does not contain: the
// environment variable KURS_SCHEMAS names their directory.
#include "every_message.hpp"

#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace ocpp::test {

namespace {

std::filesystem::path schema_directory()
{
    char const* const given = std::getenv("KURS_SCHEMAS");
    return given != nullptr ? given : KURS_DEFAULT_SCHEMAS;
}

std::filesystem::path schema_file(MessageCase const& message)
{
    auto const folder = subprotocol_name(message.version).substr(std::string_view("ocpp").size());
    auto const name = std::string(message.action) + (message.is_response ? "Response" : "");
    return schema_directory() / folder / (name + ".json");
}

std::vector<Fact> official_facts(MessageCase const& message)
{
    std::ifstream file(schema_file(message));
    REQUIRE(file.good());
    std::string text(std::istreambuf_iterator<char>(file), {});
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
    return facts_of_schema(boost::json::parse(text));
}

std::string list(std::vector<Fact> const& facts)
{
    std::string text;
    for (auto const& fact : facts) text += to_string(fact) + "\n";
    return text;
}

// What `these` have and `those` lack.
std::string missing(std::vector<Fact> const& these, std::vector<Fact> const& those)
{
    std::vector<Fact> difference;
    std::set_difference(
        these.begin(), these.end(), those.begin(), those.end(), std::back_inserter(difference));
    return list(difference);
}

}

TEST_CASE("the message structs say exactly what the official schemas say")
{
    if (!std::filesystem::is_directory(schema_directory())) {
        MESSAGE("SKIPPED: no schema files at "
                << schema_directory().string() << "; set KURS_SCHEMAS to their directory");
        return;
    }
    std::size_t compared = 0;
    for (auto const& message : every_message()) {
        auto const name = name_of(message);
        CAPTURE(name);
        auto ours = message.facts();
        auto official = official_facts(message);
        std::sort(ours.begin(), ours.end());
        std::sort(official.begin(), official.end());
        CHECK_MESSAGE(
            missing(official, ours).empty(), "only in the schema:\n", missing(official, ours));
        CHECK_MESSAGE(
            missing(ours, official).empty(), "only in the struct:\n", missing(ours, official));
        CHECK(ours.size() == official.size());
        compared += official.size();
    }
    MESSAGE("compared " << compared << " facts of " << every_message().size() << " messages");
}

}
