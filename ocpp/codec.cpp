#include "ocpp/codec.hpp"

#include "ocpp/checker.hpp"
#include "ocpp/layout.hpp"
#include "ocpp/reader.hpp"
#include "ocpp/writer.hpp"

namespace ocpp {

std::optional<Fault> read_message(
    Layout const& layout, void* message, Payload payload, Level level, std::vector<Fault>& remarks)
{
    Reader reader(payload.text, level, remarks);
    reader.message(layout, message);
    return std::move(reader.fault());
}

std::string write_message(Layout const& layout, void const* message)
{
    constexpr std::size_t usual_size = 1000;  // malloc is quick up to here
    std::string text;
    text.reserve(usual_size);
    append_object(text, layout, message);
    return text;
}

std::optional<Fault> check_message(Layout const& layout, void const* message)
{
    Checker checker;
    checker.object(layout, message, Path::root());
    return std::move(checker.fault());
}

}
