// CPU time of reading and writing the messages that matter most, beside Boost.JSON, which parses
// the same bytes into its own tree and knows nothing of messages. Prints two tables; takes about
// ten seconds.
#include "ocpp/codec.hpp"
#include "ocpp/frame.hpp"
#include "ocpp/v16/actions.hpp"
#include "ocpp/v201/actions.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

// All allocations of this program since it started.
std::size_t allocations = 0;

}

// Not inlined: otherwise GCC takes the calls apart and warns that malloc meets delete.
[[gnu::noinline]] void* operator new(std::size_t size)
{
    ++allocations;
    if (void* const memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using ocpp::Version;

// A round repeats one candidate for this long; the next candidate follows, and then the next round,
// so that whatever else the machine does falls on all of them. The median round counts.
constexpr double round_ns = 2e6;
constexpr std::size_t rounds = 61;

// The design's: decoding at least 0.6 times as fast as a plain parse.
constexpr double target_ratio = 0.6;

// Memory of the parse that need not allocate: the largest message takes less than half of it.
constexpr std::size_t arena_size = 64 * 1024;

enum Candidate : std::size_t {
    parse,        // Boost.JSON, into a value with its default storage
    parse_arena,  // the same into an arena on the stack
    decode_strictly,
    decode_tolerantly,
    decode_frame,  // parse_frame() and a strict decode()
    encode,
    serialize,  // Boost.JSON, of the value that it parsed
    candidates,
};

// A message in its forms, and what is measured of it. Each function gives a number that depends on
// its result, lest the compiler leaves it out.
struct Subject {
    std::string name{};
    std::string payload{};
    bool has_target = false;
    std::array<std::function<std::size_t()>, candidates> run{};
};

struct Measured {
    std::array<double, candidates> ns{};
    std::array<std::size_t, candidates> allocations{};
};

double thread_cpu_ns()
{
    std::timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

std::size_t parsed_into_arena(std::string_view text)
{
    std::array<unsigned char, arena_size> memory;
    boost::json::monotonic_resource arena(memory.data(), memory.size());
    return boost::json::parse(text, &arena).as_object().size();
}

// Throws when one of the candidates would not understand the message.
template <class Request>
Subject subject(std::string name, std::string payload, Version version, bool has_target = false)
{
    auto const frame = ocpp::call_text(
        "8f2c1d4e-6b7a-4f3d-9c21-5a0e7b9d3f10", ocpp::ActionOf<Request>::name, payload);
    auto const strict = ocpp::decode<Request>({payload});
    if (auto const* fault = std::get_if<ocpp::Fault>(&strict))
        throw std::runtime_error(name + ": " + ocpp::describe(*fault));
    auto const message = std::get<Request>(strict);
    auto const value = boost::json::parse(payload);
    if (boost::json::parse(ocpp::encode(message)) != value)
        throw std::runtime_error(name + " is written otherwise than it was read");

    Subject made{.name = std::move(name), .payload = payload, .has_target = has_target};
    made.run[parse] = [payload] { return boost::json::parse(payload).as_object().size(); };
    made.run[parse_arena] = [payload] { return parsed_into_arena(payload); };
    made.run[decode_strictly] = [payload] { return ocpp::decode<Request>({payload}).index(); };
    made.run[decode_tolerantly] = [payload] {
        return ocpp::decode_tolerantly<Request>({payload}).index();
    };
    made.run[decode_frame] = [frame, version] {
        auto const parts = ocpp::parse_frame(frame, version);
        return ocpp::decode<Request>(std::get<ocpp::Call>(parts).payload).index();
    };
    made.run[encode] = [message] { return ocpp::encode(message).size(); };
    made.run[serialize] = [value] { return boost::json::serialize(value).size(); };
    return made;
}

// Keeps a result alive.
std::size_t volatile sink = 0;

double round_of(std::function<std::size_t()> const& run, std::size_t times)
{
    std::size_t total = 0;
    double const begin = thread_cpu_ns();
    for (std::size_t i = 0; i < times; ++i) total += run();
    double const elapsed = thread_cpu_ns() - begin;
    sink = total;
    return elapsed / static_cast<double>(times);
}

Measured measure(Subject const& subject)
{
    Measured result;
    std::array<std::size_t, candidates> times{};
    for (std::size_t i = 0; i < candidates; ++i) {
        constexpr std::size_t warm_up = 200;
        auto const one = round_of(subject.run[i], warm_up);
        times[i] = static_cast<std::size_t>(round_ns / std::max(one, 1.0)) + 1;
        auto const before = allocations;
        sink = subject.run[i]();
        result.allocations[i] = allocations - before;
    }
    std::array<std::array<double, rounds>, candidates> ns{};
    for (std::size_t round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < candidates; ++i)
            ns[i][round] = round_of(subject.run[i], times[i]);
    for (std::size_t i = 0; i < candidates; ++i) {
        std::nth_element(ns[i].begin(), ns[i].begin() + rounds / 2, ns[i].end());
        result.ns[i] = ns[i][rounds / 2];
    }
    return result;
}

// The samples of one moment: energy, power, three currents, three voltages, state of charge.
struct Sample {
    std::string_view value, measurand, phase, unit;
};
constexpr Sample samples[] = {
    {"1284973.2", "Energy.Active.Import.Register", "", "Wh"},
    {"10982.5", "Power.Active.Import", "", "W"},
    {"15.94", "Current.Import", "L1", "A"},
    {"15.87", "Current.Import", "L2", "A"},
    {"15.91", "Current.Import", "L3", "A"},
    {"230.4", "Voltage", "L1-N", "V"},
    {"229.8", "Voltage", "L2-N", "V"},
    {"231.1", "Voltage", "L3-N", "V"},
    {"47", "SoC", "", "Percent"},
};

std::string samples_v16()
{
    std::string text = "[";
    for (auto const& [value, measurand, phase, unit] : samples) {
        text += text == "[" ? "" : ",";
        text += R"({"value":")" + std::string(value) + R"(","context":"Sample.Periodic",)" +
                R"("format":"Raw","measurand":")" + std::string(measurand) + '"';
        if (!phase.empty()) text += R"(,"phase":")" + std::string(phase) + '"';
        text += R"(,"location":"Outlet","unit":")" + std::string(unit) + R"("})";
    }
    return text + "]";
}

std::string samples_v201()
{
    std::string text = "[";
    for (auto const& [value, measurand, phase, unit] : samples) {
        text += text == "[" ? "" : ",";
        text += R"({"value":)" + std::string(value) + R"(,"context":"Sample.Periodic",)" +
                R"("measurand":")" + std::string(measurand) + '"';
        if (!phase.empty()) text += R"(,"phase":")" + std::string(phase) + '"';
        text += R"(,"location":"Outlet","unitOfMeasure":{"unit":")" + std::string(unit) + R"("}})";
    }
    return text + "]";
}

