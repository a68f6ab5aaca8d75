#pragma once

// What the files of this folder share and the program does not see.

/// Gives the terminal back and removes what must not be left behind. Safe in a signal handler.
void sheep_terminal_last_rites(void);

/// SIGINT is taken for another program's, and SIGQUIT with it, from `begins` (1) to its end (0).
void sheep_mute_interrupts(int begins);
