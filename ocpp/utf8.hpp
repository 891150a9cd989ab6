// What the codec has to know of UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace ocpp {

// The number of characters (code points) of UTF-8 text, as JSON Schema counts lengths.
std::size_t count_characters(std::string_view text);

// The bytes of the well-formed character that `text` begins with (Unicode table 3-7: no overlong
// forms, no surrogates, nothing above U+10FFFF); 0 when it begins with something else or is empty.
std::size_t leading_character_size(std::string_view text);

bool is_utf8(std::string_view text);

// The longest prefix of at most `limit` characters.
std::string_view first_characters(std::string_view text, std::size_t limit);

}
