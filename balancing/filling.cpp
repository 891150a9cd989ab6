#include "balancing/filling.hpp"

#include "balancing/level.hpp"
#include "balancing/weights.hpp"

#include <algorithm>
#include <compare>
#include <functional>
#include <optional>
#include <queue>
#include <tuple>

namespace balancing {
namespace {

// A car that takes part. It glides with the level (its current follows from the level and is booked
// nowhere but in the gauges) until some place on its way could become too full for a step; then it
// lands (its current is booked) and goes on step by step.
struct Riser {
    std::size_t evse = 0;  // its place in the queue
    std::size_t node = 0;
    LineSet lines{};
    std::int64_t quantum = 1;  // this and the currents below in mA
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::int64_t weight = 1;
    std::int64_t current = 0;  // what is booked for it
    bool awake = false;        // the level has reached its minimum
    bool landed = false;
    bool ended = false;  // its current is final
};

// The most that a place can be loaded at a level: awake risers take at most weight * level, all
// others a known current. Until that reaches the limit no step can fail there.
struct Gauge {
    std::int64_t room = 0;       // the limit less all known currents, mA
    std::int64_t slope = 0;      // the weights of the awake risers that have not ended
    bool critical = false;       // the limit was reached: every riser below has landed or ended
    std::size_t sleeper = 0;     // the next to wake here, in risers_below_ of its node
    std::optional<Level> alarm;  // the level it is queued for
};

enum class EventKind { wake, top, alarm, step };

struct Event {
    Level level;
    EventKind kind = EventKind::wake;
    std::size_t index = 0;  // of a riser; for an alarm of a gauge

    // By level; at the same level steps are in queue order (for the others order is no matter).
    friend std::weak_ordering operator<=>(Event const& a, Event const& b)
    {
        if (auto const order = a.level <=> b.level; std::is_neq(order)) return order;
        return std::tie(a.kind, a.index) <=> std::tie(b.kind, b.index);
    }
};

class Filler {
public:
    Filler(Snapshot const& snapshot, Tree const& tree, std::vector<Admission> const& admissions,
        Headroom& headroom);

    std::vector<Milliampere> run(std::size_t evse_count);

private:
    void add_risers(Snapshot const& snapshot, std::vector<Admission> const& admissions);
    void schedule();
    void set_gauges();

    Event next_event();
    void handle(Event const& event);
    void wake(Riser& riser);
    void reach_top(Riser& riser);
    void sound_alarm(std::size_t gauge_index, Level level);
    void land(std::size_t riser_index, Level level);
    void step(std::size_t riser_index);

    void raise_to(Riser& riser, std::int64_t current);
    void queue_step(std::size_t riser_index);
    void end(Riser& riser);
    void await_alarm(std::size_t gauge_index);
    std::size_t next_sleeper(std::size_t gauge_index, std::size_t from) const;

    template <class Visit>
    void for_each_gauge(Riser const& riser, Visit visit)
    {
        for (std::size_t node = riser.node; node != Tree::none; node = tree_.parent(node))
            for (std::size_t line = 0; line < line_count; ++line)
                if (riser.lines[line]) visit(node * line_count + line);
    }

