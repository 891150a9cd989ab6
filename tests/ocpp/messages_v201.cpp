#include "message_case.hpp"
#include "ocpp/v201/actions.hpp"

namespace ocpp::test {

#define KURS_V201_CASES(NAME, DIRECTION) KURS_CASES(v201, NAME)

std::span<MessageCase const> v201_messages()
{
    static constexpr MessageCase cases[] = {OCPP_V201_ACTIONS(KURS_V201_CASES)};
    return cases;
}

}
