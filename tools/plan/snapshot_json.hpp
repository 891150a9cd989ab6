// The file that `kurs plan` reads: one installation at one instant, as JSON. README.md lists every
// field. Field names live here, in snapshot_json.cpp, and in the writer (plan_json.cpp).
#pragma once

#include "balancing/phase_choice.hpp"
#include "balancing/queue.hpp"
#include "balancing/snapshot.hpp"
#include "tools/plan/fault.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

namespace plan {

struct PlanFile {
    // As the file says it, in its order; `node` and `parent` are indices already. It is well
    // formed, but whether it makes sense as a whole (one root, no cycle) only allocate() knows.
    balancing::Snapshot snapshot{};
    std::optional<balancing::PolicyRules> policy{};  // none: queue order and weights as given
    balancing::PhaseRules phase_rules{};
    std::optional<boost::json::value> day{};  // the member `day`, an object, not looked into
};

// Longer texts are refused unread: a hundred thousand EVSEs are some 15 MB.
inline constexpr std::size_t greatest_file_size = std::size_t{64} << 20U;

// Reads a whole file. The fault is the first one found: what is not JSON, a field that is unknown,
// missing or out of its range, two nodes or two EVSEs of one id, an unknown parent or node.
// Amperes become whole nanoamperes, rounded to the nearest: exact for up to nine decimals.
std::variant<PlanFile, Fault> read_plan_file(std::string_view text);

}
