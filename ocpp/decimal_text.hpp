// Decimal numbers from their digits, without a binary fraction in between.
#pragma once

#include "ocpp/field_types.hpp"

#include <optional>
#include <string_view>

namespace ocpp {

struct TenthsRead {
    Tenths value{};
    bool exact = true;  // false: rounded to the nearest tenth, halves away from zero
};

// The tenths of a JSON number. Nothing when they do not fit 64 bits.
std::optional<TenthsRead> tenths_of(std::string_view number);

}
