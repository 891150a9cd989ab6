// The charging profiles that a station holds, and what they add up to: stacking, combining,
// refusal, clearing and the composite schedule of both versions (1.6 sections 3.13, 5.5, 5.7, 5.16
// with errata; 2.0.1 part 2 chapter K). A pure value: time and the transactions come in as
// arguments.
#pragma once

#include "ocpp/version.hpp"
#include "tools/sim/profiles.hpp"
#include "tools/sim/quantities.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

// What the station can do. Timestamps of the stack are the station's own clock.
struct StackRules {
    ocpp::Version version = ocpp::Version::v16;
    int evses = 1;
    int phases = 3;
    bool can_switch_phases = false;
    std::int64_t max_ma = 32'000;  // the hardware's limit
    std::int64_t standalone_ma =
        32'000;  // in place of a transaction's profiles where there is none
    int max_stack_level = 8;
    int max_periods = 24;
    int max_profiles = 16;
    bool accepts_amperes = true;
    bool accepts_watts = true;
};

// A transaction, as far as profiles are concerned.
struct Transaction {
    std::optional<std::string> id;   // 1.6: unknown until the central system has told it
    ocpp::Timestamp can_deliver_at;  // authorised and connected: where Relative schedules start
};

// What an EVSE may draw.
struct Limit {
    std::int64_t ma = 0;  // per phase
    int phases = most_phases;

    friend bool operator==(Limit const&, Limit const&) = default;
};

struct SetOutcome {
    enum class Status { accepted, rejected, no_such_evse } status = Status::accepted;
    std::string_view reason;  // a reason code of the 2.0.1 appendix, when rejected
    std::string_view rule;    // the broken rule, for people

    bool accepted() const { return status == Status::accepted; }
};

// What to clear: a profile by its id, or all that match every given field (1.6 section 5.5 with
// errata 3.26: nothing given means all; 2.0.1 K10.FR.02 to FR.04).
struct ClearFilter {
    std::optional<std::int64_t> id;
    std::optional<int> evse;
    std::optional<Purpose> purpose;
    std::optional<std::int64_t> stack_level;
};

struct CompositeSchedule {
    ocpp::Timestamp start{};  // a whole second
    std::int64_t duration_s = 0;
    RateUnit unit = RateUnit::amperes;
    std::vector<Period> periods;  // neighbours differ
};

class ProfileStack {
public:
    explicit ProfileStack(StackRules const& rules) : rules_(rules) {}

    // Whether set() would accept, and if not, why. `running` is the transaction on that EVSE.
    SetOutcome check(int evse, Profile const& profile, Transaction const* running) const;
    // Installs or replaces.
    SetOutcome set(int evse, Profile profile, Transaction const* running);

    // A profile that came with a remote start (1.6 section 5.16.2, 2.0.1 K05): a TxProfile without
    // transaction, for the one that starts next on that EVSE. check_for_start() says whether it can
    // be.
    SetOutcome check_for_start(int evse, Profile const& profile) const;
    void set_for_start(int evse, Profile profile);

    // A limit that somebody else than the central system has set (2.0.1 K11, K12): only they change
    // it.
    void set_external(int evse, Profile profile);

    // Returns how many profiles were cleared; none is the answer Unknown. External constraints
    // stay.
    std::size_t clear(ClearFilter const& filter);

    // The transaction on that EVSE is over, and its profiles with it.
    void end_transaction(int evse);

    // What EVSE `evse` (1 and up) may draw at `t` with `running` on it; without, as if one ran that
    // has only defaults (2.0.1 K08.FR.06) and could deliver from `t` on.
    Limit limit_at(int evse, ocpp::Timestamp t, Transaction const* running) const;
    // The station's limit alone, for all EVSEs together; nothing when no profile sets one.
    std::optional<std::int64_t> station_max_ma_at(ocpp::Timestamp t) const;

    // The first instant after `t` at which the limit of `evse` may change, if there is one. Without
    // a transaction Relative schedules have not begun, and do not count.
    std::optional<ocpp::Timestamp> next_switch_after(
        int evse, ocpp::Timestamp t, Transaction const* running) const;

    // The limits of the seconds from `start` (cut to a whole second) on. Longer than a week is cut
    // to a week, and after 1,024 periods (the most that a 2.0.1 schedule can have) it ends. With
    // evse 0: what the whole station may draw; running[i] is then the transaction on EVSE i + 1, or
    // null; otherwise running[0] is the one on `evse`.
    CompositeSchedule composite(int evse, ocpp::Timestamp start, std::int64_t duration_s,
        RateUnit unit, std::vector<Transaction const*> const& running) const;

    struct Installed {
        int evse = 0;
        Profile profile;
    };
    std::vector<Installed> const& installed() const { return installed_; }

private:
    // Where Relative schedules start, and whether TxProfiles count.
    struct Context {
        std::optional<ocpp::Timestamp> relative_to;
        bool has_transaction = false;
    };
    static Context context(Transaction const* running, ocpp::Timestamp otherwise);

    SetOutcome check_common(int evse, Profile const& profile) const;
    SetOutcome check_duplicate(int evse, Profile const& profile) const;
    SetOutcome check_schedule(Profile const& profile) const;
    bool replaced_by(Installed const& entry, int evse, Profile const& profile) const;
    void install(int evse, Profile profile);
    std::optional<Limit> leading(
        Purpose purpose, int evse, ocpp::Timestamp t, Context const& context) const;
    Limit limit(int evse, ocpp::Timestamp t, Context const& context) const;
    std::optional<ocpp::Timestamp> next_switch_of(
        int evse, ocpp::Timestamp t, Context const& context) const;

    StackRules rules_;
    std::vector<Installed> installed_;
};

}
