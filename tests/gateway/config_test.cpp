#include "server/config.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

std::string error_of(std::string const& toml)
{
    config::Config config;
    return config::apply_toml(config, toml, "kurs.toml").value_or("fine");
}

}

TEST_SUITE("configuration")
{
    TEST_CASE("a file sets what it names and leaves the rest")
    {
        config::Config config;
        CHECK_FALSE(config::apply_toml(config,
            "[stations]\nlisten = \"[::1]:9100\"\nsilence_timeout_s = 60\ncompression = false\n"
            "[engine]\nreaction_ms = 9000\n",
            "kurs.toml"));
        CHECK(config.stations_listen == "[::1]:9100");
        CHECK(config.operators_listen == "127.0.0.1:8080");
        auto const stations = config::station_options(config);
        CHECK(stations.websocket.silence_timeout == std::chrono::seconds(60));
        CHECK_FALSE(stations.compression);
        CHECK(config::engine_settings(config).reaction == engine::Milliseconds(9000));
    }

    TEST_CASE("what is wrong is named with its line, its key and its rule")
    {
        CHECK(error_of("\n[stations]\nlistn = \"x\"\n") ==
              "kurs.toml:3: stations.listn: there is no such key");
        CHECK(error_of("[station]\n") == "kurs.toml:1: station: there is no such section");
        CHECK(error_of("threads = 1\n") == "kurs.toml:1: threads: there is no such section");
        CHECK(error_of("[server]\nthreads = 257\n") ==
              "kurs.toml:2: server.threads: must be a whole number, 0 to 256");
        CHECK(error_of("[server]\nthreads = -1\n") ==
              "kurs.toml:2: server.threads: must be a whole number, 0 to 256");
        CHECK(error_of("[server]\nthreads = \"2\"\n") ==
              "kurs.toml:2: server.threads: must be a whole number, 0 to 256");
        CHECK(error_of("[server]\nthreads = 2.0\n") ==
              "kurs.toml:2: server.threads: must be a whole number, 0 to 256");
        CHECK(error_of("[stations]\nlisten = 9000\n") ==
              "kurs.toml:2: stations.listen: must be a text in quotes");
        CHECK(error_of("[stations]\nlisten = \"localhost:9000\"\n") ==
              "kurs.toml:2: stations.listen: must be ADDRESS:PORT, an IPv6 address in brackets");
        CHECK(error_of("[stations]\ncompression = 1\n") ==
              "kurs.toml:2: stations.compression: must be true or false");
        CHECK(error_of("[stations]\n\nlisten = \n").find("kurs.toml:3: ") == 0);
        CHECK(error_of("[stations.listen]\n") ==
              "kurs.toml:1: stations.listen: must be a text in quotes");
    }

    TEST_CASE("a file with an error changes nothing")
    {
        config::Config config;
        CHECK(config::apply_toml(config, "[server]\nthreads = 3\nnothing = 1\n", "kurs.toml"));
        CHECK(config.threads == 0);
    }

    TEST_CASE("a flag goes through the same rules")
    {
        config::Config config;
        CHECK_FALSE(config::set_text(config, "stations.listen", "127.0.0.1:0"));
        CHECK(config.stations_listen == "127.0.0.1:0");
        CHECK(config::set_text(config, "stations.listen", "nowhere") ==
              "stations.listen: must be ADDRESS:PORT, an IPv6 address in brackets");
        CHECK(config::set_text(config, "server.log_level", "loud") ==
              "server.log_level: must be debug, info, warning or error");
        CHECK(config::set_text(config, "server.threads", "3"));
    }

    TEST_CASE("the printed configuration reads back as the same")
    {
        config::Config config;
        config.data_directory = "/tmp/with \"quotes\" and \\";
        config.threads = 7;
        config.stations_compression = false;
        config::Config read_back;
        CHECK_FALSE(config::apply_toml(read_back, config::to_toml(config), "printed"));
        CHECK(read_back.data_directory == config.data_directory);
        CHECK(config::to_toml(read_back) == config::to_toml(config));
    }

    TEST_CASE("the defaults keep their own rules, and are those of the parts that they set")
    {
        config::Config config;
        CHECK_FALSE(config::apply_toml(config, config::to_toml({}), "defaults"));
        auto const settings = config::engine_settings({});
        engine::Settings const engine_default;
        CHECK(settings.heartbeat_interval == engine_default.heartbeat_interval);
        CHECK(settings.call_timeout == engine_default.call_timeout);
        CHECK(settings.quiet_after_connect == engine_default.quiet_after_connect);
        CHECK(settings.pause_after_boot == engine_default.pause_after_boot);
        CHECK(settings.reaction == engine_default.reaction);
        CHECK(settings.increase_interval == engine_default.increase_interval);
        CHECK(settings.increase_step_ma == engine_default.increase_step_ma);
        CHECK(settings.live_interval == engine_default.live_interval);
        CHECK(settings.measurement_lifetime == engine_default.measurement_lifetime);
        auto const stations = config::station_options({});
        gateway::StationOptions const station_default;
        CHECK(stations.handshakes_at_once == station_default.handshakes_at_once);
        CHECK(stations.websocket.frame_limit_bytes == station_default.websocket.frame_limit_bytes);
        CHECK(stations.websocket.silence_timeout == station_default.websocket.silence_timeout);
    }
}
