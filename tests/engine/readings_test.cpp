#include "server/engine/readings.hpp"

#include <doctest/doctest.h>

TEST_SUITE("readings")
{
    using namespace engine;

    constexpr Timestamp at{std::chrono::hours{1}};

    Sample sample(Quantity quantity, std::optional<int> terminal, std::int64_t value)
    {
        return {.quantity = quantity, .terminal = terminal, .value = value};
    }

    TEST_CASE("units scale to base units, and a unit of another quantity is not taken")
    {
        CHECK(exponent_to_base(Quantity::energy_import_register, "kWh") == 6);  // mWh
        CHECK(exponent_to_base(Quantity::energy_import_register, "") == 3);
        CHECK(exponent_to_base(Quantity::power_import, "kW") == 6);
        CHECK(exponent_to_base(Quantity::current_import, "A") == 3);
        CHECK_FALSE(exponent_to_base(Quantity::energy_import_register, "varh"));
        CHECK_FALSE(exponent_to_base(Quantity::current_import, "Wh"));
    }
    TEST_CASE("energy per phase is summed, and a total outweighs the sum")
    {
        ReadingBuilder phases(at);
        for (int terminal = 0; terminal < 3; ++terminal)
            phases.add(sample(Quantity::energy_import_register, terminal, 1'000 * (terminal + 1)));
        CHECK(phases.finish()->energy_mwh == 6'000);
        phases.add(sample(Quantity::energy_import_register, std::nullopt, 7'000));
        CHECK(phases.finish()->energy_mwh == 7'000);
    }
    TEST_CASE("a current without a phase is each phase's, unless that phase is reported itself")
    {
        ReadingBuilder builder(at);
        builder.add(sample(Quantity::current_import, 1, 9'000));
        builder.add(sample(Quantity::current_import, std::nullopt, 16'000));
        auto const reading = builder.finish();
        CHECK(reading->terminal_ma[0] == 16'000);
        CHECK(reading->terminal_ma[1] == 9'000);
        CHECK(reading->terminal_ma[2] == 16'000);
    }
    TEST_CASE("nothing of use is no reading") { CHECK_FALSE(ReadingBuilder(at).finish()); }
}
