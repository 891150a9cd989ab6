// A block is a stream of bits (bits.hpp):
//
//   version, number of samples, column of times,
//   then for each further column: 1, its code, who has a value, column of values;
//   then 0.
//
// Codes ascend. A channel has as many columns as one sample has values of it.
#include "storage/samples/sample_block.hpp"

#include "storage/samples/bits.hpp"
#include "storage/samples/channel_values.hpp"
#include "storage/samples/number_column.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

namespace storage {

namespace {

constexpr std::uint64_t format_version = 1;
constexpr unsigned version_width = 4;
constexpr unsigned count_low_bits = 7;
constexpr unsigned code_low_bits = 4;

// The codes of columns. Stored: append only.
enum Code : std::uint64_t {
    context_code = 0,  // of samples that are not periodic
    energy_code = 1,
    current_code = 2,  // and the next two
    power_code = 5,
    soc_code = 6,
    first_channel_code = 16,  // and channel_code() more
};

struct Column {
    std::uint64_t code = 0;
    std::size_t nth = 0;          // which of a sample's values with this code it holds
    std::vector<bool> has_value;  // of each sample; empty, when read: all have one
    std::vector<std::int64_t> values;

    auto key() const { return std::pair(code, nth); }
};

class Columns {
public:
    explicit Columns(std::size_t samples) : samples_(samples) {}

    void begin_sample() { next_ = 0; }
    // Within a sample, values come by ascending code.
    void add(std::size_t sample, std::uint64_t code, std::int64_t value, std::size_t nth = 0)
    {
        Column& column = find({code, nth});
        column.has_value[sample] = true;
        column.values.push_back(value);
    }
    template <class T>
    void add(std::size_t sample, std::uint64_t code, std::optional<T> const& value)
    {
        if (value) add(sample, code, std::int64_t{*value});
    }
    std::vector<Column> const& all() const { return columns_; }

private:
    // Mostly the next column is the one: samples resemble each other.
    Column& find(std::pair<std::uint64_t, std::size_t> key)
    {
        while (next_ < columns_.size() && columns_[next_].key() < key) ++next_;
        if (next_ == columns_.size() || columns_[next_].key() != key) {
            auto const place = columns_.begin() + static_cast<std::ptrdiff_t>(next_);
            Column& made = *columns_.insert(place, Column{key.first, key.second, {}, {}});
            made.has_value.resize(samples_);
            made.values.reserve(samples_);
        }
        return columns_[next_++];
    }

