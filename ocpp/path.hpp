// The place of a field within a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ocpp {

// One step of the way from the message to a field, and the steps before it: a chain on the stack
// that costs nothing until a fault asks for its text.
struct Path {
    static constexpr std::size_t not_an_item = static_cast<std::size_t>(-1);

    Path const* parent = nullptr;  // none: the message itself
    std::string_view field{};
    std::size_t index = not_an_item;  // otherwise an item of the list that `parent` is

    static Path root() { return {}; }
    Path member(std::string_view name) const { return {this, name, not_an_item}; }
    Path item(std::size_t position) const { return {this, {}, position}; }
};

// "meterValue[2].sampledValue[0].value"; empty for the message itself.
std::string to_string(Path const& path);

}
