// The payload of a frame on its way between the text and a message's struct.
#pragma once

#include <string_view>

namespace ocpp {

// A payload that has not been read yet: hand it to decode(). It is a part of the frame's text, and
// lives as long as that does. Whether it is JSON at all is seen when it is read.
struct Payload {
    std::string_view text;
};

}
