// Everything that can be set, from kurs.toml and from flags. A key is declared once, in the table
// of config.cpp, with its unit in its name, its range and its description: the table is the manual.
#pragma once

#include "server/engine/settings.hpp"
#include "server/gateway/log.hpp"
#include "server/gateway/operator_door.hpp"
#include "server/gateway/station_door.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace config {

struct Config {
    std::string data_directory = "./data";
    std::string log_level = "info";
    std::int64_t threads = 0;
    std::int64_t shutdown_timeout_s = 5;

    std::string stations_listen = "0.0.0.0:9000";
    std::int64_t stations_handshake_timeout_s = 10;
    std::int64_t stations_handshakes_at_once = 1024;
    std::int64_t stations_header_limit_bytes = 8 * 1024;
    std::int64_t stations_silence_timeout_s = 40;
    std::int64_t stations_frame_limit_bytes = 256 * 1024;
    std::int64_t stations_outbox_limit_bytes = 256 * 1024;
    std::int64_t stations_outbox_limit_frames = 64;
    std::int64_t stations_unprocessed_limit_frames = 16;
    std::int64_t stations_socket_buffer_bytes = 64 * 1024;
    bool stations_compression = true;

    std::string operators_listen = "127.0.0.1:8080";
    std::string operators_console_directory;
    std::int64_t operators_connections_limit = 1000;
    std::int64_t operators_request_timeout_s = 60;
    std::int64_t operators_body_limit_bytes = 1024 * 1024;
    std::int64_t operators_outbox_limit_bytes = 8 * 1024 * 1024;

    std::int64_t history_sample_days = 0;
    std::int64_t history_minute_days = 0;

    std::int64_t engine_heartbeat_interval_s = 300;
    std::int64_t engine_call_timeout_s = 30;
    std::int64_t engine_quiet_after_connect_ms = 3000;
    std::int64_t engine_pause_after_boot_ms = 500;
    std::int64_t engine_reaction_ms = 12'000;
    std::int64_t engine_increase_interval_s = 30;
    std::int64_t engine_increase_step_ma = 1000;
    bool engine_local_lists = true;
    std::int64_t engine_local_list_pause_ms = 15'000;
    std::int64_t engine_local_list_delay_ms = 2000;
    std::int64_t engine_live_interval_ms = 500;
    std::int64_t engine_measurement_lifetime_s = 120;
};

// One line that names the key, the rule and, for a file, the line: "kurs.toml:3: stations.listn:
// ...".
using Error = std::string;

// Sets what the TOML text has. Keys that the table does not have are refused.
std::optional<Error> apply_toml(Config& config, std::string_view text, std::string_view file_name);

// The same from a file.
std::optional<Error> apply_file(Config& config, std::filesystem::path const& file);

// Sets one key, as a flag does. `key` is in the table, with a text as its value.
std::optional<Error> set_text(Config& config, std::string_view key, std::string value);

// The whole configuration as a TOML file with the descriptions as comments. apply_toml() reads it
// back.
std::string to_toml(Config const& config);

gateway::Severity log_level(Config const& config);
std::size_t thread_count(Config const& config);  // at least 1
gateway::StationOptions station_options(Config const& config);
gateway::OperatorOptions operator_options(Config const& config);
storage::Retention retention(Config const& config);
engine::Settings engine_settings(Config const& config);

}
