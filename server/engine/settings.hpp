// What can be set about the engine, with its defaults.
#pragma once

#include "server/engine/now.hpp"

#include <cstdint>

namespace engine {

struct Settings {
    // Shards allot ids so that id modulo `shard_count` is `shard`; see README, "Shards".
    std::int64_t shard = 0;
    std::int64_t shard_count = 1;

    std::chrono::seconds heartbeat_interval{300};
    // How long an answer of a station is waited for (ocpp-facts: 30 s suits most).
    std::chrono::seconds call_timeout{30};
    // A connection is left alone for this long: most stations boot first, and some do not.
    Milliseconds quiet_after_connect{3000};
    // No CALL of ours before the boot is answered plus this pause: some firmwares reconnect in a
    // loop otherwise (Wallbox 6.x).
    Milliseconds pause_after_boot{500};
    // From an accepted profile to the new current at the car: 5 s for the pilot and 5 s for the car
    // (IEC 61851-1), and a margin for the station.
    Milliseconds reaction{12'000};
    // An increase follows the last change of the same outlet no earlier than this, unless the
    // outlet has nothing: frequent changes upset cars.
    Milliseconds increase_interval{30'000};
    std::int64_t increase_step_ma = 1000;   // smaller increases are hardly worth a message
    Milliseconds trifle_interval{300'000};  // and follow the last change no earlier than this
    std::int64_t quantum_ma = 100;          // limits are sent in tenths of an ampere
    // Live views are published at most this often per installation.
    Milliseconds live_interval{500};
    // Stations that say that they have a local authorisation list get one. Off: nothing is asked or
    // sent on our own (the alliance's compliance tool dislikes CALLs that it did not ask for).
    bool local_lists = true;
    // After a connection or a boot the lists wait for so long: status and limits come first.
    Milliseconds local_list_pause{15'000};
    // Changes of tokens are gathered for so long into one message.
    Milliseconds local_list_delay{2000};
    // A measured current older than this is shown as unknown.
    std::chrono::seconds measurement_lifetime{120};
};

}
