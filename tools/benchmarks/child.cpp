#include "tools/benchmarks/child.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {

namespace {

constexpr int cannot_execute = 127;  // as a shell says it
constexpr std::chrono::milliseconds time_to_end{15'000};
constexpr std::chrono::milliseconds pause{10};

void wait_a_little() { ::poll(nullptr, 0, static_cast<int>(pause.count())); }

[[noreturn]] void become(std::vector<std::string>& command, int output, int errors)
{
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (auto& argument : command) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    ::setpgid(0, 0);  // Ctrl-C is for the one that started it
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(errors, STDERR_FILENO);
    ::execv(arguments[0], arguments.data());
    ::_exit(cannot_execute);
}

}

Child::Child(std::vector<std::string> command, std::filesystem::path const& log)
    : name_(std::filesystem::path(command.front()).filename())
{
    constexpr mode_t owner_only = 0600;
    std::array<int, 2> pipe{};
    int const errors = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, owner_only);
    if (errors < 0 || ::pipe2(pipe.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("cannot write " + log.string());
    pid_ = ::fork();
    if (pid_ == 0) become(command, pipe[1], errors);
    ::close(pipe[1]);
    ::close(errors);
    output_ = pipe[0];
    if (pid_ < 0 || ::clock_getcpuclockid(pid_, &cpu_clock_) != 0)
        throw std::runtime_error("cannot start " + name_);
}

Child::~Child()
{
    ::close(output_);
    if (pid_ < 0) return;
    ::kill(pid_, SIGTERM);
    auto const deadline = Clock::now() + time_to_end;
    while (::waitpid(pid_, nullptr, WNOHANG) == 0) {
        if (Clock::now() < deadline) {
            wait_a_little();
            continue;
        }
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        return;
    }
}

std::string Child::read_line()
{
    for (;;) {
        if (auto const end = read_.find('\n'); end != std::string::npos) {
            auto line = read_.substr(0, end);
            read_.erase(0, end + 1);
            return line;
        }
        pollfd ready{.fd = output_, .events = POLLIN, .revents = 0};
        auto const most_ms = std::chrono::milliseconds(patience).count();
        if (::poll(&ready, 1, static_cast<int>(most_ms)) <= 0)
            throw std::runtime_error(name_ + " says nothing");
        std::array<char, 1024> bytes{};
        auto const count = ::read(output_, bytes.data(), bytes.size());
        if (count <= 0) throw std::runtime_error(name_ + " has ended by itself");
        read_.append(bytes.data(), static_cast<std::size_t>(count));
    }
}

Seconds Child::cpu_time() const
{
    timespec time{};
    if (::clock_gettime(cpu_clock_, &time) != 0)
        throw std::runtime_error(name_ + " has ended by itself");
    return Seconds(static_cast<double>(time.tv_sec)) +
           std::chrono::nanoseconds(static_cast<std::int64_t>(time.tv_nsec));
}

double Child::anonymous_bytes() const
{
    constexpr double bytes_per_kib = 1024;
    std::ifstream file("/proc/" + std::to_string(pid_) + "/smaps_rollup");
    for (std::string key; file >> key;)
        if (double kib = 0; key == "Pss_Anon:" && file >> kib) return kib * bytes_per_kib;
    throw std::runtime_error("no Pss_Anon in smaps_rollup of " + name_);
}

void Child::settle() const
{
    constexpr Seconds quiet_for{0.3};
    constexpr Seconds counts_as_nothing{0.001};  // timers and pings
    auto const deadline = Clock::now() + patience;
    auto since = Clock::now();
    auto spent = cpu_time();
    while (Clock::now() - since < quiet_for) {
        if (Clock::now() > deadline) throw std::runtime_error(name_ + " never rests");
        wait_a_little();
        if (auto const now = cpu_time(); now - spent > counts_as_nothing) {
            spent = now;
            since = Clock::now();
        }
    }
}

std::string word_after(std::string const& line, std::string const& mark)
{
    auto const found = line.find(mark);
    if (found == std::string::npos) throw std::runtime_error("no " + mark + " in: " + line);
    auto const begin = found + mark.size();
    return line.substr(begin, line.find(' ', begin) - begin);
}

std::uint16_t port_of(std::string const& endpoint)
{
    return static_cast<std::uint16_t>(std::stoul(endpoint.substr(endpoint.rfind(':') + 1)));
}

}
