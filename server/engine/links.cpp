// Connections, their frames, and our CALLs to stations.
#include "ocpp/json_text.hpp"
#include "server/engine/impl.hpp"

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>

namespace engine {

namespace {

// Stations that nobody has claimed are kept to be shown; a flood of made-up identities is not.
constexpr std::size_t most_unclaimed = 10'000;

// Calls that wait while the store is asked. By the standard a station sends one at a time.
constexpr std::size_t most_parked = 32;

// What is kept of what a station does wrong: enough to show an operator what to ask its maker.
constexpr std::size_t most_remarks = 20;

// The answer to an operator's call, as it came. Whether it fits the schema is for who asked.
CallAnswer answer_of(ocpp::Payload payload)
{
    CallAnswer answer;
    if (payload.text == "null") {
        answer.payload = "{}";
    } else if (payload.text.starts_with('{') && ocpp::is_json(payload.text)) {
        answer.payload = payload.text;
    } else {
        answer.error_code = ocpp::error_code(ocpp::FaultKind::format, ocpp::Version::v201);
        answer.error_description = "the station's answer is no JSON object";
    }
    return answer;
}

// What is promised by the answer to a word is in the store before the answer leaves.
bool promises(Word const& word)
{
    return std::holds_alternative<TransactionReport>(word) ||
           std::holds_alternative<Measured>(word);
}

}

void Engine::Impl::connect(storage::StationIdentity const& id, Epoch epoch, ocpp::Version version)
{
    auto it = links.find(id);
    if (it == links.end()) {
        if (links.size() >= most_unclaimed + outlets.size()) {
            effects.closes.push_back(
                {.station = id, .epoch = epoch, .why = "too many unclaimed stations"});
            return;
        }
        it = links.emplace(id, Link{}).first;
    }
    Link& link = it->second;
    if (link.epoch) disconnect(link);
    link.epoch = epoch;
    link.clock = {};
    link.version = version;
    link.dialect = dialect_of(version);
    link.quiet_until = now.uptime + settings.quiet_after_connect;
    list_connected(link);

    link.station.identity = id;
    link.station.protocol = ocpp::subprotocol_name(version);
    if (link.station.first_seen == Timestamp{}) link.station.first_seen = now.utc;
    link.station.last_seen = now.utc;
    record(link.station);

    for (auto const& [evse, point] : link.outlets) {
        Outlet& outlet = outlets.at(point);
        outlet.ledger.hardware_ma = outlet.point.max_ma;
        outlet.fallback_due = true;
        outlet.limit_due = outlet.session.has_value();
        forgive(outlet);
        if (!outlet.session)
            outlet.commanded_ma = outlet.ledger.fallback_ma.value_or(outlet.ledger.hardware_ma);
        remember(outlet);
        if (Plant* plant = plant_of(outlet)) touch(*plant, true);
    }
}

void Engine::Impl::disconnect(Link& link)
{
    link.epoch.reset();
    link.list.call.reset();
    link.look_up.reset();  // what was not answered, the station sends again
    auto const refuse = [&](RequestId request) {
        effects.answers.push_back({.request = request,
            .reply = Refused{.kind = RefusalKind::unreachable,
                .field = "station",
                .rule = "the connection was lost before the station answered"}});
    };
    if (auto const outstanding = std::exchange(link.outstanding, std::nullopt)) {
        if (auto const* order = std::get_if<OrderInFlight>(&outstanding->what))
            limit_answered(link, *order, std::nullopt);
        else
            refuse(std::get<OperatorCall>(outstanding->what).request);
    }
    for (auto const& call : std::exchange(link.queued, {})) refuse(call.request);
    for (auto const& [evse, point] : link.outlets) {
        Outlet& outlet = outlets.at(point);
        outlet.current_ma = {};
        if (Plant* plant = plant_of(outlet)) touch(*plant, true);
    }
}

void Engine::Impl::receive(Link& link, std::string_view text)
{
    auto frame = ocpp::parse_frame(text, link.version);
    if (auto const* call = std::get_if<ocpp::Call>(&frame)) {
        if (!link.look_up) return receive_call(link, *call, text, Remembered::not_asked);
        auto& frames = link.look_up->frames;
        frames.emplace_back(text);
        if (frames.size() > most_parked)
            effects.closes.push_back({.station = link.station.identity,
                .epoch = *link.epoch,
                .why = "sends more calls than it waits for"});
        return;
    }
    if (auto* result = std::get_if<ocpp::CallResult>(&frame))
        return settle_call(link, result->id, result->payload);
    if (auto const* error = std::get_if<ocpp::CallError>(&frame))
        return settle_call(link, error->id,
            ocpp::Fault{
                .kind = ocpp::FaultKind::generic, .path = error->code, .rule = error->description});
    auto const* bad = std::get_if<ocpp::BadFrame>(&frame);
    if (bad == nullptr || bad->answer_id.empty()) return;
    effects.frames.push_back({.station = link.station.identity,
        .epoch = *link.epoch,
        .text = ocpp::error_text(bad->answer_id, bad->fault, link.version)});
}

void Engine::Impl::receive_call(
    Link& link, ocpp::Call const& call, std::string_view text, Remembered remembered)
{
    auto const refuse = [&](ocpp::Fault const& fault) {
        effects.frames.push_back({.station = link.station.identity,
            .epoch = *link.epoch,
            .text = ocpp::error_text(call.id, fault, link.version)});
    };
    auto const level = link.station.strict ? ocpp::Level::strict : ocpp::Level::tolerant;
    auto heard = link.dialect->read(call.action, call.payload, level, now.utc);
    if (auto const* fault = std::get_if<ocpp::Fault>(&heard)) return refuse(*fault);
    auto& [word, remarks] = std::get<Heard>(heard);
    note(link, call.action, remarks);
    if (!accepted(link) && !std::holds_alternative<Booted>(word))
        return refuse({.kind = ocpp::FaultKind::security,
            .path = "",
            .rule = "the station is not accepted yet: an operator has to assign it"});
    if (!std::holds_alternative<Booted>(word) && std::exchange(link.awaits_boot, false))
        plan_due(link);
    if (promises(word) && !store_writable)
        return refuse({.kind = ocpp::FaultKind::internal,
            .path = "",
            .rule = "the store takes no writes at the moment: please repeat this message"});

    auto const* report = std::get_if<TransactionReport>(&word);
    if (report && remembered == Remembered::not_asked && is_unknown(link, report->session))
        return look_up(link, report->session, text);
    if (auto const at = told_at(word); at && is_credible(*at, now.utc))
        link.clock.hear(*at, now.utc);

    auto const answer = hear(link, word, text);
    SendFrame frame{.station = link.station.identity,
        .epoch = *link.epoch,
        .text = ocpp::result_text(call.id, link.dialect->answer(word, answer))};
    if (promises(word))
        promise(std::move(frame));
    else
        effects.frames.push_back(std::move(frame));
}

// May the store know the session, where memory does not?
bool Engine::Impl::is_unknown(Link const& link, SessionReference const& session) const
{
    if (!link.has_older) return false;
    if (auto const* key = std::get_if<std::string>(&session)) return !link.sessions.contains(*key);
    auto const id = std::get<storage::SessionId>(session);
    return id.value > 0 && !sessions.contains(id) && !is_promised(link, id);
}

// Asks the store; until it answers, the station's calls wait in their order.
void Engine::Impl::look_up(Link& link, SessionReference const& session, std::string_view text)
{
    storage::SessionQuery query;
    query.station = link.station.identity;
    if (auto const* key = std::get_if<std::string>(&session))
        query.station_key = *key;
    else
        query.session = std::get<storage::SessionId>(session);
    query.limit = 1;
    link.look_up = LookUp{.number = ++look_ups_made, .frames = {std::string(text)}};
    effects.look_ups.push_back({.station = link.station.identity,
        .number = link.look_up->number,
        .query = std::move(query)});
}

void Engine::Impl::found(
    Link& link, std::uint64_t number, std::optional<storage::Session> const& session)
{
    if (!link.look_up || link.look_up->number != number) return;
    auto frames = std::move(link.look_up->frames);
    link.look_up.reset();
    if (session && sessions.contains(session->id))  // the station was elsewhere and has come back
        link.sessions[session->station_key] = session->id;
    else if (session && session->ended_at && outlets.contains(session->charge_point))
        restore_session(link, *session);
    auto remembered = Remembered::asked;
    for (auto const& text : frames) {
        if (!link.epoch) return;
        auto const frame = ocpp::parse_frame(text, link.version);
        if (link.look_up)
            link.look_up->frames.push_back(text);
        else if (auto const* call = std::get_if<ocpp::Call>(&frame))
            receive_call(link, *call, text, remembered);
        remembered = Remembered::not_asked;
    }
}

void Engine::Impl::note(
    Link& link, std::string_view action, std::vector<ocpp::Fault>& remarks) const
{
    for (auto& remark : remarks) {
        auto const same = std::find_if(
            link.remarks.begin(), link.remarks.end(), [&](StationRemark const& known) {
                return known.action == action && known.field == remark.path &&
                       known.rule == remark.rule;
            });
        if (same == link.remarks.end()) {
            if (link.remarks.size() == most_remarks) link.remarks.pop_back();
            link.remarks.insert(link.remarks.begin(),
                {.action = std::string(action),
                    .field = std::move(remark.path),
                    .rule = std::move(remark.rule)});
        } else {
            std::rotate(link.remarks.begin(), same, same + 1);
        }
        ++link.remarks.front().count;
        link.remarks.front().last_at = now.utc;
    }
}

void Engine::Impl::settle_call(
    Link& link, std::string const& id, std::variant<ocpp::Payload, ocpp::Fault> what)
{
    if (link.list.call && link.list.call->id == id) return list_answered(link, what);
    if (!link.outstanding || link.outstanding->id != id)
        return;  // a late answer, after our time-out
    auto const outstanding = *std::exchange(link.outstanding, std::nullopt);
    auto const* fault = std::get_if<ocpp::Fault>(&what);
    if (auto const* order = std::get_if<OrderInFlight>(&outstanding.what)) {
        limit_answered(link, *order,
            fault ? OrderOutcome{.accepted = false, .why = fault->path}
                  : link.dialect->outcome(order->order, std::get<ocpp::Payload>(what)));
    } else {
        CallAnswer const answer = fault ? CallAnswer{.payload = "",
                                              .error_code = fault->path,
                                              .error_description = fault->rule}
                                        : answer_of(std::get<ocpp::Payload>(what));
        effects.answers.push_back(
            {.request = std::get<OperatorCall>(outstanding.what).request, .reply = answer});
    }
    plan_due(link);
}

void Engine::Impl::expire_call(Link& link)
{
    lists_to_see_to.insert(link.station.identity);
    if (link.outstanding && link.outstanding->deadline <= now.uptime) {
        auto const outstanding = *std::exchange(link.outstanding, std::nullopt);
        if (auto const* order = std::get_if<OrderInFlight>(&outstanding.what))
            limit_answered(link, *order, std::nullopt);
        else
            effects.answers.push_back({.request = std::get<OperatorCall>(outstanding.what).request,
                .reply = Refused{.kind = RefusalKind::timeout,
                    .field = "station",
                    .rule = "the station did not answer in time"}});
        plan_due(link);
    }
}

// The station is free for the next CALL: whatever is due on its outlets is looked at again.
void Engine::Impl::plan_due(Link const& link)
{
    lists_to_see_to.insert(link.station.identity);
    for (auto const& [evse, point] : link.outlets) {
        Outlet const& outlet = outlets.at(point);
        bool const due = outlet.fallback_due || outlet.limit_due ||
                         (outlet.session && outlet.target_ma != outlet.commanded_ma);
        Plant* plant = due ? plant_of(outlet) : nullptr;
        if (plant) touch(*plant, true);
    }
}

// A limit does not wait for an answer about the local list: that CALL counts as timed out as soon
// as there is something to limit (J 1.6 4.1.1 and 2.0.1 part 4 4.1.1 leave the time to the sender).
// Its answer is taken all the same.
bool Engine::Impl::free_for_limit(Link const& link) const
{
    return link.epoch && !link.outstanding && link.quiet_until <= now.uptime && !link.awaits_boot;
}

bool Engine::Impl::free_for_call(Link const& link) const
{
    return link.epoch && !link.outstanding && link.quiet_until <= now.uptime &&
           !waits_for_list(link);
}

void Engine::Impl::call(
    Link& link, Outstanding outstanding, OutgoingCall const& outgoing, bool after_commit)
{
    outstanding.id = send_call(link, outgoing, after_commit);
    outstanding.deadline = now.uptime + settings.call_timeout;
    set_timer(outstanding.deadline, link.station.identity);
    link.outstanding = std::move(outstanding);
}

// Returns the message id.
std::string Engine::Impl::send_call(
    Link const& link, OutgoingCall const& outgoing, bool after_commit)
{
    auto const id = call_id_prefix + std::to_string(++calls_made);
    SendFrame frame{.station = link.station.identity,
        .epoch = *link.epoch,
        .text = ocpp::call_text(id, outgoing.action, outgoing.payload)};
    if (after_commit)
        promise(std::move(frame));
    else
        effects.frames.push_back(std::move(frame));
    return id;
}

void Engine::Impl::send_queued(Link& link)
{
    if (link.queued.empty()) return;
    if (!free_for_call(link)) {
        if (link.epoch && !link.outstanding && link.quiet_until > now.uptime)
            set_timer(link.quiet_until, link.station.identity);
        return;
    }
    auto next = std::move(link.queued.front());
    link.queued.pop_front();
    OutgoingCall const outgoing{.action = next.action, .payload = next.payload};
    call(link, {.id = "", .what = std::move(next), .deadline = {}}, outgoing, false);
}

}
