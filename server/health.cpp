#include "server/health.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <utility>

namespace kurs {

namespace {

constexpr unsigned status_ok = 200;
constexpr unsigned status_unavailable = 503;

}

void HealthBoard::set(storage::Health health)
{
    std::lock_guard const lock(mutex_);
    health_ = std::move(health);
    for (auto const& listener : listeners_) listener(health_);
}

void HealthBoard::tell(Listener listener)
{
    std::lock_guard const lock(mutex_);
    listener(health_);
    listeners_.push_back(std::move(listener));
}

void HealthBoard::hush()
{
    std::lock_guard const lock(mutex_);
    listeners_.clear();
}

gateway::HttpAnswer HealthBoard::answer() const
{
    std::lock_guard const lock(mutex_);
    if (health_.writable) return {.status = status_ok, .body = R"({"status":"ok"})"};
    boost::json::value const body{{"status", "store_failed"}, {"problem", health_.problem}};
    return {.status = status_unavailable, .body = boost::json::serialize(body)};
}

}
