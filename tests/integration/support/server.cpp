#include "tests/integration/support/server.hpp"

#include "tests/integration/support/waiting.hpp"

#include <csignal>

namespace integration {

namespace {

// The word after `mark`, or nothing.
std::optional<std::string> word_after(std::string const& line, std::string const& mark)
{
    auto const found = line.find(mark);
    if (found == std::string::npos) return std::nullopt;
    auto const begin = found + mark.size();
    return line.substr(begin, line.find(' ', begin) - begin);
}

std::uint16_t port_of(std::optional<std::string> const& endpoint)
{
    if (!endpoint) return 0;
    auto const colon = endpoint->rfind(':');
    return static_cast<std::uint16_t>(std::stoul(endpoint->substr(colon + 1)));
}

std::string settings_text(ServerSettings const& settings, fs::path const& data)
{
    return "[server]\ndata_directory = \"" + data.string() +
           "\"\nthreads = " + std::to_string(settings.threads) +
           "\nshutdown_timeout_s = 3\n"
           "[stations]\nlisten = \"127.0.0.1:0\"\n"
           "[operators]\nlisten = \"127.0.0.1:0\"\n"
           "[engine]\nquiet_after_connect_ms = 100\npause_after_boot_ms = 50\n"
           "call_timeout_s = 15\nlive_interval_ms = 20\n"
           "reaction_ms = " +
           std::to_string(settings.reaction_ms) +
           "\nincrease_interval_s = " + std::to_string(settings.increase_interval_s) + "\n";
}

}

ServerProcess::ServerProcess(ServerSettings const& settings)
{
    write_file(folder() / "kurs.toml", settings_text(settings, data()));
}

Launch ServerProcess::launch(std::string name) const
{
    return {.program = KURS_SERVER_PROGRAM,
        .arguments = {"--config", (folder() / "kurs.toml").string()},
        .folder = folder(),
        .name = std::move(name)};
}

void ServerProcess::start()
{
    process_ = std::make_unique<Process>(launch("server-" + std::to_string(++lives_)));
    auto const ports = await_listening(*process_);
    station_port_ = ports.stations;
    operator_port_ = ports.operators;
    printed_ = integration::printed_login(process_->output());
    if (!login_) login_ = printed_;
}

void ServerProcess::kill()
{
    process_->signal(SIGKILL);
    process_->wait();
}

int ServerProcess::stop()
{
    process_->signal(SIGTERM);
    return process_->wait();
}

std::string ServerProcess::operator_url() const
{
    return "ws://127.0.0.1:" + std::to_string(operator_port_);
}

Operator ServerProcess::log_in() const
{
    Operator someone(operator_port_);
    someone.log_in(login().user, login().password);
    return someone;
}

Ports await_listening(Process& process)
{
    auto const listens = [&]() -> std::optional<Ports> {
        // Asked first: what a process that has ended printed last must still be read.
        bool const ended = process.exit_code().has_value();
        auto const output = process.output();
        for (auto const& line : lines_of(output))
            if (line.starts_with("listening ") && output.find(line + '\n') != std::string::npos)
                return Ports{.stations = port_of(word_after(line, "stations=")),
                    .operators = port_of(word_after(line, "operators="))};
        if (ended) throw std::runtime_error("it does not listen: " + process.report());
        return std::nullopt;
    };
    return *await("a server that listens", listens, [&] { return process.report(); });
}

std::optional<Login> printed_login(std::string const& output)
{
    std::optional<Login> login;
    for (auto const& line : lines_of(output)) {
        if (!line.starts_with("login ")) continue;
        if (login) throw std::runtime_error("two logins were printed: " + output);
        login = Login{.user = word_after(line, "user=").value_or(""),
            .password = word_after(line, "password=").value_or("")};
    }
    return login;
}

}
