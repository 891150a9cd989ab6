// The one list of methods.
#pragma once

#include "server/admin/core.hpp"

#include <boost/json/object.hpp>

#include <span>
#include <string_view>

namespace admin {

enum class Access { anyone, users };  // who may call it; anyone: also before the login
enum class Effect { reads, writes };  // writes: it needs the store

struct Method {
    std::string_view name;
    Access access;
    Effect effect;
    // Reads the parameters and runs the handler; a broken rule is answered right away.
    void (*run)(Context const& context, boost::json::object const& params);
};

std::span<Method const> methods();

// Nothing when there is no such method.
Method const* find_method(std::string_view name);

}
