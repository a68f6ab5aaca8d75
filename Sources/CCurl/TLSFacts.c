#define _GNU_SOURCE
#include "TLSFacts.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

// OpenSSL's types, none of which is looked into. Its headers are not needed to
// build the program, and its library need not be there to run it.
typedef void SSL;
typedef void SSL_CTX;
typedef void X509;
typedef void X509_NAME;
typedef void X509_STORE_CTX;
typedef void ASN1_TIME;

// NID_commonName and NID_organizationName: fixed for ever in obj_mac.h.
#define NID_COMMON_NAME 13
#define NID_ORGANIZATION 17

#define SHEEP_TLS_FUNCTIONS(X)                                                                    \
  X(void, SSL_CTX_set_cert_verify_callback, (SSL_CTX *, int (*)(X509_STORE_CTX *, void *), void *)) \
  X(int, X509_verify_cert, (X509_STORE_CTX *))                                                    \
  X(int, X509_STORE_CTX_get_error, (X509_STORE_CTX *))                                            \
  X(X509 *, X509_STORE_CTX_get0_cert, (X509_STORE_CTX *))                                         \
  X(void *, X509_STORE_CTX_get0_chain, (X509_STORE_CTX *))                                        \
  X(const char *, X509_verify_cert_error_string, (long))                                          \
  X(X509_NAME *, X509_get_subject_name, (const X509 *))                                           \
  X(X509_NAME *, X509_get_issuer_name, (const X509 *))                                            \
  X(int, X509_NAME_get_text_by_NID, (X509_NAME *, int, char *, int))                              \
  X(const ASN1_TIME *, X509_get0_notBefore, (const X509 *))                                       \
  X(const ASN1_TIME *, X509_get0_notAfter, (const X509 *))                                        \
  X(int, ASN1_TIME_to_tm, (const ASN1_TIME *, struct tm *))                                       \
  X(int, OPENSSL_sk_num, (const void *))                                                          \
  X(const char *, SSL_get_version, (const SSL *))                                                 \
  X(void, SSL_get0_alpn_selected, (const SSL *, const unsigned char **, unsigned *))

#define FIELD(result, name, parameters) result(*name) parameters;
static struct {
  SHEEP_TLS_FUNCTIONS(FIELD)
} openssl;

// Transfers are made on one thread at a time, and the answer never changes.
static int is_complete(void) {
#define FIND(result, name, parameters)                             \
  if (!openssl.name) *(void **)(&openssl.name) = sheep_curl_symbol(#name); \
  if (!openssl.name) return 0;
  SHEEP_TLS_FUNCTIONS(FIND)
  return 1;
}

static void name_text(X509_NAME *name, int field, char *text, int size) {
  if (!name || openssl.X509_NAME_get_text_by_NID(name, field, text, size) < 0) text[0] = 0;
}

static int64_t seconds(const ASN1_TIME *instant) {
  struct tm parts = {0};
  if (!instant || openssl.ASN1_TIME_to_tm(instant, &parts) != 1) return 0;
  return (int64_t)timegm(&parts);
}

static void note(X509_STORE_CTX *context, sheep_tls_facts *facts) {
  X509 *leaf = openssl.X509_STORE_CTX_get0_cert(context);
  if (!leaf) return;
  facts->has_certificate = 1;
  facts->verify_error = openssl.X509_STORE_CTX_get_error(context);
  facts->verify_text[0] = 0;
  if (facts->verify_error)
    snprintf(facts->verify_text, sizeof facts->verify_text, "%s",
             openssl.X509_verify_cert_error_string(facts->verify_error));
  void *chain = openssl.X509_STORE_CTX_get0_chain(context);
  facts->chain_length = chain ? openssl.OPENSSL_sk_num(chain) : 0;
  X509_NAME *subject = openssl.X509_get_subject_name(leaf);
  X509_NAME *issuer = openssl.X509_get_issuer_name(leaf);
  name_text(subject, NID_COMMON_NAME, facts->subject, sizeof facts->subject);
  name_text(issuer, NID_COMMON_NAME, facts->issuer, sizeof facts->issuer);
  name_text(issuer, NID_ORGANIZATION, facts->issuer_organization, sizeof facts->issuer_organization);
  facts->not_before = seconds(openssl.X509_get0_notBefore(leaf));
  facts->not_after = seconds(openssl.X509_get0_notAfter(leaf));
}

// The verdict is OpenSSL's own: this stands where it would call X509_verify_cert.
static int verify(X509_STORE_CTX *context, void *facts) {
  int verdict = openssl.X509_verify_cert(context);
  note(context, facts);
  return verdict > 0 ? verdict : 0;
}

CURLcode sheep_tls_watch(CURL *easy, void *context, void *facts) {
  (void)easy;
  if (context && facts && is_complete()) openssl.SSL_CTX_set_cert_verify_callback(context, verify, facts);
  return CURLE_OK;
}

void sheep_tls_note_connection(CURL *easy, sheep_tls_facts *facts) {
  struct curl_tlssessioninfo *session = NULL;
  if (sheep_easy_get_session(easy, &session) != CURLE_OK || !session) return;
  if (session->backend != CURLSSLBACKEND_OPENSSL || !session->internals || !is_complete()) return;
  const char *version = openssl.SSL_get_version(session->internals);
  snprintf(facts->version, sizeof facts->version, "%s", version ? version : "");
  const unsigned char *protocol = NULL;
  unsigned length = 0;
  openssl.SSL_get0_alpn_selected(session->internals, &protocol, &length);
  if (!protocol || length >= sizeof facts->alpn) length = 0;
  if (length) memcpy(facts->alpn, protocol, length);
  facts->alpn[length] = 0;
}

CURLcode sheep_easy_set_tls_watch(CURL *easy, CURLoption option) {
  return sheep_easy_set_ssl_context(easy, option, sheep_tls_watch);
}
