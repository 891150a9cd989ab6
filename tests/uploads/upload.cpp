#include "tests/uploads/upload.hpp"

#include "server/engine/energy/energy.hpp"
#include "server/engine/session_facts.hpp"
#include "tests/engine/engine_bench.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

namespace uploads {

namespace {

using test::EngineBench;

// A station with its queue, as far as it has come.
struct Sender {
    Station const* station = nullptr;
    std::vector<std::int64_t> ids;      // of its transactions: as answered; -1 before
    std::vector<std::size_t> unsent;    // messages without an answer, in their order
    std::vector<std::size_t> answered;  // messages that may be repeated
};

class Uploader {
public:
    explicit Uploader(std::vector<Station> const& fleet)
    {
        set_up(fleet);
        for (auto const& station : fleet) {
            Sender sender{&station, std::vector<std::int64_t>(station.transactions, -1), {}, {}};
            for (std::size_t k = 0; k < station.messages.size(); ++k) sender.unsent.push_back(k);
            senders.push_back(std::move(sender));
        }
        connect_all();
    }

    // Sends a message; the answer may wait for a commit.
    std::string send(Sender& sender, std::size_t index)
    {
        auto const& message = sender.station->messages[index];
        auto const id = "m" + std::to_string(++message_count_);
        bench.take(sender.station->identity);
        bench.send(sender.station->identity,
            R"([2,")" + id + R"(",")" + message.action + R"(",)" +
                message.payload(sender.ids[message.transaction]) + "]");
        return id;
    }

    // The answer to a message, if it is there: noted as answered.
    bool hear(Sender& sender, std::size_t index, std::string const& id)
    {
        for (auto const& frame : bench.take(sender.station->identity)) {
            if (frame.starts_with("[2")) continue;  // a CALL of the server: no business of ours
            if (test::id_of(frame) != id) continue;
            CAPTURE(frame);
            REQUIRE(frame.starts_with("[3"));  // an error would make a station repeat for ever
            auto const& message = sender.station->messages[index];
            if (message.action == "StartTransaction")
                sender.ids[message.transaction] = std::atoll(
                    test::field(frame, "transactionId").c_str());
            std::erase(sender.unsent, index);
            sender.answered.push_back(index);
            return true;
        }
        return false;
    }

    void connect_all()
    {
        for (auto const& sender : senders) connect(*sender.station);
    }

    void connect(Station const& station)
    {
        bench.connect(station.identity, station.version);
        if (station.version == ocpp::Version::v16)
            bench.send(station.identity,
                R"([2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}])");
        bench.take(station.identity);
    }

    Result result()
    {
        bench.commit();
        Result result;
        for (auto const& [id, session] : bench.disk.sessions) {
            auto const samples = bench.disk.samples_of(id);
            Outcome outcome;
            outcome.started_at_ms = session.started_at.time_since_epoch().count();
            if (session.ended_at)
                outcome.ended_at_ms = session.ended_at->time_since_epoch().count();
            outcome.closing = session.closing;
            outcome.token = session.token;
            outcome.meter_start_mwh = session.meter_start_mwh;
            outcome.meter_stop_mwh = session.meter_stop_mwh;
            outcome.stop_reason = session.stop_reason;
            outcome.samples = samples.size();
            for (auto const& span : session.sequences)
                outcome.reports += span.last - span.first + 1;
            outcome.energy_mwh = engine::energy_of(session, samples).energy_mwh;
            bool const is_new =
                result.sessions
                    .emplace(std::pair(session.charge_point.value, session.station_key), outcome)
                    .second;
            CHECK(is_new);  // no session twice
        }
        for (auto const& [id, message] : bench.disk.unbooked)
            result.waiting += message.state == storage::UnbookedState::waiting ? 1U : 0U;
        result.look_ups = bench.look_ups;
        return result;
    }

