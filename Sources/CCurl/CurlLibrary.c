#define _GNU_SOURCE
#include "CurlLibrary.h"
#include "LibraryLoad.h"
#include "PostponedTLS.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define HIDDEN __attribute__((visibility("hidden")))

// Every function of libcurl that the program uses: result, name, parameters.
#define SHEEP_CURL_FUNCTIONS(X)                                                   \
  X(CURLcode, curl_global_init, (long))                                           \
  X(curl_version_info_data *, curl_version_info, (CURLversion))                   \
  X(CURL *, curl_easy_init, (void))                                               \
  X(void, curl_easy_cleanup, (CURL *))                                            \
  X(CURLcode, curl_easy_setopt, (CURL *, CURLoption, ...))                        \
  X(CURLcode, curl_easy_getinfo, (CURL *, CURLINFO, ...))                         \
  X(const char *, curl_easy_strerror, (CURLcode))                                 \
  X(const struct curl_easyoption *, curl_easy_option_by_id, (CURLoption))         \
  X(CURLM *, curl_multi_init, (void))                                             \
  X(CURLMcode, curl_multi_cleanup, (CURLM *))                                     \
  X(CURLMcode, curl_multi_add_handle, (CURLM *, CURL *))                          \
  X(CURLMcode, curl_multi_remove_handle, (CURLM *, CURL *))                       \
  X(CURLMcode, curl_multi_setopt, (CURLM *, CURLMoption, ...))                    \
  X(CURLMcode, curl_multi_socket_action, (CURLM *, curl_socket_t, int, int *))    \
  X(CURLMsg *, curl_multi_info_read, (CURLM *, int *))                            \
  X(struct curl_slist *, curl_slist_append, (struct curl_slist *, const char *))  \
  X(void, curl_slist_free_all, (struct curl_slist *))                             \
  X(CURLU *, curl_url, (void))                                                    \
  X(void, curl_url_cleanup, (CURLU *))                                            \
  X(CURLUcode, curl_url_set, (CURLU *, CURLUPart, const char *, unsigned int))    \
  X(CURLUcode, curl_url_get, (CURLU *, CURLUPart, char **, unsigned int))         \
  X(const char *, curl_url_strerror, (CURLUcode))                                 \
  X(void, curl_free, (void *))

#define FIELD(result, name, parameters) result(*name) parameters;
struct functions {
  SHEEP_CURL_FUNCTIONS(FIELD)
};

// Written once under the lock, before the first transfer; only read afterwards.
static struct functions library;
static int is_open;
static void *adopted;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void put(char *detail, size_t size, const char *text) {
  if (size > 0) snprintf(detail, size, "%s", text ? text : "");
}

static const char *find_all(void *handle, struct functions *found) {
#define FIND(result, name, parameters)                    \
  *(void **)(&found->name) = dlsym(handle, #name);        \
  if (!found->name) return #name;
  SHEEP_CURL_FUNCTIONS(FIND)
  return NULL;
}

static sheep_curl_status adopt(void *handle, int needs_tls, char *detail, size_t size) {
  struct functions found;
  // The age first: an old library lacks functions too, and its age says more.
  *(void **)(&found.curl_version_info) = dlsym(handle, "curl_version_info");
  if (!found.curl_version_info) {
    put(detail, size, "curl_version_info");
    return SHEEP_CURL_INCOMPLETE;
  }
  curl_version_info_data *version = found.curl_version_info(CURLVERSION_NOW);
  if (version->version_num < SHEEP_CURL_OLDEST) {
    put(detail, size, version->version);
    return SHEEP_CURL_TOO_OLD;
  }
  const char *missing = find_all(handle, &found);
  if (missing) {
    put(detail, size, missing);
    return SHEEP_CURL_INCOMPLETE;
  }
  if (is_open) return SHEEP_CURL_READY;
  if (!needs_tls) sheep_tls_postpone(handle);
  CURLcode code = found.curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) {
    sheep_tls_make_up();  // before the handle is closed
    put(detail, size, found.curl_easy_strerror(code));
    return SHEEP_CURL_FAILED;
  }
  library = found;
  adopted = handle;
  is_open = 1;
  return SHEEP_CURL_READY;
}

sheep_curl_status sheep_curl_open(const char *name, int needs_tls, char *detail, size_t size) {
  put(detail, size, "");
  pthread_mutex_lock(&lock);
  sheep_curl_status status = SHEEP_CURL_MISSING;
  void *handle = sheep_library_load(name);
  if (handle) {
    status = adopt(handle, needs_tls, detail, size);
    if (status == SHEEP_CURL_READY && needs_tls) sheep_tls_make_up();
    // One that was adopted stays open for good.
    if (status != SHEEP_CURL_READY) dlclose(handle);
  } else {
    put(detail, size, dlerror());
  }
  pthread_mutex_unlock(&lock);
  return status;
}

void *sheep_curl_symbol(const char *name) { return adopted ? dlsym(adopted, name) : NULL; }

void sheep_curl_need_tls(void) {
  pthread_mutex_lock(&lock);
  sheep_tls_make_up();
  pthread_mutex_unlock(&lock);
}

