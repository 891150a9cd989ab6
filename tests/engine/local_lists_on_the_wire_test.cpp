#include "tests/engine/engine_bench.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace test;

namespace {

engine::Settings list_settings()
{
    auto settings = quick_settings();
    settings.local_lists = true;
    settings.local_list_pause = 5s;
    settings.local_list_delay = 2s;
    settings.call_timeout = 30s;
    return settings;
}

constexpr char const* has_a_list_v16 =
    R"({"configurationKey":[)"
    R"({"key":"SupportedFeatureProfiles","readonly":true,"value":"Core,LocalAuthListManagement"},)"
    R"({"key":"LocalAuthListEnabled","readonly":false,"value":"true"},)"
    R"({"key":"LocalAuthListMaxLength","readonly":true,"value":"3"},)"
    R"({"key":"SendLocalListMaxLength","readonly":true,"value":"2"}]})";

std::string variable(std::string_view name, std::string_view value, bool known = true)
{
    return R"({"attributeStatus":")" +
           std::string(known ? "Accepted" : "NotSupportedAttributeType") + '"' +
           (known ? R"(,"attributeValue":")" + std::string(value) + '"' : std::string()) +
           R"(,"component":{"name":"LocalAuthListCtrlr"},"variable":{"name":")" +
           std::string(name) + R"("}})";
}

std::string has_a_list_v201()
{
    return R"({"getVariableResult":[)" + variable("Available", "true") + ',' +
           variable("Enabled", "true") + ',' + variable("ItemsPerMessage", "2") + ',' +
           variable("BytesPerMessage", "8000") + ',' + variable("Entries", "", false) + "]}";
}

void reply(EngineBench& bench, std::string_view frame, std::string_view payload)
{
    bench.send("CP-1", R"([3,")" + id_of(frame) + R"(",)" + std::string(payload) + "]");
}

void boot(EngineBench& bench, ocpp::Version version)
{
    bench.connect("CP-1", version);
    bench.send("CP-1",
        version == ocpp::Version::v16
            ? R"([2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}])"
            : R"([2,"b","BootNotification",{"reason":"PowerUp","chargingStation":{"vendorName":"V","model":"M"}}])");
    for (int rounds = 0; rounds < 3; ++rounds)
        for (auto const& frame : bench.take("CP-1"))
            if (frame.starts_with("[2")) answer(bench, "CP-1", frame);
}

std::string action_of(std::string_view frame)
{
    auto const id = id_of(frame);
    auto const rest = frame.substr(frame.find(id) + id.size() + 3);
    return std::string(rest.substr(0, rest.find('"')));
}

// The next CALL for the station, which has to be of this action.
std::string expect(EngineBench& bench, std::string_view action)
{
    auto const frame = bench.take_one("CP-1");
    REQUIRE(action_of(frame) == action);
    return frame;
}

// From the boot to the question for the version of the list, which is returned.
std::string until_version(EngineBench& bench, ocpp::Version version)
{
    boot(bench, version);
    CHECK(bench.take("CP-1").empty());
    bench.pass(5s);
    bool const v16 = version == ocpp::Version::v16;
    reply(bench, expect(bench, v16 ? "GetConfiguration" : "GetVariables"),
        v16 ? has_a_list_v16 : has_a_list_v201());
    return expect(bench, "GetLocalListVersion");
}

engine::LocalListView view(EngineBench& bench)
{
    return bench.ask_for<std::vector<engine::StationView>>(engine::ListStations{}).at(0).local_list;
}

void put_token(EngineBench& bench, std::string const& value,
    storage::TokenStatus status = storage::TokenStatus::accepted)
{
    storage::Token token;
    token.value = value;
    token.status = status;
    bench.ask(engine::PutToken{token});
}

constexpr char const* accepted = R"({"status":"Accepted"})";

}

TEST_SUITE_BEGIN("local lists on the wire");

