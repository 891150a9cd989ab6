#include "server/engine/list_dialogue.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace engine;
using storage::TokenVerdict;

namespace {

// A station with a local list, by the text of 1.6 5.15 and 2.0.1 D01. It checks what it is sent.
struct ListStation {
    std::int64_t most_entries = 50;
    std::int64_t most_per_message = 5;
    bool tells_its_room = true;
    bool knows_differences = true;

    std::int64_t version = 0;
    LocalList list{};
    int messages = 0;
    int refusals = 0;

    ListReply answer(ListQuestion const& question)
    {
        if (std::holds_alternative<AskListAbility>(question)) {
            ListAbility ability{.has = true};
            if (tells_its_room) ability.most_entries = most_entries;
            ability.most_per_message = most_per_message;
            return ability;
        }
        if (std::holds_alternative<AskListVersion>(question))
            return ListVersion{.version = list.empty() ? 0 : version};
        auto const reply = take(std::get<SendList>(question));
        if (reply.outcome != ListOutcome::accepted) ++refusals;
        return reply;
    }

    ListVerdict take(SendList const& piece)
    {
        ++messages;
        REQUIRE(piece.version > 0);
        REQUIRE(piece.changes.size() <= static_cast<std::size_t>(most_per_message));
        if (!piece.full && !knows_differences) return {.outcome = ListOutcome::failed, .why = "F"};
        if (!piece.full && piece.version <= version)
            return {.outcome = ListOutcome::version_mismatch, .why = "V"};
        auto const after = applied(piece.full ? LocalList{} : list, piece.changes);
        bool const fits = after.size() <= static_cast<std::size_t>(most_entries);
        if (tells_its_room) REQUIRE(fits);
        if (!fits) return {.outcome = ListOutcome::failed, .why = "F"};
        list = after;
        version = piece.version;
        return {.outcome = ListOutcome::accepted, .why = "Accepted"};
    }
};

SharedList list_of(int entries, int first = 0)
{
    LocalList list;
    for (int i = 0; i < entries; ++i) {
        auto const name = std::to_string(1000 + first + i);
        list.push_back({.token = name});
    }
    return std::make_shared<LocalList const>(std::move(list));
}

// What the engine does around a dialogue: it makes the wanted list anew, cut to the room.
struct Server {
    ListDialogue dialogue{};
    ListMark mark{};
    SharedList all = list_of(0);
    std::int64_t newest = 0;

    std::optional<ListQuestion> next()
    {
        if (dialogue.ability && !dialogue.wanted) {
            auto const room = std::min(all->size(), most_list_entries(dialogue));
            dialogue.wanted = std::make_shared<LocalList const>(
                all->begin(), all->begin() + static_cast<std::ptrdiff_t>(room));
        }
        auto question = next_list_question(dialogue, mark);
        if (auto const* piece = question ? std::get_if<SendList>(&*question) : nullptr) {
            REQUIRE(piece->version > newest);  // it only grows
            newest = piece->version;
        }
        return question;
    }

    void want(SharedList list)
    {
        all = std::move(list);
        dialogue.wanted.reset();
    }

    void talk(ListStation& station)
    {
        constexpr int most_messages = 100;
        for (int i = 0; i < most_messages; ++i) {
            auto const question = next();
            if (!question) return;
            on_list_reply(dialogue, *question, station.answer(*question), mark);
        }
        FAIL("no end of messages");
    }

    void restart() { dialogue = {}; }
};

}

TEST_SUITE_BEGIN("local list dialogue");

TEST_CASE("a list that is too long for one message comes in pieces")
{
    ListStation station;
    Server server;
    server.want(list_of(12));
    on_list_connected(server.dialogue);
    server.talk(station);
    CHECK(station.list == *server.all);
    CHECK(station.messages == 3);  // 5 + 5 + 2
    CHECK(is_in_step(server.dialogue));
}

TEST_CASE("a change goes as a difference, and nothing goes where nothing has changed")
{
    ListStation station;
    Server server;
    server.want(list_of(5));
    server.talk(station);
    server.talk(station);
    CHECK(station.messages == 1);
    server.want(list_of(6));
    auto const question = server.next();
    auto const& piece = std::get<SendList>(*question);
    CHECK_FALSE(piece.full);
    CHECK(piece.changes == std::vector<ListChange>{{.entry = {.token = "1005"}}});
}

TEST_CASE("after a restart of the server nothing is sent to a station that holds the right list")
{
    ListStation station;
    Server server;
    server.want(list_of(12));
    server.talk(station);
    int const before = station.messages;
    server.restart();
    server.talk(station);
    CHECK(station.messages == before);
    CHECK(is_in_step(server.dialogue));

    server.restart();
    server.want(list_of(4));
    auto const version = station.version;
    server.talk(station);
    CHECK(station.list == *server.all);
    CHECK(station.version > version);
}

TEST_CASE("a list whose answer was lost is found out by its version, taken or not")
{
    for (bool const taken : {false, true}) {
        for (bool const restarted : {false, true}) {
            CAPTURE(taken);
            CAPTURE(restarted);
            ListStation station;
            Server server;
            server.want(list_of(5));
            server.talk(station);
            server.want(list_of(6));
            auto const question = server.next();
            if (taken) station.answer(*question);
            if (restarted) server.restart();
            on_list_connected(server.dialogue);
            server.talk(station);
            CHECK(station.list == *server.all);
            // Nothing is said twice to the one that has taken it.
            int const first = 1;
            if (taken)
                CHECK(station.messages == first + 1);
            else
                CHECK(station.messages == first + (restarted ? 2 : 1));  // 6 in full: two pieces
        }
    }
}

