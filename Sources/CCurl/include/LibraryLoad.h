#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The name of a library's file, with a zero at its end.
typedef char sheep_library_name[128];

/// Copies the path of the library of that name in the loader's usual folders, those of
/// LD_LIBRARY_PATH first; a name with a slash is a path already. Returns whether such a
/// file can be read.
int sheep_library_find(const char *name, char *path, size_t size);

/// dlopen with RTLD_LAZY | RTLD_LOCAL, the libraries that `name` needs first, each by itself.
///
/// What it finds and what it says when it fails is dlopen's; only the time differs.
void *sheep_library_load(const char *name);

/// The number of libraries that the file at `path` names as needed; the first `room` names are
/// copied to `names`. 0 as well for what is no shared library of this
/// machine's kind, and for one with search folders of its own.
int sheep_library_needs(const char *path, sheep_library_name *names, int room);

#ifdef __cplusplus
}
#endif
