#include "server/engine/session_lines.hpp"

namespace engine {

void learn(LineUse& use, LineSet const& wired,
    std::array<std::optional<std::int64_t>, 3> const& line_ma, Timestamp at)
{
    LineSet loaded{};
    bool any = false;
    bool clear = true;  // every wired line is measured, and either loaded or idle
    for (std::size_t line = 0; line < wired.size(); ++line) {
        if (!wired[line]) continue;
        std::int64_t const current = line_ma[line].value_or(idle_up_to_ma + 1);
        loaded[line] = current >= loaded_from_ma;
        any = any || loaded[line];
        clear = clear && (loaded[line] || current <= idle_up_to_ma);
        if (line_ma[line] && current > idle_up_to_ma) use.counted[line] = true;
    }
    if (!any || !clear) {
        use.seen_since.reset();
        return;
    }
    if (!use.seen_since || use.seen != loaded) {
        use.seen = loaded;
        use.seen_since = at;
        return;
    }
    if (at - *use.seen_since >= lines_stable_after) use.counted = loaded;
}

}
