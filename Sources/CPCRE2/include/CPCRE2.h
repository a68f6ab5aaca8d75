#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// PCRE2 for 8-bit code units, opened on first use: nothing here is linked, so a
// command without a pattern does not pay for it. Calls may come from any thread.

typedef enum {
  SHEEP_PCRE2_READY = 0,
  SHEEP_PCRE2_MISSING = 1,
  /// The file is there and lacks a function; `detail` names it.
  SHEEP_PCRE2_INCOMPLETE = 2,
} sheep_pcre2_status;

/// Opens the library of that file name. Once one is open every pattern uses it;
/// the status is that of `name` all the same.
sheep_pcre2_status sheep_pcre2_open(const char *name, char *detail, size_t size);

/// A compiled pattern. It does not change and may be used by several threads.
typedef struct sheep_pattern sheep_pattern;

/// Compiles a pattern in UTF-8. NULL when it is malformed or too large: then
/// `offset` is the byte at which that was found and `problem` says what it is.
/// Only after a library is open.
sheep_pattern *sheep_pattern_compile(
    const char *text, size_t length, size_t *offset, char *problem, size_t size);
void sheep_pattern_free(sheep_pattern *pattern);

/// Whether the pattern occurs in a text of valid UTF-8: 1 or 0, or -1 when that
/// would take more than `steps` steps or more than 64 MiB.
///
/// A step is an item of the pattern that is tried, or 16 bytes of the text that
/// one item passes over; it takes some 20 ns. What is left is written back.
int sheep_pattern_occurs(const sheep_pattern *pattern, const char *text, size_t length, int64_t *steps);

#ifdef __cplusplus
}
#endif
