// The bodies of decode(), encode() and check(). Included only where they are instantiated, once per
// version: ocpp/v16/codec.cpp and ocpp/v201/codec.cpp.
#pragma once

#include "ocpp/action.hpp"
#include "ocpp/checker.hpp"
#include "ocpp/codec.hpp"
#include "ocpp/reader.hpp"
#include "ocpp/writer.hpp"

namespace ocpp {

template <class M>
std::variant<M, Fault> decode(Payload const& payload)
{
    Reader reader(VersionOf<M>::value);
    std::variant<M, Fault> result;
    read(reader, payload.json, std::get<M>(result), Path::root());
    if (reader.failed()) result = std::move(*reader.fault());
    return result;
}

template <class M>
std::string encode(M const& message)
{
    constexpr std::size_t usual_size = 256;
    std::string text;
    text.reserve(usual_size);
    append_json(text, message);
    return text;
}

template <class M>
std::optional<Fault> check(M const& message)
{
    auto const root = Path::root();
    std::optional<Fault> fault;
    Checker(root, fault).check_value(message, root);
    return fault;
}

}

#define OCPP_INSTANTIATE_CODEC(MESSAGE)                                                            \
    template std::variant<MESSAGE, Fault> decode<MESSAGE>(Payload const&);                         \
    template std::string encode<MESSAGE>(MESSAGE const&);                                          \
    template std::optional<Fault> check<MESSAGE>(MESSAGE const&);
