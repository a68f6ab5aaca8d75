#pragma once
#include <stdint.h>

// Waiting for descriptors: epoll where there is one, poll(2) elsewhere.

#define SHEEP_POLL_READ 1
#define SHEEP_POLL_WRITE 2
/// Only reported, never asked for: the other end is gone or the descriptor bad.
#define SHEEP_POLL_ERROR 4

/// A set of descriptors with what is waited for on each.
typedef struct sheep_poller sheep_poller;

/// A descriptor that is ready, with the tag it was set with.
typedef struct {
  int descriptor;
  unsigned int ready;
  uint64_t tag;
} sheep_poll_event;

/// Makes an empty set; with `prefer_epoll` 0, or where epoll cannot be had, by
/// poll(2). NULL when memory ran out.
sheep_poller *sheep_poller_make(int prefer_epoll);
void sheep_poller_free(sheep_poller *poller);

/// Says what to wait for on a descriptor; 0 forgets it. Returns 0 or an errno:
/// EPERM for descriptors that cannot be waited for, such as regular files.
int sheep_poller_set(sheep_poller *poller, int descriptor, unsigned int interest, uint64_t tag);

/// Waits until something is ready, at most `nanoseconds` (negative: for ever), and
/// returns how many events were written. A signal ends the wait with 0. Where the
/// system counts milliseconds only, the wait is rounded up.
int sheep_poller_wait(sheep_poller *poller, int64_t nanoseconds, sheep_poll_event *events, int capacity);
