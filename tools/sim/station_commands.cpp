// What the central system tells the station to do.
#include "tools/sim/station_impl.hpp"

#include <algorithm>

namespace sim {

namespace {

// The longest composite schedule that is worth an answer is cut by the stack; nothing is not.
constexpr std::int64_t shortest_composite_s = 1;

}

void Station::Impl::answer(std::string text)
{
    if (faults.drop_answers) return;
    if (faults.answer_delay > Milliseconds{0})
        delayed_answers.emplace_back(now + faults.answer_delay, std::move(text));
    else
        texts.push_back(std::move(text));
}

void Station::Impl::on_call(ocpp::Call const& call)
{
    if (registration == Registration::rejected) {
        // 1.6 section 4.2: silence. 2.0.1 B03.FR.08: an error.
        if (config.version == ocpp::Version::v201)
            answer(ocpp::error_text(call.id,
                {ocpp::FaultKind::security, "", "the boot has been rejected"}, config.version));
        return;
    }
    auto const command = dialect.read_call(call.action, call.payload);
    note("event=call action=" + call.action);
    if (auto const* fault = std::get_if<ocpp::Fault>(&command)) {
        answer(ocpp::error_text(call.id, *fault, config.version));
        return;
    }
    if (auto const* set = std::get_if<SetProfile>(&command);
        set && config.version == ocpp::Version::v16 &&
        (set->evse < 0 || set->evse > config.evses)) {
        answer(ocpp::error_text(call.id,
            {ocpp::FaultKind::property_constraint, "connectorId", "the connector exists"},
            config.version));  // errata 3.39
        return;
    }
    answer(ocpp::result_text(call.id, obey(command)));
}

std::string Station::Impl::obey(Command const& command)
{
    return std::visit(
        [&](auto const& c) -> std::string {
            if constexpr (std::is_same_v<decltype(c), ocpp::Fault const&>)
                return {};
            else
                return obey(c);
        },
        command);
}

std::string Station::Impl::obey(SetProfile const& command)
{
    if (faults.refuse_profiles)
        return dialect.answer_set({SetOutcome::Status::rejected, "Unspecified", "told to refuse"});
    if (auto const* refused = std::get_if<SetOutcome>(&command.profile))
        return dialect.answer_set(*refused);
    auto const& profile = std::get<Profile>(command.profile);
    bool const exists = command.evse >= 1 && command.evse <= config.evses;
    auto const* running = exists && at(command.evse).session
                              ? &at(command.evse).session->transaction
                              : nullptr;
    auto const outcome = faults.ignore_profiles ? stack.check(command.evse, profile, running)
                                                : stack.set(command.evse, profile, running);
    note(
        "event=profile evse=" + std::to_string(command.evse) + " id=" + std::to_string(profile.id) +
        (outcome.accepted() ? " status=accepted" : " status=rejected rule=\"") +
        (outcome.accepted() ? "" : std::string(outcome.rule) + "\""));
    if (outcome.accepted()) apply_limits();
    return dialect.answer_set(outcome);
}

std::string Station::Impl::obey(ClearProfiles const& command)
{
    auto const cleared = stack.clear(command.filter);
    if (cleared > 0) apply_limits();
    return dialect.answer_clear(cleared > 0);
}

std::string Station::Impl::obey(GetComposite const& command)
{
    auto const unit = command.unit.value_or(
        config.accepts_amperes ? RateUnit::amperes : RateUnit::watts);
    bool const supported = unit == RateUnit::amperes ? config.accepts_amperes
                                                     : config.accepts_watts;
    bool const exists = command.evse >= 0 && command.evse <= config.evses;
    if (!supported || !exists || command.duration_s < shortest_composite_s)
        return dialect.answer_composite(command.evse, std::nullopt);  // K08.FR.05, FR.07
    std::vector<Transaction const*> running;
    for (int i = 1; i <= evse_count(); ++i)
        if (command.evse == 0 || command.evse == i)
            running.push_back(at(i).session ? &at(i).session->transaction : nullptr);
    return dialect.answer_composite(
        command.evse, stack.composite(command.evse, clock(), command.duration_s, unit, running));
}

// A free EVSE, rather one with a car; 0 when there is none.
int Station::Impl::choose_evse() const
{
    int free = 0;
    for (int i = 1; i <= evse_count(); ++i) {
        auto const& e = at(i);
        if (e.session && e.session->authorized) continue;
        if (e.outlet.car()) return i;
        if (free == 0) free = i;
    }
    return free;
}

// Empty: it can start.
std::string_view Station::Impl::why_not_start(RemoteStart const& command, int evse) const
{
    if (registration != Registration::accepted) return "CSNotAccepted";  // B02.FR.05
    if (evse < 1 || evse > config.evses) return "UnknownEvse";
    if (at(evse).session && at(evse).session->authorized) return "TxInProgress";  // F01.FR.24
    if (!command.profile) return {};
    if (faults.refuse_profiles) return "InvalidProfile";
    if (auto const* refused = std::get_if<SetOutcome>(&*command.profile)) return refused->reason;
    auto const outcome = stack.check_for_start(evse, std::get<Profile>(*command.profile));
    return outcome.accepted() ? std::string_view{} : outcome.reason;
}

std::string Station::Impl::obey(RemoteStart const& command)
{
    int const evse = command.evse.value_or(choose_evse());
    auto const reason = why_not_start(command, evse);
    if (!reason.empty()) return dialect.answer_start(false, reason, std::nullopt);
    Request wish;
    wish.token = command.token;
    wish.type = command.token_type;
    wish.granted = !config.authorize_remote;
    wish.ask_at = now;
    wish.expires = now + config.connection_timeout;
    wish.remote = true;
    wish.remote_start_id = command.remote_start_id;
    request(evse, std::move(wish));
    if (command.profile && !faults.ignore_profiles)
        stack.set_for_start(evse, std::get<Profile>(*command.profile));
    auto const& session = at(evse).session;
    return dialect.answer_start(true, {}, session ? session->id : std::nullopt);
}

std::string Station::Impl::obey(RemoteStop const& command)
{
    if (registration != Registration::accepted) return dialect.answer_stop(false);
    for (int i = 1; i <= evse_count(); ++i) {
        auto const& session = at(i).session;
        if (!session || session->id != command.transaction_id) continue;
        end_session(i, StopReason::remote, Trigger::remote_stop, {});
        return dialect.answer_stop(true);
    }
    return dialect.answer_stop(false);
}

}
