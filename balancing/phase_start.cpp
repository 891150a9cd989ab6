#include "balancing/phase_start.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace balancing {

namespace {

constexpr std::size_t not_free = std::numeric_limits<std::size_t>::max();

// The place in `cars` of each EVSE.
std::vector<std::size_t> places_of(Snapshot const& snapshot, std::span<FreeCar const> cars)
{
    std::vector<std::size_t> places(snapshot.evses.size(), not_free);
    for (std::size_t car = 0; car < cars.size(); ++car) places[cars[car].evse] = car;
    return places;
}

bool is_switched_off(Evse const& evse) { return most_of(evse.max) < evse.min; }

std::size_t roomiest_line(
    PhaseBoard const& board, std::size_t node, FreeCar const& car, Current demand)
{
    std::size_t best = 0;
    Room most = board.room(node, car.options[0].loading, demand);
    for (std::size_t option = 1; option < car.options.size(); ++option) {
        auto const& [mode, loading, power] = car.options[option];
        if (power < 1 || power > 1) continue;
        Room const room = board.room(node, loading, demand);
        bool const fuller = room.fullness >= most.fullness;
        if (room.factor < most.factor || (room.factor <= most.factor && fuller)) continue;
        best = option;
        most = room;
    }
    return best;
}

// The line that is worth leaving the present one for. Only what the two do not share is compared:
// on IT every two pairs have a line in common.
std::size_t roomier_line(PhaseBoard const& board, std::size_t node, FreeCar const& car,
    Current demand, double least_gain)
{
    std::size_t best = 0;
    double best_gain = 1 + least_gain;
    Loading const present = car.options[0].loading;
    for (std::size_t option = 1; option < car.options.size(); ++option) {
        auto const& [mode, loading, power] = car.options[option];
        if (power < 1 || power > 1) continue;
        unsigned const from = board.lines_of(present);
        unsigned const to = board.lines_of(loading);
        double const here =
            board.room(node, present, demand, static_cast<LineBits>(from & ~to)).factor;
        double const there =
            board.room(node, loading, demand, static_cast<LineBits>(to & ~from)).factor;
        if (here >= 1 || there <= 0) continue;
        double const gain = here > 0 ? there / here : std::numeric_limits<double>::max();
        if (gain >= best_gain) best = option, best_gain = gain;
    }
    return best;
}

// One walk of make_room_for_waiting().
class RoomMaker {
public:
    RoomMaker(Snapshot const& snapshot, std::span<FreeCar const> cars, ChosenModes chosen)
        : snapshot_(snapshot),
          cars_(cars),
          chosen_(std::move(chosen)),
          board_(snapshot),
          places_(places_of(snapshot, cars)),
          below_(snapshot.nodes.size()),
          passed_(snapshot.nodes.size() * line_count, 0)
    {
    }

    ChosenModes run()
    {
        auto const& evses = snapshot_.evses;
        std::vector<std::size_t> queue;
        for (std::size_t index = 0; index < evses.size(); ++index) {
            if (auto const reserved = evses[index].reserved)
                board_.book(evses[index].node, loading_of(snapshot_.grid, evses[index]), *reserved);
            else if (!is_switched_off(evses[index]))
                queue.push_back(index);
        }
        std::stable_sort(queue.begin(), queue.end(), [&](std::size_t one, std::size_t other) {
            return evses[one].tier < evses[other].tier;
        });
        for (std::size_t const index : queue) let_in(index);
        return std::move(chosen_);
    }

private:
    struct Move {
        std::size_t car = 0;
        std::size_t option = 0;
    };

    // The ways in which the EVSE may be let in: as it is, on other lines, dropped. It never rises.
    std::vector<std::pair<std::size_t, Loading>> ways_of(std::size_t index, bool dropped) const
    {
        std::size_t const place = places_[index];
        if (place == not_free) {
            if (dropped) return {};
            return {{0, loading_of(snapshot_.grid, snapshot_.evses[index])}};
        }
        auto const& options = cars_[place].options;
        double const power = options[chosen_[place]].power;
        std::vector<std::pair<std::size_t, Loading>> ways;
        if (!dropped) ways.emplace_back(chosen_[place], options[chosen_[place]].loading);
        for (std::size_t option = 0; option < options.size(); ++option)
            if (option != chosen_[place] && options[option].power <= power &&
                dropped == (options[option].power < power))
                ways.emplace_back(option, options[option].loading);
        return ways;
    }

    void let_in(std::size_t index)
    {
        Evse const& evse = snapshot_.evses[index];
        for (bool const drops : {false, true}) {
            for (auto const& [option, loading] : ways_of(index, drops))
                if (!board_.full_place(evse.node, loading, evse.min))
                    return enter(index, option, loading);
            for (bool const dropped : {false, true})
                for (auto const& [option, loading] : ways_of(index, dropped))
                    if (dropped <= drops && make_room(index, loading, drops))
                        return enter(index, option, loading);
        }
    }

    void enter(std::size_t index, std::size_t option, Loading loading)
    {
        Evse const& evse = snapshot_.evses[index];
        board_.book(evse.node, loading, evse.min);
        std::size_t const place = places_[index];
        if (place == not_free) return;
        chosen_[place] = option;
        std::optional<std::size_t> node = evse.node;
        for (; node; node = snapshot_.nodes[*node].parent) below_[*node].push_back(place);
    }

