// The console's files. All are read at start: what is not in the table does not exist, so no path
// can lead out of the directory.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace gateway {

struct StaticFile {
    std::string content;
    std::string_view content_type;
    std::string etag;        // quoted
    bool immutable = false;  // its name carries a hash of its content: browsers keep it for ever
};

class StaticFiles {
public:
    // Files below `directory`; an error is one line. Hidden files are left out. The files below
    // assets/ are taken to have hashed names, as the console's build gives them.
    static std::variant<StaticFiles, std::string> load(std::filesystem::path const& directory);

    // The file of a percent-encoded URL path; "/" is index.html. Null when there is none.
    StaticFile const* find(std::string_view url_path) const;

    bool empty() const { return files_.empty(); }

private:
    std::map<std::string, StaticFile, std::less<>> files_;  // by "/path/name"
};

}
