#define _GNU_SOURCE
#include "CReadline.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int command(int, int);
typedef void *keymap;

// Every function of the library that is used: result, name, parameters. The second list is what
// libedit lacks.
#define FUNCTIONS(X)                                                        \
  X(int, rl_initialize, (void))                                             \
  X(void, rl_callback_handler_install, (const char *, void (*)(char *)))    \
  X(void, rl_callback_handler_remove, (void))                               \
  X(void, rl_callback_read_char, (void))                                    \
  X(int, rl_insert_text, (const char *))                                    \
  X(void, using_history, (void))

#define GNU_FUNCTIONS(X)                                                    \
  X(int, rl_variable_bind, (const char *, const char *))                    \
  X(int, rl_newline, (int, int))                                            \
  X(int, rl_delete_text, (int, int))                                        \
  X(int, add_history, (const char *))                                       \
  X(struct entry *, remove_history, (int))                                  \
  X(int, rl_kill_text, (int, int))                                          \
  X(int, rl_begin_undo_group, (void))                                       \
  X(int, rl_end_undo_group, (void))                                         \
  X(void, rl_callback_sigcleanup, (void))                                   \
  X(void, rl_free_line_state, (void))                                       \
  X(int, rl_clear_message, (void))                                          \
  X(command *, rl_named_function, (const char *))                           \
  X(char **, rl_invoking_keyseqs_in_map, (command *, keymap))               \
  X(keymap, rl_get_keymap_by_name, (const char *))                          \
  X(int, rl_bind_keyseq_in_map, (const char *, command *, keymap))          \
  X(void *, free_history_entry, (struct entry *))

// Every variable: type, name.
#define VARIABLES(X)                               \
  X(char *, rl_line_buffer)                        \
  X(int, rl_point)                                 \
  X(int, rl_end)                                   \
  X(const char *, rl_readline_name)                \
  X(FILE *, rl_instream)                           \
  X(FILE *, rl_outstream)                          \
  X(int, rl_catch_signals)                         \
  X(int (*)(FILE *), rl_getc_function)             \
  X(void (*)(void), rl_redisplay_function)         \
  X(void (*)(int), rl_prep_term_function)          \
  X(void (*)(void), rl_deprep_term_function)

#define GNU_VARIABLES(X)                           \
  X(int, rl_catch_sigwinch)                        \
  X(int, rl_change_environment)                    \
  X(unsigned long, rl_readline_state)              \
  X(char *, rl_display_prompt)                     \
  X(char *, rl_prompt)                             \
  X(int (*)(void), rl_input_available_hook)

#define FUNCTION_FIELD(result, name, parameters) result(*name) parameters;
#define VARIABLE_FIELD(type, name) __typeof__(type) *name;
static struct {
  FUNCTIONS(FUNCTION_FIELD)
  GNU_FUNCTIONS(FUNCTION_FIELD)
  VARIABLES(VARIABLE_FIELD)
  GNU_VARIABLES(VARIABLE_FIELD)
} library;

static sheep_readline_kind kind = SHEEP_READLINE_MISSING;
static sheep_readline_calls calls;
static const char *locale_name;
static const char *libedit_line;  // where libedit has its line as bytes

// The bits of rl_readline_state that are looked at; the same from readline 5 to 8.3.
enum { STATE_ISEARCH = 0x80, STATE_NSEARCH = 0x100, STATE_NUMERICARG = 0x400 };

// MARK: - Opening

