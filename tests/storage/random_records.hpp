// Records as no engine would write them: few keys, so that rows meet; any value else.
#pragma once

#include "storage/store.hpp"

#include <cstdint>
#include <random>
#include <vector>

namespace storage_test {

class RandomRecords {
public:
    explicit RandomRecords(std::uint64_t seed) : random_(seed) {}

    std::vector<storage::Record> batch(int records_at_most);
    storage::MeterSample sample();
    storage::SessionQuery query();
    storage::UnbookedQuery unbooked_query();
    storage::GraphQuery graph_query();
    storage::SessionId session_id() { return {number(1, 30)}; }

    std::int64_t number(std::int64_t least, std::int64_t most);

private:
    storage::Record record();
    storage::Session session();
    storage::SignedReading signed_reading();
    storage::Token token();
    storage::UnbookedMessage unbooked_message();
    std::vector<storage::ChannelValue> channel_values();
    std::vector<storage::SequenceSpan> sequences();
    storage::ReadingContext context();
    std::int64_t any_number();
    std::string word();
    std::string text();
    storage::Timestamp time();
    bool flag() { return number(0, 1) == 1; }
    storage::StationIdentity station();
    storage::EvseNumber evse();
    storage::ChargePointId charge_point() { return {number(1, 5)}; }
    storage::InstallationId installation() { return {number(1, 3)}; }

    std::mt19937_64 random_;
};

}
