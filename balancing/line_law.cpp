#include "balancing/line_law.hpp"

#include "balancing/wide.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace balancing {

namespace {

constexpr int coefficient_bits = 36;

// Currents below 2^43 nA (8.8 kA): three squares of them, with coefficients, fit into 127 bits.
constexpr int square_bits = 43;

std::int64_t scaled_up(double coefficient)
{
    // A cosine that is 1.0000000000000002 in doubles is 1: less than a double's last digits.
    constexpr double last_digits = 1e-4;
    return static_cast<std::int64_t>(
        std::ceil(std::ldexp(coefficient, coefficient_bits) - last_digits));
}

double unscaled(std::int64_t coefficient)
{
    return std::ldexp(static_cast<double>(coefficient), -coefficient_bits);
}

// The two pairs that share the line, and what loads all three.
template <class Number>
struct ItLine {
    Number x{};
    Number y{};
    Number z{};
};

constexpr std::size_t pair_after(std::size_t line) { return line; }
constexpr std::size_t pair_before(std::size_t line) { return (line + line_count - 1) % line_count; }

ItLine<std::int64_t> it_line(ChannelSums const& sums, std::size_t line)
{
    return {sums[pair_after(line)].nanoamperes, sums[pair_before(line)].nanoamperes,
        sums[balanced_channel].nanoamperes};
}

double real(std::int64_t value) { return static_cast<double>(value); }

// The square of the line's current, in nA^2.
double square_of(ItLine<double> const& at, double pairs, double mixed)
{
    return at.x * at.x + at.y * at.y + 3 * (at.z * at.z) + pairs * (at.x * at.y) +
           mixed * (at.z * (at.x + at.y));
}

// Wider than what doubles and shifted integers (below) are off, relative to a square.
constexpr double near = 1e-11;

std::int64_t shifted_up(std::int64_t value, int shift)
{
    return (value + ((std::int64_t{1} << shift) - 1)) >> shift;
}

}

LineLaw::LineLaw(Grid grid, double power_factor) : grid_(grid)
{
    double const sixth_of_circle = std::numbers::pi / 3;
    double const widest = 2 * std::acos(power_factor);
    between_pairs_ = scaled_up(2 * std::cos(sixth_of_circle - widest));
    pair_and_balanced_ = scaled_up(
        2 * std::numbers::sqrt3 * std::cos(sixth_of_circle / 2 - widest));
    pairs_ = unscaled(between_pairs_);
    mixed_ = unscaled(pair_and_balanced_);
}

bool LineLaw::within(ChannelSums const& sums, std::size_t line, Current limit) const
{
    if (grid_ == Grid::tn) return sums[line] + sums[balanced_channel] <= limit;
    std::int64_t most = limit.nanoamperes;
    auto [x, y, z] = it_line(sums, line);
    // What is above the limit by itself needs no squares, and would not fit into them.
    if (most < 0 || x > most || y > most || z > most) return false;
    // Doubles decide unless it is a near thing.
    double const square = square_of({real(x), real(y), real(z)}, pairs_, mixed_);
    double const allowed = real(most) * real(most);
    if (square < allowed * (1 - near)) return true;
    if (square > allowed * (1 + near)) return false;
    int shift = 0;
    while ((most >> shift) >> square_bits != 0) ++shift;
    if (shift > 0) {
        most >>= shift;
        x = shifted_up(x, shift);
        y = shifted_up(y, shift);
        z = shifted_up(z, shift);
    }
    Wide const squares = Wide{x} * x + Wide{y} * y + 3 * (Wide{z} * z) - Wide{most} * most;
    Wide const crossed = Wide{x} * y;
    Wide const with_balanced = Wide{z} * (x + y);
    return (squares << coefficient_bits) + between_pairs_ * crossed +
               pair_and_balanced_ * with_balanced <=
           0;
}

Current LineLaw::current(ChannelSums const& sums, std::size_t line) const
{
    if (grid_ == Grid::tn) return sums[line] + sums[balanced_channel];
    auto const [x, y, z] = it_line(sums, line);
    double const square = square_of({real(x), real(y), real(z)}, pairs_, mixed_);
    // within() decides; the root is at most a few of the last digits off.
    Current root{static_cast<std::int64_t>(std::sqrt(square))};
    Current const step{std::max<std::int64_t>(1, root.nanoamperes >> square_bits)};
    while (!within(sums, line, root)) root += step;
    while (root.nanoamperes > 0 && within(sums, line, root - step)) root -= step;
    return root;
}

PerLine LineLaw::currents(ChannelSums const& sums) const
{
    return {current(sums, 0), current(sums, 1), current(sums, 2)};
}

Loading LineLaw::channels_of(std::size_t line) const
{
    unsigned channels = (1U << line) | (1U << balanced_channel);
    if (grid_ == Grid::it) channels |= 1U << pair_before(line);
    return {static_cast<std::uint8_t>(channels)};
}

std::uint8_t LineLaw::lines_of(Loading loading) const
{
    unsigned lines = 0;
    for (std::size_t line = 0; line < line_count; ++line)
        if ((channels_of(line).channels & loading.channels) != 0) lines |= 1U << line;
    return static_cast<std::uint8_t>(lines);
}

double LineLaw::level(
    ChannelValues const& fixed, ChannelValues const& slope, std::size_t line, Current limit) const
{
    if (grid_ == Grid::tn) {
        std::int64_t const room = limit.nanoamperes - fixed[line] - fixed[balanced_channel];
        return real(room) / real(slope[line] + slope[balanced_channel]);
    }
    ItLine<double> const at{real(fixed[pair_after(line)]), real(fixed[pair_before(line)]),
        real(fixed[balanced_channel])};
    ItLine<double> const rise{real(slope[pair_after(line)]), real(slope[pair_before(line)]),
        real(slope[balanced_channel])};
    // The square of the line's current is a t^2 + b t + c with a > 0 and b >= 0.
    double const a = square_of(rise, pairs_, mixed_);
    double const b = 2 * (at.x * rise.x + at.y * rise.y + 3 * (at.z * rise.z)) +
                     pairs_ * (at.x * rise.y + at.y * rise.x) +
                     mixed_ * (at.z * (rise.x + rise.y) + rise.z * (at.x + at.y));
    double const c = square_of(at, pairs_, mixed_);
    double const most = real(limit.nanoamperes);
    double const room = most < 0 ? -1 : most * most - c;
    if (room <= 0) return room < 0 ? -1 : 0;
    // The root in the form that subtracts nothing.
    return 2 * room / (b + std::sqrt(b * b + 4 * a * room));
}

}
