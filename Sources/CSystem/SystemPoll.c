#define _GNU_SOURCE
#include "SystemPoll.h"

#if defined(__linux__)
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static uint32_t epoll_bits(uint32_t interest) {
  uint32_t bits = EPOLLRDHUP;
  if (interest & SHEEP_READABLE) bits |= EPOLLIN;
  if (interest & SHEEP_WRITABLE) bits |= EPOLLOUT;
  // A registration that wants no reading must not be woken by a half-closed
  // peer again and again.
  if (!(interest & SHEEP_READABLE)) bits &= ~(uint32_t)EPOLLRDHUP;
  return bits;
}

static int control(int epoll, int operation, int descriptor, uint32_t interest, uint64_t token) {
  struct epoll_event event = {.events = epoll_bits(interest), .data = {.u64 = token}};
  return epoll_ctl(epoll, operation, descriptor, &event);
}

int sheep_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int sheep_epoll_add(int epoll, int descriptor, uint32_t interest, uint64_t token) {
  return control(epoll, EPOLL_CTL_ADD, descriptor, interest, token);
}

int sheep_epoll_change(int epoll, int descriptor, uint32_t interest, uint64_t token) {
  return control(epoll, EPOLL_CTL_MOD, descriptor, interest, token);
}

int sheep_epoll_remove(int epoll, int descriptor) {
  return control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0);
}

static int wait_precisely(int epoll, struct epoll_event *events, int capacity, int64_t nanoseconds) {
#if defined(SYS_epoll_pwait2)
  // epoll_wait knows milliseconds only, which would show as jitter in paced
  // streams; epoll_pwait2 (Linux 5.11) takes nanoseconds.
  if (nanoseconds >= 0) {
    struct timespec limit = {
        .tv_sec = (time_t)(nanoseconds / 1000000000), .tv_nsec = (long)(nanoseconds % 1000000000)};
    long count = syscall(SYS_epoll_pwait2, epoll, events, capacity, &limit, NULL, (size_t)0);
    if (count >= 0 || (errno != ENOSYS && errno != EPERM)) return (int)count;
  }
#endif
  int milliseconds = -1;
  if (nanoseconds >= 0) {
    int64_t rounded = nanoseconds / 1000000 + (nanoseconds % 1000000 != 0);
    milliseconds = rounded > 1000000 ? 1000000 : (int)rounded;
  }
  return epoll_wait(epoll, events, capacity, milliseconds);
}

int sheep_epoll_wait(int epoll, sheep_ready *reports, int capacity, int64_t nanoseconds) {
  struct epoll_event events[256];
  if (capacity > 256) capacity = 256;
  int count = wait_precisely(epoll, events, capacity, nanoseconds);
  for (int index = 0; index < count; index++) {
    uint32_t bits = events[index].events, flags = 0;
    if (bits & (EPOLLIN | EPOLLRDHUP)) flags |= SHEEP_READABLE;
    if (bits & EPOLLOUT) flags |= SHEEP_WRITABLE;
    if (bits & (EPOLLERR | EPOLLHUP)) flags |= SHEEP_HANGUP;
    reports[index].token = events[index].data.u64;
    reports[index].flags = flags;
  }
  return count;
}

void sheep_tighten_timers(void) { prctl(PR_SET_TIMERSLACK, 1000UL, 0UL, 0UL, 0UL); }

int sheep_accept(int listener) {
  return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int sheep_pipe(int ends[2]) { return pipe2(ends, O_NONBLOCK | O_CLOEXEC); }
#else
typedef int sheep_poll_is_linux_only;
#endif