std::vector<Subject> subjects()
{
    namespace v16 = ocpp::v16;
    namespace v201 = ocpp::v201;
    constexpr bool has_target = true;
    std::string const now = R"("timestamp":"2026-03-14T09:26:53.589Z")";
    std::vector<Subject> all;
    all.push_back(subject<v16::BootNotificationRequest>("1.6 BootNotification",
        R"({"chargePointVendor":"Acme Charging","chargePointModel":"Wall 22 Plus",)"
        R"("chargePointSerialNumber":"ACW22-0001234567","firmwareVersion":"4.17.3-r2",)"
        R"("iccid":"8931440400001234567","imsi":"204046620123456",)"
        R"("meterType":"EM340","meterSerialNumber":"EM340-77120"})",
        Version::v16, has_target));
    all.push_back(subject<v201::BootNotificationRequest>("2.0.1 BootNotification",
        R"({"reason":"PowerUp","chargingStation":{"serialNumber":"ACW22-0001234567",)"
        R"("model":"Wall 22 Plus","modem":{"iccid":"8931440400001234567",)"
        R"("imsi":"204046620123456"},"vendorName":"Acme Charging",)"
        R"("firmwareVersion":"4.17.3-r2"}})",
        Version::v201, has_target));
    all.push_back(subject<v16::MeterValuesRequest>("1.6 MeterValues, 9 samples",
        R"({"connectorId":1,"transactionId":48213,"meterValue":[{)" + now + R"(,"sampledValue":)" +
            samples_v16() + "}]}",
        Version::v16, has_target));
    all.push_back(subject<v201::MeterValuesRequest>("2.0.1 MeterValues, 9 samples",
        R"({"evseId":1,"meterValue":[{"sampledValue":)" + samples_v201() + "," + now + "}]}",
        Version::v201, has_target));
    all.push_back(subject<v201::TransactionEventRequest>("2.0.1 TransactionEvent, 9 samples",
        R"({"eventType":"Updated","meterValue":[{"sampledValue":)" + samples_v201() + "," + now +
            "}]," + now +
            R"(,"triggerReason":"MeterValuePeriodic","seqNo":17,"offline":false,)"
            R"("transactionInfo":{"transactionId":"3f6c0d1e-90ab-4c57-8e2d-71b5a4c6f802",)"
            R"("chargingState":"Charging","timeSpentCharging":3127},)"
            R"("evse":{"id":1,"connectorId":1},)"
            R"("idToken":{"idToken":"04A1B2C3D4E580","type":"ISO14443"}})",
        Version::v201, has_target));
    all.push_back(subject<v16::HeartbeatRequest>("1.6 Heartbeat", "{}", Version::v16));
    all.push_back(subject<v16::StatusNotificationRequest>("1.6 StatusNotification",
        R"({"connectorId":1,"errorCode":"NoError","info":"","status":"Charging",)" + now +
            R"(,"vendorId":"Acme Charging","vendorErrorCode":"0x0000"})",
        Version::v16));
    all.push_back(subject<v201::StatusNotificationRequest>("2.0.1 StatusNotification",
        "{" + now + R"(,"connectorStatus":"Occupied","evseId":1,"connectorId":1})", Version::v201));
    return all;
}

