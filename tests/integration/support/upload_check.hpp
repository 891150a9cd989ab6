// Compares what the server has of uploaders' transactions with what they know.
#pragma once

#include "tests/integration/support/operator.hpp"
#include "tests/integration/support/uploader.hpp"

#include <cstddef>

namespace integration {

// doctest checks: of the transactions from the place `from` on, everything acknowledged is there
// exactly once, with its samples and its energy, and nothing else but perhaps the report that is
// pending. `from` 0: the station has no other sessions either.
void check_uploads(Operator const& someone, Uploader const& uploader, std::size_t from);

}
