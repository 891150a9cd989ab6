// A server under measurement: a process of its own, whose CPU time and memory the system tells.
#pragma once

#include "tools/benchmarks/units.hpp"

#include <ctime>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace bench {

class Child {
public:
    // Its errors go to the end of the file `log`. It dies with this process.
    Child(std::vector<std::string> command, std::filesystem::path const& log);
    ~Child();  // asks it to end (SIGTERM), and kills it when it does not
    Child(Child const&) = delete;
    Child& operator=(Child const&) = delete;

    // Its next line of output, without the line's end. Throws std::runtime_error when it ends or
    // nothing comes.
    std::string read_line();

    // Of all its threads, user and system.
    Seconds cpu_time() const;
    // Memory of its own: heap and stacks, without files and without the kernel's socket buffers.
    double anonymous_bytes() const;
    // Waits until it does nothing any more.
    void settle() const;

private:
    std::string name_;
    pid_t pid_ = -1;
    int output_ = -1;
    clockid_t cpu_clock_{};
    std::string read_;  // not yet asked for
};

// The word after `mark` in `line`, up to the next blank; throws std::runtime_error without one.
std::string word_after(std::string const& line, std::string const& mark);
// The port of ADDRESS:PORT.
std::uint16_t port_of(std::string const& endpoint);

}
