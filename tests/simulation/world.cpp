#include "tests/simulation/world.hpp"

#include <algorithm>
#include <utility>

namespace world {

namespace {

// A winter evening: rates and days do not matter here, only that time is fixed.
constexpr Instant first_instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 15}};

constexpr char const* card = "04A1B2C3";

}

World::World(Config config)
    : config_(std::move(config)), random_(config_.seed), now_(first_instant), born_(first_instant)
{
    engine_ = std::make_unique<engine::Engine>(config_.settings, store_.load(), server_now());
    ++life_;
    build_plant();
    config_.driver.token = card;
    config_.driver.grid = config_.grid;
    config_.station.grid = config_.grid;
    for (int i = 0; i < config_.stations; ++i) {
        auto settings = config_.station;
        settings.identity = "SIM-" + std::to_string(i + 1);
        settings.serial = settings.identity;
        settings.version = i % 2 == 0 ? ocpp::Version::v16 : ocpp::Version::v201;
        settings.seed = random_.next();
        auto& post = posts_[static_cast<std::size_t>(i)];
        post.station = std::make_unique<sim::Station>(settings, now_);
        if (config_.drivers) post.drivers.emplace(config_.driver, random_.next(), now_);
        auto const index = static_cast<std::size_t>(i);
        at(now_, [this, index] { attend(index); });
        trouble_links(index);
        trouble_reboots(index);
    }
    trouble_server();
}

void World::at(Instant when, std::function<void()> act)
{
    events_.push({.at = when, .order = ++order_, .act = std::move(act)});
}

engine::Now World::server_now() const { return {.utc = now_, .uptime = now_ - born_ + 1h}; }

engine::Reply World::ask(engine::Command const& command)
{
    reply_.reset();
    engine_->on_command(engine::RequestId{++requests_}, command, server_now());
    do serve();
    while (store_.step());
    serve();
    return *reply_;
}

void World::build_plant()
{
    engine::CreateInstallation installation;
    installation.name = "Supply";
    installation.grid = config_.grid == sim::Grid::it ? storage::GridType::it_230
                                                      : storage::GridType::tn_400;
    installation.limit_ma = config_.supply_a * 1000;
    installation.time_zone = "Europe/Oslo";
    installation_ = std::get<storage::Installation>(ask(installation)).id;
    std::vector<storage::CircuitId> circuits;
    for (int c = 0; c < config_.circuits; ++c) {
        engine::CreateCircuit circuit;
        circuit.installation = installation_;
        circuit.label = "Circuit " + std::to_string(c + 1);
        circuit.rating_ma = config_.circuit_a * 1000;
        circuits.push_back(std::get<storage::Circuit>(ask(circuit)).id);
    }
    storage::Token token;
    token.value = card;
    ask(engine::PutToken{token});
    constexpr std::array<std::array<std::uint8_t, 3>, 3> turns{{{1, 2, 3}, {2, 3, 1}, {3, 1, 2}}};
    for (int i = 0; i < config_.stations; ++i) {
        Post post;
        post.circuit = i % config_.circuits;
        post.rotation = config_.wiring;
        if (config_.rotated)
            post.rotation = turns[static_cast<std::size_t>(i / config_.circuits) % 3];
        engine::CreateChargePoint point;
        point.circuit = circuits[static_cast<std::size_t>(post.circuit)];
        point.name = "P-" + std::to_string(i + 1);
        point.rotation = post.rotation;
        point.fallback_ma = config_.fallback_a * 1000;
        point.active = true;
        engine::AssignStation assign;
        assign.charge_point = std::get<storage::ChargePoint>(ask(point)).id;
        assign.station = {"SIM-" + std::to_string(i + 1)};
        ask(assign);
        posts_.push_back(std::move(post));
    }
}

void World::run(Milliseconds time)
{
    auto const end = now_ + time;
    while (!events_.empty() && events_.top().at <= end) {
        auto const event = events_.top();
        events_.pop();
        now_ = event.at;
        event.act();
    }
    now_ = end;
}

