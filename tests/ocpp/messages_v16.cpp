#include "message_case.hpp"
#include "ocpp/v16/actions.hpp"

namespace ocpp::test {

#define KURS_V16_CASES(NAME, DIRECTION) KURS_CASES(v16, NAME)

std::span<MessageCase const> v16_messages()
{
    static constexpr MessageCase cases[] = {OCPP_V16_ACTIONS(KURS_V16_CASES)};
    return cases;
}

}
