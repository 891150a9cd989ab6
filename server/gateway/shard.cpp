#include "server/gateway/shard.hpp"

#include "server/gateway/clock.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace gateway {

namespace {

// Connections live on the same thread: a long queue must not keep them from their sockets.
constexpr int mail_per_turn = 256;

// An engine that always wants to be woken at once must not take the whole thread.
constexpr engine::Milliseconds shortest_sleep{1};

// An engine that threw when time passed is asked again after this.
constexpr engine::Milliseconds pause_after_bug{1000};

}

Shard::Shard(std::int64_t number, asio::io_context& lane, ShardWorld& world, engine::Engine engine)
    : number_(number),
      world_(world),
      executor_(lane.get_executor()),
      engine_(std::move(engine)),
      timer_(executor_)
{
}

void Shard::post(Mail::Content content)
{
    if (!mailbox_.push(std::make_unique<Mail>(std::move(content)))) return;
    asio::post(executor_, [this] { turn(); });
}

void Shard::turn()
{
    auto const now = world_.clock();
    bool const more = feed_batch(now);
    std::optional<engine::Milliseconds> wanted = now.uptime + pause_after_bug;
    guard("on_time", {}, [&] { wanted = engine_.on_time(now); });
    guard("effects", {}, [&] { carry_out(engine_.take_effects(), now); });
    wake_at(wanted, now);
    if (more) asio::post(executor_, [this] { turn(); });
}

// True when mail is left for another turn.
bool Shard::feed_batch(engine::Now now)
{
    // What was taken earlier is older than what is in the mailbox now.
    if (taken_.empty()) taken_ = mailbox_.take();
    for (int fed = 0; fed < mail_per_turn; ++fed) {
        auto const mail = taken_.pop();
        if (!mail) return false;
        std::visit([&](auto& content) { feed(content, now); }, mail->content);
    }
    return true;
}

// Runs one event. What the engine throws is a bug; it must not end the server, nor pass unseen.
template <class Event>
void Shard::guard(std::string_view doing, std::string_view station, Event event)
{
    try {
        event();
    } catch (std::exception const& bug) {
        world_.bugs.fetch_add(1, std::memory_order_relaxed);
        world_.log.write(Severity::error, Channel::ocpp, "bug",
            {{"doing", doing}, {"station", station}, {"shard", number_}, {"what", bug.what()}});
    }
}

void Shard::feed(LinkConnected& mail, engine::Now now)
{
    auto& seat = seats_[mail.epoch];
    seat.link = std::move(mail.link);
    if (seat.forward) return;  // its station has moved on before we heard of it
    auto const& station = seat.link->identity();
    guard("on_connected", station.value,
        [&] { engine_.on_connected(station, mail.epoch, seat.link->version(), now); });
}

void Shard::feed(LinkFrame& mail, engine::Now now)
{
    auto const found = seats_.find(mail.epoch);
    if (found == seats_.end()) return;
    auto const& seat = found->second;
    if (auto const& onward = seat.forward) {
        auto& to = *world_.shards[static_cast<std::size_t>(onward->shard)];
        return to.post(LinkFrame{.epoch = onward->epoch, .text = std::move(mail.text)});
    }
    guard("on_frame", seat.link->identity().value,
        [&] { engine_.on_frame(seat.link->identity(), mail.epoch, mail.text, now); });
    seat.link->frame_done();
}

void Shard::feed(LinkDisconnected& mail, engine::Now now)
{
    auto const found = seats_.find(mail.epoch);
    if (found == seats_.end()) return;
    auto const seat = std::move(found->second);
    seats_.erase(found);
    if (auto const& onward = seat.forward) {
        auto& to = *world_.shards[static_cast<std::size_t>(onward->shard)];
        return to.post(LinkDisconnected{.epoch = onward->epoch});
    }
    guard("on_disconnected", seat.link->identity().value,
        [&] { engine_.on_disconnected(seat.link->identity(), mail.epoch, now); });
}

void Shard::feed(Committed& mail, engine::Now now)
{
    guard("on_committed", {}, [&] { engine_.on_committed(mail.ticket, now); });
}

void Shard::feed(StoreHealth& mail, engine::Now now)
{
    guard("on_store_health", {}, [&] { engine_.on_store_health(mail.writable, now); });
}

void Shard::feed(std::unique_ptr<Ask>& mail, engine::Now now)
{
    auto const request = engine::RequestId{++requests_};
    asked_.emplace(request, std::move(mail->answer));
    bool fed = false;
    guard("on_command", {}, [&] {
        engine_.on_command(request, mail->command, now);
        fed = true;
    });
    if (!fed)
        answer(
            request, engine::Refused{engine::RefusalKind::invalid, {}, "an error of the server"});
}

