#include "tools/benchmarks/machine.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <thread>

namespace bench {

namespace {

std::string processor_name()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("model name")) continue;
        auto const colon = line.find(": ");
        if (colon != std::string::npos) return line.substr(colon + 2);
    }
    return "an unnamed processor";
}

std::string load_of_last_minute()
{
    std::array<double, 1> load{};
    if (getloadavg(load.data(), 1) != 1) return "unknown";
    auto const text = std::to_string(load[0]);
    constexpr std::size_t decimals = 2;
    return text.substr(0, text.find('.') + 1 + decimals);
}

}

std::string machine_line()
{
    utsname system{};
    std::string const kernel = uname(&system) == 0
                                   ? std::string(system.sysname) + " " + system.release
                                   : "an unknown system";
    return std::to_string(core_count()) + " cores of " + processor_name() + ", " + kernel +
           ", load before " + load_of_last_minute();
}

std::size_t core_count() { return std::max(1U, std::thread::hardware_concurrency()); }

void raise_open_files_limit(std::size_t needed)
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        throw std::runtime_error("the limit of open files cannot be read");
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_max < needed)
        throw std::runtime_error(
            "needs " + std::to_string(needed) + " open files, and the hard limit (ulimit -Hn) is " +
            std::to_string(limit.rlim_max));
}

}
