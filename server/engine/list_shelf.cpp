#include "server/engine/list_shelf.hpp"

#include <utility>

namespace engine {

ShelvedList ListShelf::list_for(TokenBook const& tokens, ListPlace const& place,
    ListRules const& rules, std::size_t most_entries, Timestamp now)
{
    if (!named_) {
        named_.emplace();
        for (auto const& [value, token] : tokens)
            named_->insert(token.charge_points.begin(), token.charge_points.end());
    }
    std::vector<storage::ChargePointId> points;
    for (auto const point : place.points)
        if (named_->contains(point)) points.push_back(point);
    auto& shelved = by_place_[Place(place.installation, std::move(points), place.open_access,
        rules.longest_token, rules.any_kind, most_entries)];
    bool const holds = shelved.entries && (!shelved.changes_at || *shelved.changes_at > now);
    if (!holds) {
        auto made = engine::list_for(tokens, place, rules, most_entries, now);
        shelved = {.entries = shared(std::move(made.entries)),
            .left_out = made.left_out,
            .changes_at = made.changes_at};
    }
    ShelvedList list = shelved;
    list.made = !holds;
    return list;
}

void ListShelf::forget()
{
    named_.reset();
    by_place_.clear();
}

SharedList ListShelf::shared(LocalList list)
{
    auto& place = by_digest_[digest_of(list)];
    if (auto const known = place.lock(); known && *known == list) return known;
    auto const fresh = std::make_shared<LocalList const>(std::move(list));
    place = fresh;
    constexpr std::size_t few = 64;
    if (by_digest_.size() > 2 * kept_ + few) {
        std::erase_if(by_digest_, [](auto const& entry) { return entry.second.expired(); });
        kept_ = by_digest_.size();
    }
    return fresh;
}

}
