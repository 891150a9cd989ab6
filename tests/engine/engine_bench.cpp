#include "tests/engine/engine_bench.hpp"

#include "ocpp/timestamp.hpp"

#include <cstdlib>
#include <stdexcept>

namespace test {

engine::Settings quick_settings()
{
    engine::Settings settings;
    settings.quiet_after_connect = 0ms;
    settings.pause_after_boot = 0ms;
    settings.local_lists = false;  // their dialogues have their own tests
    return settings;
}

EngineBench::EngineBench(engine::Settings const& settings)
    : now{.utc = noon, .uptime = 1h}, settings_(settings)
{
    engine_ = std::make_unique<engine::Engine>(settings_, store.load(), now);
    drain();
}

void EngineBench::drain()
{
    for (;;) {
        wake_ = engine_->on_time(now);
        auto effects = engine_->take_effects();
        if (effects.empty()) return;
        for (auto& frame : effects.frames) {
            auto const& station = frame.station.value;
            witness_.to_station(station, versions_.at(station), frame.text);
            if (epochs_.contains(station) && epochs_[station] == frame.epoch)
                frames_[station].push_back(std::move(frame.text));
        }
        for (auto& close : effects.closes) closes.push_back(std::move(close));
        for (auto& a : effects.answers)
            replies_[static_cast<std::uint64_t>(a.request)] = std::move(a.reply);
        if (!effects.records.empty())
            store.commit(std::move(effects.records), [this, ticket = effects.ticket] {
                if (engine_) engine_->on_committed(ticket, now);
            });
        if (auto_commit)
            while (store.step()) {
            }
        for (auto& look_up : effects.look_ups) answer_look_up(look_up);
    }
}

void EngineBench::answer_look_up(engine::LookUpSession const& look_up)
{
    store.read_sessions(look_up.query, [&](std::vector<storage::SessionSummary> const& found) {
        engine_->on_found(look_up.station, look_up.number,
            found.empty() ? std::nullopt : std::optional(found.front().session), now);
    });
    ++look_ups;
}

void EngineBench::commit()
{
    while (store.step()) {
    }
    drain();
}

void EngineBench::set_store_writable(bool writable)
{
    store.set_writable(writable);
    engine_->on_store_health(writable, now);
    drain();
}

void EngineBench::connect(std::string const& station, ocpp::Version version)
{
    epochs_[station] = engine::Epoch{++epoch_count_};
    versions_[station] = version;
    frames_[station].clear();
    engine_->on_connected({station}, epochs_[station], version, now);
    drain();
}

void EngineBench::disconnect(std::string const& station)
{
    engine_->on_disconnected({station}, epochs_.at(station), now);
    epochs_.erase(station);
    drain();
}

void EngineBench::send(std::string const& station, std::string_view text)
{
    witness_.from_station(station, versions_.at(station), text);
    engine_->on_frame({station}, epochs_.at(station), text, now);
    drain();
}

void EngineBench::move_away(std::string const& station)
{
    engine_->on_moved_away({station}, now);
    epochs_.erase(station);
    drain();
}

void EngineBench::move_here(storage::Station const& station)
{
    engine_->on_moved_here(station, now);
    drain();
}

std::vector<std::string> EngineBench::take(std::string const& station)
{
    return std::exchange(frames_[station], {});
}

std::string EngineBench::take_one(std::string const& station)
{
    auto frames = take(station);
    if (frames.size() != 1) {
        std::string all;
        for (auto const& frame : frames) all += "\n  " + frame;
        throw std::runtime_error("expected one frame for " + station + ", there are " +
                                 std::to_string(frames.size()) + all);
    }
    return frames.front();
}

engine::Reply EngineBench::ask(engine::Command const& command)
{
    auto const id = ++request_count_;
    engine_->on_command(engine::RequestId{id}, command, now);
    drain();
    auto const it = replies_.find(id);
    if (it == replies_.end()) throw std::runtime_error("no reply yet");
    return it->second;
}

void EngineBench::pass(engine::Milliseconds time)
{
    auto const end = now.uptime + time;
    while (now.uptime < end) {
        auto const next = wake_ && *wake_ < end ? std::max(*wake_, now.uptime + 1ms) : end;
        now.utc += next - now.uptime;
        now.uptime = next;
        drain();
    }
}

void EngineBench::restart()
{
    engine_.reset();
    store.crash();
    epochs_.clear();
    frames_.clear();
    now.uptime += 5s;
    now.utc += 5s;
    engine_ = std::make_unique<engine::Engine>(settings_, store.load(), now);
    drain();
}

engine::LiveView EngineBench::live(storage::InstallationId installation)
{
    return ask_for<engine::LiveView>(engine::GetLive{installation});
}

SmallPlant make_plant(
    EngineBench& bench, std::int64_t circuit_a, int stations, std::int64_t fallback_a)
{
    SmallPlant plant;
    engine::CreateInstallation installation;
    installation.name = "Storgata 1";
    installation.limit_ma = 63'000;
    installation.time_zone = "Europe/Oslo";
    plant.installation = bench.ask_for<storage::Installation>(installation).id;
    engine::CreateCircuit circuit;
    circuit.installation = plant.installation;
    circuit.label = "Kurs 1";
    circuit.rating_ma = circuit_a * 1000;
    plant.circuit = bench.ask_for<storage::Circuit>(circuit).id;
    storage::Token token;
    token.value = good_token;
    bench.ask(engine::PutToken{token});
    for (int n = 1; n <= stations; ++n) {
        engine::CreateChargePoint point;
        point.circuit = plant.circuit;
        point.name = "P-" + std::to_string(n);
        point.active = true;
        point.fallback_ma = fallback_a * 1000;
        plant.points.push_back(bench.ask_for<storage::ChargePoint>(point).id);
        engine::AssignStation assign;
        assign.station = {"CP-" + std::to_string(n)};
        assign.charge_point = plant.points.back();
        bench.ask(assign);
    }
    return plant;
}

void bring_up_v16(EngineBench& bench, std::string const& station)
{
    bench.connect(station, ocpp::Version::v16);
    bench.send(
        station, R"([2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}])");
    for (int rounds = 0; rounds < 3; ++rounds)
        for (auto const& frame : bench.take(station))
            if (frame.starts_with("[2")) answer(bench, station, frame);
}

std::int64_t start_v16(
    EngineBench& bench, std::string const& station, std::string const& token, std::int64_t meter_wh)
{
    bench.send(station, R"([2,"s","StartTransaction",{"connectorId":1,"idTag":")" + token +
                            R"(","meterStart":)" + std::to_string(meter_wh) + R"(,"timestamp":")" +
                            ocpp::to_string(bench.now.utc) + R"("}])");
    auto const frames = bench.take(station);
    for (auto const& frame : frames)
        if (frame.starts_with("[2")) answer(bench, station, frame);
    return std::atoll(field(frames.at(0), "transactionId").c_str());
}

std::string field(std::string_view text, std::string_view key)
{
    auto const mark = "\"" + std::string(key) + "\":";
    auto const at = text.find(mark);
    if (at == std::string_view::npos) return {};
    auto rest = text.substr(at + mark.size());
    if (rest.starts_with('"')) return std::string(rest.substr(1, rest.find('"', 1) - 1));
    return std::string(rest.substr(0, rest.find_first_of(",}]")));
}

std::string id_of(std::string_view frame)
{
    auto const first = frame.find('"') + 1;
    return std::string(frame.substr(first, frame.find('"', first) - first));
}

void answer(
    EngineBench& bench, std::string const& station, std::string_view frame, std::string_view status)
{
    bench.send(
        station, R"([3,")" + id_of(frame) + R"(",{"status":")" + std::string(status) + R"("}])");
}

}
