#include "tools/plan/decimal.hpp"

#include "balancing/snapshot.hpp"

#include <cmath>
#include <cstdint>

namespace plan {
namespace {

constexpr std::uint64_t per_ampere = 1'000'000'000;
constexpr std::size_t decimals = 9;  // of an ampere that is counted in nanoamperes
constexpr std::size_t decimals_for_people = 2;

std::uint64_t magnitude(balancing::Current current)
{
    auto const bits = static_cast<std::uint64_t>(current.nanoamperes);
    return current.nanoamperes < 0 ? 0 - bits : bits;
}

std::string fraction_text(std::uint64_t nanoamperes)
{
    return std::to_string(per_ampere + nanoamperes % per_ampere).substr(1);
}

std::string sign_text(balancing::Current current) { return current.nanoamperes < 0 ? "-" : ""; }

}

std::string exact_text(balancing::Current current)
{
    auto const size = magnitude(current);
    auto text = sign_text(current) + std::to_string(size / per_ampere);
    if (size % per_ampere == 0) return text;
    auto fraction = fraction_text(size);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return text + '.' + fraction;
}

std::string short_text(balancing::Current current)
{
    static_assert(decimals_for_people < decimals);
    auto const size = magnitude(current);
    return sign_text(current) + std::to_string(size / per_ampere) + '.' +
           fraction_text(size).substr(0, decimals_for_people);
}

std::optional<balancing::Current> current_of(double amperes)
{
    if (!(std::abs(amperes) <= balancing::greatest_current.amperes())) return std::nullopt;
    return balancing::Current{std::llround(amperes * static_cast<double>(per_ampere))};
}

}
