// What is known of an action at compile time: its name on the wire, who may call it, which response
// belongs to which request. the actions.hpp of each version fills it in.
#pragma once

#include "ocpp/version.hpp"

#include <array>
#include <string_view>

namespace ocpp {

// Who sends the CALL. DataTransfer, for one, goes both ways.
enum class Direction { from_station, to_station, both };

struct ActionInfo {
    std::string_view name;
    Direction direction;
};

// ActionOf<v16::HeartbeatRequest>::name is "Heartbeat", ::Response is v16::HeartbeatResponse.
template <class Request>
struct ActionOf;

// The version that a request or response belongs to.
template <class Message>
struct VersionOf;

}

// A message that nobody answers (2.1's SEND).
#define OCPP_DESCRIBE_SEND(NAMESPACE, NAME, DIRECTION)                                             \
    template <>                                                                                    \
    struct ActionOf<NAMESPACE::NAME##Request> {                                                    \
        static constexpr std::string_view name = #NAME;                                            \
        static constexpr Direction direction = Direction::DIRECTION;                               \
        static constexpr Version version = Version::NAMESPACE;                                     \
    };                                                                                             \
    template <>                                                                                    \
    struct VersionOf<NAMESPACE::NAME##Request> {                                                   \
        static constexpr Version value = Version::NAMESPACE;                                       \
    };

#define OCPP_DESCRIBE_ACTION(NAMESPACE, NAME, DIRECTION)                                           \
    template <>                                                                                    \
    struct ActionOf<NAMESPACE::NAME##Request> {                                                    \
        static constexpr std::string_view name = #NAME;                                            \
        static constexpr Direction direction = Direction::DIRECTION;                               \
        static constexpr Version version = Version::NAMESPACE;                                     \
        using Response = NAMESPACE::NAME##Response;                                                \
    };                                                                                             \
    template <>                                                                                    \
    struct VersionOf<NAMESPACE::NAME##Request> {                                                   \
        static constexpr Version value = Version::NAMESPACE;                                       \
    };                                                                                             \
    template <>                                                                                    \
    struct VersionOf<NAMESPACE::NAME##Response> {                                                  \
        static constexpr Version value = Version::NAMESPACE;                                       \
    };
