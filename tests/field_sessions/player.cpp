#include "tests/field_sessions/player.hpp"

#include "ocpp/timestamp.hpp"

#include <algorithm>
#include <stdexcept>

namespace test {

namespace json = boost::json;

namespace {

// The plant is older than anything a case tells of, except where the case is about just that.
constexpr auto plant_age = std::chrono::hours{24 * 30};
constexpr auto lead = std::chrono::minutes{1};
// While time passes, the stations answer the engine's CALLs at least this often, well within its
// timeout for CALLs.
constexpr engine::Milliseconds listening_interval{20'000};
constexpr int most_rounds_of_calls = 100;

engine::Timestamp time_of(json::value const& text)
{
    auto const parsed = ocpp::parse_timestamp(std::string_view(text.as_string()));
    if (!parsed) throw std::runtime_error("not a time: " + text_of(text));
    return parsed->time;
}

std::string text_or(json::object const& object, std::string_view key, std::string const& otherwise)
{
    auto const* value = object.if_contains(key);
    return value == nullptr ? otherwise : std::string(value->as_string());
}

std::string station_of(json::object const& object) { return text_or(object, "station", "CP-1"); }

ocpp::Version version_of(json::object const& field_case)
{
    auto const protocol = text_or(field_case, "protocol", "");
    if (protocol == "ocpp1.6") return ocpp::Version::v16;
    if (protocol == "ocpp2.0.1") return ocpp::Version::v201;
    throw std::runtime_error("protocol: " + protocol);
}

// What a plain station without extras says to a CALL of ours.
std::string answer_to(std::string const& action, ocpp::Version version)
{
    static std::map<std::string, std::string> const known{
        {"GetConfiguration", R"({"configurationKey":[],"unknownKey":[]})"},
        {"GetTransactionStatus", R"({"messagesInQueue":false})"},
    };
    if (action == "GetLocalListVersion")
        return version == ocpp::Version::v16 ? R"({"listVersion":0})" : R"({"versionNumber":0})";
    auto const it = known.find(action);
    return it == known.end() ? R"({"status":"Accepted"})" : it->second;
}

// These are optional or have answers that a plain station need not be able to make.
bool is_refused(std::string const& action)
{
    return action == "GetVariables" || action == "SetVariables" || action == "GetBaseReport";
}

}

Player::Player(json::object const& field_case) : case_(field_case), version_(version_of(field_case))
{
    auto const first = time_of(case_.at("steps").as_array().at(0).as_object().at("at"));
    bench_.now.utc = first - plant_age;
    make_charge_points();
    if (auto const* tokens = case_.if_contains("tokens"))
        for (auto const& token : tokens->as_array()) put_token(token.as_object());
    else
        put_token({{"value", "TAG1"}});
    bench_.now.utc += plant_age - lead;
    bench_.now.uptime += plant_age - lead;
    for (auto const& station : stations_) bring_up(station);
}

void Player::make_charge_points()
{
    engine::CreateInstallation installation;
    installation.name = "Storgata 1";
    installation.limit_ma = 250'000;
    installation.time_zone = "Europe/Oslo";
    engine::CreateCircuit circuit;
    circuit.installation = bench_.ask_for<storage::Installation>(installation).id;
    circuit.label = "Kurs 1";
    circuit.rating_ma = 250'000;
    auto const circuit_id = bench_.ask_for<storage::Circuit>(circuit).id;
    json::array const one_point{json::object{{"evse", 1}}};
    auto const* points = case_.if_contains("charge_points");
    for (auto const& value : points == nullptr ? one_point : points->as_array()) {
        auto const& spec = value.as_object();
        engine::CreateChargePoint point;
        point.circuit = circuit_id;
        auto const evse = spec.at("evse").to_number<std::int32_t>();
        point.name = station_of(spec) + "/" + std::to_string(evse);
        point.active = true;
        if (auto const* open = spec.if_contains("open")) point.open_access = open->as_bool();
        if (auto const* rotation = spec.if_contains("rotation"))
            for (std::size_t i = 0; i < point.rotation.size(); ++i)
                point.rotation[i] = rotation->as_array().at(i).to_number<std::uint8_t>();
        engine::AssignStation assign;
        assign.charge_point = bench_.ask_for<storage::ChargePoint>(point).id;
        assign.station = {station_of(spec)};
        assign.evse = storage::EvseNumber{evse};
        auto const reply = bench_.ask(assign);
        if (auto const* refused = std::get_if<engine::Refused>(&reply))
            throw std::runtime_error("cannot assign: " + refused->rule);
        if (std::find(stations_.begin(), stations_.end(), assign.station.value) == stations_.end())
            stations_.push_back(assign.station.value);
    }
}

void Player::put_token(json::object const& spec)
{
    storage::Token token;
    token.value = std::string(spec.at("value").as_string());
    token.group = text_or(spec, "group", "");
    if (text_or(spec, "status", "accepted") == "blocked")
        token.status = storage::TokenStatus::blocked;
    if (auto const* expires = spec.if_contains("expires")) token.expires_at = time_of(*expires);
    if (auto const* most = spec.if_contains("most_sessions"))
        token.most_sessions = most->to_number<std::int64_t>();
    auto const reply = bench_.ask(engine::PutToken{token});
    if (auto const* refused = std::get_if<engine::Refused>(&reply))
        throw std::runtime_error("cannot put the token: " + refused->rule);
}

void Player::bring_up(std::string const& station)
{
    bench_.connect(station, version_);
    at_ = "bringing up";
    json::object const boot =
        version_ == ocpp::Version::v16
            ? json::object{{"chargePointVendor", "Example"}, {"chargePointModel", "Wall"}}
            : json::object{{"reason", "PowerUp"},
                  {"chargingStation", {{"vendorName", "Example"}, {"model", "Wall"}}}};
    call(station, {2, "kurs-boot", "BootNotification", boot},
        {3, "kurs-boot", {{"status", "Accepted"}}});
}

void Player::play()
{
    for (auto const& step : case_.at("steps").as_array()) play_step(step.as_object());
    wait_until(bench_.now.utc + lead);
    at_ = "afterwards";
    for (auto const& station : stations_)
        call(station, {2, "kurs-alive", "Heartbeat", json::object{}},
            {3, "kurs-alive", json::object{}});
    for (auto const& close : bench_.closes)
        fault("the server closed the connection of " + close.station.value + ": " + close.why);
}

void Player::play_step(json::object const& step)
{
    at_ = text_or(step, "at", "");
    wait_until(time_of(step.at("at")));
    auto const station = station_of(step);
    if (step.contains("reconnect")) {
        bench_.disconnect(station);
        bench_.connect(station, version_);
        listen();
    } else if (step.contains("restart_server")) {
        bench_.restart();
        for (auto const& each : stations_) bench_.connect(each, version_);
        listen();
    } else if (auto const* token = step.if_contains("put_token")) {
        put_token(token->as_object());
        listen();
    } else {
        call(station, step.at("in").as_array(), step.at("out").as_array());
    }
}

// The clock of the bench is past a step's time only after a restart, which takes it some seconds.
void Player::wait_until(engine::Timestamp time)
{
    listen();
    while (bench_.now.utc < time) {
        bench_.pass(std::min<engine::Milliseconds>(time - bench_.now.utc, listening_interval));
        listen();
    }
}

void Player::call(std::string const& station, json::array const& frame, json::array const& expected)
{
    listen();
    auto const filled = filled_in(frame, bindings_);
    bench_.send(station, text_of(filled));
    listen();
    auto const answers = std::exchange(answers_[station], {});
    auto const text = text_of(filled);
    if (answers.empty()) return fault("no answer to " + text);
    if (answers.size() > 1) fault(std::to_string(answers.size()) + " answers to " + text);
    if (auto const wrong = disagreement(expected, answers.front(), bindings_); !wrong.empty())
        fault(wrong + ", after " + text);
}

void Player::listen()
{
    for (int round = 0; round < most_rounds_of_calls; ++round) {
        bool called = false;
        for (auto const& station : stations_)
            for (auto const& text : bench_.take(station)) {
                auto const frame = json::parse(text).as_array();
                if (frame.at(0).as_int64() != 2) {
                    answers_[station].push_back(frame);
                    continue;
                }
                called = true;
                auto const action = std::string(frame.at(2).as_string());
                auto const id = json::serialize(frame.at(1));
                bench_.send(station,
                    is_refused(action) ? "[4," + id + R"(,"NotSupported","",{}])"
                                       : "[3," + id + "," + answer_to(action, version_) + "]");
            }
        if (!called) return;
    }
    fault("the engine sends CALLs without end");
}

void Player::fault(std::string const& what) { faults_.push_back(at_ + ": " + what); }

}
