#include "tools/sim/grid.hpp"

#include <cmath>
#include <numbers>

namespace sim {

namespace {

using Phasor = std::complex<double>;

// Sums of doubles are off by far less than this part of a milliampere.
constexpr double noise_ma = 1e-6;

// The voltage of line 1..3 against the middle: L2 comes a third of a turn after L1.
Phasor voltage(std::uint8_t line)
{
    constexpr double third_of_turn = 2 * std::numbers::pi / 3;
    return std::polar(1.0, -third_of_turn * (line - 1));
}

}

void LineSum::add(Wired const& wired)
{
    for (int evse = 1; evse <= wired.station->config().evses; ++evse)
        add(wired.station->draw(evse), wired.rotation);
}

// A branch of IT takes its current out of one line and gives it back to the next terminal's; it is
// in step with the voltage between the two but for the car's angle.
void LineSum::add(Draw const& draw, std::array<std::uint8_t, 3> const& rotation)
{
    for (std::size_t branch = 0; branch < draw.branch_ma.size(); ++branch) {
        auto const from = rotation[branch];
        auto const to = rotation[(branch + 1) % rotation.size()];
        if (draw.branch_ma[branch] == 0 || from == 0) continue;
        auto const magnitude = static_cast<double>(draw.branch_ma[branch]);
        if (grid_ == Grid::tn) {
            lines_[from - 1U] += magnitude;
        } else if (to != 0) {
            double const voltage_angle = std::arg(voltage(from) - voltage(to));
            auto const current = std::polar(magnitude, voltage_angle - draw.lag);
            lines_[from - 1U] += current;
            lines_[to - 1U] -= current;
        }
    }
}

std::array<std::int64_t, 3> LineSum::line_ma() const
{
    std::array<std::int64_t, 3> result{};
    for (std::size_t line = 0; line < lines_.size(); ++line)
        result[line] = static_cast<std::int64_t>(std::ceil(std::abs(lines_[line]) - noise_ma));
    return result;
}

std::array<std::int64_t, 3> line_currents_ma(std::span<Wired const> stations, Grid grid)
{
    LineSum sum(grid);
    for (auto const& wired : stations) sum.add(wired);
    return sum.line_ma();
}

}
