// A live view as a block of text for a terminal.
#pragma once

#include <boost/json/value.hpp>

#include <string>

namespace kurs {

// `view` is the live view of server/admin/README.md. Fields that are missing show as "-", so that
// an older or newer server can be watched, too. Ends with a line break.
std::string live_text(boost::json::value const& view);

// Why a charge point has its limit, in words: "L1 of Kurs 1 is full".
std::string reason_text(boost::json::value const& reason);

}
