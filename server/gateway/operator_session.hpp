// One HTTP connection of an operator: the console's files, POST /rpc, /healthz, and the upgrade to
// the WebSocket at /admin.
#pragma once

#include "server/gateway/operator_door.hpp"

namespace gateway {

// Serves the connection until it ends; on the front thread.
void run_operator_session(Stream stream, OperatorSeat seat);

}