// Hands what the server wants done to the network, the store and the clock.
void World::serve()
{
    if (!engine_) return;
    auto const wake = engine_->on_time(server_now());
    auto effects = engine_->take_effects();
    for (auto& answer : effects.answers) reply_ = std::move(answer.reply);
    for (auto& frame : effects.frames) {
        auto const link = static_cast<std::uint64_t>(frame.epoch);
        for (std::size_t i = 0; i < posts_.size(); ++i) {
            if (posts_[i].link != link) continue;
            witness_.to_station(
                frame.station.value, posts_[i].station->config().version, frame.text);
            if (frame.text.find("\"SetChargingProfile\"") != std::string::npos)
                ++report_.limits_sent;
            at(delivery(posts_[i].down_free), [this, i, link, text = std::move(frame.text)] {
                if (posts_[i].link != link) return;
                note(text);
                posts_[i].station->on_text(text, now_);
                attend(i);
            });
            break;
        }
    }
    if (!effects.records.empty()) {
        store_.commit(std::move(effects.records),
            [this, ticket = effects.ticket] { engine_->on_committed(ticket, server_now()); });
        auto const delay = Milliseconds{random_.between(1, config_.commit_max.count())};
        at(now_ + delay, [this, life = life_] {
            if (life != life_ || !engine_) return;
            store_.step();
            serve();
        });
    }
    for (auto const& look_up : effects.look_ups)
        at(now_ + 1ms, [this, look_up, life = life_] {
            if (life != life_ || !engine_) return;
            store_.read_sessions(look_up.query, [&](auto const& found) {
                engine_->on_found(look_up.station, look_up.number,
                    found.empty() ? std::nullopt : std::optional(found.front().session),
                    server_now());
            });
            serve();
        });
    if (!wake) return;
    auto const when = std::max(born_ + (*wake - 1h), now_ + 1ms);
    if (server_wake_ && *server_wake_ > now_ && *server_wake_ <= when) return;
    server_wake_ = when;
    at(when, [this, life = life_] {
        if (life == life_) serve();
    });
}

void World::attend(std::size_t index)
{
    auto& post = posts_[index];
    auto const request = post.station->take_link_request();
    if (request == sim::LinkRequest::open)
        at(now_ + latency(), [this, index] { open_link(index); });
    if (request == sim::LinkRequest::close) close_link(index);
    for (auto& text : post.station->take_texts()) {
        if (post.link == 0) continue;
        at(delivery(post.up_free), [this, index, link = post.link, text = std::move(text)] {
            auto const& sender = posts_[index];
            if (!engine_ || sender.link != link) return;
            note(text);
            auto const& config = sender.station->config();
            witness_.from_station(config.identity, config.version, text);
            engine_->on_frame(
                {sender.station->config().identity}, engine::Epoch{link}, text, server_now());
            serve();
        });
    }
    auto next = post.station->next_wake();
    if (post.drivers && (!next || post.drivers->next_wake() < *next))
        next = post.drivers->next_wake();
    watch_fuses(index);
    watch_turn(index);
    if (!next) return;
    auto const when = std::max(*next, now_ + (*next <= now_ ? 1ms : 0ms));
    if (post.wake && *post.wake > now_ && *post.wake <= when) return;
    post.wake = when;
    at(when, [this, index] {
        auto& p = posts_[index];
        p.station->on_time(now_);
        if (p.drivers && p.drivers->next_wake() <= now_) p.drivers->on_time(*p.station, now_);
        attend(index);
    });
}

void World::open_link(std::size_t index)
{
    auto& post = posts_[index];
    if (!post.reachable || !engine_) {
        post.station->on_close(now_);
        return attend(index);
    }
    post.link = ++links_;
    engine_->on_connected({post.station->config().identity}, engine::Epoch{post.link},
        post.station->config().version, server_now());
    post.station->on_open(now_);
    serve();
    attend(index);
}

void World::close_link(std::size_t index)
{
    auto& post = posts_[index];
    auto const link = std::exchange(post.link, 0);
    if (link == 0) return;
    post.station->on_close(now_);
    if (engine_)
        engine_->on_disconnected(
            {post.station->config().identity}, engine::Epoch{link}, server_now());
    serve();
    attend(index);
}

void World::stop_server()
{
    engine_.reset();
    store_.crash();
    ++life_;
    ++report_.crashes;
    for (std::size_t i = 0; i < posts_.size(); ++i) close_link(i);
}

void World::start_server()
{
    server_wake_.reset();
    engine_ = std::make_unique<engine::Engine>(config_.settings, store_.load(), server_now());
    serve();
}

void World::kill_server(Milliseconds downtime)
{
    if (!engine_) return;
    stop_server();
    at(now_ + downtime, [this] { start_server(); });
}

void World::cut_link(int index, Milliseconds time)
{
    auto const i = static_cast<std::size_t>(index);
    posts_[i].reachable = false;
    ++report_.link_losses;
    close_link(i);
    at(now_ + time, [this, i] { posts_[i].reachable = true; });
}

