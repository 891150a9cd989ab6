// The objects of the API (README.md, Objects) as JSON text. The only place that knows their fields.
#pragma once

#include "server/engine/commands.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace admin {

std::string to_json(storage::Installation const& installation);
std::string to_json(storage::Circuit const& circuit);
std::string to_json(storage::ChargePoint const& charge_point);
std::string to_json(engine::StationView const& view);
std::string to_json(storage::Token const& token);
std::string to_json(storage::SessionSummary const& summary);
std::string to_json(storage::MeterSample const& sample);
std::string to_json(storage::UnbookedMessage const& message);
std::string to_json(engine::LiveView const& view);
std::string to_json(engine::CallAnswer const& answer);

// The energy of a session: from the register at its start, or else the first one measured, to the
// register at its end, or else the last one measured. Nothing when one of them is not known, and
// when the register ran backwards, because then no number is right.
std::optional<std::int64_t> energy_mwh(storage::SessionSummary const& summary);

}
