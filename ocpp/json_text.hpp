// JSON text, taken apart from its front: the codec reads its messages straight from the frame, so
// that no document stands in between.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ocpp {

// What a value is, by its first character.
enum class JsonKind { object, list, text, number, boolean, null, none };

// A number as it was written.
struct JsonNumber {
    std::string_view text;
    bool whole = true;  // without fraction and exponent
};

// The deepest message of any version nests less than ten times; the rest is room for customData.
inline constexpr int deepest_nesting = 32;

// Steps over JSON text. Every step skips white space first and tells whether the text went on as
// RFC 8259 says; after a step that failed the others fail too. Text is UTF-8, checked on the way.
// What is taken out as a view lives as long as the text, or, for a string with escapes, as long as
// the next string is not taken.
class JsonText {
public:
    explicit JsonText(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

    // Of the value that comes next.
    JsonKind kind();
    bool good() const { return good_; }
    bool at_end();  // nothing but white space is left
    // Takes it, if it comes next.
    bool skip(char punctuation)
    {
        skip_space();
        if (at_ == end_ || *at_ != punctuation) return false;
        ++at_;
        return true;
    }
    // The same, and anything else is a failure.
    bool expect(char punctuation) { return skip(punctuation) || fail(); }
    // Takes exactly these characters, if they come next. White space is not skipped.
    bool take(std::string_view exactly)
    {
        if (!rest().starts_with(exactly)) return false;
        at_ += exactly.size();
        return true;
    }

    std::optional<std::string_view> string();
    std::optional<JsonNumber> number();
    std::optional<bool> boolean();
    bool null();

    // A whole value of any kind, checked, as it was written.
    std::optional<std::string_view> value();

    // Takes null, "", [] or {}, if it comes next, and says which. It is no failure when something
    // else comes.
    std::optional<std::string_view> nothing();

    // What has not been taken yet.
    std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }

    // Items of a list or members of an object, after its opening bracket. True when one more
    // follows; false at the closing bracket, which is taken, and after a failure. `first` begins as
    // true.
    bool more(char closing, bool& first)
    {
        if (skip(closing)) return false;
        if (!first && !expect(',')) return false;
        first = false;
        return good_;
    }
    // "name": before a member's value.
    std::optional<std::string_view> name();

private:
    static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
    void skip_space()
    {
        while (at_ != end_ && is_space(*at_)) ++at_;
    }
    bool fail();
    bool skip_value(int depth);
    bool literal(std::string_view word);
    bool unescape(std::string& out);

    char const* at_;
    char const* end_;
    bool good_ = true;
    std::string unescaped_;
};

// The bytes at the beginning of `text` that stand in a JSON string as they are and are ASCII.
std::size_t plain_size(std::string_view text);

// Is all of the text one JSON value?
bool is_json(std::string_view text);

}