    Tree const& tree_;
    Headroom& headroom_;
    std::vector<Riser> risers_;  // in queue order
    std::vector<Gauge> gauges_;  // node * line_count + line
    std::vector<std::vector<std::size_t>>
        risers_below_;              // per node, in the order in which they wake
    std::vector<Event> scheduled_;  // wakes and tops, known from the start
    std::size_t next_scheduled_ = 0;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> queued_;  // alarms and steps
    std::size_t rising_ = 0;  // risers that have not ended
};

Filler::Filler(Snapshot const& snapshot, Tree const& tree, std::vector<Admission> const& admissions,
    Headroom& headroom)
    : tree_(tree),
      headroom_(headroom),
      gauges_(tree.size() * line_count),
      risers_below_(tree.size())
{
    add_risers(snapshot, admissions);
    rising_ = risers_.size();
    schedule();
    set_gauges();
}

void Filler::add_risers(Snapshot const& snapshot, std::vector<Admission> const& admissions)
{
    std::vector<double> weights;
    for (std::size_t index = 0; index < admissions.size(); ++index) {
        Admission const& admission = admissions[index];
        if (admission.standing != Standing::admitted) continue;
        Evse const& evse = snapshot.evses[index];
        Riser riser;
        riser.evse = index;
        riser.node = evse.node;
        riser.lines = evse.lines;
        riser.quantum = admission.quantum.value;
        riser.least = admission.least.value;
        riser.most = admission.most.value;
        riser.current = riser.least;
        risers_.push_back(riser);
        weights.push_back(evse.weight);
    }
    std::vector<std::int64_t> const whole = whole_weights(weights);
    for (std::size_t index = 0; index < risers_.size(); ++index)
        risers_[index].weight = whole[index];
}

void Filler::schedule()
{
    scheduled_.reserve(2 * risers_.size());
    for (std::size_t index = 0; index < risers_.size(); ++index) {
        Riser const& riser = risers_[index];
        scheduled_.push_back({{riser.least, riser.weight}, EventKind::wake, index});
        scheduled_.push_back({{riser.most, riser.weight}, EventKind::top, index});
    }
    std::sort(scheduled_.begin(), scheduled_.end());
    for (Event const& event : scheduled_) {
        if (event.kind != EventKind::wake) continue;
        std::size_t node = risers_[event.index].node;
        for (; node != Tree::none; node = tree_.parent(node))
            risers_below_[node].push_back(event.index);
    }
}

void Filler::set_gauges()
{
    for (std::size_t index = 0; index < gauges_.size(); ++index) {
        gauges_[index].room = headroom_.left({index / line_count, index % line_count}).value;
        gauges_[index].sleeper = next_sleeper(index, 0);
    }
}

std::vector<Milliampere> Filler::run(std::size_t evse_count)
{
    // Every riser that has not ended has its top or its next step ahead, so there is an event.
    while (rising_ > 0) handle(next_event());

    std::vector<Milliampere> currents(evse_count);
    for (Riser const& riser : risers_) currents[riser.evse] = {riser.current};
    return currents;
}

Event Filler::next_event()
{
    bool const all_done = next_scheduled_ == scheduled_.size();
    if (all_done || (!queued_.empty() && queued_.top() < scheduled_[next_scheduled_])) {
        Event const event = queued_.top();
        queued_.pop();
        return event;
    }
    return scheduled_[next_scheduled_++];
}

void Filler::handle(Event const& event)
{
    switch (event.kind) {
    case EventKind::wake: wake(risers_[event.index]); return;
    case EventKind::top: reach_top(risers_[event.index]); return;
    case EventKind::alarm: sound_alarm(event.index, event.level); return;
    case EventKind::step: step(event.index); return;
    }
}

// From here on the riser follows the level, unless it ended before.
void Filler::wake(Riser& riser)
{
    riser.awake = !riser.ended;
    for_each_gauge(riser, [&](std::size_t index) {
        Gauge& gauge = gauges_[index];
        if (riser.awake) {
            gauge.room += riser.least;
            gauge.slope += riser.weight;
        }
        gauge.sleeper = next_sleeper(index, gauge.sleeper + 1);
        await_alarm(index);
    });
}

// Steps find the maximum themselves.
void Filler::reach_top(Riser& riser)
{
    if (riser.landed || riser.ended) return;
    raise_to(riser, riser.most);
    end(riser);
}

void Filler::sound_alarm(std::size_t gauge_index, Level level)
{
    Gauge& gauge = gauges_[gauge_index];
    if (gauge.critical || !gauge.alarm || *gauge.alarm != level) return;  // replaced by another
    if (gauge.slope == 0 || level < Level{gauge.room, gauge.slope}) {
        return await_alarm(gauge_index);  // risers ended since: the limit is reached later
    }
    gauge.critical = true;
    for (std::size_t const index : risers_below_[gauge_index / line_count])
        if (risers_[index].lines[gauge_index % line_count]) land(index, level);
}

void Filler::land(std::size_t riser_index, Level level)
{
    Riser& riser = risers_[riser_index];
    if (riser.landed || riser.ended) return;
    riser.landed = true;
    std::int64_t const reached = whole_quanta(level, riser.weight, riser.quantum);
    raise_to(riser, std::clamp(reached, riser.least, riser.most));
    queue_step(riser_index);
}

// The account of a place is complete once it is critical, and that is where a step can fail; at all
// others gliding risers are booked too low, and the gauge says that there is room.
void Filler::step(std::size_t riser_index)
{
    Riser& riser = risers_[riser_index];
    if (headroom_.nearest_short_of({riser.quantum}, riser.node, riser.lines)) return end(riser);
    raise_to(riser, riser.current + riser.quantum);
    queue_step(riser_index);
}

void Filler::raise_to(Riser& riser, std::int64_t current)
{
    headroom_.take(riser.node, riser.lines, {current - riser.current});
    riser.current = current;
}

void Filler::queue_step(std::size_t riser_index)
{
    Riser& riser = risers_[riser_index];
    std::int64_t const next = riser.current + riser.quantum;
    if (next > riser.most) return end(riser);
    queued_.push({{next, riser.weight}, EventKind::step, riser_index});
}

void Filler::end(Riser& riser)
{
    riser.ended = true;
    --rising_;
    if (!riser.awake) return;  // the gauges know its minimum, and it has no more
    for_each_gauge(riser, [&](std::size_t index) {
        gauges_[index].room -= riser.current;
        gauges_[index].slope -= riser.weight;
    });
}

// Queues the level at which the gauge reaches its limit, unless another riser wakes before and asks
// anew. Between two wakes that level can only rise, when risers end; sound_alarm() notices.
void Filler::await_alarm(std::size_t gauge_index)
{
    Gauge& gauge = gauges_[gauge_index];
    gauge.alarm.reset();
    if (gauge.critical || gauge.slope == 0) return;
    Level const level{gauge.room, gauge.slope};
    std::vector<std::size_t> const& below = risers_below_[gauge_index / line_count];
    if (gauge.sleeper < below.size()) {
        Riser const& next = risers_[below[gauge.sleeper]];
        if (Level{next.least, next.weight} <= level) return;
    }
    gauge.alarm = level;
    queued_.push({level, EventKind::alarm, gauge_index});
}

// The place in risers_below_, from the given one on, of a riser that loads the line of the gauge.
std::size_t Filler::next_sleeper(std::size_t gauge_index, std::size_t from) const
{
    std::vector<std::size_t> const& below = risers_below_[gauge_index / line_count];
    while (from < below.size() && !risers_[below[from]].lines[gauge_index % line_count]) ++from;
    return from;
}

}

std::vector<Milliampere> fill(Snapshot const& snapshot, Tree const& tree,
    std::vector<Admission> const& admissions, Headroom& headroom)
{
    return Filler(snapshot, tree, admissions, headroom).run(snapshot.evses.size());
}

}
