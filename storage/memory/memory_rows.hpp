// What a store remembers, as plain maps: the disk of a simulation, and the model that tests compare
// SQLite with.
#pragma once

#include "storage/store.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace storage {

struct MemoryRows {
    // ASCII letters are equal in upper and lower case, as in the standard's CiString.
    struct CaseBlind {
        bool operator()(std::string const& left, std::string const& right) const;
        bool operator()(std::pair<std::string, TokenKind> const& left,
            std::pair<std::string, TokenKind> const& right) const;
    };

    std::map<InstallationId, Installation> installations;
    std::map<CircuitId, Circuit> circuits;
    std::map<ChargePointId, ChargePoint> charge_points;
    std::map<StationIdentity, Station> stations;
    std::map<std::pair<ChargePointId, Timestamp>, Assignment> assignments;
    std::map<std::pair<std::string, TokenKind>, Token, CaseBlind> tokens;
    std::map<SessionId, Session> sessions;
    std::set<MeterSample> samples;
    std::set<SignedReading> signed_readings;
    std::map<std::pair<StationIdentity, EvseNumber>, GrantedLimit> granted_limits;
    std::map<UnbookedId, UnbookedMessage> unbooked;
    std::set<AuditEntry> audit;
    std::map<std::string, User> users;

    // Inserts the record or replaces the row with its key.
    void apply(Record const& record);

    // What Store::load() and the questions of Store give.
    Contents contents() const;
    std::vector<SessionSummary> find_sessions(SessionQuery const& query) const;
    std::vector<MeterSample> samples_of(SessionId session) const;
    std::vector<SignedReading> signed_of(SessionId session) const;
    std::vector<UnbookedMessage> find_unbooked(UnbookedQuery const& query) const;
    std::vector<Graph> graphs(GraphQuery const& query) const;
    std::vector<AuditEntry> latest_audit(int limit) const;

    friend bool operator==(MemoryRows const&, MemoryRows const&) = default;
};

}
