// Message structs out of JSON text, in one pass, with every constraint checked on the way.
#pragma once

#include "ocpp/constraints.hpp"
#include "ocpp/field_types.hpp"
#include "ocpp/json_text.hpp"
#include "ocpp/layout.hpp"
#include "ocpp/level.hpp"
#include "ocpp/path.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocpp {

// Reads values from its text, one after the other. What the schema forbids and can be understood
// all the same is a remark where the level is tolerant. Everything else is a fault: the first is
// kept, and nothing is read after it.
class Reader {
public:
    Reader(std::string_view text, Level level, std::vector<Fault>& remarks)
        : json_(text), level_(level), remarks_(remarks)
    {
    }

    bool failed() const { return fault_.has_value(); }
    std::optional<Fault>& fault() { return fault_; }

    // The whole text is one object with these fields, or `null` for an object without any.
    void message(Layout const& layout, void* out);

    // A value of any type of field.
    void value(ValueType const& type, void* out, Path const& at);

    void object(Layout const& layout, void* out, Path const& at);
    void list(ValueType const& type, void* out, Path const& at);
    void text(std::string& out, std::size_t at_most, Path const& at);
    void uri(std::string& out, Path const& at);
    std::int64_t integer(std::int64_t min, std::int64_t max, Path const& at);
    double number(std::int64_t min, std::int64_t max, Path const& at);
    Tenths tenths(Path const& at);
    bool boolean(Path const& at);
    Timestamp time(Path const& at);
    void any(std::string& out, Path const& at);
    CustomData custom_data(Path const& at);

    // The value of the enumerator whose name comes: its place in `names`, or the value beside it in
    // `others`. A tolerant reader takes other cases of letters, and for any other text
    // `value_of_unknown`.
    int name(
        std::span<std::string_view const> names, std::span<Spelling const> others, Path const& at);

private:
    bool tolerant() const { return level_ == Level::tolerant; }
    void fail(FaultKind kind, std::string rule, Path const& at);
    // A deviation that can be understood: false when it is a fault here.
    bool deviates(FaultKind kind, std::string rule, Path const& at);
    void deviates(std::optional<BrokenRule> broken, Path const& at);
    void not_json(Path const& at);
    void wrong_type(std::string_view rule, Path const& at);

    void field(Field const& field, void* out, Path const& at);
    bool stands_for_nothing(ValueType const& type, Path const& at);
    void missing(Layout const& layout, std::uint64_t seen, void* out, Path const& at);
    void skip_unknown(std::string_view name, Path const& at);
    std::optional<JsonNumber> numeral(Path const& at);

    JsonText json_;
    Level level_;
    std::optional<Fault> fault_;
    std::vector<Fault>& remarks_;
    std::string numeral_;  // of a number that came as a string
};

}
