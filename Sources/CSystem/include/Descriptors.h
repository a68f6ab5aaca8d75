#pragma once

#if defined(__linux__)
// Non-blocking, close-on-exec descriptors from accept4 and pipe2: Swift's Glibc module is
// compiled without _GNU_SOURCE and does not have them. Both return -1 with errno set on failure.
int sheep_accept(int listener);
int sheep_pipe(int ends[2]);

// Asks the kernel to wake this thread within a microsecond of its deadlines
// instead of the usual 50.
void sheep_tighten_timers(void);
#endif