static int find_all(void *handle, int is_gnu) {
#define FIND_FUNCTION(result, name, parameters) \
  if (!(*(void **)(&library.name) = dlsym(handle, #name))) return 0;
#define FIND_VARIABLE(type, name) \
  if (!(*(void **)(&library.name) = dlsym(handle, #name))) return 0;
  FUNCTIONS(FIND_FUNCTION)
  VARIABLES(FIND_VARIABLE)
  if (!is_gnu) return 1;
  GNU_FUNCTIONS(FIND_FUNCTION)
  GNU_VARIABLES(FIND_VARIABLE)
  return 1;
}

sheep_readline_kind sheep_readline_open(const char *name) {
  if (kind != SHEEP_READLINE_MISSING) return kind;
  void *handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
  if (!handle) return kind;
  // GNU readline says what it is; libedit has no such variable.
  int is_gnu = dlsym(handle, "rl_gnu_readline_p") != NULL;
  if (find_all(handle, is_gnu)) {
    kind = is_gnu ? SHEEP_READLINE_GNU : SHEEP_READLINE_LIBEDIT;
  } else {
    dlclose(handle);
    memset(&library, 0, sizeof library);
  }
  return kind;
}

// MARK: - What the library calls

static int next_byte(FILE *stream) {
  (void)stream;
  return calls.next_byte(calls.context);
}
static int has_byte(void) { return calls.has_byte(calls.context); }
static void finished(char *line) {
  calls.finished(calls.context, line);
  // It is given away by the library.
  free(line);
}
static void draw_nothing(void) {}
static void prepare_nothing(int meta) { (void)meta; }

#define KEY(name, key)                           \
  static int name(int count, int character) {    \
    (void)character;                             \
    calls.pressed(calls.context, key, count);    \
    return 0;                                    \
  }
KEY(press_accept, SHEEP_KEY_ACCEPT)
KEY(press_new_line, SHEEP_KEY_NEW_LINE)
KEY(press_paste, SHEEP_KEY_PASTE)
KEY(press_complete, SHEEP_KEY_COMPLETE)
KEY(press_previous, SHEEP_KEY_PREVIOUS)
KEY(press_next, SHEEP_KEY_NEXT)
KEY(press_backward, SHEEP_KEY_BACKWARD)
KEY(press_forward, SHEEP_KEY_FORWARD)
KEY(press_delete, SHEEP_KEY_DELETE)
KEY(press_rub_out, SHEEP_KEY_RUB_OUT)
KEY(press_line_start, SHEEP_KEY_LINE_START)
KEY(press_line_end, SHEEP_KEY_LINE_END)
KEY(press_kill, SHEEP_KEY_KILL)
KEY(press_discard, SHEEP_KEY_DISCARD)
KEY(press_clear_screen, SHEEP_KEY_CLEAR_SCREEN)
KEY(press_editor, SHEEP_KEY_EDITOR)

// MARK: - Setting up

// The program speaks UTF-8 whatever the locale says; the library must count characters so, too.
static void choose_locale(void) {
  static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8"};
  const char *own = setlocale(LC_CTYPE, "");
  if (own && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) {
    locale_name = strdup(own);
    return;
  }
  for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
    if (setlocale(LC_CTYPE, names[index])) {
      locale_name = names[index];
      return;
    }
  }
}

// The library's functions that ours take the place of, on whatever keys the user has put them.
static const struct {
  const char *name;
  command *function;
} replacements[] = {
    {"accept-line", press_accept},
    {"complete", press_complete},
    {"menu-complete", press_complete},
    {"possible-completions", press_complete},
    {"previous-history", press_previous},
    {"next-history", press_next},
    {"history-search-backward", press_previous},
    {"history-search-forward", press_next},
    {"previous-screen-line", press_previous},
    {"next-screen-line", press_next},
    {"backward-char", press_backward},
    {"forward-char", press_forward},
    {"delete-char", press_delete},
    {"backward-delete-char", press_rub_out},
    {"beginning-of-line", press_line_start},
    {"end-of-line", press_line_end},
    {"kill-line", press_kill},
    {"unix-line-discard", press_discard},
    {"clear-screen", press_clear_screen},
    {"clear-display", press_clear_screen},
};

// Alt-Enter, and what terminals send for Shift-, Alt- and Ctrl-Enter when asked to tell them
// apart (xterm's and kitty's forms).
static const char *const new_line_keys[] = {
    "\\e\\C-m", "\\e\\C-j", "\\e[13;2u", "\\e[13;3u", "\\e[13;5u",
    "\\e[27;2;13~", "\\e[27;3;13~", "\\e[27;5;13~",
};

static void bind_in(keymap map, int takes_over_line_feed) {
  for (size_t index = 0; index < sizeof replacements / sizeof *replacements; index++) {
    command *function = library.rl_named_function(replacements[index].name);
    char **keys = function ? library.rl_invoking_keyseqs_in_map(function, map) : NULL;
    for (char **each = keys; each && *each; each++) {
      library.rl_bind_keyseq_in_map(*each, replacements[index].function, map);
      free(*each);
    }
    free(keys);
  }
  library.rl_bind_keyseq_in_map("\\e[200~", press_paste, map);
  if (!takes_over_line_feed) return;
  library.rl_bind_keyseq_in_map("\\C-j", press_new_line, map);
  for (size_t index = 0; index < sizeof new_line_keys / sizeof *new_line_keys; index++) {
    library.rl_bind_keyseq_in_map(new_line_keys[index], press_new_line, map);
  }
}

static void bind_gnu(int is_dumb) {
  static const char *const maps[] = {"emacs-standard", "vi-insert", "vi-move"};
  for (size_t index = 0; index < sizeof maps / sizeof *maps; index++) {
    keymap map = library.rl_get_keymap_by_name(maps[index]);
    if (map) bind_in(map, !is_dumb && index < 2);
  }
  keymap emacs = library.rl_get_keymap_by_name("emacs-standard");
  if (emacs) library.rl_bind_keyseq_in_map("\\C-x\\C-e", press_editor, emacs);
  // Editing an entry leaves the entry itself as it was.
  library.rl_variable_bind("revert-all-at-newline", "on");
  library.rl_variable_bind("enable-bracketed-paste", "off");
  // It would be written to standard error.
  library.rl_variable_bind("bell-style", "none");
  // Settings that a locale without UTF-8 brings, and that would mangle every Hangul syllable.
  library.rl_variable_bind("convert-meta", "off");
  library.rl_variable_bind("input-meta", "on");
  library.rl_variable_bind("output-meta", "on");
}

// libedit edits only what it takes for a terminal, with one behind both streams. It gets one of
// its own, so that it leaves the real one alone: nothing is read from it, and what is written to
// it is dropped once its buffer is full.
static int open_idle_terminal(FILE **input, FILE **output) {
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

static int libedit_key;
static int give_libedit_key(FILE *stream) {
  (void)stream;
  return libedit_key;
}

static void press_libedit_key(int key) {
  libedit_key = key;
  library.rl_callback_read_char();
}

static void insert_into_libedit(const char *character, size_t count) {
  size_t size = strlen(character);
  char *text = malloc(count * size + 1);
  if (!text) return;
  for (size_t index = 0; index < count; index++) memcpy(text + index * size, character, size);
  text[count * size] = 0;
  library.rl_insert_text(text);
  free(text);
}

// libedit keeps its line as wide characters and makes bytes of it in another buffer. When that
// has to grow, rl_line_buffer still points to where it was, and every key then writes a zero
// byte there (3.1 of 2022-10-30, as in Debian 12; seen). So it is made to grow to more than any
// line needs before there is a line, with rl_line_buffer pointing to a place of our own
// meanwhile; then the wide buffer is made to grow, upon which libedit corrects rl_line_buffer.
static void make_room_in_libedit(void) {
  char *own = calloc(1, 2 * LIBEDIT_ROOM);
  if (!own) return;
  *library.rl_getc_function = give_libedit_key;
  library.rl_callback_handler_install("", finished);
  *library.rl_line_buffer = own;
  insert_into_libedit("\xf0\x90\x80\x80", LIBEDIT_ROOM / 4);
  *library.rl_line_buffer = own;
  press_libedit_key('L' & 31);
  press_libedit_key('U' & 31);
  insert_into_libedit("x", LIBEDIT_ROOM * 3 / 4);
  libedit_line = *library.rl_line_buffer;
  press_libedit_key('U' & 31);
  library.rl_callback_handler_remove();
  *library.rl_getc_function = next_byte;
  // Where libedit did not correct it, it goes on writing there.
  if (libedit_line != own) free(own);
}

void sheep_readline_prepare(const sheep_readline_calls *given, int is_dumb) {
  calls = *given;
  choose_locale();
  *library.rl_readline_name = "sheep";
  if (kind == SHEEP_READLINE_GNU || !open_idle_terminal(library.rl_instream, library.rl_outstream)) {
    *library.rl_instream = fopen("/dev/null", "r");
    *library.rl_outstream = fopen("/dev/null", "w");
  }
  *library.rl_catch_signals = 0;
  *library.rl_getc_function = next_byte;
  *library.rl_redisplay_function = draw_nothing;
  *library.rl_prep_term_function = prepare_nothing;
  *library.rl_deprep_term_function = draw_nothing;
  if (kind == SHEEP_READLINE_GNU) {
    *library.rl_catch_sigwinch = 0;
    *library.rl_change_environment = 0;
    *library.rl_input_available_hook = has_byte;
  }
  library.rl_initialize();
  library.using_history();
  if (locale_name) setlocale(LC_CTYPE, locale_name);
  if (kind == SHEEP_READLINE_GNU) {
    bind_gnu(is_dumb);
  } else if (!libedit_line) {
    make_room_in_libedit();
  }
}

// MARK: - A line

// libedit keeps the last line's text until the first key of the next.
static int is_stale;

void sheep_readline_begin(const char *prompt) {
  is_stale = kind == SHEEP_READLINE_LIBEDIT;
  library.rl_callback_handler_install(prompt, finished);
  // readline may have looked at the environment's locale again.
  if (locale_name) setlocale(LC_CTYPE, locale_name);
}

void sheep_readline_end(void) { library.rl_callback_handler_remove(); }

void sheep_readline_step(void) {
  is_stale = 0;
  library.rl_callback_read_char();
}

void sheep_readline_abandon(void) {
  if (kind != SHEEP_READLINE_GNU) return;
  library.rl_callback_sigcleanup();
  library.rl_clear_message();
}

void sheep_readline_accept(void) { library.rl_newline(1, '\r'); }

const char *sheep_readline_line(void) {
  const char *line = kind == SHEEP_READLINE_LIBEDIT ? libedit_line : *library.rl_line_buffer;
  return line ? line : "";
}
int sheep_readline_length(void) { return *sheep_readline_line() && !is_stale ? *library.rl_end : 0; }
int sheep_readline_point(void) { return is_stale ? 0 : *library.rl_point; }
void sheep_readline_set_point(int point) { *library.rl_point = point; }

void sheep_readline_insert(const char *text) {
  is_stale = 0;
  library.rl_insert_text(text);
}

void sheep_readline_delete(int start, int end, int kill) {
  int point = *library.rl_point;
  if (kill) {
    library.rl_kill_text(start, end);
  } else {
    library.rl_delete_text(start, end);
  }
  // The library leaves the cursor where it was, in bytes.
  if (point >= end) {
    point -= end - start;
  } else if (point > start) {
    point = start;
  }
  *library.rl_point = point;
}

void sheep_readline_group(int begins) {
  if (kind != SHEEP_READLINE_GNU) return;
  if (begins) {
    library.rl_begin_undo_group();
  } else {
    library.rl_end_undo_group();
  }
}

int sheep_readline_is_searching(void) {
  return kind == SHEEP_READLINE_GNU && (*library.rl_readline_state & (STATE_ISEARCH | STATE_NSEARCH)) != 0;
}

const char *sheep_readline_message(void) {
  if (kind != SHEEP_READLINE_GNU) return NULL;
  if (!(*library.rl_readline_state & (STATE_ISEARCH | STATE_NSEARCH | STATE_NUMERICARG))) return NULL;
  const char *shown = *library.rl_display_prompt;
  return shown && shown != *library.rl_prompt ? shown : NULL;
}

// MARK: - The history

void sheep_readline_remember(const char *entry) {
  if (kind == SHEEP_READLINE_GNU) library.add_history(entry);
}

void sheep_readline_forget(int number) {
  if (kind != SHEEP_READLINE_GNU) return;
  struct entry *removed = library.remove_history(number);
  if (removed) library.free_history_entry(removed);
}
