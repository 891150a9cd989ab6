// Points in time as OCPP writes them: ISO 8601 (1.6) and its profile RFC 3339 (2.x).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ocpp {

// UTC with millisecond precision.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

struct ParsedTimestamp {
    Timestamp time;
    bool zone_missing = false;  // no offset and no Z: taken as UTC, as field reports advise
    bool rfc3339 = true;        // false: one of the forms that only people and some stations use
};

// Reads "2025-01-02T03:04:05[.fraction](Z|+hh:mm)", which is RFC 3339, and besides zones as +hhmm,
// +hh or none. Fractions of any length are cut to milliseconds; a leap second counts as the first
// instant of the next minute. Nothing when the text is no date-time, or one whose UTC falls out of
// the years 0000 to 9999.
std::optional<ParsedTimestamp> parse_timestamp(std::string_view text);

// "2025-01-02T03:04:05.678Z", without the fraction when it is zero. Precondition:
// is_writable(time).
std::string to_string(Timestamp time);

// The same, at the end of `text`.
void append(std::string& text, Timestamp time);

// Is the year one of 0000 to 9999, as the format can write?
bool is_writable(Timestamp time);

}
