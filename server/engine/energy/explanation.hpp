// The cheapest explanation of a series of register readings: which of them are a register that only
// counts up, which are errors, and where the register began anew or jumped.
#pragma once

#include "server/engine/energy/energy.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace engine::metering {

// How a reading ranks within one instant: the start first, the stop last.
enum class Rank : std::uint8_t { start, begin_context, sample, end_context, stop };

struct RegisterReading {
    std::int64_t at_ms = 0;
    Rank rank = Rank::sample;
    std::int64_t value = 0;  // 0..largest_register_mwh
    storage::Timestamp stated_at{};

    friend auto operator<=>(RegisterReading const&, RegisterReading const&) = default;
};

// Readings of one value in a row.
struct Plateau {
    std::int64_t first_ms = 0;
    std::int64_t last_ms = 0;
    std::int64_t value = 0;
    std::uint32_t first = 0;  // readings, the last included
    std::uint32_t last = 0;
    bool start = false;  // holds the session's start register
    bool stop = false;   // holds its stop register
    bool named = false;  // holds a reading of the begin or the end
};
std::vector<Plateau> plateaus_of(std::span<RegisterReading const> readings);

// Whether the register can have gone from `before` to `after`: not down, and not faster than
// plausible.
bool may_follow(Plateau const& before, Plateau const& after);

// Whether the register can have begun anew at 0 between `before` and `after`.
bool may_begin_anew(Plateau const& before, Plateau const& after);

// The plateaus of the cheapest explanation, ascending; those not in it are errors. Where one may
// not follow the other, the register began anew (lower) or jumped (higher). Never empty unless
// `plateaus` is. README.md has the prices.
std::vector<std::size_t> explain(std::span<Plateau const> plateaus);

}
