// What a schema says, as a list of small statements. The message structs and the official schema
// files give such lists independently; they must be equal.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace ocpp::test {

// "chargingProfile.chargingSchedule[].duration", "type", "integer".
struct Fact {
    std::string path;   // [] stands for every item of a list; empty for the message
    std::string rule;   // in the schema's words
    std::string value;  // empty when the rule has none

    friend auto operator<=>(Fact const&, Fact const&) = default;
};

std::string to_string(Fact const& fact);

// "a" and "b" give "a.b".
std::string join(std::string_view path, std::string_view field);

std::string join(std::vector<std::string> const& words);

// The facts of one official schema file, its references resolved.
std::vector<Fact> facts_of_schema(boost::json::value const& schema);

// Visits a message struct.
class FactCollector {
public:
    FactCollector(std::string path, std::vector<Fact>& facts)
        : path_(std::move(path)), facts_(facts)
    {
    }

    template <class T>
    void operator()(std::string_view name, T const& value)
    {
        fields_.emplace_back(name);
        state(join(path_, name), "required");
        describe(value, join(path_, name));
    }

    template <class T>
    void operator()(std::string_view name, std::optional<T> const&)
    {
        fields_.emplace_back(name);
        state(join(path_, name), "optional");
        describe(T{}, join(path_, name));
    }

    // A field of every class of 2.x, and not one of its own.
    void operator()(std::string_view, CustomData const&) { state(path_, "customData"); }

    template <WireStruct S>
    void describe(S const& message, std::string const& path)
    {
        state(path, "type", "object");
        state(path, "closed");
        FactCollector inside(path, facts_);
        S::visit_fields(message, inside);
        state(path, "fields", join(inside.fields_));
    }

private:
    void state(std::string const& path, std::string rule, std::string value = {})
    {
        facts_.push_back({path, std::move(rule), std::move(value)});
    }

    template <std::size_t MaxLength>
    void describe(String<MaxLength> const&, std::string const& path)
    {
        state(path, "type", "string");
        if (MaxLength < std::numeric_limits<std::size_t>::max())
            state(path, "maxLength", std::to_string(MaxLength));
    }

    template <std::int64_t Min, std::int64_t Max>
    void describe(Integer<Min, Max>, std::string const& path)
    {
        state(path, "type", "integer");
        if (Min > std::numeric_limits<std::int64_t>::min())
            state(path, "minimum", std::to_string(Min));
        if (Max < std::numeric_limits<std::int64_t>::max())
            state(path, "maximum", std::to_string(Max));
    }

    template <WireEnum E>
    void describe(E, std::string const& path)
    {
        state(path, "type", "string");
        auto const& names = wire_names_of<E>;
        state(path, "enum", join(std::vector<std::string>(names.begin(), names.end())));
    }

    template <class T, std::size_t Min, std::size_t Max>
    void describe(List<T, Min, Max> const&, std::string const& path)
    {
        state(path, "type", "array");
        if (Min > 0) state(path, "minItems", std::to_string(Min));
        if (Max < std::numeric_limits<std::size_t>::max())
            state(path, "maxItems", std::to_string(Max));
        describe(T{}, path + "[]");
    }

    void describe(Tenths, std::string const& path)
    {
        state(path, "type", "number");
        state(path, "multipleOf", "0.1");
    }
    template <std::int64_t Min, std::int64_t Max>
    void describe(Number<Min, Max>, std::string const& path)
    {
        state(path, "type", "number");
        if (Min != unbounded_below) state(path, "minimum", std::to_string(Min));
        if (Max != unbounded_above) state(path, "maximum", std::to_string(Max));
    }
    void describe(Uri const&, std::string const& path)
    {
        state(path, "type", "string");
        state(path, "format", "uri");
    }
    void describe(AnyJson const&, std::string const&) {}
    void describe(bool, std::string const& path) { state(path, "type", "boolean"); }
    void describe(Timestamp, std::string const& path)
    {
        state(path, "type", "string");
        state(path, "format", "date-time");
    }

    std::string path_;
    std::vector<Fact>& facts_;
    std::vector<std::string> fields_;
};

}
