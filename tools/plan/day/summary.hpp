// What a day amounts to.
#pragma once

#include "tools/plan/day/play_day.hpp"

namespace plan {

// Fills in what follows from the cars: energy, waits, Jain index, switches. Cars outside the day
// count for nothing.
void summarise(Day const& day, DayReport& report);

// (sum x)^2 / (n sum x^2); 1 for no numbers.
double jain_index(std::vector<double> const& shares);

}
