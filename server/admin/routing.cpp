#include "server/admin/routing.hpp"

#include <algorithm>
#include <cctype>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

namespace admin {
namespace {

int rank(engine::Reply const& reply)
{
    auto const* refused = std::get_if<engine::Refused>(&reply);
    if (refused == nullptr) return 2;
    return refused->kind == engine::RefusalKind::not_found ? 0 : 1;
}

// Tokens are compared without regard to case (storage/entities.hpp).
std::string folded(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

template <class Entity>
auto key_of(Entity const& entity)
{
    return entity.id;
}

auto key_of(storage::Token const& token) { return std::pair(folded(token.value), token.kind); }

// By identity; of the views of one station the one that says most comes first: it stands on a
// charge point, it is online, it was seen last.
auto key_of(engine::StationView const& view)
{
    return std::tuple(view.station.identity.value, view.charge_point ? 0 : 1,
        view.charge_point.value_or(storage::ChargePointId{}), view.online ? 0 : 1,
        -view.station.last_seen.time_since_epoch().count());
}

template <class Entity>
bool same_thing(Entity const& a, Entity const& b)
{
    return key_of(a) == key_of(b);
}

// A station with several outlets is listed once for each charge point that it stands on.
bool same_thing(engine::StationView const& a, engine::StationView const& b)
{
    return a.station.identity == b.station.identity &&
           (!b.charge_point || a.charge_point == b.charge_point);
}

// Calls `done` once with all replies, whichever thread brings the last one.
struct Collector {
    std::mutex mutex;
    std::size_t missing = 0;
    std::vector<engine::Reply> replies;  // of shard i at i
    std::function<void(std::vector<engine::Reply>)> done;

    void add(std::int64_t shard, engine::Reply reply)
    {
        std::vector<engine::Reply> all;
        {
            std::lock_guard const lock(mutex);
            replies[static_cast<std::size_t>(shard)] = std::move(reply);
            if (--missing != 0) return;
            all = std::move(replies);
        }
        done(std::move(all));
    }
};

// Calls `done` with the first success, or when there is none with the best refusal.
struct Race {
    std::mutex mutex;
    std::size_t missing = 0;
    std::vector<engine::Reply> refusals;
    Routing::Done done;

    void add(engine::Reply reply)
    {
        Routing::Done now;
        {
            std::lock_guard const lock(mutex);
            --missing;
            if (!done) return;  // answered already
            bool const success = !std::holds_alternative<engine::Refused>(reply);
            if (!success) {
                refusals.push_back(std::move(reply));
                if (missing != 0) return;
                reply = best_of(std::move(refusals));
            }
            now.swap(done);
        }
        now(std::move(reply));
    }
};

// Where a station is known, before it is assigned (again).
struct StationPlace {
    std::optional<storage::Station> known;
    // With another outlet it stands on `charge_point` already: all its outlets belong to one
    // installation, so only that installation's shard may add one.
    std::optional<std::int64_t> shard;
    storage::ChargePointId charge_point;
};

// Looks through the stations of all shards; refuses when the outlet is taken.
std::variant<StationPlace, engine::Refused> find_station(
    engine::AssignStation const& command, std::vector<engine::Reply> const& lists)
{
    StationPlace place;
    for (std::size_t shard = 0; shard < lists.size(); ++shard) {
        auto const* views = std::get_if<std::vector<engine::StationView>>(&lists[shard]);
        if (views == nullptr) return std::get<engine::Refused>(lists[shard]);
        for (auto const& view : *views) {
            if (view.station.identity != command.station) continue;
            if (view.charge_point && view.evse == command.evse) {
                return engine::Refused{engine::RefusalKind::conflict, "station",
                    "it stands on charge point " + std::to_string(view.charge_point->value) +
                        ": release it there first"};
            }
            if (view.charge_point) {
                place = {view.station, static_cast<std::int64_t>(shard), *view.charge_point};
            } else if (!place.shard) {
                place.known = view.station;
            }
        }
    }
    return place;
}

// The shard of a station's other outlet does not have the charge point that was asked for.
engine::Reply or_conflict(engine::Reply reply, storage::ChargePointId other)
{
    auto const* refused = std::get_if<engine::Refused>(&reply);
    if (refused == nullptr || refused->kind != engine::RefusalKind::not_found) return reply;
    return engine::Refused{engine::RefusalKind::conflict, "charge_point",
        "another outlet of the station stands on charge point " + std::to_string(other.value) +
            ": this one must be of the same installation"};
}

}

engine::Reply best_of(std::vector<engine::Reply> replies)
{
    auto const best = std::max_element(replies.begin(), replies.end(),
        [](auto const& a, auto const& b) { return rank(a) < rank(b); });
    return std::move(*best);
}

template <class List>
engine::Reply merged(std::vector<engine::Reply> replies)
{
    List all;
    bool any = false;
    for (auto& reply : replies) {
        auto* list = std::get_if<List>(&reply);
        if (list == nullptr) continue;
        any = true;
        all.insert(all.end(), std::make_move_iterator(list->begin()),
            std::make_move_iterator(list->end()));
    }
    if (!any) return best_of(std::move(replies));
    std::stable_sort(
        all.begin(), all.end(), [](auto const& a, auto const& b) { return key_of(a) < key_of(b); });
    auto const same = [](auto const& a, auto const& b) { return same_thing(a, b); };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
    return all;
}

template engine::Reply merged<std::vector<storage::Installation>>(std::vector<engine::Reply>);
template engine::Reply merged<std::vector<storage::Circuit>>(std::vector<engine::Reply>);
template engine::Reply merged<std::vector<storage::ChargePoint>>(std::vector<engine::Reply>);
template engine::Reply merged<std::vector<engine::StationView>>(std::vector<engine::Reply>);
template engine::Reply merged<std::vector<storage::Token>>(std::vector<engine::Reply>);

void Routing::ask_next(engine::Command command, Done done)
{
    auto const count = static_cast<std::uint64_t>(shards_.count());
    auto const shard = static_cast<std::int64_t>(turn_.fetch_add(1) % count);
    shards_.ask(shard, std::move(command), std::move(done));
}

void Routing::ask_owner(engine::Command const& command, Done done)
{
    auto race = std::make_shared<Race>();
    race->missing = static_cast<std::size_t>(shards_.count());
    race->done = std::move(done);
    for (std::int64_t shard = 0; shard < shards_.count(); ++shard) {
        shards_.ask(shard, command, [race](engine::Reply reply) { race->add(std::move(reply)); });
    }
}

void Routing::ask_all(
    engine::Command const& command, std::function<void(std::vector<engine::Reply>)> done)
{
    auto collector = std::make_shared<Collector>();
    collector->missing = static_cast<std::size_t>(shards_.count());
    collector->replies.resize(collector->missing);
    collector->done = std::move(done);
    for (std::int64_t shard = 0; shard < shards_.count(); ++shard) {
        shards_.ask(shard, command,
            [collector, shard](engine::Reply reply) { collector->add(shard, std::move(reply)); });
    }
}

void Routing::assign(engine::AssignStation command, Done done)
{
    Assignment assignment{std::move(command), std::move(done)};
    {
        std::lock_guard const lock(assignments_mutex_);
        assignments_.push_back(assignment);
        if (assignments_.size() > 1) return;  // the one before begins it
    }
    begin_assignment(std::move(assignment));
}

void Routing::begin_assignment(Assignment assignment)
{
    ask_all(engine::ListStations{}, [this, assignment = std::move(assignment)](
                                        std::vector<engine::Reply> const& lists) {
        auto finish = [this, done = assignment.done](engine::Reply reply) {
            done(std::move(reply));
            end_assignment();
        };
        auto found = find_station(assignment.command, lists);
        if (auto* refused = std::get_if<engine::Refused>(&found)) {
            finish(std::move(*refused));
            return;
        }
        auto command = assignment.command;
        auto& place = std::get<StationPlace>(found);
        command.known = std::move(place.known);
        if (!place.shard) {
            ask_owner(command, std::move(finish));
            return;
        }
        shards_.ask(*place.shard, command, [finish, at = place.charge_point](engine::Reply reply) {
            finish(or_conflict(std::move(reply), at));
        });
    });
}

void Routing::end_assignment()
{
    Assignment next;
    {
        std::lock_guard const lock(assignments_mutex_);
        assignments_.pop_front();
        if (assignments_.empty()) return;
        next = assignments_.front();
    }
    begin_assignment(std::move(next));
}

}
