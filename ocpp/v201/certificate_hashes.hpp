// OCPP 2.0.1: certificates named by their hashes, as tokens, certificate management and customer
// information need them.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v201 {

enum class HashAlgorithm { sha256, sha384, sha512 };
constexpr auto wire_names(HashAlgorithm) { return spelled("SHA256", "SHA384", "SHA512"); }

// What an OCSP request about one certificate needs.
struct OcspRequestData {
    HashAlgorithm hashAlgorithm{};
    String<128> issuerNameHash{};
    String<128> issuerKeyHash{};
    String<40> serialNumber{};  // hexadecimal, without leading zeros
    String<512> responderURL{};
    V2_FIELDS(hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber, responderURL)
};

// A certificate, named by its hashes as OCSP does (RFC 6960).
struct CertificateHashData {
    HashAlgorithm hashAlgorithm{};
    String<128> issuerNameHash{};
    String<128> issuerKeyHash{};
    String<40> serialNumber{};  // hexadecimal, without leading zeros
    V2_FIELDS(hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber)
};

}
