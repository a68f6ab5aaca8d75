#define _GNU_SOURCE
#include "NetworkProbe.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

struct job {
  int answer;  // the end of the socket pair that the thread writes to
  int number;  // the family, or the port
  int milliseconds;
  char name[256];
};

static int64_t now(void) {
  struct timespec reading;
  clock_gettime(CLOCK_MONOTONIC, &reading);
  return (int64_t)reading.tv_sec * 1000000000 + reading.tv_nsec;
}

// The caller may have closed its end: no signal must come of that.
static void finish(struct job *job, const void *record, size_t size) {
  (void)!send(job->answer, record, size, MSG_NOSIGNAL);
  close(job->answer);
  free(job);
}

static void list_addresses(const struct addrinfo *list, sheep_name_answer *answer) {
  for (; list && answer->count < SHEEP_PROBE_ADDRESSES; list = list->ai_next) {
    const void *address = list->ai_family == AF_INET
                              ? (const void *)&((const struct sockaddr_in *)(const void *)list->ai_addr)->sin_addr
                              : (const void *)&((const struct sockaddr_in6 *)(const void *)list->ai_addr)->sin6_addr;
    char *text = answer->addresses[answer->count];
    if (inet_ntop(list->ai_family, address, text, SHEEP_PROBE_ADDRESS_SIZE)) answer->count++;
  }
}

static void *look_up(void *context) {
  struct job *job = context;
  sheep_name_answer answer = {0};
  struct addrinfo hints = {0};
  struct addrinfo *list = NULL;
  hints.ai_family = job->number == 6 ? AF_INET6 : AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  int64_t start = now();
  int code = getaddrinfo(job->name, NULL, &hints, &list);
  answer.nanoseconds = now() - start;
  switch (code) {
    case 0:
      list_addresses(list, &answer);
      answer.status = answer.count ? SHEEP_NAME_FOUND : SHEEP_NAME_NONE;
      freeaddrinfo(list);
      break;
    case EAI_NONAME:
#ifdef EAI_NODATA
#if EAI_NODATA != EAI_NONAME
    case EAI_NODATA:
#endif
#endif
#ifdef EAI_ADDRFAMILY
    case EAI_ADDRFAMILY:
#endif
      answer.status = SHEEP_NAME_NONE;
      break;
    case EAI_AGAIN: answer.status = SHEEP_NAME_UNANSWERED; break;
    default: answer.status = SHEEP_NAME_FAILED; break;
  }
  if (code) snprintf(answer.text, sizeof answer.text, "%s", gai_strerror(code));
  finish(job, &answer, sizeof answer);
  return NULL;
}

static int wait_for_connection(int descriptor, int64_t deadline) {
  for (;;) {
    int64_t left = (deadline - now() + 999999) / 1000000;
    if (left <= 0) return ETIMEDOUT;
    struct pollfd entry = {.fd = descriptor, .events = POLLOUT};
    int count = poll(&entry, 1, (int)left);
    if (count == 0) return ETIMEDOUT;
    if (count < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    int problem = 0;
    socklen_t size = sizeof problem;
    if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &problem, &size) != 0) return errno;
    return problem;
  }
}

static int connect_once(const struct job *job, int64_t start) {
  struct sockaddr_storage storage = {0};
  struct sockaddr_in *four = (struct sockaddr_in *)(void *)&storage;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)&storage;
  socklen_t size = sizeof *four;
  if (inet_pton(AF_INET, job->name, &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons((uint16_t)job->number);
  } else if (inet_pton(AF_INET6, job->name, &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons((uint16_t)job->number);
    size = sizeof *six;
  } else {
    return EINVAL;
  }
  int descriptor = socket(storage.ss_family, SOCK_STREAM, 0);
  if (descriptor < 0) return errno;
  fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
  int problem = 0;
  if (connect(descriptor, (struct sockaddr *)&storage, size) != 0) {
    problem = errno == EINPROGRESS
                  ? wait_for_connection(descriptor, start + (int64_t)job->milliseconds * 1000000)
                  : errno;
  }
  close(descriptor);
  return problem;
}

static void *connect_to(void *context) {
  struct job *job = context;
  sheep_connect_answer answer = {0};
  int64_t start = now();
  answer.error = connect_once(job, start);
  answer.nanoseconds = now() - start;
  finish(job, &answer, sizeof answer);
  return NULL;
}

static int begin(void *(*run)(void *), const char *name, int number, int milliseconds) {
  int ends[2];
  struct job *job = calloc(1, sizeof *job);
  if (!job || strlen(name) >= sizeof job->name) {
    free(job);
    errno = EINVAL;
    return -1;
  }
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
    free(job);
    return -1;
  }
  for (int index = 0; index < 2; index++) fcntl(ends[index], F_SETFD, FD_CLOEXEC);
#ifdef SO_NOSIGPIPE
  int one = 1;
  setsockopt(ends[1], SOL_SOCKET, SO_NOSIGPIPE, &one, sizeof one);
#endif
  job->answer = ends[1];
  job->number = number;
  job->milliseconds = milliseconds;
  memcpy(job->name, name, strlen(name));
  // Signals are for the program's own thread.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  int problem = pthread_create(&thread, &attributes, run, job);
  pthread_attr_destroy(&attributes);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (problem == 0) return ends[0];
  close(ends[0]);
  close(ends[1]);
  free(job);
  errno = problem;
  return -1;
}

int sheep_probe_name(const char *host, int family) { return begin(look_up, host, family, 0); }

int sheep_probe_connect(const char *address, int port, int milliseconds) {
  return begin(connect_to, address, port, milliseconds);
}

static int read_record(int descriptor, void *record, size_t size) {
  ssize_t count;
  do count = recv(descriptor, record, size, MSG_WAITALL);
  while (count < 0 && errno == EINTR);
  return count == (ssize_t)size ? 0 : -1;
}

int sheep_probe_read_name(int descriptor, sheep_name_answer *answer) {
  return read_record(descriptor, answer, sizeof *answer);
}

int sheep_probe_read_connect(int descriptor, sheep_connect_answer *answer) {
  return read_record(descriptor, answer, sizeof *answer);
}
