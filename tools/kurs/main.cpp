// `kurs`: the operators' API on the command line.
#include "tools/kurs/commands.hpp"
#include "tools/kurs/plan_command.hpp"
#include "tools/kurs/server_address.hpp"

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>
#include <string>

namespace kurs {
namespace {

void add_login_options(CLI::App& command, Options& options)
{
    command
        .add_option("--server", options.server,
            "the server, ws://HOST[:PORT]; else that of the login, else " +
                std::string(default_server))
        ->envname("KURS_SERVER");
    command.add_option("--user", options.user, "log in as USER, by password; else admin")
        ->type_name("USER");
    command
        .add_option("--password-file", options.password_file,
            "file with the password in its first line; else KURS_PASSWORD, else it is asked for")
        ->type_name("FILE");
}

CLI::App* add_login(CLI::App& app, Options& options)
{
    auto* login = app.add_subcommand("login", "log in and keep the login for later calls");
    add_login_options(*login, options);
    login->footer(
        "The login is kept in ${XDG_CONFIG_HOME:-~/.config}/kurs/session.json, which only "
        "you can\n"
        "read. It ends 12 hours after its last use, and with the server.\n"
        "Examples:\n"
        "  kurs login\n"
        "  kurs login --server ws://charging.example:8080 --user anna "
        "--password-file pw.txt");
    return login;
}

CLI::App* add_call(CLI::App& app, Options& options)
{
    auto* call = app.add_subcommand("call", "call a method and print its result as JSON");
    call->add_option("METHOD", options.method, "the method, like station.list")->required();
    call->add_option(
        "JSON", options.params, "its parameters, or - to read them from stdin; else {}");
    add_login_options(*call, options);
    call->footer(
        "--user and --password-file log in for this call only.\n"
        "Examples:\n"
        "  kurs call station.list\n"
        "  kurs call session.list '{\"installation\":1,\"open\":true}'\n"
        "  kurs call station.call "
        "'{\"station\":\"CP-1\",\"action\":\"Reset\",\"payload\":{\"type\":\"Soft\"}}'\n"
        "  jq -n '{token:\"04AABBCC\"}' | kurs call token.put -");
    return call;
}

CLI::App* add_export(CLI::App& app, Options& options)
{
    auto& filter = options.filter;
    auto* sessions = app.add_subcommand(
        "export", "print sessions with their energy as CSV, the newest first, with their sum");
    sessions->add_option("--installation", filter.installation, "of this installation")
        ->type_name("ID");
    sessions->add_option("--charge-point", filter.charge_point, "of this charge point")
        ->type_name("ID");
    sessions->add_option("--station", filter.station, "of this station")->type_name("IDENTITY");
    sessions->add_option("--token", filter.token, "of this token")->type_name("TOKEN");
    sessions->add_option("--from", filter.from, "that began at this time or later, as RFC 3339")
        ->type_name("TIME");
    sessions->add_option("--until", filter.until, "and before this time")->type_name("TIME");
    add_login_options(*sessions, options);
    sessions->footer("The columns are explained in server/admin/README.md.\n"
                     "Examples:\n"
                     "  kurs export --installation 1 --from 2026-11-01T00:00:00Z > november.csv\n"
                     "  kurs export --token 04AABBCC");
    return sessions;
}

CLI::App* add_watch(CLI::App& app, Options& options)
{
    auto* watch = app.add_subcommand("watch", "show live views until Ctrl-C");
    watch->add_option("TOPIC", options.topic, "what to watch: live, which is all there is")
        ->check(CLI::IsMember({"live"}));
    watch->add_option("--installation", options.installation, "the installation's id")
        ->required()
        ->type_name("ID");
    watch->add_flag("--json", options.raw_json, "one line of JSON per view");
    add_login_options(*watch, options);
    watch->footer("--user and --password-file log in for this watch only.\n"
                  "Examples:\n"
                  "  kurs watch --installation 1\n"
                  "  kurs watch live --installation 1 --json | jq '.nodes[0].current_a'");
    return watch;
}

CLI::App* add_plan(CLI::App& app, PlanOptions& options)
{
    auto* plan = app.add_subcommand(
        "plan", "plan an installation that a file describes; needs no server");
    plan->add_option("FILE", options.file, "the installation as JSON, or - to read it from stdin")
        ->required();
    plan->add_flag("--json", options.json, "the plan as JSON instead of a table");
    auto* day = plan->add_flag("--day", options.day,
        "play a day of the file's sessions, or of synthetic ones, instead of one instant");
    plan->add_option("--hours", options.day_overrides.hours, "end the day after so many hours")
        ->check(CLI::Range(std::int64_t{1}, plan::most_day_hours))
        ->needs(day);
    plan->add_option("--cars", options.day_overrides.cars, "play so many synthetic cars")
        ->check(CLI::Range(std::size_t{1}, plan::most_day_cars))
        ->needs(day);
    plan->add_option("--seed", options.day_overrides.seed, "of the synthetic cars")->needs(day);
    plan->footer("tools/plan/README.md lists the fields; examples are beside it.\n"
                 "Examples:\n"
                 "  kurs plan tools/plan/example.json\n"
                 "  kurs plan --day --cars 40 tools/plan/day/example.json\n"
                 "  kurs plan --json plant.json | jq '.evses[] | select(.limit_a == 0)'");
    return plan;
}

int run(int argc, char** argv)
{
    Options options;
    PlanOptions plan_options;
    CLI::App app{"Operates a Kurs server: all that the console does, for the shell and for "
                 "scripts.\nserver/admin/README.md lists the methods and objects."};
    app.require_subcommand(1);
    app.footer(
        "Examples:\n"
        "  kurs login --server ws://127.0.0.1:8080 --user admin\n"
        "  kurs call installation.list\n"
        "  kurs call circuit.create "
        "'{\"installation\":1,\"label\":\"Kurs 1\",\"rating_a\":32}'\n"
        "  kurs watch --installation 1\n"
        "  kurs export --installation 1 > sessions.csv\n"
        "  kurs plan plant.json\n"
        "Where there is no login, KURS_USER and KURS_PASSWORD log in for one call.\n"
        "Exit status: 0 done; 1 the server refused, and the error is on stderr; 2 wrong "
        "usage;\n3 the server cannot be reached.");
    auto const* login = add_login(app, options);
    auto const* logout = app.add_subcommand("logout", "end the login, here and on the server");
    auto const* call = add_call(app, options);
    auto const* sessions = add_export(app, options);
    auto const* plan = add_plan(app, plan_options);
    add_watch(app, options);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? all_well : usage;  // 0: help was asked for
    }
    if (*login) return run_login(options);
    if (*logout) return run_logout();
    if (*call) return run_call(options);
    if (*sessions) return run_export(options);
    if (*plan) return run_plan(plan_options);
    return run_watch(options);
}

}
}

int main(int argc, char** argv)
{
    try {
        return kurs::run(argc, argv);
    } catch (std::exception const& error) {
        std::cerr << "kurs: " << error.what() << '\n';
        return kurs::usage;
    }
}
