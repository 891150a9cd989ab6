#include "server/admin/session_energy.hpp"

#include "server/admin/json_text.hpp"
#include "server/admin/objects.hpp"
#include "server/admin/times.hpp"
#include "server/admin/words.hpp"

#include <memory>
#include <utility>

namespace admin {
namespace {

constexpr int decimals_of_mwh_in_kwh = 6;

struct Reading {
    storage::Store& store;
    std::vector<storage::SessionSummary> sessions;
    std::vector<SessionEnergy> energies;
    std::function<void(std::vector<SessionEnergy>)> done;
};

void read_next(std::shared_ptr<Reading> const& reading)
{
    auto const next = reading->energies.size();
    if (next == reading->sessions.size()) return reading->done(std::move(reading->energies));
    auto const id = reading->sessions[next].session.id;
    reading->store.read_samples(id, [reading](std::vector<storage::MeterSample> const& samples) {
        auto const& summary = reading->sessions[reading->energies.size()];
        reading->energies.push_back(
            {summary.session, summary.last_sample_at, engine::energy_of(summary.session, samples)});
        read_next(reading);
    });
}

// What a spreadsheet would take for a formula is made text (OWASP, "CSV Injection").
std::string cell(std::string text)
{
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(0, 1, '\'');
    if (text.find_first_of("\",\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (char const c : text) {
        quoted += c;
        if (c == '"') quoted += c;
    }
    return quoted + '"';
}

std::string energy_text(std::optional<std::int64_t> energy_mwh)
{
    return energy_mwh ? json_decimal(*energy_mwh, decimals_of_mwh_in_kwh) : std::string();
}

std::string line_of(SessionEnergy const& one)
{
    auto const& session = one.session;
    std::string doubts;
    for (auto const& [doubt, word] : energy_doubt_words)
        if (one.energy.doubts.has(doubt)) doubts += (doubts.empty() ? "" : " ") + std::string(word);
    std::string line = std::to_string(session.id.value);
    for (auto const& text : {std::to_string(session.charge_point.value), session.station.value,
             std::to_string(session.evse.value), session.token, time_text(session.started_at),
             session.ended_at ? time_text(*session.ended_at) : std::string(),
             energy_text(one.energy.energy_mwh)})
        line += ',' + cell(text);
    line += one.energy.estimated ? ",yes" : ",no";
    line += ',' + std::string(word_of(energy_rule_words, one.energy.rule)) + ',' + cell(doubts);
    line += ',' + std::string(word_of(closing_words, session.closing)) + ',' +
            cell(session.stop_reason);
    return line + (session.recorded_offline ? ",yes" : ",no");
}

}

void read_energies(storage::Store& store, std::vector<storage::SessionSummary> sessions,
    std::function<void(std::vector<SessionEnergy>)> done)
{
    auto const reading = std::make_shared<Reading>(
        Reading{store, std::move(sessions), {}, std::move(done)});
    reading->energies.reserve(reading->sessions.size());
    read_next(reading);
}

std::string csv_of(std::vector<SessionEnergy> const& sessions)
{
    std::string csv =
        "session,charge_point,station,evse,token,started_at,ended_at,energy_kwh,estimated,rule,"
        "doubts,closed,stop_reason,recorded_offline\r\n";
    std::int64_t total_mwh = 0;
    for (auto const& one : sessions) {
        csv += line_of(one) + "\r\n";
        total_mwh += one.energy.energy_mwh.value_or(0);
    }
    return csv + "total of " + std::to_string(sessions.size()) + ",,,,,,," +
           json_decimal(total_mwh, decimals_of_mwh_in_kwh) + ",,,,,,\r\n";
}

}
