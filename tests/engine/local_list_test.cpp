#include "server/engine/list_shelf.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>

using namespace engine;
using namespace std::chrono_literals;
using storage::TokenKind;
using storage::TokenVerdict;

namespace {

constexpr Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 6 / 1}};
constexpr storage::InstallationId home{1};
constexpr storage::ChargePointId left_point{11};
constexpr storage::ChargePointId right_point{12};
constexpr std::size_t plenty = 1000;

ListRules const rules_v16{.longest_token = 20, .longest_group = 20};
ListRules const rules_v201{
    .longest_token = 36, .longest_group = 36, .any_kind = TokenKind::iso14443};

storage::Token token_named(std::string value)
{
    storage::Token token;
    token.value = std::move(value);
    return token;
}

void put(TokenBook& book, storage::Token token) { book.emplace(folded(token.value), token); }

ListPlace one_point() { return {.installation = home, .points = {left_point}}; }

std::vector<std::string> names_of(LocalList const& list)
{
    std::vector<std::string> names;
    for (auto const& entry : list) names.push_back(entry.token);
    return names;
}

class RandomTokens {
public:
    explicit RandomTokens(unsigned seed) : random_(seed) {}

    int number(int least, int most)
    {
        return std::uniform_int_distribution<int>{least, most}(random_);
    }

    storage::Token token()
    {
        constexpr int values = 30;  // few, so that one value comes with several kinds
        auto token = token_named(
            (number(0, 1) == 0 ? "Tag" : "tAG") + std::to_string(number(1, values)));
        token.kind = static_cast<TokenKind>(number(0, 7));
        if (number(0, 3) == 0) token.status = storage::TokenStatus::blocked;
        if (number(0, 2) == 0) token.group = "G" + std::to_string(number(1, 3));
        if (number(0, 3) == 0) token.expires_at = now + std::chrono::hours{number(-5, 5)};
        if (number(0, 2) == 0) token.installations = {{number(1, 2)}};
        if (number(0, 2) == 0) token.charge_points = {{number(11, 13)}};
        return token;
    }

    // As PutToken keeps them: one per value and kind.
    TokenBook book()
    {
        std::map<std::pair<std::string, TokenKind>, storage::Token> tokens;
        for (int i = number(0, 60); i > 0; --i) {
            auto const made = token();
            tokens[{folded(made.value), made.kind}] = made;
        }
        TokenBook book;
        for (auto const& [key, made] : tokens) put(book, made);
        return book;
    }

    ListPlace place()
    {
        ListPlace place = one_point();
        if (number(0, 1) == 0) place.points.push_back(right_point);
        place.open_access = number(0, 5) == 0;
        return place;
    }

private:
    std::mt19937 random_;
};

}

TEST_SUITE_BEGIN("local lists");

TEST_CASE("a list has the tokens that may charge here, and what Authorize would answer")
{
    TokenBook book;
    auto somewhere_else = token_named("elsewhere");
    somewhere_else.installations = {{2}};
    auto blocked = token_named("blocked");
    blocked.status = storage::TokenStatus::blocked;
    auto expired = token_named("expired");
    expired.expires_at = now;
    auto grouped = token_named("grouped");
    grouped.group = "Family";
    grouped.expires_at = now + 1h;
    grouped.charge_points = {left_point};
    for (auto const& token : {somewhere_else, blocked, expired, grouped}) put(book, token);

    auto const wanted = list_for(book, one_point(), rules_v16, plenty, now);

    LocalList const expected{
        {.token = "blocked", .verdict = TokenVerdict::blocked},
        {.token = "expired", .verdict = TokenVerdict::expired, .expires_at = now},
        {.token = "grouped", .group = "Family", .expires_at = now + 1h},
    };
    CHECK(wanted.entries == expected);
    CHECK(wanted.changes_at == now + 1h);
    CHECK(list_for(book, one_point(), rules_v16, plenty, now + 1h).entries.back().verdict ==
          TokenVerdict::expired);
}

TEST_CASE("a charge point that is open to anyone is open to every token")
{
    TokenBook book;
    auto blocked = token_named("blocked");
    blocked.status = storage::TokenStatus::blocked;
    blocked.installations = {{2}};
    put(book, blocked);
    ListPlace place = one_point();
    place.open_access = true;
    auto const wanted = list_for(book, place, rules_v16, plenty, now);
    CHECK(wanted.entries == LocalList{{.token = "blocked"}});
}

