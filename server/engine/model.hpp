// What one engine keeps in memory: its installations, the outlets on them, the stations' links and
// their sessions. Only the engine's own files include this.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/reclaim.hpp"
#include "balancing/snapshot.hpp"
#include "ocpp/version.hpp"
#include "server/engine/commands.hpp"
#include "server/engine/dialect.hpp"
#include "server/engine/effects.hpp"
#include "server/engine/ledger.hpp"
#include "server/engine/list_dialogue.hpp"
#include "server/engine/now.hpp"
#include "server/engine/running_energy.hpp"
#include "server/engine/session_facts.hpp"
#include "server/engine/session_lines.hpp"
#include "server/engine/words.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace engine {

// The largest current of a phase over the last half to whole minute.
struct RecentPeak {
    Milliseconds half_minute{};  // when the half minute of `newest` began
    std::int64_t newest_ma = 0;
    std::int64_t before_ma = 0;
};

// A session in memory, with what is derived from its reports.
struct RunningSession {
    storage::Session data{};
    bool authorised = false;               // its token, or open access, allows it to charge
    bool judged = false;                   // its token has got its verdict
    std::optional<Ticket> written_with{};  // the newest record of it; none: the store has none
    LineUse lines{};
    balancing::Session turn{};  // deficit, and whether it charges since when; the rest is made anew
    double planned_deficit_ah =
        0;  // the deficit as plans know it: it moves in steps of some minutes
    balancing::ReclaimState reclaim{};
    RecentPeak peak{};
    Ticket opened_with{};  // its station knows of it once this is committed
    RunningEnergy energy{};
};

// A charge point and, when a station stands on it, the outlet it is.
struct Outlet {
    storage::ChargePoint point{};
    std::size_t node = 0;  // index into Plant::nodes
    std::optional<storage::Assignment> assignment{};
    std::optional<storage::SessionId> session{};  // the one that runs
    std::vector<storage::SessionId> sessions{};   // all in memory, in the order of their beginnings

    Ledger ledger{};
    storage::GrantedLimit stored{};  // the newest record of the ledger
    bool fallback_due = false;       // the fallback profile is to be (re)installed
    bool limit_due = false;          // the session's limit is to be sent again, changed or not
    std::int64_t commanded_ma = 0;   // the newest limit sent for this session
    std::int64_t target_ma = 0;
    Milliseconds last_change{};
    std::optional<Milliseconds> refused_until{};  // the station refused a limit: try again then
    LiveLimit why{};

    OutletStatus status = OutletStatus::unknown;
    std::string fault{};
    Milliseconds suspended_since{};  // by the car; meaningful while status is suspended_ev
    LiveCurrents current_ma{};
    Milliseconds measured_at{};
};

// The plan that holds since `since`, and what it was made of.
struct HeldPlan {
    balancing::Snapshot snapshot{};
    std::vector<storage::ChargePointId> order{};  // of the snapshot's EVSEs
    std::vector<std::optional<storage::SessionId>> sessions{};
    balancing::Plan plan{};
    balancing::Plan fair{};  // what everyone would get if current had no minima
    balancing::Seconds since{};
    balancing::Seconds deficits_at{};  // when plans last looked at the deficits
};

struct Plant {
    storage::Installation data{};
    std::vector<storage::Circuit> circuits{};      // parents before children
    std::vector<storage::ChargePointId> points{};  // in the order of creation
    std::vector<balancing::Node> nodes{};          // the supply, then the circuits
    HeldPlan held{};
    bool dirty = true;                      // to be planned again
    std::optional<Milliseconds> plan_at{};  // a timer is set to plan at this moment
    bool watched = false;                   // live views are published
    bool live_dirty = true;
    Milliseconds live_after{};  // the next one no earlier
};

// A CALL of ours that waits for its answer: an order that the engine gave, or an operator's call.
struct OrderInFlight {
    storage::ChargePointId point{};
    SentLimit limit{};
    Order order{};
};
struct OperatorCall {
    RequestId request{};
    std::string action{};
    std::string payload{};
};
struct Outstanding {
    std::string id{};
    std::variant<OrderInFlight, OperatorCall> what{};
    Milliseconds deadline{};
};

// A question about the local list that waits for its answer, however late it comes.
struct ListCall {
    std::string id{};
    std::string action{};
    ListQuestion question{};
    Milliseconds deadline{};  // other CALLs wait no longer for it; limits do not wait at all
};
struct ListState {
    ListDialogue dialogue{};
    std::optional<ListCall> call{};
    Milliseconds quiet_until{};
    bool stale = true;                       // the wanted list is to be made anew
    std::size_t left_out = 0;                // tokens without room
    std::optional<Timestamp> changes_at{};   // the wanted list, by itself
    std::optional<Milliseconds> wakes_at{};  // a timer is set for it
};

// A message that could not be booked yet.
struct WaitingMessage {
    storage::UnbookedMessage data{};
    std::size_t content = 0;  // hash of all but its message id
    SessionReference session{};
};

// A report about a session that is not in memory: its station's calls wait until the store has
// been asked.
struct LookUp {
    std::uint64_t number = 0;
    std::deque<std::string> frames{};  // the report, and the calls behind it
};

// A station, connected or not.
struct Link {
    storage::Station station{};
    std::optional<Epoch> epoch{};  // none: not connected
    ocpp::Version version{};
    Dialect const* dialect = nullptr;
    // Its boot was answered Pending: it takes no limits until it has booted again, or shows by
    // another message that it counts itself accepted.
    bool awaits_boot = false;
    Milliseconds quiet_until{};  // no CALL of ours before
    std::optional<Outstanding> outstanding{};
    std::deque<OperatorCall> queued{};
    std::map<storage::EvseNumber, storage::ChargePointId> outlets{};
    std::unordered_map<std::string, storage::SessionId> sessions{};  // by the station's key
    std::deque<storage::SessionId> ended{};  // oldest first; the tail is kept for repeated reports
    bool has_older = false;                 // the store knows sessions of it that are not in memory
    bool has_new_session = false;           // for which messages may wait
    std::vector<WaitingMessage> waiting{};  // in the order in which they came
    std::optional<LookUp> look_up{};
    ClockOffset clock{};
    std::vector<StationRemark> remarks{};  // the newest first, each once
    ListState list{};
};

}
