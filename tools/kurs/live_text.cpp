#include "tools/kurs/live_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cmath>
#include <cstdio>
#include <map>
#include <string_view>

namespace kurs {
namespace {

namespace json = boost::json;

constexpr char const* unknown = "-";
constexpr std::size_t label_width = 28;
constexpr std::size_t number_width = 7;
constexpr std::size_t state_width = 15;

json::value const* member(json::value const& value, std::string_view name)
{
    auto const* object = value.if_object();
    return object == nullptr ? nullptr : object->if_contains({name.data(), name.size()});
}

// One decimal, as ammeters show it.
std::string number(json::value const* value)
{
    if (value == nullptr || !value->is_number()) return unknown;
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value->to_number<double>());
    return text;
}

std::string whole(json::value const* value)
{
    if (value == nullptr || !value->is_int64()) return unknown;
    return std::to_string(value->get_int64());
}

std::string text(json::value const* value)
{
    if (value == nullptr || !value->is_string()) return unknown;
    return std::string(value->get_string());
}

std::size_t columns_of(std::string_view utf8)
{
    std::size_t count = 0;
    for (char const c : utf8) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
    return count;
}

std::string left(std::string cell, std::size_t width)
{
    auto const columns = columns_of(cell);
    if (columns < width) cell.append(width - columns, ' ');
    return cell + ' ';
}

std::string right(std::string const& cell, std::size_t width)
{
    return cell.size() < width ? std::string(width - cell.size(), ' ') + cell : cell;
}

std::string lines(json::value const* currents)
{
    std::string cells;
    auto const* list = currents == nullptr ? nullptr : currents->if_array();
    for (std::size_t line = 0; line < 3; ++line) {
        bool const has = list != nullptr && line < list->size();
        cells += right(number(has ? &(*list)[line] : nullptr), number_width);
    }
    return cells;
}

// How deep each circuit lies below the supply; parents come before their children.
class Depths {
public:
    std::size_t add(json::value const& node)
    {
        auto const* id = member(node, "id");
        auto const* parent = member(node, "parent");
        if (id == nullptr || !id->is_int64()) return 0;
        std::size_t depth = 1;
        if (parent != nullptr && parent->is_int64()) depth = depths_[parent->get_int64()] + 1;
        depths_[id->get_int64()] = depth;
        return depth;
    }

private:
    std::map<std::int64_t, std::size_t> depths_;
};

std::string node_line(json::value const& node, std::size_t depth)
{
    return "  " + left(std::string(2 * depth, ' ') + text(member(node, "label")), label_width) +
           right(number(member(node, "rating_a")), number_width) +
           lines(member(node, "current_a")) + "  " + lines(member(node, "granted_a")) + "\n";
}

// "L2 of Kurs 1"; without a line where it is about all of them.
std::string place_text(json::value const& reason)
{
    auto const* line = member(reason, "line");
    return (line == nullptr ? "" : "L" + whole(line) + " of ") + text(member(reason, "where"));
}

// Whatever limits it there, if it is not the rating.
std::string source_text(json::value const& reason)
{
    auto const* source = member(reason, "source");
    if (source == nullptr || text(source) == "rating") return {};
    return " (" + text(source) + ")";
}

std::string session_text(json::value const* session)
{
    if (session == nullptr) return {};
    std::string out = "  session " + whole(member(*session, "id"));
    if (auto const* energy = member(*session, "energy_kwh")) out += ", " + number(energy) + " kWh";
    return out;
}

std::string point_line(json::value const& point)
{
    auto state = text(member(point, "state"));
    auto const* fault = member(point, "fault");
    std::string line = "  " + left(text(member(point, "name")), label_width - state_width - 1) +
                       left(state, state_width) +
                       right(number(member(point, "limit_a")), number_width) +
                       lines(member(point, "current_a"));
    auto const* reason = member(point, "reason");
    auto const why = reason == nullptr ? std::string() : reason_text(*reason);
    if (!why.empty()) line += "  " + why;
    if (fault != nullptr && fault->is_string() && !fault->get_string().empty()) {
        line += "  fault " + text(fault);
    }
    return line + session_text(member(point, "session")) + "\n";
}

}

std::string reason_text(json::value const& reason)
{
    auto const kind = text(member(reason, "kind"));
    static std::map<std::string, std::string, std::less<>> const words{
        {"none", ""},
        {"own_maximum", "at its own maximum"},
        {"reclaimed", "uses less than it could: others get the rest"},
        {"switched_off", "its maximum is below the least that a car needs"},
        {"offline", "cannot be reached: its share is set aside"},
        {"not_obeying", "does not obey: its share is set aside"},
        {"inactive", "not activated"},
        {"settling", "more follows when others have come down"},
    };
    if (kind == "line_full") return place_text(reason) + " is full" + source_text(reason);
    if (kind == "no_room") {
        return place_text(reason) + " has no room for it, even alone" + source_text(reason);
    }
    if (kind == "waiting") {
        auto const* turn = member(reason, "turn_at");
        return "waits, place " + whole(member(reason, "queued")) +
               (turn == nullptr ? "" : ", turn expected " + text(turn));
    }
    auto const found = words.find(kind);
    return found == words.end() ? kind : found->second;
}

std::string live_text(json::value const& view)
{
    std::string out = text(member(view, "at")) + "  " + text(member(view, "name")) + "  " +
                      text(member(view, "grid")) + "\n";
    out += "  " + left("circuit (A)", label_width) + right("rating", number_width);
    for (auto const* heading : {"L1", "L2", "L3"}) out += right(heading, number_width);
    out += "    granted on L1 to L3\n";
    Depths depths;
    auto const* nodes = member(view, "nodes");
    if (nodes != nullptr && nodes->is_array()) {
        for (auto const& node : nodes->get_array()) out += node_line(node, depths.add(node));
    }
    out += "  " + left("charge point (A)", label_width) + right("limit", number_width);
    for (auto const* heading : {"L1", "L2", "L3"}) out += right(heading, number_width);
    out += "\n";
    auto const* points = member(view, "charge_points");
    if (points != nullptr && points->is_array()) {
        for (auto const& point : points->get_array()) out += point_line(point);
    }
    return out;
}

}