TEST_CASE("a 1.6 station gets its list in pieces that it can take, and no more than it can hold")
{
    EngineBench bench(list_settings());
    make_plant(bench, 32, 1);
    for (auto const* token : {"B", "C", "D"}) put_token(bench, token);
    put_token(bench, "A", storage::TokenStatus::blocked);
    reply(bench, until_version(bench, ocpp::Version::v16), R"({"listVersion":0})");

    auto const first = expect(bench, "SendLocalList");
    CHECK(first.ends_with(
        R"({"listVersion":1,"localAuthorizationList":[{"idTag":"04AABB","idTagInfo":{"status":"Accepted"}},{"idTag":"B","idTagInfo":{"status":"Accepted"}}],"updateType":"Full"}])"));
    CHECK_FALSE(view(bench).in_step);
    reply(bench, first, accepted);
    auto const second = expect(bench, "SendLocalList");
    CHECK(second.ends_with(
        R"({"listVersion":2,"localAuthorizationList":[{"idTag":"C","idTagInfo":{"status":"Accepted"}}],"updateType":"Differential"}])"));
    reply(bench, second, accepted);
    bench.pass(60s);
    CHECK(bench.take("CP-1").empty());
    CHECK(view(bench).in_step);
    CHECK(view(bench).version == 2);
    CHECK(view(bench).entries == 3);
    CHECK(view(bench).left_out == 2);  // of five tokens
}

TEST_CASE("a 2.0.1 station gets its list with kinds and groups, and what has changed in it")
{
    EngineBench bench(list_settings());
    make_plant(bench, 32, 1);
    reply(bench, until_version(bench, ocpp::Version::v201), R"({"versionNumber":7})");
    auto const full = expect(bench, "SendLocalList");
    CHECK(full.ends_with(
        R"({"localAuthorizationList":[{"idToken":{"idToken":"04AABB","type":"ISO14443"},"idTokenInfo":{"status":"Accepted"}}],"versionNumber":8,"updateType":"Full"}])"));
    reply(bench, full, accepted);
    CHECK(view(bench).in_step);

    storage::Token token;
    token.value = "NO*KRS*1";
    token.kind = storage::TokenKind::emaid;
    token.group = "Family";
    token.expires_at = bench.now.utc + 1h;
    bench.ask(engine::PutToken{token});
    CHECK(bench.take("CP-1").empty());
    bench.pass(2s);
    auto const change = expect(bench, "SendLocalList");
    CHECK(change.ends_with(
        R"({"localAuthorizationList":[{"idToken":{"idToken":"NO*KRS*1","type":"eMAID"},"idTokenInfo":{"status":"Accepted","cacheExpiryDateTime":"2026-06-01T13:00:05Z","groupIdToken":{"idToken":"Family","type":"Central"}}}],"versionNumber":9,"updateType":"Differential"}])"));
    reply(bench, change, accepted);

    // The token expires: the list says so.
    bench.pass(1h);
    auto const expiry = expect(bench, "SendLocalList");
    CHECK(expiry.find(R"("status":"Expired")") != std::string::npos);
    CHECK(field(expiry, "versionNumber") == "10");
}

TEST_CASE("many changes of tokens in a row give one message, two seconds later")
{
    EngineBench bench(list_settings());
    make_plant(bench, 32, 1);
    reply(bench, until_version(bench, ocpp::Version::v16), R"({"listVersion":0})");
    reply(bench, expect(bench, "SendLocalList"), accepted);
    for (int i = 0; i < 10; ++i) {
        put_token(bench, "X",
            i % 2 == 0 ? storage::TokenStatus::accepted : storage::TokenStatus::blocked);
        bench.pass(100ms);
    }
    CHECK(bench.take("CP-1").empty());
    bench.pass(1s);
    auto const change = expect(bench, "SendLocalList");
    CHECK(change.find(R"([{"idTag":"X","idTagInfo":{"status":"Blocked"}}])") != std::string::npos);
    reply(bench, change, accepted);
    bench.pass(60s);
    CHECK(bench.take("CP-1").empty());
}

TEST_CASE("after a restart a station with the right list is asked and sent nothing")
{
    EngineBench bench(list_settings());
    make_plant(bench, 32, 1);
    reply(bench, until_version(bench, ocpp::Version::v16), R"({"listVersion":0})");
    reply(bench, expect(bench, "SendLocalList"), accepted);
    bench.restart();
    reply(bench, until_version(bench, ocpp::Version::v16), R"({"listVersion":1})");
    CHECK(bench.take("CP-1").empty());
    CHECK(view(bench).in_step);
    CHECK(view(bench).version == 1);

    // Tokens that change while the server is away make a new version.
    storage::Token token;
    token.value = "NEW";
    bench.disk.apply(token);
    bench.restart();
    reply(bench, until_version(bench, ocpp::Version::v16), R"({"listVersion":1})");
    auto const full = expect(bench, "SendLocalList");
    CHECK(field(full, "listVersion") == "2");
    CHECK(field(full, "updateType") == "Full");
}

