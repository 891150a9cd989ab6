// A folder that goes with the test, and what is in a folder.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace integration {

namespace fs = std::filesystem;

class Folder {
public:
    Folder();
    ~Folder();
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    fs::path const& path() const { return path_; }

private:
    fs::path path_;
};

std::string read_file(fs::path const& file);
void write_file(fs::path const& file, std::string_view content);

// Every file and folder below `folder` with its content: what a failed start must not change.
std::map<std::string, std::string> contents_of(fs::path const& folder);

}
