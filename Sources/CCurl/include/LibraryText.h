#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Finds `marker` in a file and copies what follows it up to the first byte that
/// is neither a digit nor a dot.
///
/// Returns the number of bytes copied, without the terminating zero; 0 when the
/// file cannot be read or holds no such text.
size_t sheep_library_text(const char *path, const char *marker, char *text, size_t size);

#ifdef __cplusplus
}
#endif
