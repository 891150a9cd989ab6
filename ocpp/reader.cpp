#include "ocpp/reader.hpp"

#include "ocpp/decimal_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace ocpp {

namespace {

constexpr std::size_t longest_vendor_id = 255;

// A frame full of nonsense is not worth more memory than this.
constexpr std::size_t most_remarks = 100;

// Doubles below this bound that have no fraction are integers of 64 bits.
constexpr double int64_bound = 9223372036854775808.0;  // 2^63

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_but_for_case(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
        return lower(x) == lower(y);
    });
}

// Sets an enumeration's value, whichever enumeration it is.
void set_name(void* out, int value) { std::memcpy(out, &value, sizeof value); }

// Is there a null or an empty value of this kind?
bool can_be_empty(JsonKind kind)
{
    return kind == JsonKind::null || kind == JsonKind::text || kind == JsonKind::list ||
           kind == JsonKind::object;
}

// May null, or an empty text, list or object, be a value of the type? Otherwise it can only mean
// that there is none.
bool takes_empty(ValueType const& type, JsonKind kind)
{
    switch (type.kind) {
    case ValueKind::text: return kind == JsonKind::text;
    case ValueKind::list: return kind == JsonKind::list && type.min == 0;
    case ValueKind::object: return kind == JsonKind::object && type.layout().required == 0;
    case ValueKind::any: return true;
    default: return false;
    }
}

// What was given, for a remark, shortened.
std::string quoted(std::string_view given)
{
    constexpr std::size_t most = 50;
    std::string text(1, '\'');  // GCC 12 warns of an overlap in "'" + std::string at -O3
    text.append(given.substr(0, most));
    text.append(given.size() > most ? "...'" : "'");
    return text;
}