TEST_CASE("a lost answer and a restart never make one version of two lists")
{
    EngineBench bench(list_settings());
    make_plant(bench, 32, 1);
    reply(bench, until_version(bench, ocpp::Version::v16), R"({"listVersion":0})");
    CHECK(field(expect(bench, "SendLocalList"), "listVersion") == "1");  // not answered
    bench.restart();
    put_token(bench, "NEW");
    reply(bench, until_version(bench, ocpp::Version::v16), R"({"listVersion":0})");
    CHECK(field(expect(bench, "SendLocalList"), "listVersion") == "2");
}

TEST_CASE("a list is sent only when its version is in the store")
{
    EngineBench bench(list_settings());
    make_plant(bench, 32, 1);
    auto const question = until_version(bench, ocpp::Version::v16);
    bench.auto_commit = false;
    reply(bench, question, R"({"listVersion":0})");
    CHECK(bench.take("CP-1").empty());
    bench.commit();
    expect(bench, "SendLocalList");
}

TEST_CASE("a version mismatch is answered with the whole list")
{
    EngineBench bench(list_settings());
    make_plant(bench, 32, 1);
    reply(bench, until_version(bench, ocpp::Version::v16), R"({"listVersion":0})");
    reply(bench, expect(bench, "SendLocalList"), accepted);
    put_token(bench, "X");
    bench.pass(2s);
    auto const change = expect(bench, "SendLocalList");
    CHECK(field(change, "updateType") == "Differential");
    reply(bench, change, R"({"status":"VersionMismatch"})");
    auto const full = expect(bench, "SendLocalList");
    CHECK(field(full, "updateType") == "Full");
    CHECK(field(full, "listVersion") == "3");
    reply(bench, full, accepted);
    CHECK(view(bench).in_step);
}

TEST_CASE("stations without a local list are left alone, and operators see why")
{
    struct Case {
        ocpp::Version version;
        std::string answer;  // to the first question
        std::string why;
    };
    auto const disabled = R"({"configurationKey":[{"key":"LocalAuthListEnabled","readonly":false,)"
                          R"("value":"false"}]})";
    auto const no_profile =
        R"({"configurationKey":[{"key":"SupportedFeatureProfiles","readonly":true,"value":"Core"},)"
        R"({"key":"LocalAuthListEnabled","readonly":false,"value":"true"}]})";
    auto const nothing = R"({"unknownKey":["LocalAuthListEnabled"]})";
    auto const none_v201 = R"({"getVariableResult":[)" + variable("Available", "", false) + "]}";
    std::vector<Case> const cases{
        {ocpp::Version::v16, disabled, "LocalAuthListEnabled is false"},
        {ocpp::Version::v16, no_profile, "SupportedFeatureProfiles has no LocalAuthListManagement"},
        {ocpp::Version::v16, nothing, "it does not tell LocalAuthListEnabled"},
        {ocpp::Version::v201, none_v201, "it has no LocalAuthListCtrlr"},
        {ocpp::Version::v16, "", "GetConfiguration: NotImplemented"},
        {ocpp::Version::v201, "", "GetVariables: NotImplemented"},
    };
    for (auto const& one : cases) {
        CAPTURE(one.why);
        EngineBench bench(list_settings());
        make_plant(bench, 32, 1);
        boot(bench, one.version);
        bench.pass(5s);
        auto const frame = bench.take_one("CP-1");
        if (one.answer.empty())
            bench.send("CP-1", R"([4,")" + id_of(frame) + R"(","NotImplemented","",{}])");
        else
            reply(bench, frame, one.answer);
        put_token(bench, "X");
        bench.pass(120s);
        CHECK(bench.take("CP-1").empty());
        CHECK(view(bench).why == one.why);
    }
}

