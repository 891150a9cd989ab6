#include "server/engine/session_facts.hpp"

#include <algorithm>
#include <limits>

namespace engine {

namespace {

using namespace std::chrono_literals;

// Stations of OCPP 1.6 are older than this, but their sessions with us are not.
constexpr auto first_credible = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};
constexpr auto most_ahead = 26h;  // UTC-12 to UTC+14

// A station that counts in steps must not make a session grow without end.
constexpr std::size_t most_spans = 1000;

// A session ends once: of several ends the first by the station's clock counts, of equal ones the
// one with the smaller register. A stop that is repeated with the register of another session must
// not be billed.
bool is_better_end(storage::Session const& session, TransactionReport const& report)
{
    if (session.closing == storage::Closing::by_hand) return false;
    if (session.closing != storage::Closing::station) return true;
    if (report.at != *session.ended_at) return report.at < *session.ended_at;
    bool const fills_in = report.meter_mwh && !session.meter_stop_mwh;
    bool const is_smaller = report.meter_mwh && session.meter_stop_mwh &&
                            *report.meter_mwh < *session.meter_stop_mwh;
    return fills_in || is_smaller;
}

// Each takes what a report knows better; true: something changed.

// What a report other than the start tells of a time at which the session ran.
Timestamp first_told_at(TransactionReport const& report)
{
    auto first = report.at;
    for (Reading const& reading : report.readings)
        if (reading.at >= first_credible) first = std::min(first, reading.at);
    return first;
}

bool take_start(storage::Session& session, TransactionReport const& report)
{
    bool const is_start = report.phase == TransactionPhase::started;
    auto const at = is_start ? report.at : first_told_at(report);
    bool const better = is_start ? !session.start_reported || at < session.started_at
                                 : !session.start_reported && at < session.started_at;
    if (!better) return false;
    session.started_at = at;
    if (!is_start) return true;
    session.start_reported = true;
    if (report.meter_mwh) session.meter_start_mwh = report.meter_mwh;
    return true;
}

bool take_token(storage::Session& session, TransactionReport const& report)
{
    if (report.token.value.empty()) return false;
    bool const first = session.token.empty() || (report.sequence && session.token_sequence &&
                                                    *report.sequence < *session.token_sequence);
    if (!first) return false;
    session.token = report.token.value;
    session.token_sequence = report.sequence;
    return true;
}

bool take_end(storage::Session& session, TransactionReport const& report)
{
    if (report.phase != TransactionPhase::ended || !is_better_end(session, report)) return false;
    session.closing = storage::Closing::station;
    session.ended_at = report.at;
    session.meter_stop_mwh = report.meter_mwh;
    session.stop_reason = report.stop_reason;
    return true;
}

}

bool is_credible(Timestamp at, Timestamp now)
{
    return at >= first_credible && at <= now + most_ahead;
}

Timestamp began_at(storage::Session const& session)
{
    bool const credible = is_credible(session.started_at, session.first_heard_at);
    return credible ? std::min(session.started_at, session.first_heard_at) : session.first_heard_at;
}

bool add_sequence(std::vector<storage::SequenceSpan>& spans, std::int64_t number)
{
    auto const after = std::find_if(spans.begin(), spans.end(),
        [&](storage::SequenceSpan const& span) { return span.first > number; });
    bool const joins_after = after != spans.end() && after->first - 1 == number;
    if (after != spans.begin()) {
        auto const before = after - 1;
        if (before->last >= number) return false;
        if (before->last + 1 == number) {
            before->last = joins_after ? after->last : number;
            if (joins_after) spans.erase(after);
            return true;
        }
    }
    if (joins_after)
        after->first = number;
    else if (spans.size() < most_spans)
        spans.insert(after, {.first = number, .last = number});
    return true;
}

std::int64_t missing_sequences(std::vector<storage::SequenceSpan> const& spans)
{
    std::int64_t missing = 0;
    for (std::size_t k = 1; k < spans.size(); ++k) {
        std::int64_t gap = 0;
        if (__builtin_sub_overflow(spans[k].first, spans[k - 1].last, &gap) ||
            __builtin_add_overflow(missing, gap - 1, &missing))
            return std::numeric_limits<std::int64_t>::max();
    }
    return missing;
}

storage::Session opened_by(TransactionReport const& report, Timestamp now)
{
    storage::Session session;
    session.started_at = Timestamp::max();
    session.first_heard_at = now;
    add_report(session, report);
    return session;
}

bool add_report(storage::Session& session, TransactionReport const& report)
{
    if (report.sequence && !add_sequence(session.sequences, *report.sequence)) return false;
    bool changed = report.sequence.has_value();
    for (auto const take : {take_start, take_token, take_end})
        changed = take(session, report) || changed;
    return changed;
}

bool is_settled(storage::Session const& session)
{
    return session.closing == storage::Closing::station ||
           session.closing == storage::Closing::by_hand;
}

bool set_replaced(storage::Session& session, std::optional<Timestamp> at)
{
    if (is_settled(session) || session.ended_at == at) return false;
    session.ended_at = at;
    session.closing = at ? storage::Closing::replaced : storage::Closing::open;
    return true;
}

void ClockOffset::hear(Timestamp station, Timestamp ours)
{
    constexpr std::size_t remembered = 32;
    auto const ahead = Milliseconds(station - ours);
    std::erase_if(heard_, [&](Heard const& one) { return one.ahead <= ahead; });
    if (heard_.size() < remembered) heard_.push_back({.at = ours, .ahead = ahead});
    while (heard_.size() > 1 && ours - heard_.front().at > 1h) heard_.erase(heard_.begin());
}

std::optional<Milliseconds> ClockOffset::ahead() const
{
    if (heard_.empty()) return std::nullopt;
    return heard_.front().ahead;
}

}
