// A JSON object as text, member by member.
#pragma once

#include "balancing/units.hpp"

#include <boost/json/serialize.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace plan {

class Members {
public:
    // A value that is JSON already.
    Members& add(std::string_view name, std::string const& value)
    {
        text_ += (text_.empty() ? "\"" : ",\"") + std::string(name) + "\":" + value;
        return *this;
    }
    Members& add(std::string_view name, std::size_t value)
    {
        return add(name, std::to_string(value));
    }
    Members& add(std::string_view name, balancing::Seconds value)
    {
        return add(name, std::to_string(value.count()));
    }
    Members& add_text(std::string_view name, std::string_view value)
    {
        return add(name, boost::json::serialize(value));
    }
    std::string object() const { return '{' + text_ + '}'; }

private:
    std::string text_;
};

}
