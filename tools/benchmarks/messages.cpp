#include "tools/benchmarks/messages.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <stdexcept>

namespace bench {

namespace {

std::string text_of(Timestamp at)
{
    auto const day = std::chrono::floor<std::chrono::days>(at);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(at - day);
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
        static_cast<int>(time.subseconds().count()));
    return text.data();
}

void append_sample(std::string& text, std::string_view value, std::string_view measurand,
    std::string_view phase, std::string_view unit)
{
    text += R"({"value":")";
    text += value;
    text += R"(","context":"Sample.Periodic","format":"Raw","measurand":")";
    text += measurand;
    if (!phase.empty()) {
        text += R"(","phase":")";
        text += phase;
    }
    text += R"(","location":"Outlet","unit":")";
    text += unit;
    text += R"("},)";
}

}

std::string call_text(std::string_view id, std::string_view action, std::string_view payload)
{
    std::string text = R"([2,")";
    text += id;
    text += R"(",")";
    text += action;
    text += R"(",)";
    text += payload;
    text += ']';
    return text;
}

std::string accepted_text(std::string_view id)
{
    return R"([3,")" + std::string(id) + R"(",{"status":"Accepted"}])";
}

std::string boot_v16()
{
    return R"({"chargePointVendor":"Bench","chargePointModel":"One","firmwareVersion":"1.0"})";
}

std::string boot_v201()
{
    return R"({"reason":"PowerUp","chargingStation":)"
           R"({"model":"One","vendorName":"Bench","firmwareVersion":"1.0"}})";
}

std::string available_v16()
{
    return R"({"connectorId":1,"errorCode":"NoError","status":"Available"})";
}

std::string available_v201(Timestamp at)
{
    return R"({"timestamp":")" + text_of(at) +
           R"(","connectorStatus":"Available","evseId":1,"connectorId":1})";
}

std::string start_transaction(Timestamp at, std::int64_t meter_wh)
{
    return R"({"connectorId":1,"idTag":"BENCH","meterStart":)" + std::to_string(meter_wh) +
           R"(,"timestamp":")" + text_of(at) + R"("})";
}

std::string stop_transaction(std::int64_t transaction, Timestamp at, std::int64_t meter_wh)
{
    return R"({"transactionId":)" + std::to_string(transaction) + R"(,"meterStop":)" +
           std::to_string(meter_wh) + R"(,"timestamp":")" + text_of(at) + R"("})";
}

std::string meter_values(std::int64_t transaction, Timestamp at, std::int64_t meter_wh)
{
    std::string text = R"({"connectorId":1,"transactionId":)" + std::to_string(transaction) +
                       R"(,"meterValue":[{"timestamp":")" + text_of(at) + R"(","sampledValue":[)";
    append_sample(text, std::to_string(meter_wh), "Energy.Active.Import.Register", "", "Wh");
    append_sample(text, "10982.5", "Power.Active.Import", "", "W");
    append_sample(text, "15.94", "Current.Import", "L1", "A");
    append_sample(text, "15.87", "Current.Import", "L2", "A");
    append_sample(text, "15.91", "Current.Import", "L3", "A");
    append_sample(text, "230.4", "Voltage", "L1-N", "V");
    append_sample(text, "229.8", "Voltage", "L2-N", "V");
    append_sample(text, "231.1", "Voltage", "L3-N", "V");
    append_sample(text, "47", "SoC", "", "Percent");
    text.back() = ']';
    text += "}]}";
    return text;
}

std::int64_t number_in(std::string_view frame, std::string_view name)
{
    auto const mark = '"' + std::string(name) + R"(":)";
    auto const found = frame.find(mark);
    std::int64_t number = 0;
    if (found != std::string_view::npos) {
        auto const digits = frame.substr(found + mark.size());
        auto const end = digits.data() + digits.size();
        if (std::from_chars(digits.data(), end, number).ec == std::errc{}) return number;
    }
    throw std::runtime_error("no number " + std::string(name) + " in " + std::string(frame));
}

}
