#include "every_message.hpp"

#include "ocpp/codec.hpp"
#include "ocpp/v16/actions.hpp"
#include "ocpp/v201/actions.hpp"

namespace ocpp::test {

namespace {

template <class M>
std::vector<Fact> facts()
{
    std::vector<Fact> all;
    FactCollector(VersionOf<M>::value, "", all).describe(M{}, "");
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
std::variant<std::string, Fault> recode(Payload const& payload)
{
    auto decoded = decode<M>(payload);
    if (auto* const fault = std::get_if<Fault>(&decoded)) return std::move(*fault);
    return encode(std::get<M>(decoded));
}

template <class M>
constexpr MessageCase case_of(std::string_view action, bool is_response)
{
    return {VersionOf<M>::value, action, is_response, facts<M>, random_text<M>, recode<M>};
}

#define KURS_CASES(NAMESPACE, NAME)                                                                \
    case_of<NAMESPACE::NAME##Request>(#NAME, false),                                               \
        case_of<NAMESPACE::NAME##Response>(#NAME, true),
#define KURS_V16_CASES(NAME, DIRECTION) KURS_CASES(v16, NAME)
#define KURS_V201_CASES(NAME, DIRECTION) KURS_CASES(v201, NAME)

constexpr MessageCase cases[] = {OCPP_V16_ACTIONS(KURS_V16_CASES)  //
    OCPP_V201_ACTIONS(KURS_V201_CASES)};

}

std::span<MessageCase const> every_message() { return cases; }

std::string name_of(MessageCase const& message)
{
    auto name = std::string(subprotocol_name(message.version)) + " ";
    name += message.action;
    name += message.is_response ? "Response" : "Request";
    return name;
}

}
