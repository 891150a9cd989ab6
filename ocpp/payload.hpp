// The payload of a frame on its way between the text and a message's struct.
#pragma once

#include <boost/json/value.hpp>

namespace ocpp {

// A payload that has been read as JSON and not yet as a message. What it is inside concerns `ocpp`
// only: hand it to decode().
struct Payload {
    boost::json::value json;
};

}
