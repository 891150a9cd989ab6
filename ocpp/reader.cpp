#include "ocpp/reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ocpp {

namespace json = boost::json;

namespace {

constexpr std::string_view custom_data = "customData";
constexpr std::size_t longest_vendor_id = 255;

// A station that computes in single precision writes 16.1 as 16.100000381: half a unit in the last
// place of a float is 6e-8 of the value. A real second decimal is a tenth of a tenth or more away.
constexpr double single_precision = 1e-7;
constexpr double largest_deviation = 0.01;  // in tenths

// Tenths that came with a point, 100 GW in watts: below, a double tells them apart a thousandfold.
constexpr double largest_fractional = 1e12;
constexpr std::int64_t largest_whole = std::numeric_limits<std::int64_t>::max() / 10;

// Doubles below this bound that have no fraction are integers of 64 bits.
constexpr double int64_bound = 9223372036854775808.0;  // 2^63

void check_custom_data(Reader& reader, json::value const& data, Path const& at)
{
    auto const* object = reader.object(data, at);
    if (object == nullptr) return;
    auto const vendor_at = at.member("vendorId");
    auto const* vendor = object->if_contains("vendorId");
    if (vendor == nullptr) {
        reader.report(FaultKind::occurrence_constraint, "is required", vendor_at);
        return;
    }
    reader.text(*vendor, longest_vendor_id, vendor_at);
}

}

void Reader::report(FaultKind kind, std::string rule, Path const& at)
{
    if (!fault_) fault_ = Fault{kind, to_string(at), std::move(rule)};
}

void Reader::report(std::optional<BrokenRule> broken, Path const& at)
{
    if (broken) report(broken->kind, std::move(broken->rule), at);
}

json::object const* Reader::object(json::value const& json, Path const& at)
{
    auto const* object = json.if_object();
    if (object == nullptr) {
        bool const whole_payload = at.parent == nullptr;
        report(whole_payload ? FaultKind::format : FaultKind::type_constraint, "must be an object",
            at);
    }
    return object;
}

json::array const* Reader::list(
    json::value const& json, std::size_t at_least, std::size_t at_most, Path const& at)
{
    auto const* list = json.if_array();
    if (list == nullptr) {
        report(FaultKind::type_constraint, "must be a list", at);
        return nullptr;
    }
    report(check_count(list->size(), at_least, at_most), at);
    return failed() ? nullptr : list;
}

std::string_view Reader::text(json::value const& json, std::size_t at_most, Path const& at)
{
    auto const* string = json.if_string();
    if (string == nullptr) {
        report(FaultKind::type_constraint, "must be a string", at);
        return {};
    }
    std::string_view const text(string->data(), string->size());
    report(check_length(text, at_most), at);
    return text;
}

std::int64_t Reader::integer(
    json::value const& json, std::int64_t min, std::int64_t max, Path const& at)
{
    std::int64_t number = 0;
    if (auto const* exact = json.if_int64()) {
        number = *exact;
    } else if (json.is_uint64()) {
        report(FaultKind::property_constraint, "at most 2^63-1", at);
    } else if (auto const* real = json.if_double(); real != nullptr && std::trunc(*real) == *real) {
        // JSON Schema calls 5.0 an integer.
        if (std::abs(*real) < int64_bound)
            number = static_cast<std::int64_t>(*real);
        else
            report(FaultKind::property_constraint, "a whole number of 64 bits", at);
    } else {
        report(FaultKind::type_constraint, "must be a whole number", at);
    }
    if (!failed()) report(check_range(number, min, max), at);
    return number;
}

Tenths Reader::tenths(json::value const& json, Path const& at)
{
    auto const* whole = json.if_int64();
    if (whole != nullptr && *whole >= -largest_whole && *whole <= largest_whole)
        return {*whole * 10};

    double const scaled = decimal(json, at).value * 10;
    double const nearest = std::round(scaled);
    if (failed()) return {};
    if (std::abs(nearest) > largest_fractional) {
        report(FaultKind::property_constraint, "is too large", at);
        return {};
    }
    double const tolerance = std::min(single_precision * std::abs(nearest), largest_deviation);
    if (std::abs(scaled - nearest) > tolerance)
        report(FaultKind::property_constraint, "at most one decimal", at);
    return {static_cast<std::int64_t>(nearest)};
}

Decimal Reader::decimal(json::value const& json, Path const& at)
{
    if (!json.is_number()) {
        report(FaultKind::type_constraint, "must be a number", at);
        return {};
    }
    auto const number = json.to_number<double>();
    report(check_finite(number), at);
    return {number};
}

bool Reader::boolean(json::value const& json, Path const& at)
{
    auto const* value = json.if_bool();
    if (value == nullptr) report(FaultKind::type_constraint, "must be true or false", at);
    return value != nullptr && *value;
}

Timestamp Reader::time(json::value const& json, Path const& at)
{
    auto const* string = json.if_string();
    if (string == nullptr) {
        report(FaultKind::type_constraint, "must be a date-time string", at);
        return {};
    }
    auto const parsed = parse_timestamp({string->data(), string->size()});
    if (!parsed) {
        report(FaultKind::property_constraint, "must be a date-time", at);
        return {};
    }
    // RFC 3339, which the 2.x schemas name, has no date-time without a zone; ISO 8601 has.
    if (parsed->zone_missing && version_ != Version::v16)
        report(FaultKind::property_constraint, "must be a date-time with a zone", at);
    return parsed->time;
}

std::size_t Reader::name(
    json::value const& json, std::span<std::string_view const> names, Path const& at)
{
    auto const wanted = text(json, std::numeric_limits<std::size_t>::max(), at);
    if (failed()) return 0;
    auto const found = std::find(names.begin(), names.end(), wanted);
    if (found == names.end()) {
        report(not_in_enumeration(names), at);
        return 0;
    }
    return static_cast<std::size_t>(found - names.begin());
}

json::value const* ObjectReader::required(std::string_view name)
{
    if (reader_.failed()) return nullptr;
    auto const* json = object_.if_contains(name);
    if (json == nullptr)
        reader_.report(FaultKind::occurrence_constraint, "is required", at_.member(name));
    else
        ++known_;
    return json;
}

json::value const* ObjectReader::present(std::string_view name)
{
    if (reader_.failed()) return nullptr;
    auto const* json = object_.if_contains(name);
    if (json == nullptr) return nullptr;
    ++known_;
    bool const counts_as_absent = json->is_null() && reader_.version() == Version::v16;
    return counts_as_absent ? nullptr : json;
}

bool ObjectReader::knows_all()
{
    if (known_ == object_.size()) return true;
    if (reader_.version() == Version::v16) return false;
    auto const* data = object_.if_contains(custom_data);
    if (data == nullptr) return false;
    check_custom_data(reader_, *data, at_.member(custom_data));
    return known_ + 1 == object_.size();
}

UnknownFieldFinder::UnknownFieldFinder(json::object const& object)
{
    for (auto const& field : object) names_.emplace_back(field.key().data(), field.key().size());
}

void UnknownFieldFinder::forget(std::string_view name) { std::erase(names_, name); }

void UnknownFieldFinder::report_to(Reader& reader, Path const& at) const
{
    bool const has_custom_data = reader.version() != Version::v16;
    for (std::string_view const name : names_) {
        if (has_custom_data && name == custom_data) continue;
        reader.report(FaultKind::format, "is not a field of this message", at.member(name));
        return;
    }
}

}
