// The local authorisation list of a station: which tokens it should know by itself, what has
// changed in it, and in which pieces that is sent. Pure.
#pragma once

#include "server/engine/now.hpp"
#include "server/engine/tokens.hpp"
#include "storage/entities.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace engine {

// A token and what the station is to answer about it: the same as Authorize would.
struct ListEntry {
    std::string token{};
    storage::TokenKind kind = storage::TokenKind::any;
    storage::TokenVerdict verdict = storage::TokenVerdict::accepted;
    std::string group{};
    std::optional<Timestamp> expires_at{};

    friend bool operator==(ListEntry const&, ListEntry const&) = default;
};

// Ascending by folded token and kind, each once.
using LocalList = std::vector<ListEntry>;

// What a version's messages can say about tokens.
struct ListRules {
    std::size_t longest_token = 0;
    std::size_t longest_group = 0;
    // The kind that a token of any kind is listed as; `any`: the version knows no kinds.
    storage::TokenKind any_kind = storage::TokenKind::any;
};

// Where a station stands.
struct ListPlace {
    storage::InstallationId installation{};
    std::vector<storage::ChargePointId> points{};
    bool open_access = false;  // one of its charge points is open to anyone
};

struct WantedList {
    LocalList entries{};
    std::size_t left_out = 0;               // tokens that the station has no room for
    std::optional<Timestamp> changes_at{};  // when the next of the tokens expires
};

// The list that a station at `place` should hold at `now`: the tokens that may charge on one of its
// charge points, and the answers that they would get there. (Its charge points being open, all
// may.) With fewer places than tokens those stay that are first by: accepted, blocked, expired;
// good for this charge point, for this installation, for all places; token and kind.
WantedList list_for(TokenBook const& tokens, ListPlace const& place, ListRules const& rules,
    std::size_t most_entries, Timestamp now);

// An entry to add or to replace, or one to take away.
struct ListChange {
    ListEntry entry{};
    bool removed = false;

    friend bool operator==(ListChange const&, ListChange const&) = default;
};

// What makes `before` into `after`. What is taken away comes first, so that a station that has room
// for the longer of the two has room at every step.
std::vector<ListChange> differences(LocalList const& before, LocalList const& after);

LocalList applied(LocalList list, std::vector<ListChange> const& changes);

// Names the content, over restarts and machines.
std::int64_t digest_of(LocalList const& list);

}
