// The tables of a version's messages: included by the tables_*.cpp only.
#pragma once

#include "ocpp/action.hpp"
#include "ocpp/catalogue.hpp"
#include "ocpp/codec.hpp"
#include "ocpp/value_types.hpp"

#define OCPP_DEFINE_LAYOUT(MESSAGE)                                                                \
    template <>                                                                                    \
    Layout const& message_layout<MESSAGE>()                                                        \
    {                                                                                              \
        static Layout const layout = make_message_layout<MESSAGE>();                               \
        return layout;                                                                             \
    }

namespace ocpp {

template <class Request>
constexpr CatalogueEntry unanswered()
{
    using Action = ActionOf<Request>;
    return {.name = Action::name,
        .direction = Action::direction,
        .request = &message_layout<Request>,
        .response = nullptr};
}

template <class Request>
constexpr CatalogueEntry answered()
{
    auto entry = unanswered<Request>();
    entry.response = &message_layout<typename ActionOf<Request>::Response>;
    return entry;
}

}
