#include "server/admin/passwords.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <array>
#include <charconv>
#include <memory>
#include <stdexcept>

namespace admin {
namespace {

constexpr std::string_view scheme = "scrypt";
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;

// The highest cost that a stored hash may ask for: a damaged store must not take the memory.
constexpr ScryptCost highest_cost{.log2_n = 20, .r = 16, .p = 16};
// 128 * N * r, and OpenSSL's own overhead (128 * r * p and small change) in the remainder.
constexpr std::uint64_t memory_limit(ScryptCost cost)
{
    constexpr std::uint64_t block = 128;
    constexpr std::uint64_t remainder = 1U << 20U;
    return block * cost.r * ((std::uint64_t{1} << cost.log2_n) + cost.p) + remainder;
}

// Crockford's base 32 (crockford.com/base32.html) in lower case: no i, l, o or u, so 0 and 1 are
// what they look like.
constexpr std::string_view readable = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t generated_characters = 20;
constexpr std::size_t generated_group = 5;

struct FreeKdf {
    void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
    void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};

std::optional<unsigned> to_number(std::string_view text, unsigned most)
{
    unsigned value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (value < 1 || value > most) return std::nullopt;
    return value;
}

struct Encoded {
    ScryptCost cost;
    std::vector<std::uint8_t> salt;
    std::vector<std::uint8_t> hash;
};

std::string encode(Encoded const& parts)
{
    std::string text(scheme);
    for (unsigned const number : {parts.cost.log2_n, parts.cost.r, parts.cost.p}) {
        text += '$' + std::to_string(number);
    }
    return text + '$' + hex_text(parts.salt) + '$' + hex_text(parts.hash);
}

std::optional<Encoded> parse_encoded(std::string_view text)
{
    std::array<std::string_view, 6> parts;
    for (auto& part : parts) {
        auto const end = text.find('$');
        part = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    auto const log2_n = to_number(parts[1], highest_cost.log2_n);
    auto const r = to_number(parts[2], highest_cost.r);
    auto const p = to_number(parts[3], highest_cost.p);
    auto const salt = hex_bytes(parts[4]);
    auto const hash = hex_bytes(parts[5]);
    if (parts[0] != scheme || !text.empty() || !log2_n || !r || !p || !salt || !hash ||
        hash->size() != hash_bytes) {
        return std::nullopt;
    }
    return Encoded{{*log2_n, *r, *p}, *salt, *hash};
}

}

std::optional<std::vector<std::uint8_t>> scrypt(std::string_view password,
    std::span<std::uint8_t const> salt, ScryptCost cost, std::size_t length)
{
    std::unique_ptr<EVP_KDF, FreeKdf> const kdf(EVP_KDF_fetch(nullptr, "SCRYPT", nullptr));
    if (!kdf) return std::nullopt;
    std::unique_ptr<EVP_KDF_CTX, FreeKdf> const context(EVP_KDF_CTX_new(kdf.get()));
    if (!context) return std::nullopt;
    // OpenSSL's parameters point to what they only read, without saying const.
    std::string secret(password);
    std::vector<std::uint8_t> salted(salt.begin(), salt.end());
    auto n = std::uint64_t{1} << cost.log2_n;
    std::uint64_t r = cost.r;
    std::uint64_t p = cost.p;
    std::uint64_t most = memory_limit(cost);
    std::array<OSSL_PARAM, 7> const params{
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, secret.data(), secret.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salted.data(), salted.size()),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &most),
        OSSL_PARAM_construct_end(),
    };
    std::vector<std::uint8_t> key(length);
    auto const derived = EVP_KDF_derive(context.get(), key.data(), key.size(), params.data());
    OPENSSL_cleanse(secret.data(), secret.size());
    if (derived != 1) return std::nullopt;
    return key;
}

std::optional<std::string> hash_password(std::string_view password, ScryptCost cost)
{
    auto const salt = random_bytes(salt_bytes);
    auto const hash = scrypt(password, salt, cost, hash_bytes);
    if (!hash) return std::nullopt;
    return encode({cost, salt, *hash});
}

std::string decoy_hash()
{
    // Nobody finds the password whose hash is all zeros.
    return encode(
        {{}, std::vector<std::uint8_t>(salt_bytes), std::vector<std::uint8_t>(hash_bytes)});
}

bool password_matches(std::string_view password, std::string_view encoded)
{
    auto const stored = parse_encoded(encoded);
    if (!stored) return false;
    auto const hash = scrypt(password, stored->salt, stored->cost, stored->hash.size());
    return hash && CRYPTO_memcmp(hash->data(), stored->hash.data(), hash->size()) == 0;
}

std::string generate_password()
{
    std::string password;
    auto const bytes = random_bytes(generated_characters);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i != 0 && i % generated_group == 0) password += '-';
        password += readable[bytes[i] % readable.size()];  // 32 divides 256: no letter is likelier
    }
    return password;
}

std::vector<std::uint8_t> random_bytes(std::size_t count)
{
    std::vector<std::uint8_t> bytes(count);
    if (RAND_bytes(bytes.data(), static_cast<int>(count)) != 1) {
        throw std::runtime_error("the system gives no random bytes");
    }
    return bytes;
}

std::string hex_text(std::span<std::uint8_t const> bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (auto const byte : bytes) {
        text += digits[byte / 16U];
        text += digits[byte % 16U];
    }
    return text;
}

std::optional<std::vector<std::uint8_t>> hex_bytes(std::string_view text)
{
    if (text.size() % 2 != 0) return std::nullopt;
    std::vector<std::uint8_t> bytes(text.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto const* const begin = text.data() + 2 * i;
        auto const [end, error] = std::from_chars(begin, begin + 2, bytes[i], 16);
        if (error != std::errc{} || end != begin + 2) return std::nullopt;
    }
    return bytes;
}

}
