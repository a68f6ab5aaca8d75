#pragma once
#include "CurlLibrary.h"

#ifdef __cplusplus
extern "C" {
#endif

// What a TLS connection of libcurl is like, read from OpenSSL by the functions
// that libcurl itself has loaded. Nothing here changes what is trusted.

/// Texts are terminated and cut to their room; empty where unknown.
typedef struct {
  /// Whether a certificate was seen, and the fields below it are set.
  int32_t has_certificate;
  /// How many certificates the verified chain has, or how far it came; 0 unknown.
  int32_t chain_length;
  /// OpenSSL's X509_V_ERR_… number; 0 when the chain is trusted.
  int32_t verify_error;
  /// Seconds since 1970.
  int64_t not_before;
  int64_t not_after;
  char verify_text[128];
  char subject[128];
  char issuer[128];
  char issuer_organization[128];
  /// `TLSv1.3`.
  char version[16];
  /// `h2`.
  char alpn[16];
} sheep_tls_facts;

/// For CURLOPT_SSL_CTX_FUNCTION, with a `sheep_tls_facts` as the context: has
/// OpenSSL verify as it does anyway, and takes notes of what it saw. Where
/// OpenSSL lacks one of the functions that are needed it does nothing.
CURLcode sheep_tls_watch(CURL *easy, void *context, void *facts);

/// Notes version and ALPN of the connection of a transfer; only from inside a
/// callback of libcurl, while the connection is there.
void sheep_tls_note_connection(CURL *easy, sheep_tls_facts *facts);

CURLcode sheep_easy_set_tls_watch(CURL *easy, CURLoption option);

#ifdef __cplusplus
}
#endif
