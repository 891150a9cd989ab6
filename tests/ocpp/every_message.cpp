#include "every_message.hpp"

#include <algorithm>

namespace ocpp::test {

// messages_v16.cpp and its like
std::span<MessageCase const> v16_messages();
std::span<MessageCase const> v201_messages();
std::span<MessageCase const> v21_messages();

std::vector<MessageCase> every_message()
{
    std::vector<MessageCase> all;
    for (auto const& some : {v16_messages(), v201_messages(), v21_messages()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

std::optional<MessageCase> find_message(Version version, std::string_view action, bool is_response)
{
    for (auto const& some : {v16_messages(), v201_messages(), v21_messages()})
        for (auto const& message : some)
            if (message.version == version && message.action == action &&
                message.is_response == is_response)
                return message;
    return std::nullopt;
}

std::string name_of(MessageCase const& message)
{
    auto name = std::string(subprotocol_name(message.version)) + " ";
    name += message.action;
    name += message.is_response ? "Response" : "Request";
    return name;
}

}
