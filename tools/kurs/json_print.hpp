// JSON for people to read.
#pragma once

#include <boost/json/value.hpp>

#include <string>

namespace kurs {

// Indented by two; a list of plain values stays on its line; numbers in their shortest form.
std::string indented(boost::json::value const& value);

// The same without any white space.
std::string one_line(boost::json::value const& value);

}
