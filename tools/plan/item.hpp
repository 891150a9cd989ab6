// A value of the file with the way to it, and the readers of plain values.
#pragma once

#include "balancing/units.hpp"
#include "tools/plan/fault.hpp"
#include "tools/plan/names.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plan {

// A value of the file that knows where it is. Lives only as long as the values above it.
class Item {
public:
    Item(boost::json::value const& value, std::optional<Fault>& fault)
        : value_(&value), fault_(&fault)
    {
    }

    Item member(std::string_view name, boost::json::value const& value) const;
    Item element(std::size_t index, boost::json::value const& value) const;

    boost::json::value const& value() const { return *value_; }
    std::string path() const;  // like evses[3].min_a

    // Notes what is asked of the value, unless a fault is noted already; false, so that readers can
    // end with it.
    bool refuse(std::string_view rule) const;

private:
    boost::json::value const* value_;
    std::optional<Fault>* fault_;
    Item const* above_ = nullptr;
    std::string_view name_{};  // of a member; an element has none
    std::size_t index_ = 0;
};

// What is said of a name that is none of the known ones: the nearest if one is near, else all.
std::string unknown_rule(
    std::string_view what, std::string_view name, std::span<std::string_view const> known);

// The text as JSON would quote it, control characters escaped, cut where it is long: safe to print.
std::string quoted(std::string_view text);

// Reads each element of a list into a T of its own, with `read(Item, T&)`.
template <class T, class Read>
bool read_list(Item const& item, std::size_t most, std::vector<T>& target, Read read)
{
    auto const* array = item.value().if_array();
    if (array == nullptr) return item.refuse("must be a list");
    if (array->size() > most)
        return item.refuse("must have at most " + std::to_string(most) + " entries");
    target.reserve(array->size());
    for (std::size_t index = 0; index < array->size(); ++index)
        if (!read(item.element(index, (*array)[index]), target.emplace_back())) return false;
    return true;
}

// The numbers that a field takes.
struct Range {
    double least = 0;
    double most = 0;
    bool above = false;  // more than the least
};

bool read_number(Item const& item, Range range, double& target);
bool read_whole(Item const& item, std::int64_t least, std::int64_t most, std::int64_t& target);
bool read_flag(Item const& item, bool& target);

// An id: short, not empty, and fit to be printed.
bool read_id(Item const& item, std::string& target);

// Amperes, from 0 to `most`.
bool read_current(Item const& item, balancing::Current most, balancing::Current& target);

// One number for all lines, or a list of three; null is `none`, where that is given.
bool read_per_line(Item const& item, balancing::Current most,
    std::optional<balancing::Current> none, balancing::PerLine& target);

// A moment of the file's clock.
struct Moment {
    balancing::Seconds at{};
    bool of_day = false;  // written as HH:MM, or HH:MM:SS
};
bool read_moment(Item const& item, Moment& target);
bool read_seconds(Item const& item, balancing::Seconds& target);

// A time span in whole seconds, up to a day.
bool read_span(Item const& item, balancing::Seconds& target);

template <class E, std::size_t count>
bool read_name(Item const& item, Names<E, count> const& names, E& target)
{
    auto const* text = item.value().if_string();
    std::string rule = "must be ";
    for (std::size_t index = 0; index < count; ++index) {
        auto const& [name, value] = names[index];
        if (text != nullptr && std::string_view(*text) == name) {
            target = value;
            return true;
        }
        if (index > 0) rule += index + 1 == count ? " or " : ", ";
        rule += quoted(name);
    }
    return item.refuse(rule);
}

}
