#pragma once
#include <stdint.h>

// One readiness report: which registration, and what it is ready for.
typedef struct {
  uint64_t token;
  uint32_t flags;
} sheep_ready;

#define SHEEP_READABLE 1u
#define SHEEP_WRITABLE 2u
#define SHEEP_HANGUP 4u

#if defined(__linux__)
// epoll behind plain functions: <sys/epoll.h> is not in Swift's Glibc module.
// All return -1 with errno set on failure.
int sheep_epoll_create(void);
int sheep_epoll_add(int epoll, int descriptor, uint32_t interest, uint64_t token);
int sheep_epoll_change(int epoll, int descriptor, uint32_t interest, uint64_t token);
int sheep_epoll_remove(int epoll, int descriptor);

// Waits until something is ready or `nanoseconds` have passed (negative: no
// limit). Fills at most `capacity` (at most 256) reports, returns how many.
int sheep_epoll_wait(int epoll, sheep_ready *reports, int capacity, int64_t nanoseconds);

// Asks the kernel to wake this thread within a microsecond of its deadlines
// instead of the usual 50.
void sheep_tighten_timers(void);
#endif

#if defined(__linux__)
// accept4 and pipe2 with non-blocking, close-on-exec descriptors: Swift's Glibc module is
// compiled without _GNU_SOURCE and does not have them.
int sheep_accept(int listener);
int sheep_pipe(int ends[2]);
#endif
