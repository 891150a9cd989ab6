#include "tests/integration/support/uploader.hpp"

#include "tests/integration/support/operator.hpp"
#include "tests/integration/support/plant.hpp"

#include <chrono>
#include <poll.h>
#include <stdexcept>
#include <utility>

namespace integration {

namespace {

using namespace std::chrono_literals;
using ocpp::Timestamp;

constexpr std::int64_t error_type = 4;  // OCPP-J section 4.1.3
constexpr int pause_after_refusal_ms = 20;

constexpr std::int64_t most_reports = 8;  // of meter values, in a transaction
// Of a station of 11 kW: never more than 183 Wh in a minute.
constexpr std::int64_t most_wh_per_minute = 183;

// One break of the connection, and one repetition of what was answered, in so many messages.
constexpr std::int64_t messages_per_break = 40;
constexpr std::int64_t messages_per_repetition = 15;

Timestamp long_ago()
{
    auto const now = std::chrono::system_clock::now();
    return std::chrono::floor<std::chrono::days>(now) - std::chrono::days(400);
}

json::object meter_value(
    Timestamp at, std::int64_t register_wh, ocpp::Version version, char const* context)
{
    json::object sample{{"measurand", "Energy.Active.Import.Register"}, {"context", context}};
    if (version == ocpp::Version::v16) {
        sample["value"] = std::to_string(register_wh);
        sample["unit"] = "Wh";
    } else {
        sample["value"] = register_wh;
        sample["unitOfMeasure"] = json::object{{"unit", "Wh"}};
    }
    json::object value{{"timestamp", ocpp::to_string(at)}};
    value["sampledValue"] = json::array{std::move(sample)};
    return value;
}

json::array meter_values(Samples const& samples, ocpp::Version version, char const* context)
{
    json::array values;
    for (auto const& [at, wh] : samples) values.push_back(meter_value(at, wh, version, context));
    return values;
}

}

Uploader::Uploader(std::string identity, ocpp::Version version, std::uint64_t seed)
    : identity_(std::move(identity)),
      version_(version),
      random_(seed),
      clock_(long_ago()),
      register_wh_(between(1'000, 9'000'000))
{
}

Uploader::~Uploader()
{
    abandoned_ = true;
    join();
}

void Uploader::begin(std::uint16_t port)
{
    join();
    first_touched_ = transactions_.empty() ? 0 : transactions_.size() - 1;
    thread_ = std::thread([this, port] { run(port); });
}

void Uploader::join()
{
    if (thread_.joinable()) thread_.join();
}

void Uploader::run(std::uint16_t port)
{
    for (auto step = Step::reconnect; step == Step::reconnect && !abandoned_;) {
        std::optional<RawStation> link;
        try {
            link.emplace(port, identity_, std::string(ocpp::subprotocol_name(version_)));
        } catch (std::runtime_error const&) {
            return;  // the server is gone
        }
        ++connects_;
        try {
            boot(*link);
            do step = this->step(*link);
            while (step == Step::go_on);
        } catch (std::runtime_error const&) {
            step = Step::reconnect;  // whoever ended it: if the server is alive, it is there
        }
    }
}

void Uploader::boot(RawStation& link)
{
    if (booted_ && !one_in(3)) return;  // a reconnect needs none
    auto const answer = link.call("BootNotification",
        is_16() ? R"({"chargePointVendor":"V","chargePointModel":"M"})"
                : R"({"reason":"PowerUp","chargingStation":{"vendorName":"V","model":"M"}})");
    if (text(answer, "status") != "Accepted") complain("boot: " + json::serialize(answer));
    booted_ = true;
}

Uploader::Step Uploader::step(RawStation& link)
{
    if (abandoned_) return Step::done;
    if (answered_ && one_in(messages_per_repetition)) {
        ++repeats_;
        note(link.ask(answered_->action, answered_->payload, answered_->message_id), false);
    }
    if (!pending_ && !prepare()) return Step::done;
    if (was_sent_) {
        ++repeats_;
        if (one_in(2)) pending_->message_id = std::to_string(++messages_);
    }
    was_sent_ = true;
    if (one_in(messages_per_break)) {
        link.tell(pending_->action, pending_->payload, pending_->message_id);
        return Step::reconnect;
    }
    note(link.ask(pending_->action, pending_->payload, pending_->message_id), true);
    return Step::go_on;
}

// False: there is nothing more to say.
bool Uploader::prepare()
{
    bool const between_two = transactions_.empty() || transactions_.back().ended_at;
    if (between_two && finishing_) return false;
    pending_ = between_two ? start_report() : next_report();
    pending_->message_id = std::to_string(++messages_);
    was_sent_ = false;
    return true;
}

Report Uploader::start_report()
{
    clock_ += std::chrono::minutes(between(5, 60));
    reports_left_ = between(0, most_reports);
    sequence_ = 0;
    Upload upload;
    upload.started_at = clock_;
    upload.start_wh = register_wh_;
    transactions_.push_back(upload);

    Report report{.kind = Report::Kind::start, .at = clock_, .register_wh = register_wh_};
    if (is_16()) {
        report.action = "StartTransaction";
        report.payload = json::serialize(json::object{{"connectorId", 1}, {"idTag", card},
            {"meterStart", register_wh_}, {"timestamp", ocpp::to_string(clock_)}});
    } else {
        report.samples[clock_] = register_wh_;
        report.payload = event_payload(report, "Started", "Authorized");
        report.action = "TransactionEvent";
    }
    return report;
}

Report Uploader::next_report()
{
    Report report{.kind = reports_left_ > 0 ? Report::Kind::values : Report::Kind::stop};
    bool const ends = report.kind == Report::Kind::stop;
    bool const has_samples = !ends || !is_16() || one_in(3);
    for (auto left = has_samples ? between(1, 3) : 0; left > 0; --left) {
        auto const minutes = between(1, 15);
        clock_ += std::chrono::minutes(minutes);
        register_wh_ += between(0, minutes * most_wh_per_minute);
        report.samples[clock_] = register_wh_;
    }
    report.at = clock_;
    report.register_wh = register_wh_;
    if (!is_16()) {
        report.action = "TransactionEvent";
        report.payload = ends ? event_payload(report, "Ended", "StopAuthorized")
                              : event_payload(report, "Updated", "MeterValuePeriodic");
    } else {
        auto const values = meter_values(report.samples, version_, "Sample.Periodic");
        json::object payload{{"transactionId", transactions_.back().id.value()}};
        if (ends) {
            payload["meterStop"] = register_wh_;
            payload["timestamp"] = ocpp::to_string(clock_);
            if (!values.empty()) payload["transactionData"] = values;
        } else {
            payload["connectorId"] = 1;
            payload["meterValue"] = values;
        }
        report.action = ends ? "StopTransaction" : "MeterValues";
        report.payload = json::serialize(payload);
    }
    --reports_left_;
    return report;
}

std::string Uploader::event_payload(Report const& report, char const* type, char const* trigger)
{
    auto const number = std::to_string(transactions_.size());
    json::object payload{{"eventType", type}, {"timestamp", ocpp::to_string(report.at)},
        {"triggerReason", trigger}, {"seqNo", sequence_++}, {"offline", true}};
    payload["transactionInfo"] = json::object{{"transactionId", identity_ + '-' + number}};
    payload["evse"] = json::object{{"id", 1}, {"connectorId", 1}};
    payload["idToken"] = json::object{{"idToken", card}, {"type", "ISO14443"}};
    char const* const context = report.kind == Report::Kind::start ? "Transaction.Begin"
                                                                   : "Sample.Periodic";
    auto values = meter_values(report.samples, version_, context);
    if (report.kind == Report::Kind::stop)
        values.back() = meter_value(report.at, report.register_wh, version_, "Transaction.End");
    payload["meterValue"] = std::move(values);
    return json::serialize(payload);
}

// `first_time`: it is the answer to the pending report; otherwise to a repetition of the last one.
void Uploader::note(json::array const& answer, bool first_time)
{
    if (answer.at(0).as_int64() == error_type) {
        if (answer.at(2).as_string() != "InternalError") complain(json::serialize(answer));
        ++refused_;
        ::poll(nullptr, 0, pause_after_refusal_ms);
        return;
    }
    auto const& payload = answer.at(2).as_object();
    if (first_time) return acknowledge(payload);
    if (answered_->action == "StartTransaction" &&
        integer(payload, "transactionId") != transactions_.back().id)
        complain("another id for the same start: " + json::serialize(answer));
}

void Uploader::acknowledge(json::object const& answer)
{
    auto& upload = transactions_.back();
    if (pending_->kind == Report::Kind::start) {
        upload.start_acknowledged = true;
        auto const info = answer.if_contains(is_16() ? "idTagInfo" : "idTokenInfo");
        if (!info || text(info->as_object(), "status") != "Accepted")
            complain("the card was refused: " + json::serialize(answer));
        if (is_16()) upload.id = integer(answer, "transactionId");
    }
    if (pending_->kind == Report::Kind::stop) {
        upload.ended_at = pending_->at;
        upload.stop_wh = pending_->register_wh;
    }
    upload.acknowledged.insert(pending_->samples.begin(), pending_->samples.end());
    answered_ = std::exchange(pending_, std::nullopt);
    ++acknowledged_;
}

std::int64_t Uploader::between(std::int64_t low, std::int64_t high)
{
    return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
}

}
