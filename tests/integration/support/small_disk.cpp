#include "tests/integration/support/small_disk.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sched.h>
#include <stdexcept>
#include <sys/mount.h>
#include <system_error>
#include <unistd.h>

namespace integration {

namespace {

// Far more than a database and its log take in a short test: the log starts anew at 64 MB.
constexpr char const* size_option = "size=128m";
constexpr char const* filler_name = "filler";

std::string last_error(std::string const& what)
{
    return what + ": " + std::generic_category().message(errno);
}

// Of this thread alone, once: what is mounted from now on nobody else sees.
bool take_own_mounts()
{
    return ::unshare(CLONE_NEWNS) == 0 &&
           ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

}

SmallDisk::SmallDisk(fs::path folder) : folder_(std::move(folder))
{
    fs::create_directories(folder_);
    if (!take_own_mounts())
        problem_ = last_error("no mounts of its own");
    else if (::mount("none", folder_.c_str(), "tmpfs", 0, size_option) != 0)
        problem_ = last_error("no file system");
}

SmallDisk::~SmallDisk()
{
    if (problem_.empty()) ::umount2(folder_.c_str(), MNT_DETACH);
}

void SmallDisk::fill() const
{
    auto const file = folder_ / filler_name;
    int const filler = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (filler < 0) throw std::runtime_error(last_error("no filler"));
    constexpr std::size_t page = 4096;
    std::array<char, page> const bytes{};
    while (::write(filler, bytes.data(), bytes.size()) > 0) {
    }
    bool const full = errno == ENOSPC;
    auto const problem = last_error("it does not get full");
    ::close(filler);
    if (!full) throw std::runtime_error(problem);
}

void SmallDisk::free() const { fs::remove(folder_ / filler_name); }

void SmallDisk::set_read_only(bool read_only) const
{
    auto const flags = MS_REMOUNT | (read_only ? static_cast<unsigned long>(MS_RDONLY) : 0UL);
    if (::mount("none", folder_.c_str(), "tmpfs", flags, size_option) != 0)
        throw std::runtime_error(last_error("cannot change how it is mounted"));
}

}
