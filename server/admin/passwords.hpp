// Passwords: what is stored of them, and how new ones are made. Pure but for random bytes; slow by
// design, so callers run it on the worker (hash_worker.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace admin {

// scrypt (RFC 7914): N = 2^log2_n, block size r, parallelisation p. Memory is 128 * N * r bytes.
struct ScryptCost {
    unsigned log2_n = 15;  // 32 MiB with r = 8, and some 0.1 s of one core
    unsigned r = 8;
    unsigned p = 1;

    friend bool operator==(ScryptCost, ScryptCost) = default;
};

// RFC 7914 section 6, as OpenSSL computes it. Nothing when OpenSSL refuses (no memory, bad cost).
std::optional<std::vector<std::uint8_t>> scrypt(std::string_view password,
    std::span<std::uint8_t const> salt, ScryptCost cost, std::size_t length);

// "scrypt$15$8$1$<salt>$<hash>", salt (16 random bytes) and hash (32 bytes) in hexadecimal. Nothing
// when there is no memory for it.
std::optional<std::string> hash_password(std::string_view password, ScryptCost cost = {});

// What takes as long to compare as a stored hash and matches nothing: for users that do not exist.
std::string decoy_hash();

// Whether `password` is what `encoded` was made from; false when `encoded` is not ours. Compares in
// constant time.
bool password_matches(std::string_view password, std::string_view encoded);

// 20 characters of 5 bits each in groups of five: 100 bits that are easy to read and to type.
std::string generate_password();

// Random bytes of OpenSSL's generator. Throws std::runtime_error when it has none.
std::vector<std::uint8_t> random_bytes(std::size_t count);

std::string hex_text(std::span<std::uint8_t const> bytes);
std::optional<std::vector<std::uint8_t>> hex_bytes(std::string_view text);

}
