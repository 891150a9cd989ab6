#include "tools/kurs/json_print.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace kurs {
namespace {

std::string plain(boost::json::value const& value)
{
    auto const* number = value.if_double();
    if (number == nullptr) return boost::json::serialize(value);
    // Boost.JSON would write 13.3 as 1.33E1.
    std::array<char, 32> digits{};  // the shortest form of a double has at most 24 characters
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr;
    return std::string(digits.data(), end);
}

bool is_plain(boost::json::value const& value) { return !value.is_structured(); }

void print(boost::json::value const& value, std::size_t depth, std::string& text)
{
    std::string const inner(2 * (depth + 1), ' ');
    std::string const outer(2 * depth, ' ');
    if (auto const* object = value.if_object(); object != nullptr && !object->empty()) {
        text += '{';
        char const* separator = "\n";
        for (auto const& member : *object) {
            text += separator + inner + boost::json::serialize(member.key()) + ": ";
            print(member.value(), depth + 1, text);
            separator = ",\n";
        }
        text += '\n' + outer + '}';
        return;
    }
    auto const* array = value.if_array();
    if (array == nullptr || array->empty()) {
        text += plain(value);
        return;
    }
    bool const one_line = std::all_of(array->begin(), array->end(), is_plain);
    text += '[';
    std::string separator = one_line ? "" : "\n" + inner;
    for (auto const& item : *array) {
        text += separator;
        print(item, depth + 1, text);
        separator = one_line ? ", " : ",\n" + inner;
    }
    text += one_line ? "]" : "\n" + outer + "]";
}

}

std::string indented(boost::json::value const& value)
{
    std::string text;
    print(value, 0, text);
    return text;
}

std::string one_line(boost::json::value const& value)
{
    std::string text;
    if (auto const* object = value.if_object()) {
        for (auto const& member : *object) {
            text += (text.empty() ? "{" : ",") + boost::json::serialize(member.key()) + ":" +
                    one_line(member.value());
        }
        return (text.empty() ? "{" : text) + "}";
    }
    auto const* array = value.if_array();
    if (array == nullptr) return plain(value);
    for (auto const& item : *array) text += (text.empty() ? "[" : ",") + one_line(item);
    return (text.empty() ? "[" : text) + "]";
}

}
