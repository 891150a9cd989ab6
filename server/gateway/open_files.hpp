// How many files, and so connections, the process may have open.
#pragma once

#include <cstdint>

namespace gateway {

// Raises the soft limit (RLIMIT_NOFILE) to the hard one and returns what it is now; every station
// takes one. Leaves it where it is when that fails.
std::uint64_t raise_open_files_limit();

}
