#include "tools/kurs/password.hpp"

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <termios.h>
#include <unistd.h>

namespace kurs {
namespace {

// The terminal without echo; as it was before when this goes, also on SIGINT, because the keys that
// send signals are read as characters here.
class SilentTerminal {
public:
    explicit SilentTerminal(int terminal) : terminal_(terminal)
    {
        silent_ = ::tcgetattr(terminal_, &before_) == 0;
        if (!silent_) return;
        auto quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
        silent_ = ::tcsetattr(terminal_, TCSAFLUSH, &quiet) == 0;
    }
    ~SilentTerminal()
    {
        if (silent_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
        ::close(terminal_);
    }
    SilentTerminal(SilentTerminal const&) = delete;
    SilentTerminal& operator=(SilentTerminal const&) = delete;
    bool silent() const { return silent_; }

private:
    int const terminal_;
    termios before_{};
    bool silent_ = false;
};

constexpr char ctrl_c = 3;

}

std::optional<std::string> ask_password(std::string const& question)
{
    int const terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0) return std::nullopt;
    SilentTerminal const silence(terminal);
    if (!silence.silent()) return std::nullopt;
    if (::write(terminal, question.data(), question.size()) < 0) return std::nullopt;
    std::string password;
    std::optional<std::string> result;
    for (char c = 0; ::read(terminal, &c, 1) == 1;) {
        if (c == '\n') {
            if (password.find(ctrl_c) == std::string::npos) result = std::move(password);
            break;
        }
        password += c;
    }
    if (::write(terminal, "\n", 1) < 0) return std::nullopt;
    return result;
}

std::optional<std::string> password_from_file(std::string const& path)
{
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line)) return std::nullopt;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

}
