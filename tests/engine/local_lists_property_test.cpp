#include "ocpp/codec.hpp"
#include "ocpp/frame.hpp"
#include "ocpp/v16/actions.hpp"
#include "ocpp/v201/actions.hpp"
#include "tests/engine/engine_bench.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

using namespace test;

namespace {

namespace v16 = ocpp::v16;
namespace v201 = ocpp::v201;

constexpr char const* station_id = "CP-1";
constexpr std::size_t most_per_message = 3;

// The list in a station's memory: it outlives connections and the server. Token -> status.
struct ListMemory {
    std::int64_t version = 0;
    std::map<std::string, std::string> list{};

    // Returns the name of the status to answer with.
    template <class Entries>
    std::string take(std::int64_t number, bool full, Entries const& entries, auto const& read)
    {
        if (!full && number <= version) return "VersionMismatch";
        version = number;
        if (full) list.clear();
        if (!entries) return "Accepted";
        REQUIRE(entries->size() <= most_per_message);
        for (auto const& entry : *entries) {
            auto const [token, status] = read(entry);
            if (status)
                list[token] = ocpp::wire_name(*status);
            else
                list.erase(token);
        }
        return "Accepted";
    }
};

template <class Request>
Request request_in(ocpp::Call const& call)
{
    return std::get<Request>(ocpp::decode<Request>(call.payload));
}

std::string answer_v16(ListMemory& memory, ocpp::Call const& call)
{
    if (call.action == "GetConfiguration")
        return R"({"configurationKey":[{"key":"LocalAuthListEnabled","readonly":false,)"
               R"("value":"true"},{"key":"SendLocalListMaxLength","readonly":true,"value":"3"}]})";
    if (call.action == "GetLocalListVersion")
        return R"({"listVersion":)" + std::to_string(memory.version) + "}";
    if (call.action != "SendLocalList") return R"({"status":"Accepted"})";
    auto const request = request_in<v16::SendLocalListRequest>(call);
    auto const read = [](v16::AuthorizationData const& data) {
        std::optional<v16::AuthorizationStatus> status;
        if (data.idTagInfo) status = data.idTagInfo->status;
        return std::pair(std::string(data.idTag), status);
    };
    return R"({"status":")" +
           memory.take(request.listVersion, request.updateType == v16::UpdateType::full,
               request.localAuthorizationList, read) +
           "\"}";
}

std::string answer_v201(ListMemory& memory, ocpp::Call const& call)
{
    if (call.action == "GetVariables")
        return R"({"getVariableResult":[{"attributeStatus":"Accepted","attributeValue":"true",)"
               R"("component":{"name":"LocalAuthListCtrlr"},"variable":{"name":"Enabled"}},)"
               R"({"attributeStatus":"Accepted","attributeValue":"3",)"
               R"("component":{"name":"LocalAuthListCtrlr"},"variable":{"name":"ItemsPerMessage"}}]})";
    if (call.action == "GetLocalListVersion")
        return R"({"versionNumber":)" + std::to_string(memory.version) + "}";
    if (call.action != "SendLocalList") return R"({"status":"Accepted"})";
    auto const request = request_in<v201::SendLocalListRequest>(call);
    auto const read = [](v201::AuthorizationData const& data) {
        std::optional<v201::AuthorizationStatus> status;
        if (data.idTokenInfo) status = data.idTokenInfo->status;
        return std::pair(std::string(data.idToken.idToken), status);
    };
    return R"({"status":")" +
           memory.take(request.versionNumber, request.updateType == v201::UpdateType::full,
               request.localAuthorizationList, read) +
           "\"}";
}

class Life {
public:
    Life(unsigned seed, ocpp::Version version)
        : random_(seed), version_(version), bench_(settings())
    {
        make_plant(bench_, 32, 1);
        bench_.ask(engine::PutToken{token(0, true)});
        begin();
    }

    int draw(int least, int most)
    {
        return std::uniform_int_distribution<int>{least, most}(random_);
    }

    void step()
    {
        switch (draw(0, 11)) {
        case 0: bench_.restart(); return begin();
        case 1: bench_.disconnect(station_id); return begin();
        case 2:
        case 3: bench_.ask(engine::PutToken{token(draw(0, 12), draw(0, 2) > 0)}); return;
        case 4: bench_.pass(engine::Milliseconds{draw(1, 3000)}); return;
        default: listen();
        }
    }

    // In peace, and then its list is what the tokens say.
    void come_to_rest()
    {
        bench_.disconnect(station_id);
        begin();
        for (int i = 0; i < 100; ++i) {
            lossless_ = true;
            listen();
            bench_.pass(500ms);
        }
        CHECK(memory_.list == expected());
        auto const view =
            bench_.ask_for<std::vector<engine::StationView>>(engine::ListStations{}).at(0);
        CHECK(view.local_list.in_step);
        CHECK(view.local_list.entries == memory_.list.size());
    }

private:
    static engine::Settings settings()
    {
        auto settings = quick_settings();
        settings.local_lists = true;
        settings.local_list_pause = 1s;
        return settings;
    }

    static storage::Token token(int number, bool accepted)
    {
        storage::Token token;
        token.value = "T" + std::to_string(number);
        token.status = accepted ? storage::TokenStatus::accepted : storage::TokenStatus::blocked;
        return token;
    }

    void begin()
    {
        lossless_ = false;
        bench_.connect(station_id, version_);
        if (draw(0, 1) == 0) return;  // not every connection begins with a boot
        bench_.send(station_id,
            version_ == ocpp::Version::v16
                ? R"([2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}])"
                : R"([2,"b","BootNotification",{"reason":"PowerUp","chargingStation":{"vendorName":"V","model":"M"}}])");
    }

    // The station reads what has come, and answers unless the line breaks.
    void listen()
    {
        for (auto const& text : bench_.take(station_id)) {
            auto const frame = ocpp::parse_frame(text, version_);
            auto const* call = std::get_if<ocpp::Call>(&frame);
            if (call == nullptr) continue;
            int const fate = lossless_ ? 9 : draw(0, 9);
            if (fate == 0) return lose_line();
            auto const reply = version_ == ocpp::Version::v16 ? answer_v16(memory_, *call)
                                                              : answer_v201(memory_, *call);
            if (fate == 1) return lose_line();
            bench_.send(station_id, R"([3,")" + std::string(call->id) + "\"," + reply + "]");
        }
    }

    void lose_line()
    {
        bench_.disconnect(station_id);
        begin();
    }

    std::map<std::string, std::string> expected() const
    {
        std::map<std::string, std::string> list;
        for (auto const& [key, token] : bench_.disk.tokens)
            list[token.value] = token.status == storage::TokenStatus::accepted ? "Accepted"
                                                                               : "Blocked";
        return list;
    }

    std::mt19937 random_;
    ocpp::Version version_;
    EngineBench bench_;
    ListMemory memory_;
    bool lossless_ = false;
};

}

TEST_SUITE_BEGIN("local lists on the wire");

TEST_CASE("through lost lines, lost answers and dying servers a station ends with the right list")
{
    for (unsigned seed = 1; seed <= 60; ++seed) {
        for (auto const version : {ocpp::Version::v16, ocpp::Version::v201}) {
            CAPTURE(seed);
            CAPTURE(static_cast<int>(version));
            Life life(seed, version);
            for (int i = 0; i < 150; ++i) life.step();
            life.come_to_rest();
        }
    }
}

TEST_SUITE_END();
