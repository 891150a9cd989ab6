// Where the stations' local lists are made and kept: stations with the same list find one object,
// and stations of which the tokens say the same find it without making it.
#pragma once

#include "server/engine/list_dialogue.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

namespace engine {

struct ShelvedList {
    SharedList entries{};
    std::size_t left_out = 0;
    std::optional<Timestamp> changes_at{};
    bool made = false;  // just now
};

class ListShelf {
public:
    // As list_for(). `tokens` are those of the last call, unless forget() came between.
    ShelvedList list_for(TokenBook const& tokens, ListPlace const& place, ListRules const& rules,
        std::size_t most_entries, Timestamp now);
    // The tokens have changed.
    void forget();

private:
    // All that makes a difference: installation; those of the charge points that tokens name; open;
    // the version's rules; room.
    using Place = std::tuple<storage::InstallationId, std::vector<storage::ChargePointId>, bool,
        std::size_t, storage::TokenKind, std::size_t>;

    SharedList shared(LocalList list);

    std::optional<std::set<storage::ChargePointId>> named_;  // by a token
    std::map<Place, ShelvedList> by_place_;
    std::map<std::int64_t, std::weak_ptr<LocalList const>> by_digest_;
    std::size_t kept_ = 0;  // that were in use when it was last tidied
};

}
