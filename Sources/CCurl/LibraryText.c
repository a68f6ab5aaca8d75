#define _GNU_SOURCE
#include "LibraryText.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t copy_version(const char *from, const char *end, char *text, size_t size) {
  size_t length = 0;
  while (from + length < end && length + 1 < size &&
         ((from[length] >= '0' && from[length] <= '9') || from[length] == '.'))
    length++;
  memcpy(text, from, length);
  text[length] = 0;
  return length;
}

static size_t search(const char *from, const char *end, const char *marker, char *text, size_t size) {
  size_t length = strlen(marker);
  while (from < end) {
    const char *found = memmem(from, (size_t)(end - from), marker, length);
    if (!found) return 0;
    size_t copied = copy_version(found + length, end, text, size);
    if (copied) return copied;
    from = found + length;
  }
  return 0;
}

size_t sheep_library_text(const char *path, const char *marker, char *text, size_t size) {
  if (size == 0) return 0;
  text[0] = 0;
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  struct stat facts;
  size_t copied = 0;
  if (fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size > 0) {
    size_t length = (size_t)facts.st_size;
    char *file = mmap(NULL, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (file != MAP_FAILED) {
      copied = search(file, file + length, marker, text, size);
      munmap(file, length);
    }
  }
  close(descriptor);
  return copied;
}
