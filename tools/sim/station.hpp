// A simulated charging station, sans-I/O: it is fed what happens (the link, texts, time, drivers)
// and drained of what it wants (texts to send, the link opened or closed). It owns no clock, no
// socket and no random number that does not come from its seed, so that a day passes in virtual
// time as fast as its events can be worked off, and the same seed gives the same day.
//
// A driver of the simulation does, for each station, whenever next_wake() has come or after any
// feed:
//     station.on_time(now);
//     switch (station.take_link_request()) ...
//     for (auto& text : station.take_texts()) send(text);
#pragma once

#include "ocpp/version.hpp"
#include "tools/sim/car.hpp"
#include "tools/sim/quantities.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

// When a 2.0.1 station starts a transaction (TxStartPoint). 1.6 has only the second.
enum class StartPoint { ev_connected, power_path_closed };

struct StationConfig {
    ocpp::Version version = ocpp::Version::v16;
    std::string identity = "SIM-1";  // last segment of its URL
    std::string vendor = "Kurs";
    std::string model = "Simulated";
    std::string serial = "SIM-1";
    std::string firmware = "1.0";
    // Makes message and transaction ids unlike those of other runs of the same station.
    std::string run = "a";
    std::uint64_t seed = 1;

    int evses = 1;
    Grid grid = Grid::tn;
    int phases = 3;  // of the supply: 1 or 3; one on IT is the pair L1-L2
    // IT: what flows between L1 and L2 alone is shown as a current of L1, and none on L2. Many
    // meters do so; the others show it on both.
    bool shows_pair_on_first = false;
    std::int64_t max_ma = 32'000;  // the hardware's maximum on each terminal
    // What it offers a transaction that no TxProfile or TxDefaultProfile limits; empty: max_ma.
    std::optional<std::int64_t> standalone_ma;
    std::int64_t quantum_ma = 100;  // steps of the pilot, rounded down
    // From an accepted profile or a switching instant to the pilot.
    Milliseconds reaction{5'000};
    bool can_switch_phases = false;  // three to one, in a running transaction
    bool wakes_cars = false;         // toggles the pilot when it offers current again after a pause
    std::int64_t register_start_wh = 0;  // of the lifetime meter of each EVSE

    // Smart charging capabilities.
    int max_stack_level = 8;
    int max_periods = 24;
    int max_profiles = 16;
    bool accepts_amperes = true;
    bool accepts_watts = true;

    // Free mode: every car charges, nobody is authorised. Then this id goes into 1.6
    // StartTransaction.
    bool free_mode = false;
    std::string free_token = "FREE";
    bool offline_authorize = true;  // who may be anybody while offline (AllowOfflineTxForUnknownId)
    bool authorize_remote = false;  // AuthorizeRemoteTxRequests, AuthorizeRemoteStart
    bool stop_on_invalid_token = true;  // StopTransactionOnInvalidId; otherwise it only suspends
    StartPoint start_point = StartPoint::power_path_closed;
    Milliseconds connection_timeout{120'000};  // a remote start waits so long for a cable

    Milliseconds meter_interval{60'000};       // 0: no samples
    Milliseconds heartbeat_interval{300'000};  // until the boot's answer says another
    Milliseconds call_timeout{30'000};
    int transaction_attempts = 3;  // TransactionMessageAttempts
    Milliseconds transaction_retry_interval{60'000};
    bool retries_keep_id = true;  // the errata of 2025-04 let a retry reuse the message id
    std::size_t offline_memory =
        1'000;  // transaction messages; beyond it, meter values are thinned
    Milliseconds boot_duration{10'000};  // from reboot() to the first attempt to connect
    Milliseconds boot_retry{30'000};     // when the answer's interval is 0, or there is no answer
    Milliseconds reconnect_min{1'000};   // back-off: doubles from here ...
    Milliseconds reconnect_max{60'000};  // ... to here, with up to as much again by chance
    bool boots_on_reconnect = false;

    bool keeps_events = false;  // take_events() has something to say
};

// Misbehaviour for tests. May be changed at any time.
struct Faults {
    bool refuse_profiles = false;  // Rejected
    bool ignore_profiles = false;  // Accepted, and nothing changes
    bool drop_answers = false;     // a CALL is obeyed and its answer lost
    bool silent = false;           // neither reads nor answers: hung firmware on an open link
    Milliseconds clock_skew{0};    // its clock minus the true one
    Milliseconds answer_delay{0};
};

enum class OutletState {
    available,
    preparing,  // plugged in, and no transaction or nothing offered yet
    charging,
    suspended_ev,
    suspended_evse,
    finishing,  // transaction over, car still there
};

enum class LinkRequest { none, open, close };

struct SessionView {
    std::string token;
    std::string
        transaction_id;  // 1.6: the number as text, empty until the central system has told it
    Instant started{};   // true time
    std::int64_t start_wh = 0;  // the meter's register then
};

struct Event {
    Instant at{};
    std::string text;  // key=value pairs
};

class Station {
public:
    // Powered up at `now`: it wants a link at once.
    Station(StationConfig const& config, Instant now);
    ~Station();
    Station(Station&&) noexcept;
    Station& operator=(Station&&) noexcept;

    // The link. A failed attempt is on_close() as well.
    void on_open(Instant now);
    void on_text(std::string_view text, Instant now);
    void on_close(Instant now);

    // Lets time pass. Every other feed does so first, too.
    void on_time(Instant now);
    // When on_time() is wanted next. Nothing: not before something else happens.
    std::optional<Instant> next_wake() const;

    // What it wants. After `open`, answer with on_open() or on_close(). After `close` (a reboot)
    // the station has already given the link up; on_close() is not needed, and harmless.
    LinkRequest take_link_request();
    std::vector<std::string> take_texts();
    std::vector<Event> take_events();

    // Drivers. `token` empty: nobody shows a card (it is shown later, or a remote start comes).
    // Precondition of plug_in: no car at that EVSE.
    void plug_in(Car const& car, std::string const& token, Instant now, int evse = 1);
    Car unplug(Instant now, int evse = 1);
    // The card that started stops; otherwise it starts, when a car waits.
    void present_token(std::string const& token, Instant now, int evse = 1);

    // The car there draws so much at most from now on. Precondition: a car.
    void change_car_max(std::int64_t max_ma, Instant now, int evse = 1);

    // Troubles. A reboot ends transactions (reason Reboot), takes boot_duration and keeps profiles,
    // registers and undelivered messages. A power loss stops everything at once until the power is
    // back; transactions then end with reason PowerLoss.
    void reboot(Instant now);
    void power_loss(Instant now);
    void power_back(Instant now);
    Faults& faults();

    // What can be seen from outside; as of the last feed.
    StationConfig const& config() const;
    bool online() const;    // the link is open
    bool accepted() const;  // the central system has accepted the boot
    bool plugged(int evse = 1) const;
    Car const* car(int evse = 1) const;
    OutletState state(int evse = 1) const;
    std::optional<SessionView> session(int evse = 1) const;
    TerminalCurrents terminal_currents_ma() const;  // of all EVSEs, magnitudes added
    TerminalCurrents terminal_currents_ma(int evse) const;
    Draw draw(int evse = 1) const;                 // what flows into its car, with the angle
    std::int64_t offered_ma(int evse = 1) const;   // on the pilot
    std::int64_t limit_ma(int evse = 1) const;     // by profiles and hardware; the pilot follows
    std::int64_t register_wh(int evse = 1) const;  // lifetime
    std::int64_t register_uj(int evse = 1) const;  // the same, exact
    std::size_t undelivered() const;               // transaction messages not yet confirmed

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}
