// check(): the constraints of a message struct that did not come through decode().
#pragma once

#include "ocpp/constraints.hpp"
#include "ocpp/field_types.hpp"
#include "ocpp/layout.hpp"
#include "ocpp/path.hpp"

#include <optional>

namespace ocpp {

// Keeps the first fault of what it is shown.
class Checker {
public:
    bool failed() const { return fault_.has_value(); }
    std::optional<Fault>& fault() { return fault_; }

    void object(Layout const& layout, void const* message, Path const& at);
    void value(ValueType const& type, void const* value, Path const& at);

private:
    void list(ValueType const& type, void const* value, Path const& at);
    void uri(std::string_view value, Path const& at);
    void any(AnyJson const& value, Path const& at);
    void custom_data(CustomData const& value, Path const& at);
    void report(std::optional<BrokenRule> broken, Path const& at);
    void text(std::string_view value, std::size_t at_most, Path const& at);

    std::optional<Fault> fault_;
};

}