template <class Number>
std::optional<Number> parsed(std::string_view text)
{
    Number number{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}

void Reader::fail(FaultKind kind, std::string rule, Path const& at)
{
    if (!fault_) fault_ = Fault{kind, to_string(at), std::move(rule)};
}

bool Reader::deviates(FaultKind kind, std::string rule, Path const& at)
{
    if (failed()) return false;
    if (!tolerant()) {
        fail(kind, std::move(rule), at);
        return false;
    }
    if (remarks_.size() < most_remarks) remarks_.push_back({kind, to_string(at), std::move(rule)});
    return true;
}

void Reader::deviates(std::optional<BrokenRule> broken, Path const& at)
{
    if (broken) deviates(broken->kind, std::move(broken->rule), at);
}

void Reader::not_json(Path const& at)
{
    fail(FaultKind::rpc_framework, "the frame must be JSON", at);
}

// The type is wrong, or what stands there is no JSON at all.
void Reader::wrong_type(std::string_view rule, Path const& at)
{
    if (json_.kind() == JsonKind::none)
        not_json(at);
    else
        fail(FaultKind::type_constraint, std::string(rule), at);
}

void Reader::message(Layout const& layout, void* out)
{
    auto const root = Path::root();
    auto const kind = json_.kind();
    if (kind == JsonKind::null) {
        if (!json_.null()) return not_json(root);
        missing(layout, 0, out, root);
    } else if (kind != JsonKind::object && kind != JsonKind::none) {
        return fail(FaultKind::format, "must be an object", root);
    } else {
        object(layout, out, root);
    }
    if (failed() || json_.at_end()) return;
    if (json_.skip(','))
        fail(FaultKind::rpc_framework, "nothing may follow the payload", root);
    else
        not_json(root);
}

void Reader::object(Layout const& layout, void* out, Path const& at)
{
    if (!json_.skip('{')) return wrong_type("must be an object", at);
    std::uint64_t seen = 0;
    std::size_t likely = 0;
    for (bool first = true; json_.more('}', first);) {
        auto index = likely;
        // Most members come in the standard's order and without white space.
        if (likely == layout.fields.size() ||
            !json_.take(layout.fields[likely].key_without_comma())) {
            auto const name = json_.name();
            if (!name) break;
            index = layout.find(*name, likely);
            if (index == Layout::unknown) {
                skip_unknown(*name, at);
                if (failed()) return;
                continue;
            }
        }
        auto const& known = layout.fields[index];
        auto const here = at.member(known.name);
        auto const bit = std::uint64_t{1} << index;
        if ((seen & bit) != 0) {
            if (!deviates(FaultKind::format, "is given twice: the first counts", here)) return;
            if (!json_.value()) break;
            continue;
        }
        seen |= bit;
        likely = index + 1;
        field(known, static_cast<char*>(out) + known.offset, here);
        if (failed()) return;
    }
    if (!json_.good()) return not_json(at);
    missing(layout, seen, out, at);
}

void Reader::field(Field const& field, void* out, Path const& at)
{
    if (field.required()) return value(*field.type, out, at);
    if (tolerant() && stands_for_nothing(*field.type, at)) return;
    value(*field.type, field.optional->emplace(out), at);
}

void Reader::value(ValueType const& type, void* out, Path const& at)
{
    switch (type.kind) {
    case ValueKind::text: return text(as<std::string>(out), type.at_most(), at);
    case ValueKind::uri: return uri(as<Uri>(out), at);
    case ValueKind::integer: as<std::int64_t>(out) = integer(type.min, type.max, at); return;
    case ValueKind::number: as<double>(out) = number(type.min, type.max, at); return;
    case ValueKind::tenths: as<Tenths>(out) = tenths(at); return;
    case ValueKind::boolean: as<bool>(out) = boolean(at); return;
    case ValueKind::time: as<Timestamp>(out) = time(at); return;
    case ValueKind::any: return any(as<AnyJson>(out).text, at);
    case ValueKind::custom_data: as<CustomData>(out) = custom_data(at); return;
    case ValueKind::name: return set_name(out, name(type.names, type.other_names, at));
    case ValueKind::object: return object(type.layout(), out, at);
    case ValueKind::list: return list(type, out, at);
    }
}

// Null, and what is empty where nothing empty can be meant, for an optional field. Takes it then.
bool Reader::stands_for_nothing(ValueType const& type, Path const& at)
{
    auto const kind = json_.kind();
    if (!can_be_empty(kind) || takes_empty(type, kind)) return false;
    auto const nothing = json_.nothing();
    if (nothing)
        deviates(FaultKind::type_constraint, "left out rather than " + std::string(*nothing), at);
    return nothing.has_value();
}

// Reports the first field that is required and has not been seen. A missing name of an enumeration
// is an unknown one to a tolerant reader.
void Reader::missing(Layout const& layout, std::uint64_t seen, void* out, Path const& at)
{
    for (auto absent = layout.required & ~seen; absent != 0; absent &= absent - 1) {
        auto const& field = layout.fields[static_cast<std::size_t>(__builtin_ctzll(absent))];
        auto const here = at.member(field.name);
        if (field.type->kind != ValueKind::name || !tolerant())
            return fail(FaultKind::occurrence_constraint, "is required", here);
        deviates(FaultKind::occurrence_constraint, "is required", here);
        set_name(static_cast<char*>(out) + field.offset, value_of_unknown);
    }
}

// The name is gone as soon as the value is read: it may stand where the text's next string goes.
void Reader::skip_unknown(std::string_view name, Path const& at)
{
    if (!deviates(FaultKind::format, "no such field", at.member(name))) return;
    if (!json_.value()) not_json(at);
}

void Reader::text(std::string& out, std::size_t at_most, Path const& at)
{
    switch (json_.kind()) {
    case JsonKind::text:
        if (auto const text = json_.string())
            out.assign(*text);
        else
            return not_json(at);
        break;
    case JsonKind::number:
    case JsonKind::boolean: {
        if (!tolerant()) return wrong_type("must be a string", at);
        auto const value = json_.value();
        if (!value) return not_json(at);
        out.assign(*value);
        deviates(FaultKind::type_constraint, "must be a string", at);
        break;
    }
    default: return wrong_type("must be a string", at);
    }
    deviates(check_length(out, at_most), at);
}

void Reader::uri(std::string& out, Path const& at)
{
    text(out, std::numeric_limits<std::size_t>::max(), at);
    if (!failed()) deviates(check_uri(out), at);
}

// The digits of a number that comes, also of one within quotes.
std::optional<JsonNumber> Reader::numeral(Path const& at)
{
    auto const kind = json_.kind();
    if (kind == JsonKind::number) {
        auto const number = json_.number();
        if (!number) not_json(at);
        return number;
    }
    if (kind == JsonKind::text && tolerant()) {
        auto const text = json_.string();
        if (!text) {
            not_json(at);
            return std::nullopt;
        }
        numeral_ = *text;
        JsonText inside(numeral_);
        auto const number = inside.number();
        if (number && inside.at_end() &&
            deviates(FaultKind::type_constraint, "must be a number", at))
            return number;
        fail(FaultKind::type_constraint, "must be a number", at);
        return std::nullopt;
    }
    wrong_type("must be a number", at);
    return std::nullopt;
}

std::int64_t Reader::integer(std::int64_t min, std::int64_t max, Path const& at)
{
    auto const given = numeral(at);
    if (!given) return 0;
    std::int64_t number = 0;
    if (auto const exact = given->whole ? parsed<std::int64_t>(given->text) : std::nullopt) {
        number = *exact;
    } else {
        // JSON Schema calls 5.0 an integer. What is too large for 64 bits is so for a double too.
        auto const real = parsed<double>(given->text);
        if (real && std::trunc(*real) != *real)
            fail(FaultKind::type_constraint, "must be a whole number", at);
        else if (!real || given->whole || std::abs(*real) >= int64_bound) {
            // Stations that write rubbish for an id they never got repeat it until it is taken.
            using Limits = std::numeric_limits<std::int64_t>;
            number = given->text.starts_with('-') ? Limits::min() : Limits::max();
            deviates(FaultKind::property_constraint, "a whole number of 64 bits", at);
        } else
            number = static_cast<std::int64_t>(*real);
    }
    if (!failed()) deviates(check_range(number, min, max), at);
    return number;
}

double Reader::number(std::int64_t min, std::int64_t max, Path const& at)
{
    auto const given = numeral(at);
    if (!given) return 0;
    auto const number = parsed<double>(given->text);
    if (!number || !std::isfinite(*number)) {
        fail(FaultKind::property_constraint, "a number that a double can hold", at);
        return 0;
    }
    deviates(check_range(*number, min, max), at);
    return *number;
}

Tenths Reader::tenths(Path const& at)
{
    auto const given = numeral(at);
    if (!given) return {};
    auto const tenths = tenths_of(given->text);
    if (!tenths) {
        fail(FaultKind::property_constraint, "is too large", at);
        return {};
    }
    if (!tenths->exact) deviates(FaultKind::property_constraint, "at most one decimal", at);
    return tenths->value;
}

bool Reader::boolean(Path const& at)
{
    auto const kind = json_.kind();
    if (kind == JsonKind::text && tolerant()) {
        auto const text = json_.string();
        if (text && (equal_but_for_case(*text, "true") || equal_but_for_case(*text, "false"))) {
            bool const value = text->size() == std::string_view("true").size();
            deviates(FaultKind::type_constraint, "must be true or false", at);
            return value;
        }
        fail(FaultKind::type_constraint, "must be true or false", at);
        return false;
    }
    if (kind != JsonKind::boolean) {
        wrong_type("must be true or false", at);
        return false;
    }
    auto const value = json_.boolean();
    if (!value) not_json(at);
    return value.value_or(false);
}

Timestamp Reader::time(Path const& at)
{
    if (json_.kind() != JsonKind::text) {
        wrong_type("must be a date-time string", at);
        return {};
    }
    auto const text = json_.string();
    if (!text) {
        not_json(at);
        return {};
    }
    auto const parsed = parse_timestamp(*text);
    if (!parsed) {
        deviates(FaultKind::property_constraint, "must be a date-time: " + quoted(*text), at);
        return {};
    }
    // The schemas' date-time is RFC 3339's, which has a zone.
    if (!parsed->rfc3339 && !parsed->zone_missing)
        deviates(FaultKind::property_constraint, "must be a date-time as RFC 3339 has it", at);
    if (parsed->zone_missing)
        deviates(
            FaultKind::property_constraint, "must be a date-time with a zone: taken as UTC", at);
    return parsed->time;
}

void Reader::any(std::string& out, Path const& at)
{
    auto const value = json_.value();
    if (value)
        out.assign(*value);
    else
        not_json(at);
}

CustomData Reader::custom_data(Path const& at)
{
    if (json_.kind() != JsonKind::object) {
        wrong_type("must be an object", at);
        return {};
    }
    auto const text = json_.value();
    if (!text) {
        not_json(at);
        return {};
    }
    auto const vendor_at = at.member("vendorId");
    Reader inside(*text, level_, remarks_);
    bool found = false;
    inside.json_.skip('{');
    for (bool first = true; inside.json_.more('}', first);) {
        auto const name = inside.json_.name();
        bool const is_vendor = name && !found && *name == "vendorId";
        found = found || is_vendor;
        std::string vendor;
        if (is_vendor)
            inside.text(vendor, longest_vendor_id, vendor_at);
        else
            inside.json_.value();
        if (inside.failed()) break;
    }
    if (inside.failed()) {
        fault_ = std::move(inside.fault_);
        return {};
    }
    if (!found) deviates(FaultKind::occurrence_constraint, "is required", vendor_at);
    return CustomData(std::string(*text));
}

int Reader::name(
    std::span<std::string_view const> names, std::span<Spelling const> others, Path const& at)
{
    if (tolerant() && json_.kind() == JsonKind::null) {  // as good as missing
        if (!json_.null()) not_json(at);
        deviates(FaultKind::type_constraint, "must be a string", at);
        return value_of_unknown;
    }
    if (json_.kind() != JsonKind::text && !(tolerant() && json_.kind() == JsonKind::number)) {
        wrong_type("must be a string", at);
        return 0;
    }
    bool const is_text = json_.kind() == JsonKind::text;
    auto const given = is_text ? json_.string() : json_.value();
    if (!given) {
        not_json(at);
        return 0;
    }
    auto const position = [&](auto const& same) {
        return static_cast<int>(std::find_if(names.begin(), names.end(), same) - names.begin());
    };
    int const count = static_cast<int>(names.size());
    int const exact = position([&](std::string_view name) { return name == *given; });
    if (exact != count) return exact;

    auto broken = not_in_enumeration(names);
    broken.rule += ": " + quoted(*given);
    if (!deviates(broken.kind, std::move(broken.rule), at)) return 0;
    int const similar = position(
        [&](std::string_view name) { return equal_but_for_case(name, *given); });
    if (similar != count) return similar;
    for (auto const& other : others)
        if (equal_but_for_case(other.name, *given)) return other.value;
    return value_of_unknown;
}

void Reader::list(ValueType const& type, void* out, Path const& at)
{
    if (tolerant() && json_.kind() == JsonKind::object) {  // one item without its list (Huawei)
        deviates(FaultKind::type_constraint, "must be a list", at);
        return value(*type.item, type.append(out), at.item(0));
    }
    if (!json_.skip('[')) return wrong_type("must be a list", at);
    std::size_t count = 0;
    for (bool first = true; !failed() && json_.more(']', first); ++count)
        value(*type.item, type.append(out), at.item(count));
    if (failed()) return;
    if (!json_.good()) return not_json(at);
    deviates(check_count(count, type.at_least(), type.at_most()), at);
}

}
