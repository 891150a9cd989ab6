// What a station says and hears, without a version: a dialect (dialect.hpp) turns it into OCPP 1.6
// or 2.0.1 and back. Times here are the station's own clock.
#pragma once

#include "ocpp/fault.hpp"
#include "tools/sim/profile_stack.hpp"
#include "tools/sim/quantities.hpp"
#include "tools/sim/station.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sim {

using ocpp::Timestamp;

enum class BootReason { power_up, local_reset };

// One reading of the meter.
struct Sample {
    enum class Context { begin, periodic, end } context = Context::periodic;
    Timestamp at{};
    std::int64_t energy_wh = 0;  // lifetime register
    std::int64_t power_mw = 0;
    TerminalCurrents currents_ma{};
    int terminals = most_phases;  // how many of the currents are measured
};

enum class Trigger {
    authorized,
    cable_plugged_in,
    remote_start,
    state_changed,
    periodic,
    stop_authorized,
    remote_stop,
    deauthorized,
    cable_unplugged,
    abnormal,
};
enum class StopReason { local, remote, ev_disconnected, deauthorized, reboot, power_loss };

// Something that happened in a transaction and has to be told, once and in order: 1.6
// StartTransaction, MeterValues or StopTransaction; 2.0.1 TransactionEvent.
struct Record {
    enum class Kind { started, updated, ended } kind = Kind::updated;
    std::int64_t session = 0;  // the station's own number
    int evse = 1;
    Timestamp at{};
    std::int64_t seq_no = 0;  // 2.0.1
    Trigger trigger = Trigger::periodic;
    std::optional<OutletState> state;
    bool unplugged = false;  // ended by it
    std::string token;       // empty: it is not about one
    std::string token_type;  // 2.0.1; empty: a card
    std::optional<std::int64_t> remote_start_id;
    std::optional<int> phases_used;
    std::vector<Sample> samples;
    std::optional<StopReason> reason;
    bool offline = false;
    std::string transaction_id;  // 2.0.1; in 1.6 it is looked up when the record is sent
};

// A CALL, ready to be framed.
struct Message {
    std::string_view action;
    std::string payload;
};

// Answers of the central system.
struct BootAnswer {
    enum class Status { accepted, pending, rejected } status = Status::rejected;
    std::int64_t interval_s = 0;
};
struct TransactionAnswer {
    std::optional<std::string> transaction_id;  // 1.6, to a start
    std::optional<bool> token_accepted;         // when it says anything about the token
};

// Calls of the central system.
struct SetProfile {
    int evse = 0;
    std::variant<Profile, SetOutcome> profile;  // a profile that is refused as it is read, with why
};
struct ClearProfiles {
    ClearFilter filter;
};
struct GetComposite {
    int evse = 0;
    std::int64_t duration_s = 0;
    std::optional<RateUnit> unit;
};
struct RemoteStart {
    std::optional<int> evse;
    std::string token;
    std::string token_type;  // 2.0.1
    std::optional<std::int64_t> remote_start_id;
    std::optional<std::variant<Profile, SetOutcome>> profile;
};
struct RemoteStop {
    std::string transaction_id;
};
using Command =
    std::variant<ocpp::Fault, SetProfile, ClearProfiles, GetComposite, RemoteStart, RemoteStop>;

}
