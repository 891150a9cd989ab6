// OCPP 2.1, functional block K: prices that an ISO 15118 car may plan with, in the forms of ISO
// 15118-2 (SalesTariff) and ISO 15118-20 (the rest).
#pragma once

#include "ocpp/v201/smart_charging.hpp"

namespace ocpp::v21 {

using v201::ConsumptionCost;
using v201::Cost;
using v201::CostKind;
using v201::RelativeTimeInterval;
using v201::SalesTariffEntry;

struct SalesTariff {
    Integer<0> id{};
    std::optional<String<32>> salesTariffDescription{};
    std::optional<Integer<0>> numEPriceLevels{};
    List<SalesTariffEntry, 1, 1024> salesTariffEntry{};
    V2_FIELDS(id, salesTariffDescription, numEPriceLevels, salesTariffEntry)
};

// `value` times ten to the power of `exponent`, as ISO 15118-20 writes numbers.
struct RationalNumber {
    Integer<> exponent{};
    Integer<> value{};
    V2_FIELDS(exponent, value)
};

// Holds from this power up to the next rule's.
struct PriceRule {
    std::optional<Integer<>> parkingFeePeriod{};        // s
    std::optional<Integer<0>> carbonDioxideEmission{};  // g per kWh
    std::optional<Integer<0, 100>> renewableGenerationPercentage{};
    RationalNumber energyFee{};                  // per kWh
    std::optional<RationalNumber> parkingFee{};  // per parkingFeePeriod
    RationalNumber powerRangeStart{};            // W
    V2_FIELDS(parkingFeePeriod, carbonDioxideEmission, renewableGenerationPercentage, energyFee,
        parkingFee, powerRangeStart)
};

// The prices of one stretch of time, by power.
struct PriceRuleStack {
    Integer<> duration{};  // s
    List<PriceRule, 1, 8> priceRule{};
    V2_FIELDS(duration, priceRule)
};

struct TaxRule {
    Integer<0> taxRuleID{};
    std::optional<String<100>> taxRuleName{};
    std::optional<bool> taxIncludedInPrice{};
    bool appliesToEnergyFee{};
    bool appliesToParkingFee{};
    bool appliesToOverstayFee{};
    bool appliesToMinimumMaximumCost{};
    RationalNumber taxRate{};  // percent
    V2_FIELDS(taxRuleID, taxRuleName, taxIncludedInPrice, appliesToEnergyFee, appliesToParkingFee,
        appliesToOverstayFee, appliesToMinimumMaximumCost, taxRate)
};

struct OverstayRule {
    RationalNumber overstayFee{};
    std::optional<String<32>> overstayRuleDescription{};
    Integer<> startTime{};          // s after it began to count
    Integer<> overstayFeePeriod{};  // s until the fee is due again
    V2_FIELDS(overstayFee, overstayRuleDescription, startTime, overstayFeePeriod)
};

// What staying too long costs.
struct OverstayRuleList {
    std::optional<RationalNumber> overstayPowerThreshold{};  // W
    List<OverstayRule, 1, 5> overstayRule{};
    std::optional<Integer<>> overstayTimeThreshold{};  // s until it counts
    V2_FIELDS(overstayPowerThreshold, overstayRule, overstayTimeThreshold)
};

struct AdditionalSelectedServices {
    RationalNumber serviceFee{};
    String<80> serviceName{};
    V2_FIELDS(serviceFee, serviceName)
};

// Prices over time.
struct AbsolutePriceSchedule {
    Timestamp timeAnchor{};        // durations count from here
    Integer<0> priceScheduleID{};  // spelt so; elsewhere it is Id
    std::optional<String<160>> priceScheduleDescription{};
    String<3> currency{};           // ISO 4217
    String<8> language{};           // RFC 5646
    String<2000> priceAlgorithm{};  // a URN
    std::optional<RationalNumber> minimumCost{};
    std::optional<RationalNumber> maximumCost{};
    List<PriceRuleStack, 1, 1024> priceRuleStacks{};
    std::optional<List<TaxRule, 1, 10>> taxRules{};
    std::optional<OverstayRuleList> overstayRuleList{};
    std::optional<List<AdditionalSelectedServices, 1, 5>> additionalSelectedServices{};
    V2_FIELDS(timeAnchor, priceScheduleID, priceScheduleDescription, currency, language,
        priceAlgorithm, minimumCost, maximumCost, priceRuleStacks, taxRules, overstayRuleList,
        additionalSelectedServices)
};

struct PriceLevelScheduleEntry {
    Integer<> duration{};     // s
    Integer<0> priceLevel{};  // 0 is the cheapest
    V2_FIELDS(duration, priceLevel)
};

// Price levels over time, without amounts.
struct PriceLevelSchedule {
    List<PriceLevelScheduleEntry, 1, 100> priceLevelScheduleEntries{};
    Timestamp timeAnchor{};  // durations count from here
    Integer<0> priceScheduleId{};
    std::optional<String<32>> priceScheduleDescription{};
    Integer<0> numberOfPriceLevels{};
    V2_FIELDS(priceLevelScheduleEntries, timeAnchor, priceScheduleId, priceScheduleDescription,
        numberOfPriceLevels)
};

}
