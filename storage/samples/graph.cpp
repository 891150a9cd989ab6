#include "storage/samples/graph.hpp"

#include "storage/samples/number_column.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <limits>
#include <tuple>
#include <utility>

namespace storage {

namespace {

constexpr std::int64_t ms_per_minute = 60'000;

// Beyond these a value is a mistake and not in a graph: registers of a terawatt-hour, and 4 MW,
// above what the Megawatt Charging System gives (3.75 MW). They also keep all sums below 2^63.
constexpr std::int64_t most_register_mwh = 1'000'000'000'000'000;
constexpr std::int64_t most_power_mw = 4'000'000'000;
constexpr std::int64_t ms_per_hour = 3'600'000;
constexpr std::int64_t most_mwh_per_ms = most_power_mw / ms_per_hour;

std::int64_t ms_of(Timestamp at) { return at.time_since_epoch().count(); }

bool is_drawable(MeterSample const& sample)
{
    return ms_of(sample.at) >= 0 && day_of(sample.at) <= last_graph_day;
}

// They differ in nothing that is in a graph: so it does not matter whether `others` were read.
bool is_alike(MeterSample const& left, MeterSample const& right)
{
    auto const common = [](MeterSample const& s) {
        return std::tie(s.at, s.context, s.energy_mwh, s.current_ma, s.power_mw, s.soc_percent);
    };
    return common(left) == common(right);
}

bool is_plausible(std::int64_t value, std::int64_t most) { return value >= -most && value <= most; }

void add(GraphSum& to, GraphSum const& more)
{
    to.count += more.count;
    to.sum += more.sum;
}

void add(GraphBucket& to, GraphBucket const& more)
{
    for (std::size_t line = 0; line < to.current_ma.size(); ++line) {
        if (more.current_ma[line].count > 0) {
            to.most_ma[line] = to.current_ma[line].count > 0
                                   ? std::max(to.most_ma[line], more.most_ma[line])
                                   : more.most_ma[line];
        }
        add(to.current_ma[line], more.current_ma[line]);
    }
    add(to.power_mw, more.power_mw);
    to.energy_mwh += more.energy_mwh;
}

GraphBucket bucket_of(MeterSample const& sample)
{
    GraphBucket bucket;
    bucket.number = ms_of(sample.at) / ms_per_minute;
    for (std::size_t line = 0; line < sample.current_ma.size(); ++line) {
        if (!sample.current_ma[line]) continue;
        bucket.current_ma[line] = {1, *sample.current_ma[line]};
        bucket.most_ma[line] = *sample.current_ma[line];
    }
    if (sample.power_mw && is_plausible(*sample.power_mw, most_power_mw)) {
        bucket.power_mw = {1, *sample.power_mw};
    }
    return bucket;
}

// What the register rose from one reading to the next, if that can be and is known well enough.
std::int64_t rise_of(MeterSample const& before, MeterSample const& after)
{
    std::int64_t const duration = ms_of(after.at) - ms_of(before.at);
    if (duration <= 0 || duration > graph_reach.count()) return 0;
    if (!is_plausible(*before.energy_mwh, most_register_mwh)) return 0;
    if (!is_plausible(*after.energy_mwh, most_register_mwh)) return 0;
    std::int64_t const rise = *after.energy_mwh - *before.energy_mwh;
    return rise > 0 && rise <= duration * most_mwh_per_ms ? rise : 0;
}

// Collects the buckets of some minutes. They come nearly in order.
class Minutes {
public:
    Minutes(Day first, Day last)
        : first_(first * minutes_per_day), end_((last + 1) * minutes_per_day)
    {
    }

    void add_sample(MeterSample const& sample)
    {
        GraphBucket const bucket = bucket_of(sample);
        if (bucket.number < first_ || bucket.number >= end_) return;
        add(at(bucket.number), bucket);
    }

