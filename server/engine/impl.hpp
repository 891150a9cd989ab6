// The engine's inside. Its functions are grouped by subject over several files; all of them run in
// the one thread that feeds the engine.
#pragma once

#include "balancing/rotation.hpp"
#include "ocpp/frame.hpp"
#include "server/engine/engine.hpp"
#include "server/engine/list_shelf.hpp"
#include "server/engine/model.hpp"
#include "server/engine/tokens.hpp"

#include <map>
#include <queue>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engine {

// A moment at which a station, an installation or the local lists want to be looked at.
struct AllLists {};
struct Timer {
    Milliseconds at{};
    std::variant<storage::StationIdentity, storage::InstallationId, AllLists> whom;
};
struct LaterTimer {
    bool operator()(Timer const& a, Timer const& b) const { return a.at > b.at; }
};

// Something that may leave only after a commit.
using Promise = std::variant<SendFrame, Answer>;
struct HeldPromise {
    Ticket after{};
    Promise promise;
};

// Whether the store has been asked about the session that a report speaks of.
enum class Remembered { not_asked, asked };

struct Engine::Impl {
    Settings settings;
    Now now;
    std::map<storage::InstallationId, Plant> plants;
    std::unordered_map<storage::ChargePointId, Outlet> outlets;
    std::unordered_map<storage::StationIdentity, Link> links;
    std::unordered_map<storage::SessionId, RunningSession> sessions;
    TokenBook tokens;
    std::set<storage::InstallationId> touched;  // plants to look at before the effects are taken
    std::set<storage::StationIdentity> with_queued_calls;
    std::set<storage::StationIdentity> to_forget;  // stations with sessions that have ended

    ListShelf list_shelf;
    std::set<storage::StationIdentity> lists_to_see_to;
    std::optional<Milliseconds> lists_renewed_at{};  // tokens have changed: all are made anew then

    Effects effects;
    std::vector<Promise> promised;  // wait for the batch that is being gathered
    std::deque<HeldPromise> held;   // wait for a batch that was handed out
    Ticket issued{};
    Ticket committed{};
    bool store_writable = true;

    balancing::Rotation rotation;  // keeps its memory from plan to plan
    std::priority_queue<Timer, std::vector<Timer>, LaterTimer> timers;
    std::int64_t highest_id = 0;
    std::string call_id_prefix;  // unique over restarts, so that our message ids never repeat
    std::uint64_t calls_made = 0;
    std::uint64_t look_ups_made = 0;
    Milliseconds no_increase_before{};  // after a restart, what settled is not known

    Impl(Settings const& settings_in, storage::Contents const& contents, Now start);

    // engine.cpp: time, effects, ids
    std::optional<Milliseconds> pass_time();
    void settle_down();
    Effects drain();
    void set_timer(Milliseconds at, storage::StationIdentity const& station);
    void set_timer(Plant& plant, Milliseconds at);
    std::int64_t next_id();
    // Of the batch that is being gathered.
    Ticket next_ticket() const { return Ticket{static_cast<std::uint64_t>(issued) + 1}; }
    template <class R>
    void record(R entity)
    {
        effects.records.emplace_back(std::move(entity));
    }
    void write(RunningSession& session);
    void promise(SendFrame frame) { promised.emplace_back(std::move(frame)); }
    void promise(Answer answer) { promised.emplace_back(std::move(answer)); }
    void touch(Plant& plant, bool plan);
    Plant* plant_of(Outlet const& outlet);
    Outlet* outlet_of(Link const& link, storage::EvseNumber evse);

    // restore.cpp: what a restart finds
    void restore(storage::Contents const& contents);
    void add_plant(storage::Installation const& installation);
    void add_circuit(Plant& plant, storage::Circuit const& circuit);
    Outlet& add_point(Plant& plant, storage::ChargePoint const& point);
    void bind(Outlet& outlet, storage::Assignment const& assignment, bool session_open,
        storage::GrantedLimit const* stored);
    RunningSession& add_session(Link& link, storage::Session const& session);
    void restore_session(Link& link, storage::Session const& session);

