#define _GNU_SOURCE
#include "LibraryText.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <elf.h>
#include <link.h>
#endif

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

#ifdef __linux__
// Only the segments that hold constants: a third of the file, so a third of the
// pages. Later ones first, for that is where linkers put the constants.
static size_t search_constants(const char *file, size_t size, const char *marker, char *text, size_t room) {
  const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)(const void *)file;
  if (size < sizeof *header || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return 0;
  if (header->e_phentsize != sizeof(ElfW(Phdr)) || header->e_phoff > size) return 0;
  if (header->e_phoff % sizeof(ElfW(Off)) != 0) return 0;
  if ((size - header->e_phoff) / sizeof(ElfW(Phdr)) < header->e_phnum) return 0;
  const ElfW(Phdr) *segments = (const ElfW(Phdr) *)(const void *)(file + header->e_phoff);
  for (int index = header->e_phnum - 1; index >= 0; index--) {
    const ElfW(Phdr) *segment = &segments[index];
    if (segment->p_type != PT_LOAD || segment->p_flags != PF_R) continue;
    if (segment->p_offset > size || segment->p_filesz > size - segment->p_offset) continue;
    const char *start = file + segment->p_offset;
    size_t copied = search(start, start + segment->p_filesz, marker, text, room);
    if (copied) return copied;
  }
  return 0;
}
#endif

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
#ifdef __linux__
      copied = search_constants(file, length, marker, text, size);
#endif
      if (!copied) copied = search(file, file + length, marker, text, size);
      munmap(file, length);
    }
  }
  close(descriptor);
  return copied;
}
