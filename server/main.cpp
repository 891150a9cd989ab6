// kurs-server: puts the pieces together. Everything else knows only its neighbours.
#include "server/admin/api.hpp"
#include "server/admin/first_user.hpp"
#include "server/config.hpp"
#include "server/gateway/clock.hpp"
#include "server/gateway/context.hpp"
#include "server/gateway/lanes.hpp"
#include "server/gateway/log.hpp"
#include "server/gateway/open_files.hpp"
#include "server/gateway/operator_listener.hpp"
#include "server/gateway/shards.hpp"
#include "server/gateway/shutdown.hpp"
#include "server/gateway/station_listener.hpp"
#include "server/health.hpp"
#include "storage/sqlite/sqlite_store.hpp"

#include <boost/asio/signal_set.hpp>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace {

namespace fs = std::filesystem;
using gateway::Channel, gateway::Severity;

constexpr char const* version = "kurs-server 0.1.0";
constexpr char const* database_file = "kurs.db";
constexpr int exit_cannot_start = 1;
constexpr int exit_bad_arguments = 2;

// The value, or an exception with the line that says what is wrong; main() prints it.
template <class T>
T value_or_throw(std::variant<T, std::string> result)
{
    if (auto* const error = std::get_if<std::string>(&result)) throw std::runtime_error(*error);
    return std::get<T>(std::move(result));
}

gateway::Acceptor listen_on(
    boost::asio::io_context& front, std::string const& endpoint, gateway::SocketBuffers buffers)
{
    return value_or_throw(
        gateway::listen_on(front, gateway::parse_endpoint(endpoint).value(), buffers));
}

gateway::StaticFiles console_files(config::Config const& config)
{
    if (config.operators_console_directory.empty()) return {};
    return value_or_throw(gateway::StaticFiles::load(config.operators_console_directory));
}

std::unique_ptr<storage::Store> open_store(fs::path const& directory)
{
    std::error_code error;
    fs::create_directories(directory, error);
    if (error)
        throw std::runtime_error("data directory " + directory.string() + ": " + error.message());
    auto opened = storage::open_sqlite_store(directory / database_file);
    if (auto const* failed = std::get_if<storage::OpenError>(&opened))
        throw std::runtime_error(failed->message);
    return std::get<std::unique_ptr<storage::Store>>(std::move(opened));
}

gateway::OperatorHandlers handlers_of(admin::Api& api, kurs::HealthBoard const& health)
{
    return {
        .open =
            [&api](std::function<void(std::string)> send, std::string peer) {
                auto conversation = api.open(std::move(send), std::move(peer));
                return gateway::OperatorConversation{.on_text = std::move(conversation.on_text),
                    .on_close = std::move(conversation.on_close)};
            },
        .rpc =
            [&api](std::string bearer, std::string body, std::string peer,
                std::function<void(gateway::HttpAnswer)> answer) {
                api.rpc(std::move(bearer), std::move(body), std::move(peer),
                    [answer = std::move(answer)](admin::HttpAnswer given) {
                        answer({.status = given.status, .body = std::move(given.body)});
                    });
            },
        .health = [&health] { return health.answer(); },
    };
}

// A new server's first login is shown once, here.
std::vector<storage::User> users_of(storage::Store& store, storage::Contents const& contents)
{
    auto users = contents.users;
    if (auto const login = admin::ensure_first_user(store, users, gateway::read_clocks().utc))
        std::cout << "login user=" << login->user << " password=" << login->password << std::endl;
    return users;
}

// All parts, in the order of dependence: the doors go first, and the store before the shards that
// it calls back.
class Server {
public:
    explicit Server(config::Config const& config);

    // Until a signal ends it.
    void run();

private:
    void watch_health();
    void await_signal();

    gateway::Log const log_;
    gateway::Context front_{1};
    // What can fail for the operator's reasons comes before anything is written.
    gateway::StaticFiles files_;
    gateway::Acceptor station_port_;
    gateway::Acceptor operator_port_;

    kurs::HealthBoard health_;
    gateway::Lanes lanes_;
    std::unique_ptr<gateway::Shards> shards_;
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<admin::Api> api_;
    std::unique_ptr<gateway::StationListener> stations_;
    std::unique_ptr<gateway::OperatorListener> operators_;
    std::unique_ptr<gateway::Shutdown> shutdown_;
    boost::asio::signal_set signals_{front_, SIGINT, SIGTERM};
};

