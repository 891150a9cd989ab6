// What one outlet may draw at this moment, because of every profile that its station holds or may
// hold. The sum of these ceilings, not of the wishes, is what is kept below the fuses.
#pragma once

#include "server/engine/now.hpp"
#include "storage/entities.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace engine {

enum class LimitPurpose { fallback, session };

struct SentLimit {
    LimitPurpose purpose = LimitPurpose::fallback;
    std::int64_t limit_ma = 0;
};

// A ceiling that has been lowered counts until station and car have certainly followed.
struct SettlingCeiling {
    std::int64_t ceiling_ma = 0;
    Milliseconds until{};
};

struct Ledger {
    std::int64_t hardware_ma = 0;  // what station and charge point can draw at the most
    std::optional<std::int64_t>
        fallback_ma{};                         // confirmed; nothing: the station starts as it likes
    std::optional<std::int64_t> session_ma{};  // confirmed limit of the running session
    std::vector<SentLimit> unconfirmed{};      // sent, and not known to be taken or refused
    std::vector<SettlingCeiling> settling{};
};

// The most that the outlet may draw at `now`. Never below the fallback: the session could end and
// another start before we hear of it.
std::int64_t ceiling_ma(Ledger const& ledger, Milliseconds now);

// The ceiling that a restart must remember: without what merely settles.
std::int64_t lasting_ceiling_ma(Ledger const& ledger);

// The ceiling if `limit` were sent in addition.
std::int64_t ceiling_with_ma(Ledger ledger, SentLimit limit, Milliseconds now);

// The moment the ceiling falls by itself next, if it does.
std::optional<Milliseconds> next_settled(Ledger const& ledger, Milliseconds now);

// The profile leaves, or may have left.
void on_sent(Ledger& ledger, SentLimit limit);
// The station has taken it: earlier ones of its purpose are gone, and the old ceiling settles.
void on_accepted(Ledger& ledger, SentLimit limit, Milliseconds now, Milliseconds reaction);
// The station has refused it: it never applied.
void on_refused(Ledger& ledger, SentLimit limit);
// The session is over: its profile is gone with it, and the car draws nothing.
void on_session_ended(Ledger& ledger);

// The ledger of an outlet as a restart finds it: nothing newer than `stored` is known.
Ledger restored(std::int64_t hardware_ma, storage::GrantedLimit const* stored, bool session_open);

}
