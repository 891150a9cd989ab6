// OCPP 2.1: types that messages of several functional blocks share. What 2.1 left as it was is
// taken from 2.0.1, here and in the other files: a using declaration says that every rule of the
// type is the same.
#pragma once

#include "ocpp/v201/types.hpp"

namespace ocpp::v21 {

using v201::GenericStatus;

// Why a status is what it is.
struct StatusInfo {
    String<20> reasonCode{};
    std::optional<String<1024>> additionalInfo{};
    V2_FIELDS(reasonCode, additionalInfo)
};

struct Evse {
    // From 1; 0 is the station itself where that makes sense.
    Integer<0> id{};
    std::optional<Integer<0>> connectorId{};  // from 1 within the EVSE
    V2_FIELDS(id, connectorId)
};

enum class MessageFormat { ascii, html, uri, utf8, qrcode };
constexpr auto wire_names(MessageFormat)
{
    return spelled("ASCII", "HTML", "URI", "UTF8", "QRCODE");
}

// Text that the station shows.
struct MessageContent {
    MessageFormat format{};
    std::optional<String<8>> language{};  // RFC 5646
    String<1024> content{};
    V2_FIELDS(format, language, content)
};

}
