// The table that a run ends with.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bench {

enum class Better { lower, higher };
struct Target {
    double value = 0;
    Better better = Better::lower;
};

struct Row {
    std::string what{};
    int decimals = 0;
    double ours = 0;
    std::optional<double> beast{};   // the bare WebSocket server, of the same
    std::optional<double> sqlite{};  // the bare group-commit loop, of the same
    std::optional<Target> target{};  // of the design
};

// Each reference with the ratio of ours to it, each target with whether it is met. Ends with a
// newline.
std::string table_text(std::vector<Row> const& rows);

}