void World::trouble_links(std::size_t index)
{
    if (!config_.link_loss_every) return;
    at(now_ + about(*config_.link_loss_every), [this, index] {
        if (!troubles_) return;
        auto const time = Milliseconds{random_.between(1'000, config_.link_loss_max.count())};
        cut_link(static_cast<int>(index), time);
        at(now_ + time, [this, index] { trouble_links(index); });
    });
}

void World::trouble_server()
{
    if (!config_.server_crash_every) return;
    at(now_ + about(*config_.server_crash_every), [this] {
        if (!troubles_) return;
        kill_server(Milliseconds{random_.between(1'000, config_.server_down_max.count())});
        trouble_server();
    });
}

void World::trouble_reboots(std::size_t index)
{
    if (!config_.reboot_every) return;
    at(now_ + about(*config_.reboot_every), [this, index] {
        if (!troubles_) return;
        posts_[index].station->reboot(now_);
        attend(index);
        trouble_reboots(index);
    });
}

void World::come_to_rest()
{
    troubles_ = false;
    for (std::size_t i = 0; i < posts_.size(); ++i) {
        posts_[i].reachable = true;
        posts_[i].drivers.reset();
        if (posts_[i].station->plugged()) unplug(static_cast<int>(i));
        attend(i);
    }
    run(1h);
}

void World::plug_in(int index, sim::CarConfig const& car)
{
    auto const i = static_cast<std::size_t>(index);
    posts_[i].station->plug_in(sim::Car(car), card, now_);
    attend(i);
}

void World::unplug(int index)
{
    auto const i = static_cast<std::size_t>(index);
    posts_[i].station->unplug(now_);
    attend(i);
}

void World::change_car_max(int index, std::int64_t max_ma)
{
    auto const i = static_cast<std::size_t>(index);
    posts_[i].station->change_car_max(max_ma, now_);
    attend(i);
}

std::array<std::int64_t, 3> World::circuit_current_ma(int circuit) const
{
    sim::LineSum sum(config_.grid);
    for (auto const& post : posts_)
        if (post.station && post.circuit == circuit) sum.add(post.wired());
    return sum.line_ma();
}

void World::check_fuse(std::string const& node, sim::LineSum const& sum, std::int64_t limit_a)
{
    auto const line_ma = sum.line_ma();
    for (std::size_t line = 0; line < line_ma.size(); ++line)
        if (line_ma[line] > limit_a * 1000)
            report_.overloads.push_back({.at = now_,
                .node = node,
                .line = static_cast<int>(line) + 1,
                .current_ma = line_ma[line],
                .limit_ma = limit_a * 1000});
}

// What fuses carry changes only when some station's current does, and then that station is
// attended.
void World::watch_fuses(std::size_t index)
{
    auto const drawn = posts_[index].station->draw();
    if (drawn == posts_[index].drawn) return;
    posts_[index].drawn = drawn;
    sim::LineSum supply(config_.grid);
    std::vector<sim::LineSum> circuits(
        static_cast<std::size_t>(config_.circuits), sim::LineSum(config_.grid));
    for (auto const& post : posts_) {
        if (!post.station) continue;
        supply.add(post.wired());
        circuits[static_cast<std::size_t>(post.circuit)].add(post.wired());
    }
    check_fuse("Supply", supply, config_.supply_a);
    for (std::size_t c = 0; c < circuits.size(); ++c)
        check_fuse("Circuit " + std::to_string(c + 1), circuits[c], config_.circuit_a);
}

void World::watch_turn(std::size_t index)
{
    auto& post = posts_[index];
    bool const plugged = post.station->plugged();
    bool const offered = plugged && post.station->offered_ma() > 0;
    if (offered == post.offered_since.has_value()) return;
    if (offered)
        post.offered_since = now_;
    else
        report_.turns.push_back({.station = static_cast<int>(index),
            .from = *std::exchange(post.offered_since, std::nullopt),
            .until = now_,
            .car_left = !plugged});
}

// FNV-1a over time and text.
void World::note(std::string_view text)
{
    constexpr std::uint64_t prime = 0x100000001b3;
    ++report_.frames;
    auto const mix = [&](std::uint64_t byte) { report_.trace = (report_.trace ^ byte) * prime; };
    mix(static_cast<std::uint64_t>(now_.time_since_epoch().count()));
    for (char const c : text) mix(static_cast<unsigned char>(c));
}

Milliseconds World::about(Milliseconds mean)
{
    return Milliseconds{random_.between(mean.count() / 4, mean.count() * 7 / 4)};
}

Milliseconds World::latency()
{
    return Milliseconds{random_.between(config_.latency_min.count(), config_.latency_max.count())};
}

Instant World::delivery(Instant& free)
{
    free = std::max(free, now_ + latency());
    return free;
}

std::int64_t World::drawn_wh() const
{
    std::int64_t sum = 0;
    for (auto const& post : posts_) sum += post.station->register_wh();
    return sum;
}

std::vector<storage::SessionSummary> World::sessions()
{
    std::vector<storage::SessionSummary> found;
    storage::SessionQuery query;
    query.limit = 100'000;
    store_.read_sessions(query, [&](auto sessions) { found = std::move(sessions); });
    return found;
}

void World::choose_policy(storage::SharingPolicy policy)
{
    ask(engine::SetInstallationPolicy{.installation = installation_, .policy = policy});
}

engine::LiveView World::live()
{
    return std::get<engine::LiveView>(ask(engine::GetLive{installation_}));
}

}
