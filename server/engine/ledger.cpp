#include "server/engine/ledger.hpp"

#include <algorithm>

namespace engine {

namespace {

// The ceiling by what is confirmed.
std::int64_t confirmed_ma(Ledger const& ledger)
{
    std::int64_t const fallback = ledger.fallback_ma.value_or(ledger.hardware_ma);
    return ledger.session_ma ? std::max(*ledger.session_ma, fallback) : fallback;
}

}

std::int64_t lasting_ceiling_ma(Ledger const& ledger)
{
    std::int64_t ceiling = confirmed_ma(ledger);
    for (auto const& sent : ledger.unconfirmed) ceiling = std::max(ceiling, sent.limit_ma);
    return std::min(ceiling, ledger.hardware_ma);
}

std::int64_t ceiling_ma(Ledger const& ledger, Milliseconds now)
{
    std::int64_t ceiling = lasting_ceiling_ma(ledger);
    for (auto const& old : ledger.settling)
        if (old.until > now) ceiling = std::max(ceiling, old.ceiling_ma);
    return ceiling;
}

std::int64_t ceiling_with_ma(Ledger ledger, SentLimit limit, Milliseconds now)
{
    on_sent(ledger, limit);
    return ceiling_ma(ledger, now);
}

std::optional<Milliseconds> next_settled(Ledger const& ledger, Milliseconds now)
{
    std::optional<Milliseconds> next;
    for (auto const& old : ledger.settling)
        if (old.until > now && (!next || old.until < *next)) next = old.until;
    return next;
}

void on_sent(Ledger& ledger, SentLimit limit) { ledger.unconfirmed.push_back(limit); }

void on_accepted(Ledger& ledger, SentLimit limit, Milliseconds now, Milliseconds reaction)
{
    std::erase_if(ledger.settling, [now](SettlingCeiling const& old) { return old.until <= now; });
    std::int64_t const before = lasting_ceiling_ma(ledger);
    auto& confirmed = limit.purpose == LimitPurpose::fallback ? ledger.fallback_ma
                                                              : ledger.session_ma;
    confirmed = limit.limit_ma;
    std::erase_if(ledger.unconfirmed,
        [limit](SentLimit const& sent) { return sent.purpose == limit.purpose; });
    if (lasting_ceiling_ma(ledger) < before)
        ledger.settling.push_back({.ceiling_ma = before, .until = now + reaction});
}

void on_refused(Ledger& ledger, SentLimit limit)
{
    auto const it = std::find_if(
        ledger.unconfirmed.rbegin(), ledger.unconfirmed.rend(), [limit](SentLimit const& sent) {
            return sent.purpose == limit.purpose && sent.limit_ma == limit.limit_ma;
        });
    if (it != ledger.unconfirmed.rend()) ledger.unconfirmed.erase(std::next(it).base());
}

void on_session_ended(Ledger& ledger)
{
    ledger.session_ma.reset();
    std::erase_if(ledger.unconfirmed,
        [](SentLimit const& sent) { return sent.purpose == LimitPurpose::session; });
    ledger.settling.clear();
}

Ledger restored(std::int64_t hardware_ma, storage::GrantedLimit const* stored, bool session_open)
{
    Ledger ledger;
    ledger.hardware_ma = hardware_ma;
    if (!stored) return ledger;
    if (stored->fallback_known) ledger.fallback_ma = stored->fallback_ma;
    auto const purpose = session_open ? LimitPurpose::session : LimitPurpose::fallback;
    if (stored->ceiling_ma > confirmed_ma(ledger))
        on_sent(ledger, {.purpose = purpose, .limit_ma = stored->ceiling_ma});
    return ledger;
}

}
