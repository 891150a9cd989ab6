#include "balancing/weights.hpp"

#include <algorithm>
#include <cmath>

namespace balancing {

std::vector<std::int64_t> whole_weights(std::vector<double> const& weights)
{
    if (weights.empty()) return {};
    int exponent = 0;  // largest = m * 2^exponent with m below 1
    std::frexp(*std::max_element(weights.begin(), weights.end()), &exponent);
    std::vector<std::int64_t> whole;
    whole.reserve(weights.size());
    for (double const weight : weights) {
        std::int64_t const scaled = std::llround(std::ldexp(weight, whole_weight_bits - exponent));
        whole.push_back(std::max<std::int64_t>(scaled, 1));
    }
    return whole;
}

}
