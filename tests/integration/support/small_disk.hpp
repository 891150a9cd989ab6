// A small file system of its own at a folder: full, read-only and well again whenever a test likes.
#pragma once

#include "tests/integration/support/folder.hpp"

#include <string>

namespace integration {

class SmallDisk {
public:
    // Makes `folder` and mounts it, seen by this thread and the processes that it starts only: so
    // nothing is left behind, however the test ends.
    explicit SmallDisk(fs::path folder);
    ~SmallDisk();
    SmallDisk(SmallDisk const&) = delete;
    SmallDisk& operator=(SmallDisk const&) = delete;

    // Why it could not be mounted, mostly because the test does not run as root; empty: it is.
    std::string const& problem() const { return problem_; }

    void fill() const;  // to the last byte
    void free() const;
    // Precondition: nobody has a file there open for writing.
    void set_read_only(bool read_only) const;

private:
    fs::path folder_;
    std::string problem_;
};

}
