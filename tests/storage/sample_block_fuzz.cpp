// Property: any bytes are refused as a block, or they say samples that a block can be made of and
// that come back from it. The same for graphs, and for the values beside the common ones.
#include "storage/samples/channel_values.hpp"
#include "storage/samples/graph.hpp"
#include "storage/samples/sample_block.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::span const bytes(data, size);
    storage::SessionId const session{1};
    auto const samples = storage::decode_block(session, bytes);
    if (samples && storage::decode_block(session, storage::encode_block(*samples)) != samples) {
        std::abort();
    }
    auto const common = storage::decode_block(session, bytes, storage::Detail::common);
    if (samples && (!common || common->size() != samples->size())) std::abort();

    auto const buckets = storage::buckets_from_bytes(bytes);
    if (buckets && storage::buckets_from_bytes(storage::buckets_to_bytes(*buckets)) != buckets) {
        std::abort();
    }

    auto const values = storage::values_from_bytes(bytes);
    if (values && storage::values_from_bytes(storage::values_to_bytes(*values)) != values) {
        std::abort();
    }
    return 0;
}
