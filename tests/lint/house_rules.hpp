// Rules of this house that no compiler knows, as functions over text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lint {

struct Finding {
    int line = 0;
    std::string what;
};

// Includes that the include rule forbids to a file at `path` ("server/engine/engine.cpp"): who may
// know whom is in the table of house_rules.cpp.
std::vector<Finding> forbidden_includes(std::string_view path, std::string_view text);

// Aggregate temporaries and capturing lambdas inside an expression with co_await: GCC 12 destroys
// them twice. Captures by reference only are harmless.
std::vector<Finding> co_await_traps(std::string_view text);

// Functions of more lines than fit a screen.
inline constexpr int most_lines_of_a_function = 70;
std::vector<Finding> long_functions(std::string_view text);

// Waiting for luck instead of for a condition.
std::vector<Finding> sleeps(std::string_view text);

}
