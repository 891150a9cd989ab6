#include "balancing/phase_board.hpp"

#include "balancing/limits.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace balancing {

namespace {

std::array<std::int64_t, channel_count> numbers(ChannelSums const& sums)
{
    std::array<std::int64_t, channel_count> values{};
    for (std::size_t channel = 0; channel < channel_count; ++channel)
        values[channel] = sums[channel].nanoamperes;
    return values;
}

}

std::vector<FreeCar> free_cars(Snapshot const& snapshot)
{
    std::vector<FreeCar> cars;
    for (std::size_t index = 0; index < snapshot.evses.size(); ++index) {
        Evse const& evse = snapshot.evses[index];
        auto const modes = modes_of(snapshot.grid, evse);
        if (modes.size() < 2) continue;
        double const present = phases_of(loading_of(snapshot.grid, evse));
        FreeCar car{index, evse.session.charging, {}};
        for (Mode const& mode : modes) {
            Loading const loading = loading_of(
                snapshot.grid, mode.terminals, mode.phases, evse.it_three_phase);
            car.options.push_back({mode, loading, phases_of(loading) / present});
        }
        cars.push_back(std::move(car));
    }
    return cars;
}

PhaseBoard::PhaseBoard(Snapshot const& snapshot)
    : snapshot_(&snapshot),
      law_(snapshot.grid, snapshot.power_factor),
      booked_(snapshot.nodes.size(), ChannelSums{})
{
    room_.reserve(snapshot.nodes.size());
    for (Node const& node : snapshot.nodes) {
        PerLine room{};
        for (std::size_t line = 0; line < line_count; ++line)
            room[line] =
                line_limit(node.rating, node.factor, node.timed, snapshot.now, line).limit -
                node.other_load[line];
        room_.push_back(room);
    }
}

void PhaseBoard::book(std::size_t node, Loading loading, Current demand)
{
    std::optional<std::size_t> place = node;
    for (; place; place = snapshot_->nodes[*place].parent) add(booked_[*place], loading, demand);
}

Room PhaseBoard::room(std::size_t node, Loading loading, Current demand, LineBits lines) const
{
    unsigned const touched = lines & law_.lines_of(loading);
    Room room{std::numeric_limits<double>::max(), 0};
    std::optional<std::size_t> place = node;
    for (; place; place = snapshot_->nodes[*place].parent) {
        ChannelSums sums = booked_[*place];
        add(sums, loading, demand);
        for (std::size_t line = 0; line < line_count; ++line) {
            if (((touched >> line) & 1U) == 0) continue;
            double const factor = law_.level({}, numbers(sums), line, room_[*place][line]);
            room.factor = std::min(room.factor, factor);
            if (factor > 0) room.fullness += 1 / factor;
        }
    }
    return room;
}

std::optional<PhaseBoard::Place> PhaseBoard::full_place(
    std::size_t node, Loading loading, Current demand) const
{
    unsigned const touched = law_.lines_of(loading);
    std::optional<std::size_t> place = node;
    for (; place; place = snapshot_->nodes[*place].parent) {
        ChannelSums sums = booked_[*place];
        add(sums, loading, demand);
        for (std::size_t line = 0; line < line_count; ++line)
            if (((touched >> line) & 1U) != 0 && !law_.within(sums, line, room_[*place][line]))
                return Place{*place, line};
    }
    return std::nullopt;
}

Current PhaseBoard::most_asked(Evse const& evse) const
{
    Current most = most_of(evse.max);
    std::optional<std::size_t> place = evse.node;
    for (; place; place = snapshot_->nodes[*place].parent)
        most = std::min(most, *std::max_element(room_[*place].begin(), room_[*place].end()));
    return std::max(most, Current{});
}

}
