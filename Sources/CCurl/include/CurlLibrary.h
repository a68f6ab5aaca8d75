#pragma once

// libcurl, opened on first use.
//
// Programs that link libcurl pay for it at every start: the dynamic loader
// binds some thirty libraries (12 of 15 million instructions of a bare libcurl
// program). So nothing here is linked. `sheep_curl_open` opens the library, and
// CurlLibrary.c defines those functions of libcurl that are used, under their
// own names and with hidden visibility, as calls through what was found.
// Calling any of them before a successful open is an error of the program.

#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What became of an attempt to open libcurl.
typedef enum {
  /// Open, complete and new enough.
  SHEEP_CURL_READY = 0,
  /// No library of that name could be opened.
  SHEEP_CURL_MISSING = 1,
  /// The library lacks a function.
  SHEEP_CURL_INCOMPLETE = 2,
  /// The library is older than SHEEP_CURL_OLDEST.
  SHEEP_CURL_TOO_OLD = 3,
  /// The library would not initialise.
  SHEEP_CURL_FAILED = 4,
} sheep_curl_status;

/// 7.85.0: the first with CURLOPT_PROTOCOLS_STR.
#define SHEEP_CURL_OLDEST 0x075500

/// Opens the library of that file name and initialises it once for the process.
///
/// `detail` receives the loader's words, the missing function's name or the
/// version that is too old; it is always terminated. Safe on any thread.
/// Without `needs_tls` OpenSSL's configuration and error texts are not read yet: call
/// `sheep_curl_need_tls` before the first transfer that uses TLS.
sheep_curl_status sheep_curl_open(const char *name, int needs_tls, char *detail, size_t size);

/// Makes up for what an opening without TLS left out; costs nothing afterwards.
void sheep_curl_need_tls(void);

/// What the open library says of itself.
const curl_version_info_data *sheep_curl_info(void);

/// A function of the open library or of one that it has loaded, such as the TLS
/// library it uses; NULL when there is none of that name.
void *sheep_curl_symbol(const char *name);

// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which
// Swift cannot call: one function per type of argument.

CURLcode sheep_easy_set_number(CURL *easy, CURLoption option, long value);
CURLcode sheep_easy_set_size(CURL *easy, CURLoption option, curl_off_t value);
CURLcode sheep_easy_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode sheep_easy_set_pointer(CURL *easy, CURLoption option, void *value);
/// For CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION, which are of one type.
CURLcode sheep_easy_set_receiver(CURL *easy, CURLoption option, curl_write_callback value);
CURLcode sheep_easy_set_prereq(CURL *easy, curl_prereq_callback value);
CURLcode sheep_easy_set_ssl_context(CURL *easy, CURLoption option, curl_ssl_ctx_callback value);

CURLcode sheep_easy_get_number(CURL *easy, CURLINFO info, long *value);
CURLcode sheep_easy_get_size(CURL *easy, CURLINFO info, curl_off_t *value);
CURLcode sheep_easy_get_text(CURL *easy, CURLINFO info, const char **value);
/// The TLS library's own object for the connection of a transfer.
CURLcode sheep_easy_get_session(CURL *easy, struct curl_tlssessioninfo **session);

/// `curl_url_get`, whose first parameter became const in later headers; a host in punycode.
CURLUcode sheep_url_get(CURLU *url, CURLUPart part, char **text);

CURLMcode sheep_multi_set_number(CURLM *multi, CURLMoption option, long value);
/// Sets the socket and the timer callback, both with `context`; NULL for none.
CURLMcode sheep_multi_set_callbacks(CURLM *multi, curl_socket_callback socket,
                                    curl_multi_timer_callback timer, void *context);
/// The next transfer that libcurl has finished and its result; NULL when there
/// is none.
CURL *sheep_multi_next_done(CURLM *multi, CURLcode *result);

/// Frees a list of header lines after overwriting them: one of them holds a key.
void sheep_slist_wipe(struct curl_slist *list);

#ifdef __cplusplus
}
#endif
