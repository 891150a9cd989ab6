#include "server/gateway/log.hpp"

#include <array>
#include <memory>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace gateway {

namespace {

constexpr std::array severities{"debug", "info", "warning", "error"};
constexpr std::array channels{"net", "ocpp", "db", "balance", "api"};

bool is_plain(std::string_view value)
{
    if (value.empty()) return false;
    for (char const c : value)
        if (static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7f)
            return false;
    return true;
}

void append_quoted(std::string& text, std::string_view value)
{
    static constexpr std::string_view hex = "0123456789abcdef";
    text += '"';
    for (char const c : value) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            text += '\\';
            text += c;
        } else if (byte < ' ' || byte == 0x7f) {
            text += "\\x";
            text += hex[byte >> 4U];
            text += hex[byte & 0xfU];
        } else {
            text += c;
        }
    }
    text += '"';
}

spdlog::level::level_enum level_of(Severity severity)
{
    switch (severity) {
    case Severity::debug: return spdlog::level::debug;
    case Severity::info: return spdlog::level::info;
    case Severity::warning: return spdlog::level::warn;
    case Severity::error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

}

std::string_view name_of(Severity severity)
{
    return severities[static_cast<std::size_t>(severity)];
}
std::string_view name_of(Channel channel) { return channels[static_cast<std::size_t>(channel)]; }

std::optional<Severity> severity_of(std::string_view name)
{
    for (std::size_t i = 0; i < severities.size(); ++i)
        if (severities[i] == name) return static_cast<Severity>(i);
    return std::nullopt;
}

std::string log_text(std::string_view event, std::initializer_list<LogField> fields)
{
    std::string text = "event=";
    text += event;
    for (auto const& field : fields) {
        text += ' ';
        text += field.key;
        text += '=';
        if (is_plain(field.value)) {
            text += field.value;
        } else {
            append_quoted(text, field.value);
        }
    }
    return text;
}

Log::Sink stderr_sink()
{
    auto const sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    sink->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        "%Y-%m-%dT%H:%M:%S.%eZ %l %n %v", spdlog::pattern_time_type::utc));
    std::array<std::shared_ptr<spdlog::logger>, channels.size()> loggers;
    for (std::size_t i = 0; i < channels.size(); ++i) {
        loggers[i] = std::make_shared<spdlog::logger>(channels[i], sink);
        loggers[i]->set_level(spdlog::level::debug);
        loggers[i]->flush_on(spdlog::level::debug);
    }
    return [loggers](Severity severity, Channel channel, std::string_view text) {
        loggers[static_cast<std::size_t>(channel)]->log(
            level_of(severity), spdlog::string_view_t(text.data(), text.size()));
    };
}

}
