// The users in memory, as the store has them. Thread-safe.
#pragma once

#include "storage/entities.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace admin {

class Users {
public:
    explicit Users(std::vector<storage::User> users)
    {
        for (auto& user : users) put(std::move(user));
    }

    std::optional<storage::User> find(std::string const& name) const
    {
        std::lock_guard const lock(mutex_);
        auto const found = users_.find(name);
        if (found == users_.end()) return std::nullopt;
        return found->second;
    }

    void put(storage::User user)
    {
        std::lock_guard const lock(mutex_);
        auto name = user.name;
        users_.insert_or_assign(std::move(name), std::move(user));
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, storage::User> users_;
};

}
