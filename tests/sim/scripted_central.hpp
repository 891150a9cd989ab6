// A central system for tests, in virtual time. It either follows a script, frame by frame, or
// answers everything by itself.
#pragma once

#include "tests/sim/builders.hpp"
#include "tools/sim/station.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace sim::test {

inline Instant const opening = at("2024-05-06T12:00:00Z");

class ScriptedCentral {
public:
    explicit ScriptedCentral(StationConfig const& config)
        : station(config, opening), version_(config.version)
    {
        attend();
    }

    Station station;
    Instant now = opening;
    bool reachable = true;  // the network between the two
    bool answers_by_itself = false;
    bool deaf = false;  // answers nothing
    std::string token_status = "Accepted";
    std::vector<std::string> all;  // every text of the station

    // Lets time pass, event by event.
    void pass(Milliseconds time)
    {
        auto const end = now + time;
        for (auto next = station.next_wake(); next && *next <= end; next = station.next_wake()) {
            now = std::max(*next, now);
            station.on_time(now);
            attend();
            if (station.next_wake() == next) break;  // not before something else happens
        }
        now = end;
        station.on_time(now);
        attend();
    }

    void cut()
    {
        reachable = false;
        station.on_close(now);
        attend();
    }

    void plug(CarConfig const& car, std::string const& token, int evse = 1)
    {
        station.plug_in(Car(car), token, now, evse);
        attend();
    }
    void unplug(int evse = 1)
    {
        station.unplug(now, evse);
        attend();
    }

    // The station's next text is this one. The order of fields is the standard's.
    void hears(std::string_view text)
    {
        REQUIRE_FALSE(heard_.empty());
        CHECK(heard_.front() == text);
        heard_.pop_front();
    }
    bool hears_nothing() const { return heard_.empty(); }
    std::string next_heard()
    {
        REQUIRE_FALSE(heard_.empty());
        auto text = heard_.front();
        heard_.pop_front();
        return text;
    }
    void forget() { heard_.clear(); }

    void says(std::string_view text)
    {
        station.on_text(text, now);
        attend();
    }

    // Sends a CALL and returns the answer's text.
    std::string asks(std::string_view action, std::string_view payload)
    {
        auto const id = "c" + std::to_string(++calls_);
        forget();
        says(
            R"([2,")" + id + R"(",")" + std::string(action) + R"(",)" + std::string(payload) + "]");
        for (auto const& text : heard_)
            if (text.starts_with(R"([3,")" + id + '"') || text.starts_with(R"([4,")" + id + '"'))
                return text.substr(text.find(R"(",)") + 2);  // without type and id
        return {};
    }

    // Feeds and drains until the station wants nothing more at this instant.
    void attend()
    {
        for (bool busy = true; busy;) {
            busy = false;
            if (station.take_link_request() == LinkRequest::open) {
                if (reachable)
                    station.on_open(now);
                else
                    station.on_close(now);
                busy = true;
            }
            for (auto& text : station.take_texts()) {
                busy = true;
                all.push_back(text);
                if (answers_by_itself)
                    answer(text);
                else
                    heard_.push_back(std::move(text));
            }
        }
    }

private:
    void answer(std::string const& text)
    {
        auto const frame = boost::json::parse(text).as_array();
        if (frame[0] != 2) {
            heard_.push_back(text);
            return;
        }
        if (deaf) return;
        auto const id = std::string(frame[1].as_string());
        station.on_text(
            R"([3,")" + id + R"(",)" + response(std::string(frame[2].as_string()), frame[3]) + "]",
            now);
    }

    std::string response(std::string const& action, boost::json::value const& payload)
    {
        auto const time = R"("currentTime":")" + ocpp::to_string(now) + '"';
        bool const old = version_ == ocpp::Version::v16;
        auto const status = R"({"status":")" + token_status + R"("})";
        if (action == "BootNotification")
            return R"({"status":"Accepted","interval":300,)" + time + "}";
        if (action == "Heartbeat") return "{" + time + "}";
        if (action == "Authorize")
            return (old ? R"({"idTagInfo":)" : R"({"idTokenInfo":)") + status + "}";
        if (action == "StartTransaction")
            return R"({"idTagInfo":)" + status + R"(,"transactionId":)" +
                   std::to_string(++transactions_) + "}";
        if (action == "TransactionEvent" && payload.as_object().contains("idToken"))
            return R"({"idTokenInfo":)" + status + "}";
        return "{}";
    }

    ocpp::Version version_;
    std::deque<std::string> heard_;
    int calls_ = 0;
    int transactions_ = 40;
};

inline StationConfig config_for(ocpp::Version version)
{
    StationConfig config;
    config.version = version;
    return config;
}

inline CarConfig car_with(int phases, std::int64_t max_ma, std::int64_t energy_wh = 50'000)
{
    CarConfig car;
    car.phases = phases;
    car.max_ma = max_ma;
    car.energy_wanted_wh = energy_wh;
    return car;
}

// The payloads of all messages of one action, in order.
inline std::vector<boost::json::object> payloads(
    std::vector<std::string> const& texts, std::string_view action)
{
    std::vector<boost::json::object> result;
    for (auto const& text : texts) {
        auto const frame = boost::json::parse(text).as_array();
        if (frame[0] == 2 && frame[2].as_string() == action) result.push_back(frame[3].as_object());
    }
    return result;
}

}
