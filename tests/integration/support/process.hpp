// A program that runs beside the test, with its output kept in files so that it never blocks. It
// dies with the test.
#pragma once

#include "tests/integration/support/folder.hpp"

#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace integration {

struct Launch {
    fs::path program;
    std::vector<std::string> arguments{};
    std::vector<std::string> environment{};  // NAME=VALUE, over that of the test
    fs::path folder;                         // of the output files; also HOME
    std::string name = "program";            // of the output files
};

class Process {
public:
    explicit Process(Launch const& launch);
    ~Process();  // kills it when it still runs
    Process(Process const&) = delete;
    Process& operator=(Process const&) = delete;

    void signal(int number) const;
    // Nothing while it runs; 128 + the signal's number when a signal has ended it.
    std::optional<int> exit_code();
    // Waits for the end.
    int wait();

    std::string output() const { return read_file(output_); }
    std::string errors() const { return read_file(errors_); }
    // Command line, state and output, for failures.
    std::string report();

private:
    fs::path output_;
    fs::path errors_;
    std::string command_;
    pid_t pid_ = -1;
    std::optional<int> exit_code_;
};

// What a program left behind that ran to its end.
struct Outcome {
    int code = 0;
    std::string output;
    std::string errors;
};
Outcome run_to_end(Launch const& launch);

// Without their line ends; a last line without one counts, too.
std::vector<std::string> lines_of(std::string const& text);

}
