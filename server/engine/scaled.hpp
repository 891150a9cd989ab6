// Exact decimal numbers: meter values arrive as text ("12.345") or as JSON numbers, with units that
// differ by powers of ten, and become integers without passing through binary fractions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace engine {

// `text` times ten to the power of `exponent`, rounded half away from zero to an integer. Takes an
// optional sign, digits, an optional fraction and an optional decimal exponent; blanks around it
// are passed over. Nothing when it is no number or does not fit 64 bits.
std::optional<std::int64_t> scaled_decimal(std::string_view text, int exponent);

// The same of a number that a JSON parser has read: its shortest decimal form is what was written.
std::optional<std::int64_t> scaled_number(double number, int exponent);

}
