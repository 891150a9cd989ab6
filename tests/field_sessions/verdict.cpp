#include "tests/field_sessions/verdict.hpp"

#include "ocpp/timestamp.hpp"
#include "server/engine/energy/energy.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <set>
#include <stdexcept>

namespace test {

namespace json = boost::json;

namespace {

constexpr int all = 1000;
constexpr double mwh_per_wh = 1000.0;
// A station writes whole seconds, and a message takes a moment.
constexpr double clock_tolerance_s = 5.0;

struct Outcome {
    storage::Session session;
    engine::Energy energy;
    std::vector<storage::SignedReading> signed_readings;
};

std::vector<Outcome> outcomes(storage::Store& store)
{
    storage::SessionQuery query;
    query.limit = all;
    std::vector<Outcome> found;
    store.read_sessions(query, [&](std::vector<storage::SessionSummary> sessions) {
        for (auto const& summary : sessions) {
            Outcome outcome;
            outcome.session = summary.session;
            found.push_back(outcome);
        }
    });
    for (auto& outcome : found) {
        auto const id = outcome.session.id;
        store.read_samples(id, [&](std::vector<storage::MeterSample> samples) {
            outcome.energy = engine::energy_of(outcome.session, samples);
        });
        store.read_signed(id, [&](std::vector<storage::SignedReading> readings) {
            outcome.signed_readings = std::move(readings);
        });
    }
    return found;
}

std::string name_of(storage::Closing closing)
{
    switch (closing) {
    case storage::Closing::open: return "open";
    case storage::Closing::station: return "station";
    case storage::Closing::replaced: return "replaced";
    case storage::Closing::by_hand: return "by_hand";
    }
    return "?";
}

json::value time_or_null(std::optional<storage::Timestamp> const& time)
{
    if (!time) return nullptr;
    return json::string(ocpp::is_writable(*time) ? ocpp::to_string(*time) : "unwritable");
}

// The outcome in the words of the case files.
json::object described(Outcome const& outcome)
{
    auto const& session = outcome.session;
    json::array sequences;
    for (auto const& span : session.sequences)
        sequences.push_back(json::array{span.first, span.last});
    json::array data;
    for (auto const& reading : outcome.signed_readings) data.push_back(json::string(reading.data));
    json::object out{
        {"station", session.station.value},
        {"evse", session.evse.value},
        {"token", session.token},
        {"started_at", time_or_null(session.started_at)},
        {"ended_at", time_or_null(session.ended_at)},
        {"energy_wh", nullptr},
        {"closed", name_of(session.closing)},
        {"recorded_offline", session.recorded_offline},
        {"estimated", outcome.energy.estimated},
        {"start_reported", session.start_reported},
        {"clock_ahead_s", nullptr},
        {"sequences", sequences},
        {"signed", data.size()},
        {"signed_data", data},
        {"tx", session.id.value},
    };
    if (outcome.energy.energy_mwh)
        out["energy_wh"] = static_cast<double>(*outcome.energy.energy_mwh) / mwh_per_wh;
    if (session.clock_ahead_ms)
        out["clock_ahead_s"] = static_cast<double>(*session.clock_ahead_ms) / 1000.0;
    return out;
}

std::string lower(std::string_view text)
{
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool same_instant(json::value const& expected, json::value const& actual)
{
    if (!expected.is_string() || !actual.is_string()) return expected == actual;
    auto const left = ocpp::parse_timestamp(std::string_view(expected.get_string()));
    auto const right = ocpp::parse_timestamp(std::string_view(actual.get_string()));
    if (!left) throw std::runtime_error("not a time: " + text_of(expected));
    return right && left->time == right->time;
}

// Equal to the milliwatt-hour; null is not 0.
bool same_energy(json::value const& expected, json::value const& actual)
{
    if (expected.is_null() || actual.is_null()) return expected == actual;
    auto const mwh = [](json::value const& wh) {
        return std::llround(wh.to_number<double>() * mwh_per_wh);
    };
    return mwh(expected) == mwh(actual);
}

bool about_the_same(json::value const& expected, json::value const& actual)
{
    return !actual.is_null() &&
           std::abs(expected.to_number<double>() - actual.to_number<double>()) <= clock_tolerance_s;
}

// The same strings, in any order.
bool same_set(json::value const& expected, json::value const& actual)
{
    auto const sorted = [](json::array const& texts) {
        std::multiset<std::string> set;
        for (auto const& text : texts) set.emplace(text.as_string());
        return set;
    };
    return sorted(expected.as_array()) == sorted(actual.as_array());
}

bool all_contained(json::value const& parts, json::value const& texts)
{
    for (auto const& part : parts.as_array()) {
        auto const holds = [&](json::value const& text) {
            return text.as_string().find(part.as_string()) != json::string::npos;
        };
        if (std::none_of(texts.as_array().begin(), texts.as_array().end(), holds)) return false;
    }
    return true;
}

bool agrees(std::string_view key, json::value const& expected, json::object const& actual,
    Bindings const& bindings)
{
    if (key == "signed_contains") return all_contained(expected, actual.at("signed_data"));
    auto const& value = actual.at(key);
    if (key == "started_at" || key == "ended_at") return same_instant(expected, value);
    if (key == "energy_wh") return same_energy(expected, value);
    if (key == "clock_ahead_s") return about_the_same(expected, value);
    if (key == "signed_data") return same_set(expected, value);
    if (key == "token") return lower(expected.as_string()) == lower(value.as_string());
    if (key == "tx")
        return value.to_number<std::int64_t>() == bindings.at(std::string(expected.as_string()));
    // Numbers come as signed and unsigned; their text is the same.
    return text_of(expected) == text_of(value);
}

// The names of what differs; empty: it is the session that is meant.
std::string differing(
    json::object const& expected, json::object const& actual, Bindings const& bindings)
{
    std::string names;
    for (auto const& [key, value] : expected)
        if (!agrees(key, value, actual, bindings)) names += " " + std::string(key);
    return names;
}

}

std::vector<std::string> differences(
    storage::Store& store, json::object const& expect, Bindings const& bindings)
{
    std::vector<std::string> found;
    std::vector<json::object> sessions;
    for (auto const& outcome : outcomes(store)) sessions.push_back(described(outcome));
    std::string all_sessions;
    for (auto const& session : sessions) all_sessions += "\n      " + text_of(session);

    auto const& wanted = expect.at("sessions").as_array();
    if (wanted.size() != sessions.size())
        found.push_back(std::to_string(wanted.size()) + " sessions expected, there are " +
                        std::to_string(sessions.size()) + all_sessions);
    auto left = sessions;
    for (auto const& want : wanted) {
        std::string nearest;  // the fewest differences, for the message
        auto const it = std::find_if(left.begin(), left.end(), [&](json::object const& session) {
            auto const names = differing(want.as_object(), session, bindings);
            if (nearest.empty() || names.size() < nearest.size()) nearest = names;
            return names.empty();
        });
        if (it == left.end())
            found.push_back("no session is as expected; the nearest differs in" + nearest +
                            "\n    expected " + text_of(want) + "\n    there are" + all_sessions);
        else
            left.erase(it);
    }
    if (auto const* waiting = expect.if_contains("waiting")) {
        storage::UnbookedQuery query;
        query.limit = all;
        std::vector<storage::UnbookedMessage> messages;
        store.read_unbooked(query, [&](auto answer) { messages = std::move(answer); });
        if (waiting->to_number<std::size_t>() != messages.size()) {
            std::string list;
            for (auto const& message : messages)
                list += "\n      " + message.why + ": " + message.frame;
            found.push_back(text_of(*waiting) + " messages should wait, there are " +
                            std::to_string(messages.size()) + list);
        }
    }
    return found;
}

}
