// The way of a new user: start the server on nothing, read the login, set up an installation with
// `kurs`, watch it. And what `kurs` says when something is wrong, by its exit status.
#include "tests/integration/support/server.hpp"
#include "tests/integration/support/waiting.hpp"

#include <doctest/doctest.h>

#include <csignal>

using namespace integration;

namespace {

// The exit statuses of kurs, which scripts rely on.
enum Status { well = 0, refused = 1, usage = 2, not_reachable = 3 };

// A server started by flags alone, and somebody at a shell beside it.
class Shell {
public:
    Shell() { start(); }

    void start()
    {
        process_ = std::make_unique<Process>(Launch{.program = KURS_SERVER_PROGRAM,
            .arguments = {"--data", data().string(), "--stations", "127.0.0.1:0", "--operators",
                "127.0.0.1:0"},
            .folder = folder_.path(),
            .name = "server"});
        port_ = await_listening(*process_).operators;
    }
    void stop()
    {
        process_->signal(SIGTERM);
        CHECK(process_->wait() == 0);
    }

    Process& process() { return *process_; }
    fs::path const& folder() const { return folder_.path(); }
    fs::path data() const { return folder_.path() / "new" / "data"; }
    std::string url() const { return "ws://127.0.0.1:" + std::to_string(port_); }
    std::string password_file(std::string const& password) const
    {
        auto const file = folder_.path() / "password.txt";
        write_file(file, password + "\n");
        return file.string();
    }

    Launch kurs(std::vector<std::string> arguments, std::vector<std::string> environment = {}) const
    {
        return {.program = KURS_PROGRAM,
            .arguments = std::move(arguments),
            .environment = std::move(environment),
            .folder = folder_.path(),
            .name = "kurs"};
    }
    Outcome run(std::vector<std::string> arguments, std::vector<std::string> environment = {}) const
    {
        return run_to_end(kurs(std::move(arguments), std::move(environment)));
    }
    // A call with the stored login, that must succeed.
    json::object call(std::string const& method, std::string const& params = "{}") const
    {
        auto const outcome = run({"call", method, params});
        CAPTURE(outcome.errors);
        REQUIRE(outcome.code == well);
        CHECK(outcome.errors == "");
        return json::parse(outcome.output).as_object();
    }
    // A call that must fail with `status` and a line that has `words`, and no output.
    void check_refused(Outcome const& outcome, Status status, std::string const& words) const
    {
        CHECK(outcome.code == status);
        CHECK(outcome.output == "");
        CHECK(lines_of(outcome.errors).size() == 1);
        CHECK_MESSAGE(outcome.errors.find(words) != std::string::npos, outcome.errors);
    }

private:
    Folder folder_;
    std::unique_ptr<Process> process_;
    std::uint16_t port_ = 0;
};

}

