// Products of two currents, or of a current and a scaled coefficient, need more than 64 bits. GCC
// and Clang have the type on every 64-bit machine.
#pragma once

namespace balancing {

__extension__ using Wide = __int128;

}
