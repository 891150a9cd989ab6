#include "server/gateway/static_files.hpp"

#include "server/gateway/percent.hpp"

#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

namespace gateway {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_bytes = 64 * 1024 * 1024;  // the console is a few hundred KB
constexpr std::string_view hashed_names = "/assets/";

struct ContentType {
    std::string_view extension;
    std::string_view type;
};
constexpr std::array content_types{
    ContentType{".html", "text/html; charset=utf-8"},
    ContentType{".js", "text/javascript; charset=utf-8"},
    ContentType{".mjs", "text/javascript; charset=utf-8"},
    ContentType{".css", "text/css; charset=utf-8"},
    ContentType{".json", "application/json"},
    ContentType{".map", "application/json"},
    ContentType{".webmanifest", "application/manifest+json"},
    ContentType{".svg", "image/svg+xml"},
    ContentType{".png", "image/png"},
    ContentType{".jpg", "image/jpeg"},
    ContentType{".webp", "image/webp"},
    ContentType{".ico", "image/x-icon"},
    ContentType{".woff2", "font/woff2"},
    ContentType{".wasm", "application/wasm"},
    ContentType{".txt", "text/plain; charset=utf-8"},
};

std::string_view content_type_of(std::string_view extension)
{
    for (auto const& known : content_types)
        if (known.extension == extension) return known.type;
    return "application/octet-stream";
}

// FNV-1a, 64 bits: it tells versions of a file apart, nothing more.
std::string etag_of(std::string_view content)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (char const c : content) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3U;
    }
    return '"' + std::to_string(hash) + '"';
}

std::optional<std::string> read_file(fs::path const& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file.bad()) return std::nullopt;
    return content;
}

bool is_hidden(fs::path const& path) { return path.filename().string().starts_with('.'); }

}

std::variant<StaticFiles, std::string> StaticFiles::load(fs::path const& directory)
{
    std::error_code error;
    StaticFiles files;
    std::size_t bytes = 0;
    auto const in = "console directory " + directory.string() + ": ";
    fs::recursive_directory_iterator entry(directory, error);
    if (error) return in + error.message();
    for (; entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (error) return in + error.message();
        if (is_hidden(entry->path())) {
            entry.disable_recursion_pending();
            continue;
        }
        if (!entry->is_regular_file(error)) continue;
        auto content = read_file(entry->path());
        if (!content) return in + "cannot read " + entry->path().string();
        bytes += content->size();
        if (bytes > most_bytes) return in + "more than 64 MiB; is it the console's?";
        auto const name = "/" + entry->path().lexically_relative(directory).generic_string();
        auto etag = etag_of(*content);
        files.files_.emplace(name,
            StaticFile{.content = std::move(*content),
                .content_type = content_type_of(entry->path().extension().string()),
                .etag = std::move(etag),
                .immutable = name.starts_with(hashed_names)});
    }
    return files;
}

StaticFile const* StaticFiles::find(std::string_view url_path) const
{
    auto const path = percent_decode(url_path);
    if (!path) return nullptr;
    auto const found = files_.find(*path == "/" ? "/index.html" : *path);
    return found == files_.end() ? nullptr : &found->second;
}

}
