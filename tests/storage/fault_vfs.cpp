#include "tests/storage/fault_vfs.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <new>

namespace storage_test {

namespace {

// SQLite allocates szOsFile bytes for each file: ours, and behind it those of the real one.
struct File {
    sqlite3_file base;
    FaultVfs* faults;
    bool is_main_file;
    sqlite3_file* real;
};

constexpr std::size_t real_offset = (sizeof(File) + alignof(std::max_align_t) - 1) /
                                    alignof(std::max_align_t) * alignof(std::max_align_t);

File& self(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return self(file).real; }
sqlite3_io_methods const& methods(sqlite3_file* file) { return *real(file)->pMethods; }

int close(sqlite3_file* f) { return methods(f).xClose(real(f)); }

int read(sqlite3_file* f, void* to, int bytes, sqlite3_int64 offset)
{
    int const fault = self(f).faults->before_read();
    return fault != SQLITE_OK ? fault : methods(f).xRead(real(f), to, bytes, offset);
}

int write(sqlite3_file* f, void const* from, int bytes, sqlite3_int64 offset)
{
    int const fault = self(f).faults->before_write(bytes, self(f).is_main_file);
    return fault != SQLITE_OK ? fault : methods(f).xWrite(real(f), from, bytes, offset);
}

int truncate(sqlite3_file* f, sqlite3_int64 size)
{
    int const fault = self(f).faults->before_change(SQLITE_IOERR_TRUNCATE);
    return fault != SQLITE_OK ? fault : methods(f).xTruncate(real(f), size);
}

int sync(sqlite3_file* f, int flags)
{
    int const fault = self(f).faults->before_change(SQLITE_IOERR_FSYNC);
    return fault != SQLITE_OK ? fault : methods(f).xSync(real(f), flags);
}

int file_size(sqlite3_file* f, sqlite3_int64* size) { return methods(f).xFileSize(real(f), size); }
int lock(sqlite3_file* f, int level) { return methods(f).xLock(real(f), level); }
int unlock(sqlite3_file* f, int level) { return methods(f).xUnlock(real(f), level); }
int check_reserved_lock(sqlite3_file* f, int* is_locked)
{
    return methods(f).xCheckReservedLock(real(f), is_locked);
}
int file_control(sqlite3_file* f, int op, void* value)
{
    return methods(f).xFileControl(real(f), op, value);
}
int sector_size(sqlite3_file* f) { return methods(f).xSectorSize(real(f)); }
int device_characteristics(sqlite3_file* f) { return methods(f).xDeviceCharacteristics(real(f)); }
int shm_map(sqlite3_file* f, int region, int bytes, int extend, void volatile** memory)
{
    return methods(f).xShmMap(real(f), region, bytes, extend, memory);
}
int shm_lock(sqlite3_file* f, int offset, int count, int flags)
{
    return methods(f).xShmLock(real(f), offset, count, flags);
}
void shm_barrier(sqlite3_file* f) { methods(f).xShmBarrier(real(f)); }
int shm_unmap(sqlite3_file* f, int remove) { return methods(f).xShmUnmap(real(f), remove); }

// Version 2: without memory-mapped reading, so that every read comes through here.
constexpr sqlite3_io_methods faulty_methods{2, close, read, write, truncate, sync, file_size, lock,
    unlock, check_reserved_lock, file_control, sector_size, device_characteristics, shm_map,
    shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};

// SQLite keeps the address of a registered VFS; pAppData leads to the faults.
struct Registered {
    sqlite3_vfs vfs;
    sqlite3_vfs* real;
    FaultVfs* faults;
};

int open(sqlite3_vfs* vfs, char const* name, sqlite3_file* file, int flags, int* out_flags)
{
    auto const& registered = *static_cast<Registered const*>(vfs->pAppData);
    file->pMethods = nullptr;  // nothing to close, should this fail
    if ((flags & SQLITE_OPEN_CREATE) != 0) {
        int const fault = registered.faults->before_change(SQLITE_CANTOPEN);
        if (fault != SQLITE_OK) return fault;
    }
    auto* const behind = reinterpret_cast<sqlite3_file*>(
        reinterpret_cast<std::byte*>(file) + real_offset);
    int const code = registered.real->xOpen(registered.real, name, behind, flags, out_flags);
    if (code != SQLITE_OK) return code;
    bool const is_main_file = (flags & SQLITE_OPEN_MAIN_DB) != 0;
    new (file) File{{&faulty_methods}, registered.faults, is_main_file, behind};
    return SQLITE_OK;
}

Registered& the_registration()
{
    static Registered registered{};
    return registered;
}

}

FaultVfs::FaultVfs()
{
    Registered& registered = the_registration();
    registered.real = sqlite3_vfs_find("unix");
    registered.faults = this;
    registered.vfs = *registered.real;  // all but opening is as it is there
    registered.vfs.zName = "faults";
    registered.vfs.pAppData = &registered;
    registered.vfs.szOsFile = static_cast<int>(real_offset) + registered.real->szOsFile;
    registered.vfs.xOpen = open;
    sqlite3_vfs_register(&registered.vfs, 1);
}

FaultVfs::~FaultVfs()
{
    sqlite3_vfs_register(sqlite3_vfs_find("unix"), 1);
    sqlite3_vfs_unregister(&the_registration().vfs);
}

void FaultVfs::fail_at(std::int64_t nth, bool and_all_after)
{
    changes_ = 0;
    fail_all_after_ = and_all_after;
    fail_at_ = nth;
}

int FaultVfs::before_change(int failure)
{
    std::int64_t const number = ++changes_;
    std::int64_t const nth = fail_at_;
    bool const fails = nth != 0 && (number == nth || (fail_all_after_ && number > nth));
    return fails ? failure : SQLITE_OK;
}

int FaultVfs::before_write(std::int64_t bytes, bool is_main_file)
{
    if (is_main_file && main_file_fails_) return SQLITE_IOERR_WRITE;
    if (space_ != unlimited && (space_ -= bytes) < 0) return SQLITE_FULL;
    return before_change(SQLITE_IOERR_WRITE);
}

int FaultVfs::before_read() const { return reads_fail_ ? SQLITE_IOERR_READ : SQLITE_OK; }

}
