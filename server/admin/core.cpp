#include "server/admin/core.hpp"

#include <utility>

namespace admin {

Core::Core(engine::Shards& shards_of_engine, storage::Store& store_of_users,
    std::vector<storage::User> known_users, Environment environment_of_main)
    : environment(std::move(environment_of_main)),
      store(store_of_users),
      routing(shards_of_engine),
      live([this](engine::WatchLive watch) {
          // Only the shard that has the installation acts; what the others say does not matter.
          routing.ask_all(watch, [](std::vector<engine::Reply> const&) {});
      }),
      users(std::move(known_users))
{
}

}
