#include "balancing/reclaim.hpp"

#include <algorithm>

namespace balancing {

namespace {

// Up to whole steps; 0 and more.
Current round_up(Current current, Current step)
{
    std::int64_t const unit = std::max<std::int64_t>(step.nanoamperes, 1);
    return {(current.nanoamperes + unit - 1) / unit * unit};
}

// What the limit would be lowered to for a car that draws so much at most.
Current cap_for(Current greatest, Current least, ReclaimRules const& rules)
{
    return round_up(std::max(least, greatest + rules.headroom), rules.step);
}

// It draws all that its cap lets it, and it is the cap that holds it back, not the share it got.
bool presses_on_cap(ReclaimState const& state, Appetite const& appetite, ReclaimRules const& rules)
{
    return state.cap && appetite.limit + rules.step > *state.cap &&
           *appetite.greatest + rules.near_limit >= appetite.limit;
}

// The last raise was of no use: the next one waits longer.
void stay_quiet(ReclaimState& state, ReclaimRules const& rules, Seconds now)
{
    state.pause = std::clamp(2 * state.pause, rules.first_pause, rules.longest_pause);
    state.quiet_until = now + state.pause;
}

}

ReclaimState reclaim(ReclaimState state, Appetite const& appetite, Current least,
    ReclaimRules const& rules, Seconds now)
{
    if (!appetite.charging) return {};
    if (!appetite.greatest || now - appetite.measured > rules.fresh_for) {
        state.cap.reset();
        state.raised.reset();
        return state;
    }
    if (state.raised && *appetite.greatest > *state.raised) {
        state.raised.reset();
        state.pause = Seconds{0};
    }
    if (presses_on_cap(state, appetite, rules)) {
        if (now >= state.quiet_until) {
            state.raised = state.cap;
            state.cap.reset();
        }
        return state;
    }
    if (now - appetite.limit_since < rules.settled_after) return state;
    Current const cap = cap_for(*appetite.greatest, least, rules);
    if (cap < std::min(appetite.limit, state.cap.value_or(appetite.limit))) {
        if (state.raised) stay_quiet(state, rules, now);
        state.raised.reset();
        state.cap = cap;
    }
    return state;
}

}
