#include "storage/sqlite/file_lock.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace storage::sqlite {

namespace {

constexpr int no_descriptor = -1;
constexpr mode_t owner_only = 0600;

// Whether `descriptor` is what stands under the name now. Its last owner may have removed the name
// after we had opened it: a lock on that is a lock on nothing.
bool is_current(int descriptor, std::filesystem::path const& file)
{
    struct stat ours {};
    struct stat named {};
    return ::fstat(descriptor, &ours) == 0 && ::stat(file.c_str(), &named) == 0 &&
           ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
}

}

FileLock::FileLock(std::filesystem::path file, int descriptor)
    : file_(std::move(file)), descriptor_(descriptor)
{
}

FileLock::FileLock(FileLock&& other) noexcept
    : file_(std::move(other.file_)), descriptor_(std::exchange(other.descriptor_, no_descriptor))
{
}

FileLock::~FileLock()
{
    if (descriptor_ == no_descriptor) return;
    ::unlink(
        file_.c_str());  // before the lock is given up: is_current() of the next one relies on it
    ::close(descriptor_);
}

std::variant<FileLock, std::string> FileLock::take(std::filesystem::path const& file)
{
    for (;;) {
        int const descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only);
        if (descriptor == no_descriptor) {
            return file.string() + ": " + std::generic_category().message(errno);
        }
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            int const reason = errno;
            ::close(descriptor);
            if (reason == EWOULDBLOCK) return std::string("it is in use by another server");
            return file.string() + ": " + std::generic_category().message(reason);
        }
        if (is_current(descriptor, file)) return FileLock(file, descriptor);
        ::close(descriptor);
    }
}

}
