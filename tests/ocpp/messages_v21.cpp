#include "message_case.hpp"
#include "ocpp/v21/actions.hpp"

namespace ocpp::test {

#define KURS_V21_CASES(NAME, DIRECTION) KURS_CASES(v21, NAME)
#define KURS_V21_SEND_CASES(NAME, DIRECTION) KURS_REQUEST_CASE(v21, NAME)

std::span<MessageCase const> v21_messages()
{
    static constexpr MessageCase cases[] = {
        OCPP_V21_ACTIONS(KURS_V21_CASES) OCPP_V21_SENDS(KURS_V21_SEND_CASES)};
    return cases;
}

}
