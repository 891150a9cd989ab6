// One translator per OCPP version, between messages and the engine's words. Nothing behind it asks
// which version a station speaks.
#pragma once

#include "ocpp/fault.hpp"
#include "ocpp/level.hpp"
#include "ocpp/payload.hpp"
#include "ocpp/version.hpp"
#include "server/engine/list_dialogue.hpp"
#include "server/engine/words.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace engine {

struct OutgoingCall {
    std::string action;
    std::string payload;  // JSON text
};

// What became of an order: taken, or not and why.
struct OrderOutcome {
    bool accepted = false;
    std::string why;
};

// A word, and what was wrong about the message that said it.
struct Heard {
    Word word;
    std::vector<ocpp::Fault> remarks;
};

struct Dialect {
    // What a CALL says, taken at the station's level, or the fault to answer with. `received`
    // stands in for times that a message does not carry.
    std::variant<Heard, ocpp::Fault> (*read)(
        std::string_view action, ocpp::Payload payload, ocpp::Level level, Timestamp received);
    // The payload of the answer to `word`.
    std::string (*answer)(Word const& word, WordAnswer const& answer);
    // The CALL that carries an order; `now` dates its schedule.
    OutgoingCall (*order)(Order const& order, Timestamp now);
    // What a CALLRESULT says about an order.
    OrderOutcome (*outcome)(Order const& order, ocpp::Payload payload);
    // The CALL that asks `question` about the local list, and what its CALLRESULT says.
    OutgoingCall (*list_call)(ListQuestion const& question);
    ListReply (*list_reply)(ListQuestion const& question, ocpp::Payload payload);
    ListRules list_rules;
};

// Null for a version that the engine has no translator for.
Dialect const* dialect_of(ocpp::Version version);

// A schedule that starts exactly now is refused or ignored by stations whose clock runs late.
inline constexpr std::chrono::seconds schedule_starts_before{60};

// Profile ids: one fallback and one session limit per outlet, each replaced in place and never
// cleared.
constexpr int fallback_profile_id(storage::EvseNumber evse) { return evse.value * 10 + 1; }
constexpr int session_profile_id(storage::EvseNumber evse) { return evse.value * 10 + 2; }

// Per purpose the highest stack level wins, and a session's limit outranks the fallback by its
// purpose: level 0 serves both, and every station has it.
inline constexpr int profile_stack_level = 0;

// Limits are sent in tenths of an ampere, never above what was granted.
constexpr std::int64_t tenths_of_ampere(std::int64_t limit_ma) { return limit_ma / 100; }

}
