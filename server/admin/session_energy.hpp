// Sessions with their energy, by the one function that knows (server/engine/energy).
#pragma once

#include "server/engine/energy/energy.hpp"
#include "storage/store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace admin {

struct SessionEnergy {
    storage::Session session{};
    std::optional<storage::Timestamp> last_sample_at{};
    engine::Energy energy{};
};

// Reads the samples of the sessions, one session after the other so that no more than one session's
// samples are in memory, and calls `done` once, on the store's thread, with all in their order.
void read_energies(storage::Store& store, std::vector<storage::SessionSummary> sessions,
    std::function<void(std::vector<SessionEnergy>)> done);

// A table for spreadsheets (RFC 4180): a line of names, one line per session, and a last line with
// the number of sessions and the sum of what the lines above show. Times are UTC; energy is in kWh
// with as many decimals as it has.
std::string csv_of(std::vector<SessionEnergy> const& sessions);

}
