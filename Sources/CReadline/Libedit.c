#define _GNU_SOURCE
#include "Libedit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// libedit edits only what it takes for a terminal, with one behind both streams. It gets one of
// its own, so that it leaves the real one alone: nothing is read from it, and what is written to
// it is dropped once its buffer is full.
int sheep_libedit_open_terminal(FILE **input, FILE **output) {
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0) return 0;
  // The master stays open as long as the process lives: without it the terminal would be gone.
  fcntl(master, F_SETFD, FD_CLOEXEC);
  const char *name = grantpt(master) == 0 && unlockpt(master) == 0 ? ptsname(master) : NULL;
  if (!name) return 0;
  int reader = open(name, O_RDONLY | O_NOCTTY | O_CLOEXEC);
  int writer = open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  *input = reader < 0 ? NULL : fdopen(reader, "r");
  *output = writer < 0 ? NULL : fdopen(writer, "w");
  return *input && *output;
}

// The longest line that libedit may hold, in bytes.
enum { LIBEDIT_ROOM = 256 << 10 };

static int given_key;
static int give_key(FILE *stream) {
  (void)stream;
  return given_key;
}

static void press(const struct readline_library *library, int key) {
  given_key = key;
  library->rl_callback_read_char();
}

static void insert(const struct readline_library *library, const char *character, size_t count) {
  size_t size = strlen(character);
  char *text = malloc(count * size + 1);
  if (!text) return;
  for (size_t index = 0; index < count; index++) memcpy(text + index * size, character, size);
  text[count * size] = 0;
  library->rl_insert_text(text);
  free(text);
}

// libedit keeps its line as wide characters and makes bytes of it in another buffer. When that
// has to grow, rl_line_buffer still points to where it was, and every key then writes a zero
// byte there (3.1 of 2022-10-30, as in Debian 12; seen). So it is made to grow to more than any
// line needs before there is a line, with rl_line_buffer pointing to a place of our own
// meanwhile; then the wide buffer is made to grow, upon which libedit corrects rl_line_buffer.
const char *sheep_libedit_make_room(
    const struct readline_library *library, void (*finished)(char *), int (*next_byte)(FILE *)) {
  char *own = calloc(1, 2 * LIBEDIT_ROOM);
  if (!own) return NULL;
  *library->rl_getc_function = give_key;
  library->rl_callback_handler_install("", finished);
  *library->rl_line_buffer = own;
  insert(library, "\xf0\x90\x80\x80", LIBEDIT_ROOM / 4);
  *library->rl_line_buffer = own;
  press(library, 'L' & 31);
  press(library, 'U' & 31);
  insert(library, "x", LIBEDIT_ROOM * 3 / 4);
  const char *line = *library->rl_line_buffer;
  press(library, 'U' & 31);
  library->rl_callback_handler_remove();
  *library->rl_getc_function = next_byte;
  // Where libedit did not correct it, it goes on writing there.
  if (line != own) free(own);
  return line;
}
