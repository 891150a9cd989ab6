// OCPP 1.6, as a station speaks it.
#include "ocpp/codec.hpp"
#include "ocpp/v16/actions.hpp"
#include "tools/sim/decimal_text.hpp"
#include "tools/sim/dialect.hpp"

namespace sim {

namespace {

using namespace ocpp::v16;

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

ChargePointStatus status_of(OutletState state)
{
    switch (state) {
    case OutletState::available: return ChargePointStatus::available;
    case OutletState::preparing: return ChargePointStatus::preparing;
    case OutletState::charging: return ChargePointStatus::charging;
    case OutletState::suspended_ev: return ChargePointStatus::suspended_ev;
    case OutletState::suspended_evse: return ChargePointStatus::suspended_evse;
    case OutletState::finishing: return ChargePointStatus::finishing;
    }
    return ChargePointStatus::available;
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
    Sample const& sample, std::string text, Measurand measurand, UnitOfMeasure unit)
{
    SampledValue value;
    value.value = std::move(text);
    value.context = context_of(sample.context);
    value.measurand = measurand;
    value.unit = unit;
    return value;
}

MeterValue meter_value(Sample const& sample)
{
    MeterValue result;
    result.timestamp = sample.at;
    result.sampledValue.push_back(value_of(sample, std::to_string(sample.energy_wh),
        Measurand::energy_active_import_register, UnitOfMeasure::wh));
    result.sampledValue.push_back(value_of(sample, thousandths_text(sample.power_mw),
        Measurand::power_active_import, UnitOfMeasure::w));
    constexpr std::array phases{Phase::l1, Phase::l2, Phase::l3};
    for (std::size_t i = 0; std::cmp_less(i, sample.terminals); ++i) {
        auto value = value_of(sample, thousandths_text(sample.currents_ma[i]),
            Measurand::current_import, UnitOfMeasure::a);
        value.phase = phases[i];
        result.sampledValue.push_back(std::move(value));
    }
    return result;
}

Message start_message(Record const& record)
{
    StartTransactionRequest request;
    request.connectorId = record.evse;
    request.idTag = record.token;
    request.meterStart = record.samples.front().energy_wh;
    request.timestamp = record.at;
    return message(request);
}

Message values_message(Record const& record, std::int64_t transaction_id)
{
    MeterValuesRequest request;
    request.connectorId = record.evse;
    request.transactionId = transaction_id;
    for (auto const& sample : record.samples) request.meterValue.push_back(meter_value(sample));
    return message(request);
}

Message stop_message(Record const& record, std::int64_t transaction_id)
{
    StopTransactionRequest request;
    if (!record.token.empty()) request.idTag = record.token;
    request.meterStop = record.samples.back().energy_wh;
    request.timestamp = record.at;
    request.transactionId = transaction_id;
    if (record.reason) request.reason = reason_of(*record.reason);
    request.transactionData.emplace();
    for (auto const& sample : record.samples)
        request.transactionData->push_back(meter_value(sample));
    return message(request);
}

Purpose purpose_of(ChargingProfilePurpose purpose)
{
    switch (purpose) {
    case ChargingProfilePurpose::charge_point_max_profile: return Purpose::station_max;
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

constexpr std::int64_t thousandths_per_tenth = 100;

Schedule schedule_of(ChargingSchedule const& in)
{
    Schedule schedule;
    schedule.start = in.startSchedule;
    if (in.duration) schedule.duration_s = *in.duration;
    schedule.unit = unit_of(in.chargingRateUnit);
    for (auto const& p : in.chargingSchedulePeriod) {
        Period period{
            p.startPeriod, bounded_thousandths(p.limit.tenths, thousandths_per_tenth), {}, {}};
        if (p.numberPhases) period.phases = small_number(*p.numberPhases);
        schedule.periods.push_back(period);
    }
    return schedule;
}

Profile profile_of(ChargingProfile const& in)
{
    Profile profile;
    profile.id = in.chargingProfileId;
    profile.stack_level = in.stackLevel;
    profile.purpose = purpose_of(in.chargingProfilePurpose);
    profile.kind = kind_of(in.chargingProfileKind);
    if (in.recurrencyKind)
        profile.recurrency = *in.recurrencyKind == RecurrencyKind::daily ? Recurrency::daily
                                                                         : Recurrency::weekly;
    profile.valid_from = in.validFrom;
    profile.valid_to = in.validTo;
    if (in.transactionId) profile.transaction = std::to_string(in.transactionId->value);
    profile.schedule = schedule_of(in.chargingSchedule);
    return profile;
}

Command command_of(SetChargingProfileRequest const& request)
{
    return SetProfile{small_number(request.connectorId), profile_of(request.csChargingProfiles)};
}

Command command_of(ClearChargingProfileRequest const& request)
{
    ClearFilter filter;
    if (request.id) filter.id = *request.id;
    if (request.connectorId) filter.evse = small_number(*request.connectorId);
    if (request.chargingProfilePurpose)
        filter.purpose = purpose_of(*request.chargingProfilePurpose);
    if (request.stackLevel) filter.stack_level = *request.stackLevel;
    return ClearProfiles{filter};
}

Command command_of(GetCompositeScheduleRequest const& request)
{
    GetComposite result{small_number(request.connectorId), request.duration, {}};
    if (request.chargingRateUnit) result.unit = unit_of(*request.chargingRateUnit);
    return result;
}

Command command_of(RemoteStartTransactionRequest const& request)
{
    RemoteStart result;
    if (request.connectorId) result.evse = small_number(*request.connectorId);
    result.token = request.idTag;
    if (request.chargingProfile) result.profile = profile_of(*request.chargingProfile);
    return result;
}

Command command_of(RemoteStopTransactionRequest const& request)
{
    return RemoteStop{std::to_string(request.transactionId.value)};
}

template <class Request>
Command read_command(ocpp::Payload const& payload)
{
    auto decoded = ocpp::decode<Request>(payload);
    if (auto const* fault = std::get_if<ocpp::Fault>(&decoded)) return *fault;
    return command_of(std::get<Request>(decoded));
}

class Dialect16 final : public Dialect {
public:
    Message boot(StationConfig const& config, BootReason) const override
    {
        BootNotificationRequest request;
        request.chargePointVendor = config.vendor;
        request.chargePointModel = config.model;
        request.chargePointSerialNumber = config.serial;
        request.firmwareVersion = config.firmware;
        return message(request);
    }

    Message heartbeat() const override { return message(HeartbeatRequest{}); }

    std::optional<Message> status(int evse, OutletState state, Timestamp at) const override
    {
        StatusNotificationRequest request;
        request.connectorId = evse;
        request.errorCode = ChargePointErrorCode::no_error;
        request.status = status_of(state);
        request.timestamp = at;
        return message(request);
    }

    bool same_status(OutletState a, OutletState b) const override { return a == b; }

    Message authorize(std::string const& token) const override
    {
        AuthorizeRequest request;
        request.idTag = token;
        return message(request);
    }

    bool tells(Record const& record) const override
    {
        return record.kind != Record::Kind::updated || !record.samples.empty();
    }

    Message transaction(Record const& record, std::int64_t transaction_id) const override
    {
        switch (record.kind) {
        case Record::Kind::started: return start_message(record);
        case Record::Kind::updated: return values_message(record, transaction_id);
        case Record::Kind::ended: return stop_message(record, transaction_id);
        }
        return {};
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
        return response->idTagInfo.status == AuthorizationStatus::accepted;
    }

    std::optional<TransactionAnswer> read_transaction(
        Record const& record, ocpp::Payload const& payload) const override
    {
        if (record.kind == Record::Kind::started) {
            auto const response = read<StartTransactionResponse>(payload);
            if (!response) return std::nullopt;
            return TransactionAnswer{std::to_string(response->transactionId.value),
                response->idTagInfo.status == AuthorizationStatus::accepted};
        }
        // What these two say changes nothing here.
        bool const understood = record.kind == Record::Kind::updated
                                    ? read<MeterValuesResponse>(payload).has_value()
                                    : read<StopTransactionResponse>(payload).has_value();
        if (!understood) return std::nullopt;
        return TransactionAnswer{};
    }

    Command read_call(std::string_view action, ocpp::Payload const& payload) const override
    {
        if (action == "SetChargingProfile") return read_command<SetChargingProfileRequest>(payload);
        if (action == "ClearChargingProfile")
            return read_command<ClearChargingProfileRequest>(payload);
        if (action == "GetCompositeSchedule")
            return read_command<GetCompositeScheduleRequest>(payload);
        if (action == "RemoteStartTransaction")
            return read_command<RemoteStartTransactionRequest>(payload);
        if (action == "RemoteStopTransaction")
            return read_command<RemoteStopTransactionRequest>(payload);
        return ocpp::Fault{ocpp::FaultKind::not_implemented, "", "unknown action"};
    }

    std::string answer_set(SetOutcome const& outcome) const override
    {
        SetChargingProfileResponse response;
        response.status = outcome.accepted() ? ChargingProfileStatus::accepted
                                             : ChargingProfileStatus::rejected;
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
        response.status = GetCompositeScheduleStatus::rejected;
        if (!schedule) return ocpp::encode(response);
        response.status = GetCompositeScheduleStatus::accepted;
        response.connectorId = evse;
        response.scheduleStart = schedule->start;
        auto& out = response.chargingSchedule.emplace();
        out.duration = schedule->duration_s;
        out.chargingRateUnit = schedule->unit == RateUnit::amperes ? ChargingRateUnit::a
                                                                   : ChargingRateUnit::w;
        for (auto const& period : schedule->periods) {
            ChargingSchedulePeriod p;
            p.startPeriod = period.start_s;
            p.limit = {period.limit_milli / thousandths_per_tenth};
            p.numberPhases = period.phases.value_or(most_phases);
            out.chargingSchedulePeriod.push_back(p);
        }
        return ocpp::encode(response);
    }

    std::string answer_start(
        bool accepted, std::string_view, std::optional<std::string> const&) const override
    {
        RemoteStartTransactionResponse response;
        response.status = accepted ? RemoteStartStopStatus::accepted
                                   : RemoteStartStopStatus::rejected;
        return ocpp::encode(response);
    }

    std::string answer_stop(bool accepted) const override
    {
        RemoteStopTransactionResponse response;
        response.status = accepted ? RemoteStartStopStatus::accepted
                                   : RemoteStartStopStatus::rejected;
        return ocpp::encode(response);
    }
};

}

Dialect const& dialect_16()
{
    static Dialect16 const dialect;
    return dialect;
}

}
