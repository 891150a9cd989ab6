// Percent-encoding of URLs (RFC 3986 section 2.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gateway {

// Decodes each %XX once; a plus stays a plus. Nothing when a percent sign is not followed by two
// hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

}
