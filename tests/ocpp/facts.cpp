#include "facts.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <stdexcept>

namespace ocpp::test {

namespace json = boost::json;

namespace {

std::string word(json::value const& value)
{
    if (value.is_string()) return std::string(std::string_view(value.get_string()));
    if (value.is_double()) {
        auto const number = value.get_double();
        auto const whole = static_cast<std::int64_t>(number);
        if (static_cast<double>(whole) == number) return std::to_string(whole);
        if (number == 0.1) return "0.1";
    }
    return json::serialize(value);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

class SchemaReader {
public:
    explicit SchemaReader(json::value const& root) : root_(root.as_object()) {}

    void describe(json::value const& schema, std::string const& path)
    {
        auto const& rules = resolve(schema.as_object());
        if (!rules.contains("type")) return;  // any value will do
        auto const type = word(rules.at("type"));
        state(path, "type", type);
        for (auto const& [key, value] : rules) describe_rule(key, value, path);
        if (type == "object") describe_object(rules, path);
        if (type == "array") describe(rules.at("items"), path + "[]");
    }

    std::vector<Fact> facts;

private:
    void state(std::string const& path, std::string_view rule, std::string value = {})
    {
        facts.push_back({path, std::string(rule), std::move(value)});
    }

    json::object const& resolve(json::object const& schema) const
    {
        auto const* reference = schema.if_contains("$ref");
        if (reference == nullptr) return schema;
        std::string_view const target = reference->as_string();
        constexpr std::string_view prefix = "#/definitions/";
        if (!target.starts_with(prefix)) throw std::runtime_error("a reference elsewhere");
        return root_.at("definitions").at(target.substr(prefix.size())).as_object();
    }

    void describe_rule(std::string_view key, json::value const& value, std::string const& path)
    {
        if (is_one_of(key, {"maxLength", "minItems", "maxItems", "minimum", "maximum", "multipleOf",
                               "format"}))
            state(path, key, word(value));
        else if (key == "enum")
            state(path, key, names(value));
        else if (!is_one_of(key,
                     {"$schema", "$id", "id", "title", "comment", "description", "definitions",
                         "type", "javaType", "default", "properties", "required", "items",
                         "additionalProperties", "additionalItems"}))
            throw std::runtime_error(
                "a schema keyword that the structs cannot say: " + std::string(key));
    }

    static std::string names(json::value const& values)
    {
        std::vector<std::string> words;
        for (auto const& value : values.as_array()) words.push_back(word(value));
        return join(words);
    }

    void describe_object(json::object const& rules, std::string const& path)
    {
        auto const* open = rules.if_contains("additionalProperties");
        if (open != nullptr && !open->as_bool()) state(path, "closed");

        std::vector<std::string> required;
        if (auto const* list = rules.if_contains("required"))
            for (auto const& name : list->as_array()) required.push_back(word(name));

        std::vector<std::string> fields;
        auto const* properties = rules.if_contains("properties");
        for (auto const& [name, schema] : properties ? properties->as_object() : json::object()) {
            if (name == "customData") {
                describe_custom_data(schema, path);
                continue;
            }
            fields.emplace_back(name);
            bool const needed = std::find(required.begin(), required.end(), fields.back()) !=
                                required.end();
            state(join(path, name), needed ? "required" : "optional");
            describe(schema, join(path, name));
        }
        state(path, "fields", join(fields));
    }

    // The codec knows one form of customData: open, with a vendorId of at most 255 characters.
    void describe_custom_data(json::value const& schema, std::string const& path)
    {
        auto const& rules = resolve(schema.as_object());
        auto const& vendor = rules.at("properties").at("vendorId");
        bool const expected = word(rules.at("required")) == R"(["vendorId"])" &&
                              word(vendor.at("type")) == "string" &&
                              word(vendor.at("maxLength")) == "255" &&
                              !rules.contains("additionalProperties");
        state(path, expected ? "customData" : "customData of another form");
    }

    json::object const& root_;
};

}

std::string to_string(Fact const& fact)
{
    return fact.path + ": " + fact.rule + (fact.value.empty() ? "" : " " + fact.value);
}

std::string join(std::string_view path, std::string_view field)
{
    return std::string(path) + (path.empty() ? "" : ".") + std::string(field);
}

std::string join(std::vector<std::string> const& words)
{
    std::string text;
    for (auto const& word : words) text += (text.empty() ? "" : ",") + word;
    return text;
}

std::vector<Fact> facts_of_schema(json::value const& schema)
{
    SchemaReader reader(schema);
    reader.describe(schema, "");
    return std::move(reader.facts);
}

}
