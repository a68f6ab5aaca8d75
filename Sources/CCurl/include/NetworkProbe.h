#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Single steps of a connection, for diagnosis: a name looked up in one address
// family, a TCP connection to one address. Each runs on a thread of its own,
// because the system's resolver cannot be interrupted, and ends with one record
// written to a descriptor that the caller watches.

#define SHEEP_PROBE_ADDRESSES 8
#define SHEEP_PROBE_ADDRESS_SIZE 48

/// How a look-up ended.
typedef enum {
  /// There are addresses.
  SHEEP_NAME_FOUND = 0,
  /// The name does not exist, or has no address of the family.
  SHEEP_NAME_NONE = 1,
  /// No name server gave an answer, for now.
  SHEEP_NAME_UNANSWERED = 2,
  /// Anything else; `text` says what.
  SHEEP_NAME_FAILED = 3,
} sheep_name_status;

/// What a look-up came to.
typedef struct {
  int32_t status;
  /// How many of `addresses` are filled in; there may have been more.
  int32_t count;
  int64_t nanoseconds;
  /// The resolver's own words; empty when addresses were found.
  char text[128];
  char addresses[SHEEP_PROBE_ADDRESSES][SHEEP_PROBE_ADDRESS_SIZE];
} sheep_name_answer;

/// What a connection came to.
typedef struct {
  /// 0, or an errno; ETIMEDOUT when the time was up.
  int32_t error;
  int64_t nanoseconds;
} sheep_connect_answer;

/// Looks a name up in the family 4 or 6. Returns a descriptor that becomes
/// readable with one `sheep_name_answer`, or -1 and errno. Closing it early is
/// allowed: the thread then ends unheard.
int sheep_probe_name(const char *host, int family);

/// Connects to a numeric address and closes again. Returns a descriptor that
/// becomes readable with one `sheep_connect_answer`, or -1 and errno.
int sheep_probe_connect(const char *address, int port, int milliseconds);

/// Reads the record of a descriptor that has become readable: 0, or -1 when the
/// thread ended without one.
int sheep_probe_read_name(int descriptor, sheep_name_answer *answer);
int sheep_probe_read_connect(int descriptor, sheep_connect_answer *answer);

#ifdef __cplusplus
}
#endif
