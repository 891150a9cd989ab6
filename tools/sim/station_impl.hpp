// The inside of a Station, cut into what happens at the outlets (station_sessions.cpp), what it
// says (station_calls.cpp) and what it is told (station_commands.cpp). Private to those files.
#pragma once

#include "ocpp/frame.hpp"
#include "tools/sim/dialect.hpp"
#include "tools/sim/outlet.hpp"
#include "tools/sim/profile_stack.hpp"
#include "tools/sim/random.hpp"
#include "tools/sim/station.hpp"
#include "tools/sim/transaction_queue.hpp"

#include <deque>
#include <map>
#include <utility>

namespace sim {

// A token that wants to charge here.
struct Request {
    std::string token;
    std::string type;  // 2.0.1
    bool granted = false;
    bool asking = false;  // Authorize is on its way
    bool cable_came_later = false;
    Instant ask_at{};   // not before
    Instant expires{};  // without a cable
    bool remote = false;
    std::optional<std::int64_t> remote_start_id;
};

struct Session {
    std::int64_t number = 0;
    std::string token;
    std::optional<std::string> id;
    Instant started{};
    std::int64_t next_seq = 0;
    bool authorized = false;
    bool suspended = false;  // the token was refused, and the station only stops the energy
    Sample first;
    std::optional<Instant> next_sample;
    Transaction transaction;  // as the profile stack sees it
};

struct Evse {
    Outlet outlet;
    std::optional<Request> request;
    std::optional<Session> session;
    bool finished = false;  // a transaction ended and the car is still here
    OutletState state = OutletState::available;
    std::optional<OutletState> reported;  // what the central system was told last
    std::optional<Instant> next_switch;   // true time
};

enum class CallKind { boot, heartbeat, status, authorize, transaction };

struct Outgoing {
    CallKind kind = CallKind::heartbeat;
    int evse = 0;
    Message message;
    std::string token;  // of an authorize
};
struct Outstanding {
    std::string id;
    Outgoing call;
    Instant deadline{};
};

struct Station::Impl {
    enum class Link { down, asked_for, open };
    enum class Registration { none, pending, rejected, accepted };

    Impl(StationConfig const& config, Instant now);

    // station.cpp
    void pass_time(Instant now);
    void step(Instant now);
    void settle();
    std::optional<Instant> next_wake() const;
    void lose_link();
    void go_down(Milliseconds until_boot);
    void note(std::string text);
    Evse& at(int evse) { return evses[static_cast<std::size_t>(evse - 1)]; }
    Evse const& at(int evse) const { return evses[static_cast<std::size_t>(evse - 1)]; }
    int evse_count() const { return config.evses; }
    bool working() const { return powered && !booting_until; }
    bool ready() const { return link == Link::open && registration == Registration::accepted; }
    Timestamp clock() const { return now + faults.clock_skew; }

    // station_sessions.cpp
    void plug(int evse, Car const& car, std::string const& token);
    Car unplug(int evse);
    void present(int evse, std::string const& token);
    void request(int evse, Request request);
    void drop_request(int evse);
    void try_start(int evse);
    void start_by_itself(int evse);
    void start_session(int evse);
    void authorize_session(int evse);
    void end_session(int evse, StopReason reason, Trigger trigger, std::string const& token);
    void deauthorize(int evse);
    void take_samples(int evse);
    void refresh(int evse);
    OutletState observed_state(Evse const& evse) const;
    void apply_limits();
    Sample sample(Evse const& evse, Sample::Context context) const;
    Record record(int evse, Record::Kind kind, Trigger trigger);
    void tell(Record record);

    // station_calls.cpp
    void pump();
    bool send_boot();
    bool send_status();
    bool send_waiting();
    bool send_record();
    void send(Outgoing outgoing, std::string id);
    std::string new_message_id();
    void on_frame(ocpp::Frame frame);
    void on_answer(ocpp::CallResult const& result);
    void on_error(ocpp::CallError const& error);
    void on_no_answer();
    void on_failed(Outgoing const& call);
    void on_boot_answer(std::optional<BootAnswer> const& answer);
    void on_verdict(Outgoing const& call, std::optional<bool> accepted);
    void on_record_answer(ocpp::Payload const& payload);
    void give_up(Record const& record);
    void boot_again();
    std::int64_t transaction_number(Record const& record) const;

    // station_commands.cpp
    void on_call(ocpp::Call const& call);
    std::string obey(Command const& command);
    std::string obey(SetProfile const& command);
    std::string obey(ClearProfiles const& command);
    std::string obey(GetComposite const& command);
    std::string obey(RemoteStart const& command);
    std::string obey(RemoteStop const& command);
    std::string_view why_not_start(RemoteStart const& command, int evse) const;
    int choose_evse() const;
    void answer(std::string text);

    StationConfig config;
    Faults faults;
    Dialect const& dialect;
    Random random;
    ProfileStack stack;
    TransactionQueue queue;
    std::vector<Evse> evses;
    Instant now;
    Milliseconds applied_skew{0};

    bool powered = true;
    std::optional<Instant> booting_until;
    BootReason boot_reason = BootReason::power_up;

    Link link = Link::down;
    LinkRequest link_request = LinkRequest::none;
    std::optional<Instant> connect_at;
    int failed_connects = 0;

    Registration registration = Registration::none;
    bool ever_accepted = false;
    std::optional<Instant> boot_at;
    Milliseconds heartbeat_interval{};
    Instant last_call{};
    std::deque<Outgoing> waiting;  // calls that are not about transactions; lost with the link
    std::optional<Outstanding> outstanding;
    std::uint64_t message_count = 0;
    std::int64_t session_count = 0;
    std::map<std::int64_t, std::int64_t> transaction_numbers;  // 1.6: session to transactionId

    std::vector<std::string> texts;
    std::vector<std::pair<Instant, std::string>> delayed_answers;
    std::vector<Event> events;
};

}
