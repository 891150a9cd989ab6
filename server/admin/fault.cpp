#include "server/admin/fault.hpp"

namespace admin {

std::string_view message_of(ErrorCode code)
{
    switch (code) {
    case ErrorCode::no_json: return "no JSON";
    case ErrorCode::no_request: return "no JSON-RPC 2.0 request";
    case ErrorCode::unknown_method: return "unknown method";
    case ErrorCode::bad_parameters: return "bad parameters";
    case ErrorCode::internal: return "internal error";
    case ErrorCode::not_logged_in: return "not logged in";
    case ErrorCode::wrong_login: return "wrong user or password";
    case ErrorCode::not_found: return "not found";
    case ErrorCode::conflict: return "conflicts with a rule or with something that exists";
    case ErrorCode::unreachable: return "the station cannot be reached";
    case ErrorCode::timeout: return "the station did not answer in time";
    case ErrorCode::too_many: return "too many attempts";
    case ErrorCode::no_writes: return "the store takes no writes";
    }
    return "internal error";
}

Fault fault_of(engine::Refused const& refused)
{
    auto const code = [&] {
        switch (refused.kind) {
        case engine::RefusalKind::invalid: return ErrorCode::bad_parameters;
        case engine::RefusalKind::not_found: return ErrorCode::not_found;
        case engine::RefusalKind::conflict: return ErrorCode::conflict;
        case engine::RefusalKind::unreachable: return ErrorCode::unreachable;
        case engine::RefusalKind::timeout: return ErrorCode::timeout;
        }
        return ErrorCode::internal;
    }();
    return Fault{code, refused.field, refused.rule};
}

}
