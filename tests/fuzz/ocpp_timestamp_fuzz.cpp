// What is read as a time is written as text that is read as the same time.
#include "ocpp/timestamp.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size)
{
    auto const parsed = ocpp::parse_timestamp({reinterpret_cast<char const*>(data), size});
    if (!parsed) return 0;
    auto const again = ocpp::parse_timestamp(ocpp::to_string(parsed->time));
    fuzz::require(again && again->time == parsed->time && !again->zone_missing,
        "a time that was read can be written and read again");
    return 0;
}
