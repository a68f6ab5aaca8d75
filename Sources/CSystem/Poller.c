#define _GNU_SOURCE
#include "Poller.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <time.h>
#endif

// What is waited for on one descriptor; the index is the descriptor.
struct interest {
  uint64_t tag;
  unsigned int wanted;
};

struct sheep_poller {
  int epoll;  // -1: poll(2)
  int counts_milliseconds;  // the kernel has no epoll_pwait2
  struct interest *interests;
  int capacity;
  struct pollfd *scratch;
  int scratch_capacity;
  int next;  // where poll(2) begins to report, so that nobody starves
};

sheep_poller *sheep_poller_make(int prefer_epoll) {
  sheep_poller *poller = calloc(1, sizeof *poller);
  if (!poller) return NULL;
  poller->epoll = -1;
#ifdef __linux__
  if (prefer_epoll) poller->epoll = epoll_create1(EPOLL_CLOEXEC);
#else
  (void)prefer_epoll;
#endif
  return poller;
}

void sheep_poller_free(sheep_poller *poller) {
  if (!poller) return;
  if (poller->epoll >= 0) close(poller->epoll);
  free(poller->interests);
  free(poller->scratch);
  free(poller);
}

static int reserve(sheep_poller *poller, int descriptor) {
  if (descriptor < poller->capacity) return 0;
  int capacity = poller->capacity ? poller->capacity : 64;
  while (capacity <= descriptor) capacity *= 2;
  struct interest *grown = realloc(poller->interests, (size_t)capacity * sizeof *grown);
  if (!grown) return ENOMEM;
  memset(grown + poller->capacity, 0, (size_t)(capacity - poller->capacity) * sizeof *grown);
  poller->interests = grown;
  poller->capacity = capacity;
  return 0;
}

#ifdef __linux__
static int tell_epoll(int epoll, int descriptor, unsigned int before, unsigned int wanted) {
  struct epoll_event event = {0};
  event.data.fd = descriptor;
  if (wanted & SHEEP_POLL_READ) event.events |= EPOLLIN | EPOLLRDHUP;
  if (wanted & SHEEP_POLL_WRITE) event.events |= EPOLLOUT;
  int operation = wanted == 0 ? EPOLL_CTL_DEL : before == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
  if (epoll_ctl(epoll, operation, descriptor, &event) == 0) return 0;
  // A closed descriptor leaves the set by itself, and its number may have come
  // back as another file: then the memory here is wrong and the kernel right.
  if (wanted == 0) return 0;
  if (errno == ENOENT && operation == EPOLL_CTL_MOD) operation = EPOLL_CTL_ADD;
  else if (errno == EEXIST && operation == EPOLL_CTL_ADD) operation = EPOLL_CTL_MOD;
  else return errno;
  return epoll_ctl(epoll, operation, descriptor, &event) == 0 ? 0 : errno;
}
#endif

int sheep_poller_set(sheep_poller *poller, int descriptor, unsigned int interest, uint64_t tag) {
  if (descriptor < 0) return EBADF;
  int problem = reserve(poller, descriptor);
  if (problem) return problem;
  struct interest *entry = &poller->interests[descriptor];
#ifdef __linux__
  if (poller->epoll >= 0 && (interest != 0 || entry->wanted != 0)) {
    problem = tell_epoll(poller->epoll, descriptor, entry->wanted, interest);
    if (problem) return problem;
  }
#endif
  entry->wanted = interest;
  entry->tag = tag;
  return 0;
}

static int in_milliseconds(int64_t nanoseconds) {
  if (nanoseconds < 0) return -1;
  int64_t rounded = nanoseconds / 1000000 + (nanoseconds % 1000000 != 0);
  return rounded > INT32_MAX ? INT32_MAX : (int)rounded;
}

static int wait_by_poll(sheep_poller *poller, int milliseconds, sheep_poll_event *events, int capacity) {
  if (poller->scratch_capacity < poller->capacity) {
    struct pollfd *grown = realloc(poller->scratch, (size_t)poller->capacity * sizeof *grown);
    if (!grown) return 0;
    poller->scratch = grown;
    poller->scratch_capacity = poller->capacity;
  }
  int count = 0;
  for (int descriptor = 0; descriptor < poller->capacity; descriptor++) {
    unsigned int wanted = poller->interests[descriptor].wanted;
    if (!wanted) continue;
    short bits = 0;
    if (wanted & SHEEP_POLL_READ) bits |= POLLIN;
    if (wanted & SHEEP_POLL_WRITE) bits |= POLLOUT;
    poller->scratch[count++] = (struct pollfd){.fd = descriptor, .events = bits};
  }
  if (poll(poller->scratch, (nfds_t)count, milliseconds) <= 0) return 0;
  int found = 0;
  int offset = 0;
  for (; offset < count && found < capacity; offset++) {
    struct pollfd *entry = &poller->scratch[(poller->next + offset) % count];
    if (!entry->revents) continue;
    sheep_poll_event event = {.descriptor = entry->fd, .tag = poller->interests[entry->fd].tag};
    if (entry->revents & (POLLIN | POLLHUP)) event.ready |= SHEEP_POLL_READ;
    if (entry->revents & POLLOUT) event.ready |= SHEEP_POLL_WRITE;
    if (entry->revents & (POLLERR | POLLNVAL)) event.ready |= SHEEP_POLL_ERROR;
    events[found++] = event;
  }
  poller->next = count ? (poller->next + offset) % count : 0;
  return found;
}

#ifdef __linux__
static int wait_by_epoll(sheep_poller *poller, int64_t nanoseconds, struct epoll_event *ready, int capacity) {
#ifdef SYS_epoll_pwait2
  // epoll_wait knows milliseconds only, which would show as jitter in paced streams; epoll_pwait2
  // (Linux 5.11) takes nanoseconds. Without a limit, or with none left, the two are alike.
  if (nanoseconds > 0 && !poller->counts_milliseconds) {
    struct timespec limit = {
        .tv_sec = (time_t)(nanoseconds / 1000000000), .tv_nsec = (long)(nanoseconds % 1000000000)};
    long count = syscall(SYS_epoll_pwait2, poller->epoll, ready, capacity, &limit, NULL, (size_t)0);
    if (count >= 0 || (errno != ENOSYS && errno != EPERM)) return (int)count;
    poller->counts_milliseconds = 1;
  }
#endif
  return epoll_wait(poller->epoll, ready, capacity, in_milliseconds(nanoseconds));
}
#endif

int sheep_poller_wait(sheep_poller *poller, int64_t nanoseconds, sheep_poll_event *events, int capacity) {
#ifdef __linux__
  if (poller->epoll >= 0) {
    struct epoll_event ready[512];
    if (capacity > 512) capacity = 512;
    int count = wait_by_epoll(poller, nanoseconds, ready, capacity);
    for (int index = 0; index < count; index++) {
      sheep_poll_event event = {.descriptor = ready[index].data.fd};
      event.tag = poller->interests[event.descriptor].tag;
      if (ready[index].events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP)) event.ready |= SHEEP_POLL_READ;
      if (ready[index].events & EPOLLOUT) event.ready |= SHEEP_POLL_WRITE;
      if (ready[index].events & EPOLLERR) event.ready |= SHEEP_POLL_ERROR;
      events[index] = event;
    }
    return count > 0 ? count : 0;
  }
#endif
  return wait_by_poll(poller, in_milliseconds(nanoseconds), events, capacity);
}
