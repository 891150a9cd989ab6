#include "server/admin/first_user.hpp"

#include "server/admin/passwords.hpp"

#include <future>
#include <memory>
#include <stdexcept>
#include <utility>

namespace admin {

std::optional<GeneratedLogin> ensure_first_user(
    storage::Store& store, std::vector<storage::User>& users, storage::Timestamp now)
{
    if (!users.empty()) return std::nullopt;
    GeneratedLogin login{first_user_name, generate_password()};
    auto hash = hash_password(login.password);
    if (!hash) throw std::runtime_error("no memory to hash the first password");
    storage::User user{login.user, std::move(*hash), now};
    auto committed = std::make_shared<std::promise<void>>();
    auto done = committed->get_future();
    std::vector<storage::Record> records;
    records.emplace_back(user);
    store.commit(std::move(records), [committed] { committed->set_value(); });
    done.wait();
    users.push_back(std::move(user));
    return login;
}

}