TEST_SUITE("first steps")
{
    TEST_CASE("the first start makes the data directory and prints a login, once and for all")
    {
        Shell shell;
        auto const login = printed_login(shell.process().output());
        REQUIRE(login);
        CHECK(login->user == "admin");
        CHECK(login->password.size() >= 12);
        CHECK(lines_of(shell.process().output()).size() == 2);  // and where it listens
        CHECK(fs::is_regular_file(shell.data() / "kurs.db"));
        CHECK(shell
                  .run({"login", "--server", shell.url(), "--password-file",
                      shell.password_file(login->password)})
                  .code == well);
        CHECK(shell.process().errors().find(login->password) == std::string::npos);
        for (auto const& entry : contents_of(shell.data()))
            CHECK_MESSAGE(entry.second.find(login->password) == std::string::npos, entry.first);

        shell.stop();
        shell.start();
        CHECK_FALSE(printed_login(shell.process().output()));
        auto const again = shell.run({"call", "installation.list", "--server", shell.url(),
            "--password-file", shell.password_file(login->password)});
        CHECK(again.code == well);
        CHECK(json::parse(again.output) == json::value{{"installations", json::array{}}});
    }
    TEST_CASE("kurs sets up an installation and watches it")
    {
        Shell shell;
        auto const login = printed_login(shell.process().output()).value();
        auto const logged_in = shell.run({"login", "--server", shell.url(), "--password-file",
            shell.password_file(login.password)});
        CHECK_MESSAGE(logged_in.code == well, logged_in.errors);

        auto const home = shell.call("installation.create", R"({"name":"Home","limit_a":25})");
        auto const id = integer(home, "id");
        CHECK(text(home, "name") == "Home");
        CHECK(thousandths(home, "limit_a") == 25'000);
        CHECK(text(home, "grid") == "TN400");
        CHECK(items(shell.call("installation.list"), "installations") == json::array{home});
        // By environment, as scripts do; this login ends with the call.
        auto const by_environment = shell.run({"call", "installation.list"},
            {"KURS_SERVER=" + shell.url(), "KURS_USER=admin", "KURS_PASSWORD=" + login.password});
        CHECK(by_environment.code == well);

        auto watching = shell.kurs(
            {"watch", "live", "--installation", std::to_string(id), "--json"});
        watching.name = "watch";
        Process watch(watching);
        auto const await_lines = [&](std::size_t count) {
            return await(
                "lines of kurs watch",
                [&] {
                    auto lines = lines_of(watch.output());
                    return lines.size() >= count ? std::optional(lines) : std::nullopt;
                },
                [&] { return watch.report(); });
        };
        auto const first = json::parse(await_lines(1)->front()).as_object();
        CHECK(integer(first, "installation") == id);
        CHECK(items(first, "nodes").size() == 1);
        shell.call("circuit.create",
            R"({"installation":)" + std::to_string(id) + R"(,"label":"Garage","rating_a":16})");
        // The first change that is published may be the state at the subscription once more.
        auto const second = await(
            "a line with the new circuit",
            [&]() -> std::optional<json::object> {
                auto last = json::parse(lines_of(watch.output()).back()).as_object();
                return items(last, "nodes").size() == 2 ? std::optional(std::move(last))
                                                        : std::nullopt;
            },
            [&] {
                return watch.report();
            }).value();
        CHECK(text(items(second, "nodes")[1].as_object(), "label") == "Garage");
        watch.signal(SIGINT);
        CHECK(watch.wait() == well);
        CHECK(watch.errors() == "");

        watching.arguments.pop_back();  // for people
        watching.name = "watch-text";
        Process readable(watching);
        await(
            "a table", [&] { return readable.output().find("Garage") != std::string::npos; },
            [&] { return readable.report(); });
        shell.stop();
        CHECK(readable.wait() == not_reachable);
    }
    TEST_CASE("kurs says by its exit status what went wrong")
    {
        Shell shell;
        auto const login = printed_login(shell.process().output()).value();
        shell.check_refused(
            shell.run({"call", "station.list", "--server", shell.url()}), refused, "not logged in");
        shell.check_refused(shell.run({"call", "station.list", "--server", shell.url(),
                                "--password-file", shell.password_file(login.password + "x")}),
            refused, "-32002");
        shell.check_refused(shell.run({"login", "--server", shell.url(), "--user", "nobody",
                                "--password-file", shell.password_file(login.password)}),
            refused, "-32002");
        REQUIRE(shell
                    .run({"login", "--server", shell.url(), "--password-file",
                        shell.password_file(login.password)})
                    .code == well);
        shell.check_refused(shell.run({"call", "station.explode"}), refused, "-32601");
        shell.check_refused(
            shell.run({"call", "installation.create", R"({"name":"x"})"}), refused, "limit_a");
        shell.check_refused(
            shell.run({"call", "installation.create", R"({"name":"x","limit_a":0})"}), refused,
            "limit_a");
        shell.check_refused(
            shell.run({"call", "live.get", R"({"installation":77})"}), refused, "-32003");
        shell.check_refused(shell.run({"call", "station.list", "["}), usage, "JSON");
        CHECK(shell.run({"watch", "weather", "--installation", "1"}).code != well);
        shell.check_refused(shell.run({"watch", "--installation", "77"}), refused, "-32003");
        shell.stop();
        shell.check_refused(shell.run({"call", "station.list"}), not_reachable, "no connection to");
    }
}
