// What goes through a shard's mailbox: plain data, and where an answer goes to.
#pragma once

#include "server/engine/effects.hpp"
#include "server/gateway/mailbox.hpp"
#include "server/gateway/station_link.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace gateway {

struct LinkConnected {
    std::shared_ptr<StationLink> link;
    engine::Epoch epoch;
};
struct LinkFrame {
    engine::Epoch epoch;
    std::string text;
};
struct LinkDisconnected {
    engine::Epoch epoch;
};
struct Committed {
    engine::Ticket ticket;
};
// What the store answered to an engine's question.
struct Found {
    storage::StationIdentity station;
    std::uint64_t number;
    std::optional<storage::Session> session;
};
struct StoreHealth {
    bool writable;
};
struct Ask {
    engine::Command command;
    std::function<void(engine::Reply)> answer;
};
// To the shard that has the station: give it to the one that is wanted.
struct MoveOut {
    storage::Station station;
};
// To the shard that gets it.
struct MoveIn {
    storage::Station station;
};
// Nothing but a turn of the shard.
struct Nudge {};

struct Mail : MailNode<Mail> {
    // The large and rare ones are boxed, so that a frame's mail is small.
    using Content = std::variant<LinkConnected, LinkFrame, LinkDisconnected, Committed, StoreHealth,
        std::unique_ptr<Ask>, std::unique_ptr<Found>, std::unique_ptr<MoveOut>,
        std::unique_ptr<MoveIn>, Nudge>;

    explicit Mail(Content c) : content(std::move(c)) {}

    Content content;
};

}
