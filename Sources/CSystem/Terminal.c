#include "CTerminal.h"

#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

const int SHEEP_SIGNAL_RESIZED = SIGWINCH, SHEEP_SIGNAL_STOP = SIGTSTP, SHEEP_SIGNAL_CONTINUE = SIGCONT;
const int SHEEP_SIGNAL_INTERRUPT = SIGINT, SHEEP_SIGNAL_BACKGROUND_READ = SIGTTIN;

static struct termios found;
static volatile sig_atomic_t is_held;
static int input_descriptor = -1;
static int output_descriptor = -1;
static int is_marking;
static const char *volatile doomed_file;
static const char *volatile doomed_folder;
static int terminal_pipe[2] = {-1, -1};
static struct sigaction stop_before;
static int stops;  // whether SIGTSTP is caught

int sheep_terminal_hold(int input, int output, int marks_pastes) {
  if (is_held) return 0;
  if (tcgetattr(input, &found) != 0) return -1;
  input_descriptor = input;
  output_descriptor = output;
  is_marking = marks_pastes;
  is_held = 1;
  return 0;
}

void sheep_terminal_release(void) { is_held = 0; }

static int is_in_foreground(void) {
  pid_t group = tcgetpgrp(input_descriptor);
  // Without a controlling terminal there is no background either.
  return group < 0 || group == getpgrp();
}

int sheep_terminal_set(sheep_terminal_mode mode) {
  if (!is_held) return -1;
  if (!is_in_foreground()) return 1;
  struct termios settings = found;
  settings.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | ISTRIP);
  settings.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
  settings.c_lflag |= ISIG | NOFLSH;
  settings.c_cc[VMIN] = 1;
  settings.c_cc[VTIME] = 0;
  // It would kill without a chance to give the terminal back.
  settings.c_cc[VQUIT] = _POSIX_VDISABLE;
  if (mode == SHEEP_TERMINAL_PROMPT) {
    settings.c_iflag &= ~(tcflag_t)(IXON | IXANY);
    settings.c_cc[VINTR] = _POSIX_VDISABLE;
    settings.c_cc[VSUSP] = _POSIX_VDISABLE;
#ifdef VDSUSP
    settings.c_cc[VDSUSP] = _POSIX_VDISABLE;
#endif
  }
  int result;
  while ((result = tcsetattr(input_descriptor, TCSANOW, &settings)) != 0 && errno == EINTR) {
  }
  return result;
}

void sheep_terminal_give_back(void) {
  if (!is_held || !is_in_foreground()) return;
  int saved = errno;
  if (is_marking) {
    static const char unmark[] = "\033[?2004l";
    ssize_t ignored = write(output_descriptor, unmark, sizeof unmark - 1);
    (void)ignored;
  }
  while (tcsetattr(input_descriptor, TCSANOW, &found) != 0 && errno == EINTR) {
  }
  errno = saved;
}

static int key(int place) {
  if (!is_held || !(found.c_lflag & ISIG) || found.c_cc[place] == _POSIX_VDISABLE) return -1;
  return found.c_cc[place];
}

int sheep_terminal_interrupt_key(void) { return key(VINTR); }
int sheep_terminal_suspend_key(void) { return key(VSUSP); }

int sheep_terminal_unread(int descriptor) {
  int count = 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : 0;
}

void sheep_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  memset(&size, 0, sizeof size);
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) memset(&size, 0, sizeof size);
  *columns = size.ws_col;
  *rows = size.ws_row;
}

static void noted(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t ignored = write(terminal_pipe[1], &byte, 1);
  (void)ignored;
  errno = saved;
}

static void catch(int number) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = noted;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

int sheep_watch_terminal_signals(void) {
  if (terminal_pipe[0] >= 0) return terminal_pipe[0];
  if (pipe(terminal_pipe) != 0) return -1;
  for (int end = 0; end < 2; end++) {
    fcntl(terminal_pipe[end], F_SETFD, FD_CLOEXEC);
    fcntl(terminal_pipe[end], F_SETFL, O_NONBLOCK);
  }
  catch(SIGWINCH);
  catch(SIGCONT);
  stops = sigaction(SIGTSTP, NULL, &stop_before) == 0 && stop_before.sa_handler != SIG_IGN;
  if (stops) catch(SIGTSTP);
  return terminal_pipe[0];
}

void sheep_signal_self(int number) { kill(getpid(), number); }

void sheep_suspend(int group) {
  if (!stops) return;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, NULL);
  kill(group ? 0 : getpid(), SIGTSTP);
  catch(SIGTSTP);
}

void sheep_lend_terminal(int begins) {
  sheep_mute_interrupts(begins);
  if (!stops) return;
  if (begins) {
    signal(SIGTSTP, SIG_DFL);
  } else {
    catch(SIGTSTP);
  }
}

void sheep_remove_on_death(const char *file, const char *folder) {
  doomed_file = file;
  doomed_folder = folder;
}

void sheep_terminal_last_rites(void) {
  sheep_terminal_give_back();
  if (doomed_file) unlink(doomed_file);
  if (doomed_folder) rmdir(doomed_folder);
}
