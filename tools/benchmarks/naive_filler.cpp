#include "tools/benchmarks/naive_filler.hpp"

#include "balancing/line_law.hpp"

#include <algorithm>
#include <optional>

namespace bench {

namespace {

using namespace balancing;

constexpr Current step = milliampere(100);

class Filler {
public:
    Filler(Snapshot const& snapshot, Sums sums)
        : snapshot_(snapshot),
          law_(snapshot.grid, snapshot.power_factor),
          are_kept_(sums == Sums::kept),
          sums_(snapshot.nodes.size()),
          below_(snapshot.nodes.size()),
          currents_(snapshot.evses.size())
    {
        for (std::size_t evse = 0; evse < currents_.size(); ++evse) {
            loadings_.push_back(loading_of(snapshot.grid, snapshot.evses[evse]));
            for_way(evse, [&](std::size_t node) { below_[node].push_back(evse); });
        }
    }

    std::vector<Current> run()
    {
        std::vector<std::size_t> rising;
        for (std::size_t evse = 0; evse < currents_.size(); ++evse)
            if (raise(evse, snapshot_.evses[evse].min)) rising.push_back(evse);
        while (!rising.empty())
            std::erase_if(rising, [&](std::size_t evse) { return !raise(evse, step); });
        return currents_;
    }

private:
    template <class Visit>
    void for_way(std::size_t evse, Visit visit) const
    {
        std::optional<std::size_t> node = snapshot_.evses[evse].node;
        for (; node; node = snapshot_.nodes[*node].parent) visit(*node);
    }

    // By so much, if the car takes it and it fits on every node above.
    bool raise(std::size_t evse, Current more)
    {
        if (currents_[evse] + more > most_of(snapshot_.evses[evse].max)) return false;
        bool fit = true;
        for_way(evse, [&](std::size_t node) { fit = fit && fits(node, loadings_[evse], more); });
        if (!fit) return false;
        currents_[evse] += more;
        if (are_kept_)
            for_way(evse, [&](std::size_t node) { add(sums_[node], loadings_[evse], more); });
        return true;
    }

    bool fits(std::size_t node, Loading loading, Current more) const
    {
        ChannelSums sums = are_kept_ ? sums_[node] : sums_below(node);
        add(sums, loading, more);
        Node const& at = snapshot_.nodes[node];
        for (std::size_t line = 0; line < line_count; ++line)
            if ((std::uint32_t{law_.lines_of(loading)} >> line & 1U) != 0 &&
                !law_.within(sums, line, at.rating[line] - at.other_load[line]))
                return false;
        return true;
    }

    ChannelSums sums_below(std::size_t node) const
    {
        ChannelSums sums{};
        for (std::size_t const evse : below_[node]) add(sums, loadings_[evse], currents_[evse]);
        return sums;
    }

    static void add(ChannelSums& sums, Loading loading, Current current)
    {
        for (std::size_t channel = 0; channel < channel_count; ++channel)
            if (loading.has(channel)) sums[channel] += current;
    }

    Snapshot const& snapshot_;
    LineLaw law_;
    bool are_kept_;
    std::vector<ChannelSums> sums_;
    std::vector<std::vector<std::size_t>> below_;  // the EVSEs below each node
    std::vector<Loading> loadings_;
    std::vector<Current> currents_;
};

}

std::vector<Current> fill_naively(Snapshot const& snapshot, Sums sums)
{
    return Filler(snapshot, sums).run();
}

}
