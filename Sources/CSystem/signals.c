#include "CSignals.h"

#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static volatile sig_atomic_t seen[65];
static int signal_pipe[2] = {-1, -1};
static volatile sig_atomic_t is_muted;
static struct sigaction quit_before;
// Room for the crash handler when the ordinary stack is exhausted.
static char alternate_stack[16384];

static void crashed(int number) {
  // Only calls that are safe in a signal handler: the process may be in any state.
  static const char text[] =
      "sheep: internal error: the program crashed; please report what you ran, without keys\n";
  (void)number;
  sheep_terminal_last_rites();
  ssize_t ignored = write(2, text, sizeof text - 1);
  (void)ignored;
  _exit(70);
}

void sheep_install_crash_handlers(void) {
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  sigaltstack(&stack, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = crashed;
  action.sa_flags = SA_ONSTACK | SA_RESETHAND;
  sigemptyset(&action.sa_mask);
  const int numbers[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS};
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++) {
    sigaction(numbers[index], &action, NULL);
  }
}

void sheep_hold_standard_descriptors(void) {
  for (int descriptor = 0; descriptor <= 2; descriptor++) {
    if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is the one that is missing. Output must not seem to succeed.
    if (open("/dev/null", descriptor == 1 ? O_RDONLY : O_RDWR) < 0) _exit(70);
  }
}

void sheep_ignore_broken_pipes(void) { signal(SIGPIPE, SIG_IGN); }

static void noted(int number) {
  int saved = errno;
  if (number == SIGINT && is_muted) return;
  if (seen[number]) {
    sheep_terminal_last_rites();
    signal(number, SIG_DFL);
    raise(number);
  }
  seen[number] = 1;
  unsigned char byte = (unsigned char)number;
  ssize_t ignored = write(signal_pipe[1], &byte, 1);
  (void)ignored;
  errno = saved;
}

static void passed_over(int number) { (void)number; }

int sheep_watch_signals(void) {
  if (signal_pipe[0] >= 0) return signal_pipe[0];
  if (pipe(signal_pipe) != 0) return -1;
  for (int end = 0; end < 2; end++) {
    fcntl(signal_pipe[end], F_SETFD, FD_CLOEXEC);
    fcntl(signal_pipe[end], F_SETFL, O_NONBLOCK);
  }
  const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++) {
    struct sigaction action, before;
    memset(&action, 0, sizeof action);
    action.sa_handler = noted;
    sigemptyset(&action.sa_mask);
    if (sigaction(numbers[index], NULL, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    sigaction(numbers[index], &action, NULL);
  }
  return signal_pipe[0];
}

int sheep_next_signal(int descriptor) {
  unsigned char byte = 0;
  return read(descriptor, &byte, 1) == 1 ? byte : 0;
}

void sheep_rearm_signal(int number) {
  if (number > 0 && number < (int)(sizeof seen / sizeof *seen)) seen[number] = 0;
}

void sheep_mute_interrupts(int begins) {
  if (begins == is_muted) return;
  is_muted = begins;
  // Caught, not ignored: what is ignored here would be ignored by the other program, too.
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = passed_over;
  sigemptyset(&action.sa_mask);
  sigaction(SIGQUIT, begins ? &action : &quit_before, begins ? &quit_before : NULL);
}

void sheep_die_by_signal(int number) {
  sheep_terminal_last_rites();
  signal(number, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  raise(number);
  _exit(128 + number);
}
