// A node of the file.
#pragma once

#include "balancing/snapshot.hpp"
#include "tools/plan/item.hpp"

#include <optional>
#include <string>

namespace plan {

// `parent` is an index, which the id is resolved to when all nodes are read.
struct NodeDraft : balancing::Node {
    std::optional<std::string> parent_id{};
};

bool read_node(Item const& item, NodeDraft& draft);

}
