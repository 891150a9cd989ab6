// What was: read from the store, past the engines.
#include "server/admin/handlers.hpp"
#include "server/admin/json_text.hpp"
#include "server/admin/objects.hpp"
#include "server/admin/session_energy.hpp"

#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace admin {
namespace {

template <class Entity>
void answer_list(Context const& context, std::string_view name, std::vector<Entity> const& entities)
{
    auto const items = json_array(entities, [](auto const& entity) { return to_json(entity); });
    context.succeed(JsonObject().raw(name, items).str());
}

// A session without samples and one that does not exist are two answers.
template <class Next>
void with_session(Context const& context, storage::SessionId id, Next next)
{
    storage::SessionQuery query;
    query.session = id;
    query.limit = 1;
    context.core->store.read_sessions(
        query, [context, next](std::vector<storage::SessionSummary> const& found) {
            if (found.empty())
                context.fail(ErrorCode::not_found, "session", "there is no such session");
            else
                next(found.front());
        });
}

constexpr std::string_view utc = "UTC";

// So that an answer has no more points than a screen can show many times over.
std::chrono::hours longest_graph(storage::GraphWidth width)
{
    constexpr std::chrono::hours day{24};
    switch (width) {
    case storage::GraphWidth::minute: return 2 * day;
    case storage::GraphWidth::quarter_hour: return 62 * day;
    case storage::GraphWidth::hour: break;
    }
    return 366 * day;
}

// Pages of an export, and how many sessions fit into one answer.
constexpr int page_of_export = 500;
constexpr std::size_t most_exported = 50'000;

// Goes on until a page is the last. Newest first, as in session.list.
void export_more(Context const& context, storage::SessionQuery query,
    std::shared_ptr<std::vector<SessionEnergy>> const& all)
{
    auto const next = [context, query, all](std::vector<SessionEnergy> page) {
        bool const is_last = static_cast<int>(page.size()) < query.limit;
        all->insert(
            all->end(), std::make_move_iterator(page.begin()), std::make_move_iterator(page.end()));
        if (all->size() > most_exported) {
            context.fail(ErrorCode::bad_parameters, "from",
                "these are more than " + std::to_string(most_exported) +
                    " sessions: ask for a shorter time");
        } else if (is_last) {
            context.succeed(JsonObject()
                                .integer("sessions", static_cast<std::int64_t>(all->size()))
                                .text("csv", csv_of(*all))
                                .str());
        } else {
            auto more = query;
            more.before = all->back().session.id;
            export_more(context, std::move(more), all);
        }
    };
    context.core->store.read_sessions(
        query, [context, next](std::vector<storage::SessionSummary> found) {
            read_energies(context.core->store, std::move(found), next);
        });
}

}

void list_sessions(Context const& context, storage::SessionQuery query)
{
    auto const answer_with_energy = [context](std::vector<storage::SessionSummary> found) {
        read_energies(context.core->store, std::move(found),
            [context](std::vector<SessionEnergy> const& sessions) {
                answer_list(context, "sessions", sessions);
            });
    };
    context.core->store.read_sessions(std::move(query), answer_with_energy);
}

void list_samples(Context const& context, OfSession params)
{
    with_session(context, params.session, [context, params](storage::SessionSummary const&) {
        context.core->store.read_samples(
            params.session, [context](std::vector<storage::MeterSample> const& samples) {
                answer_list(context, "samples", samples);
            });
    });
}

void list_signed(Context const& context, OfSession params)
{
    with_session(context, params.session, [context, params](storage::SessionSummary const&) {
        context.core->store.read_signed(
            params.session, [context](std::vector<storage::SignedReading> const& readings) {
                answer_list(context, "readings", readings);
            });
    });
}

void get_session_energy(Context const& context, EnergyOfSession params)
{
    auto const& zone = params.time_zone.empty() ? std::string(utc) : params.time_zone;
    with_session(context, params.session, [context, zone](storage::SessionSummary const& found) {
        auto const& session = found.session;
        context.core->store.read_samples(
            session.id, [context, zone, session](std::vector<storage::MeterSample> const& samples) {
                context.succeed(to_json(engine::energy_of(session, samples),
                    engine::hourly_energy(session, samples, zone)));
            });
    });
}

void export_sessions(Context const& context, storage::SessionQuery query)
{
    query.limit = page_of_export;
    export_more(context, std::move(query), std::make_shared<std::vector<SessionEnergy>>());
}

void get_graph(Context const& context, storage::GraphQuery query)
{
    if (query.installation.has_value() == query.charge_point.has_value()) {
        context.fail(
            ErrorCode::bad_parameters, "installation", "either an installation or a charge_point");
        return;
    }
    if (query.until <= query.from || query.until - query.from > longest_graph(query.width)) {
        context.fail(ErrorCode::bad_parameters, "until",
            "after `from`; at most 2 days later by the minute, 62 by the quarter_hour, 366 by the "
            "hour");
        return;
    }
    context.core->store.read_graph(query, [context](std::vector<storage::Graph> const& graphs) {
        answer_list(context, "graphs", graphs);
    });
}

void list_audit(Context const& context, Page params)
{
    context.core->store.read_audit(
        params.limit, [context](std::vector<storage::AuditEntry> const& entries) {
            answer_list(context, "entries", entries);
        });
}

}
