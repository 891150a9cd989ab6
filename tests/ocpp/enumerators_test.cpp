// The schemas know the wire names, not our enumerators. Both must stand in the same order, or a
// station that is Faulted would be taken for one that is Available.
#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"
#include "ocpp/v16/actions.hpp"
#include "ocpp/v201/actions.hpp"
#include "ocpp/v21/actions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ocpp::test {

namespace {

// The identifier of an enumerator; empty for a value that has none. Both compilers print the
// template argument as "[... V = ocpp::v16::Phase::l1_n; ...]" or "[V = (ocpp::v16::Phase)99]".
template <auto V>
std::string identifier()
{
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("V = ") + 4);
    text = text.substr(0, text.find_first_of(";]"));
    if (text.front() == '(') return {};
    return std::string(text.substr(text.rfind(':') + 1));
}

// "Energy.Active.Import.Register" and energy_active_import_register are both
// "energyactiveimportregister".
std::string squeezed(std::string_view name)
{
    std::string text;
    for (char const c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

template <WireEnum E, std::size_t... Index>
std::vector<std::string> identifiers(std::index_sequence<Index...>)
{
    return {identifier<static_cast<E>(Index)>()...};
}

class EnumCollector {
public:
    template <class T>
    void operator()(std::string_view, T const& field)
    {
        collect(field);
    }

    template <class T>
    void operator()(std::string_view, std::optional<T> const&)
    {
        collect(T{});
    }

    // Of each enum met, the wire names, the other spellings, and the identifiers: with more places
    // than names, so that enumerators beyond the names are seen.
    struct Enum {
        std::vector<std::string_view> names;
        std::vector<Spelling> others;
        std::vector<std::string> identifiers;
    };
    std::vector<Enum> found;

private:
    template <class T>
    void collect(T const& field)
    {
        if constexpr (WireStruct<T>) T::visit_fields(field, *this);
        if constexpr (WireEnum<T>) {
            constexpr std::size_t places_beyond = 4;
            constexpr auto const& names = wire_names_of<T>;
            std::vector<Spelling> others;
            if constexpr (HasOtherSpellings<T>) {
                constexpr auto spellings = other_spellings(T{});
                others.assign(spellings.begin(), spellings.end());
            }
            found.push_back({{names.begin(), names.end()}, std::move(others),
                identifiers<T>(std::make_index_sequence<names.size() + places_beyond>())});
        }
    }

    template <class T, std::size_t Min, std::size_t Max>
    void collect(List<T, Min, Max> const&)
    {
        collect(T{});
    }
};

template <class M>
void visit(EnumCollector& collector)
{
    M const message;
    M::visit_fields(message, collector);
}

std::vector<EnumCollector::Enum> every_enum()
{
    EnumCollector collector;
#define KURS_VISIT_V16(NAME, DIRECTION)                                                            \
    visit<v16::NAME##Request>(collector);                                                          \
    visit<v16::NAME##Response>(collector);
#define KURS_VISIT_V201(NAME, DIRECTION)                                                           \
    visit<v201::NAME##Request>(collector);                                                         \
    visit<v201::NAME##Response>(collector);
#define KURS_VISIT_V21(NAME, DIRECTION)                                                            \
    visit<v21::NAME##Request>(collector);                                                          \
    visit<v21::NAME##Response>(collector);
#define KURS_VISIT_V21_SEND(NAME, DIRECTION) visit<v21::NAME##Request>(collector);
    OCPP_V16_ACTIONS(KURS_VISIT_V16)
    OCPP_V201_ACTIONS(KURS_VISIT_V201)
    OCPP_V21_ACTIONS(KURS_VISIT_V21)
    OCPP_V21_SENDS(KURS_VISIT_V21_SEND)

    return std::move(collector.found);
}

std::string lower(std::string_view name)
{
    std::string text;
    for (char const c : name)
        text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

}

TEST_CASE("every enumerator is its wire name in lower snake case")
{
    auto const enums = every_enum();
    REQUIRE(!enums.empty());
    for (auto const& met : enums) {
        CAPTURE(met.names.front());
        for (std::size_t i = 0; i < met.names.size(); ++i)
            CHECK(squeezed(met.identifiers[i]) == squeezed(met.names[i]));
    }
}

TEST_CASE("an enumerator without a wire name is the meaning of another spelling")
{
    std::size_t beyond_names = 0;
    for (auto const& met : every_enum()) {
        CAPTURE(met.names.front());
        CHECK(met.identifiers.back().empty());  // we have looked far enough
        for (std::size_t i = met.names.size(); i < met.identifiers.size(); ++i) {
            bool const spelled_otherwise = std::any_of(met.others.begin(), met.others.end(),
                [i](Spelling const& other) { return other.value == static_cast<int>(i); });
            CAPTURE(met.identifiers[i]);
            CHECK(met.identifiers[i].empty() != spelled_otherwise);
            beyond_names += spelled_otherwise ? 1 : 0;
        }
        for (auto const& other : met.others)
            CHECK(static_cast<std::size_t>(other.value) < met.identifiers.size());
    }
    CHECK(beyond_names > 0);  // Hertz is one
}

TEST_CASE("names of an enumeration differ by more than case, so that a wrong case is no other name")
{
    for (auto const& met : every_enum()) {
        std::set<std::string> seen;
        auto const is_new = [&](std::string_view name) { return seen.insert(lower(name)).second; };
        for (auto const name : met.names) CHECK_MESSAGE(is_new(name), name);
        for (auto const& other : met.others) CHECK_MESSAGE(is_new(other.name), other.name);
    }
}

}
