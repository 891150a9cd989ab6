// What is wrong with a file, for whoever wrote it.
#pragma once

#include <string>

namespace plan {

struct Fault {
    std::string path;  // of the value, like evses[3].min_a, or an id; empty: the file as a whole
    std::string rule;  // what is asked of it

    friend bool operator==(Fault const&, Fault const&) = default;
};

// "evses[3].min_a: must be a number from 0 to 1000"
inline std::string text_of(Fault const& fault)
{
    return fault.path.empty() ? fault.rule : fault.path + ": " + fault.rule;
}

}
