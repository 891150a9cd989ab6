// OCPP 2.1, functional block I: the structure of a tariff, with which a station reckons costs
// itself. Prices are in the tariff's currency.
#pragma once

#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

enum class DayOfWeek { monday, tuesday, wednesday, thursday, friday, saturday, sunday };
constexpr auto wire_names(DayOfWeek)
{
    return spelled("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
}

enum class EvseKind { ac, dc };
constexpr auto wire_names(EvseKind) { return spelled("AC", "DC"); }

// When a price for energy or time holds: all that is given must be true. Minimum values are
// included, maximum values are not.
struct TariffConditions {
    std::optional<Text> startTimeOfDay{};  // hh:mm, local
    std::optional<Text> endTimeOfDay{};    // hh:mm, local
    std::optional<List<DayOfWeek, 1, 7>> dayOfWeek{};
    std::optional<Text> validFromDate{};  // yyyy-mm-dd, local
    std::optional<Text> validToDate{};    // yyyy-mm-dd, local, excluded
    std::optional<EvseKind> evseKind{};
    std::optional<Decimal> minEnergy{};          // Wh
    std::optional<Decimal> maxEnergy{};          // Wh
    std::optional<Decimal> minCurrent{};         // A, sum of the phases
    std::optional<Decimal> maxCurrent{};         // A, sum of the phases
    std::optional<Decimal> minPower{};           // W
    std::optional<Decimal> maxPower{};           // W
    std::optional<Integer<>> minTime{};          // s of the transaction
    std::optional<Integer<>> maxTime{};          // s of the transaction
    std::optional<Integer<>> minChargingTime{};  // s of charging
    std::optional<Integer<>> maxChargingTime{};  // s of charging
    std::optional<Integer<>> minIdleTime{};      // s without charging
    std::optional<Integer<>> maxIdleTime{};      // s without charging
    V2_FIELDS(startTimeOfDay, endTimeOfDay, dayOfWeek, validFromDate, validToDate, evseKind,
        minEnergy, maxEnergy, minCurrent, maxCurrent, minPower, maxPower, minTime, maxTime,
        minChargingTime, maxChargingTime, minIdleTime, maxIdleTime)
};

struct TariffEnergyPrice {
    Decimal priceKwh{};  // per kWh, without tax
    std::optional<TariffConditions> conditions{};
    V2_FIELDS(priceKwh, conditions)
};

struct TaxRate {
    String<20> type{};  // a name for the receipt
    Decimal tax{};      // percent
    // 0 or absent: of the price; from 1: of the price and the taxes below.
    std::optional<Integer<0>> stack{};
    V2_FIELDS(type, tax, stack)
};

// Prices for energy.
struct TariffEnergy {
    List<TariffEnergyPrice> prices{};
    std::optional<List<TaxRate, 1, 5>> taxRates{};
    V2_FIELDS(prices, taxRates)
};

struct TariffTimePrice {
    Decimal priceMinute{};  // per minute, without tax
    std::optional<TariffConditions> conditions{};
    V2_FIELDS(priceMinute, conditions)
};

// Prices for time.
struct TariffTime {
    List<TariffTimePrice> prices{};
    std::optional<List<TaxRate, 1, 5>> taxRates{};
    V2_FIELDS(prices, taxRates)
};

// When a fixed price holds, as things are at the start: all that is given must be true.
struct TariffConditionsFixed {
    std::optional<Text> startTimeOfDay{};  // hh:mm, local
    std::optional<Text> endTimeOfDay{};    // hh:mm, local
    std::optional<List<DayOfWeek, 1, 7>> dayOfWeek{};
    std::optional<Text> validFromDate{};  // yyyy-mm-dd, local
    std::optional<Text> validToDate{};    // yyyy-mm-dd, local, excluded
    std::optional<EvseKind> evseKind{};
    std::optional<String<20>> paymentBrand{};        // of a card
    std::optional<String<20>> paymentRecognition{};  // kind of card: credit, debit
    V2_FIELDS(startTimeOfDay, endTimeOfDay, dayOfWeek, validFromDate, validToDate, evseKind,
        paymentBrand, paymentRecognition)
};

struct TariffFixedPrice {
    std::optional<TariffConditionsFixed> conditions{};
    Decimal priceFixed{};  // without tax
    V2_FIELDS(conditions, priceFixed)
};

// Prices per transaction or reservation.
struct TariffFixed {
    List<TariffFixedPrice> prices{};
    std::optional<List<TaxRate, 1, 5>> taxRates{};
    V2_FIELDS(prices, taxRates)
};

// At least one of the amounts is given.
struct Price {
    std::optional<Decimal> exclTax{};
    std::optional<Decimal> inclTax{};
    std::optional<List<TaxRate, 1, 5>> taxRates{};
    V2_FIELDS(exclTax, inclTax, taxRates)
};

// What a transaction costs. Each part may have several prices, each with conditions. The parts are
// added.
struct Tariff {
    String<60> tariffId{};
    std::optional<List<MessageContent, 1, 10>> description{};  // one for each language
    String<3> currency{};                                      // ISO 4217
    std::optional<TariffEnergy> energy{};
    std::optional<Timestamp> validFrom{};  // absent means at once
    std::optional<TariffTime> chargingTime{};
    std::optional<TariffTime> idleTime{};  // plugged in without charging
    std::optional<TariffFixed> fixedFee{};
    std::optional<TariffTime> reservationTime{};
    std::optional<TariffFixed> reservationFixed{};
    std::optional<Price> minCost{};  // never less
    std::optional<Price> maxCost{};  // never more
    V2_FIELDS(tariffId, description, currency, energy, validFrom, chargingTime, idleTime, fixedFee,
        reservationTime, reservationFixed, minCost, maxCost)
};

}
