// Any text gives some frame, without a throw; what a frame was read as, it can be written as.
#include "ocpp/frame.hpp"
#include "require.hpp"

namespace {

using namespace ocpp;

void check(Call const& call, Version version)
{
    auto const text = call_text(call.id, call.action, "{}");
    auto const again = parse_frame(text, version);
    auto const* same = std::get_if<Call>(&again);
    fuzz::require(same != nullptr && same->id == call.id && same->action == call.action,
        "a CALL that was read can be written and read again");
}

void check(CallResult const& result, Version version)
{
    auto const text = result_text(result.id, "{}");
    auto const again = parse_frame(text, version);
    auto const* same = std::get_if<CallResult>(&again);
    fuzz::require(same != nullptr && same->id == result.id,
        "a CALLRESULT that was read can be written and read again");
}

void check(CallResultError const& error, Version)
{
    fuzz::require(!error.id.empty(), "a CALLRESULTERROR belongs to a CALLRESULT");
}

void check(Send const& send, Version version)
{
    auto const again = parse_frame(send_text(send.id, send.action, "{}"), version);
    auto const* same = std::get_if<Send>(&again);
    fuzz::require(same != nullptr && same->id == send.id && same->action == send.action,
        "a SEND that was read can be written and read again");
}

void check(CallError const& error, Version)
{
    fuzz::require(!error.id.empty(), "a CALLERROR belongs to a CALL");
}

void check(BadFrame const& bad, Version version)
{
    fuzz::require(!bad.fault.rule.empty(), "a bad frame is explained");
    if (bad.answer_id.empty()) return;
    auto const answer = parse_frame(error_text(bad.answer_id, bad.fault, version), version);
    auto const* error = std::get_if<CallError>(&answer);
    fuzz::require(error != nullptr && error->id == bad.answer_id,
        "the answer to a bad frame is a CALLERROR with its id");
}

}

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size)
{
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    for (auto const version : {Version::v16, Version::v201, Version::v21}) {
        auto const frame = parse_frame(text, version);
        std::visit([version](auto const& kind) { check(kind, version); }, frame);
    }
    return 0;
}
