// What keeps the server from starting is said in one line with exit status 1, and whatever is there
// stays as it was.
#include "tests/integration/support/server.hpp"

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace integration;

namespace {

// Somebody else who listens on a port.
class Squatter {
public:
    Squatter() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        void* const generic = &address;
        socklen_t length = sizeof address;
        REQUIRE(::bind(socket_, static_cast<sockaddr*>(generic), length) == 0);
        REQUIRE(::listen(socket_, 1) == 0);
        REQUIRE(::getsockname(socket_, static_cast<sockaddr*>(generic), &length) == 0);
        port_ = ntohs(address.sin_port);
    }
    ~Squatter() { ::close(socket_); }
    Squatter(Squatter const&) = delete;
    Squatter& operator=(Squatter const&) = delete;
    std::string endpoint() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    int socket_;
    std::uint16_t port_ = 0;
};

Outcome start(fs::path const& folder, fs::path const& data, std::vector<std::string> more = {})
{
    std::vector<std::string> arguments{"--data", data.string()};
    if (more.empty()) more = {"--stations", "127.0.0.1:0", "--operators", "127.0.0.1:0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_to_end({.program = KURS_SERVER_PROGRAM,
        .arguments = std::move(arguments),
        .folder = folder,
        .name = "refused"});
}

// One line on stderr that has all of `words`, nothing on stdout.
void check_refused(Outcome const& outcome, std::vector<std::string> const& words)
{
    CAPTURE(outcome.errors);
    CHECK(outcome.code == 1);
    CHECK(outcome.output == "");
    CHECK(lines_of(outcome.errors).size() == 1);
    CHECK(outcome.errors.starts_with("kurs-server: "));
    for (auto const& word : words) {
        CAPTURE(word);
        CHECK(outcome.errors.find(word) != std::string::npos);
    }
}

// Starts, listens and stops as it should.
void start_and_stop(fs::path const& folder, fs::path const& data)
{
    Process process({.program = KURS_SERVER_PROGRAM,
        .arguments = {"--data", data.string(), "--stations", "127.0.0.1:0", "--operators",
            "127.0.0.1:0"},
        .folder = folder,
        .name = "server"});
    await_listening(process);
    process.signal(SIGTERM);
    CHECK(process.wait() == 0);
}

// A database as a server leaves it.
fs::path used_data(Folder const& folder)
{
    auto const data = folder.path() / "data";
    start_and_stop(folder.path(), data);
    return data;
}

}

TEST_SUITE("a server that cannot start")
{
    TEST_CASE("says which port is in use, and has not touched the data directory")
    {
        Folder const folder;
        Squatter const squatter;
        auto const data = folder.path() / "data";
        check_refused(start(folder.path(), data,
                          {"--stations", squatter.endpoint(), "--operators", "127.0.0.1:0"}),
            {squatter.endpoint(), "in use"});
        check_refused(start(folder.path(), data,
                          {"--stations", "127.0.0.1:0", "--operators", squatter.endpoint()}),
            {squatter.endpoint(), "in use"});
        CHECK_FALSE(fs::exists(data));
    }
    TEST_CASE("says that the data directory is none, or cannot be written")
    {
        Folder const folder;
        auto const file = folder.path() / "file";
        write_file(file, "important");
        check_refused(start(folder.path(), file), {file.string()});
        check_refused(start(folder.path(), file / "below"), {file.string()});
        CHECK(read_file(file) == "important");
        // For root, permissions are none, but nobody makes files there.
        fs::path unwritable = "/sys/kernel";
        if (::geteuid() != 0) {
            unwritable = folder.path() / "read-only";
            fs::create_directory(unwritable);
            fs::permissions(unwritable, fs::perms::owner_read | fs::perms::owner_exec);
        }
        check_refused(start(folder.path(), unwritable), {unwritable.string()});
    }
    TEST_CASE("leaves a file alone that is no database, a damaged one, or another program's")
    {
        Folder const folder;
        auto const data = used_data(folder);
        auto const file = data / "kurs.db";
        auto const good = read_file(file);
        std::string damaged = good;
        for (std::size_t i = 0; i < damaged.size(); ++i)
            if (i % 4096 >= 100) damaged[i] = static_cast<char>(i * 37);
        std::string foreign = good;
        foreign.replace(68, 4, "ABCD");  // application_id: https://sqlite.org/fileformat.html
        for (auto const& content : {std::string(8192, 'x'), std::string("short"), damaged, foreign,
                 good.substr(0, good.size() / 2)}) {
            write_file(file, content);
            auto const before = contents_of(data);
            check_refused(start(folder.path(), data), {file.string()});
            CHECK(contents_of(data) == before);
        }
        write_file(file, good);
        start_and_stop(folder.path(), data);
    }
    TEST_CASE("leaves the database of a newer version alone, and says so")
    {
        Folder const folder;
        auto const data = used_data(folder);
        auto content = read_file(data / "kurs.db");
        content[60] = 1;  // user_version, big-endian: 16 million versions ahead
        write_file(data / "kurs.db", content);
        auto const before = contents_of(data);
        check_refused(start(folder.path(), data), {(data / "kurs.db").string(), "newer version"});
        CHECK(contents_of(data) == before);
    }
    TEST_CASE("says that another server has the data directory, which goes on undisturbed")
    {
        ServerProcess server;
        server.start();
        check_refused(start(server.folder(), server.data()), {"in use by another server"});
        server.log_in().call("installation.list");
        CHECK(server.stop() == 0);
        server.start();
        server.log_in().call("installation.list");
    }
    TEST_CASE("names the line of the configuration file that is wrong")
    {
        Folder const folder;
        auto const file = folder.path() / "kurs.toml";
        write_file(file, "[stations]\nlisten = \"127.0.0.1:0\"\nlistn = 1\n");
        auto const data = folder.path() / "data";
        check_refused(start(folder.path(), data, {"--config", file.string()}),
            {file.string() + ":3", "listn"});
        CHECK_FALSE(fs::exists(data));
        CHECK(start(folder.path(), data, {"--stations", "nowhere"}).code == 2);
        CHECK(start(folder.path(), data, {"--no-such-flag"}).code == 2);
        CHECK_FALSE(fs::exists(data));
    }
}
