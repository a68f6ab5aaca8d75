#pragma once

// What libedit needs done before it can be an engine without a terminal.

#include "Library.h"

/// Opens a terminal of libedit's own, which nobody looks at; 0 when there is none to be had.
int sheep_libedit_open_terminal(FILE **input, FILE **output);

/// Makes room for the longest line, before there is a line. Returns where libedit has its line as
/// bytes from then on; NULL when there is no memory. `finished` is what lines are handed to,
/// `next_byte` the function that keys are read by afterwards.
const char *sheep_libedit_make_room(
    const struct readline_library *library, void (*finished)(char *), int (*next_byte)(FILE *));