// The forwarders. Hidden, so that libcurl's own calls among these names never
// come here.

const curl_version_info_data *sheep_curl_info(void) {
  return library.curl_version_info(CURLVERSION_NOW);
}
HIDDEN CURL *curl_easy_init(void) { return library.curl_easy_init(); }
HIDDEN void curl_easy_cleanup(CURL *easy) { library.curl_easy_cleanup(easy); }
HIDDEN const char *curl_easy_strerror(CURLcode code) { return library.curl_easy_strerror(code); }
HIDDEN const struct curl_easyoption *curl_easy_option_by_id(CURLoption option) {
  return library.curl_easy_option_by_id(option);
}
HIDDEN CURLM *curl_multi_init(void) { return library.curl_multi_init(); }
HIDDEN CURLMcode curl_multi_cleanup(CURLM *multi) { return library.curl_multi_cleanup(multi); }
HIDDEN CURLMcode curl_multi_add_handle(CURLM *multi, CURL *easy) {
  return library.curl_multi_add_handle(multi, easy);
}
HIDDEN CURLMcode curl_multi_remove_handle(CURLM *multi, CURL *easy) {
  return library.curl_multi_remove_handle(multi, easy);
}
HIDDEN CURLMcode curl_multi_socket_action(CURLM *multi, curl_socket_t socket, int events, int *running) {
  return library.curl_multi_socket_action(multi, socket, events, running);
}
HIDDEN struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text) {
  return library.curl_slist_append(list, text);
}
HIDDEN CURLU *curl_url(void) { return library.curl_url(); }
HIDDEN void curl_url_cleanup(CURLU *url) { library.curl_url_cleanup(url); }
HIDDEN CURLUcode curl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned int flags) {
  return library.curl_url_set(url, part, text, flags);
}
HIDDEN const char *curl_url_strerror(CURLUcode code) { return library.curl_url_strerror(code); }
HIDDEN void curl_free(void *memory) { library.curl_free(memory); }

CURLcode sheep_easy_set_number(CURL *easy, CURLoption option, long value) {
  return library.curl_easy_setopt(easy, option, value);
}
CURLcode sheep_easy_set_size(CURL *easy, CURLoption option, curl_off_t value) {
  return library.curl_easy_setopt(easy, option, value);
}
CURLcode sheep_easy_set_text(CURL *easy, CURLoption option, const char *value) {
  return library.curl_easy_setopt(easy, option, value);
}
CURLcode sheep_easy_set_pointer(CURL *easy, CURLoption option, void *value) {
  return library.curl_easy_setopt(easy, option, value);
}
CURLcode sheep_easy_set_receiver(CURL *easy, CURLoption option, curl_write_callback value) {
  return library.curl_easy_setopt(easy, option, value);
}
CURLcode sheep_easy_set_prereq(CURL *easy, curl_prereq_callback value) {
  return library.curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, value);
}

CURLcode sheep_easy_set_ssl_context(CURL *easy, CURLoption option, curl_ssl_ctx_callback value) {
  return library.curl_easy_setopt(easy, option, value);
}

// CURLU_PUNYCODE, of libcurl 7.88; older libraries ignore it.
#define SHEEP_PUNYCODE (1U << 12)

CURLUcode sheep_url_get(CURLU *url, CURLUPart part, char **text) {
  // A name in other letters than ASCII is asked for in punycode, or turns out to be an address.
  return library.curl_url_get(url, part, text, part == CURLUPART_HOST ? SHEEP_PUNYCODE : 0);
}

CURLcode sheep_easy_get_number(CURL *easy, CURLINFO info, long *value) {
  return library.curl_easy_getinfo(easy, info, value);
}
CURLcode sheep_easy_get_size(CURL *easy, CURLINFO info, curl_off_t *value) {
  return library.curl_easy_getinfo(easy, info, value);
}
CURLcode sheep_easy_get_text(CURL *easy, CURLINFO info, const char **value) {
  return library.curl_easy_getinfo(easy, info, value);
}
CURLcode sheep_easy_get_session(CURL *easy, struct curl_tlssessioninfo **session) {
  return library.curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, session);
}

CURLMcode sheep_multi_set_number(CURLM *multi, CURLMoption option, long value) {
  return library.curl_multi_setopt(multi, option, value);
}

CURLMcode sheep_multi_set_callbacks(CURLM *multi, curl_socket_callback socket,
                                    curl_multi_timer_callback timer, void *context) {
  CURLMcode code = library.curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
  if (!code) code = library.curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
  if (!code) code = library.curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket);
  if (!code) code = library.curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
  return code;
}

CURL *sheep_multi_next_done(CURLM *multi, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = library.curl_multi_info_read(multi, &left))) {
    if (message->msg != CURLMSG_DONE) continue;
    *result = message->data.result;
    return message->easy_handle;
  }
  return NULL;
}

void sheep_slist_wipe(struct curl_slist *list) {
  for (struct curl_slist *line = list; line; line = line->next) {
    // Through a volatile pointer, so that the compiler keeps the stores.
    for (volatile char *byte = line->data; byte && *byte; byte++) *byte = 0;
  }
  if (list) library.curl_slist_free_all(list);
}
