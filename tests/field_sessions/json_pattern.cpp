#include "tests/field_sessions/json_pattern.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <string_view>

namespace test {

namespace json = boost::json;

namespace {

constexpr std::string_view as_text_prefix = "$str:";
constexpr std::string_view one_of = "$one_of";

bool is_placeholder(json::value const& value)
{
    auto const* text = value.if_string();
    return text != nullptr && text->starts_with("$tx");
}

std::int64_t bound(Bindings const& bindings, std::string const& name)
{
    auto const it = bindings.find(name);
    if (it == bindings.end()) throw std::runtime_error(name + " was never given by the server");
    return it->second;
}

std::string number_text(double number)
{
    std::array<char, 64> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return {digits.data(), end};
}

std::string match_placeholder(
    std::string const& name, json::value const& actual, Bindings& bindings, std::string const& path)
{
    auto const* number = actual.if_int64();
    if (number == nullptr || *number <= 0)
        return path + " should be a whole number above 0, is " + text_of(actual);
    if (auto const it = bindings.find(name); it != bindings.end())
        return it->second == *number
                   ? std::string{}
                   : path + " should be " + std::to_string(it->second) + " as before (" + name +
                         "), is " + std::to_string(*number);
    for (auto const& [other, id] : bindings)
        if (id == *number) return path + " should be a new id (" + name + "), is that of " + other;
    bindings.emplace(name, *number);
    return {};
}

std::string match_choice(
    json::array const& choices, json::value const& actual, std::string const& path)
{
    if (std::find(choices.begin(), choices.end(), actual) != choices.end()) return {};
    return path + " should be one of " + text_of(choices) + ", is " + text_of(actual);
}

std::string match_object(json::object const& expected, json::value const& actual,
    Bindings& bindings, std::string const& path)
{
    if (auto const* choices = expected.if_contains(one_of))
        return match_choice(choices->as_array(), actual, path);
    auto const* object = actual.if_object();
    if (object == nullptr) return path + " should be an object, is " + text_of(actual);
    for (auto const& [key, value] : expected) {
        auto const where = path + "." + std::string(key);
        auto const* found = object->if_contains(key);
        if (found == nullptr) return where + " is missing in " + text_of(actual);
        if (auto wrong = disagreement(value, *found, bindings, where); !wrong.empty()) return wrong;
    }
    return {};
}

std::string match_array(json::array const& expected, json::value const& actual, Bindings& bindings,
    std::string const& path)
{
    auto const* array = actual.if_array();
    if (array == nullptr || array->size() < expected.size())
        return path + " should have the elements of " + text_of(expected) + ", is " +
               text_of(actual);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        auto const where = path + "[" + std::to_string(i) + "]";
        if (auto wrong = disagreement(expected[i], (*array)[i], bindings, where); !wrong.empty())
            return wrong;
    }
    return {};
}

}

json::value filled_in(json::value const& value, Bindings const& bindings)
{
    if (auto const* text = value.if_string()) {
        if (is_placeholder(value)) return bound(bindings, std::string(*text));
        if (text->starts_with(as_text_prefix)) {
            auto const name = "$" + std::string(text->subview(as_text_prefix.size()));
            return json::string(std::to_string(bound(bindings, name)));
        }
        return value;
    }
    if (auto const* array = value.if_array()) {
        json::array filled;
        for (auto const& element : *array) filled.push_back(filled_in(element, bindings));
        return filled;
    }
    if (auto const* object = value.if_object()) {
        json::object filled;
        for (auto const& [key, member] : *object) filled[key] = filled_in(member, bindings);
        return filled;
    }
    return value;
}

std::string text_of(json::value const& value)
{
    if (auto const* number = value.if_double()) return number_text(*number);
    std::string text;
    if (auto const* array = value.if_array()) {
        for (auto const& element : *array) text += (text.empty() ? "" : ",") + text_of(element);
        return "[" + text + "]";
    }
    if (auto const* object = value.if_object()) {
        for (auto const& [key, member] : *object)
            text += (text.empty() ? "" : ",") + json::serialize(json::string(key)) + ":" +
                    text_of(member);
        return "{" + text + "}";
    }
    return json::serialize(value);
}

std::string disagreement(json::value const& expected, json::value const& actual, Bindings& bindings,
    std::string const& path)
{
    if (is_placeholder(expected))
        return match_placeholder(std::string(expected.get_string()), actual, bindings, path);
    if (auto const* object = expected.if_object())
        return match_object(*object, actual, bindings, path);
    if (auto const* array = expected.if_array()) return match_array(*array, actual, bindings, path);
    if (expected == actual) return {};
    return path + " should be " + text_of(expected) + ", is " + text_of(actual);
}

}
