#define _GNU_SOURCE
#include "LibraryLoad.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <elf.h>
#include <link.h>
#endif

#if defined(__x86_64__)
#define MULTIARCH "x86_64-linux-gnu"
#elif defined(__aarch64__)
#define MULTIARCH "aarch64-linux-gnu"
#else
#define MULTIARCH "linux-gnu"
#endif

// The loader's usual folders in its order. Its own list of libraries is long to
// read; what lies elsewhere is found by dlopen alone.
#ifdef __linux__
#define USUAL_FOLDERS \
  "/usr/local/lib:/usr/local/lib/" MULTIARCH ":/usr/lib/" MULTIARCH ":/usr/lib64:/usr/lib"
#else
#define USUAL_FOLDERS "/opt/homebrew/opt/readline/lib:/usr/local/opt/readline/lib:/usr/local/lib"
#endif

// Whether one of the folders, parted by colons, has the library.
static int find_in(const char *folders, const char *name, char *path, size_t size) {
  while (*folders) {
    int length = (int)strcspn(folders, ":;");
    int needed = snprintf(path, size, "%.*s/%s", length, folders, name);
    if (length > 0 && needed > 0 && (size_t)needed < size && access(path, R_OK) == 0) return 1;
    folders += length;
    if (*folders) folders++;
  }
  return 0;
}

int sheep_library_find(const char *name, char *path, size_t size) {
  if (strchr(name, '/')) {
    int needed = snprintf(path, size, "%s", name);
    return needed > 0 && (size_t)needed < size && access(path, R_OK) == 0;
  }
  const char *given = getenv("LD_LIBRARY_PATH");
  return (given && find_in(given, name, path, size)) || find_in(USUAL_FOLDERS, name, path, size);
}

// The loader binds every library of one dlopen in the same scope: it looks for
// each name in the library that was asked for and then in all that this one
// needs, in order. libcurl needs thirty, so that most lookups pass by twenty of
// them in vain, and a call's start is two thirds such lookups. A library that is
// opened by itself is bound among its own needs alone, and stays so. So what
// libcurl needs is opened first, one after the other: 12.8 million instructions
// become 9.9 (Debian 12, glibc 2.36).

#if defined(__linux__) && defined(__GLIBC__)

// Of a mapped file, bytes that lie wholly within it; NULL for others.
struct image {
  const char *bytes;
  size_t size;
};

static const void *part(struct image image, uint64_t offset, uint64_t length) {
  if (offset > image.size || length > image.size - offset) return NULL;
  if (offset % sizeof(ElfW(Addr)) != 0) return NULL;
  return image.bytes + offset;
}

// Where the bytes lie in the file that are loaded at `address`; `left` is how
// many follow there. NULL when none are.
static const char *at_address(struct image image, const ElfW(Phdr) *segments, int count,
                              ElfW(Addr) address, size_t *left) {
  for (int index = 0; index < count; index++) {
    const ElfW(Phdr) *segment = &segments[index];
    if (segment->p_type != PT_LOAD || address < segment->p_vaddr) continue;
    uint64_t into = address - segment->p_vaddr;
    if (into >= segment->p_filesz || segment->p_offset > image.size) continue;
    if (segment->p_filesz > image.size - segment->p_offset) continue;
    *left = (size_t)(segment->p_filesz - into);
    return image.bytes + segment->p_offset + into;
  }
  return NULL;
}

static int read_needs(struct image image, sheep_library_name *names, int room) {
  const ElfW(Ehdr) *header = part(image, 0, sizeof *header);
  if (!header || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return 0;
  if (header->e_type != ET_DYN || header->e_phentsize != sizeof(ElfW(Phdr))) return 0;
  if (header->e_ident[EI_CLASS] != (sizeof(ElfW(Addr)) == 8 ? ELFCLASS64 : ELFCLASS32)) return 0;
  int count = header->e_phnum;
  const ElfW(Phdr) *segments = part(image, header->e_phoff, (uint64_t)count * sizeof *segments);
  if (!segments) return 0;
  const ElfW(Dyn) *entries = NULL;
  size_t entry_count = 0;
  for (int index = 0; index < count; index++) {
    if (segments[index].p_type != PT_DYNAMIC) continue;
    entries = part(image, segments[index].p_offset, segments[index].p_filesz);
    entry_count = segments[index].p_filesz / sizeof *entries;
  }
  if (!entries) return 0;
  const char *strings = NULL;
  size_t string_size = 0;
  for (size_t index = 0; index < entry_count && entries[index].d_tag != DT_NULL; index++) {
    // With folders of its own it may find other libraries than we would.
    if (entries[index].d_tag == DT_RPATH || entries[index].d_tag == DT_RUNPATH) return 0;
    if (entries[index].d_tag == DT_STRTAB)
      strings = at_address(image, segments, count, entries[index].d_un.d_ptr, &string_size);
  }
  if (!strings) return 0;
  int found = 0;
  for (size_t index = 0; index < entry_count && entries[index].d_tag != DT_NULL; index++) {
    if (entries[index].d_tag != DT_NEEDED || entries[index].d_un.d_val >= string_size) continue;
    const char *name = strings + entries[index].d_un.d_val;
    size_t length = strnlen(name, string_size - entries[index].d_un.d_val);
    if (length == 0 || length >= sizeof names[0]) continue;
    if (found < room) {
      memcpy(names[found], name, length);
      names[found][length] = 0;
    }
    found++;
  }
  return found;
}

int sheep_library_needs(const char *path, sheep_library_name *names, int room) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  struct stat facts;
  int found = 0;
  if (fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size > 0) {
    struct image image = {.size = (size_t)facts.st_size};
    void *file = mmap(NULL, image.size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (file != MAP_FAILED) {
      image.bytes = file;
      found = read_needs(image, names, room);
      munmap(file, image.size);
    }
  }
  close(descriptor);
  return found;
}

static void load_needs(const char *name) {
  enum { ROOM = 32 };
  sheep_library_name names[ROOM];
  char path[512];
  int count = sheep_library_find(name, path, sizeof path) ? sheep_library_needs(path, names, ROOM) : 0;
  // Open for good, as libcurl will be. One that does not open says so when
  // libcurl asks for it.
  for (int index = 0; index < count && index < ROOM; index++) dlopen(names[index], RTLD_LAZY | RTLD_LOCAL);
  dlerror();
}

#else

int sheep_library_needs(const char *path, sheep_library_name *names, int room) {
  (void)path;
  (void)names;
  (void)room;
  return 0;
}

static void load_needs(const char *name) { (void)name; }

#endif

void *sheep_library_load(const char *name) {
  load_needs(name);
  // Lazy binding: most functions of libcurl's thirty libraries are never called.
  return dlopen(name, RTLD_LAZY | RTLD_LOCAL);
}
