#include "server/engine/local_list.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace engine {

namespace {

using storage::TokenKind;
using storage::TokenVerdict;

// Entries are one and the same when these are.
struct ListKey {
    std::string token;
    TokenKind kind = TokenKind::any;

    friend auto operator<=>(ListKey const&, ListKey const&) = default;
};

ListKey key_of(ListEntry const& entry) { return {folded(entry.token), entry.kind}; }

bool comes_before(ListEntry const& left, ListEntry const& right)
{
    return key_of(left) < key_of(right);
}

template <class T>
bool contains(std::vector<T> const& list, T const& value)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

int rank_of(TokenVerdict verdict)
{
    switch (verdict) {
    case TokenVerdict::accepted: return 0;
    case TokenVerdict::blocked: return 1;
    default: return 2;
    }
}

// How far from here a token is at home.
int distance(storage::Token const& token, ListPlace const& place)
{
    constexpr int this_point = 0;
    constexpr int this_installation = 1;
    constexpr int everywhere = 2;
    for (auto const point : place.points)
        if (contains(token.charge_points, point)) return this_point;
    return contains(token.installations, place.installation) ? this_installation : everywhere;
}

bool is_of_use(storage::Token const& token, ListPlace const& place)
{
    return place.open_access ||
           std::any_of(place.points.begin(), place.points.end(), [&](storage::ChargePointId point) {
               return may_use(token, place.installation, point);
           });
}

TokenVerdict verdict_of(storage::Token const& token, ListPlace const& place, Timestamp now)
{
    if (place.open_access) return TokenVerdict::accepted;
    if (token.status == storage::TokenStatus::blocked) return TokenVerdict::blocked;
    if (token.expires_at && *token.expires_at <= now) return TokenVerdict::expired;
    return TokenVerdict::accepted;
}

struct Candidate {
    int verdict_rank = 0;
    int distance = 0;
    std::pair<std::string_view, TokenKind> key;
    storage::Token const* token = nullptr;

    friend bool operator<(Candidate const& left, Candidate const& right)
    {
        return std::tie(left.verdict_rank, left.distance, left.key) <
               std::tie(right.verdict_rank, right.distance, right.key);
    }
};

// Of the tokens with one value those that stations mean: without kinds the one of any kind or else
// the first, otherwise each kind for itself, and the one of any kind where it stands for another.
template <class Iterator>
void choose(Iterator first, Iterator last, ListRules const& rules,
    std::vector<std::pair<TokenKind, storage::Token const*>>& chosen)
{
    chosen.clear();
    bool const kinds = rules.any_kind != TokenKind::any;
    auto const of_kind = [&](TokenKind kind) {
        return std::find_if(
            first, last, [&](auto const& named) { return named.second.kind == kind; });
    };
    auto const any = of_kind(TokenKind::any);
    if (!kinds) {
        chosen.emplace_back(TokenKind::any, any == last ? &first->second : &any->second);
        return;
    }
    for (auto it = first; it != last; ++it)
        if (it->second.kind != TokenKind::any) chosen.emplace_back(it->second.kind, &it->second);
    if (any != last && of_kind(rules.any_kind) == last)
        chosen.emplace_back(rules.any_kind, &any->second);
}

}

WantedList list_for(TokenBook const& tokens, ListPlace const& place, ListRules const& rules,
    std::size_t most_entries, Timestamp now)
{
    std::vector<Candidate> candidates;
    std::vector<std::pair<TokenKind, storage::Token const*>> chosen;
    for (auto first = tokens.begin(); first != tokens.end();) {
        auto const last = tokens.upper_bound(first->first);
        choose(first, last, rules, chosen);
        for (auto const& [kind, token] : chosen)
            if (token->value.size() <= rules.longest_token && is_of_use(*token, place))
                candidates.push_back({.verdict_rank = rank_of(verdict_of(*token, place, now)),
                    .distance = distance(*token, place),
                    .key = {std::string_view(first->first), kind},
                    .token = token});
        first = last;
    }
    WantedList wanted;
    if (candidates.size() > most_entries) {
        auto const end = candidates.begin() + static_cast<std::ptrdiff_t>(most_entries);
        std::nth_element(candidates.begin(), end, candidates.end());
        wanted.left_out = candidates.size() - most_entries;
        candidates.resize(most_entries);
    }
    std::sort(candidates.begin(), candidates.end(),
        [](Candidate const& left, Candidate const& right) { return left.key < right.key; });
    wanted.entries.reserve(candidates.size());
    for (auto const& candidate : candidates) {
        storage::Token const& token = *candidate.token;
        ListEntry entry{.token = token.value,
            .kind = candidate.key.second,
            .verdict = verdict_of(token, place, now),
            .group = token.group.size() <= rules.longest_group ? token.group : std::string(),
            .expires_at = place.open_access ? std::nullopt : token.expires_at};
        wanted.entries.push_back(std::move(entry));
    }
    if (place.open_access) return wanted;
    // Also of those without room: which ones stay may change with it.
    for (auto const& [value, token] : tokens)
        if (token.expires_at && *token.expires_at > now &&
            (!wanted.changes_at || *token.expires_at < *wanted.changes_at) &&
            is_of_use(token, place))
            wanted.changes_at = token.expires_at;
    return wanted;
}

std::vector<ListChange> differences(LocalList const& before, LocalList const& after)
{
    std::vector<ListChange> removed;
    std::vector<ListChange> changed;
    std::vector<ListChange> added;
    auto old = before.begin();
    auto fresh = after.begin();
    while (old != before.end() || fresh != after.end()) {
        if (fresh == after.end() || (old != before.end() && comes_before(*old, *fresh))) {
            removed.push_back({.entry = *old++, .removed = true});
        } else if (old == before.end() || comes_before(*fresh, *old)) {
            added.push_back({.entry = *fresh++});
        } else {
            if (*old != *fresh) changed.push_back({.entry = *fresh});
            ++old;
            ++fresh;
        }
    }
    removed.insert(removed.end(), changed.begin(), changed.end());
    removed.insert(removed.end(), added.begin(), added.end());
    return removed;
}

LocalList applied(LocalList list, std::vector<ListChange> const& changes)
{
    for (auto const& change : changes) {
        auto const at = std::lower_bound(list.begin(), list.end(), change.entry, comes_before);
        bool const known = at != list.end() && key_of(*at) == key_of(change.entry);
        if (change.removed) {
            if (known) list.erase(at);
        } else if (known) {
            *at = change.entry;
        } else {
            list.insert(at, change.entry);
        }
    }
    return list;
}

// FNV-1a with 64 bits (draft-eastlake-fnv), over each field and its end.
std::int64_t digest_of(LocalList const& list)
{
    constexpr std::uint64_t offset_basis = 0xcbf29ce484222325;
    constexpr std::uint64_t prime = 0x100000001b3;
    std::uint64_t hash = offset_basis;
    auto const add = [&](std::string const& text) {
        for (char const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * prime;
        hash = (hash ^ 0xff) * prime;  // a byte that no UTF-8 text has
    };
    for (auto const& entry : list) {
        add(entry.token);
        add(std::to_string(static_cast<int>(entry.kind)));
        add(std::to_string(static_cast<int>(entry.verdict)));
        add(entry.group);
        add(entry.expires_at ? std::to_string(entry.expires_at->time_since_epoch().count()) : "");
    }
    return static_cast<std::int64_t>(hash);
}

}
