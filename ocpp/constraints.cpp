#include "ocpp/constraints.hpp"

#include "ocpp/utf8.hpp"

#include <boost/url/parse.hpp>

#include <cmath>
#include <limits>

namespace ocpp {

namespace {

BrokenRule property(std::string rule) { return {FaultKind::property_constraint, std::move(rule)}; }

BrokenRule occurrence(std::string rule)
{
    return {FaultKind::occurrence_constraint, std::move(rule)};
}

}

std::optional<BrokenRule> check_length(std::string_view text, std::size_t at_most)
{
    // Bytes are never fewer than characters, so that most texts need no counting.
    if (text.size() <= at_most || count_characters(text) <= at_most) return std::nullopt;
    return property("at most " + std::to_string(at_most) + " characters");
}

std::optional<BrokenRule> check_count(std::size_t count, std::size_t at_least, std::size_t at_most)
{
    if (count < at_least) return occurrence("at least " + std::to_string(at_least) + " items");
    if (count > at_most) return occurrence("at most " + std::to_string(at_most) + " items");
    return std::nullopt;
}

std::optional<BrokenRule> check_range(
    std::int64_t number, std::int64_t at_least, std::int64_t at_most)
{
    if (number < at_least) return property("at least " + std::to_string(at_least));
    if (number > at_most) return property("at most " + std::to_string(at_most));
    return std::nullopt;
}

std::optional<BrokenRule> check_range(double number, std::int64_t at_least, std::int64_t at_most)
{
    using Limits = std::numeric_limits<std::int64_t>;
    if (at_least != Limits::min() && number < static_cast<double>(at_least))
        return property("at least " + std::to_string(at_least));
    if (at_most != Limits::max() && number > static_cast<double>(at_most))
        return property("at most " + std::to_string(at_most));
    return std::nullopt;
}

std::optional<BrokenRule> check_uri(std::string_view text)
{
    if (boost::urls::parse_uri(text)) return std::nullopt;
    return property("a URI with a scheme, for example https://example.com/firmware.bin");
}

std::optional<BrokenRule> check_finite(double number)
{
    if (std::isfinite(number)) return std::nullopt;
    return property("a finite number");
}

std::optional<BrokenRule> check_time(Timestamp time)
{
    if (is_writable(time)) return std::nullopt;
    return property("a date-time of the years 0000 to 9999");
}

BrokenRule not_in_enumeration(std::span<std::string_view const> names)
{
    std::string rule = "one of";
    for (std::string_view const name : names) {
        rule += name == names.front() ? " " : ", ";
        rule += name;
    }
    return property(std::move(rule));
}

}
