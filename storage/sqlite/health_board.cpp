#include "storage/sqlite/health_board.hpp"

#include <utility>

namespace storage::sqlite {

void HealthBoard::listen(std::function<void(Health)> changed)
{
    std::lock_guard const lock(mutex_);
    changed_ = std::move(changed);
}

void HealthBoard::set(Concern concern, std::string const& problem)
{
    std::lock_guard const lock(mutex_);
    std::string& known = problems_.at(static_cast<std::size_t>(concern));
    if (known == problem) return;
    known = problem;
    if (!changed_) return;

    Health health;
    health.writable = problems_[static_cast<std::size_t>(Concern::writing)].empty();
    for (std::string const& text : problems_) {
        if (text.empty()) continue;
        if (!health.problem.empty()) health.problem += "; ";
        health.problem += text;
    }
    changed_(std::move(health));
}

}
