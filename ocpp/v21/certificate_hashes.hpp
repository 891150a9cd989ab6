// OCPP 2.1: certificates named by their hashes.
#pragma once

#include "ocpp/v201/certificate_hashes.hpp"

namespace ocpp::v21 {

using v201::CertificateHashData;
using v201::HashAlgorithm;

// What an OCSP request about one certificate needs.
struct OcspRequestData {
    HashAlgorithm hashAlgorithm{};
    String<128> issuerNameHash{};
    String<128> issuerKeyHash{};
    String<40> serialNumber{};  // hexadecimal, without leading zeros
    String<2000> responderURL{};
    V2_FIELDS(hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber, responderURL)
};

}
