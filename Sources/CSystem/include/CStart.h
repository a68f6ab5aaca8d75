#pragma once

// The words of the command line as the system passed them.
//
// Swift's own `CommandLine` finds them by reading and parsing /proc/self/maps in
// every process that links it, used or not: an eighth of the instructions of a
// start.

// How many words there are, the program's name included.
int sheep_argument_count(void);

// A word, ending in a zero byte; NULL where there is none.
const char *sheep_argument(int number);
