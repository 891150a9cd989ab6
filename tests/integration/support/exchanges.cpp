#include "tests/integration/support/exchanges.hpp"

#include "tests/integration/support/operator.hpp"

#include <map>

namespace integration {

namespace {

// OCPP-J section 4.1.3: the first element of a frame.
enum MessageType : std::int64_t { call = 2, result = 3, error = 4 };

LimitOrder order_of(Exchange const& exchange)
{
    bool const is_16 = exchange.payload.contains("csChargingProfiles");
    auto const& profile = child(exchange.payload, is_16 ? "csChargingProfiles" : "chargingProfile");
    auto const& schedule = is_16 ? child(profile, "chargingSchedule")
                                 : items(profile, "chargingSchedule").at(0).as_object();
    auto const& period = items(schedule, "chargingSchedulePeriod").at(0).as_object();
    LimitOrder order{.station = exchange.station,
        .of_session = text(profile, "chargingProfilePurpose") == "TxProfile",
        .limit_ma = thousandths(period, "limit"),
        .asked = exchange.asked};
    if (exchange.answered && !exchange.error && text(exchange.answer, "status") == "Accepted")
        order.accepted = exchange.answered;
    return order;
}

}

std::vector<Exchange> exchanges_of(std::vector<Frame> const& frames)
{
    std::vector<Exchange> exchanges;
    // By station, who asked, and message id: the newest.
    std::map<std::tuple<std::string, bool, std::string>, std::size_t> newest;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        auto const& frame = frames[i];
        auto const parts = json::parse(frame.text).as_array();
        auto const type = parts.at(0).as_int64();
        std::string const id(parts.at(1).as_string());
        Moment const here{.index = i, .at = frame.at};
        if (type == MessageType::call) {
            newest[{frame.station, frame.from_station, id}] = exchanges.size();
            exchanges.push_back({.station = frame.station,
                .from_station = frame.from_station,
                .id = id,
                .action = std::string(parts.at(2).as_string()),
                .payload = parts.at(3).as_object(),
                .asked = here});
            continue;
        }
        auto const asked = newest.find({frame.station, !frame.from_station, id});
        if (asked == newest.end()) throw std::runtime_error("an answer to nothing: " + frame.text);
        auto& exchange = exchanges[asked->second];
        exchange.answered = here;
        exchange.error = type == MessageType::error;
        if (!exchange.error) exchange.answer = parts.at(2).as_object();
    }
    return exchanges;
}

std::vector<LimitOrder> limit_orders(std::vector<Exchange> const& exchanges)
{
    std::vector<LimitOrder> orders;
    for (auto const& exchange : exchanges)
        if (!exchange.from_station && exchange.action == "SetChargingProfile")
            orders.push_back(order_of(exchange));
    return orders;
}

LimitOrder session_limit(std::vector<LimitOrder> const& orders, std::string_view station,
    std::int64_t limit_ma, std::size_t from)
{
    for (auto const& order : orders)
        if (order.station == station && order.of_session && order.limit_ma == limit_ma &&
            order.asked.index >= from)
            return order;
    throw std::runtime_error("no TxProfile of " + std::to_string(limit_ma) + " mA for " +
                             std::string(station) + " from frame " + std::to_string(from) + " on");
}

}
