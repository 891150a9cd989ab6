#include "server/engine/list_dialogue.hpp"

#include <algorithm>
#include <utility>

namespace engine {

namespace {

// Where a station does not tell: what the smallest ones are known to take.
constexpr std::size_t untold_entries = 100;
constexpr std::size_t untold_per_message = 20;
// Whatever a station tells: frames stay below some 25 KB, and lists such that they can be sent.
constexpr std::size_t most_per_message = 100;
constexpr std::size_t most_entries = 10'000;

constexpr int most_failures = 4;

// Versions beyond are no numbers that anyone has counted to; a station's integer may have 31 bits.
constexpr std::int64_t highest_credible_version = 1'000'000'000;

std::size_t told(std::optional<std::int64_t> number, std::size_t untold, std::size_t most)
{
    if (!number || *number < 1) return untold;
    return static_cast<std::size_t>(std::min(*number, static_cast<std::int64_t>(most)));
}

std::size_t per_message(ListDialogue const& dialogue)
{
    return told(dialogue.ability->most_per_message, untold_per_message, most_per_message);
}

std::int64_t next_version(ListDialogue const& dialogue, ListMark const& mark)
{
    std::int64_t newest = mark.version;
    if (dialogue.reported && *dialogue.reported <= highest_credible_version)
        newest = std::max(newest, *dialogue.reported);
    return newest + 1;
}

SendList next_piece(ListDialogue const& dialogue, std::int64_t version)
{
    SendList piece{.version = version};
    if (dialogue.held && !dialogue.only_full)
        piece.changes = differences(*dialogue.held->entries, *dialogue.wanted);
    // 0 is an empty list and no list at all.
    bool const unknown = !dialogue.held || dialogue.held->version == 0;
    piece.full = unknown || dialogue.only_full || piece.changes.size() > dialogue.wanted->size();
    if (piece.full) piece.changes = differences({}, *dialogue.wanted);
    piece.changes.resize(std::min(piece.changes.size(), per_message(dialogue)));
    return piece;
}

void leave_alone(ListDialogue& dialogue, std::string why) { dialogue.left_alone = std::move(why); }

void limit_room(ListDialogue& dialogue, std::size_t entries)
{
    dialogue.learnt_room = entries;
    dialogue.wanted.reset();
}

void on_ability(ListDialogue& dialogue, ListAbility const& ability)
{
    dialogue.ability = ability;
    dialogue.wanted.reset();
    if (!ability.has) leave_alone(dialogue, ability.why);
}

// Which of the lists that it may hold is this?
void on_version(ListDialogue& dialogue, std::int64_t version, ListMark const& mark)
{
    auto const sent = std::exchange(dialogue.sent, std::nullopt);
    dialogue.reported = version;
    if (version < 0) return leave_alone(dialogue, "it has no local list");
    if (version == 0) {
        dialogue.held = {.version = 0, .entries = std::make_shared<LocalList const>()};
    } else if (sent && sent->version == version) {
        dialogue.held = sent;
    } else if (!dialogue.held || dialogue.held->version != version) {
        dialogue.held.reset();
        if (version == mark.version && mark.digest == digest_of(*dialogue.wanted))
            dialogue.held = {.version = version, .entries = dialogue.wanted};
    }
}

void on_failed(ListDialogue& dialogue, SendList const& piece, std::string const& why)
{
    if (++dialogue.failures > most_failures) return leave_alone(dialogue, why);
    dialogue.only_full = true;
    if (piece.full) {
        // All that can be done about a full list that is refused is to make it shorter.
        if (piece.changes.size() <= 1) return leave_alone(dialogue, why);
        limit_room(dialogue, piece.changes.size() / 2);
    } else if (dialogue.wanted->size() > per_message(dialogue)) {
        // In full it would need more than one piece, and this one again.
        limit_room(dialogue, std::max<std::size_t>(1, dialogue.held->entries->size()));
    }
}

void on_verdict(ListDialogue& dialogue, SendList const& piece, ListVerdict const& verdict)
{
    auto const sent = std::exchange(dialogue.sent, std::nullopt);
    switch (verdict.outcome) {
    case ListOutcome::accepted:
        dialogue.held = sent;
        dialogue.only_full = false;
        if (dialogue.wanted && *sent->entries == *dialogue.wanted) {
            dialogue.held->entries = dialogue.wanted;
            dialogue.failures = 0;
        }
        return;
    case ListOutcome::version_mismatch:
        if (++dialogue.failures > most_failures) return leave_alone(dialogue, verdict.why);
        dialogue.held.reset();
        // A list in full may have any number by the standard; where not, it is asked what is
        // higher.
        if (piece.full) dialogue.reported.reset();
        return;
    case ListOutcome::not_supported: return leave_alone(dialogue, verdict.why);
    case ListOutcome::failed: return on_failed(dialogue, piece, verdict.why);
    }
}

}

void on_list_connected(ListDialogue& dialogue)
{
    dialogue = {.held = std::move(dialogue.held), .sent = std::move(dialogue.sent)};
}

void on_list_booted(ListDialogue& dialogue) { dialogue.reported.reset(); }

std::size_t most_list_entries(ListDialogue const& dialogue)
{
    auto const room = dialogue.ability
                          ? told(dialogue.ability->most_entries, untold_entries, most_entries)
                          : untold_entries;
    return std::min(room, dialogue.learnt_room.value_or(room));
}

bool is_in_step(ListDialogue const& dialogue)
{
    return dialogue.reported && dialogue.left_alone.empty() && dialogue.held && dialogue.wanted &&
           dialogue.held->entries == dialogue.wanted;
}

std::optional<ListQuestion> next_list_question(ListDialogue& dialogue, ListMark& mark)
{
    if (!dialogue.left_alone.empty()) return std::nullopt;
    if (!dialogue.ability) return AskListAbility{};
    if (!dialogue.wanted) return std::nullopt;
    if (!dialogue.reported) return AskListVersion{};
    if (dialogue.held && *dialogue.held->entries == *dialogue.wanted) {
        dialogue.held->entries = dialogue.wanted;
        dialogue.failures = 0;
        return std::nullopt;
    }
    auto piece = next_piece(dialogue, next_version(dialogue, mark));
    auto after = std::make_shared<LocalList const>(
        applied(piece.full ? LocalList{} : *dialogue.held->entries, piece.changes));
    mark = {.version = piece.version, .digest = digest_of(*after)};
    dialogue.sent = {.version = piece.version, .entries = std::move(after)};
    return piece;
}

void on_list_reply(ListDialogue& dialogue, ListQuestion const& question, ListReply const& reply,
    ListMark const& mark)
{
    if (auto const* trouble = std::get_if<ListTrouble>(&reply))
        return leave_alone(dialogue, trouble->why);
    if (auto const* ability = std::get_if<ListAbility>(&reply))
        return on_ability(dialogue, *ability);
    if (auto const* version = std::get_if<ListVersion>(&reply))
        return on_version(dialogue, version->version, mark);
    auto const* piece = std::get_if<SendList>(&question);
    if (piece && dialogue.sent) on_verdict(dialogue, *piece, std::get<ListVerdict>(reply));
}

}
