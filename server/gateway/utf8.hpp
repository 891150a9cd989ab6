// UTF-8 (RFC 3629).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace gateway {

// How many characters (code points) the text has; nothing when it is not UTF-8. Overlong forms and
// surrogates are not UTF-8.
std::optional<std::size_t> utf8_length(std::string_view text);

// The longest beginning of a UTF-8 text with at most `bytes` bytes that does not cut a character.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes);

}
