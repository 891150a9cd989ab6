// The machine on which is measured.
#pragma once

#include <cstddef>
#include <string>

namespace bench {

// Cores, processor, kernel, and how busy it is already: "2 cores of ..., Linux 6.1.0, load 0.10".
std::string machine_line();

// As many threads as the servers here get: one per core.
std::size_t core_count();

// Raises the soft limit of open files to the hard one, which children inherit. Throws
// std::runtime_error when that is below `needed`.
void raise_open_files_limit(std::size_t needed);

}
