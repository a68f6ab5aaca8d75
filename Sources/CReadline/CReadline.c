#define _GNU_SOURCE
#include "CReadline.h"
#include "Libedit.h"
#include "Library.h"

#include <dlfcn.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct readline_library library;
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

void sheep_readline_prepare(const sheep_readline_calls *given, int is_dumb) {
  calls = *given;
  choose_locale();
  *library.rl_readline_name = "sheep";
  if (kind == SHEEP_READLINE_GNU || !sheep_libedit_open_terminal(library.rl_instream, library.rl_outstream)) {
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
    libedit_line = sheep_libedit_make_room(&library, finished, next_byte);
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