    // links.cpp: connections, frames, calls
    void connect(storage::StationIdentity const& id, Epoch epoch, ocpp::Version version);
    void disconnect(Link& link);
    void receive(Link& link, std::string_view text);
    void receive_call(
        Link& link, ocpp::Call const& call, std::string_view text, Remembered remembered);
    bool is_unknown(Link const& link, SessionReference const& session) const;
    void look_up(Link& link, SessionReference const& session, std::string_view text);
    void found(Link& link, std::uint64_t number, std::optional<storage::Session> const& session);
    void note(Link& link, std::string_view action, std::vector<ocpp::Fault>& remarks) const;
    void settle_call(
        Link& link, std::string const& id, std::variant<ocpp::Payload, ocpp::Fault> what);
    void expire_call(Link& link);
    void plan_due(Link const& link);
    void call(Link& link, Outstanding outstanding, OutgoingCall const& outgoing, bool after_commit);
    std::string send_call(Link const& link, OutgoingCall const& outgoing, bool after_commit);
    void send_queued(Link& link);
    bool free_for_call(Link const& link) const;
    bool free_for_limit(Link const& link) const;
    bool accepted(Link const& link) const { return !link.outlets.empty(); }

    // words.cpp and transactions.cpp: what stations report
    WordAnswer hear(Link& link, Word const& word, std::string_view frame);
    WordAnswer hear_boot(Link& link, Booted const& boot);
    void hear_status(Link& link, StatusChanged const& status);
    void hear_measured(Link& link, Measured const& measured);
    void take_reading(Outlet& outlet, RunningSession* session, Reading const& reading, bool live);
    RunningSession* session_at(Outlet& outlet, Timestamp at);

    WordAnswer hear_transaction(
        Link& link, TransactionReport const& report, std::string_view frame);
    RunningSession* session_for(Link& link, TransactionReport const& report);
    RunningSession* open_session(
        Link& link, TransactionReport const& report, std::optional<storage::SessionId> id);
    RunningSession* only_candidate(Link& link, TransactionReport const& report);
    WordAnswer book(Link& link, RunningSession& session, TransactionReport const& report);
    void settle(Outlet& outlet);
    void run(Outlet& outlet, storage::SessionId session);
    void on_ended(Link& link, Outlet& outlet, RunningSession const& session);
    void forget_oldest(Link& link);
    void present_token(RunningSession& session, TokenName const& token);
    bool is_late(Timestamp at) const;
    bool is_stale(Link const& link, Timestamp at) const;
    static std::optional<std::int64_t> ahead_ms(Link const& link);

    // unbooked.cpp: messages that fit no session
    static std::optional<TransactionReport> report_in(storage::UnbookedMessage const& message);
    bool is_promised(Link const& link, storage::SessionId id) const;
    WordAnswer keep_unbooked(Link& link, TransactionReport const& report, std::string_view frame);
    static void add_waiting(
        Link& link, storage::UnbookedMessage message, TransactionReport const* known);
    bool is_waited_for(Link const& link, std::string const& key) const;
    void book_waiting(Link& link);
    RunningSession* waiting_session(
        Link& link, storage::UnbookedMessage const& message, TransactionReport const& report);
    std::optional<Refused> attach(
        Link& link, storage::UnbookedMessage& message, storage::Session const& session);
    std::optional<Refused> make_session(
        Link& link, storage::UnbookedMessage& message, storage::ChargePointId point);
    void resolve(storage::UnbookedMessage& message, storage::UnbookedState state,
        std::string const& operator_name);

    // authorisation.cpp: who may charge where
    storage::Token const* token_of(TokenName const& name) const;
    std::string group_of(TokenName const& name) const;
    bool are_alike(TokenName const& one, std::string const& other) const;
    TokenVerdict verdict(TokenName const& name) const;
    TokenVerdict verdict_at(Link const& link, TokenName const& name) const;
    TokenVerdict judge(
        Outlet const& outlet, TokenName const& name, RunningSession const* session) const;
    bool may_charge(Outlet const& outlet, RunningSession const& session) const;
    TokenVerdict verdict_for(RunningSession const& session, TokenName const& token) const;

