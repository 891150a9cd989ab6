// Plays the transcript of one case: the stations of the case against an engine on a store in
// memory.
#pragma once

#include "tests/engine/engine_bench.hpp"
#include "tests/field_sessions/json_pattern.hpp"

#include <map>
#include <string>
#include <vector>

namespace test {

class Player {
public:
    // Builds the charge points and tokens of the case and brings its stations up, a minute before
    // its first step. Throws std::runtime_error when the case cannot be understood.
    explicit Player(boost::json::object const& field_case);

    // Plays all steps. Then every station must still be served.
    void play();

    // What a station met that it should not: an answer missing, doubled or other than expected, a
    // connection closed. In the order of events.
    std::vector<std::string> const& faults() const { return faults_; }
    Bindings const& bindings() const { return bindings_; }
    EngineBench& bench() { return bench_; }

private:
    void make_charge_points();
    void put_token(boost::json::object const& token);
    void bring_up(std::string const& station);
    void wait_until(engine::Timestamp time);
    void play_step(boost::json::object const& step);
    // Sends a CALL and checks that one answer comes, and that it is as `expected` says.
    void call(std::string const& station, boost::json::array const& frame,
        boost::json::array const& expected);
    // Takes what the engine has sent: its CALLs are answered, its answers are kept.
    void listen();
    void fault(std::string const& what);

    boost::json::object const& case_;
    EngineBench bench_;
    ocpp::Version version_;
    std::vector<std::string> stations_;
    std::map<std::string, std::vector<boost::json::array>> answers_;  // not yet looked at
    Bindings bindings_;
    std::vector<std::string> faults_;
    std::string at_;  // the step being played, for messages
};

}
