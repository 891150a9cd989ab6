// Each rule of each message broken once, in a message that is right otherwise.
#include "every_message.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

namespace ocpp::test {

namespace json = boost::json;

namespace {

constexpr std::uint64_t seed = 2025;

// "a[].b" of a fact is "a[0].b" of a message.
std::string first_items(std::string_view path)
{
    std::string text;
    for (char const c : path) {
        if (c == ']') text += '0';
        text += c;
    }
    return text;
}

// One message, and the value that a fact speaks of.
class Target {
public:
    Target(MessageCase const& message, json::value const& valid, Fact const& fact)
        : message_(message), whole_(valid), fact_(fact)
    {
    }

    json::value& value() { return *find(fact_.path); }

    json::object& owner()
    {
        auto const dot = fact_.path.rfind('.');
        return find(dot == std::string::npos ? "" : fact_.path.substr(0, dot))->as_object();
    }

    std::string field() const { return fact_.path.substr(fact_.path.rfind('.') + 1); }

    void set(json::value value) { *find(fact_.path) = std::move(value); }

    void check_accepted() const
    {
        auto const result = recode();
        auto const* fault = std::get_if<Fault>(&result);
        CHECK_MESSAGE(fault == nullptr, (fault != nullptr ? describe(*fault) : ""));
    }

    // `inside` is the rest of the path where it leads below the fact's.
    void check_refused(FaultKind kind, std::string_view inside = {}) const
    {
        auto const result = recode();
        auto const* fault = std::get_if<Fault>(&result);
        REQUIRE(fault != nullptr);
        CHECK(fault->kind == kind);
        CHECK(fault->path ==
              (inside.empty() ? first_items(fact_.path) : join(first_items(fact_.path), inside)));
    }

private:
    json::value* find(std::string const& path)
    {
        json::value* at = &whole_;
        std::istringstream steps(path);
        for (std::string step; std::getline(steps, step, '.');) {
            std::string_view name = step;
            std::size_t lists = 0;
            for (; name.ends_with("[]"); ++lists) name.remove_suffix(2);
            at = &at->as_object().at(name);
            for (; lists > 0; --lists) at = &at->as_array().at(0);
        }
        return at;
    }

    std::variant<Rewritten, Fault> recode() const
    {
        auto const text = json::serialize(whole_);
        return rewrite(message_.layout(), {text}, Level::strict);
    }

