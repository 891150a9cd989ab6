// The objects of the API (README.md, Objects) as JSON text. The only place that knows their fields.
#pragma once

#include "server/admin/session_energy.hpp"
#include "server/engine/commands.hpp"
#include "storage/store.hpp"

#include <string>
#include <vector>

namespace admin {

std::string to_json(storage::Installation const& installation);
std::string to_json(storage::Circuit const& circuit);
std::string to_json(storage::ChargePoint const& charge_point);
std::string to_json(engine::StationView const& view);
std::string to_json(storage::Token const& token);
std::string to_json(SessionEnergy const& session);
std::string to_json(engine::Energy const& energy, std::vector<engine::HourEnergy> const& hours);
std::string to_json(storage::SignedReading const& reading);
std::string to_json(storage::Graph const& graph);
std::string to_json(storage::MeterSample const& sample);
std::string to_json(storage::UnbookedMessage const& message);
std::string to_json(storage::AuditEntry const& entry);
std::string to_json(engine::LiveView const& view);
std::string to_json(engine::CallAnswer const& answer);

}
