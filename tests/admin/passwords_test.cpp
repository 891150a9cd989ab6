#include "server/admin/hash_worker.hpp"
#include "server/admin/passwords.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <future>
#include <set>
#include <span>
#include <string>

namespace {

std::span<std::uint8_t const> bytes_of(std::string_view text)
{
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

}

TEST_CASE("scrypt gives the keys of RFC 7914 section 12")
{
    struct Vector {
        std::string_view password;
        std::string_view salt;
        admin::ScryptCost cost;
        std::string_view key;
    };
    // The RFC's fourth vector needs 1 GiB and is left out.
    Vector const vectors[] = {
        {"", "", {4, 1, 1},
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
            "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"},
        {"password", "NaCl", {10, 8, 16},
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
            "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"},
        {"pleaseletmein", "SodiumChloride", {14, 8, 1},
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
            "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"},
    };
    for (auto const& vector : vectors) {
        CAPTURE(vector.password);
        constexpr std::size_t length = 64;
        auto const key = admin::scrypt(vector.password, bytes_of(vector.salt), vector.cost, length);
        REQUIRE(key.has_value());
        CHECK(admin::hex_text(*key) == vector.key);
    }
}

TEST_CASE("a password matches the hash that was made of it and no other password does")
{
    auto const hash = admin::hash_password("grønn kaffe 42").value();
    CHECK(hash.rfind("scrypt$15$8$1$", 0) == 0);
    CHECK(admin::password_matches("grønn kaffe 42", hash));
    CHECK_FALSE(admin::password_matches("grønn kaffe 43", hash));
    CHECK_FALSE(admin::password_matches("", hash));
    CHECK_FALSE(admin::password_matches("", admin::decoy_hash()));
}

TEST_CASE("the same password gives another hash each time, because the salt is random")
{
    constexpr admin::ScryptCost cheap{.log2_n = 4, .r = 1, .p = 1};
    CHECK(admin::hash_password("same", cheap) != admin::hash_password("same", cheap));
}

TEST_CASE("a stored hash that is damaged or asks for too much memory matches nothing")
{
    std::string const zeros(64, '0');
    for (auto const& text : {std::string(), std::string("scrypt"), std::string("$$$$$"),
             "scrypt$15$8$1$00$" + zeros + "00", "scrypt$15$8$1$0$" + zeros,
             "scrypt$15$8$1$zz$" + zeros, "scrypt$0$8$1$00$" + zeros, "scrypt$40$8$1$00$" + zeros,
             "scrypt$15$8$1$00$" + zeros + "$", "argon2$15$8$1$00$" + zeros,
             "scrypt$15$4000$1$00$" + zeros, "scrypt$-1$8$1$00$" + zeros}) {
        CAPTURE(text);
        CHECK_FALSE(admin::password_matches("x", text));
    }
}

TEST_CASE("a generated password is four groups of five characters and never the same")
{
    std::set<std::string> seen;
    constexpr int many = 200;
    for (int i = 0; i < many; ++i) {
        auto const password = admin::generate_password();
        REQUIRE(password.size() == 23);
        for (std::size_t at = 0; at < password.size(); ++at) {
            bool const separator = at % 6 == 5;
            CHECK((password[at] == '-') == separator);
        }
        CHECK(password.find_first_of("iloIOUu") == std::string::npos);
        seen.insert(password);
    }
    CHECK(seen.size() == many);
}

TEST_CASE("the hash worker refuses jobs when its queue is full and after it was stopped")
{
    admin::HashWorker worker(2);
    std::promise<void> started;
    std::promise<void> go;
    auto const gone = go.get_future().share();
    REQUIRE(worker.run([&started, gone] {
        started.set_value();
        gone.wait();
    }));
    started.get_future().wait();  // now the queue is empty again
    std::atomic<int> ran{0};
    std::promise<void> last;
    CHECK(worker.run([&] { ++ran; }));
    CHECK(worker.run([&] {
        ++ran;
        last.set_value();
    }));
    CHECK_FALSE(worker.run([&] { ++ran; }));
    go.set_value();
    last.get_future().wait();
    worker.stop();
    CHECK(ran == 2);
    CHECK_FALSE(worker.run([] {}));
}
