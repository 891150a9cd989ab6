// The dialogue with one station about its local list: what it can hold, what it holds, and what is
// to be sent next. Pure; it knows no OCPP version.
#pragma once

#include "server/engine/local_list.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace engine {

struct AskListAbility {};
struct AskListVersion {};
// The list, or the beginning of it, or what has changed in it.
struct SendList {
    std::int64_t version = 0;  // of the list after this message
    bool full = false;
    std::vector<ListChange> changes{};
};
using ListQuestion = std::variant<AskListAbility, AskListVersion, SendList>;

struct ListAbility {
    bool has = false;
    std::string why{};                           // it has none, for people
    std::optional<std::int64_t> most_entries{};  // none: it does not tell
    std::optional<std::int64_t> most_per_message{};
};
struct ListVersion {
    std::int64_t version = 0;  // 0: the list is empty; below: the station has none
};
enum class ListOutcome { accepted, version_mismatch, failed, not_supported };
struct ListVerdict {
    ListOutcome outcome = ListOutcome::failed;
    std::string why{};  // the station's words
};
struct ListTrouble {  // an error, or an answer that nobody understands
    std::string why{};
};
using ListReply = std::variant<ListAbility, ListVersion, ListVerdict, ListTrouble>;

// Lists are shared between the stations that have the same one.
using SharedList = std::shared_ptr<LocalList const>;
struct KnownList {
    std::int64_t version = 0;
    SharedList entries{};
};

// The newest version that was ever sent to a station, and the content of its list if it took it.
// Kept in the store, so that a version is never used twice.
struct ListMark {
    std::int64_t version = 0;
    std::int64_t digest = 0;
};

struct ListDialogue {
    // What the station should hold; to be set anew whenever that or most_list_entries() changes.
    SharedList wanted{};

    // Of this connection.
    std::optional<ListAbility> ability{};
    std::optional<std::int64_t> reported{};
    std::string left_alone{};                  // why nothing more is said to it; empty: not so
    std::optional<std::size_t> learnt_room{};  // it refused a list that was longer
    bool only_full = false;
    int failures = 0;  // in a row

    // Over connections.
    std::optional<KnownList> held{};
    std::optional<KnownList> sent{};  // and not answered: it holds this or still the other
};

// A new connection: everything is asked anew.
void on_list_connected(ListDialogue& dialogue);
// After a boot the list may be another one.
void on_list_booted(ListDialogue& dialogue);

// The most entries that the station is given.
std::size_t most_list_entries(ListDialogue const& dialogue);

// The list is known to be as wanted.
bool is_in_step(ListDialogue const& dialogue);

// What to say next, if anything. Without `wanted` nothing but the ability is asked. A SendList
// moves `mark`, which has to be in the store before the message leaves.
std::optional<ListQuestion> next_list_question(ListDialogue& dialogue, ListMark& mark);

// The answer to `question`.
void on_list_reply(ListDialogue& dialogue, ListQuestion const& question, ListReply const& reply,
    ListMark const& mark);

}
