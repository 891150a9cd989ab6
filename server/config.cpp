#include "server/config.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>
#include <toml++/toml.h>
#include <variant>

namespace config {

namespace {

// --- The table
// ------------------------------------------------------------------------------------

struct Whole {
    std::int64_t Config::*member;
    std::int64_t least;
    std::int64_t most;
};
struct Text {
    std::string Config::*member;
    bool (*fits)(std::string const&);
    std::string_view rule;
};
struct Flag {
    bool Config::*member;
};

struct Key {
    std::string_view section;
    std::string_view name;
    std::variant<Whole, Text, Flag> value;
    std::string_view description;
};

bool is_endpoint(std::string const& text) { return gateway::parse_endpoint(text).has_value(); }
bool is_level(std::string const& text) { return gateway::severity_of(text).has_value(); }
bool is_given(std::string const& text) { return !text.empty(); }
bool is_any(std::string const&) { return true; }

constexpr std::string_view endpoint_rule = "must be ADDRESS:PORT, an IPv6 address in brackets";

constexpr std::int64_t kib = 1024;
constexpr std::int64_t mib = 1024 * kib;
constexpr std::int64_t day_s = 24 * 3600;

constexpr std::array keys{
    Key{"server", "data_directory", Text{&Config::data_directory, is_given, "must not be empty"},
        "Where everything is stored; made if it is missing."},
    Key{"server", "log_level",
        Text{&Config::log_level, is_level, "must be debug, info, warning or error"},
        "The least severe events that are logged."},
    Key{"server", "threads", Whole{&Config::threads, 0, 256},
        "Threads that serve stations, each with one shard of the installations; 0: one per core."},
    Key{"server", "shutdown_timeout_s", Whole{&Config::shutdown_timeout_s, 1, 300},
        "How long a stop waits for connections to close and for what is being stored."},

    Key{"stations", "listen", Text{&Config::stations_listen, is_endpoint, endpoint_rule},
        "Where stations connect, as ws://ADDRESS:PORT/ocpp/IDENTITY. Port 0: any free one."},
    Key{"stations", "handshake_timeout_s", Whole{&Config::stations_handshake_timeout_s, 1, 300},
        "From the connection to its upgrade request."},
    Key{"stations", "handshakes_at_once", Whole{&Config::stations_handshakes_at_once, 1, 100'000},
        "More newcomers than this wait in the kernel's queue."},
    Key{"stations", "header_limit_bytes",
        Whole{&Config::stations_header_limit_bytes, 512, 64 * kib}, "Of the upgrade request."},
    Key{"stations", "silence_timeout_s", Whole{&Config::stations_silence_timeout_s, 2, day_s},
        "A connection that is silent for half of this is pinged, and closed after all of it."},
    Key{"stations", "frame_limit_bytes",
        Whole{&Config::stations_frame_limit_bytes, 64 * kib, 64 * mib},
        "Of one message, inflated; a longer one closes the connection with 1009."},
    Key{"stations", "outbox_limit_bytes",
        Whole{&Config::stations_outbox_limit_bytes, kib, 64 * mib},
        "Waiting for a station that does not read; more ends its connection."},
    Key{"stations", "outbox_limit_frames", Whole{&Config::stations_outbox_limit_frames, 2, 10'000},
        "The same, in frames."},
    Key{"stations", "unprocessed_limit_frames",
        Whole{&Config::stations_unprocessed_limit_frames, 1, 1000},
        "Read from a station and not dealt with; then no more is read from it."},
    Key{"stations", "socket_buffer_bytes",
        Whole{&Config::stations_socket_buffer_bytes, 4 * kib, 8 * mib},
        "What the kernel may keep for one connection, each way."},
    Key{"stations", "compression", Flag{&Config::stations_compression},
        "permessage-deflate for 2.0.1; server/gateway/README.md says what it costs."},

    Key{"operators", "listen", Text{&Config::operators_listen, is_endpoint, endpoint_rule},
        "The console and the operators' API. There is no TLS here: put a proxy before it, or keep "
        "it local."},
    Key{"operators", "console_directory", Text{&Config::operators_console_directory, is_any, {}},
        "The console's built files; empty: no console."},
    Key{"operators", "connections_limit", Whole{&Config::operators_connections_limit, 1, 100'000},
        "HTTP and WebSocket connections at once."},
    Key{"operators", "request_timeout_s", Whole{&Config::operators_request_timeout_s, 1, 3600},
        "For a request, for its answer, and for idling between two."},
    Key{"operators", "body_limit_bytes", Whole{&Config::operators_body_limit_bytes, kib, 64 * mib},
        "Of POST /rpc, and of one message at /admin."},
    Key{"operators", "outbox_limit_bytes",
        Whole{&Config::operators_outbox_limit_bytes, kib, 1024 * mib},
        "Waiting for an operator who does not read; more ends the connection."},

    Key{"history", "sample_days", Whole{&Config::history_sample_days, 0, 36'500},
        "All samples of a session are kept for so many days after its last one; then its first and "
        "last readings and those of special moments; 0: all, for ever."},
    Key{"history", "minute_days", Whole{&Config::history_minute_days, 0, 36'500},
        "The minutes of graphs are kept for so many days (quarters for ever); 0: for ever."},

    Key{"engine", "heartbeat_interval_s", Whole{&Config::engine_heartbeat_interval_s, 10, day_s},
        "What stations are told to keep between heartbeats."},
    Key{"engine", "call_timeout_s", Whole{&Config::engine_call_timeout_s, 1, 600},
        "How long a station's answer is waited for."},
    Key{"engine", "quiet_after_connect_ms",
        Whole{&Config::engine_quiet_after_connect_ms, 0, 600'000},
        "A new connection is left alone for this long: most stations boot first."},
    Key{"engine", "pause_after_boot_ms", Whole{&Config::engine_pause_after_boot_ms, 0, 60'000},
        "From a boot's answer to our first call; some firmwares need it."},
    Key{"engine", "reaction_ms", Whole{&Config::engine_reaction_ms, 0, 120'000},
        "From an accepted limit to the new current at the car (IEC 61851-1: 10 s, and a margin)."},
    Key{"engine", "increase_interval_s", Whole{&Config::engine_increase_interval_s, 0, 3600},
        "Between two changes of an outlet's limit, the second of which allows more."},
    Key{"engine", "increase_step_ma", Whole{&Config::engine_increase_step_ma, 0, 32'000},
        "Smaller increases are not sent."},
    Key{"engine", "local_lists", Flag{&Config::engine_local_lists},
        "Stations that say that they have a local authorisation list get it and its changes."},
    Key{"engine", "local_list_pause_ms",
        Whole{&Config::engine_local_list_pause_ms, 0, 24 * 3600 * 1000},
        "From a connection or a boot to the first question about the local list."},
    Key{"engine", "local_list_delay_ms", Whole{&Config::engine_local_list_delay_ms, 0, 3600 * 1000},
        "Changes of tokens are gathered for so long into one message."},
    Key{"engine", "live_interval_ms", Whole{&Config::engine_live_interval_ms, 10, 60'000},
        "Between two live views of an installation."},
    Key{"engine", "measurement_lifetime_s", Whole{&Config::engine_measurement_lifetime_s, 1, day_s},
        "A measured current that is older is shown as unknown."},
};

// --- Reading
// --------------------------------------------------------------------------------------

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

std::string range_text(Whole const& value)
{
    return std::to_string(value.least) + " to " + std::to_string(value.most);
}

// The broken rule, or nothing.
std::optional<std::string> set(Config& config, Whole const& value, toml::node const& node)
{
    auto const number = node.is_integer() ? node.value<std::int64_t>() : std::nullopt;
    if (!number || *number < value.least || *number > value.most)
        return "must be a whole number, " + range_text(value);
    config.*value.member = *number;
    return std::nullopt;
}

std::optional<std::string> set(Config& config, Text const& value, std::string text)
{
    if (!value.fits(text)) return std::string(value.rule);
    config.*value.member = std::move(text);
    return std::nullopt;
}

std::optional<std::string> set(Config& config, Text const& value, toml::node const& node)
{
    auto text = node.is_string() ? node.value<std::string>() : std::nullopt;
    if (!text) return "must be a text in quotes";
    return set(config, value, std::move(*text));
}

std::optional<std::string> set(Config& config, Flag const& value, toml::node const& node)
{
    auto const flag = node.is_boolean() ? node.value<bool>() : std::nullopt;
    if (!flag) return "must be true or false";
    config.*value.member = *flag;
    return std::nullopt;
}

Key const* find(std::string_view section, std::string_view name)
{
    auto const* const found = std::find_if(keys.begin(), keys.end(),
        [&](Key const& key) { return key.section == section && key.name == name; });
    return found == keys.end() ? nullptr : found;
}

Error place(std::string_view file, toml::source_region const& where, std::string const& what)
{
    return std::string(file) + ":" + std::to_string(where.begin.line) + ": " + what;
}

std::optional<Error> apply_section(
    Config& config, std::string_view section, toml::table const& table, std::string_view file)
{
    for (auto const& [name, node] : table) {
        auto const path = std::string(section) + "." + std::string(name.str());
        auto const* const key = find(section, name.str());
        if (!key) return place(file, name.source(), path + ": there is no such key");
        auto const broken = std::visit(
            [&](auto const& value) { return set(config, value, node); }, key->value);
        if (broken) return place(file, name.source(), path + ": " + *broken);
    }
    return std::nullopt;
}

bool is_section(std::string_view name)
{
    return std::any_of(
        keys.begin(), keys.end(), [&](Key const& key) { return key.section == name; });
}

}

std::optional<Error> apply_toml(Config& config, std::string_view text, std::string_view file_name)
{
    toml::table file;
    try {
        file = toml::parse(text);
    } catch (toml::parse_error const& error) {
        return place(file_name, error.source(), std::string(error.description()));
    }
    Config changed = config;  // all or nothing
    for (auto const& [name, node] : file) {
        auto const* const section = node.as_table();
        if (!section || !is_section(name.str()))
            return place(
                file_name, name.source(), std::string(name.str()) + ": there is no such section");
        if (auto error = apply_section(changed, name.str(), *section, file_name)) return error;
    }
    config = std::move(changed);
    return std::nullopt;
}

std::optional<Error> apply_file(Config& config, std::filesystem::path const& file)
{
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return "cannot read " + file.string();
    std::string const text{
        std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    return apply_toml(config, text, file.string());
}

std::optional<Error> set_text(Config& config, std::string_view key, std::string value)
{
    auto const dot = key.find('.');
    auto const* const found = find(key.substr(0, dot), key.substr(dot + 1));
    auto const* const text = found ? std::get_if<Text>(&found->value) : nullptr;
    if (!text) return std::string(key) + ": there is no such text";
    auto const broken = set(config, *text, std::move(value));
    if (broken) return std::string(key) + ": " + *broken;
    return std::nullopt;
}

std::string to_toml(Config const& config)
{
    std::ostringstream out;
    std::string_view section;
    for (auto const& key : keys) {
        if (key.section != section)
            out << (section.empty() ? "" : "\n") << '[' << key.section << "]\n";
        section = key.section;
        out << "# " << key.description;
        auto const line = Overloaded{
            [&](Whole const& value) {
                out << " (" << range_text(value) << ")\n"
                    << key.name << " = " << config.*value.member;
            },
            [&](Text const& value) {
                out << '\n' << key.name << " = " << toml::value<std::string>(config.*value.member);
            },
            [&](Flag const& value) {
                out << '\n' << key.name << " = " << (config.*value.member ? "true" : "false");
            },
        };
        std::visit(line, key.value);
        out << '\n';
    }
    return out.str();
}

// --- What it means
// --------------------------------------------------------------------------------

gateway::Severity log_level(Config const& config)
{
    return gateway::severity_of(config.log_level).value_or(gateway::Severity::info);
}

std::size_t thread_count(Config const& config)
{
    if (config.threads > 0) return static_cast<std::size_t>(config.threads);
    return std::max(1U, std::thread::hardware_concurrency());
}

gateway::StationOptions station_options(Config const& config)
{
    gateway::StationOptions options;
    options.handshake_timeout = std::chrono::seconds(config.stations_handshake_timeout_s);
    options.handshakes_at_once = static_cast<std::size_t>(config.stations_handshakes_at_once);
    options.header_limit_bytes = static_cast<std::size_t>(config.stations_header_limit_bytes);
    options.compression = config.stations_compression;
    auto& websocket = options.websocket;
    websocket.frame_limit_bytes = static_cast<std::size_t>(config.stations_frame_limit_bytes);
    websocket.outbox_limit_bytes = static_cast<std::size_t>(config.stations_outbox_limit_bytes);
    websocket.outbox_limit_frames = static_cast<std::size_t>(config.stations_outbox_limit_frames);
    websocket.unprocessed_limit_frames = static_cast<int>(config.stations_unprocessed_limit_frames);
    websocket.silence_timeout = std::chrono::seconds(config.stations_silence_timeout_s);
    return options;
}

gateway::OperatorOptions operator_options(Config const& config)
{
    gateway::OperatorOptions options;
    options.connections_limit = static_cast<std::size_t>(config.operators_connections_limit);
    options.request_timeout = std::chrono::seconds(config.operators_request_timeout_s);
    options.body_limit_bytes = static_cast<std::size_t>(config.operators_body_limit_bytes);
    options.websocket.frame_limit_bytes = options.body_limit_bytes;
    options.websocket.outbox_limit_bytes = static_cast<std::size_t>(
        config.operators_outbox_limit_bytes);
    return options;
}

storage::Retention retention(Config const& config)
{
    auto const days = [](std::int64_t given) {
        return given == 0 ? std::nullopt : std::optional(static_cast<int>(given));
    };
    return {days(config.history_sample_days), days(config.history_minute_days)};
}

engine::Settings engine_settings(Config const& config)
{
    using std::chrono::seconds;
    engine::Settings settings;
    settings.heartbeat_interval = seconds(config.engine_heartbeat_interval_s);
    settings.call_timeout = seconds(config.engine_call_timeout_s);
    settings.quiet_after_connect = engine::Milliseconds(config.engine_quiet_after_connect_ms);
    settings.pause_after_boot = engine::Milliseconds(config.engine_pause_after_boot_ms);
    settings.reaction = engine::Milliseconds(config.engine_reaction_ms);
    settings.increase_interval = seconds(config.engine_increase_interval_s);
    settings.increase_step_ma = config.engine_increase_step_ma;
    settings.local_lists = config.engine_local_lists;
    settings.local_list_pause = engine::Milliseconds(config.engine_local_list_pause_ms);
    settings.local_list_delay = engine::Milliseconds(config.engine_local_list_delay_ms);
    settings.live_interval = engine::Milliseconds(config.engine_live_interval_ms);
    settings.measurement_lifetime = seconds(config.engine_measurement_lifetime_s);
    return settings;
}

}
