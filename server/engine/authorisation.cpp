// Who may charge where.
#include "server/engine/impl.hpp"

#include <algorithm>

namespace engine {

namespace {

template <class T>
bool contains(std::vector<T> const& list, T const& value)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

}

bool may_use(
    storage::Token const& token, storage::InstallationId installation, storage::ChargePointId point)
{
    bool const everywhere = token.installations.empty() && token.charge_points.empty();
    return everywhere || contains(token.installations, installation) ||
           contains(token.charge_points, point);
}

std::string folded(std::string_view token)
{
    std::string result(token);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

// One of the kind that was presented comes before one of any kind; a station that tells no kind
// means the first that there is.
storage::Token const* Engine::Impl::token_of(TokenName const& name) const
{
    auto const [first, last] = tokens.equal_range(folded(name.value));
    storage::Token const* found = nullptr;
    for (auto it = first; it != last; ++it) {
        auto const kind = it->second.kind;
        if (kind == name.kind) return &it->second;
        bool const fits = kind == storage::TokenKind::any || name.kind == storage::TokenKind::any;
        if (fits && !found) found = &it->second;
    }
    return found;
}

std::string Engine::Impl::group_of(TokenName const& name) const
{
    auto const* token = token_of(name);
    return token ? token->group : std::string();
}

// The same token, or one of the same group.
bool Engine::Impl::are_alike(TokenName const& one, std::string const& other) const
{
    if (folded(one.value) == folded(other)) return true;
    auto const group = group_of(one);
    return !group.empty() && folded(group) == folded(group_of({.value = other}));
}

TokenVerdict Engine::Impl::verdict(TokenName const& name) const
{
    auto const* token = token_of(name);
    if (!token) return TokenVerdict::invalid;
    if (token->status == storage::TokenStatus::blocked) return TokenVerdict::blocked;
    if (token->expires_at && *token->expires_at <= now.utc) return TokenVerdict::expired;
    return TokenVerdict::accepted;
}

// Of a token that is presented to a station for a charge that is not known yet.
TokenVerdict Engine::Impl::verdict_at(Link const& link, TokenName const& name) const
{
    TokenVerdict last = TokenVerdict::not_allowed_here;
    if (link.outlets.empty()) return verdict(name);
    for (auto const& [evse, point] : link.outlets) {
        last = judge(outlets.at(point), name, nullptr);
        if (last == TokenVerdict::accepted) return last;
    }
    return last;
}

// May it charge on this outlet, for `session` or for one that is to come?
TokenVerdict Engine::Impl::judge(
    Outlet const& outlet, TokenName const& name, RunningSession const* session) const
{
    if (outlet.point.open_access) return TokenVerdict::accepted;
    auto const first = verdict(name);
    if (first != TokenVerdict::accepted) return first;
    auto const& token = *token_of(name);
    if (!may_use(token, outlet.point.installation, outlet.point.id))
        return TokenVerdict::not_allowed_here;
    // What is over when we hear of it uses nothing at the same time as anything.
    bool const is_over = session && session->data.ended_at;
    if (!token.most_sessions || is_over) return TokenVerdict::accepted;
    auto const others = std::count_if(outlets.begin(), outlets.end(), [&](auto const& entry) {
        auto const& runs = entry.second.session;
        if (!runs || (session && *runs == session->data.id)) return false;
        auto const& other = sessions.at(*runs);
        return other.authorised && folded(other.data.token) == folded(name.value);
    });
    return others < *token.most_sessions ? TokenVerdict::accepted : TokenVerdict::concurrent;
}

// May a session that runs go on, by what is known of its token now?
bool Engine::Impl::may_charge(Outlet const& outlet, RunningSession const& session) const
{
    if (outlet.point.open_access) return true;
    if (session.data.token.empty()) return false;
    return judge(outlet, {.value = session.data.token}, &session) == TokenVerdict::accepted;
}

}
