// OCPP 2.0.1, as a station speaks it.
#include "ocpp/codec.hpp"
#include "ocpp/v201/actions.hpp"
#include "tools/sim/decimal_text.hpp"
#include "tools/sim/dialect.hpp"

namespace sim {

namespace {

using namespace ocpp::v201;

constexpr std::int64_t only_connector = 1;  // every EVSE here has one

template <class Request>
Message message(Request const& request)
{
    return {ocpp::ActionOf<Request>::name, ocpp::encode(request)};
}

template <class M>
std::optional<M> read(ocpp::Payload const& payload)
{
    auto decoded = ocpp::decode<M>(payload);
    if (auto* found = std::get_if<M>(&decoded)) return std::move(*found);
    return std::nullopt;
}

TriggerReason trigger_of(Trigger trigger)
{
    switch (trigger) {
    case Trigger::authorized: return TriggerReason::authorized;
    case Trigger::cable_plugged_in: return TriggerReason::cable_plugged_in;
    case Trigger::remote_start: return TriggerReason::remote_start;
    case Trigger::state_changed: return TriggerReason::charging_state_changed;
    case Trigger::periodic: return TriggerReason::meter_value_periodic;
    case Trigger::stop_authorized: return TriggerReason::stop_authorized;
    case Trigger::remote_stop: return TriggerReason::remote_stop;
    case Trigger::deauthorized: return TriggerReason::deauthorized;
    case Trigger::cable_unplugged: return TriggerReason::ev_communication_lost;
    case Trigger::abnormal: return TriggerReason::abnormal_condition;
    }
    return TriggerReason::abnormal_condition;
}

ChargingState charging_state_of(OutletState state)
{
    switch (state) {
    case OutletState::available: return ChargingState::idle;
    case OutletState::preparing: return ChargingState::ev_connected;
    case OutletState::charging: return ChargingState::charging;
    case OutletState::suspended_ev: return ChargingState::suspended_ev;
    case OutletState::suspended_evse: return ChargingState::suspended_evse;
    case OutletState::finishing: return ChargingState::ev_connected;
    }
    return ChargingState::idle;
}

Reason reason_of(StopReason reason)
{
    switch (reason) {
    case StopReason::local: return Reason::local;
    case StopReason::remote: return Reason::remote;
    case StopReason::ev_disconnected: return Reason::ev_disconnected;
    case StopReason::deauthorized: return Reason::de_authorized;
    case StopReason::reboot: return Reason::reboot;
    case StopReason::power_loss: return Reason::power_loss;
    }
    return Reason::other;
}

ReadingContext context_of(Sample::Context context)
{
    switch (context) {
    case Sample::Context::begin: return ReadingContext::transaction_begin;
    case Sample::Context::periodic: return ReadingContext::sample_periodic;
    case Sample::Context::end: return ReadingContext::transaction_end;
    }
    return ReadingContext::other;
}

SampledValue value_of(
    Sample const& sample, double number, Measurand measurand, std::string_view unit)
{
    SampledValue value;
    value.value = {number};
    value.context = context_of(sample.context);
    value.measurand = measurand;
    value.unitOfMeasure.emplace().unit = unit;
    return value;
}

double thousandths(std::int64_t number) { return static_cast<double>(number) / 1'000.0; }

MeterValue meter_value(Sample const& sample)
{
    MeterValue result;
    result.timestamp = sample.at;
    result.sampledValue.push_back(value_of(sample, static_cast<double>(sample.energy_wh),
        Measurand::energy_active_import_register, "Wh"));
    result.sampledValue.push_back(
        value_of(sample, thousandths(sample.power_mw), Measurand::power_active_import, "W"));
    constexpr std::array phases{Phase::l1, Phase::l2, Phase::l3};
    for (std::size_t i = 0; std::cmp_less(i, sample.terminals); ++i) {
        auto value = value_of(
            sample, thousandths(sample.currents_ma[i]), Measurand::current_import, "A");
        value.phase = phases[i];
        result.sampledValue.push_back(std::move(value));
    }
    return result;
}

IdToken token_of(std::string const& token, std::string_view type)
{
    IdToken result;
    result.idToken = token;
    result.type = ocpp::from_wire_name<IdTokenType>(type).value_or(IdTokenType::iso14443);
    return result;
}

Purpose purpose_of(ChargingProfilePurpose purpose)
{
    switch (purpose) {
    case ChargingProfilePurpose::charging_station_external_constraints:
        return Purpose::external_constraints;
    case ChargingProfilePurpose::charging_station_max_profile: return Purpose::station_max;
    case ChargingProfilePurpose::tx_default_profile: return Purpose::tx_default;
    case ChargingProfilePurpose::tx_profile: return Purpose::tx;
    }
    return Purpose::tx_default;
}

Kind kind_of(ChargingProfileKind kind)
{
    switch (kind) {
    case ChargingProfileKind::absolute: return Kind::absolute;
    case ChargingProfileKind::recurring: return Kind::recurring;
    case ChargingProfileKind::relative: return Kind::relative;
    }
    return Kind::absolute;
}

RateUnit unit_of(ChargingRateUnit unit)
{
    return unit == ChargingRateUnit::a ? RateUnit::amperes : RateUnit::watts;
}

Schedule schedule_of(ChargingSchedule const& in)
{
    Schedule schedule;
    schedule.start = in.startSchedule;
    if (in.duration) schedule.duration_s = *in.duration;
    schedule.unit = unit_of(in.chargingRateUnit);
    for (auto const& p : in.chargingSchedulePeriod) {
        Period period{p.startPeriod, bounded_thousandths(p.limit.value), {}, {}};
        if (p.numberPhases) period.phases = small_number(*p.numberPhases);
        if (p.phaseToUse) period.phase_to_use = small_number(*p.phaseToUse);
        schedule.periods.push_back(period);
    }
    return schedule;
}

std::variant<Profile, SetOutcome> profile_of(ChargingProfile const& in)
{
    if (in.chargingSchedule.size() != 1)
        return SetOutcome{SetOutcome::Status::rejected, "TooManyElements",
            "one schedule, unless an ISO 15118 car asked (K01.FR.34)"};
    Profile profile;
    profile.id = in.id;
    profile.stack_level = in.stackLevel;
    profile.purpose = purpose_of(in.chargingProfilePurpose);
    profile.kind = kind_of(in.chargingProfileKind);
    if (in.recurrencyKind)
        profile.recurrency = *in.recurrencyKind == RecurrencyKind::daily ? Recurrency::daily
                                                                         : Recurrency::weekly;
    profile.valid_from = in.validFrom;
    profile.valid_to = in.validTo;
    if (in.transactionId) profile.transaction = *in.transactionId;
    profile.schedule = schedule_of(in.chargingSchedule.front());
    return profile;
}

Command command_of(SetChargingProfileRequest const& request)
{
    return SetProfile{small_number(request.evseId), profile_of(request.chargingProfile)};
}

Command command_of(ClearChargingProfileRequest const& request)
{
    ClearFilter filter;
    if (request.chargingProfileId) filter.id = *request.chargingProfileId;
    if (auto const& criteria = request.chargingProfileCriteria) {
        if (criteria->evseId) filter.evse = small_number(*criteria->evseId);
        if (criteria->chargingProfilePurpose)
            filter.purpose = purpose_of(*criteria->chargingProfilePurpose);
        if (criteria->stackLevel) filter.stack_level = *criteria->stackLevel;
    }
    return ClearProfiles{filter};
}

Command command_of(GetCompositeScheduleRequest const& request)
{
    GetComposite result{small_number(request.evseId), request.duration, {}};
    if (request.chargingRateUnit) result.unit = unit_of(*request.chargingRateUnit);
    return result;
}

Command command_of(RequestStartTransactionRequest const& request)
{
    RemoteStart result;
    if (request.evseId) result.evse = small_number(*request.evseId);
    result.token = request.idToken.idToken;
    result.token_type = ocpp::wire_name(request.idToken.type);
    result.remote_start_id = request.remoteStartId;
    if (request.chargingProfile) result.profile = profile_of(*request.chargingProfile);
    return result;
}

Command command_of(RequestStopTransactionRequest const& request)
{
    return RemoteStop{request.transactionId};
}

template <class Request>
Command read_command(ocpp::Payload const& payload)
{
    auto decoded = ocpp::decode<Request>(payload);
    if (auto const* fault = std::get_if<ocpp::Fault>(&decoded)) return *fault;
    return command_of(std::get<Request>(decoded));
}

StatusInfo status_info(std::string_view reason, std::string_view rule)
{
    StatusInfo info;
    info.reasonCode = reason;
    if (!rule.empty()) info.additionalInfo = rule;
    return info;
}

TransactionEventType event_type_of(Record::Kind kind)
{
    switch (kind) {
    case Record::Kind::started: return TransactionEventType::started;
    case Record::Kind::updated: return TransactionEventType::updated;
    case Record::Kind::ended: return TransactionEventType::ended;
    }
    return TransactionEventType::updated;
}

class Dialect201 final : public Dialect {
public:
    Message boot(StationConfig const& config, BootReason reason) const override
    {
        BootNotificationRequest request;
        request.chargingStation.serialNumber = config.serial;
        request.chargingStation.model = config.model;
        request.chargingStation.vendorName = config.vendor;
        request.chargingStation.firmwareVersion = config.firmware;
        request.reason = reason == sim::BootReason::power_up ? ocpp::v201::BootReason::power_up
                                                             : ocpp::v201::BootReason::local_reset;
        return message(request);
    }

    Message heartbeat() const override { return message(HeartbeatRequest{}); }

    std::optional<Message> status(int evse, OutletState state, Timestamp at) const override
    {
        if (evse == 0) return std::nullopt;  // connectors only
        StatusNotificationRequest request;
        request.timestamp = at;
        request.connectorStatus = state == OutletState::available ? ConnectorStatus::available
                                                                  : ConnectorStatus::occupied;
        request.evseId = evse;
        request.connectorId = only_connector;
        return message(request);
    }

    bool same_status(OutletState a, OutletState b) const override
    {
        return (a == OutletState::available) == (b == OutletState::available);
    }

    Message authorize(std::string const& token) const override
    {
        AuthorizeRequest request;
        request.idToken = token_of(token, {});
        return message(request);
    }

    bool tells(Record const&) const override { return true; }

    Message transaction(Record const& record, std::int64_t) const override
    {
        TransactionEventRequest request;
        request.eventType = event_type_of(record.kind);
        request.timestamp = record.at;
        request.triggerReason = trigger_of(record.trigger);
        request.seqNo = record.seq_no;
        if (record.offline) request.offline = true;
        if (record.phases_used) request.numberOfPhasesUsed = *record.phases_used;
        request.transactionInfo.transactionId = record.transaction_id;
        if (record.state) request.transactionInfo.chargingState = charging_state_of(*record.state);
        if (record.reason) request.transactionInfo.stoppedReason = reason_of(*record.reason);
        if (record.remote_start_id) request.transactionInfo.remoteStartId = *record.remote_start_id;
        // The cable is in since the start here, so the start is the event that names the EVSE.
        if (record.kind == Record::Kind::started) {
            auto& evse = request.evse.emplace();
            evse.id = record.evse;
            evse.connectorId = only_connector;
        }
        if (!record.token.empty() || !record.token_type.empty())
            request.idToken = token_of(record.token, record.token_type);
        if (!record.samples.empty()) {
            auto& values = request.meterValue.emplace();
            for (auto const& sample : record.samples) values.push_back(meter_value(sample));
        }
        return message(request);
    }

    std::optional<BootAnswer> read_boot(ocpp::Payload const& payload) const override
    {
        auto const response = read<BootNotificationResponse>(payload);
        if (!response) return std::nullopt;
        BootAnswer answer;
        answer.interval_s = response->interval;
        switch (response->status) {
        case RegistrationStatus::accepted: answer.status = BootAnswer::Status::accepted; break;
        case RegistrationStatus::pending: answer.status = BootAnswer::Status::pending; break;
        case RegistrationStatus::rejected: answer.status = BootAnswer::Status::rejected; break;
        }
        return answer;
    }

    std::optional<bool> read_authorize(ocpp::Payload const& payload) const override
    {
        auto const response = read<AuthorizeResponse>(payload);
        if (!response) return std::nullopt;
        return response->idTokenInfo.status == AuthorizationStatus::accepted;
    }

    std::optional<TransactionAnswer> read_transaction(
        Record const&, ocpp::Payload const& payload) const override
    {
        auto const response = read<TransactionEventResponse>(payload);
        if (!response) return std::nullopt;
        TransactionAnswer answer;
        if (response->idTokenInfo)
            answer.token_accepted = response->idTokenInfo->status == AuthorizationStatus::accepted;
        return answer;
    }

    Command read_call(std::string_view action, ocpp::Payload const& payload) const override
    {
        if (action == "SetChargingProfile") return read_command<SetChargingProfileRequest>(payload);
        if (action == "ClearChargingProfile")
            return read_command<ClearChargingProfileRequest>(payload);
        if (action == "GetCompositeSchedule")
            return read_command<GetCompositeScheduleRequest>(payload);
        if (action == "RequestStartTransaction")
            return read_command<RequestStartTransactionRequest>(payload);
        if (action == "RequestStopTransaction")
            return read_command<RequestStopTransactionRequest>(payload);
        return ocpp::Fault{ocpp::FaultKind::not_implemented, "", "unknown action"};
    }

    std::string answer_set(SetOutcome const& outcome) const override
    {
        SetChargingProfileResponse response;
        response.status = outcome.accepted() ? ChargingProfileStatus::accepted
                                             : ChargingProfileStatus::rejected;
        if (!outcome.accepted()) response.statusInfo = status_info(outcome.reason, outcome.rule);
        return ocpp::encode(response);
    }

    std::string answer_clear(bool found) const override
    {
        ClearChargingProfileResponse response;
        response.status = found ? ClearChargingProfileStatus::accepted
                                : ClearChargingProfileStatus::unknown;
        return ocpp::encode(response);
    }

    std::string answer_composite(
        int evse, std::optional<CompositeSchedule> const& schedule) const override
    {
        GetCompositeScheduleResponse response;
        response.status = GenericStatus::rejected;
        if (!schedule) return ocpp::encode(response);
        response.status = GenericStatus::accepted;
        auto& out = response.schedule.emplace();
        out.evseId = evse;
        out.duration = schedule->duration_s;
        out.scheduleStart = schedule->start;
        out.chargingRateUnit = schedule->unit == RateUnit::amperes ? ChargingRateUnit::a
                                                                   : ChargingRateUnit::w;
        for (auto const& period : schedule->periods) {
            ChargingSchedulePeriod p;
            p.startPeriod = period.start_s;
            // One decimal at most, rounded down: a limit never grows on the wire.
            auto const tenths = period.limit_milli / 100;
            p.limit = {static_cast<double>(tenths) / 10.0};
            p.numberPhases = period.phases.value_or(most_phases);
            out.chargingSchedulePeriod.push_back(p);
        }
        return ocpp::encode(response);
    }

    std::string answer_start(bool accepted, std::string_view reason,
        std::optional<std::string> const& transaction_id) const override
    {
        RequestStartTransactionResponse response;
        response.status = accepted ? RequestStartStopStatus::accepted
                                   : RequestStartStopStatus::rejected;
        if (!accepted && !reason.empty()) response.statusInfo = status_info(reason, {});
        if (accepted && transaction_id) response.transactionId = *transaction_id;
        return ocpp::encode(response);
    }

    std::string answer_stop(bool accepted) const override
    {
        RequestStopTransactionResponse response;
        response.status = accepted ? RequestStartStopStatus::accepted
                                   : RequestStartStopStatus::rejected;
        if (!accepted) response.statusInfo = status_info("TxNotFound", {});
        return ocpp::encode(response);
    }
};

}

Dialect const& dialect_201()
{
    static Dialect201 const dialect;
    return dialect;
}

}
