#include "ocpp/path.hpp"

namespace ocpp {

namespace {

void append(std::string& text, Path const& path)
{
    if (path.parent == nullptr) return;
    append(text, *path.parent);
    if (path.index != Path::not_an_item) {
        text += '[';
        text += std::to_string(path.index);
        text += ']';
        return;
    }
    if (!text.empty()) text += '.';
    text += path.field;
}

}

std::string to_string(Path const& path)
{
    std::string text;
    append(text, path);
    return text;
}

}
