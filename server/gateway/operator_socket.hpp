// One operator's WebSocket at /admin.
#pragma once

#include "server/gateway/operator_door.hpp"

#include <string>

namespace gateway {

inline constexpr std::string_view operators_subprotocol = "kurs.admin.v1";

class OperatorSocket final : public WebSocket {
public:
    // `peer` is the remote address without a port.
    OperatorSocket(Stream stream, OperatorSeat seat, std::string peer);

private:
    void on_open() override;
    void on_text(std::string text) override;
    void on_closed(std::string_view why) override;

    OperatorSeat door_;
    std::string peer_;
    OperatorConversation conversation_;
};

}
