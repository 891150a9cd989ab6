#include "storage/samples/sample_set.hpp"

#include <algorithm>
#include <iterator>

namespace storage {

void make_set(std::vector<MeterSample>& samples)
{
    for (MeterSample& sample : samples) {
        if (!std::ranges::is_sorted(sample.others)) std::ranges::sort(sample.others);
    }
    if (!std::ranges::is_sorted(samples)) std::ranges::sort(samples);
    samples.erase(std::unique(samples.begin(), samples.end()), samples.end());
}

std::vector<MeterSample> united(
    std::span<MeterSample const> left, std::span<MeterSample const> right)
{
    std::vector<MeterSample> all;
    all.reserve(left.size() + right.size());
    std::ranges::set_union(left, right, std::back_inserter(all));
    return all;
}

std::vector<std::span<MeterSample const>> pieces_of(
    std::span<MeterSample const> samples, std::size_t most, Cut cut)
{
    std::size_t const pieces = (samples.size() + most - 1) / most;
    std::size_t const length = cut == Cut::full || pieces == 0
                                   ? most
                                   : (samples.size() + pieces - 1) / pieces;
    std::vector<std::span<MeterSample const>> result;
    while (!samples.empty()) {
        std::size_t end = std::min(length, samples.size());
        // Back to where the instant begins, or, if that is the whole piece, on to where it ends.
        while (end > 0 && end < samples.size() && samples[end - 1].at == samples[end].at) --end;
        if (end == 0) {
            while (end < samples.size() && samples[end].at == samples.front().at) ++end;
        }
        result.push_back(samples.first(end));
        samples = samples.subspan(end);
    }
    return result;
}

}
