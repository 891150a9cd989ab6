// Ids as types: a circuit's id cannot be passed where a charge point's is asked for.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace storage {

template <class Tag>
struct Id {
    std::int64_t value{};
    friend constexpr auto operator<=>(Id, Id) = default;
};

using InstallationId = Id<struct InstallationTag>;
using CircuitId = Id<struct CircuitTag>;
using ChargePointId = Id<struct ChargePointTag>;
using SessionId = Id<struct SessionTag>;
using UnbookedId = Id<struct UnbookedTag>;
using UserId = Id<struct UserTag>;

// The OCPP identity of a station: the last part of its connection URL, decoded.
struct StationIdentity {
    std::string value;
    friend auto operator<=>(StationIdentity const&, StationIdentity const&) = default;
};

// One outlet of a station: 1.6 calls it connector, 2.x EVSE. Counted from 1.
struct EvseNumber {
    std::int32_t value{};
    friend constexpr auto operator<=>(EvseNumber, EvseNumber) = default;
};

}

template <class Tag>
struct std::hash<storage::Id<Tag>> {
    std::size_t operator()(storage::Id<Tag> id) const noexcept
    {
        return std::hash<std::int64_t>{}(id.value);
    }
};

template <>
struct std::hash<storage::StationIdentity> {
    std::size_t operator()(storage::StationIdentity const& id) const noexcept
    {
        return std::hash<std::string>{}(id.value);
    }
};
