// Message structs out of JSON values, with every constraint checked on the way.
//
// Whatever does not depend on a struct is a function of Reader, compiled once; the templates below
// are instantiated per type of field, not per field, which keeps two hundred messages cheap.
#pragma once

#include "ocpp/constraints.hpp"
#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"
#include "ocpp/path.hpp"
#include "ocpp/version.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace ocpp {

// The rules of one version, and the first fault found. A function that finds a fault keeps it and
// leaves its result empty or unchanged.
class Reader {
public:
    explicit Reader(Version version) : version_(version) {}

    Version version() const { return version_; }
    bool failed() const { return fault_.has_value(); }
    std::optional<Fault>& fault() { return fault_; }
    void report(FaultKind kind, std::string rule, Path const& at);
    void report(std::optional<BrokenRule> broken, Path const& at);

    boost::json::object const* object(boost::json::value const& json, Path const& at);
    boost::json::array const* list(
        boost::json::value const& json, std::size_t at_least, std::size_t at_most, Path const& at);
    std::string_view text(boost::json::value const& json, std::size_t at_most, Path const& at);
    std::int64_t integer(
        boost::json::value const& json, std::int64_t min, std::int64_t max, Path const& at);
    Tenths tenths(boost::json::value const& json, Path const& at);
    Decimal decimal(boost::json::value const& json, Path const& at);
    bool boolean(boost::json::value const& json, Path const& at);
    Timestamp time(boost::json::value const& json, Path const& at);

    // The position of a name in `names`.
    std::size_t name(
        boost::json::value const& json, std::span<std::string_view const> names, Path const& at);

private:
    Version version_;
    std::optional<Fault> fault_;
};

template <std::size_t MaxLength>
void read(Reader& reader, boost::json::value const& json, String<MaxLength>& out, Path const& at)
{
    out.assign(reader.text(json, MaxLength, at));
}

template <std::int64_t Min, std::int64_t Max>
void read(Reader& reader, boost::json::value const& json, Integer<Min, Max>& out, Path const& at)
{
    out.value = reader.integer(json, Min, Max, at);
}

template <WireEnum E>
void read(Reader& reader, boost::json::value const& json, E& out, Path const& at)
{
    out = static_cast<E>(reader.name(json, wire_names_of<E>, at));
}

inline void read(Reader& reader, boost::json::value const& json, Tenths& out, Path const& at)
{
    out = reader.tenths(json, at);
}

inline void read(Reader& reader, boost::json::value const& json, Decimal& out, Path const& at)
{
    out = reader.decimal(json, at);
}

inline void read(Reader& reader, boost::json::value const& json, bool& out, Path const& at)
{
    out = reader.boolean(json, at);
}

inline void read(Reader& reader, boost::json::value const& json, Timestamp& out, Path const& at)
{
    out = reader.time(json, at);
}

template <class T, std::size_t Min, std::size_t Max>
void read(Reader& reader, boost::json::value const& json, List<T, Min, Max>& out, Path const& at);

template <WireStruct S>
void read(Reader& reader, boost::json::value const& json, S& out, Path const& at);

// Visits the fields of one object.
class ObjectReader {
public:
    ObjectReader(Reader& reader, boost::json::object const& object, Path const& at)
        : reader_(reader), object_(object), at_(at)
    {
    }

    template <class T>
    void operator()(std::string_view name, T& field)
    {
        if (auto const* json = required(name)) read(reader_, *json, field, at_.member(name));
    }

    template <class T>
    void operator()(std::string_view name, std::optional<T>& field)
    {
        if (auto const* json = present(name))
            read(reader_, *json, field.emplace(), at_.member(name));
    }

    // Every field of the object was declared and visited (customData of 2.0.1 aside).
    bool knows_all();

private:
    boost::json::value const* required(std::string_view name);
    boost::json::value const* present(std::string_view name);

    Reader& reader_;
    boost::json::object const& object_;
    Path const& at_;
    std::size_t known_ = 0;
};

// Reports the first field that a struct does not declare.
class UnknownFieldFinder {
public:
    explicit UnknownFieldFinder(boost::json::object const& object);

    template <class T>
    void operator()(std::string_view name, T&)
    {
        forget(name);
    }

    void report_to(Reader& reader, Path const& at) const;

private:
    void forget(std::string_view name);

    std::vector<std::string_view> names_;
};

template <class T, std::size_t Min, std::size_t Max>
void read(Reader& reader, boost::json::value const& json, List<T, Min, Max>& out, Path const& at)
{
    auto const* items = reader.list(json, Min, Max, at);
    if (items == nullptr) return;
    out.reserve(items->size());
    for (std::size_t i = 0; i < items->size() && !reader.failed(); ++i)
        read(reader, (*items)[i], out.emplace_back(), at.item(i));
}

template <WireStruct S>
void read(Reader& reader, boost::json::value const& json, S& out, Path const& at)
{
    auto const* object = reader.object(json, at);
    if (object == nullptr) return;
    ObjectReader fields(reader, *object, at);
    S::visit_fields(out, fields);
    if (reader.failed() || fields.knows_all()) return;
    UnknownFieldFinder finder(*object);
    S::visit_fields(out, finder);
    finder.report_to(reader, at);
}

}
