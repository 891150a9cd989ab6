// The stations' local authorisation lists: when one is looked at, and what is sent for it.
#include "server/engine/impl.hpp"

#include <algorithm>
#include <utility>

namespace engine {

namespace {

// Tokens and entries gone through between two batches of events, over all lists: some milliseconds,
// for which a limit may have to wait.
constexpr std::size_t work_per_round = 10'000;
constexpr Milliseconds between_rounds{1};

// To the expiry of a token, in naps: timers that are overtaken do not pile up.
constexpr Milliseconds longest_sleep{std::chrono::hours{1}};

}

void Engine::Impl::list_connected(Link& link)
{
    ListState& list = link.list;
    on_list_connected(list.dialogue);
    list.call.reset();
    list.stale = true;
    list.quiet_until = now.uptime + settings.local_list_pause;
    wake_for_list(link, list.quiet_until);
}

void Engine::Impl::list_booted(Link& link)
{
    on_list_booted(link.list.dialogue);
    link.list.quiet_until = now.uptime + settings.local_list_pause;
    wake_for_list(link, link.list.quiet_until);
}

void Engine::Impl::list_place_changed(Link& link)
{
    link.list.stale = true;
    lists_to_see_to.insert(link.station.identity);
}

// The first change sets the time, so that a flow of changes delays nothing for ever.
void Engine::Impl::tokens_changed()
{
    list_shelf.forget();
    if (lists_renewed_at || !settings.local_lists) return;
    lists_renewed_at = now.uptime + settings.local_list_delay;
    timers.push({.at = *lists_renewed_at, .whom = AllLists{}});
}

void Engine::Impl::see_to_lists()
{
    if (!settings.local_lists) return lists_to_see_to.clear();
    if (lists_renewed_at && *lists_renewed_at <= now.uptime) {
        lists_renewed_at.reset();
        for (auto& [identity, link] : links)
            if (link.epoch) list_place_changed(link);
    }
    if (lists_to_see_to.empty()) return;
    std::size_t work = 0;
    while (!lists_to_see_to.empty() && work < work_per_round) {
        auto const identity = std::move(lists_to_see_to.extract(lists_to_see_to.begin()).value());
        auto const link = links.find(identity);
        if (link != links.end()) work += 1 + see_to_list(link->second);
    }
    if (!lists_to_see_to.empty())
        timers.push({.at = now.uptime + between_rounds, .whom = AllLists{}});
}

// Takes the next step with a station that is free for it. Whatever makes it free later brings it
// back here. Returns how many tokens and entries were gone through.
std::size_t Engine::Impl::see_to_list(Link& link)
{
    ListState& list = link.list;
    ListDialogue& dialogue = list.dialogue;
    bool const reachable = link.epoch && accepted(link) && !link.awaits_boot;
    if (!reachable || list.call || link.outstanding || !link.queued.empty()) return 0;
    if (!dialogue.left_alone.empty()) return 0;
    auto const free_at = std::max(list.quiet_until, link.quiet_until);
    if (free_at > now.uptime) {
        wake_for_list(link, free_at);
        return 0;
    }
    // A message about the list follows its record.
    if (!store_writable) {
        wake_for_list(link, now.uptime + settings.local_list_delay);
        return 0;
    }
    bool const expired = list.changes_at && *list.changes_at <= now.utc;
    bool const anew = dialogue.ability && (list.stale || expired || !dialogue.wanted);
    std::size_t work = anew ? want_list(link) : 0;
    ListMark mark{.version = link.station.list_version, .digest = link.station.list_digest};
    if (auto question = next_list_question(dialogue, mark)) {
        if (dialogue.wanted) work += dialogue.wanted->size();
        link.station.list_version = mark.version;
        link.station.list_digest = mark.digest;
        ask_about_list(link, std::move(*question));
    }
    if (list.changes_at) {
        auto const left = *list.changes_at - now.utc;
        wake_for_list(link, now.uptime + std::clamp(left, between_rounds, longest_sleep));
    }
    return work;
}

void Engine::Impl::wake_for_list(Link& link, Milliseconds at)
{
    auto& wakes_at = link.list.wakes_at;
    bool const set = wakes_at && *wakes_at > now.uptime && *wakes_at <= at;
    if (set || !settings.local_lists) return;
    wakes_at = at;
    set_timer(at, link.station.identity);
}

std::size_t Engine::Impl::want_list(Link& link)
{
    ListPlace place;
    for (auto const& [evse, id] : link.outlets) {
        auto const& point = outlets.at(id).point;
        place.installation = point.installation;
        place.points.push_back(id);
        place.open_access = place.open_access || point.open_access;
    }
    auto const known = list_shelf.list_for(
        tokens, place, link.dialect->list_rules, most_list_entries(link.list.dialogue), now.utc);
    link.list.dialogue.wanted = known.entries;
    link.list.left_out = known.left_out;
    link.list.changes_at = known.changes_at;
    link.list.stale = false;
    return known.made ? tokens.size() : 0;
}

void Engine::Impl::ask_about_list(Link& link, ListQuestion question)
{
    bool const sends = std::holds_alternative<SendList>(question);
    if (sends) record(link.station);
    auto const outgoing = link.dialect->list_call(question);
    auto const deadline = now.uptime + settings.call_timeout;
    set_timer(deadline, link.station.identity);
    link.list.call = ListCall{.id = send_call(link, outgoing, sends),
        .action = outgoing.action,
        .question = std::move(question),
        .deadline = deadline};
}

void Engine::Impl::list_answered(Link& link, std::variant<ocpp::Payload, ocpp::Fault> const& what)
{
    auto const call = *std::exchange(link.list.call, std::nullopt);
    ListReply reply;
    if (auto const* fault = std::get_if<ocpp::Fault>(&what))
        reply = ListTrouble{.why = fault->path};
    else
        reply = link.dialect->list_reply(call.question, std::get<ocpp::Payload>(what));
    auto& dialogue = link.list.dialogue;
    on_list_reply(dialogue, call.question, reply,
        {.version = link.station.list_version, .digest = link.station.list_digest});
    bool const answered = !std::holds_alternative<ListAbility>(reply);
    if (!dialogue.left_alone.empty() && answered)
        dialogue.left_alone = call.action + ": " + dialogue.left_alone;
    lists_to_see_to.insert(link.station.identity);
}

bool Engine::Impl::waits_for_list(Link const& link) const
{
    return link.list.call && link.list.call->deadline > now.uptime;
}

LocalListView Engine::Impl::list_view(Link const& link) const
{
    ListState const& list = link.list;
    LocalListView view{.left_out = list.left_out};
    if (auto const& known = list.dialogue.held) {
        view.version = known->version;
        view.entries = known->entries->size();
    }
    view.in_step = settings.local_lists && link.epoch && !list.stale && is_in_step(list.dialogue);
    if (view.in_step) return view;
    if (!settings.local_lists)
        view.why = "local lists are switched off in the settings";
    else if (!accepted(link))
        view.why = "it stands on no charge point";
    else if (!link.epoch)
        view.why = "not connected";
    else if (!list.dialogue.left_alone.empty())
        view.why = list.dialogue.left_alone;
    else if (list.call && !waits_for_list(link))
        view.why = list.call->action + ": no answer";
    else
        view.why = "under way";
    return view;
}

}
