// Weights as integers, so that water levels are exact fractions and the same snapshot gives the
// same plan on every machine.
#pragma once

#include <cstdint>
#include <vector>

namespace balancing {

// The largest integer weight: weights are read to about one part in a thousand million of the
// largest, and a weight that is smaller yet counts as that part.
inline constexpr int whole_weight_bits = 30;

// Takes positive finite numbers. Scales all of them by the same power of two, so ratios between
// integers (and other short binary fractions) stay exact; each result is from 1 to 2^30.
std::vector<std::int64_t> whole_weights(std::vector<double> const& weights);

}
