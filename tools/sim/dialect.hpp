// The one place where versions differ: a station's words as OCPP messages.
#pragma once

#include "ocpp/payload.hpp"
#include "tools/sim/words.hpp"

namespace sim {

class Dialect {
public:
    virtual ~Dialect() = default;

    virtual Message boot(StationConfig const& config, BootReason reason) const = 0;
    virtual Message heartbeat() const = 0;
    // `evse` 0 is the station itself; nothing when the version has no such message.
    virtual std::optional<Message> status(int evse, OutletState state, Timestamp at) const = 0;
    // Two states that status() reports alike.
    virtual bool same_status(OutletState a, OutletState b) const = 0;
    virtual Message authorize(std::string const& token) const = 0;
    // Whether the version tells of such a record at all.
    virtual bool tells(Record const& record) const = 0;
    // `transaction_id`: 1.6, as the central system gave it. Precondition: tells(record).
    virtual Message transaction(Record const& record, std::int64_t transaction_id) const = 0;

    // Nothing: the answer cannot be understood.
    virtual std::optional<BootAnswer> read_boot(ocpp::Payload const& payload) const = 0;
    virtual std::optional<bool> read_authorize(ocpp::Payload const& payload) const = 0;
    virtual std::optional<TransactionAnswer> read_transaction(
        Record const& record, ocpp::Payload const& payload) const = 0;

    virtual Command read_call(std::string_view action, ocpp::Payload const& payload) const = 0;
    virtual std::string answer_set(SetOutcome const& outcome) const = 0;
    virtual std::string answer_clear(bool found) const = 0;
    // Nothing: Rejected.
    virtual std::string answer_composite(
        int evse, std::optional<CompositeSchedule> const& schedule) const = 0;
    // `transaction_id`: 2.0.1, of one that has already begun.
    virtual std::string answer_start(bool accepted, std::string_view reason,
        std::optional<std::string> const& transaction_id) const = 0;
    virtual std::string answer_stop(bool accepted) const = 0;
};

Dialect const& dialect_16();
Dialect const& dialect_201();

}
