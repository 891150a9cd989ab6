// Times and time zones as the API writes them.
#pragma once

#include "storage/entities.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace admin {

// RFC 3339 in UTC: "2026-11-22T07:00:00Z", with ".123" when there are milliseconds.
std::string time_text(storage::Timestamp time);

// Reads RFC 3339 with `Z` or an offset. Fractions are cut to milliseconds. Nothing when the text is
// none, or the date does not exist.
std::optional<storage::Timestamp> parse_time(std::string_view text);

// Whether the machine's time zone database knows the IANA name.
bool is_time_zone(std::string_view name);

}
