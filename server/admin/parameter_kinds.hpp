// The kinds of values that parameters have. A kind's `read` checks a JSON value, puts it into a
// member of the engine's command, and returns the rule that is broken (empty: none), for people.
// Kinds are template arguments (see parameters.hpp), so they hold numbers only.
#pragma once

#include "storage/store.hpp"

#include <boost/json/value.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace admin {

using Rule = std::string;

// Text of `least` to `most` characters (code points) without control characters.
struct Text {
    std::size_t least = 0;
    std::size_t most = 0;
    Rule read(boost::json::value const& json, std::string& into) const;
    Rule read(boost::json::value const& json, storage::StationIdentity& into) const;
};

// The same, and line breaks are allowed.
struct Notes {
    std::size_t most = 0;
    Rule read(boost::json::value const& json, std::string& into) const;
};

// Text that nobody looks at before it is compared: passwords and login tokens.
struct Secret {
    std::size_t least = 0;
    std::size_t most = 0;
    Rule read(boost::json::value const& json, std::string& into) const;
};

struct Flag {
    Rule read(boost::json::value const& json, bool& into) const;
};

// A whole number within both ends.
struct Integer {
    std::int64_t least = 0;
    std::int64_t most = 0;
    Rule read(boost::json::value const& json, std::int64_t& into) const;
    Rule read(boost::json::value const& json, int& into) const;
    Rule read(boost::json::value const& json, storage::EvseNumber& into) const;
};

// The number of an installation, circuit, charge point or session.
struct IdNumber {
    template <class Tag>
    Rule read(boost::json::value const& json, storage::Id<Tag>& into) const
    {
        return read_id(json, into.value);
    }

private:
    static Rule read_id(boost::json::value const& json, std::int64_t& into);
};

// A list of at most so many ids.
struct IdList {
    std::size_t most = 0;
    template <class Tag>
    Rule read(boost::json::value const& json, std::vector<storage::Id<Tag>>& into) const
    {
        std::vector<std::int64_t> ids;
        auto rule = read_ids(json, ids);
        for (auto const id : ids) into.push_back({id});
        return rule;
    }

private:
    Rule read_ids(boost::json::value const& json, std::vector<std::int64_t>& into) const;
};

// Amperes with at most three decimals, kept as whole milliamperes: 13.3 is exactly 13300.
struct Amperes {
    bool zero_allowed = false;
    Rule read(boost::json::value const& json, std::int64_t& into_ma) const;
};

// Kilowatt-hours with at most three decimals, above 0, kept as milliwatt-hours.
struct KilowattHours {
    Rule read(boost::json::value const& json, std::int64_t& into_mwh) const;
};

// RFC 3339.
struct Time {
    Rule read(boost::json::value const& json, storage::Timestamp& into) const;
};

// A name of the IANA time zone database.
struct TimeZone {
    Rule read(boost::json::value const& json, std::string& into) const;
};

// The grid line of each of a station's three terminals.
struct Rotation {
    Rule read(boost::json::value const& json, std::array<std::uint8_t, 3>& into) const;
};

// Any JSON object, kept as text.
struct AnyObject {
    Rule read(boost::json::value const& json, std::string& into) const;
};

// One of the words of an enumeration, which are in words.hpp.
struct OneWord {
    Rule read(boost::json::value const& json, storage::GridType& into) const;
    Rule read(boost::json::value const& json, storage::SharingPolicy& into) const;
    Rule read(boost::json::value const& json, storage::TokenStatus& into) const;
    Rule read(boost::json::value const& json, storage::TokenKind& into) const;
    Rule read(boost::json::value const& json, storage::GraphWidth& into) const;
};

// An optional member holds what its kind reads.
template <class Kind, class Member>
Rule read_into(Kind const& kind, boost::json::value const& json, std::optional<Member>& into)
{
    return kind.read(json, into.emplace());
}

template <class Kind, class Member>
Rule read_into(Kind const& kind, boost::json::value const& json, Member& into)
{
    return kind.read(json, into);
}

}
