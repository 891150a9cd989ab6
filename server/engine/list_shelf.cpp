#include "server/engine/list_shelf.hpp"

#include <utility>

namespace engine {

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
