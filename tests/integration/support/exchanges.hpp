// What was said, put together from recorded frames: each CALL with its answer.
#pragma once

#include "tests/integration/support/stations.hpp"

#include <boost/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace integration {

namespace json = boost::json;

// A place in the recording.
struct Moment {
    std::size_t index = 0;
    sim::Instant at{};
};

struct Exchange {
    std::string station{};
    bool from_station = false;  // the station asked
    std::string id{};
    std::string action{};
    json::object payload{};
    Moment asked{};
    std::optional<Moment> answered{};
    bool error = false;     // with CALLERROR
    json::object answer{};  // of a CALLRESULT
};

// In the order in which they were asked. A repeated message id is another exchange.
std::vector<Exchange> exchanges_of(std::vector<Frame> const& frames);

// A SetChargingProfile, of either version.
struct LimitOrder {
    std::string station{};
    bool of_session = false;  // TxProfile; otherwise TxDefaultProfile
    std::int64_t limit_ma = 0;
    Moment asked{};
    std::optional<Moment> accepted{};
};
std::vector<LimitOrder> limit_orders(std::vector<Exchange> const& exchanges);

// The first TxProfile for `station` with this limit at or after `from` in the recording; an
// exception when there is none.
LimitOrder session_limit(std::vector<LimitOrder> const& orders, std::string_view station,
    std::int64_t limit_ma, std::size_t from);

}
