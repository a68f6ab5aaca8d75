#define _GNU_SOURCE
#include "CPCRE2.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

// What is used of the library's interface, as its manual describes it: pcre2api(3)
// and pcre2callout(3) of 10.30 and later.

typedef struct code code;
typedef struct match_data match_data;
typedef struct match_context match_context;

struct callout_block {
  uint32_t version;
  uint32_t number;
  uint32_t capture_top;
  uint32_t capture_last;
  size_t *offsets;
  const uint8_t *mark;
  const uint8_t *subject;
  size_t subject_length;
  size_t start;
  size_t position;
};

enum {
  ALLOW_EMPTY_CLASS = 0x00000001,
  AUTO_CALLOUT = 0x00000004,
  DOLLAR_ENDONLY = 0x00000010,
  MATCH_UNSET_BACKREF = 0x00000200,
  NEVER_UCP = 0x00000800,
  UTF = 0x00080000,
  NEVER_BACKSLASH_C = 0x00100000,
  NO_UTF_CHECK = 0x40000000,
  // The program's strings are valid UTF-8. Without \C no match begins inside a character.
  COMPILE_OPTIONS = ALLOW_EMPTY_CLASS | AUTO_CALLOUT | DOLLAR_ENDONLY | MATCH_UNSET_BACKREF |
                    NEVER_UCP | UTF | NEVER_BACKSLASH_C | NO_UTF_CHECK,
};

enum { ERROR_NOMATCH = -1, ERROR_CALLOUT = -37 };

// Frames of backtracking; one takes some 150 bytes.
enum { HEAP_LIMIT_KIB = 64 * 1024, DEPTH_LIMIT = 1000000, MATCH_LIMIT = 10000000 };

enum { STEP_BYTES = 16 };

#define FUNCTIONS(X)                                                                            \
  X(code *, pcre2_compile_8, (const uint8_t *, size_t, uint32_t, int *, size_t *, void *))      \
  X(void, pcre2_code_free_8, (code *))                                                          \
  X(int, pcre2_get_error_message_8, (int, uint8_t *, size_t))                                   \
  X(match_data *, pcre2_match_data_create_8, (uint32_t, void *))                                \
  X(void, pcre2_match_data_free_8, (match_data *))                                              \
  X(match_context *, pcre2_match_context_create_8, (void *))                                    \
  X(void, pcre2_match_context_free_8, (match_context *))                                        \
  X(int, pcre2_set_callout_8, (match_context *, int (*)(struct callout_block *, void *), void *)) \
  X(int, pcre2_set_match_limit_8, (match_context *, uint32_t))                                  \
  X(int, pcre2_set_depth_limit_8, (match_context *, uint32_t))                                  \
  X(int, pcre2_set_heap_limit_8, (match_context *, uint32_t))                                   \
  X(int, pcre2_match_8,                                                                         \
    (const code *, const uint8_t *, size_t, size_t, uint32_t, match_data *, match_context *))

#define FIELD(result, name, parameters) result(*name) parameters;
struct functions {
  FUNCTIONS(FIELD)
};

// Written once under the lock, before the first pattern; only read afterwards.
static struct functions library;
static int is_open;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static const char *find_all(void *handle, struct functions *found) {
#define FIND(result, name, parameters)              \
  *(void **)(&found->name) = dlsym(handle, #name);  \
  if (!found->name) return #name;
  FUNCTIONS(FIND)
  return NULL;
}

sheep_pcre2_status sheep_pcre2_open(const char *name, char *detail, size_t size) {
  void *handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
  if (!handle) return SHEEP_PCRE2_MISSING;
  struct functions found;
  const char *lacking = find_all(handle, &found);
  if (lacking) {
    if (size > 0) snprintf(detail, size, "%s", lacking);
    dlclose(handle);
    return SHEEP_PCRE2_INCOMPLETE;
  }
  pthread_mutex_lock(&lock);
  if (!is_open) library = found;
  is_open = 1;
  pthread_mutex_unlock(&lock);
  return SHEEP_PCRE2_READY;
}

sheep_pattern *sheep_pattern_compile(
    const char *text, size_t length, size_t *offset, char *problem, size_t size) {
  int error = 0;
  code *compiled = library.pcre2_compile_8(
      (const uint8_t *)text, length, COMPILE_OPTIONS, &error, offset, NULL);
  if (!compiled && library.pcre2_get_error_message_8(error, (uint8_t *)problem, size) < 0 && size > 0) {
    snprintf(problem, size, "error %d", error);
  }
  return (sheep_pattern *)compiled;
}

void sheep_pattern_free(sheep_pattern *pattern) { library.pcre2_code_free_8((code *)pattern); }

// PCRE2's own limit of steps counts from zero at each place of the text where a match
// may begin, and leaves out what one item passes over. So steps are counted here, at
// the callout that the library makes before each item.
struct count {
  int64_t left;
  size_t position;
};

static int count_step(struct callout_block *block, void *context) {
  struct count *count = context;
  size_t position = block->position;
  size_t way = position > count->position ? position - count->position : count->position - position;
  count->position = position;
  count->left -= 1 + (int64_t)(way / STEP_BYTES);
  return count->left < 0 ? ERROR_CALLOUT : 0;
}

int sheep_pattern_occurs(const sheep_pattern *pattern, const char *text, size_t length, int64_t *steps) {
  struct count count = {.left = *steps, .position = 0};
  int result = -1;
  match_data *data = library.pcre2_match_data_create_8(1, NULL);
  match_context *context = library.pcre2_match_context_create_8(NULL);
  if (data && context) {
    library.pcre2_set_callout_8(context, count_step, &count);
    library.pcre2_set_match_limit_8(context, MATCH_LIMIT);
    library.pcre2_set_depth_limit_8(context, DEPTH_LIMIT);
    library.pcre2_set_heap_limit_8(context, HEAP_LIMIT_KIB);
    int status = library.pcre2_match_8(
        (const code *)pattern, (const uint8_t *)text, length, 0, NO_UTF_CHECK, data, context);
    result = status >= 0 ? 1 : status == ERROR_NOMATCH ? 0 : -1;
  }
  if (context) library.pcre2_match_context_free_8(context);
  if (data) library.pcre2_match_data_free_8(data);
  *steps = count.left;
  return result;
}
