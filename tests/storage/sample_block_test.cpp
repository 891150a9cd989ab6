// Packed samples: what goes in comes out, and what was not packed is refused.
#include "storage/samples/bits.hpp"
#include "storage/samples/channel_values.hpp"
#include "storage/samples/number_column.hpp"
#include "storage/samples/sample_block.hpp"
#include "storage/samples/varint.hpp"
#include "tests/storage/random_records.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <random>
#include <string>

using namespace storage;
using namespace storage_test;

namespace {

constexpr auto largest = std::numeric_limits<std::int64_t>::max();
constexpr auto smallest = std::numeric_limits<std::int64_t>::min();
constexpr auto all_ones = std::numeric_limits<std::uint64_t>::max();

using Bytes = std::vector<std::uint8_t>;

MeterSample sample_at(std::int64_t ms)
{
    MeterSample sample;
    sample.session = SessionId{7};
    sample.at = Timestamp{std::chrono::milliseconds{ms}};
    return sample;
}

// As a block takes them.
void put_in_order(std::vector<MeterSample>& samples)
{
    for (MeterSample& sample : samples) sample.session = SessionId{7};
    std::ranges::sort(samples);
    samples.erase(std::unique(samples.begin(), samples.end()), samples.end());
}

std::vector<MeterSample> random_samples(RandomRecords& random)
{
    std::vector<MeterSample> samples;
    for (std::int64_t i = random.number(1, 60); i > 0; --i) samples.push_back(random.sample());
    put_in_order(samples);
    return samples;
}

std::vector<std::int64_t> round_trip(std::vector<std::int64_t> const& numbers)
{
    BitWriter writer;
    put_column(writer, numbers);
    Bytes const bytes = writer.finish();
    BitReader reader(bytes);
    auto const read = take_column(reader, numbers.size());
    CHECK(reader.is_at_end());
    return read;
}

// An hour of a car that charges with 16 A on three lines, told every 30 s in nine values.
std::vector<MeterSample> an_hour(std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    auto const wobble = [&random](std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(-most, most)(random);
    };
    std::vector<MeterSample> samples;
    std::int64_t energy_wh = 5'000'000;
    for (std::int64_t i = 0; i < 120; ++i) {
        MeterSample sample = sample_at(1'700'000'000'000 + i * 30'000 + wobble(20));
        energy_wh += 92 + wobble(1);
        sample.energy_mwh = energy_wh * 1000;
        for (auto& current : sample.current_ma) {
            current = static_cast<std::int32_t>(16'000 + 10 * wobble(8));
        }
        sample.power_mw = 1000 * (11'040 + wobble(40));
        sample.soc_percent = static_cast<std::int32_t>(40 + i / 6);
        for (auto const phase : {Phase::l1_n, Phase::l2_n, Phase::l3_n}) {
            sample.others.push_back(
                {{Measurand::voltage, phase, Location::outlet}, 230'000 + 100 * wobble(8)});
        }
        samples.push_back(sample);
    }
    return samples;
}

}

TEST_SUITE("packed samples")
{
    TEST_CASE("bits and numbers come back, from one bit to sixty-four")
    {
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            CAPTURE(seed);
            std::mt19937_64 random(seed);
            struct Written {
                std::uint64_t value;
                unsigned parameter;
                bool is_number;
            };
            std::vector<Written> all;
            BitWriter writer;
            std::size_t length = 0;
            for (int i = 0; i < 2000; ++i) {
                auto const bits = static_cast<unsigned>(random() % 64 + 1);
                std::uint64_t const value = i % 50 == 0 ? all_ones : random() >> (64 - bits);
                if (i % 2 == 0) {
                    auto const low_bits = static_cast<unsigned>(random() % (most_low_bits + 1));
                    all.push_back({value, low_bits, true});
                    writer.put_number(value, low_bits);
                    length += number_bits(value, low_bits);
                } else {
                    all.push_back({value, bits, false});
                    writer.put(value, bits);
                    length += bits;
                }
            }
            Bytes const bytes = writer.finish();
            CHECK(bytes.size() == (length + 7) / 8);
            BitReader reader(bytes);
            for (auto const& [value, parameter, is_number] : all) {
                CHECK(
                    (is_number ? reader.take_number(parameter) : reader.take(parameter)) == value);
            }
            CHECK(reader.is_at_end());
            reader.take(8);
            CHECK(reader.has_failed());
        }
    }

    TEST_CASE(
        "varints come back, take a byte for each seven bits, and are refused when cut or padded")
    {
        for (std::uint64_t const value : {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128},
                 std::uint64_t{1} << 62, all_ones}) {
            CAPTURE(value);
            Bytes bytes;
            append_varint(bytes, value);
            CHECK(bytes.size() == (value == 0 ? 1 : (std::size_t(std::bit_width(value)) + 6) / 7));
            std::span<std::uint8_t const> rest(bytes);
            CHECK(take_varint(rest) == value);
            CHECK(rest.empty());
            std::span<std::uint8_t const> cut(bytes.data(), bytes.size() - 1);
            CHECK_FALSE(take_varint(cut));
        }
        for (Bytes const& bytes : {Bytes{0x80, 0x00}, Bytes(10, 0xff), Bytes(11, 0x80)}) {
            std::span<std::uint8_t const> rest(bytes);
            CHECK_FALSE(take_varint(rest));
        }
        for (std::int64_t const number : {std::int64_t{0}, std::int64_t{-1}, smallest, largest}) {
            CHECK(from_zigzag(zigzag(number)) == number);
        }
    }

    TEST_CASE("a column of any numbers comes back")
    {
        CHECK(round_trip({smallest}) == std::vector{smallest});
        CHECK(round_trip({0, smallest, 0, largest, -1}) ==
              std::vector<std::int64_t>{0, smallest, 0, largest, -1});
        CHECK(round_trip({smallest, 0, smallest}) ==
              std::vector<std::int64_t>{smallest, 0, smallest});
        for (std::uint64_t seed = 1; seed <= 300; ++seed) {
            CAPTURE(seed);
            std::mt19937_64 random(seed);
            auto const bits = random() % 64;
            std::uint64_t const factor = random() % 3 == 0 ? 1000 : 1;
            std::vector<std::int64_t> numbers;
            for (std::uint64_t i = random() % 100; i < 100; ++i) {
                numbers.push_back(static_cast<std::int64_t>((random() >> bits) * factor));
            }
            CHECK(round_trip(numbers) == numbers);
        }
    }

    TEST_CASE(
        "any samples come back from a block as they went in, and the same bytes are made again")
    {
        for (std::uint64_t seed = 1; seed <= 500; ++seed) {
            CAPTURE(seed);
            RandomRecords random(seed);
            auto const samples = random_samples(random);
            Bytes const bytes = encode_block(samples);
            CHECK(decode_block(SessionId{7}, bytes) == samples);
            CHECK(encode_block(samples) == bytes);

            auto common = samples;
            for (MeterSample& sample : common) sample.others.clear();
            CHECK(decode_block(SessionId{7}, bytes, Detail::common) == common);
        }
    }

    TEST_CASE("a sample of nine values takes less than ten bytes in a block of an hour")
    {
        // By entropy alone: time +-20 ms 5.4 bits, energy 1.6, three currents of 17 values 4.1
        // each, power of 81 values 6.3, soc 0.7, three voltages of 17 values 4.1 each: 38.6 bits,
        // 4.8 bytes. A code that needs twice as much is not worth its name.
        auto const samples = an_hour(1);
        Bytes const bytes = encode_block(samples);
        CHECK(decode_block(SessionId{7}, bytes) == samples);
        CHECK(static_cast<double>(bytes.size()) / static_cast<double>(samples.size()) < 9.6);
    }

    TEST_CASE(
        "a block that is cut, lengthened or altered is refused or says something else, harmlessly")
    {
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            CAPTURE(seed);
            RandomRecords random(seed);
            auto const samples = random_samples(random);
            Bytes const bytes = encode_block(samples);
            for (std::size_t length = 0; length < bytes.size(); ++length) {
                CHECK(decode_block(SessionId{7}, std::span(bytes).first(length)) != samples);
            }
            Bytes longer = bytes;
            longer.push_back(0);
            CHECK_FALSE(decode_block(SessionId{7}, longer));
            Bytes altered = bytes;
            auto const place = random.number(0, static_cast<std::int64_t>(bytes.size()) - 1);
            altered[static_cast<std::size_t>(place)] ^= static_cast<std::uint8_t>(
                1 << random.number(0, 7));
            if (auto const other = decode_block(SessionId{7}, altered)) {
                CHECK(decode_block(SessionId{7}, encode_block(*other)) == other);
            }
        }
    }

    TEST_CASE("every channel has its own number, which orders as the channel does")
    {
        std::vector<Channel> channels;
        for (std::uint64_t code = 0; code < channel_code_end; ++code) {
            auto const channel = channel_from(code);
            if (!channel) continue;
            CHECK(channel_code(*channel) == code);
            channels.push_back(*channel);
        }
        CHECK(channels.size() == 27 * 11 * 6);  // measurands, phases, locations
        CHECK(std::ranges::is_sorted(channels));
        CHECK_FALSE(channel_from(channel_code_end));
        CHECK_FALSE(is_known({static_cast<Measurand>(27), Phase::total, Location::outlet}));
    }
}
