#include "PostponedTLS.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

// What libcurl has OpenSSL do when it is initialised, and a transfer over plain
// http needs nothing of: it reads its configuration and makes a table of all its
// errors' texts, together a sixth of a short answer's instructions. So it is told
// not to, and this is made up for before the first transfer that uses TLS. The
// functions are documented ones, of OpenSSL 1.1 and 3; where one of them is
// missing, as in a libcurl without OpenSSL, nothing is left out.
enum {
  OPENSSL_NO_LOAD_CRYPTO_STRINGS = 0x01,
  OPENSSL_NO_LOAD_CONFIG = 0x80,
  // What OpenSSL uses itself: ignore return codes and a missing file, take the
  // default section.
  OPENSSL_CONFIG_FLAGS = 0x02 | 0x10 | 0x20,
};

// Of the tables of texts those that have a function of their own to load them;
// the texts of TLS itself (SSL) come with its first connection.
static const char *const text_loaders[] = {
  "ERR_load_ERR_strings", "ERR_load_ASN1_strings", "ERR_load_BIO_strings", "ERR_load_BN_strings",
  "ERR_load_BUF_strings", "ERR_load_CONF_strings", "ERR_load_CRYPTO_strings", "ERR_load_DH_strings",
  "ERR_load_DSA_strings", "ERR_load_EC_strings", "ERR_load_EVP_strings", "ERR_load_OBJ_strings",
  "ERR_load_OCSP_strings", "ERR_load_PEM_strings", "ERR_load_PKCS12_strings", "ERR_load_PKCS7_strings",
  "ERR_load_RAND_strings", "ERR_load_RSA_strings", "ERR_load_X509V3_strings", "ERR_load_X509_strings",
};
enum { TEXT_LOADERS = sizeof text_loaders / sizeof *text_loaders };

static void *postponed;  // the handle of what is owed; NULL when nothing is

void sheep_tls_postpone(void *handle) {
  int (*initialize)(uint64_t, const void *);
  *(void **)(&initialize) = dlsym(handle, "OPENSSL_init_crypto");
  // Where there is one of the loaders there are all: they are of one age.
  if (!initialize || !dlsym(handle, "CONF_modules_load_file") || !dlsym(handle, text_loaders[0])) return;
  if (initialize(OPENSSL_NO_LOAD_CONFIG | OPENSSL_NO_LOAD_CRYPTO_STRINGS, NULL) == 1) postponed = handle;
}

void sheep_tls_make_up(void) {
  if (!postponed) return;
  for (int index = 0; index < TEXT_LOADERS; index++) {
    int (*load)(void);
    *(void **)(&load) = dlsym(postponed, text_loaders[index]);
    if (load) load();
  }
  int (*configure)(const char *, const char *, unsigned long);
  *(void **)(&configure) = dlsym(postponed, "CONF_modules_load_file");
  if (configure) configure(NULL, NULL, OPENSSL_CONFIG_FLAGS);
  postponed = NULL;
}
