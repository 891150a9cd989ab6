#include "server/admin/objects.hpp"

#include "server/admin/json_text.hpp"
#include "server/admin/times.hpp"
#include "server/admin/words.hpp"
#include "server/engine/session_facts.hpp"

#include <algorithm>
#include <array>

namespace admin {
namespace {

constexpr int decimals_of_milli = 3;

std::string number(std::int64_t value) { return std::to_string(value); }

std::string amperes(std::int64_t milliamperes)
{
    return json_decimal(milliamperes, decimals_of_milli);
}

// Per line; null is a line whose value is not known.
template <class Integer>
std::string lines(std::array<std::optional<Integer>, 3> const& currents_ma)
{
    return json_array(currents_ma,
        [](auto const& current_ma) { return current_ma ? amperes(*current_ma) : "null"; });
}

std::string lines(std::array<std::int64_t, 3> const& currents_ma)
{
    return json_array(currents_ma, amperes);
}

std::string remark_json(engine::StationRemark const& remark)
{
    JsonObject json;
    json.text("action", remark.action).text("field", remark.field).text("rule", remark.rule);
    return json.integer("count", remark.count).text("last_at", time_text(remark.last_at)).str();
}

std::string doubts_json(engine::EnergyDoubts const& doubts)
{
    std::vector<std::string_view> names;
    for (auto const& [doubt, word] : energy_doubt_words)
        if (doubts.has(doubt)) names.push_back(word);
    return json_array(names, json_string);
}

std::string reading_json(engine::EnergyReading const& reading)
{
    JsonObject json;
    json.text("at", time_text(reading.at)).kilo("value", reading.value);
    return json.text("source", word_of(energy_source_words, reading.source)).str();
}

std::string to_json(engine::LiveNode const& node)
{
    JsonObject json;
    if (node.id) json.integer("id", node.id->value);
    if (node.parent) json.integer("parent", node.parent->value);
    json.text("label", node.label).amperes("rating_a", node.rating_ma);
    json.raw("current_a", lines(node.current_ma));
    json.raw("granted_a", lines(node.granted_ma)).raw("ceiling_a", lines(node.ceiling_ma));
    return json.str();
}

std::string to_json(engine::LiveLimit const& limit)
{
    JsonObject json;
    json.text("kind", word_of(reason_words, limit.reason));
    if (!limit.where.empty()) json.text("where", limit.where);
    if (limit.line != 0) json.integer("line", limit.line);
    if (!limit.where.empty()) json.text("source", word_of(source_words, limit.source));
    json.amperes("left_a", limit.left_ma).integer("queued", limit.queued);
    if (limit.turn_at) json.text("turn_at", time_text(*limit.turn_at));
    return json.str();
}

std::string to_json(engine::LiveSession const& session)
{
    JsonObject json;
    json.integer("id", session.id.value).text("started_at", time_text(session.started_at));
    if (!session.token.empty()) json.text("token", session.token);
    if (session.energy_mwh) json.kilo("energy_kwh", *session.energy_mwh);
    if (session.estimated) json.flag("estimated", true);
    return json.str();
}

std::string to_json(engine::LiveChargePoint const& point)
{
    JsonObject json;
    json.integer("id", point.id.value).text("name", point.name);
    json.integer("circuit", point.circuit.value).flag("active", point.active);
    if (point.station) json.text("station", point.station->value);
    json.text("state", word_of(state_words, point.state)).text("fault", point.fault);
    json.amperes("limit_a", point.limit_ma).amperes("ceiling_a", point.ceiling_ma);
    json.raw("reason", to_json(point.limit)).raw("current_a", lines(point.current_ma));
    if (point.session) json.raw("session", to_json(*point.session));
    return json.str();
}

}

std::string to_json(storage::Installation const& installation)
{
    JsonObject json;
    json.integer("id", installation.id.value).text("name", installation.name);
    json.text("address", installation.address);
    json.text("grid", word_of(grid_words, installation.grid));
    json.amperes("limit_a", installation.limit_ma);
    json.text("policy", word_of(policy_words, installation.policy));
    json.text("time_zone", installation.time_zone).text("notes", installation.notes);
    return json.text("created_at", time_text(installation.created_at)).str();
}

std::string to_json(storage::Circuit const& circuit)
{
    JsonObject json;
    json.integer("id", circuit.id.value).integer("installation", circuit.installation.value);
    if (circuit.parent) json.integer("parent", circuit.parent->value);
    return json.text("label", circuit.label).amperes("rating_a", circuit.rating_ma).str();
}

std::string to_json(storage::ChargePoint const& point)
{
    JsonObject json;
    json.integer("id", point.id.value).integer("installation", point.installation.value);
    json.integer("circuit", point.circuit.value).text("name", point.name);
    json.raw("rotation", json_array(point.rotation, number));
    json.amperes("max_a", point.max_ma).amperes("fallback_a", point.fallback_ma);
    json.flag("active", point.active).flag("open_access", point.open_access);
    return json.integer("priority", point.priority).str();
}

namespace {

std::string local_list_json(engine::LocalListView const& view)
{
    JsonObject json;
    json.flag("in_step", view.in_step);
    if (view.version) json.integer("version", *view.version);
    if (view.entries) json.integer("entries", static_cast<std::int64_t>(*view.entries));
    json.integer("left_out", static_cast<std::int64_t>(view.left_out));
    if (!view.why.empty()) json.text("why", view.why);
    return json.str();
}

}

std::string to_json(engine::StationView const& view)
{
    auto const& station = view.station;
    JsonObject json;
    json.text("identity", station.identity.value).text("serial_number", station.serial_number);
    json.text("vendor", station.vendor).text("model", station.model);
    json.text("firmware", station.firmware).text("protocol", station.protocol);
    // One that was assigned before it ever connected has not been seen.
    if (station.first_seen != storage::Timestamp{}) {
        json.text("first_seen", time_text(station.first_seen));
        json.text("last_seen", time_text(station.last_seen));
    }
    json.flag("online", view.online).flag("strict", station.strict);
    if (view.clock_ahead) json.integer("clock_ahead_ms", view.clock_ahead->count());
    if (view.charge_point) {
        json.integer("charge_point", view.charge_point->value).integer("evse", view.evse.value);
    }
    json.raw("local_list", local_list_json(view.local_list));
    json.raw("remarks", json_array(view.remarks, [](engine::StationRemark const& remark) {
        return remark_json(remark);
    }));
    return json.str();
}

std::string to_json(storage::Token const& token)
{
    auto const ids = [](auto const& list) {
        return json_array(list, [](auto id) { return number(id.value); });
    };
    JsonObject json;
    json.text("token", token.value).text("kind", word_of(token_kind_words, token.kind));
    json.text("label", token.label).text("owner", token.owner).text("group", token.group);
    json.text("status", word_of(token_status_words, token.status));
    if (token.expires_at) json.text("expires_at", time_text(*token.expires_at));
    json.raw("installations", ids(token.installations));
    json.raw("charge_points", ids(token.charge_points));
    if (token.most_sessions) json.integer("most_sessions", *token.most_sessions);
    return json.str();
}

std::string to_json(SessionEnergy const& one)
{
    auto const& session = one.session;
    JsonObject json;
    json.integer("id", session.id.value).integer("charge_point", session.charge_point.value);
    json.text("station", session.station.value).integer("evse", session.evse.value);
    if (!session.token.empty()) json.text("token", session.token);
    json.text("started_at", time_text(session.started_at));
    if (session.ended_at) json.text("ended_at", time_text(*session.ended_at));
    if (one.energy.energy_mwh) json.kilo("energy_kwh", *one.energy.energy_mwh);
    json.flag("estimated", one.energy.estimated).raw("doubts", doubts_json(one.energy.doubts));
    if (session.meter_start_mwh) json.kilo("meter_start_kwh", *session.meter_start_mwh);
    if (session.meter_stop_mwh) json.kilo("meter_stop_kwh", *session.meter_stop_mwh);
    json.text("closed", word_of(closing_words, session.closing));
    if (!session.stop_reason.empty()) json.text("stop_reason", session.stop_reason);
    json.flag("start_reported", session.start_reported);
    json.flag("recorded_offline", session.recorded_offline);
    json.flag("clock_credible", engine::is_credible(session.started_at, session.first_heard_at));
    if (session.clock_ahead_ms) json.integer("clock_ahead_ms", *session.clock_ahead_ms);
    if (auto const missing = engine::missing_sequences(session.sequences))
        json.integer("missing_reports", missing);
    if (session.departs_at) json.text("departs_at", time_text(*session.departs_at));
    if (session.wanted_mwh) json.kilo("wanted_kwh", *session.wanted_mwh);
    return json.str();
}

std::string to_json(engine::Energy const& energy, std::vector<engine::HourEnergy> const& hours)
{
    JsonObject json;
    if (energy.energy_mwh) json.kilo("energy_kwh", *energy.energy_mwh);
    json.text("rule", word_of(energy_rule_words, energy.rule));
    json.flag("estimated", energy.estimated).raw("doubts", doubts_json(energy.doubts));
    if (energy.first) json.raw("first", reading_json(*energy.first));
    if (energy.last) json.raw("last", reading_json(*energy.last));
    auto const hour_json = [](engine::HourEnergy const& hour) {
        JsonObject one;
        return one.text("start", time_text(hour.start)).kilo("energy_kwh", hour.energy_mwh).str();
    };
    return json.raw("hours", json_array(hours, hour_json)).str();
}

std::string to_json(storage::Graph const& graph)
{
    auto const point_json = [](storage::GraphPoint const& point) {
        JsonObject one;
        one.text("from", time_text(point.from));
        one.raw("mean_a", lines(point.mean_ma)).raw("most_a", lines(point.most_ma));
        if (point.mean_power_mw) one.kilo("mean_power_kw", *point.mean_power_mw);
        return one.kilo("energy_kwh", point.energy_mwh).str();
    };
    JsonObject json;
    json.integer("charge_point", graph.charge_point.value);
    return json.raw("points", json_array(graph.points, point_json)).str();
}

std::string to_json(storage::SignedReading const& reading)
{
    JsonObject json;
    json.text("at", time_text(reading.at)).text("context", word_of(context_words, reading.context));
    json.text("encoding", reading.encoding).text("method", reading.method);
    return json.text("public_key", reading.public_key).text("data", reading.data).str();
}

std::string to_json(storage::MeterSample const& sample)
{
    JsonObject json;
    json.text("at", time_text(sample.at)).text("context", word_of(context_words, sample.context));
    if (sample.energy_mwh) json.kilo("energy_kwh", *sample.energy_mwh);
    auto const known = [](auto const& current_ma) { return current_ma.has_value(); };
    if (std::any_of(sample.current_ma.begin(), sample.current_ma.end(), known)) {
        json.raw("current_a", lines(sample.current_ma));
    }
    if (sample.power_mw) json.kilo("power_kw", *sample.power_mw);
    if (sample.soc_percent) json.integer("soc_percent", *sample.soc_percent);
    if (!sample.others.empty())
        json.raw("others", json_array(sample.others, [](auto const& value) {
            JsonObject one;
            one.text("measurand", word_of(measurand_words, value.channel.measurand));
            one.text("phase", word_of(phase_words, value.channel.phase));
            one.text("location", word_of(location_words, value.channel.location));
            return one.raw("value", json_decimal(value.milli, decimals_of_milli)).str();
        }));
    return json.str();
}

std::string to_json(storage::UnbookedMessage const& message)
{
    JsonObject json;
    json.integer("id", message.id.value).text("station", message.station.value);
    json.text("received_at", time_text(message.received_at));
    json.text("protocol", message.protocol).text("frame", message.frame).text("why", message.why);
    json.text("state", word_of(unbooked_words, message.state));
    if (message.session) json.integer("session", message.session->value);
    if (!message.resolved_by.empty()) json.text("resolved_by", message.resolved_by);
    if (message.resolved_at) json.text("resolved_at", time_text(*message.resolved_at));
    return json.str();
}

std::string to_json(storage::AuditEntry const& entry)
{
    JsonObject json;
    json.text("at", time_text(entry.at)).text("user", entry.user).text("action", entry.action);
    return json.text("subject", entry.subject).text("detail", entry.detail).str();
}

std::string to_json(engine::LiveView const& view)
{
    JsonObject json;
    json.integer("installation", view.installation.value).text("name", view.name);
    json.text("grid", word_of(grid_words, view.grid)).text("at", time_text(view.at));
    json.raw("nodes", json_array(view.nodes, [](auto const& node) { return to_json(node); }));
    json.raw("charge_points",
        json_array(view.charge_points, [](auto const& point) { return to_json(point); }));
    return json.str();
}

std::string to_json(engine::CallAnswer const& answer)
{
    JsonObject json;
    if (answer.error_code.empty()) {
        json.raw("payload", answer.payload.empty() ? "{}" : answer.payload);
    } else {
        JsonObject error;
        error.text("code", answer.error_code).text("description", answer.error_description);
        json.raw("error", error.str());
    }
    return json.str();
}

}