    // Moves others out of the way of the EVSE's minimum, or changes nothing.
    bool make_room(std::size_t index, Loading loading, bool drops)
    {
        Evse const& evse = snapshot_.evses[index];
        std::vector<Move> undo;
        auto full = board_.full_place(evse.node, loading, evse.min);
        while (full && undo.size() < most_moves) {
            auto const move = way_out(*full, evse.tier, drops);
            if (!move) break;
            undo.push_back({move->car, chosen_[move->car]});
            relocate(*move);
            full = board_.full_place(evse.node, loading, evse.min);
        }
        if (!full) return true;
        for (; !undo.empty(); undo.pop_back()) relocate(undo.back());
        return false;
    }

    void relocate(Move const& move)
    {
        FreeCar const& car = cars_[move.car];
        Evse const& evse = snapshot_.evses[car.evse];
        board_.book(evse.node, car.options[chosen_[move.car]].loading, Current{} - evse.min);
        board_.book(evse.node, car.options[move.option].loading, evse.min);
        chosen_[move.car] = move.option;
    }

    // The cheapest way to get one car off the full line, of the first few that are found.
    std::optional<Move> way_out(PhaseBoard::Place const& full, int tier, bool drops)
    {
        auto const& below = below_[full.node];
        auto const on_line = [&](std::size_t car) {
            return touches(cars_[car].options[chosen_[car]].loading, full.line);
        };
        // Whoever left the line is passed over from then on.
        std::size_t& passed = passed_[full.node * line_count + full.line];
        while (passed < below.size() && !on_line(below[passed])) ++passed;
        std::optional<Move> best;
        int best_cost = std::numeric_limits<int>::max();
        std::size_t tried = 0;
        for (std::size_t k = passed; k < below.size() && tried < most_tried; ++k) {
            std::size_t const car = below[k];
            if (!on_line(car) || snapshot_.evses[cars_[car].evse].tier != tier) continue;
            ++tried;
            for (std::size_t option = 0; option < cars_[car].options.size(); ++option) {
                int const cost = cost_of(car, option);
                if (cost >= best_cost || (cost == cost_of_drop && !drops)) continue;
                if (touches(cars_[car].options[option].loading, full.line)) continue;
                if (fits_instead(car, option)) best = Move{car, option}, best_cost = cost;
            }
        }
        return best;
    }

    bool touches(Loading loading, std::size_t line) const
    {
        unsigned const lines = board_.lines_of(loading);
        return ((lines >> line) & 1U) != 0;
    }

    int cost_of(std::size_t car, std::size_t option) const
    {
        auto const& options = cars_[car].options;
        double const now = options[chosen_[car]].power;
        if (options[option].power > now) return std::numeric_limits<int>::max();
        if (options[option].power < now) return cost_of_drop;
        return cars_[car].charging && chosen_[car] == 0 ? 1 : 0;
    }

    bool fits_instead(std::size_t car, std::size_t option)
    {
        Evse const& evse = snapshot_.evses[cars_[car].evse];
        Loading const now = cars_[car].options[chosen_[car]].loading;
        board_.book(evse.node, now, Current{} - evse.min);
        bool const fits = !board_.full_place(
            evse.node, cars_[car].options[option].loading, evse.min);
        board_.book(evse.node, now, evse.min);
        return fits;
    }

    // Three lines can be full at once. Whom to ask is tried for so many cars, so that a long queue
    // on full lines stays cheap.
    static constexpr std::size_t most_moves = 3;
    static constexpr std::size_t most_tried = 32;
    static constexpr int cost_of_drop = 2;

    Snapshot const& snapshot_;
    std::span<FreeCar const> cars_;
    ChosenModes chosen_;
    PhaseBoard board_;
    std::vector<std::size_t> places_;
    std::vector<std::vector<std::size_t>> below_;  // the free cars let in, per node
    std::vector<std::size_t> passed_;              // of below_, per node and line
};

}

ChosenModes spread_over_lines(
    Snapshot const& snapshot, std::span<FreeCar const> cars, bool move_charging, double least_gain)
{
    PhaseBoard board(snapshot);
    auto const places = places_of(snapshot, cars);
    for (std::size_t index = 0; index < snapshot.evses.size(); ++index) {
        Evse const& evse = snapshot.evses[index];
        bool const stays = places[index] == not_free || cars[places[index]].charging;
        if (!stays || (!evse.reserved && is_switched_off(evse))) continue;
        Current const demand = evse.reserved ? *evse.reserved : board.most_asked(evse);
        board.book(evse.node, loading_of(snapshot.grid, evse), demand);
    }

    struct Asking {
        std::size_t car = 0;
        Current demand{};
    };
    std::vector<Asking> queue;
    for (std::size_t car = 0; car < cars.size(); ++car) {
        Evse const& evse = snapshot.evses[cars[car].evse];
        Current const demand = board.most_asked(evse);
        bool const moves = move_charging || !cars[car].charging;
        if (moves && !is_switched_off(evse) && demand > Current{}) queue.push_back({car, demand});
    }
    std::stable_sort(queue.begin(), queue.end(), [&](Asking const& one, Asking const& other) {
        bool const charging = cars[one.car].charging;
        if (charging != cars[other.car].charging) return !charging;
        return one.demand > other.demand;
    });

    ChosenModes chosen(cars.size(), 0);
    for (auto const& [index, demand] : queue) {
        FreeCar const& car = cars[index];
        std::size_t const node = snapshot.evses[car.evse].node;
        if (car.charging) {
            board.book(node, car.options[0].loading, Current{} - demand);
            chosen[index] = roomier_line(board, node, car, demand, least_gain);
        } else {
            chosen[index] = roomiest_line(board, node, car, demand);
        }
        board.book(node, car.options[chosen[index]].loading, demand);
    }
    return chosen;
}

ChosenModes make_room_for_waiting(
    Snapshot const& snapshot, std::span<FreeCar const> cars, ChosenModes chosen)
{
    return RoomMaker(snapshot, cars, std::move(chosen)).run();
}

}
