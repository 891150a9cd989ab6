// Files that cannot be used: each is refused for its own reason, and nothing on the disk changes.
#include "tests/storage/driver.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <fstream>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace storage;
using namespace storage_test;
namespace fs = std::filesystem;

namespace {

void write_file(fs::path const& file, std::string const& bytes)
{
    std::ofstream(file, std::ios::binary) << bytes;
}

std::string read_file(fs::path const& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// A store with a few rows, closed.
void make_store(fs::path const& file)
{
    commit_and_wait(*open_store(file), {sample(1, 1, 1), sample(1, 2, 2)});
}

void check_refused(TemporaryFolder const& folder, std::string const& reason)
{
    auto const before = folder.files();
    std::string const message = refusal(folder.file());
    CAPTURE(message);
    CHECK(message.find(reason) != std::string::npos);
    CHECK(folder.files() == before);
}

// Another process that does `work` when told to, and gives back what it says. Made while no store
// is open: a fork takes none of the threads along, but whatever locks they hold.
class OtherProcess {
public:
    template <class Work>
    explicit OtherProcess(Work work)
    {
        REQUIRE(::pipe(orders_) == 0);
        REQUIRE(::pipe(answers_) == 0);
        child_ = ::fork();
        REQUIRE(child_ >= 0);
        if (child_ != 0) return;
        char order = 0;
        if (::read(orders_[0], &order, 1) != 1) ::_exit(1);
        std::string const said = work();
        auto const written = ::write(answers_[1], said.data(), said.size());
        ::_exit(written == static_cast<ssize_t>(said.size()) ? 0 : 1);
    }

    std::string run()
    {
        REQUIRE(::write(orders_[1], "!", 1) == 1);
        ::close(answers_[1]);
        std::string heard;
        char buffer[512];
        for (ssize_t n = 0; (n = ::read(answers_[0], buffer, sizeof buffer)) > 0;) {
            heard.append(buffer, static_cast<std::size_t>(n));
        }
        for (int const end : {orders_[0], orders_[1], answers_[0]}) {
            ::close(end);
        }
        REQUIRE(::waitpid(child_, nullptr, 0) == child_);
        return heard;
    }

private:
    int orders_[2]{};
    int answers_[2]{};
    pid_t child_ = 0;
};

std::string try_to_open(fs::path const& file)
{
    auto const opened = open_sqlite_store(file);
    auto const* error = std::get_if<OpenError>(&opened);
    return error != nullptr ? error->message : "opened";
}

}

TEST_SUITE("open")
{
    TEST_CASE("a file of a newer version is refused")
    {
        TemporaryFolder const folder;
        make_store(folder.file());
        sqlite::Connection(folder.file(), sqlite::Access::read_write)
            .execute("PRAGMA user_version = 99");
        check_refused(folder, "newer version of this program wrote it (schema 99");
    }

    TEST_CASE("a newer version that stands only in the log of a killed server is seen")
    {
        TemporaryFolder const folder;
        make_store(folder.file());
        {
            sqlite::Connection killed(folder.file(), sqlite::Access::read_write);
            sqlite3_db_config(killed.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
            killed.execute("PRAGMA user_version = 99");
        }
        REQUIRE(fs::file_size(folder.path() / "kurs.db-wal") > 0);
        check_refused(folder, "schema 99");
    }

    TEST_CASE("a file that is no database is refused")
    {
        TemporaryFolder const folder;
        std::mt19937 random(1);
        for (int const size : {1, 15, 16, 99, 100, 5000, 100'000}) {
            CAPTURE(size);
            std::string bytes(static_cast<std::size_t>(size), '\0');
            for (char& byte : bytes) {
                byte = static_cast<char>(random());
            }
            write_file(folder.file(), bytes);
            check_refused(folder, "not a database");
        }
    }

    TEST_CASE("a database that is cut off is refused")
    {
        TemporaryFolder const folder;
        make_store(folder.file());
        std::string const whole = read_file(folder.file());
        for (std::size_t const size : {std::size_t{20}, std::size_t{99}, whole.size() / 2}) {
            CAPTURE(size);
            write_file(folder.file(), whole.substr(0, size));
            auto const before = folder.files();
            CHECK(refusal(folder.file()).size() > folder.file().string().size());
            CHECK(folder.files() == before);
        }
    }

    TEST_CASE("a database whose header is overwritten is refused")
    {
        TemporaryFolder const folder;
        make_store(folder.file());
        std::string bytes = read_file(folder.file());
        bytes.replace(0, 100, 100, 'x');  // SQLite's header is 100 bytes long
        write_file(folder.file(), bytes);
        check_refused(folder, "not a database");
    }

    TEST_CASE("a database of another program is refused")
    {
        TemporaryFolder const folder;
        write_file(folder.file(), "");
        sqlite::Connection(folder.file(), sqlite::Access::read_write)
            .execute("CREATE TABLE recipe (name TEXT)");
        check_refused(folder, "another program");
    }

    TEST_CASE("a database that lacks one of our tables is refused")
    {
        TemporaryFolder const folder;
        make_store(folder.file());
        sqlite::Connection(folder.file(), sqlite::Access::read_write).execute("DROP TABLE user");
        check_refused(folder, "damaged: no such table: user");
    }

    TEST_CASE("a log without its file is refused, for SQLite would delete it")
    {
        TemporaryFolder const folder;
        write_file(folder.path() / "kurs.db-wal", "committed transactions");
        check_refused(folder, "kurs.db-wal");
    }

    TEST_CASE("a folder that is missing, and a file in the place of a folder, are refused")
    {
        TemporaryFolder const folder;
        CHECK(refusal(folder.path() / "no" / "kurs.db").find("no directory") != std::string::npos);
        write_file(folder.path() / "plain", "x");
        CHECK(
            refusal(folder.path() / "plain" / "kurs.db").find("no directory") != std::string::npos);
        fs::create_directory(folder.file());
        CHECK(refusal(folder.file()).find("it is no file") != std::string::npos);
        CHECK(fs::is_empty(folder.file()));
    }

    TEST_CASE("a folder that may not be written to is refused, with a file in it or without")
    {
        // Rights do not bind root: the attempt is made by a process that has become someone else.
        constexpr uid_t somebody = 65534;
        TemporaryFolder const folder;
        make_store(folder.file());
        fs::permissions(folder.file(), fs::perms::all);
        fs::permissions(folder.path(), fs::perms::others_read | fs::perms::others_exec |
                                           fs::perms::owner_read | fs::perms::owner_exec);
        auto const before = folder.files();
        for (char const* name : {"kurs.db", "new.db"}) {
            std::string const message = OtherProcess([&]() -> std::string {
                if (::geteuid() == 0 && ::setuid(somebody) != 0) return "cannot change the user";
                return try_to_open(folder.path() / name);
            }).run();
            CAPTURE(message);
            CHECK(
                message.find(std::string(name) + ".lock: Permission denied") != std::string::npos);
        }
        CHECK(folder.files() == before);
        fs::permissions(folder.path(), fs::perms::owner_all);
    }

    TEST_CASE("a file that may only be read is refused")
    {
        constexpr uid_t somebody = 65534;
        TemporaryFolder const folder;
        make_store(folder.file());
        fs::permissions(folder.path(), fs::perms::all);
        fs::permissions(
            folder.file(), fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
        auto const before = folder.files();
        std::string const message = OtherProcess([&]() -> std::string {
            if (::geteuid() == 0 && ::setuid(somebody) != 0) return "cannot change the user";
            return try_to_open(folder.file());
        }).run();
        CAPTURE(message);
        CHECK(message.find("the file is read-only") != std::string::npos);
        CHECK(folder.files() == before);
    }

    TEST_CASE("a second server is refused, in the same process and in another")
    {
        TemporaryFolder const folder;
        auto store = open_store(folder.file());
        CHECK(refusal(folder.file()).find("another server") != std::string::npos);
        commit_and_wait(*store, {sample(1, 1, 1)});  // the first is not disturbed

        store.reset();
        // The child opens it, and says so; it goes on living until its input is closed.
        int said[2];
        int held[2];
        REQUIRE(::pipe(said) == 0);
        REQUIRE(::pipe(held) == 0);
        pid_t const child = ::fork();
        if (child == 0) {
            ::close(held[1]);
            auto const opened = open_sqlite_store(folder.file());
            char byte = std::holds_alternative<OpenError>(opened) ? 'n' : 'y';
            if (::write(said[1], &byte, 1) != 1) ::_exit(1);
            while (::read(held[0], &byte, 1) > 0) {
            }
            ::_exit(0);  // as if killed: nothing is closed
        }
        char byte = '?';
        REQUIRE(::read(said[0], &byte, 1) == 1);
        CHECK(byte == 'y');
        CHECK(refusal(folder.file()).find("another server") != std::string::npos);
        ::close(held[1]);
        REQUIRE(::waitpid(child, nullptr, 0) == child);
        for (int const end : {said[0], said[1], held[0]}) {
            ::close(end);
        }

        REQUIRE(fs::exists(folder.path() / "kurs.db.lock"));  // the dead one's lock hinders nobody
        CHECK(samples(*open_store(folder.file()), SessionId{1}).size() == 1);
        CHECK(folder.files().size() == 1);
    }

    TEST_CASE("a file that another program keeps locked is refused until it lets go")
    {
        TemporaryFolder const folder;
        make_store(folder.file());
        {
            sqlite::Connection other(folder.file(), sqlite::Access::read_write);
            other.execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE");
            CHECK(refusal(folder.file()).find("locked") != std::string::npos);
        }
        open_store(folder.file());
    }

    TEST_CASE("others may read the file while the server runs")
    {
        TemporaryFolder const folder;
        OtherProcess other([&] {
            sqlite::Connection connection(folder.file(), sqlite::Access::read_only);
            return connection.word("SELECT count(*) FROM fresh_sample");
        });
        auto const store = open_store(folder.file());
        commit_and_wait(*store, {sample(1, 1, 1)});
        CHECK(other.run() == "1");
        commit_and_wait(*store, {sample(1, 2, 2)});
        CHECK(samples(*store, SessionId{1}).size() == 2);
    }

    TEST_CASE("an empty file becomes a store, and only its owner may read a new one")
    {
        TemporaryFolder const folder;
        write_file(folder.file(), "");
        open_store(folder.file());
        fs::remove(folder.file());
        open_store(folder.file());
        CHECK(fs::status(folder.file()).permissions() ==
              (fs::perms::owner_read | fs::perms::owner_write));
    }

    TEST_CASE("a file may have a name that would mean something in a URI")
    {
        TemporaryFolder const folder;
        fs::path const file = folder.path() / "a?mode=memory&b#c%20d.db";
        make_store(file);
        CHECK(samples(*open_store(file), SessionId{1}).size() == 2);
        CHECK(folder.files().size() == 1);
    }
}
