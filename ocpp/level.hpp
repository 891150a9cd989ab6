// How strictly a payload is taken.
#pragma once

namespace ocpp {

enum class Level {
    strict,    // exactly as the schema says
    tolerant,  // what can be understood is taken, and each deviation is a remark
};

}
