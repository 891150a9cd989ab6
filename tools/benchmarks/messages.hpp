// What the stations of the benchmark say, as text: no code of the server makes it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace bench {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// A CALL frame.
std::string call_text(std::string_view id, std::string_view action, std::string_view payload);
// The CALLRESULT that accepts a charging profile, of either version.
std::string accepted_text(std::string_view id);

std::string boot_v16();
std::string boot_v201();
std::string available_v16();
std::string available_v201(Timestamp at);
std::string start_transaction(Timestamp at, std::int64_t meter_wh);
std::string stop_transaction(std::int64_t transaction, Timestamp at, std::int64_t meter_wh);
// Nine samples of one instant, as a station with a three-phase meter sends them.
std::string meter_values(std::int64_t transaction, Timestamp at, std::int64_t meter_wh);

// The number behind "NAME": in a frame; throws std::runtime_error without one.
std::int64_t number_in(std::string_view frame, std::string_view name);

}
