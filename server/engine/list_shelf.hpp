// Where stations with the same local list find it, so that it is in memory once.
#pragma once

#include "server/engine/list_dialogue.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>

namespace engine {

class ListShelf {
public:
    SharedList shared(LocalList list);

private:
    std::map<std::int64_t, std::weak_ptr<LocalList const>> by_digest_;
    std::size_t kept_ = 0;  // that were in use when it was last tidied
};

}