    std::size_t samples_;
    std::vector<Column> columns_;
    std::size_t next_ = 0;
};

Columns columns_of(std::span<MeterSample const> samples)
{
    Columns columns(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        MeterSample const& sample = samples[i];
        columns.begin_sample();
        if (sample.context != ReadingContext::periodic) {
            columns.add(i, context_code, static_cast<std::int64_t>(sample.context));
        }
        columns.add(i, energy_code, sample.energy_mwh);
        for (std::size_t line = 0; line < sample.current_ma.size(); ++line) {
            columns.add(i, current_code + line, sample.current_ma[line]);
        }
        columns.add(i, power_code, sample.power_mw);
        columns.add(i, soc_code, sample.soc_percent);
        std::size_t nth = 0;
        for (std::size_t k = 0; k < sample.others.size(); ++k) {
            auto const& [channel, milli] = sample.others[k];
            nth = k > 0 && sample.others[k - 1].channel == channel ? nth + 1 : 0;
            columns.add(i, first_channel_code + channel_code(channel), milli, nth);
        }
    }
    return columns;
}

void put_column_of_some(BitWriter& bits, Column const& column)
{
    bool const all_have = column.values.size() == column.has_value.size();
    bits.put(all_have ? 1 : 0, 1);
    if (!all_have) {
        for (bool const has : column.has_value) {
            bits.put(has ? 1 : 0, 1);
        }
    }
    put_column(bits, column.values);
}

Column take_column_of_some(BitReader& bits, std::size_t samples)
{
    Column column;
    std::size_t count = samples;
    if (bits.take(1) == 0) {
        column.has_value.resize(samples);
        for (std::size_t i = 0; i < samples; ++i) {
            column.has_value[i] = bits.take(1) != 0;
        }
        count = static_cast<std::size_t>(std::ranges::count(column.has_value, true));
    }
    if (count > 0) column.values = take_column(bits, count);
    return column;
}

// False: the column cannot hold this value.
template <class T>
bool set(T& member, std::int64_t value)
{
    if (!std::in_range<T>(value)) return false;
    member = static_cast<T>(value);
    return true;
}
template <class T>
bool set(std::optional<T>& member, std::int64_t value)
{
    return set(member.emplace(), value);
}
bool set(ReadingContext& member, std::int64_t value)
{
    constexpr auto last = static_cast<std::int64_t>(ReadingContext::other);
    if (value <= 0 || value > last) return false;
    member = static_cast<ReadingContext>(value);
    return true;
}

bool set(MeterSample& sample, std::uint64_t code, std::int64_t value)
{
    switch (code) {
    case context_code: return set(sample.context, value);
    case energy_code: return set(sample.energy_mwh, value);
    case current_code:
    case current_code + 1:
    case current_code + 2: return set(sample.current_ma[code - current_code], value);
    case power_code: return set(sample.power_mw, value);
    case soc_code: return set(sample.soc_percent, value);
    default: break;
    }
    if (code < first_channel_code) return false;
    auto const channel = channel_from(code - first_channel_code);
    if (channel) sample.others.push_back({*channel, value});
    return channel.has_value();
}

bool set_all(std::vector<MeterSample>& samples, std::uint64_t code, Column const& column)
{
    auto value = column.values.begin();
    bool const all_have = column.has_value.empty();
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (!all_have && !column.has_value[i]) continue;
        if (value == column.values.end() || !set(samples[i], code, *value++)) return false;
    }
    return true;
}

bool are_ascending(std::vector<MeterSample> const& samples)
{
    for (MeterSample const& sample : samples) {
        if (!std::ranges::is_sorted(sample.others)) return false;
    }
    return std::ranges::adjacent_find(samples, std::greater_equal<>{}) == samples.end();
}

}

std::vector<std::uint8_t> encode_block(std::span<MeterSample const> samples)
{
    BitWriter bits;
    bits.put(format_version, version_width);
    bits.put_number(samples.size() - 1, count_low_bits);
    std::vector<std::int64_t> times;
    for (MeterSample const& sample : samples) {
        times.push_back(sample.at.time_since_epoch().count());
    }
    put_column(bits, times);
    std::uint64_t previous = 0;
    Columns const columns = columns_of(samples);
    for (Column const& column : columns.all()) {
        bits.put(1, 1);
        bits.put_number(column.code - previous, code_low_bits);
        put_column_of_some(bits, column);
        previous = column.code;
    }
    bits.put(0, 1);
    return bits.finish();
}

std::optional<std::vector<MeterSample>> decode_block(
    SessionId session, std::span<std::uint8_t const> bytes, Detail detail)
{
    BitReader bits(bytes);
    if (bits.take(version_width) != format_version) return std::nullopt;
    std::uint64_t const count = bits.take_number(count_low_bits);
    if (count >= bits.bits_left()) return std::nullopt;
    std::vector<std::int64_t> const times = take_column(bits, count + 1);
    if (bits.has_failed()) return std::nullopt;

    std::vector<MeterSample> samples(times.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i].session = session;
        samples[i].at = Timestamp{std::chrono::milliseconds{times[i]}};
    }
    std::uint64_t code = 0;
    while (bits.take(1) != 0) {
        std::uint64_t const step = bits.take_number(code_low_bits);
        if (step >= first_channel_code + channel_code_end) return std::nullopt;
        code += step;
        if (detail == Detail::common && code >= first_channel_code) return samples;
        Column const column = take_column_of_some(bits, samples.size());
        if (bits.has_failed() || !set_all(samples, code, column)) return std::nullopt;
    }
    if (!bits.is_at_end() || !are_ascending(samples)) return std::nullopt;
    return samples;
}

}
