#include "server/admin/methods.hpp"

#include "server/admin/handlers.hpp"
#include "server/admin/method_parameters.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>
#include <variant>

namespace admin {
namespace {

// The parameters of a method are what its handler takes.
template <class Handler>
struct ParamsOf;
template <class Params>
struct ParamsOf<void (*)(Context const&, Params)> {
    using type = std::remove_cvref_t<Params>;
};

template <auto Handler>
void run(Context const& context, boost::json::object const& json)
{
    using Params = typename ParamsOf<decltype(Handler)>::type;
    auto params = read_parameters<Params>(json);
    if (auto* fault = std::get_if<Fault>(&params)) {
        context.done(std::move(*fault));
        return;
    }
    Handler(context, std::get<Params>(std::move(params)));
}

using enum Access;
using enum Effect;

constexpr auto all_methods = std::to_array<Method>({
    {"auth.login", anyone, reads, &run<&login>},
    {"auth.resume", anyone, reads, &run<&resume>},
    {"auth.logout", users, reads, &run<&logout>},
    {"user.change_password", users, writes, &run<&change_password>},
    {"installation.create", users, writes, &run<&create_installation>},
    {"installation.list", users, reads, &run<&list_installations>},
    {"installation.set_policy", users, writes, &run<&set_installation_policy>},
    {"circuit.create", users, writes, &run<&create_circuit>},
    {"circuit.list", users, reads, &run<&list_circuits>},
    {"charge_point.create", users, writes, &run<&create_charge_point>},
    {"charge_point.list", users, reads, &run<&list_charge_points>},
    {"charge_point.activate", users, writes, &run<&activate_charge_point>},
    {"charge_point.set_priority", users, writes, &run<&set_charge_point_priority>},
    {"station.assign", users, writes, &run<&assign_station>},
    {"station.release", users, writes, &run<&release_station>},
    {"station.set_strict", users, writes, &run<&set_station_strict>},
    {"station.list", users, reads, &run<&list_stations>},
    {"station.call", users, reads, &run<&call_station>},
    {"token.put", users, writes, &run<&put_token>},
    {"token.list", users, reads, &run<&list_tokens>},
    {"session.list", users, reads, &run<&list_sessions>},
    {"session.samples", users, reads, &run<&list_samples>},
    {"session.signed", users, reads, &run<&list_signed>},
    {"session.energy", users, reads, &run<&get_session_energy>},
    {"session.export", users, reads, &run<&export_sessions>},
    {"session.set_wishes", users, writes, &run<&set_session_wishes>},
    {"graph.get", users, reads, &run<&get_graph>},
    {"unbooked.list", users, reads, &run<&list_unbooked>},
    {"unbooked.attach", users, writes, &run<&attach_unbooked>},
    {"unbooked.make_session", users, writes, &run<&make_session>},
    {"unbooked.set_aside", users, writes, &run<&set_aside>},
    {"audit.list", users, reads, &run<&list_audit>},
    {"live.get", users, reads, &run<&get_live>},
    {"live.subscribe", users, reads, &run<&subscribe_live>},
    {"live.unsubscribe", users, reads, &run<&unsubscribe_live>},
});

}

std::span<Method const> methods() { return all_methods; }

Method const* find_method(std::string_view name)
{
    auto const named = [&](Method const& method) { return method.name == name; };
    auto const found = std::find_if(all_methods.begin(), all_methods.end(), named);
    return found == all_methods.end() ? nullptr : &*found;
}

}
