#pragma once

// What is used of the library, as GNU readline and libedit both export it.

#include <stdio.h>

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
struct readline_library {
  FUNCTIONS(FUNCTION_FIELD)
  GNU_FUNCTIONS(FUNCTION_FIELD)
  VARIABLES(VARIABLE_FIELD)
  GNU_VARIABLES(VARIABLE_FIELD)
};
