#include "server/engine/energy/explanation.hpp"

#include "server/engine/energy/bounds.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace engine::metering {
namespace {

// Prices, in quarters of one wrong sample. One wrong sample is likelier than a new beginning of the
// register; three in a row that agree with each other are not. What says of itself that it is the
// begin or the end was measured with more care than what comes by the clock.
constexpr int wrong_sample = 4;
constexpr int wrong_edge = 6;
constexpr int one_more_in_a_row = 2;
constexpr int new_beginning = 8;
constexpr int jump_up = 8;
constexpr int fall_elsewhere = 10;  // than to 0: another meter

// A longer row of errors is not bridged; keeps the search linear.
constexpr std::size_t longest_error = 32;

// A session's register and a reading of the transaction's begin or end are two witnesses.
int price(Plateau const& plateau)
{
    int const edges = (plateau.start || plateau.stop ? wrong_edge : 0) +
                      (plateau.named ? wrong_edge : 0);
    return std::max(edges, wrong_sample);
}

int price(Plateau const& before, Plateau const& after)
{
    if (may_follow(before, after)) return 0;
    if (after.value > before.value) return jump_up;
    return may_begin_anew(before, after) ? new_beginning : fall_elsewhere;
}

// The price of leaving out a row of plateaus, which grows at either end.
class Gap {
public:
    void add(Plateau const& plateau)
    {
        dearest_ = std::max(dearest_, metering::price(plateau));
        ++count_;
    }
    int price() const { return count_ == 0 ? 0 : dearest_ + one_more_in_a_row * (count_ - 1); }
    int count() const { return count_; }

private:
    int dearest_ = 0;
    int count_ = 0;
};

constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();

// The cheapest way to explain everything up to one plateau, that one being right.
struct Best {
    int price = std::numeric_limits<int>::max();
    int left_out = 0;
    std::size_t from = nobody;

    // Of two alike the one that leaves less out.
    void offer(int other_price, int other_left_out, std::size_t other_from)
    {
        if (other_price > price || (other_price == price && other_left_out >= left_out)) return;
        price = other_price;
        left_out = other_left_out;
        from = other_from;
    }
};

Best best_up_to(std::size_t here, std::span<Plateau const> plateaus, std::span<Best const> earlier)
{
    Best best;
    Gap gap;
    std::size_t const farthest = here > longest_error ? here - longest_error : 0;
    for (std::size_t i = here; i-- > farthest;) {
        if (gap.price() > best.price) return best;
        best.offer(earlier[i].price + gap.price() + price(plateaus[i], plateaus[here]),
            earlier[i].left_out + gap.count(), i);
        gap.add(plateaus[i]);
    }
    if (farthest == 0) best.offer(gap.price(), gap.count(), nobody);
    return best;
}

}

std::vector<Plateau> plateaus_of(std::span<RegisterReading const> readings)
{
    std::vector<Plateau> plateaus;
    plateaus.reserve(readings.size());
    for (std::uint32_t i = 0; i < readings.size(); ++i) {
        auto const& reading = readings[i];
        if (plateaus.empty() || plateaus.back().value != reading.value) {
            auto& plateau = plateaus.emplace_back();
            plateau.first_ms = reading.at_ms;
            plateau.value = reading.value;
            plateau.first = i;
        }
        auto& plateau = plateaus.back();
        plateau.last_ms = reading.at_ms;
        plateau.last = i;
        plateau.start |= reading.rank == Rank::start;
        plateau.stop |= reading.rank == Rank::stop;
        plateau.named |= reading.rank == Rank::begin_context || reading.rank == Rank::end_context;
    }
    return plateaus;
}

bool may_follow(Plateau const& before, Plateau const& after)
{
    auto const rise = after.value - before.value;
    if (rise <= register_step_mwh) return rise >= 0;
    auto const at_rest = std::min(before.last_ms - before.first_ms, stale_register_ms);
    return after.value - before.value <=
           register_step_mwh + plausible_mwh(after.first_ms - before.last_ms) +
               plausible_mwh(at_rest, stale_register_power_mw);
}

bool may_begin_anew(Plateau const& before, Plateau const& after)
{
    return after.value < before.value &&
           after.value <=
               std::min(plausible_mwh(after.first_ms - before.last_ms), most_after_reset_mwh);
}

std::vector<std::size_t> explain(std::span<Plateau const> plateaus)
{
    std::vector<std::size_t> chain;
    if (plateaus.empty()) return chain;
    auto const wrong = [](Plateau const& a, Plateau const& b) { return !may_follow(a, b); };
    if (std::adjacent_find(plateaus.begin(), plateaus.end(), wrong) == plateaus.end()) {
        chain.resize(plateaus.size());  // nothing to explain: the usual case
        std::iota(chain.begin(), chain.end(), std::size_t{0});
        return chain;
    }
    std::vector<Best> best;
    best.reserve(plateaus.size());
    for (std::size_t i = 0; i < plateaus.size(); ++i) {
        best.push_back(best_up_to(i, plateaus, best));
    }
    Best whole;
    Gap gap;
    auto const farthest = plateaus.size() > longest_error ? plateaus.size() - longest_error : 0;
    for (std::size_t i = plateaus.size(); i-- > farthest;) {
        whole.offer(best[i].price + gap.price(), best[i].left_out + gap.count(), i);
        gap.add(plateaus[i]);
    }
    for (auto i = whole.from; i != nobody; i = best[i].from) chain.push_back(i);
    std::reverse(chain.begin(), chain.end());
    return chain;
}

}