TEST_CASE("with fewer places those stay who may charge, and of them the ones at home here")
{
    TokenBook book;
    auto guest = token_named("a-guest");
    auto resident = token_named("b-resident");
    resident.installations = {home};
    auto owner = token_named("c-owner");
    owner.charge_points = {left_point};
    auto blocked = token_named("d-blocked");
    blocked.status = storage::TokenStatus::blocked;
    blocked.charge_points = {left_point};
    auto expired = token_named("e-expired");
    expired.expires_at = now - 1h;
    for (auto const& token : {guest, resident, owner, blocked, expired}) put(book, token);
    using Names = std::vector<std::string>;
    std::vector<Names> const expected{{}, {"c-owner"}, {"b-resident", "c-owner"},
        {"a-guest", "b-resident", "c-owner"}, {"a-guest", "b-resident", "c-owner", "d-blocked"},
        {"a-guest", "b-resident", "c-owner", "d-blocked", "e-expired"}};
    for (std::size_t places = 0; places < expected.size(); ++places) {
        CAPTURE(places);
        auto const wanted = list_for(book, one_point(), rules_v16, places, now);
        CHECK(names_of(wanted.entries) == expected[places]);
        CHECK(wanted.left_out == 5 - places);
    }
}

TEST_CASE("1.6 has one entry per value and no long tokens; 2.0.1 has one per kind")
{
    TokenBook book;
    auto card = token_named("04AA");
    card.kind = TokenKind::iso15693;
    auto contract = token_named("04aa");
    contract.kind = TokenKind::emaid;
    contract.group = std::string(21, 'g');
    auto of_any_kind = token_named("04Aa");
    put(book, card);
    put(book, contract);
    put(book, of_any_kind);
    put(book, token_named(std::string(21, 'x')));

    auto const v16 = list_for(book, one_point(), rules_v16, plenty, now).entries;
    CHECK(v16 == LocalList{{.token = "04Aa"}});
    auto const v201 = list_for(book, one_point(), rules_v201, plenty, now).entries;
    LocalList const expected{
        {.token = "04aa", .kind = TokenKind::emaid, .group = contract.group},
        {.token = "04Aa", .kind = TokenKind::iso14443},
        {.token = "04AA", .kind = TokenKind::iso15693},
        {.token = std::string(21, 'x'), .kind = TokenKind::iso14443},
    };
    CHECK(v201 == expected);
}

TEST_CASE("the differences make the old list into the new one, whatever the tokens")
{
    for (unsigned seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        RandomTokens random(seed);
        auto const& rules = random.number(0, 1) == 0 ? rules_v16 : rules_v201;
        auto const place = random.place();
        auto const room = static_cast<std::size_t>(random.number(0, 40));
        auto const before = list_for(random.book(), place, rules, room, now).entries;
        auto const after = list_for(random.book(), place, rules, room, now + 1h).entries;
        REQUIRE(before.size() <= room);
        REQUIRE(after.size() <= room);
        auto const changes = differences(before, after);
        REQUIRE(applied(before, changes) == after);
        REQUIRE(differences(after, after).empty());
        REQUIRE((digest_of(before) == digest_of(after)) == (before == after));
        // One by one as a station takes them: never more entries than there is room for.
        auto list = before;
        for (auto const& change : changes) {
            list = applied(list, {change});
            REQUIRE(list.size() <= std::max(before.size(), after.size()));
        }
    }
}

TEST_CASE("an entry stands once in a list, whatever its case")
{
    for (unsigned seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        RandomTokens random(seed);
        auto const& rules = random.number(0, 1) == 0 ? rules_v16 : rules_v201;
        auto const list = list_for(random.book(), random.place(), rules, plenty, now).entries;
        std::map<std::pair<std::string, TokenKind>, int> seen;
        for (auto const& entry : list) REQUIRE(++seen[{folded(entry.token), entry.kind}] == 1);
    }
}

TEST_CASE("a shelved list is the one that would be made, and equal ones are one object")
{
    for (unsigned seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        RandomTokens random(seed);
        ListShelf shelf;
        auto book = random.book();
        for (int i = 0; i < 30; ++i) {
            if (random.number(0, 9) == 0) {
                book = random.book();
                shelf.forget();
            }
            auto const& rules = random.number(0, 1) == 0 ? rules_v16 : rules_v201;
            auto const place = random.place();
            auto const room = static_cast<std::size_t>(random.number(1, 3) * 10);
            auto const at = now + std::chrono::hours{i / 6};
            auto const made = list_for(book, place, rules, room, at);
            auto const shelved = shelf.list_for(book, place, rules, room, at);
            REQUIRE(*shelved.entries == made.entries);
            REQUIRE(shelved.left_out == made.left_out);
            auto const again = shelf.list_for(book, place, rules, room, at);
            REQUIRE_FALSE(again.made);
            REQUIRE(again.entries == shelved.entries);
        }
    }
}

TEST_SUITE_END();
