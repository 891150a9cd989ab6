// A station that was offline for long: it has a queue of transactions and gives it away as fast as
// the server answers, one CALL at a time, over as many connections as it takes. What is not
// answered it repeats with the same content, sometimes under the same message id, sometimes under
// another; sometimes it breaks its connection in the middle, and sometimes it repeats what was
// answered. It keeps account of what was acknowledged.
#pragma once

#include "ocpp/timestamp.hpp"
#include "ocpp/version.hpp"
#include "tests/integration/support/raw_station.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace integration {

using Samples = std::map<ocpp::Timestamp, std::int64_t>;  // Wh on the register

// A transaction as its station knows it.
struct Upload {
    ocpp::Timestamp started_at{};
    std::int64_t start_wh = 0;
    bool start_acknowledged = false;
    std::optional<std::int64_t> id{};           // 1.6, from the answer
    Samples acknowledged{};                     // samples of answered messages
    std::optional<ocpp::Timestamp> ended_at{};  // acknowledged
    std::int64_t stop_wh = 0;
};

// A message that has perhaps been sent, and was not answered yet.
struct Report {
    enum class Kind { start, values, stop };
    Kind kind = Kind::start;
    std::string action{};
    std::string payload{};
    ocpp::Timestamp at{};
    std::int64_t register_wh = 0;  // of a start or stop
    Samples samples{};
    std::string message_id{};
};

class Uploader {
public:
    Uploader(std::string identity, ocpp::Version version, std::uint64_t seed);
    ~Uploader();
    Uploader(Uploader const&) = delete;
    Uploader& operator=(Uploader const&) = delete;

    // Uploads in a thread of its own until the server is gone, or nothing is left after finish().
    void begin(std::uint16_t port);
    // No transaction after the present one.
    void finish() { finishing_ = true; }
    void join();

    // Answered reports and refused ones (InternalError), at any time.
    std::size_t acknowledged() const { return acknowledged_; }
    std::size_t refused() const { return refused_; }
    std::size_t connects() const { return connects_; }

    // The following may be asked while it does not upload.
    std::string const& identity() const { return identity_; }
    std::vector<Upload> const& transactions() const { return transactions_; }
    // Of the last transaction.
    std::optional<Report> const& pending() const { return pending_; }
    // The one that it was at when it began last.
    std::size_t first_touched() const { return first_touched_; }
    std::size_t repeats() const { return repeats_; }
    // Answers that no station should get, in words; empty: none.
    std::string const& complaints() const { return complaints_; }

private:
    enum class Step { go_on, reconnect, done };

    void run(std::uint16_t port);
    void boot(RawStation& link);
    Step step(RawStation& link);
    bool prepare();
    Report next_report();
    Report start_report();
    std::string event_payload(Report const& report, char const* type, char const* trigger);
    void note(json::array const& answer, bool first_time);
    void acknowledge(json::object const& answer);
    void complain(std::string const& what) { complaints_ += identity_ + ": " + what + '\n'; }
    std::int64_t between(std::int64_t low, std::int64_t high);
    bool one_in(std::int64_t count) { return between(1, count) == 1; }
    bool is_16() const { return version_ == ocpp::Version::v16; }

    std::string const identity_;
    ocpp::Version const version_;
    std::mt19937_64 random_;
    ocpp::Timestamp clock_;  // of the station, in its time without a server
    std::int64_t register_wh_;
    std::vector<Upload> transactions_;
    std::int64_t reports_left_ = 0;  // of meter values, in the present transaction
    int sequence_ = 0;               // 2.0.1
    int messages_ = 0;
    std::optional<Report> pending_;
    std::optional<Report> answered_;  // the last one
    bool was_sent_ = false;           // the pending one, at least once
    bool booted_ = false;
    std::size_t first_touched_ = 0;
    std::size_t repeats_ = 0;
    std::string complaints_;
    std::atomic<std::size_t> acknowledged_ = 0;
    std::atomic<std::size_t> refused_ = 0;
    std::atomic<std::size_t> connects_ = 0;
    std::atomic<bool> finishing_ = false;
    std::atomic<bool> abandoned_ = false;
    std::thread thread_;
};

}
