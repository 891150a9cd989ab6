// Answers what the Store is asked, on a connection that only reads. Each answer is of one moment:
// it is made in one transaction. All throw SqliteError.
#pragma once

#include "storage/sqlite/connection.hpp"
#include "storage/store.hpp"

#include <vector>

namespace storage::sqlite {

Contents load_contents(Connection& connection);

std::vector<SessionSummary> read_sessions(Connection& connection, SessionQuery const& query);
std::vector<MeterSample> read_samples(Connection& connection, SessionId session);
std::vector<SignedReading> read_signed(Connection& connection, SessionId session);
std::vector<UnbookedMessage> read_unbooked(Connection& connection, UnbookedQuery const& query);
std::vector<AuditEntry> read_audit(Connection& connection, int limit);

// Fails unless every table and column that the store uses is there. Reads no rows.
void check_schema(Connection& connection);

}
