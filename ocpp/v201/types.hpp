// OCPP 2.0.1: types that messages of several functional blocks share (part 2, section 2,
// datatypes). customData may stand in any object of 2.x: V2_FIELDS declares it, after the fields of
// the schema.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v201 {

// Why a status is what it is.
struct StatusInfo {
    String<20> reasonCode{};
    std::optional<String<512>> additionalInfo{};
    V2_FIELDS(reasonCode, additionalInfo)
};

struct Evse {
    Integer<> id{};  // from 1; 0 is the station itself where that makes sense
    std::optional<Integer<>> connectorId{};  // from 1 within the EVSE
    V2_FIELDS(id, connectorId)
};

enum class MessageFormat { ascii, html, uri, utf8 };
constexpr auto wire_names(MessageFormat) { return spelled("ASCII", "HTML", "URI", "UTF8"); }

// Text that the station shows.
struct MessageContent {
    MessageFormat format{};
    std::optional<String<8>> language{};  // RFC 5646
    String<512> content{};
    V2_FIELDS(format, language, content)
};

enum class GenericStatus { accepted, rejected };
constexpr auto wire_names(GenericStatus) { return spelled("Accepted", "Rejected"); }

}