TEST_CASE("a list in pieces goes on behind the piece whose answer was lost")
{
    ListStation station;
    Server server;
    server.want(list_of(12));
    for (int i = 0; i < 2; ++i) {  // what it has, and which version
        auto const question = server.next();
        on_list_reply(server.dialogue, *question, station.answer(*question), server.mark);
    }
    auto const first = server.next();
    station.answer(*first);
    on_list_connected(server.dialogue);
    server.talk(station);
    CHECK(station.list == *server.all);
    CHECK(station.messages == 3);  // 5 + 5 + 2, none of them again
}

TEST_CASE("a version that is not ours means a list in full, with a higher number")
{
    ListStation station;
    station.version = 70;  // another server's
    station.list = *list_of(3, 500);
    Server server;
    server.want(list_of(2));
    server.talk(station);
    CHECK(station.list == *server.all);
    CHECK(station.version == 71);
}

TEST_CASE("a version mismatch is answered with the whole list")
{
    ListStation station;
    Server server;
    server.want(list_of(4));
    server.talk(station);
    station.version = 70;  // behind our back
    station.list = *list_of(3, 500);
    server.want(list_of(5));
    server.talk(station);
    CHECK(station.refusals == 1);
    CHECK(station.list == *server.all);
}

TEST_CASE("a station without room that does not tell so gets what it has room for")
{
    ListStation station;
    station.tells_its_room = false;
    station.most_entries = 7;
    station.most_per_message = 5;
    Server server;
    server.want(list_of(20));
    server.talk(station);
    CHECK(server.dialogue.left_alone.empty());
    // 5 fit, 10 do not: it keeps the 5 that it is known to hold.
    CHECK(station.list == *list_of(5));
    CHECK(is_in_step(server.dialogue));
}

TEST_CASE("a station that fails with differences gets lists in full")
{
    ListStation station;
    station.knows_differences = false;
    Server server;
    server.want(list_of(4));
    server.talk(station);
    server.want(list_of(5));
    server.talk(station);
    CHECK(station.list == *server.all);
    CHECK(is_in_step(server.dialogue));
}

TEST_CASE("an empty list is sent where there was one, and not where there was none")
{
    ListStation station;
    Server server;
    server.talk(station);
    CHECK(station.messages == 0);
    server.want(list_of(3));
    server.talk(station);
    server.want(list_of(0));
    server.talk(station);
    CHECK(station.list.empty());
    CHECK(station.messages == 2);
    on_list_connected(server.dialogue);
    server.talk(station);
    CHECK(station.messages == 2);
}

TEST_CASE("a station that refuses everything is left alone after a few messages")
{
    using enum ListOutcome;
    for (auto const outcome : {failed, version_mismatch, not_supported}) {
        Server server;
        server.want(list_of(5));
        ListStation station;
        int messages = 0;
        while (auto const question = server.next()) {
            bool const sends = std::holds_alternative<SendList>(*question);
            REQUIRE(++messages < 20);
            on_list_reply(server.dialogue, *question,
                sends ? ListVerdict{.outcome = outcome, .why = "no"} : station.answer(*question),
                server.mark);
        }
        CHECK(server.dialogue.left_alone == "no");
    }
}

TEST_CASE("whatever is lost and whoever restarts, the station ends with the wanted list")
{
    for (unsigned seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        auto const draw = [&](int least, int most) {
            return std::uniform_int_distribution<int>{least, most}(random);
        };
        ListStation station;
        station.most_entries = draw(1, 40);
        station.most_per_message = draw(1, 8);
        Server server;
        for (int step = 0; step < 60; ++step) {
            switch (draw(0, 9)) {
            case 0: server.restart(); break;
            case 1: on_list_connected(server.dialogue); break;
            case 2: on_list_booted(server.dialogue); break;
            case 3: server.want(list_of(draw(0, 45), draw(0, 20))); break;
            case 4:
                station.list.clear();
                on_list_booted(server.dialogue);
                break;  // a factory reset
            default:
                if (auto const question = server.next()) {
                    int const fate = draw(0, 9);
                    if (fate == 0) {  // the question is lost, and with it the connection
                        on_list_connected(server.dialogue);
                        break;
                    }
                    auto const reply = station.answer(*question);
                    if (fate == 1)  // the answer is
                        on_list_connected(server.dialogue);
                    else
                        on_list_reply(server.dialogue, *question, reply, server.mark);
                }
            }
        }
        on_list_connected(server.dialogue);
        server.dialogue.wanted.reset();
        server.talk(station);
        auto const room = std::min(
            server.all->size(), static_cast<std::size_t>(station.most_entries));
        REQUIRE(is_in_step(server.dialogue));
        REQUIRE(station.list == LocalList(server.all->begin(),
                                    server.all->begin() + static_cast<std::ptrdiff_t>(room)));
    }
}

TEST_SUITE_END();