TEST_CASE("a station that says NotSupported to its list is left alone for this connection")
{
    EngineBench bench(list_settings());
    make_plant(bench, 32, 1);
    reply(bench, until_version(bench, ocpp::Version::v16), R"({"listVersion":0})");
    reply(bench, expect(bench, "SendLocalList"), R"({"status":"NotSupported"})");
    put_token(bench, "X");
    bench.pass(120s);
    CHECK(bench.take("CP-1").empty());
    CHECK(view(bench).why == "SendLocalList: NotSupported");
    reply(bench, until_version(bench, ocpp::Version::v16), R"({"listVersion":-1})");
    CHECK(bench.take("CP-1").empty());
    CHECK(view(bench).why == "GetLocalListVersion: it has no local list");
}

TEST_CASE("a silent station is asked once per connection, and a late answer is as good")
{
    EngineBench bench(list_settings());
    make_plant(bench, 32, 1);
    boot(bench, ocpp::Version::v16);
    bench.pass(5s);
    auto const question = expect(bench, "GetConfiguration");
    bench.pass(10min);
    put_token(bench, "X");
    bench.pass(10min);
    CHECK(bench.take("CP-1").empty());
    CHECK(view(bench).why == "GetConfiguration: no answer");
    reply(bench, question, has_a_list_v16);
    expect(bench, "GetLocalListVersion");
}

TEST_CASE("a limit does not wait for the answer of a station that is silent about its list")
{
    EngineBench bench(list_settings());
    make_plant(bench, 32, 1);
    boot(bench, ocpp::Version::v16);
    bench.pass(5s);
    auto const question = expect(bench, "GetConfiguration");
    bench.send("CP-1",
        R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"04AABB","meterStart":0,"timestamp":"2026-06-01T12:00:05Z"}])");
    auto const frames = bench.take("CP-1");
    REQUIRE(frames.size() == 2);
    CHECK(frames[0].starts_with(R"([3,"s",)"));
    CHECK(action_of(frames[1]) == "SetChargingProfile");
    // Both answers count, in any order.
    reply(bench, question, has_a_list_v16);
    CHECK(bench.take("CP-1").empty());  // the limit is still on its way: the list waits
    answer(bench, "CP-1", frames[1]);
    expect(bench, "GetLocalListVersion");
}

TEST_CASE("an operator's call waits for a list's answer, but no longer than for any other")
{
    auto settings = list_settings();
    EngineBench bench(settings);
    make_plant(bench, 32, 1);
    boot(bench, ocpp::Version::v16);
    bench.pass(5s);
    expect(bench, "GetConfiguration");
    CHECK_THROWS(bench.ask(engine::CallStation{{"CP-1"}, "ClearCache", "{}"}));  // no reply yet
    CHECK(bench.take("CP-1").empty());
    bench.pass(settings.call_timeout);
    expect(bench, "ClearCache");
}

TEST_CASE("nothing is asked about lists where the settings say so")
{
    auto settings = list_settings();
    settings.local_lists = false;
    EngineBench bench(settings);
    make_plant(bench, 32, 1);
    boot(bench, ocpp::Version::v16);
    put_token(bench, "X");
    bench.pass(10min);
    CHECK(bench.take("CP-1").empty());
    CHECK(view(bench).why == "local lists are switched off in the settings");
}

TEST_CASE("a station that nobody has assigned is asked nothing about its list")
{
    EngineBench bench(list_settings());
    boot(bench, ocpp::Version::v16);
    bench.pass(10min);
    CHECK(bench.take("CP-1").empty());
    CHECK(view(bench).why == "it stands on no charge point");
}

TEST_CASE("many stations get their lists in turn")
{
    constexpr int stations = 60;
    EngineBench bench(list_settings());
    make_plant(bench, 32, stations);
    for (int i = 1; i <= stations; ++i) bring_up_v16(bench, "CP-" + std::to_string(i));
    bench.pass(5s);
    for (int i = 1; i <= stations; ++i) {
        auto const station = "CP-" + std::to_string(i);
        auto const frame = bench.take_one(station);
        bench.send(station, R"([3,")" + id_of(frame) + R"(",)" + has_a_list_v16 + "]");
        auto const version = bench.take_one(station);
        bench.send(station, R"([3,")" + id_of(version) + R"(",{"listVersion":0}])");
        answer(bench, station, bench.take_one(station));
    }
    put_token(bench, "X");
    bench.pass(2100ms);
    for (int i = 1; i <= stations; ++i)
        CHECK(action_of(bench.take_one("CP-" + std::to_string(i))) == "SendLocalList");
}

TEST_SUITE_END();
