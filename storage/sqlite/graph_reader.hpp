// Answers Store::read_graph(): what is made (graph_filing.hpp), and for sessions of which that is
// not all, what their samples say.
#pragma once

#include "storage/sqlite/connection.hpp"
#include "storage/store.hpp"

#include <vector>

namespace storage::sqlite {

// Of one moment. Throws SqliteError.
std::vector<Graph> read_graph(Connection& connection, GraphQuery const& query);

}
