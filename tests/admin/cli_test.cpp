// The parts of `kurs` that need no server.
#include "tools/kurs/json_print.hpp"
#include "tools/kurs/live_text.hpp"
#include "tools/kurs/login_store.hpp"
#include "tools/kurs/server_address.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>

namespace {

namespace json = boost::json;

// A folder that goes with the test.
struct Folder {
    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "kurs-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    std::filesystem::path path;
};

mode_t mode_of(std::filesystem::path const& path)
{
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777U;
}

}

TEST_CASE("a server is given as ws://host:port, and 8080 is the port when none is given")
{
    using kurs::parse_server;
    using kurs::ServerAddress;
    CHECK(parse_server("ws://127.0.0.1:8080") == ServerAddress{"127.0.0.1", "8080"});
    CHECK(parse_server("ws://charging.example") == ServerAddress{"charging.example", "8080"});
    CHECK(parse_server("http://localhost:9/") == ServerAddress{"localhost", "9"});
    CHECK(parse_server("ws://[::1]:81") == ServerAddress{"::1", "81"});
    for (auto const* text : {"", "localhost", "localhost:8080", "wss://host", "ws://",
             "ws://host/admin", "ws://user@host", "ws://host:port", "ws://host?x=1"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_server(text).has_value());
    }
}

TEST_CASE("a stored login is read back, and only its owner may read it")
{
    Folder const folder;
    auto const path = folder.path / "deep" / "kurs" / "session.json";
    CHECK_FALSE(kurs::read_login(path).has_value());
    kurs::StoredLogin const login{"ws://127.0.0.1:8080", "an\"na", "0123"};
    REQUIRE(kurs::write_login(path, login));
    CHECK(kurs::read_login(path) == login);
    CHECK(mode_of(path) == 0600);
    // Over a file that others may read, and over one that was left half written.
    std::filesystem::permissions(path, std::filesystem::perms::all);
    std::ofstream(path.string() + ".new") << "{";
    kurs::StoredLogin const other{"ws://host", "admin", "4567"};
    REQUIRE(kurs::write_login(path, other));
    CHECK(kurs::read_login(path) == other);
    CHECK(mode_of(path) == 0600);
    CHECK_FALSE(kurs::write_login("/proc/no/session.json", login));
}

TEST_CASE("a file that is no login counts as none")
{
    Folder const folder;
    for (auto const* text : {"", "{", "[]", "{}", R"({"server":"s","user":"u"})",
             R"({"server":1,"user":"u","token":"t"})"}) {
        CAPTURE(text);
        auto const path = folder.path / "session.json";
        std::ofstream(path) << text;
        CHECK_FALSE(kurs::read_login(path).has_value());
    }
}

TEST_CASE("the login is kept below XDG_CONFIG_HOME, else below ~/.config")
{
    ::setenv("HOME", "/home/anna", 1);
    ::unsetenv("XDG_CONFIG_HOME");
    CHECK(kurs::login_path() == "/home/anna/.config/kurs/session.json");
    ::setenv("XDG_CONFIG_HOME", "/cfg", 1);
    CHECK(kurs::login_path() == "/cfg/kurs/session.json");
    ::unsetenv("XDG_CONFIG_HOME");
    ::unsetenv("HOME");
    CHECK_FALSE(kurs::login_path().has_value());
}

TEST_CASE(
    "results are indented, lists of plain values stay on a line, numbers are as they were sent")
{
    auto const value = json::parse(
        R"({"a":{},"b":[],"c":[1,13.3,null],"d":[{"x":0.001}],"e":"æ\n","f":12.345})");
    CHECK(kurs::indented(value) == R"({
  "a": {},
  "b": [],
  "c": [1, 13.3, null],
  "d": [
    {
      "x": 0.001
    }
  ],
  "e": "æ\n",
  "f": 12.345
})");
    CHECK(kurs::one_line(value) ==
          R"({"a":{},"b":[],"c":[1,13.3,null],"d":[{"x":0.001}],"e":"æ\n","f":12.345})");
    CHECK(kurs::indented(json::value(5)) == "5");
}