    MessageCase const& message_;
    json::value whole_;
    Fact const& fact_;
};

void break_type(Target target, Fact const& fact)
{
    bool const is_root = fact.path.empty();
    auto const kind = is_root ? FaultKind::format : FaultKind::type_constraint;
    json::value const samples[] = {7, 7.5, "7", true, json::array{}, json::object{}};
    // Which of the samples have the type, in the order above.
    bool const is_number = fact.value == "number";
    bool const right[] = {fact.value == "integer" || is_number, is_number, fact.value == "string",
        fact.value == "boolean", fact.value == "array", fact.value == "object"};
    for (std::size_t i = 0; i < std::size(samples); ++i) {
        if (right[i]) continue;
        if (is_root && samples[i].is_object()) continue;
        target.set(samples[i]);
        target.check_refused(kind);
    }
}

void break_required(Target target, Fact const&)
{
    target.owner().erase(target.field());
    target.check_refused(FaultKind::occurrence_constraint);
}

// `any_type` is there for fields that may be null too.
void leave_out_optional(Target target, bool any_type)
{
    target.set(nullptr);
    if (any_type)
        target.check_accepted();
    else
        target.check_refused(FaultKind::type_constraint);
    target.owner().erase(target.field());
    target.check_accepted();
}

void break_length(Target target, Fact const& fact)
{
    auto const limit = std::stoul(fact.value);
    std::string longest;
    for (std::size_t i = 0; i < limit; ++i) longest += "\xE2\x82\xAC";  // one character, 3 bytes
    target.set(json::value(longest));
    target.check_accepted();
    target.set(json::value(longest + "x"));
    target.check_refused(FaultKind::property_constraint);
}

void break_enum(Target target, Fact const& fact)
{
    std::istringstream names(fact.value);
    for (std::string name; std::getline(names, name, ',');) {
        target.set(json::value(name));
        target.check_accepted();
    }
    for (auto const* const wrong : {"", "No such name"}) {
        target.set(wrong);
        target.check_refused(FaultKind::property_constraint);
    }
}

void break_format(Target target, Fact const& fact)
{
    if (fact.value == "uri") {
        target.set("http://example.com/%20?a=b#c");
        target.check_accepted();
        for (auto const* const wrong : {"", "firmware.bin", "//example.com/a", "http://a b"}) {
            target.set(wrong);
            target.check_refused(FaultKind::property_constraint);
        }
        return;
    }
    for (auto const* const wrong : {"", "tomorrow", "2025-02-30T00:00:00Z"}) {
        target.set(wrong);
        target.check_refused(FaultKind::property_constraint);
    }
}

void break_count(Target target, Fact const& fact)
{
    auto const limit = std::stoul(fact.value);
    auto& items = target.value().as_array();
    auto const item = items.at(0);
    items.resize(limit, item);
    target.check_accepted();
    items.resize(fact.rule == "minItems" ? limit - 1 : limit + 1, item);
    target.check_refused(FaultKind::occurrence_constraint);
}

void break_range(Target target, Fact const& fact)
{
    auto const limit = std::stoll(fact.value);
    target.set(limit);
    target.check_accepted();
    target.set(fact.rule == "minimum" ? limit - 1 : limit + 1);
    target.check_refused(FaultKind::property_constraint);
}

void break_decimals(Target target, Fact const&)
{
    target.set(16.1);
    target.check_accepted();
    target.set(16.15);
    target.check_refused(FaultKind::property_constraint);
}

void add_unknown_field(Target target, Fact const&)
{
    target.value().as_object()["noSuchField"] = 1;
    target.check_refused(FaultKind::format, "noSuchField");
}

void break_custom_data(Target target, Fact const&)
{
    auto& object = target.value().as_object();
    object["customData"] = {{"vendorId", "org.example"}, {"more", json::array{1}}};
    target.check_accepted();
    object["customData"] = json::object();
    target.check_refused(FaultKind::occurrence_constraint, "customData.vendorId");
    object["customData"] = 7;
    target.check_refused(FaultKind::type_constraint, "customData");
}

// Does one rule's mutations; false for a rule that nothing can break.
bool break_rule(Target const& target, Fact const& fact, bool any_type)
{
    if (fact.rule == "type")
        break_type(target, fact);
    else if (fact.rule == "required")
        break_required(target, fact);
    else if (fact.rule == "optional")
        leave_out_optional(target, any_type);
    else if (fact.rule == "maxLength")
        break_length(target, fact);
    else if (fact.rule == "enum")
        break_enum(target, fact);
    else if (fact.rule == "format")
        break_format(target, fact);
    else if (fact.rule == "minItems" || fact.rule == "maxItems")
        break_count(target, fact);
    else if (fact.rule == "minimum" || fact.rule == "maximum")
        break_range(target, fact);
    else if (fact.rule == "multipleOf")
        break_decimals(target, fact);
    else if (fact.rule == "closed")
        add_unknown_field(target, fact);
    else if (fact.rule == "customData")
        break_custom_data(target, fact);
    else
        return false;
    return true;
}

}

TEST_CASE("a message that breaks any one rule of its schema is refused with kind and place")
{
    std::size_t broken = 0;
    for (auto const& message : every_message()) {
        auto const name = name_of(message);
        CAPTURE(name);
        CAPTURE(seed);
        Random random(seed);
        auto const valid = json::parse(message.random(random, Fullness::everything).text);
        auto const facts = message.facts();
        for (auto const& fact : facts) {
            CAPTURE(to_string(fact));
            bool const any_type = std::none_of(facts.begin(), facts.end(),
                [&](Fact const& other) { return other.path == fact.path && other.rule == "type"; });
            bool const done = break_rule(Target(message, valid, fact), fact, any_type);
            CHECK((done || fact.rule == "fields"));
            if (done) ++broken;
        }
    }
    MESSAGE("broke " << broken << " rules of " << every_message().size() << " messages");
}

}
