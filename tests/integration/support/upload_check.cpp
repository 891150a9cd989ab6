#include "tests/integration/support/upload_check.hpp"

#include "tests/integration/support/plant.hpp"

#include <doctest/doctest.h>

#include <map>

namespace integration {

namespace {

using ocpp::Timestamp;

constexpr int sessions_per_page = 200;

Timestamp time_of(json::object const& object, std::string_view name)
{
    auto const parsed = ocpp::parse_timestamp(text(object, name));
    if (!parsed) throw std::runtime_error("no time in " + json::serialize(object));
    return parsed->time;
}

// By their start, those that started at `from` or later. Pages go from the newest to the oldest.
std::map<Timestamp, json::object> stored_sessions(
    Operator const& someone, std::string const& station, Timestamp from)
{
    std::map<Timestamp, json::object> stored;
    json::object query{{"station", station}, {"limit", sessions_per_page}};
    for (;;) {
        auto const page = someone.list("session.list", "sessions", query);
        for (auto const& session : page) {
            auto const started_at = time_of(session, "started_at");
            if (started_at < from) return stored;
            bool const only_one = stored.emplace(started_at, session).second;
            CHECK(only_one);
        }
        if (page.size() < sessions_per_page) return stored;
        query["before"] = integer(page.back(), "id");
    }
}

Samples stored_samples(Operator const& someone, std::int64_t session)
{
    Samples stored;
    for (auto const& sample : someone.list("session.samples", "samples", {{"session", session}})) {
        auto const energy_wh = thousandths(sample, "energy_kwh");
        bool const only_one = stored.emplace(time_of(sample, "at"), energy_wh).second;
        CHECK(only_one);
    }
    return stored;
}

bool operator_sees_end(json::object const& session, Timestamp at, std::int64_t stop_wh)
{
    return has(session, "ended_at") && time_of(session, "ended_at") == at &&
           thousandths(session, "meter_stop_kwh") == stop_wh;
}

// `perhaps`: a pending report of this transaction, or null. A report is stored as a whole or not.
void check_upload(Operator const& someone, json::object const& session, Upload const& upload,
    Report const* perhaps)
{
    auto const shown = json::serialize(session);
    CAPTURE(shown);
    auto const id = integer(session, "id");
    if (upload.id) CHECK(id == *upload.id);
    CHECK(thousandths(session, "meter_start_kwh") == upload.start_wh);

    auto const samples = stored_samples(someone, id);
    Samples with_pending = upload.acknowledged;
    if (perhaps) with_pending.insert(perhaps->samples.begin(), perhaps->samples.end());
    bool const pending_is_there = perhaps && samples == with_pending;
    CHECK((samples == upload.acknowledged || pending_is_there));

    auto last_wh = samples.empty() ? upload.start_wh : samples.rbegin()->second;
    bool known = !samples.empty();
    if (upload.ended_at) {
        CHECK(operator_sees_end(session, *upload.ended_at, upload.stop_wh));
        last_wh = upload.stop_wh;
        known = true;
    } else if (has(session, "ended_at")) {
        REQUIRE(perhaps);
        CHECK(perhaps->kind == Report::Kind::stop);
        CHECK(samples == with_pending);
        CHECK(operator_sees_end(session, perhaps->at, perhaps->register_wh));
        last_wh = perhaps->register_wh;
        known = true;
    }
    if (!known) return;
    auto const energy = someone.call("session.energy", {{"session", id}});
    auto const derivation = json::serialize(energy);
    CAPTURE(derivation);
    CHECK(thousandths(energy, "energy_kwh") == last_wh - upload.start_wh);
    CHECK(thousandths(session, "energy_kwh") == last_wh - upload.start_wh);
}

}

Uploaders add_uploaders(Operator const& someone, std::size_t count, std::mt19937_64& random)
{
    PlantSpec spec{.supply_a = 200, .circuit_a = 125};
    Uploaders uploaders;
    for (std::size_t i = 0; i < count; ++i) {
        spec.stations.push_back("UPLOAD-" + std::to_string(i));
        uploaders.push_back(std::make_unique<Uploader>(
            spec.stations.back(), i % 2 == 0 ? ocpp::Version::v16 : ocpp::Version::v201, random()));
    }
    build_plant(someone, spec);
    return uploaders;
}

void begin_all(Uploaders const& uploaders, std::uint16_t port)
{
    for (auto const& uploader : uploaders) uploader->begin(port);
}

void join_all(Uploaders const& uploaders)
{
    for (auto const& uploader : uploaders) uploader->join();
}

std::size_t acknowledged(Uploaders const& uploaders)
{
    std::size_t total = 0;
    for (auto const& uploader : uploaders) total += uploader->acknowledged();
    return total;
}

void finish_and_check(Operator const& someone, Uploaders const& uploaders, std::uint16_t port)
{
    for (auto const& uploader : uploaders) uploader->finish();
    begin_all(uploaders, port);
    join_all(uploaders);
    for (auto const& uploader : uploaders) {
        CHECK_FALSE(uploader->pending());
        check_uploads(someone, *uploader, 0);
    }
    CHECK(all_sessions(someone, true).empty());
    CHECK(someone.list("unbooked.list", "messages").empty());
}

void check_uploads(Operator const& someone, Uploader const& uploader, std::size_t from)
{
    auto const& station = uploader.identity();
    CAPTURE(station);
    CHECK(uploader.complaints() == "");
    auto const& uploads = uploader.transactions();
    if (from >= uploads.size()) return;
    auto const since = from == 0 ? Timestamp{} : uploads[from].started_at;
    auto stored = stored_sessions(someone, station, since);
    for (auto place = from; place < uploads.size(); ++place) {
        auto const& upload = uploads[place];
        auto const started_at = ocpp::to_string(upload.started_at);
        CAPTURE(started_at);
        bool const is_last = place + 1 == uploads.size();
        auto const& pending = uploader.pending();
        auto const found = stored.find(upload.started_at);
        if (found == stored.end()) {
            CHECK_FALSE(upload.start_acknowledged);
            continue;
        }
        check_upload(someone, found->second, upload, is_last && pending ? &*pending : nullptr);
        stored.erase(found);
    }
    CHECK(stored.empty());
}

}