TEST_CASE("a live view becomes a table of circuits and one of charge points")
{
    auto const view = json::parse(
        R"({"installation":1,"name":"Storgata 1","grid":"TN400","at":"2026-11-22T07:00:00Z",
        "nodes":[{"label":"Storgata 1","rating_a":63,"current_a":[12.1,12,null],"granted_a":[16,16,16],"ceiling_a":[16,16,16]},
                 {"id":2,"label":"Kurs 1","rating_a":32,"current_a":[12.1,12,null],"granted_a":[16,16,16],"ceiling_a":[16,16,16]},
                 {"id":5,"parent":2,"label":"Kjøkken","rating_a":20,"current_a":[null,null,null],"granted_a":[0,0,0],"ceiling_a":[0,0,0]}],
        "charge_points":[{"id":4,"name":"P-101","circuit":2,"active":true,"station":"CP-1","state":"charging","fault":"","limit_a":16,"ceiling_a":16,
            "reason":{"kind":"line_full","where":"Kurs 1","line":1,"left_a":0,"queued":0},"current_a":[15.9,15.9,15.8],
            "session":{"id":9,"started_at":"2026-11-22T06:00:00Z","energy_kwh":3.25}},
           {"id":6,"name":"P-102","circuit":2,"active":true,"state":"faulted","fault":"GroundFailure","limit_a":0,"ceiling_a":0,
            "reason":{"kind":"none","left_a":0,"queued":0},"current_a":[null,null,null]}]})");
    CHECK(kurs::live_text(view) == R"(2026-11-22T07:00:00Z  Storgata 1  TN400
  circuit (A)                   rating     L1     L2     L3    granted on L1 to L3
  Storgata 1                      63.0   12.1   12.0      -     16.0   16.0   16.0
    Kurs 1                        32.0   12.1   12.0      -     16.0   16.0   16.0
      Kjøkken                     20.0      -      -      -      0.0    0.0    0.0
  charge point (A)               limit     L1     L2     L3
  P-101        charging           16.0   15.9   15.9   15.8  L1 of Kurs 1 is full  session 9, 3.2 kWh
  P-102        faulted             0.0      -      -      -  fault GroundFailure
)");
}

TEST_CASE("what a live view does not have shows as a dash, and nothing breaks")
{
    for (auto const* text :
        {"{}", "[]", "5", R"({"nodes":[5],"charge_points":[{}]})", R"({"nodes":{}})",
            R"({"charge_points":[{"session":{},"reason":[]}],"nodes":[{"id":"x","parent":{}}]})"}) {
        CAPTURE(text);
        CHECK(kurs::live_text(json::parse(text)).rfind("-  -  -\n", 0) == 0);
    }
}

TEST_CASE("each reason has its words, and a new one shows as it is called")
{
    auto const words = [](char const* text) { return kurs::reason_text(json::parse(text)); };
    CHECK(words(R"({"kind":"none"})").empty());
    CHECK(words(R"({"kind":"waiting","queued":2})") == "waits, place 2");
    CHECK(words(R"({"kind":"line_full","where":"Kurs 1","line":3})") == "L3 of Kurs 1 is full");
    CHECK(words(R"({"kind":"line_full","where":"Kurs 1","line":3,"source":"rating"})") ==
          "L3 of Kurs 1 is full");
    CHECK(words(R"({"kind":"line_full","where":"Kurs 1","line":3,"source":"schedule"})") ==
          "L3 of Kurs 1 is full (schedule)");
    CHECK(words(R"({"kind":"line_full","where":"Kurs 1","source":"energy_cap"})") ==
          "Kurs 1 is full (energy_cap)");
    CHECK(words(R"({"kind":"no_room","where":"Kurs 1","line":1,"source":"rating"})") ==
          "L1 of Kurs 1 has no room for it, even alone");
    CHECK(words(R"({"kind":"waiting","queued":1,"turn_at":"2026-11-22T07:12:00Z"})") ==
          "waits, place 1, turn expected 2026-11-22T07:12:00Z");
    CHECK(words(R"({"kind":"reclaimed"})") == "uses less than it could: others get the rest");
    CHECK(words(R"({"kind":"switched_off"})") == "its maximum is below the least that a car needs");
    CHECK(words(R"({"kind":"inactive"})") == "not activated");
    CHECK(words(R"({"kind":"moonlight"})") == "moonlight");
}
