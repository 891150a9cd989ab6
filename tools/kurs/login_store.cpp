#include "tools/kurs/login_store.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

namespace kurs {
namespace {

constexpr mode_t owner_only_file = 0600;
constexpr auto owner_only_folder = std::filesystem::perms::owner_all;

std::optional<std::string> text_member(boost::json::object const& object, char const* name)
{
    auto const* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string(value->get_string());
}

bool write_all(int file, std::string_view text)
{
    while (!text.empty()) {
        auto const written = ::write(file, text.data(), text.size());
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}

std::optional<std::filesystem::path> login_path()
{
    constexpr char const* name = "kurs/session.json";
    char const* config = std::getenv("XDG_CONFIG_HOME");
    if (config != nullptr && *config != '\0') return std::filesystem::path(config) / name;
    char const* home = std::getenv("HOME");
    if (home == nullptr || *home == '\0') return std::nullopt;
    return std::filesystem::path(home) / ".config" / name;
}

std::optional<StoredLogin> read_login(std::filesystem::path const& path)
{
    std::ifstream file(path);
    std::string const text(std::istreambuf_iterator<char>(file), {});
    boost::system::error_code error;
    auto const json = boost::json::parse(text, error);
    if (error || !json.is_object()) return std::nullopt;
    auto const& object = json.get_object();
    auto server = text_member(object, "server");
    auto user = text_member(object, "user");
    auto token = text_member(object, "token");
    if (!server || !user || !token) return std::nullopt;
    return StoredLogin{std::move(*server), std::move(*user), std::move(*token)};
}

bool write_login(std::filesystem::path const& path, StoredLogin const& login)
{
    std::error_code error;
    auto const folder = path.parent_path();
    if (std::filesystem::create_directories(folder, error)) {
        std::filesystem::permissions(folder, owner_only_folder, error);
    }
    auto fresh = path;
    fresh += ".new";
    ::unlink(fresh.c_str());  // one that was left behind may have another mode
    int const file = ::open(
        fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only_file);
    if (file < 0) return false;
    boost::json::object const json{
        {"server", login.server}, {"user", login.user}, {"token", login.token}};
    bool const written = write_all(file, boost::json::serialize(json) + "\n");
    bool const closed = ::close(file) == 0;
    return written && closed && ::rename(fresh.c_str(), path.c_str()) == 0;
}

}
