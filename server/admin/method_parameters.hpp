// The parameters of all methods (README.md, Methods): names, kinds and ranges, each once. Included
// by methods.cpp only.
#pragma once

#include "server/admin/handlers.hpp"
#include "server/admin/parameters.hpp"

#include <array>

namespace admin {

// Lengths are of the API's own choice where no standard is named.
inline constexpr Text name_text{1, 100};
inline constexpr Text address_text{0, 200};
inline constexpr Text label_text{0, 100};
inline constexpr Notes notes_text{10'000};
inline constexpr Text user_text{1, 100};
inline constexpr Secret any_password{0, 128};  // what is only compared
inline constexpr Secret new_password{12, 128};
inline constexpr Secret login_token{0, 128};
inline constexpr Text identity_text{1, 255};
inline constexpr Text token_text{1, 36};  // the longest IdToken of OCPP 2.0.1 (part 2, IdTokenType)
inline constexpr Text group_text{0, 20};  // an IdToken of OCPP 1.6 (7.28)
inline constexpr std::size_t most_places = 1000;
inline constexpr Integer session_count{1, 1000};
inline constexpr Text action_text{1, 100};
inline constexpr Integer evse_number{1, 1000};
inline constexpr Integer page_length{1, 1000};
inline constexpr Integer priority_number{0, 100};

template <>
inline constexpr std::array<Parameter<NoParameters>, 0> parameters_of<NoParameters>{};

template <>
inline constexpr auto parameters_of<Login> = std::to_array<Parameter<Login>>({
    required<&Login::user, user_text>("user"),
    required<&Login::password, any_password>("password"),
});
template <>
inline constexpr auto parameters_of<Resume> = std::to_array<Parameter<Resume>>({
    required<&Resume::token, login_token>("token"),
});
template <>
inline constexpr auto parameters_of<ChangePassword> = std::to_array<Parameter<ChangePassword>>({
    required<&ChangePassword::old_password, any_password>("old_password"),
    required<&ChangePassword::new_password, new_password>("new_password"),
});

using engine::CreateInstallation;
template <>
inline constexpr auto parameters_of<CreateInstallation> =
    std::to_array<Parameter<CreateInstallation>>({
        required<&CreateInstallation::name, name_text>("name"),
        required<&CreateInstallation::limit_ma, Amperes{}>("limit_a"),
        optional<&CreateInstallation::grid, OneWord{}>("grid"),
        optional<&CreateInstallation::policy, OneWord{}>("policy"),
        optional<&CreateInstallation::address, address_text>("address"),
        optional<&CreateInstallation::time_zone, TimeZone{}>("time_zone"),
        optional<&CreateInstallation::notes, notes_text>("notes"),
    });

using engine::SetInstallationPolicy;
template <>
inline constexpr auto parameters_of<SetInstallationPolicy> =
    std::to_array<Parameter<SetInstallationPolicy>>({
        required<&SetInstallationPolicy::installation, IdNumber{}>("installation"),
        required<&SetInstallationPolicy::policy, OneWord{}>("policy"),
    });

using engine::CreateCircuit;
template <>
inline constexpr auto parameters_of<CreateCircuit> = std::to_array<Parameter<CreateCircuit>>({
    required<&CreateCircuit::installation, IdNumber{}>("installation"),
    required<&CreateCircuit::label, name_text>("label"),
    required<&CreateCircuit::rating_ma, Amperes{}>("rating_a"),
    optional<&CreateCircuit::parent, IdNumber{}>("parent"),
});

using engine::CreateChargePoint;
template <>
inline constexpr auto parameters_of<CreateChargePoint> =
    std::to_array<Parameter<CreateChargePoint>>({
        required<&CreateChargePoint::circuit, IdNumber{}>("circuit"),
        required<&CreateChargePoint::name, name_text>("name"),
        optional<&CreateChargePoint::max_ma, Amperes{}>("max_a"),
        optional<&CreateChargePoint::fallback_ma, Amperes{.zero_allowed = true}>("fallback_a"),
        optional<&CreateChargePoint::rotation, Rotation{}>("rotation"),
        optional<&CreateChargePoint::active, Flag{}>("active"),
        optional<&CreateChargePoint::open_access, Flag{}>("open_access"),
        optional<&CreateChargePoint::priority, priority_number>("priority"),
    });

using engine::SetChargePointPriority;
template <>
inline constexpr auto parameters_of<SetChargePointPriority> =
    std::to_array<Parameter<SetChargePointPriority>>({
        required<&SetChargePointPriority::charge_point, IdNumber{}>("charge_point"),
        required<&SetChargePointPriority::priority, priority_number>("priority"),
    });

using engine::ActivateChargePoint;
template <>
inline constexpr auto parameters_of<ActivateChargePoint> =
    std::to_array<Parameter<ActivateChargePoint>>({
        required<&ActivateChargePoint::charge_point, IdNumber{}>("charge_point"),
        optional<&ActivateChargePoint::active, Flag{}>("active"),
    });

using engine::AssignStation;
template <>
inline constexpr auto parameters_of<AssignStation> = std::to_array<Parameter<AssignStation>>({
    required<&AssignStation::station, identity_text>("station"),
    required<&AssignStation::charge_point, IdNumber{}>("charge_point"),
    optional<&AssignStation::evse, evse_number>("evse"),
});

using engine::ReleaseStation;
template <>
inline constexpr auto parameters_of<ReleaseStation> = std::to_array<Parameter<ReleaseStation>>({
    required<&ReleaseStation::charge_point, IdNumber{}>("charge_point"),
});

using engine::SetStationStrict;
template <>
inline constexpr auto parameters_of<SetStationStrict> = std::to_array<Parameter<SetStationStrict>>({
    required<&SetStationStrict::station, identity_text>("station"),
    optional<&SetStationStrict::strict, Flag{}>("strict"),
});

using engine::CallStation;
template <>
inline constexpr auto parameters_of<CallStation> = std::to_array<Parameter<CallStation>>({
    required<&CallStation::station, identity_text>("station"),
    required<&CallStation::action, action_text>("action"),
    optional<&CallStation::payload, AnyObject{}>("payload"),
});

using storage::Token;
template <>
inline constexpr auto parameters_of<Token> = std::to_array<Parameter<Token>>({
    required<&Token::value, token_text>("token"),
    optional<&Token::kind, OneWord{}>("kind"),
    optional<&Token::label, label_text>("label"),
    optional<&Token::owner, label_text>("owner"),
    optional<&Token::group, group_text>("group"),
    optional<&Token::status, OneWord{}>("status"),
    optional<&Token::expires_at, Time{}>("expires_at"),
    optional<&Token::installations, IdList{most_places}>("installations"),
    optional<&Token::charge_points, IdList{most_places}>("charge_points"),
    optional<&Token::most_sessions, session_count>("most_sessions"),
});

using engine::SetSessionWishes;
template <>
inline constexpr auto parameters_of<SetSessionWishes> = std::to_array<Parameter<SetSessionWishes>>({
    required<&SetSessionWishes::session, IdNumber{}>("session"),
    optional<&SetSessionWishes::departs_at, Time{}>("departs_at"),
    optional<&SetSessionWishes::wanted_mwh, KilowattHours{}>("wanted_kwh"),
});

template <>
inline constexpr auto parameters_of<OfInstallation> = std::to_array<Parameter<OfInstallation>>({
    required<&OfInstallation::installation, IdNumber{}>("installation"),
});

using storage::SessionQuery;
template <>
inline constexpr auto parameters_of<SessionQuery> = std::to_array<Parameter<SessionQuery>>({
    optional<&SessionQuery::installation, IdNumber{}>("installation"),
    optional<&SessionQuery::charge_point, IdNumber{}>("charge_point"),
    optional<&SessionQuery::station, identity_text>("station"),
    optional<&SessionQuery::token, token_text>("token"),
    optional<&SessionQuery::from, Time{}>("from"),
    optional<&SessionQuery::until, Time{}>("until"),
    optional<&SessionQuery::open_only, Flag{}>("open"),
    optional<&SessionQuery::before, IdNumber{}>("before"),
    optional<&SessionQuery::limit, page_length>("limit"),
});
template <>
inline constexpr auto parameters_of<OfSession> = std::to_array<Parameter<OfSession>>({
    required<&OfSession::session, IdNumber{}>("session"),
});
template <>
inline constexpr auto parameters_of<EnergyOfSession> = std::to_array<Parameter<EnergyOfSession>>({
    required<&EnergyOfSession::session, IdNumber{}>("session"),
    optional<&EnergyOfSession::time_zone, TimeZone{}>("time_zone"),
});
using storage::GraphQuery;
template <>
inline constexpr auto parameters_of<GraphQuery> = std::to_array<Parameter<GraphQuery>>({
    optional<&GraphQuery::installation, IdNumber{}>("installation"),
    optional<&GraphQuery::charge_point, IdNumber{}>("charge_point"),
    required<&GraphQuery::from, Time{}>("from"),
    required<&GraphQuery::until, Time{}>("until"),
    optional<&GraphQuery::width, OneWord{}>("width"),
});
template <>
inline constexpr auto parameters_of<UnbookedPage> = std::to_array<Parameter<UnbookedPage>>({
    optional<&UnbookedPage::all, Flag{}>("all"),
    optional<&UnbookedPage::before, IdNumber{}>("before"),
    optional<&UnbookedPage::limit, page_length>("limit"),
});
template <>
inline constexpr auto parameters_of<AttachUnbooked> = std::to_array<Parameter<AttachUnbooked>>({
    required<&AttachUnbooked::message, IdNumber{}>("message"),
    required<&AttachUnbooked::session, IdNumber{}>("session"),
    optional<&AttachUnbooked::note, label_text>("note"),
});
template <>
inline constexpr auto parameters_of<MakeSession> = std::to_array<Parameter<MakeSession>>({
    required<&MakeSession::message, IdNumber{}>("message"),
    required<&MakeSession::charge_point, IdNumber{}>("charge_point"),
    optional<&MakeSession::note, label_text>("note"),
});
template <>
inline constexpr auto parameters_of<SetAside> = std::to_array<Parameter<SetAside>>({
    required<&SetAside::message, IdNumber{}>("message"),
    optional<&SetAside::note, label_text>("note"),
});
template <>
inline constexpr auto parameters_of<Page> = std::to_array<Parameter<Page>>({
    optional<&Page::limit, page_length>("limit"),
});

}
