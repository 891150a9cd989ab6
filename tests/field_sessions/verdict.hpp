// Compares the sessions that the store holds after a case with those that the case expects.
#pragma once

#include "storage/store.hpp"
#include "tests/field_sessions/json_pattern.hpp"

#include <string>
#include <vector>

namespace test {

// What is other than `expect` (the member of that name of a case) says, in words, each with all
// sessions that there are. Empty: nothing.
std::vector<std::string> differences(
    storage::Store& store, boost::json::object const& expect, Bindings const& bindings);

}