Server::Server(config::Config const& config)
    : log_(gateway::stderr_sink(), config::log_level(config)),
      files_(console_files(config)),
      station_port_(listen_on(front_, config.stations_listen,
          {.bytes = static_cast<int>(config.stations_socket_buffer_bytes)})),
      operator_port_(listen_on(front_, config.operators_listen, gateway::operator_buffers)),
      lanes_(config::thread_count(config), log_),
      store_(open_store(config.data_directory))
{
    auto const contents = store_->load();
    shards_ = std::make_unique<gateway::Shards>(
        lanes_, *store_, log_, config::engine_settings(config), contents, gateway::read_clocks);
    watch_health();
    store_->keep(config::retention(config));
    auto const users = users_of(*store_, contents);
    api_ = std::make_unique<admin::Api>(*shards_, *store_, users,
        admin::Environment{.clock = gateway::read_clocks, .log = [this](std::string const& line) {
                               log_.write_text(Severity::info, Channel::api, line);
                           }});
    health_.tell([this](storage::Health const& now) { api_->store_health(now); });
    stations_ = std::make_unique<gateway::StationListener>(
        std::move(station_port_), lanes_, *shards_, log_, config::station_options(config));
    operators_ = std::make_unique<gateway::OperatorListener>(std::move(operator_port_),
        handlers_of(*api_, health_), std::move(files_), log_, config::operator_options(config));
    shutdown_ = std::make_unique<gateway::Shutdown>(front_, *stations_, *operators_, *shards_,
        std::chrono::seconds(config.shutdown_timeout_s), [this](bool in_time) {
            log_.write(
                Severity::info, Channel::net, "stopped", {{"in_time", in_time ? "yes" : "no"}});
            front_.stop();
        });
}

void Server::watch_health()
{
    health_.tell([this](storage::Health const& now) {
        if (!now.writable)
            log_.write(Severity::error, Channel::db, "store_failed", {{"problem", now.problem}});
        shards_->store_health(now.writable);
    });
    store_->on_health([this](storage::Health now) { health_.set(std::move(now)); });
}

void Server::await_signal()
{
    signals_.async_wait([this](boost::system::error_code error, int number) {
        if (error) return;
        log_.write(Severity::info, Channel::net, "stopping", {{"signal", number}});
        shutdown_->begin();
        await_signal();  // a second one ends the waiting
    });
}

void Server::run()
{
    await_signal();
    lanes_.start();
    shards_->start();
    stations_->start();
    operators_->start();
    log_.write(Severity::info, Channel::net, "started",
        {{"threads", lanes_.count()}, {"open_files_limit", gateway::raise_open_files_limit()}});
    std::cout << "listening stations=" << gateway::to_string(stations_->local())
              << " operators=" << gateway::to_string(operators_->local()) << std::endl;
    gateway::run_and_survive(front_, log_);
    lanes_.stop();
    front_.discard_pending();
    lanes_.discard_pending();
    // Its last health, if any, is for nobody.
    health_.hush();
}

struct Arguments {
    std::string config_file;
    bool check_config = false;
    // Flags, and the keys that they set.
    std::vector<std::pair<std::string, std::string>> settings;
};

// Ends the program after --help, --version and bad flags.
Arguments parse_arguments(int argc, char** argv)
{
    Arguments arguments;
    CLI::App app("Kurs, an OCPP central system that shares the current of an installation.");
    app.set_version_flag("--version", version);
    auto const setting = [&](char const* flag, char const* key, char const* help) {
        app.add_option_function<std::string>(
            flag,
            [&, key](std::string const& value) { arguments.settings.emplace_back(key, value); },
            help);
    };
    setting("--data", "server.data_directory", "where everything is stored [./data]");
    setting("--stations", "stations.listen", "ADDR:PORT for stations [0.0.0.0:9000]");
    setting("--operators", "operators.listen", "ADDR:PORT for operators [127.0.0.1:8080]");
    setting("--console", "operators.console_directory", "the console's files");
    setting("--log-level", "server.log_level", "debug, info, warning or error [info]");
    app.add_option("--config", arguments.config_file, "a kurs.toml; flags win over it");
    app.add_flag("--check-config", arguments.check_config, "print the configuration and end");
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        int const code = app.exit(error);  // prints the help, the version or the error
        std::exit(code == 0 ? EXIT_SUCCESS : exit_bad_arguments);
    }
    return arguments;
}

// The configuration, or the line that says what is wrong with a flag. Flags win over the file.
std::variant<config::Config, config::Error> read_config(Arguments const& arguments)
{
    config::Config config;
    if (!arguments.config_file.empty())
        if (auto const error = config::apply_file(config, arguments.config_file))
            throw std::runtime_error(*error);
    for (auto const& [key, value] : arguments.settings)
        if (auto error = config::set_text(config, key, value)) return *error;
    return config;
}

}

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN);  // whoever read our output may have gone
    try {
        auto const arguments = parse_arguments(argc, argv);
        auto const config = read_config(arguments);
        if (auto const* const error = std::get_if<config::Error>(&config)) {
            std::cerr << "kurs-server: " << *error << '\n';
            return exit_bad_arguments;
        }
        if (arguments.check_config) {
            std::cout << config::to_toml(std::get<config::Config>(config));
            return EXIT_SUCCESS;
        }
        Server(std::get<config::Config>(config)).run();
        return EXIT_SUCCESS;
    } catch (std::exception const& error) {
        std::cerr << "kurs-server: " << error.what() << '\n';
        return exit_cannot_start;
    }
}
