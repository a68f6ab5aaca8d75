#pragma once

// The terminal's settings while a line editor holds it, in the one place from which they can be
// given back whatever happens: at the end, before a signal kills, after a crash.

/// Remembers the settings of the terminal as they were found; -1 when it is none.
///
/// With `marks_pastes` the terminal is told on `output`, when it is given back, to mark pasted
/// text no longer.
int sheep_terminal_hold(int input, int output, int marks_pastes);

/// Holds nothing any more.
void sheep_terminal_release(void);

/// How the terminal behaves while it is held.
typedef enum {
  /// A line is edited: every key is read as a byte, nothing is shown, no key makes a signal.
  SHEEP_TERMINAL_PROMPT = 0,
  /// An answer streams: the same, but Ctrl-C and Ctrl-Z make their signals, and Ctrl-S stops
  /// the output. What had been typed is not thrown away by that.
  SHEEP_TERMINAL_BETWEEN = 1,
} sheep_terminal_mode;

/// Sets a mode; 0 when it was set, 1 when the process is in the background and left everything
/// as it is, -1 when the terminal is gone.
int sheep_terminal_set(sheep_terminal_mode mode);

/// Gives the terminal back as it was found and writes the farewell; does nothing from the
/// background, where somebody else has it. It stays held. Safe in a signal handler.
void sheep_terminal_give_back(void);

/// The user's key for interrupting (Ctrl-C) and for suspending (Ctrl-Z), as it was found; -1 for
/// none.
int sheep_terminal_interrupt_key(void);
int sheep_terminal_suspend_key(void);

/// How many bytes can be read without waiting.
int sheep_terminal_unread(int descriptor);

/// The size of the terminal; 0 in both when it is unknown.
void sheep_terminal_size(int descriptor, int *columns, int *rows);

/// Makes SIGWINCH, SIGTSTP and SIGCONT readable, as `sheep_watch_signals` does with others;
/// -1 when there can be no pipe. A SIGTSTP that was ignored stays ignored.
int sheep_watch_terminal_signals(void);

// Their numbers, and those of the signals that the line editor sends.
extern const int SHEEP_SIGNAL_RESIZED, SHEEP_SIGNAL_STOP, SHEEP_SIGNAL_CONTINUE;
extern const int SHEEP_SIGNAL_INTERRUPT, SHEEP_SIGNAL_BACKGROUND_READ;

/// Sends a signal to the process.
void sheep_signal_self(int number);

/// Stops the process as its terminal's suspend key would, and returns when it is continued. With
/// `group` the whole job is stopped, as the key itself would do.
void sheep_suspend(int group);

/// While a program of the user's has the terminal: Ctrl-C and Ctrl-\ are its affair, and Ctrl-Z
/// stops both. Anything but 0 begins it, 0 ends it.
void sheep_lend_terminal(int begins);

/// A file and the folder it is in, to be removed when a signal ends the process; NULL for none
/// any more. The texts must live until then.
void sheep_remove_on_death(const char *file, const char *folder);
