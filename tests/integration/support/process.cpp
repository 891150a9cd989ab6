#include "tests/integration/support/process.hpp"

#include "tests/integration/support/waiting.hpp"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace integration {

namespace {

constexpr int signal_base = 128;  // as shells number the end by a signal
constexpr int cannot_execute = 127;

int open_or_throw(fs::path const& file, int flags)
{
    constexpr mode_t owner_only = 0600;
    int const descriptor = ::open(file.c_str(), flags | O_CLOEXEC, owner_only);
    if (descriptor < 0) throw std::runtime_error("cannot open " + file.string());
    return descriptor;
}

std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> result;
    for (auto& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

// That of the test without logins and settings of whoever runs it.
std::vector<std::string> environment_of(Launch const& launch)
{
    std::vector<std::string> result{
        "HOME=" + launch.folder.string(), "XDG_CONFIG_HOME=" + launch.folder.string()};
    for (char** entry = environ; *entry != nullptr; ++entry) {
        std::string const text = *entry;
        bool const own = text.starts_with("HOME=") || text.starts_with("XDG_CONFIG_HOME=") ||
                         text.starts_with("KURS_");
        if (!own) result.push_back(text);
    }
    result.insert(result.end(), launch.environment.begin(), launch.environment.end());
    return result;
}

}

Process::Process(Launch const& launch)
    : output_(launch.folder / (launch.name + ".out")),
      errors_(launch.folder / (launch.name + ".err")),
      command_(launch.program.filename().string())
{
    std::vector<std::string> arguments{launch.program.string()};
    for (auto const& argument : launch.arguments) {
        arguments.push_back(argument);
        command_ += ' ' + argument;
    }
    auto environment = environment_of(launch);
    auto const argv = pointers(arguments);
    auto const envp = pointers(environment);
    int const in = open_or_throw("/dev/null", O_RDONLY);
    int const out = open_or_throw(output_, O_WRONLY | O_CREAT | O_TRUNC);
    int const err = open_or_throw(errors_, O_WRONLY | O_CREAT | O_TRUNC);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::setsid();  // without a terminal nobody can ask for a password there
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(in, STDIN_FILENO);
        ::dup2(out, STDOUT_FILENO);
        ::dup2(err, STDERR_FILENO);
        ::execve(argv[0], argv.data(), envp.data());
        ::_exit(cannot_execute);
    }
    for (int const descriptor : {in, out, err}) ::close(descriptor);
    if (pid_ < 0) throw std::runtime_error("cannot fork");
}

Process::~Process()
{
    if (exit_code()) return;
    signal(SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

void Process::signal(int number) const
{
    if (!exit_code_) ::kill(pid_, number);
}

std::optional<int> Process::exit_code()
{
    int status = 0;
    if (exit_code_ || ::waitpid(pid_, &status, WNOHANG) != pid_) return exit_code_;
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : signal_base + WTERMSIG(status);
    return exit_code_;
}

int Process::wait()
{
    return *await(
        "the end of " + command_, [&] { return exit_code(); }, [&] { return report(); });
}

std::string Process::report()
{
    auto const state = exit_code() ? "ended with " + std::to_string(*exit_code()) : "running";
    return command_ + ": " + state + "\nits output:\n" + output() + "\nits errors:\n" + errors();
}

Outcome run_to_end(Launch const& launch)
{
    Process process(launch);
    int const code = process.wait();
    return {.code = code, .output = process.output(), .errors = process.errors()};
}

std::vector<std::string> lines_of(std::string const& text)
{
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        auto const end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

}