    // Each minute gets the difference of what had come by its end and by its begin, rounded down.
    void add_rise(MeterSample const& before, MeterSample const& after)
    {
        std::int64_t const rise = rise_of(before, after);
        if (rise == 0) return;
        std::int64_t const begin = ms_of(before.at);
        std::int64_t const end = ms_of(after.at);
        auto const risen_by = [&](std::int64_t minute) {
            std::int64_t const elapsed = std::clamp(minute * ms_per_minute, begin, end) - begin;
            return rise * elapsed / (end - begin);
        };
        std::int64_t const last = std::min(end / ms_per_minute, end_ - 1);
        for (std::int64_t minute = std::max(begin / ms_per_minute, first_); minute <= last;
             ++minute) {
            std::int64_t const share = risen_by(minute + 1) - risen_by(minute);
            if (share > 0) at(minute).energy_mwh += share;
        }
    }

    std::vector<GraphBucket> take() { return std::move(buckets_); }

private:
    GraphBucket& at(std::int64_t number)
    {
        if (buckets_.empty() || buckets_.back().number < number) {
            buckets_.emplace_back().number = number;
            return buckets_.back();
        }
        if (buckets_.back().number == number) return buckets_.back();
        auto const place = std::ranges::lower_bound(buckets_, number, {}, &GraphBucket::number);
        if (place->number == number) return *place;
        GraphBucket made;
        made.number = number;
        return *buckets_.insert(place, made);
    }

