// The engine's own words for what stations report and are told. They know no OCPP version: a
// dialect (dialect.hpp) translates at the edge.
#pragma once

#include "server/engine/now.hpp"
#include "storage/entities.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace engine {

// A value that the station's meter signed, as it came. See storage::SignedReading.
struct SignedValue {
    std::string encoding{};
    std::string method{};
    std::string public_key{};
    std::string data{};

    friend bool operator==(SignedValue const&, SignedValue const&) = default;
};

// What was measured at one instant, in base units. Currents and phases are of the station's
// terminals, which the charge point's rotation maps to lines.
struct Reading {
    Timestamp at{};
    storage::ReadingContext context{};
    std::optional<std::int64_t> energy_mwh{};  // import register, the total over the phases
    std::array<std::optional<std::int32_t>, 3> terminal_ma{};
    std::optional<std::int64_t> power_mw{};  // the total
    std::optional<std::int32_t> soc_percent{};
    std::vector<storage::ChannelValue> others{};
    std::vector<SignedValue> signed_values{};

    friend bool operator==(Reading const&, Reading const&) = default;
};

struct Booted {
    std::string vendor{};
    std::string model{};
    std::string serial_number{};
    std::string firmware{};
};

struct Beat {};

// What the outlet shows to the world.
enum class OutletStatus {
    unknown,
    available,
    occupied,  // a car is there; whether it charges is told by the transaction (2.x)
    preparing,
    charging,
    suspended_ev,
    suspended_evse,
    finishing,
    reserved,
    unavailable,
    faulted,
};

struct StatusChanged {
    storage::EvseNumber evse{};  // 0: the whole station
    OutletStatus status = OutletStatus::unknown;
    std::string fault{};  // the station's error code; empty: none
    std::optional<Timestamp> at{};
};

// A token as a station names it. 1.6 tells no kind.
struct TokenName {
    std::string value{};  // empty: nothing to identify with
    storage::TokenKind kind = storage::TokenKind::any;
    bool presented = false;  // also where nobody was asked (2.x NoAuthorization)
};

struct TokenPresented {
    TokenName token{};
};

enum class TransactionPhase { started, updated, ended };

// How a report names its session: by the id that we gave (1.6), or by the station's own key (2.x,
// and the start of a 1.6 transaction, which has no id yet).
using SessionReference = std::variant<std::string, storage::SessionId>;

// A transaction starts, goes on or ends, now or, if the station was offline, earlier.
struct TransactionReport {
    TransactionPhase phase = TransactionPhase::updated;
    SessionReference session{};
    std::optional<storage::EvseNumber> evse{};
    TokenName token{};  // presented with this report
    Timestamp at{};
    bool offline = false;                     // the station says that it was recorded offline
    std::optional<std::int64_t> sequence{};   // the station's count of events (2.x seqNo)
    std::optional<std::int64_t> meter_mwh{};  // the register at the start or the end
    std::optional<OutletStatus> status{};     // how it charges, where the report says so
    std::vector<Reading> readings{};
    std::string stop_reason{};
};

// Measured outside of a transaction.
struct Measured {
    storage::EvseNumber evse{};  // 0: the station's main meter
    std::vector<Reading> readings{};
};

using Word = std::variant<Booted, Beat, StatusChanged, TokenPresented, TransactionReport, Measured>;

enum class BootVerdict { accepted, pending };
using storage::TokenVerdict;

// When it happened by the station's clock, where it tells.
std::optional<Timestamp> told_at(Word const& word);

// What is answered to a word. Which fields matter follows from the word.
struct WordAnswer {
    Timestamp now{};
    BootVerdict boot = BootVerdict::accepted;
    std::chrono::seconds interval{};              // heartbeat, or earliest next boot
    std::optional<TokenVerdict> token{};          // where a token was presented
    std::string group{};                          // of that token
    std::optional<storage::SessionId> session{};  // for a start
};

// The fallback of an outlet: what it may draw whenever nothing else is said.
struct SetFallback {
    storage::EvseNumber evse{};
    std::int64_t limit_ma = 0;  // per line
};

// The limit of the session that runs on an outlet.
struct SetSessionLimit {
    storage::EvseNumber evse{};
    storage::SessionId session{};
    std::string station_key{};  // Session::station_key
    std::int64_t limit_ma = 0;
};

using Order = std::variant<SetFallback, SetSessionLimit>;

}
