// The schemas know the wire names, not our enumerators. Both must stand in the same order, or a
// station that is Faulted would be taken for one that is Available.
#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"
#include "ocpp/v16/actions.hpp"
#include "ocpp/v201/actions.hpp"

#include <doctest/doctest.h>

#include <cctype>
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

    // Of each enum met, the wire names and the identifiers, with one more place than names.
    struct Enum {
        std::vector<std::string_view> names;
        std::vector<std::string> identifiers;
    };
    std::vector<Enum> found;

private:
    template <class T>
    void collect(T const& field)
    {
        if constexpr (WireStruct<T>) T::visit_fields(field, *this);
        if constexpr (WireEnum<T>) {
            constexpr auto const& names = wire_names_of<T>;
            found.push_back({{names.begin(), names.end()},
                identifiers<T>(std::make_index_sequence<names.size() + 1>())});
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

}

TEST_CASE("every enumerator is its wire name in lower snake case")
{
    EnumCollector collector;
#define KURS_VISIT_V16(NAME, DIRECTION)                                                            \
    visit<v16::NAME##Request>(collector);                                                          \
    visit<v16::NAME##Response>(collector);
#define KURS_VISIT_V201(NAME, DIRECTION)                                                           \
    visit<v201::NAME##Request>(collector);                                                         \
    visit<v201::NAME##Response>(collector);
    OCPP_V16_ACTIONS(KURS_VISIT_V16)
    OCPP_V201_ACTIONS(KURS_VISIT_V201)

    REQUIRE(!collector.found.empty());
    for (auto const& met : collector.found) {
        CAPTURE(met.names.front());
        for (std::size_t i = 0; i < met.names.size(); ++i)
            CHECK(squeezed(met.identifiers[i]) == squeezed(met.names[i]));
        CHECK(met.identifiers.back().empty());  // no enumerator is left without a name
    }
}

}
