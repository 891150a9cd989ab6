// What the methods do. Each takes its parameters checked, and answers through the context, once.
#pragma once

#include "server/admin/core.hpp"
#include "server/engine/commands.hpp"
#include "storage/store.hpp"

#include <optional>
#include <string>

namespace admin {

struct NoParameters {};

// Parameters of methods that are no commands of the engine.
struct Login {
    std::string user;
    std::string password;
};
struct Resume {
    std::string token;
};
struct ChangePassword {
    std::string old_password;
    std::string new_password;
};
struct OfInstallation {
    storage::InstallationId installation;
};
struct OfSession {
    storage::SessionId session;
};
struct EnergyOfSession {
    storage::SessionId session{};
    std::string time_zone{};  // of the hours; empty: UTC
};
struct Page {
    int limit = 100;
};
struct UnbookedPage {
    bool all = false;  // those that were dealt with, too
    std::optional<storage::UnbookedId> before{};
    int limit = 100;
};
struct AttachUnbooked {
    storage::UnbookedId message{};
    storage::SessionId session{};
    std::string note{};
};
struct MakeSession {
    storage::UnbookedId message{};
    storage::ChargePointId charge_point{};
    std::string note{};
};
struct SetAside {
    storage::UnbookedId message{};
    std::string note{};
};

// handlers_users.cpp
void login(Context const& context, Login params);
void resume(Context const& context, Resume const& params);
void logout(Context const& context, NoParameters params);
void change_password(Context const& context, ChangePassword params);

// handlers_plant.cpp
void create_installation(Context const& context, engine::CreateInstallation command);
void list_installations(Context const& context, NoParameters params);
void set_installation_policy(Context const& context, engine::SetInstallationPolicy command);
void create_circuit(Context const& context, engine::CreateCircuit const& command);
void list_circuits(Context const& context, OfInstallation params);
void create_charge_point(Context const& context, engine::CreateChargePoint const& command);
void list_charge_points(Context const& context, OfInstallation params);
void activate_charge_point(Context const& context, engine::ActivateChargePoint command);
void set_charge_point_priority(Context const& context, engine::SetChargePointPriority command);
void assign_station(Context const& context, engine::AssignStation command);
void release_station(Context const& context, engine::ReleaseStation command);
void set_station_strict(Context const& context, engine::SetStationStrict command);
void list_stations(Context const& context, NoParameters params);
void call_station(Context const& context, engine::CallStation command);
void put_token(Context const& context, storage::Token token);
void list_tokens(Context const& context, NoParameters params);
void set_session_wishes(Context const& context, engine::SetSessionWishes const& command);

// handlers_history.cpp
void list_sessions(Context const& context, storage::SessionQuery query);
void list_samples(Context const& context, OfSession params);
void list_signed(Context const& context, OfSession params);
void get_session_energy(Context const& context, EnergyOfSession params);
void export_sessions(Context const& context, storage::SessionQuery query);
void get_graph(Context const& context, storage::GraphQuery query);
void list_audit(Context const& context, Page params);

// handlers_unbooked.cpp
void list_unbooked(Context const& context, UnbookedPage params);
void attach_unbooked(Context const& context, AttachUnbooked params);
void make_session(Context const& context, MakeSession params);
void set_aside(Context const& context, SetAside params);

// handlers_live.cpp
void get_live(Context const& context, OfInstallation params);
void subscribe_live(Context const& context, OfInstallation params);
void unsubscribe_live(Context const& context, OfInstallation params);

}