    // lists.cpp: the stations' local authorisation lists
    void list_connected(Link& link);
    void list_booted(Link& link);
    void list_place_changed(Link& link);
    void tokens_changed();
    void see_to_lists();
    std::size_t see_to_list(Link& link);
    void wake_for_list(Link& link, Milliseconds at);
    std::size_t want_list(Link& link);
    void ask_about_list(Link& link, ListQuestion question);
    void list_answered(Link& link, std::variant<ocpp::Payload, ocpp::Fault> const& what);
    bool waits_for_list(Link const& link) const;
    LocalListView list_view(Link const& link) const;

    // planning.cpp: who gets how much, and what is sent for it
    void replan(Plant& plant);
    void plan(Plant& plant);
    void carry_out(Plant& plant);
    void send_limit(Outlet& outlet, LimitPurpose purpose, std::int64_t limit_ma);
    void limit_answered(
        Link& link, OrderInFlight const& order, std::optional<OrderOutcome> outcome);
    void remember(Outlet& outlet);
    void forgive(Outlet& outlet) const;
    std::int64_t fallback_of(Outlet const& outlet) const;
    bool shares(Outlet const& outlet) const;
    balancing::Terminals terminals_of(Plant const& plant, Outlet const& outlet) const;
    balancing::Evse evse_of(Plant& plant, Outlet& outlet);

    // turns.cpp: fairness over time, and shares that are not used
    balancing::Seconds clock() const;
    void carry_turns(Plant& plant);
    balancing::Session turn_of(Outlet const& outlet, RunningSession const& session) const;
    void note_current(Outlet& outlet, RunningSession& session);
    void forget_old_cap(Outlet const& outlet, RunningSession& session) const;
    balancing::ReclaimState reclaimed(Outlet const& outlet, RunningSession const& session) const;
    balancing::Current least_of(Outlet const& outlet) const;

    // commands.cpp: what operators ask
    void command(RequestId request, Command const& command);
    Reply carry_out_command(CreateInstallation const& c);
    Reply carry_out_command(SetInstallationPolicy const& c);
    Reply carry_out_command(CreateCircuit const& c);
    Reply carry_out_command(CreateChargePoint const& c);
    Reply carry_out_command(SetChargePointPriority const& c);
    Reply carry_out_command(ActivateChargePoint const& c);
    Reply carry_out_command(AssignStation const& c);
    Reply carry_out_command(ReleaseStation const& c);
    Reply carry_out_command(SetStationStrict const& c);
    Reply carry_out_command(PutToken const& c);
    Reply carry_out_command(ResolveUnbooked const& c);
    Reply carry_out_command(SetSessionWishes const& c);
    Reply carry_out_command(ListInstallations const& c);
    Reply carry_out_command(ListCircuits const& c);
    Reply carry_out_command(ListChargePoints const& c);
    Reply carry_out_command(ListStations const& c);
    Reply carry_out_command(ListTokens const& c);
    Reply carry_out_command(GetLive const& c);
    Reply carry_out_command(WatchLive const& c);
    std::optional<Refused> call_station(RequestId request, CallStation const& c);
    std::optional<Refused> call_misfit(Link const& link, CallStation const& c) const;
    std::optional<Refused> fallback_misfit(
        Plant const& plant, storage::ChargePoint const& point) const;
    void release(Outlet& outlet);
    void move_station(Link const& link, std::int64_t shard);

    // live.cpp: what operators see
    LiveView live_view(Plant const& plant) const;
    void publish_if_due(Plant& plant);
};

// Refusals of commands.
Refused invalid(std::string field, std::string rule);
Refused conflict(std::string field, std::string rule);
Refused not_found(std::string field);

// The lines that a charge point is wired to.
LineSet wired_lines(storage::ChargePoint const& point);

}
