#include "ocpp/checker.hpp"

#include "ocpp/json_text.hpp"
#include "ocpp/reader.hpp"
#include "ocpp/utf8.hpp"

#include <limits>

namespace ocpp {

void Checker::report(std::optional<BrokenRule> broken, Path const& at)
{
    if (broken && !fault_) fault_ = Fault{broken->kind, to_string(at), std::move(broken->rule)};
}

void Checker::object(Layout const& layout, void const* message, Path const& at)
{
    for (auto const& field : layout.fields) {
        void const* value = static_cast<char const*>(message) + field.offset;
        if (!field.required()) value = field.optional->value(value);
        if (value != nullptr) this->value(*field.type, value, at.member(field.name));
        if (failed()) return;
    }
}

void Checker::value(ValueType const& type, void const* value, Path const& at)
{
    switch (type.kind) {
    case ValueKind::text: return text(as<std::string>(value), type.at_most(), at);
    case ValueKind::uri: return uri(as<Uri>(value), at);
    case ValueKind::integer:
        return report(check_range(as<std::int64_t>(value), type.min, type.max), at);
    case ValueKind::number:
        report(check_finite(as<double>(value)), at);
        return report(check_range(as<double>(value), type.min, type.max), at);
    case ValueKind::time: return report(check_time(as<Timestamp>(value)), at);
    case ValueKind::any: return any(as<AnyJson>(value), at);
    case ValueKind::custom_data: return custom_data(as<CustomData>(value), at);
    case ValueKind::name:
        if (name_of(type, value).empty()) report(not_in_enumeration(type.names), at);
        return;
    case ValueKind::object: return object(type.layout(), value, at);
    case ValueKind::list: return list(type, value, at);
    case ValueKind::tenths:
    case ValueKind::boolean: return;
    }
}

void Checker::list(ValueType const& type, void const* value, Path const& at)
{
    auto const [first, count] = type.items(value);
    report(check_count(count, type.at_least(), type.at_most()), at);
    auto const* item = static_cast<char const*>(first);
    for (std::size_t i = 0; i < count && !failed(); ++i, item += type.item_size)
        this->value(*type.item, item, at.item(i));
}

void Checker::text(std::string_view value, std::size_t at_most, Path const& at)
{
    report(check_length(value, at_most), at);
    if (!is_utf8(value)) report(BrokenRule{FaultKind::property_constraint, "UTF-8 text"}, at);
}

void Checker::uri(std::string_view value, Path const& at)
{
    text(value, std::numeric_limits<std::size_t>::max(), at);
    report(check_uri(value), at);
}

void Checker::any(AnyJson const& value, Path const& at)
{
    if (!value.text.empty() && !is_json(value.text))
        report(BrokenRule{FaultKind::format, "must be JSON"}, at);
}

// It is read as if it had come in.
void Checker::custom_data(CustomData const& value, Path const& at)
{
    std::vector<Fault> remarks;
    Reader reader(value.json(), Level::strict, remarks);
    reader.custom_data(at);
    if (reader.failed() && !fault_) fault_ = std::move(reader.fault());
}

}
