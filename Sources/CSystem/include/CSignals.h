#pragma once
#include <stdint.h>

/// Installs handlers for the signals of a crash (ILL, TRAP, SEGV, BUS, FPE, ABRT, SYS) that
/// write one line and end the process with 70, and turns core files off. The language's own
/// crash report prints memory, and with it keys; call this before any key is read.
void sheep_install_crash_handlers(void);

/// Puts something harmless in the place of a closed standard descriptor. Otherwise the next
/// socket or file would get its number, and an answer or an error would be written into it.
/// Writing to standard output fails then, as it should.
void sheep_hold_standard_descriptors(void);

/// Ignores SIGPIPE, so that a vanished reader is an error of write(2) and not the end.
void sheep_ignore_broken_pipes(void);

/// Makes SIGINT, SIGTERM and SIGHUP readable: each writes its number as one byte to a pipe,
/// whose reading end (non-blocking, close-on-exec) is returned; -1 when there can be none. A
/// signal that was ignored when the process began stays ignored. The same signal a second time
/// ends the process at once.
int sheep_watch_signals(void);

/// The next signal's number from the pipe; 0 when there is none.
int sheep_next_signal(int descriptor);

/// Says that this signal was dealt with: the next one is readable like the first and does not
/// end the process.
void sheep_rearm_signal(int number);

/// Ends the process by that signal, as if it had never been caught.
_Noreturn void sheep_die_by_signal(int number);
