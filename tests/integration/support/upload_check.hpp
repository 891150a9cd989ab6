// Several uploaders on a plant, and whether the server has of their transactions what they know.
#pragma once

#include "tests/integration/support/operator.hpp"
#include "tests/integration/support/uploader.hpp"

#include <cstddef>
#include <memory>
#include <random>
#include <vector>

namespace integration {

using Uploaders = std::vector<std::unique_ptr<Uploader>>;

// Of both versions in turn, on a plant of their own.
Uploaders add_uploaders(Operator const& someone, std::size_t count, std::mt19937_64& random);
void begin_all(Uploaders const& uploaders, std::uint16_t port);
void join_all(Uploaders const& uploaders);
// Of all together, by now.
std::size_t acknowledged(Uploaders const& uploaders);
// Until all is told, and with check_uploads() of all of it; the server has nothing open or
// unbooked.
void finish_and_check(Operator const& someone, Uploaders const& uploaders, std::uint16_t port);

// doctest checks: of the transactions from the place `from` on, everything acknowledged is there
// exactly once, with its samples and its energy, and nothing else but perhaps the report that is
// pending. `from` 0: the station has no other sessions either.
void check_uploads(Operator const& someone, Uploader const& uploader, std::size_t from);

}
