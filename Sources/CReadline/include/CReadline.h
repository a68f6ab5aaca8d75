#pragma once

// GNU readline, or libedit in its clothes, opened on first use: nothing here is linked, so that
// no other command pays for it.
//
// The library is the engine only: it keeps the edit line, the keymaps (the user's ~/.inputrc
// included), the kill ring, undo, and the search in the history. It never touches the terminal:
// its streams are /dev/null, its functions for the terminal's modes and for drawing are replaced,
// and it is given every key. What shows on the screen, and how, is the caller's affair.
//
// All calls must come from one thread. Nothing but `sheep_readline_open` may be called before
// that has found a library.

/// What was found.
typedef enum {
  SHEEP_READLINE_MISSING = 0,
  /// GNU readline 7 or later.
  SHEEP_READLINE_GNU = 1,
  /// libedit. It calls no functions of ours, moves no cursor and deletes nothing but by its own
  /// keys, which the caller feeds it: what below is for GNU readline only says so.
  SHEEP_READLINE_LIBEDIT = 2,
} sheep_readline_kind;

/// The functions of the edit line that are the caller's own.
typedef enum {
  SHEEP_KEY_ACCEPT = 0,
  SHEEP_KEY_NEW_LINE,
  SHEEP_KEY_PASTE,
  SHEEP_KEY_COMPLETE,
  SHEEP_KEY_PREVIOUS,
  SHEEP_KEY_NEXT,
  SHEEP_KEY_BACKWARD,
  SHEEP_KEY_FORWARD,
  SHEEP_KEY_DELETE,
  SHEEP_KEY_RUB_OUT,
  SHEEP_KEY_LINE_START,
  SHEEP_KEY_LINE_END,
  SHEEP_KEY_KILL,
  SHEEP_KEY_DISCARD,
  SHEEP_KEY_CLEAR_SCREEN,
  SHEEP_KEY_EDITOR,
} sheep_readline_key;

/// What the library calls back. `context` is handed to each.
typedef struct {
  void *context;
  /// The next byte of input, or for libedit the next code point; -1 at its end.
  int (*next_byte)(void *context);
  /// Whether a byte is there.
  int (*has_byte)(void *context);
  /// One of the caller's own functions was asked for, `count` times.
  void (*pressed)(void *context, sheep_readline_key key, int count);
  /// The line is finished; NULL at the end of input. The text is lent.
  void (*finished)(void *context, const char *line);
} sheep_readline_calls;

/// Opens the library of that file name; what it is once it is open, whatever name is asked for.
sheep_readline_kind sheep_readline_open(const char *name);

/// Sets the library up: the callbacks, UTF-8, the user's own bindings, then ours. Once.
/// `is_dumb`: a line feed finishes a line, as it must where nothing else can.
void sheep_readline_prepare(const sheep_readline_calls *calls, int is_dumb);

/// Begins to edit an empty line. The prompt is told for the library's own messages.
void sheep_readline_begin(const char *prompt);
/// Stops editing; the line is forgotten.
void sheep_readline_end(void);
/// Takes one byte from `next_byte` and does what it asks for; more bytes where a key is longer.
void sheep_readline_step(void);
/// Leaves a search, a repetition and whatever else waits for its next key.
void sheep_readline_abandon(void);
/// Finishes the line: `finished` is called before the current step returns. GNU readline only.
void sheep_readline_accept(void);

/// The edit line: bytes of UTF-8, lent until the next call; never NULL.
const char *sheep_readline_line(void);
/// How many bytes it has, and how many of them stand before the cursor.
int sheep_readline_length(void);
int sheep_readline_point(void);
/// GNU readline only.
void sheep_readline_set_point(int point);

/// Inserts text at the cursor.
void sheep_readline_insert(const char *text);
/// Deletes bytes; with `kill` they go where Ctrl-Y takes them from. GNU readline only.
void sheep_readline_delete(int start, int end, int kill);
/// What is done from the first to the last is undone in one step.
void sheep_readline_group(int begins);

/// Whether the history is being searched.
int sheep_readline_is_searching(void);
/// What the library shows in the prompt's place, such as what is searched for; NULL: the prompt.
const char *sheep_readline_message(void);

/// The library's own list, the oldest first, for its searches.
void sheep_readline_remember(const char *entry);
void sheep_readline_forget(int number);