    std::int64_t first_;
    std::int64_t end_;
    std::vector<GraphBucket> buckets_;
};

// The numbers of a bucket in the order of their columns.
constexpr std::size_t column_count = 13;
using Numbers = std::array<std::int64_t, column_count>;

Numbers numbers_of(GraphBucket const& bucket)
{
    Numbers numbers{};
    std::size_t column = 0;
    numbers[column++] = bucket.number;
    for (std::size_t line = 0; line < bucket.current_ma.size(); ++line) {
        auto const& [count, sum] = bucket.current_ma[line];
        numbers[column++] = count;
        numbers[column++] = sum;
        // What is above the mean, which is less than the whole.
        numbers[column++] = bucket.most_ma[line] - (count == 0 ? 0 : sum / count);
    }
    numbers[column++] = bucket.power_mw.count;
    numbers[column++] = bucket.power_mw.sum;
    numbers[column++] = bucket.energy_mwh;
    return numbers;
}

std::optional<GraphBucket> bucket_from(Numbers const& numbers)
{
    GraphBucket bucket;
    std::size_t column = 0;
    bucket.number = numbers[column++];
    for (std::size_t line = 0; line < bucket.current_ma.size(); ++line) {
        std::int64_t const count = numbers[column++];
        std::int64_t const sum = numbers[column++];
        std::int64_t const above = numbers[column++];
        std::int64_t const mean = count > 0 ? sum / count : 0;
        if (count < 0 || !std::in_range<std::int32_t>(mean)) return std::nullopt;
        if (above > std::numeric_limits<std::int32_t>::max() - mean ||
            above < std::numeric_limits<std::int32_t>::min() - mean) {
            return std::nullopt;
        }
        bucket.current_ma[line] = {count, sum};
        bucket.most_ma[line] = static_cast<std::int32_t>(mean + above);
    }
    bucket.power_mw.count = numbers[column++];
    bucket.power_mw.sum = numbers[column++];
    bucket.energy_mwh = numbers[column++];
    bool const is_drawn = bucket.number >= 0 &&
                          bucket.number < (last_graph_day + 1) * minutes_per_day;
    if (!is_drawn || bucket.power_mw.count < 0) return std::nullopt;
    return bucket;
}

constexpr unsigned count_low_bits = 7;

}

std::int64_t minutes_in(GraphWidth width)
{
    constexpr std::array<std::int64_t, 3> minutes{
        1, minutes_per_quarter, minutes_per_quarter * quarters_per_hour};
    return minutes.at(static_cast<std::size_t>(width));
}

Day day_of(Timestamp at)
{
    return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

Timestamp begin_of(Day day) { return Timestamp{std::chrono::milliseconds{day * ms_per_day}}; }

std::vector<GraphBucket> minutes_of(std::span<MeterSample const> samples, Day first, Day last)
{
    Minutes minutes(first, last);
    MeterSample const* before = nullptr;
    MeterSample const* previous = nullptr;
    for (MeterSample const& sample : samples) {
        bool const is_repeated = previous != nullptr && is_alike(*previous, sample);
        previous = &sample;
        if (is_repeated || !is_drawable(sample)) continue;
        minutes.add_sample(sample);
        if (!sample.energy_mwh) continue;
        if (before != nullptr) minutes.add_rise(*before, sample);
        before = &sample;
    }
    return minutes.take();
}

std::vector<GraphBucket> widened(std::span<GraphBucket const> buckets, std::int64_t factor)
{
    std::vector<GraphBucket> wide;
    for (GraphBucket const& bucket : buckets) {
        std::int64_t const number = bucket.number / factor;
        if (wide.empty() || wide.back().number != number) wide.emplace_back().number = number;
        add(wide.back(), bucket);
    }
    return wide;
}

std::vector<GraphBucket> added(
    std::span<GraphBucket const> left, std::span<GraphBucket const> right)
{
    std::vector<GraphBucket> all;
    all.reserve(left.size() + right.size());
    std::ranges::merge(
        left, right, std::back_inserter(all), {}, &GraphBucket::number, &GraphBucket::number);
    return widened(all, 1);
}

std::vector<std::uint8_t> buckets_to_bytes(std::span<GraphBucket const> buckets)
{
    BitWriter bits;
    bits.put_number(buckets.size(), count_low_bits);
    if (buckets.empty()) return bits.finish();
    std::vector<Numbers> rows;
    std::ranges::transform(buckets, std::back_inserter(rows), numbers_of);
    std::vector<std::int64_t> numbers(rows.size());
    for (std::size_t column = 0; column < column_count; ++column) {
        std::ranges::transform(
            rows, numbers.begin(), [column](Numbers const& row) { return row[column]; });
        put_column(bits, numbers);
    }
    return bits.finish();
}

std::optional<std::vector<GraphBucket>> buckets_from_bytes(std::span<std::uint8_t const> bytes)
{
    BitReader bits(bytes);
    auto const count = static_cast<std::size_t>(bits.take_number(count_low_bits));
    if (count > bits.bits_left()) return std::nullopt;
    std::vector<Numbers> rows(count);
    for (std::size_t column = 0; column < column_count && count > 0; ++column) {
        std::vector<std::int64_t> const numbers = take_column(bits, count);
        if (bits.has_failed()) return std::nullopt;
        for (std::size_t i = 0; i < count; ++i) {
            rows[i][column] = numbers[i];
        }
    }
    if (!bits.is_at_end()) return std::nullopt;
    std::vector<GraphBucket> buckets;
    for (Numbers const& row : rows) {
        auto const bucket = bucket_from(row);
        if (!bucket || (!buckets.empty() && bucket->number <= buckets.back().number)) {
            return std::nullopt;
        }
        buckets.push_back(*bucket);
    }
    return buckets;
}

std::vector<GraphPoint> points_of(std::span<GraphBucket const> buckets, GraphQuery const& query)
{
    std::vector<GraphPoint> points;
    for (GraphBucket const& bucket : buckets) {
        GraphPoint point;
        point.from = Timestamp{std::chrono::minutes{bucket.number * minutes_in(query.width)}};
        if (point.from < query.from || point.from >= query.until) continue;
        for (std::size_t line = 0; line < bucket.current_ma.size(); ++line) {
            auto const& [count, sum] = bucket.current_ma[line];
            if (count == 0) continue;
            point.mean_ma[line] = static_cast<std::int32_t>(sum / count);
            point.most_ma[line] = bucket.most_ma[line];
        }
        if (bucket.power_mw.count > 0) {
            point.mean_power_mw = bucket.power_mw.sum / bucket.power_mw.count;
        }
        point.energy_mwh = bucket.energy_mwh;
        points.push_back(point);
    }
    return points;
}

}
