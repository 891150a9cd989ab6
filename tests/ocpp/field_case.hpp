// A payload as a station in the field sends it, and what the two levels make of it.
#pragma once

#include "ocpp/codec.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ocpp::test {

inline constexpr auto format = FaultKind::format;
inline constexpr auto type = FaultKind::type_constraint;
inline constexpr auto property = FaultKind::property_constraint;
inline constexpr auto occurrence = FaultKind::occurrence_constraint;

// A remark or a fault. The rule's text is for people: it must contain `rule`.
struct Expected {
    FaultKind kind;
    std::string_view path;
    std::string_view rule;
};

inline void check_expected(Fault const& fault, Expected const& expected)
{
    CHECK(fault.kind == expected.kind);
    CHECK(fault.path == expected.path);
    CHECK(!fault.rule.empty());
    CHECK_MESSAGE(fault.rule.find(expected.rule) != std::string::npos, fault.rule);
}

template <class M>
Tolerated<M> tolerated(std::string_view payload)
{
    auto result = decode_tolerantly<M>({payload});
    if (auto const* fault = std::get_if<Fault>(&result)) FAIL(payload, ": ", describe(*fault));
    return std::get<Tolerated<M>>(std::move(result));
}

// The payload breaks a rule and is understood: the message that a tolerant reader takes, which
// makes exactly these remarks, in this order. A strict one refuses it, with the first of them
// unless `refusal` says otherwise.
template <class M>
M taken(std::string_view payload, std::vector<Expected> const& remarks,
    std::optional<Expected> const& refusal = std::nullopt)
{
    CAPTURE(payload);
    auto result = tolerated<M>(payload);
    REQUIRE(result.remarks.size() == remarks.size());
    for (std::size_t i = 0; i < remarks.size(); ++i) check_expected(result.remarks[i], remarks[i]);

    auto const strict = decode<M>({payload});
    REQUIRE(std::holds_alternative<Fault>(strict));
    check_expected(std::get<Fault>(strict), refusal ? *refusal : remarks.at(0));
    return std::move(result.message);
}

// The payload is odd and breaks no rule: both levels take the same from it, without a remark.
template <class M>
M legal(std::string_view payload)
{
    CAPTURE(payload);
    auto result = tolerated<M>(payload);
    for (auto const& remark : result.remarks) FAIL_CHECK(describe(remark));

    auto const strict = decode<M>({payload});
    if (auto const* fault = std::get_if<Fault>(&strict)) FAIL(describe(*fault));
    CHECK(encode(std::get<M>(strict)) == encode(result.message));
    return std::move(result.message);
}

// The payload cannot be understood: a fault on both levels, the same unless `strict` is given (it
// stops at the first rule that is broken).
template <class M>
void refused(std::string_view payload, Expected const& tolerant,
    std::optional<Expected> const& strict = std::nullopt)
{
    CAPTURE(payload);
    auto const with_remarks = decode_tolerantly<M>({payload});
    REQUIRE(std::holds_alternative<Fault>(with_remarks));
    check_expected(std::get<Fault>(with_remarks), tolerant);

    auto const result = decode<M>({payload});
    REQUIRE(std::holds_alternative<Fault>(result));
    check_expected(std::get<Fault>(result), strict ? *strict : tolerant);
}

}
