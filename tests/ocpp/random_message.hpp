// Random messages that keep every constraint, out of the same field lists that the codec uses.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string_view>

namespace ocpp::test {

using Random = std::mt19937_64;

// Which optional fields and list items a random message has.
enum class Fullness {
    any,        // some
    everything  // each optional field, and at least one item in each list
};

class RandomFields {
public:
    RandomFields(Random& random, Fullness fullness) : random_(random), fullness_(fullness) {}

    template <class T>
    void operator()(std::string_view, T& field)
    {
        fill(field);
    }

    template <class T>
    void operator()(std::string_view, std::optional<T>& field)
    {
        if (fullness_ == Fullness::everything || below(2) == 0) fill(field.emplace());
    }

    template <WireStruct S>
    void fill(S& message)
    {
        S::visit_fields(message, *this);
    }

private:
    std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

    // Lengths at the limit are as likely as any other, so that each run tries some.
    template <std::size_t MaxLength>
    void fill(String<MaxLength>& text)
    {
        constexpr std::size_t usual_length = 40;
        constexpr std::array<std::string_view, 12> characters{"a", "Z", "7", " ", "\"", "\\", "\n",
            "\x01", "\xC3\xA5", "\xE2\x82\xAC", "\xF0\x9F\x94\x8C", std::string_view("\0", 1)};
        bool const full = MaxLength <= 512 && below(4) == 0;
        std::size_t const length = full ? MaxLength : below(std::min(MaxLength, usual_length) + 1);
        for (std::size_t i = 0; i < length; ++i) text += characters[below(characters.size())];
    }

    template <std::int64_t Min, std::int64_t Max>
    void fill(Integer<Min, Max>& number)
    {
        std::array const candidates{Min, Max, std::int64_t{0}, std::int64_t{1}, std::int64_t{-1},
            static_cast<std::int64_t>(random_())};
        number.value = std::clamp(candidates[below(candidates.size())], Min, Max);
    }

    template <WireEnum E>
    void fill(E& value)
    {
        value = static_cast<E>(below(wire_names_of<E>.size()));
    }

    template <class T, std::size_t Min, std::size_t Max>
    void fill(List<T, Min, Max>& items)
    {
        std::size_t const at_least = fullness_ == Fullness::everything
                                         ? std::max<std::size_t>(Min, 1)
                                         : Min;
        std::size_t const count = std::min(Max, at_least + below(3));
        for (std::size_t i = 0; i < count; ++i) fill(items.emplace_back());
    }

    void fill(Tenths& number)
    {
        number.tenths = static_cast<std::int64_t>(below(2'000'001)) - 1'000'000;
    }

    // At most 15 significant digits: so many a double holds whatever they are.
    template <std::int64_t Min, std::int64_t Max>
    void fill(Number<Min, Max>& number)
    {
        auto const digits = static_cast<double>(below(1'000'000'000'000'000));
        double const sign = below(2) == 0 ? 1 : -1;
        number.value = sign * digits / std::pow(10.0, static_cast<double>(below(7)));
        if (Min != unbounded_below) number.value = std::max(number.value, static_cast<double>(Min));
        if (Max != unbounded_above) number.value = std::min(number.value, static_cast<double>(Max));
    }

    void fill(Uri& uri) { uri.assign("https://example.com/" + std::to_string(below(1000))); }

    void fill(AnyJson& value)
    {
        constexpr std::array<std::string_view, 5> values{
            "null", "-0.5e1", R"("text")", R"([1,{"a":null}])", R"({"vendorId":5})"};
        value.text = values[below(values.size())];
    }

    void fill(CustomData& data)
    {
        if (below(4) == 0)
            data = CustomData(R"({"vendorId":"org.example","any":[1.50,{"x":null}]})");
    }

    void fill(bool& value) { value = below(2) == 0; }

    void fill(Timestamp& time)
    {
        constexpr std::uint64_t year_2100_ms = 4'102'444'800'000;
        std::uint64_t const ms = below(year_2100_ms);
        time = Timestamp(std::chrono::milliseconds(below(2) == 0 ? ms : ms / 1000 * 1000));
    }

    Random& random_;
    Fullness fullness_;
};

}
