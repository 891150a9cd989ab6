// The placeholders of the case files: `$tx1` for the transactionId that the server gave, and
// answers that need to agree in part only.
#pragma once

#include <boost/json.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace test {

// The ids that the server has given so far, by placeholder ("$tx1").
using Bindings = std::map<std::string, std::int64_t>;

// `value` with "$tx1" replaced by its number and "$str:tx1" by its number as text. Throws
// std::runtime_error for a placeholder that nothing has bound.
boost::json::value filled_in(boost::json::value const& value, Bindings const& bindings);

// JSON text. Numbers are written as a station would (1.46, not 1.46E0).
std::string text_of(boost::json::value const& value);

// Does `actual` hold what `expected` says? Members of objects and trailing elements of arrays that
// `expected` does not name may be anything. "$tx1" stands for a whole number above 0: bound here if
// it is new, and then unlike all others; the same as before if it is not. {"$one_of": [..]} takes
// any of its strings. Returns what is wrong, with its path; empty: nothing.
std::string disagreement(boost::json::value const& expected, boost::json::value const& actual,
    Bindings& bindings, std::string const& path = "answer");

}
