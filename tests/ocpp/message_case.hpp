// A MessageCase out of a message's type. Included once per version: it instantiates everything.
#pragma once

#include "every_message.hpp"
#include "ocpp/action.hpp"
#include "ocpp/codec.hpp"

namespace ocpp::test {

template <class M>
std::vector<Fact> facts()
{
    std::vector<Fact> all;
    FactCollector("", all).describe(M{}, "");
    return all;
}

template <class M>
RandomText random_text(Random& random, Fullness fullness)
{
    M message;
    RandomFields(random, fullness).fill(message);
    return {encode(message), check(message)};
}

template <class M>
constexpr MessageCase case_of(std::string_view action, bool is_response)
{
    return {VersionOf<M>::value, action, is_response, facts<M>, random_text<M>, message_layout<M>};
}

}

#define KURS_REQUEST_CASE(NAMESPACE, NAME) case_of<NAMESPACE::NAME##Request>(#NAME, false),
#define KURS_CASES(NAMESPACE, NAME)                                                                \
    KURS_REQUEST_CASE(NAMESPACE, NAME) case_of<NAMESPACE::NAME##Response>(#NAME, true),