    EngineBench bench;
    std::vector<Sender> senders;

private:
    void set_up(std::vector<Station> const& fleet)
    {
        engine::CreateInstallation installation;
        installation.name = "Fleet";
        installation.limit_ma = 63'000;
        installation.time_zone = "Europe/Oslo";
        auto const plant = bench.ask_for<storage::Installation>(installation).id;
        engine::CreateCircuit circuit;
        circuit.installation = plant;
        circuit.label = "Kurs 1";
        circuit.rating_ma = 63'000;
        auto const kurs = bench.ask_for<storage::Circuit>(circuit).id;
        for (auto const* value : {"TAG1", "TAG2"}) {
            storage::Token token;
            token.value = value;
            bench.ask(engine::PutToken{token});
        }
        for (auto const& station : fleet)
            for (int outlet = 1; outlet <= station.outlets; ++outlet) {
                engine::CreateChargePoint point;
                point.circuit = kurs;
                point.name = station.identity + "/" + std::to_string(outlet);
                point.active = true;
                engine::AssignStation assign;
                assign.charge_point = bench.ask_for<storage::ChargePoint>(point).id;
                assign.station = {station.identity};
                assign.evse = {outlet};
                bench.ask(assign);
            }
    }

    int message_count_ = 0;
};

// Sessions are put in their order among the latest ones of their station that are at hand (32), so
// far apart a station's reports may be exchanged; messages of some 15 sessions are.
constexpr std::size_t most_apart = 60;

// The next message to send: 1.6 in order; 2.x any of the first that wait.
std::size_t next_of(Sender const& sender, Dice& dice)
{
    bool const in_order = sender.station->version == ocpp::Version::v16 || dice.one_in(4);
    if (in_order) return sender.unsent.front();
    auto const choice = std::min(sender.unsent.size(), most_apart);
    return sender.unsent[static_cast<std::size_t>(dice.between(0, static_cast<int>(choice) - 1))];
}

// A 1.6 station that never hears the id of its transaction goes on with -1 in the end.
void give_up_start(Sender& sender, std::size_t index, Dice& dice)
{
    auto const& message = sender.station->messages[index];
    if (message.action != "StartTransaction" || !dice.one_in(4)) return;
    std::erase(sender.unsent, index);
}

}

Result upload_in_order(std::vector<Station> const& fleet)
{
    Uploader uploader(fleet);
    for (auto& sender : uploader.senders)
        while (!sender.unsent.empty()) {
            auto const index = sender.unsent.front();
            auto const id = uploader.send(sender, index);
            REQUIRE(uploader.hear(sender, index, id));
        }
    return uploader.result();
}

Result upload_somehow(std::vector<Station> const& fleet, Dice& dice)
{
    Uploader uploader(fleet);
    uploader.bench.auto_commit = false;
    int crashes = 0;
    int repeats = 0;
    for (;;) {
        std::vector<Sender*> busy;
        for (auto& sender : uploader.senders)
            if (!sender.unsent.empty()) busy.push_back(&sender);
        if (busy.empty()) break;
        auto& sender =
            *busy[static_cast<std::size_t>(dice.between(0, static_cast<int>(busy.size()) - 1))];
        auto const& station = *sender.station;

        bool const repeat = !sender.answered.empty() && dice.one_in(8);
        auto const index = repeat ? sender.answered[static_cast<std::size_t>(dice.between(
                                        0, static_cast<int>(sender.answered.size()) - 1))]
                                  : next_of(sender, dice);
        auto const id = uploader.send(sender, index);
        repeats += repeat ? 1 : 0;
        if (dice.one_in(15)) {  // the server dies; what it has not committed is gone
            uploader.bench.restart();
            uploader.connect_all();
            ++crashes;
            continue;
        }
        uploader.bench.commit();
        if (dice.one_in(10)) {  // the answer is lost with the connection
            uploader.bench.disconnect(station.identity);
            uploader.connect(station);
            if (!repeat) give_up_start(sender, index, dice);
            continue;
        }
        auto const before = sender.answered.size();
        REQUIRE(uploader.hear(sender, index, id));
        if (repeat) sender.answered.resize(before);
        uploader.bench.pass(std::chrono::milliseconds{dice.between(0, 200)});
    }
    auto result = uploader.result();
    result.crashes = crashes;
    result.repeats = repeats;
    return result;
}

}
