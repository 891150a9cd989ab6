// The rules of the schemas, each written once: decode() asks them of what came in, check() of what
// goes out. Each function returns the broken rule, or nothing.
#pragma once

#include "ocpp/fault.hpp"
#include "ocpp/timestamp.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ocpp {

struct BrokenRule {
    FaultKind kind = FaultKind::generic;
    std::string rule;
};

// maxLength, in characters.
std::optional<BrokenRule> check_length(std::string_view text, std::size_t at_most);

// minItems and maxItems.
std::optional<BrokenRule> check_count(std::size_t count, std::size_t at_least, std::size_t at_most);

// minimum and maximum; the ends of the type stand for no bound.
std::optional<BrokenRule> check_range(
    std::int64_t number, std::int64_t at_least, std::int64_t at_most);

std::optional<BrokenRule> check_range(double number, std::int64_t at_least, std::int64_t at_most);

// A URI with a scheme (RFC 3986).
std::optional<BrokenRule> check_uri(std::string_view text);

// JSON has no infinities.
std::optional<BrokenRule> check_finite(double number);

// A date-time has four digits for the year.
std::optional<BrokenRule> check_time(Timestamp time);

// The fault of a name that is not among `names`.
BrokenRule not_in_enumeration(std::span<std::string_view const> names);

}