// The ratio with the target beside it.
void print_ratio(double ratio, bool has_target)
{
    std::printf(" %6.2f", ratio);
    if (has_target)
        std::printf("  at least %.1f: %s", target_ratio, ratio >= target_ratio ? "met" : "not met");
    std::printf("\n");
}

void print_reading(std::vector<Subject> const& all, std::vector<Measured> const& measured)
{
    std::printf("Reading, ns of CPU for one (MB/s and allocations are of the strict decode)\n");
    std::printf("%-33s %6s %7s %7s %7s %9s %7s %6s %12s %6s  %s\n", "", "bytes", "parse", "(arena)",
        "decode", "tolerant", "frame", "MB/s", "allocations", "ratio", "target");
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const& [ns, allocated] = measured[i];
        auto const bytes = static_cast<double>(all[i].payload.size());
        constexpr double mb_per_s_of_bytes_per_ns = 1000;
        std::printf("%-33s %6.0f %7.0f %7.0f %7.0f %9.0f %7.0f %6.0f %5zu of %3zu",
            all[i].name.c_str(), bytes, ns[parse], ns[parse_arena], ns[decode_strictly],
            ns[decode_tolerantly], ns[decode_frame],
            bytes / ns[decode_strictly] * mb_per_s_of_bytes_per_ns, allocated[decode_strictly],
            allocated[parse]);
        print_ratio(ns[parse] / ns[decode_strictly], all[i].has_target);
    }
}

void print_writing(std::vector<Subject> const& all, std::vector<Measured> const& measured)
{
    std::printf("Writing, ns of CPU for one\n");
    std::printf(
        "%-33s %6s %9s %7s %12s %6s\n", "", "bytes", "serialize", "encode", "allocations", "ratio");
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const& [ns, allocated] = measured[i];
        std::printf("%-33s %6zu %9.0f %7.0f %5zu of %3zu", all[i].name.c_str(),
            all[i].payload.size(), ns[serialize], ns[encode], allocated[encode],
            allocated[serialize]);
        print_ratio(ns[serialize] / ns[encode], false);
    }
}

}

int main()
{
    auto const all = subjects();
    std::vector<Measured> measured;
    for (auto const& one : all) measured.push_back(measure(one));
    print_reading(all, measured);
    std::printf("\n");
    print_writing(all, measured);
}
