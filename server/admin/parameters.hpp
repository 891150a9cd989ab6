// Parameters are declared, not parsed by hand. A method's parameters are the members of a struct,
// most often of the engine's command itself, listed once:
//
//     template <>
//     inline constexpr auto parameters_of<engine::CreateCircuit> = std::to_array({
//         required<&engine::CreateCircuit::label, Text{1, 100}>("label"),
//         ...
//     });
//
// Reading, checking and the refusal of unknown parameters follow from that list.
#pragma once

#include "server/admin/fault.hpp"
#include "server/admin/parameter_kinds.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace admin {

template <class Params>
struct Parameter {
    std::string_view name;
    bool required = false;
    Rule (*read)(boost::json::value const& json, Params& into) = nullptr;
};

// The struct that a pointer to member belongs to.
template <class Pointer>
struct OwnerOf;
template <class Owner, class Member>
struct OwnerOf<Member Owner::*> {
    using type = Owner;
};

template <auto Member, auto Kind>
using ParameterOf = Parameter<typename OwnerOf<decltype(Member)>::type>;

template <auto Member, auto Kind, class Params>
Rule read_member(boost::json::value const& json, Params& into)
{
    return read_into(Kind, json, into.*Member);
}

template <auto Member, auto Kind>
constexpr ParameterOf<Member, Kind> required(std::string_view name)
{
    using Params = typename OwnerOf<decltype(Member)>::type;
    return {name, true, &read_member<Member, Kind, Params>};
}

// The member's own initialiser is the default.
template <auto Member, auto Kind>
constexpr ParameterOf<Member, Kind> optional(std::string_view name)
{
    using Params = typename OwnerOf<decltype(Member)>::type;
    return {name, false, &read_member<Member, Kind, Params>};
}

// The parameters of a method that takes `Params`; specialised for each beside the list of methods.
template <class Params>
inline constexpr int parameters_of = 0;

// `params` as `Params`, or the first parameter that is unknown, missing or wrong.
template <class Params>
std::variant<Params, Fault> read_parameters(boost::json::object const& params)
{
    auto const& declared = parameters_of<Params>;
    for (auto const& member : params) {
        std::string_view const name{member.key().data(), member.key().size()};
        auto const named = [&](auto const& parameter) { return parameter.name == name; };
        if (std::none_of(declared.begin(), declared.end(), named)) {
            return Fault{ErrorCode::bad_parameters, std::string(name), "unknown parameter"};
        }
    }
    Params result{};
    for (auto const& parameter : declared) {
        auto const* json = params.if_contains({parameter.name.data(), parameter.name.size()});
        Rule rule;
        if (json != nullptr) {
            rule = parameter.read(*json, result);
        } else if (parameter.required) {
            rule = "required";
        }
        if (!rule.empty()) {
            return Fault{ErrorCode::bad_parameters, std::string(parameter.name), std::move(rule)};
        }
    }
    return result;
}

}
