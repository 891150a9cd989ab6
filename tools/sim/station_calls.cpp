// What the station says: one CALL at a time, boot first, transaction messages in order.
#include "tools/sim/station_impl.hpp"

#include <algorithm>
#include <charconv>

namespace sim {

namespace {

// 1.6 errata 3.18: of a transaction whose start was never confirmed.
constexpr std::int64_t unknown_transaction = -1;

}

std::string Station::Impl::new_message_id()
{
    return config.run + "-" + std::to_string(++message_count);
}

void Station::Impl::send(Outgoing outgoing, std::string id)
{
    texts.push_back(ocpp::call_text(id, outgoing.message.action, outgoing.message.payload));
    last_call = now;
    outstanding = {std::move(id), std::move(outgoing), now + config.call_timeout};
}

void Station::Impl::pump()
{
    if (link != Link::open || outstanding || faults.silent || !working()) return;
    if (registration != Registration::accepted) {
        send_boot();
        return;
    }
    if (send_waiting() || send_status() || send_record()) return;
    if (heartbeat_interval > Milliseconds{0} && last_call + heartbeat_interval <= now)
        send({CallKind::heartbeat, 0, dialect.heartbeat(), {}}, new_message_id());
}

bool Station::Impl::send_boot()
{
    if (!boot_at || *boot_at > now) return false;
    boot_at.reset();
    send({CallKind::boot, 0, dialect.boot(config, boot_reason), {}}, new_message_id());
    return true;
}

bool Station::Impl::send_waiting()
{
    if (waiting.empty()) return false;
    auto call = std::move(waiting.front());
    waiting.pop_front();
    send(std::move(call), new_message_id());
    return true;
}

// The current status of an EVSE, when the central system has been told another one, or none (1.6
// section 4.9, 2.0.1 B04): history is not told.
bool Station::Impl::send_status()
{
    for (int i = 1; i <= evse_count(); ++i) {
        auto& e = at(i);
        if (e.reported && dialect.same_status(*e.reported, e.state)) continue;
        e.reported = e.state;
        if (auto message = dialect.status(i, e.state, clock())) {
            send({CallKind::status, i, std::move(*message), {}}, new_message_id());
            return true;
        }
    }
    return false;
}

bool Station::Impl::send_record()
{
    if (queue.empty() || (queue.waits_until() && *queue.waits_until() > now)) return false;
    auto& id = queue.front_message_id();
    if (id.empty() || !config.retries_keep_id) id = new_message_id();
    auto const& record = queue.front();
    send({CallKind::transaction, record.evse,
             dialect.transaction(record, transaction_number(record)), {}},
        id);
    queue.on_sent();
    return true;
}

std::int64_t Station::Impl::transaction_number(Record const& record) const
{
    auto const found = transaction_numbers.find(record.session);
    return found == transaction_numbers.end() ? unknown_transaction : found->second;
}

void Station::Impl::on_frame(ocpp::Frame frame)
{
    if (auto const* call = std::get_if<ocpp::Call>(&frame)) {
        on_call(*call);
    } else if (auto const* bad = std::get_if<ocpp::BadFrame>(&frame)) {
        if (!bad->answer_id.empty())
            answer(ocpp::error_text(bad->answer_id, bad->fault, config.version));
    } else if (auto const* result = std::get_if<ocpp::CallResult>(&frame)) {
        if (outstanding && outstanding->id == result->id) on_answer(*result);
    } else if (auto const* error = std::get_if<ocpp::CallError>(&frame)) {
        if (outstanding && outstanding->id == error->id) on_error(*error);
    }
}

void Station::Impl::on_answer(ocpp::CallResult const& result)
{
    auto const call = std::exchange(outstanding, std::nullopt)->call;
    switch (call.kind) {
    case CallKind::boot: on_boot_answer(dialect.read_boot(result.payload)); break;
    case CallKind::authorize: on_verdict(call, dialect.read_authorize(result.payload)); break;
    case CallKind::transaction: on_record_answer(result.payload); break;
    case CallKind::heartbeat:
    case CallKind::status: break;
    }
}

void Station::Impl::on_error(ocpp::CallError const& error)
{
    auto const call = std::exchange(outstanding, std::nullopt)->call;
    // "You have not been accepted" (1.6 errata of OCPP-J 3.10, 2.0.1 B02.FR.09).
    if (error.code == "SecurityError" && call.kind != CallKind::boot) {
        if (call.kind == CallKind::transaction) queue.on_put_off();
        if (call.kind == CallKind::status && call.evse > 0) at(call.evse).reported.reset();
        if (call.kind == CallKind::authorize) on_verdict(call, std::nullopt);
        boot_again();
        return;
    }
    on_failed(call);
}

void Station::Impl::on_no_answer()
{
    auto const call = std::exchange(outstanding, std::nullopt)->call;
    note("event=no_answer action=" + std::string(call.message.action));
    on_failed(call);
}

void Station::Impl::on_failed(Outgoing const& call)
{
    switch (call.kind) {
    case CallKind::boot: on_boot_answer(std::nullopt); break;
    case CallKind::authorize: on_verdict(call, std::nullopt); break;
    case CallKind::transaction:
        if (auto const given_up = queue.on_failed(now)) give_up(*given_up);
        break;
    case CallKind::heartbeat:
    case CallKind::status: break;
    }
}

void Station::Impl::give_up(Record const& record)
{
    note("event=message_given_up session=" + std::to_string(record.session));
    if (record.kind == Record::Kind::ended) transaction_numbers.erase(record.session);
}

void Station::Impl::boot_again()
{
    registration = Registration::none;
    boot_at = now + config.boot_retry;
}

void Station::Impl::on_boot_answer(std::optional<BootAnswer> const& answer)
{
    auto const interval = answer ? Milliseconds{std::chrono::seconds{
                                       std::clamp<std::int64_t>(answer->interval_s, 0, 86'400)}}
                                 : Milliseconds{0};
    auto const retry = interval > Milliseconds{0} ? interval : config.boot_retry;
    if (!answer) {
        boot_at = now + retry;
        return;
    }
    switch (answer->status) {
    case BootAnswer::Status::accepted: {
        registration = Registration::accepted;
        ever_accepted = true;
        if (interval > Milliseconds{0}) heartbeat_interval = interval;
        note("event=boot_accepted heartbeat_s=" + std::to_string(answer->interval_s));
        // All connectors are reported after a boot, the station itself first.
        for (auto& evse : evses) evse.reported.reset();
        if (auto message = dialect.status(0, OutletState::available, clock()))
            waiting.push_back({CallKind::status, 0, std::move(*message), {}});
        break;
    }
    case BootAnswer::Status::pending:
        registration = Registration::pending;
        boot_at = now + retry;
        note("event=boot_pending");
        break;
    case BootAnswer::Status::rejected:
        registration = Registration::rejected;
        boot_at = now + retry;
        note("event=boot_rejected");
        break;
    }
}

void Station::Impl::on_verdict(Outgoing const& call, std::optional<bool> accepted)
{
    auto& request = at(call.evse).request;
    if (!request || !request->asking || request->token != call.token) return;  // of one who left
    request->asking = false;
    if (!accepted) {
        request->ask_at = now + config.call_timeout;
    } else if (*accepted) {
        request->granted = true;
    } else {
        note("event=token_refused evse=" + std::to_string(call.evse));
        drop_request(call.evse);
    }
}

void Station::Impl::on_record_answer(ocpp::Payload const& payload)
{
    auto const& record = queue.front();
    auto const answer = dialect.read_transaction(record, payload);
    if (!answer) {  // what cannot be read was not processed
        if (auto const given_up = queue.on_failed(now)) give_up(*given_up);
        return;
    }
    auto const session = record.session;
    auto const evse = record.evse;
    bool const names_token = !record.token.empty() || !record.token_type.empty();
    if (record.kind == Record::Kind::ended) transaction_numbers.erase(session);
    if (answer->transaction_id) {
        std::int64_t number = unknown_transaction;
        auto const& text = *answer->transaction_id;
        std::from_chars(text.data(), text.data() + text.size(), number);
        transaction_numbers[session] = number;
    }
    queue.on_delivered();
    auto& running = at(evse).session;
    if (!running || running->number != session) return;  // of the past
    if (answer->transaction_id) {
        running->id = answer->transaction_id;
        running->transaction.id = answer->transaction_id;
    }
    if (names_token && answer->token_accepted == false) deauthorize(evse);
}

}
