// check(): the constraints of a message struct that did not come through decode().
#pragma once

#include "ocpp/constraints.hpp"
#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"
#include "ocpp/path.hpp"
#include "ocpp/utf8.hpp"

#include <optional>
#include <string_view>

namespace ocpp {

// Visits the fields of one object and keeps the first fault.
class Checker {
public:
    Checker(Path const& at, std::optional<Fault>& fault) : at_(at), fault_(fault) {}

    template <class T>
    void operator()(std::string_view name, T const& value)
    {
        if (!fault_) check_value(value, at_.member(name));
    }

    template <class T>
    void operator()(std::string_view name, std::optional<T> const& value)
    {
        if (value) (*this)(name, *value);
    }

    template <WireStruct S>
    void check_value(S const& message, Path const& at)
    {
        Checker fields(at, fault_);
        S::visit_fields(message, fields);
    }

private:
    void report(std::optional<BrokenRule> broken, Path const& at)
    {
        if (broken) fault_ = Fault{broken->kind, to_string(at), std::move(broken->rule)};
    }

    template <std::size_t MaxLength>
    void check_value(String<MaxLength> const& text, Path const& at)
    {
        report(check_length(text, MaxLength), at);
        if (!is_utf8(text)) report(BrokenRule{FaultKind::property_constraint, "UTF-8 text"}, at);
    }

    template <std::int64_t Min, std::int64_t Max>
    void check_value(Integer<Min, Max> number, Path const& at)
    {
        report(check_range(number.value, Min, Max), at);
    }

    template <WireEnum E>
    void check_value(E value, Path const& at)
    {
        if (wire_name(value).empty()) report(not_in_enumeration(wire_names_of<E>), at);
    }

    template <class T, std::size_t Min, std::size_t Max>
    void check_value(List<T, Min, Max> const& items, Path const& at)
    {
        report(check_count(items.size(), Min, Max), at);
        for (std::size_t i = 0; i < items.size() && !fault_; ++i) check_value(items[i], at.item(i));
    }

    void check_value(Decimal number, Path const& at) { report(check_finite(number.value), at); }
    void check_value(Timestamp time, Path const& at) { report(check_time(time), at); }
    void check_value(Tenths, Path const&) {}
    void check_value(bool, Path const&) {}

    Path const& at_;
    std::optional<Fault>& fault_;
};

}