void Shard::feed(std::unique_ptr<Found>& mail, engine::Now now)
{
    guard("on_found", mail->station.value,
        [&] { engine_.on_found(mail->station, mail->number, mail->session, now); });
}

void Shard::feed(std::unique_ptr<MoveOut>& mail, engine::Now now) { hand_over(mail->station, now); }

// A station that this shard has handed on already, before it heard of its coming, stays away: only
// this thread gives away what it has, so the answer holds while it is acted on.
void Shard::feed(std::unique_ptr<MoveIn>& mail, engine::Now now)
{
    if (world_.directory.home(mail->station.identity) != number_) return;
    guard("on_moved_here", mail->station.identity.value,
        [&] { engine_.on_moved_here(mail->station, now); });
}

void Shard::carry_out(engine::Effects effects, engine::Now now)
{
    for (auto& frame : effects.frames)
        if (auto const found = seats_.find(frame.epoch);
            found != seats_.end() && found->second.link)
            found->second.link->send_text(std::move(frame.text));
    if (!effects.records.empty()) {
        world_.commits_under_way.fetch_add(1);
        world_.store.commit(std::move(effects.records), [this, ticket = effects.ticket] {
            post(Committed{ticket});
            world_.commits_under_way.fetch_sub(1);
        });
    }
    for (auto& close : effects.closes)
        if (auto const found = seats_.find(close.epoch);
            found != seats_.end() && found->second.link)
            found->second.link->close_with(CloseCode::policy, std::move(close.why));
    for (auto& done : effects.answers) answer(done.request, std::move(done.reply));
    if (world_.publish)
        for (auto const& view : effects.live) world_.publish(view);
    for (auto& one : effects.look_ups) look_up(std::move(one));
    for (auto const& one : effects.moves) move(one, now);
    // Moving feeds the engine, so it has effects again.
    if (!effects.moves.empty()) post(Nudge{});
}

void Shard::answer(engine::RequestId request, engine::Reply reply)
{
    auto const asked = asked_.extract(request);
    if (!asked.empty() && asked.mapped()) asked.mapped()(std::move(reply));
}

void Shard::look_up(engine::LookUpSession look_up)
{
    world_.store.read_sessions(std::move(look_up.query),
        [this, station = look_up.station, number = look_up.number](
            std::vector<storage::SessionSummary> const& found) {
            std::optional<storage::Session> session;
            if (!found.empty()) session = found.front().session;
            post(std::make_unique<Found>(Found{station, number, std::move(session)}));
        });
}

// An engine says where a station belongs from now on: the one that gets it when it is assigned, the
// one that had it when it is released.
void Shard::move(engine::MoveStation const& move, engine::Now now)
{
    auto const& station = move.station.identity;
    auto const has = world_.directory.want(station, move.shard);
    if (has == number_) return hand_over(move.station, now);
    // It was given to this engine and taken back before it came.
    if (move.shard != number_)
        guard("on_moved_away", station.value, [&] { engine_.on_moved_away(station, now); });
    if (has != move.shard)
        world_.shards[static_cast<std::size_t>(has)]->post(
            std::make_unique<MoveOut>(MoveOut{move.station}));
}

// Only the shard that has a station hands it over: what comes before goes to this engine, and what
// comes after to the other.
void Shard::hand_over(storage::Station const& station, engine::Now now)
{
    auto const& identity = station.identity;
    world_.directory.hand_over(
        identity, number_, [&](std::int64_t number, std::optional<Directory::Transfer> transfer) {
            guard("on_moved_away", identity.value, [&] { engine_.on_moved_away(identity, now); });
            auto& to = *world_.shards[static_cast<std::size_t>(number)];
            to.post(std::make_unique<MoveIn>(MoveIn{station}));
            world_.log.write(Severity::info, Channel::ocpp, "moved",
                {{"station", identity.value}, {"from", number_}, {"to", number}});
            if (!transfer) return;
            seats_[transfer->before].forward = Forward{.shard = number, .epoch = transfer->after};
            to.post(LinkConnected{.link = std::move(transfer->link), .epoch = transfer->after});
        });
}

void Shard::wake_at(std::optional<engine::Milliseconds> uptime, engine::Now now)
{
    if (uptime) uptime = std::max(*uptime, now.uptime + shortest_sleep);
    if (uptime == timer_set_for_) return;
    timer_set_for_ = uptime;
    if (!uptime) {
        timer_.cancel();
        return;
    }
    timer_.expires_at(at_uptime(*uptime));
    timer_.async_wait([this](boost::system::error_code cancelled) {
        if (cancelled) return;
        timer_set_for_.reset();
        turn();
    });
}

}
