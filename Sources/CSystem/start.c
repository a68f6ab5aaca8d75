#include "CStart.h"

#include <stddef.h>

static int argument_count;
static char **arguments;

// glibc and macOS pass these to every constructor, as they do to main.
__attribute__((constructor)) static void keep_arguments(int count, char **words) {
  argument_count = count;
  arguments = words;
}

int sheep_argument_count(void) { return argument_count; }

const char *sheep_argument(int number) {
  return number >= 0 && number < argument_count ? arguments[number] : NULL;
}

#ifdef __linux__
// Two functions of the Swift runtime, in place of those in its archive. Each of
// the archive's files would bring work that every start pays for: the one reads
// /proc/self/maps to find the command line, the other looks in eight folders
// for a program that prints backtraces, which this program, with crash handlers
// of its own, never starts. Weak, so that a runtime whose file is needed for
// something else as well takes its own; hidden, so that a runtime in a shared
// library never sees them.
__attribute__((weak, visibility("hidden"))) char **_swift_stdlib_getUnsafeArgvArgc(int *count) {
  *count = argument_count;
  return arguments;
}

__attribute__((weak, visibility("hidden"))) const char *swift_copyAuxiliaryExecutablePath(const char *name) {
  (void)name;
  return NULL;
}
#endif
