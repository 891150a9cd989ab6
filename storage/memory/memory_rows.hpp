// What a store remembers, as plain maps: the disk of a simulation, and the model that tests compare
// SQLite with.
#pragma once

#include "storage/store.hpp"

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace storage {

struct MemoryRows {
    // ASCII letters are equal in upper and lower case, as in the standard's CiString.
    struct CaseBlind {
        bool operator()(std::string const& left, std::string const& right) const;
    };

    std::map<InstallationId, Installation> installations;
    std::map<CircuitId, Circuit> circuits;
    std::map<ChargePointId, ChargePoint> charge_points;
    std::map<StationIdentity, Station> stations;
    std::map<std::pair<ChargePointId, Timestamp>, Assignment> assignments;
    std::map<std::string, Token, CaseBlind> tokens;
    std::map<SessionId, Session> sessions;
    std::map<std::pair<SessionId, Timestamp>, MeterSample> samples;
    std::map<std::pair<StationIdentity, EvseNumber>, GrantedLimit> granted_limits;
    std::map<std::tuple<Timestamp, StationIdentity, std::string>, UnbookedMessage> unbooked;
    std::map<std::string, User> users;

    // Inserts the record or replaces the row with its key; of samples and unbooked messages the
    // first stays.
    void apply(Record const& record);

    // What Store::load() and the questions of Store give.
    Contents contents() const;
    std::vector<SessionSummary> find_sessions(SessionQuery const& query) const;
    std::vector<MeterSample> samples_of(SessionId session) const;
    std::vector<UnbookedMessage> latest_unbooked(int limit) const;

    friend bool operator==(MemoryRows const&, MemoryRows const&) = default;
};

}
