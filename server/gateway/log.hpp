// The log: one line per event, key=value words, UTC with milliseconds, on a fixed list of channels.
//     2026-11-22T07:08:09.123Z info ocpp event=connected station=CP-1 protocol=ocpp1.6
// Never write passwords, idTokens or keys to it.
#pragma once

#include <concepts>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace gateway {

enum class Severity { debug, info, warning, error };
enum class Channel { net, ocpp, db, balance, api };

std::string_view name_of(Severity severity);
std::optional<Severity> severity_of(std::string_view name);
std::string_view name_of(Channel channel);

struct LogField {
    LogField(std::string_view k, std::string_view text) : key(k), value(text) {}
    LogField(std::string_view k, std::integral auto number) : key(k), value(std::to_string(number))
    {
    }

    std::string_view key;
    std::string value;
};

// "event=NAME key=value ..."; values with blanks, quotes or control characters are quoted and
// escaped, so that one event stays one line whatever a station is called.
std::string log_text(std::string_view event, std::initializer_list<LogField> fields);

// Thread-safe; hand it on by reference.
class Log {
public:
    using Sink = std::function<void(Severity, Channel, std::string_view text)>;

    Log(Sink sink, Severity lowest) : sink_(std::move(sink)), lowest_(lowest) {}

    void write(Severity severity, Channel channel, std::string_view event,
        std::initializer_list<LogField> fields = {}) const
    {
        if (severity >= lowest_) sink_(severity, channel, log_text(event, fields));
    }

    // A text that is words already.
    void write_text(Severity severity, Channel channel, std::string_view text) const
    {
        if (severity >= lowest_) sink_(severity, channel, text);
    }

private:
    Sink sink_;
    Severity lowest_;
};

// Writes to stderr.
Log::Sink stderr_sink();

}
