#pragma once

// OpenSSL's configuration and tables of error texts, left out while a process speaks plain
// http only; see docs/decisions/0008-what-a-start-leaves-out.md. Called under the lock of
// CurlLibrary.c.

/// Tells the OpenSSL of an open libcurl, before libcurl is initialised, not to read its
/// configuration and not to make its tables.
__attribute__((visibility("hidden"))) void sheep_tls_postpone(void *handle);

/// Does what was postponed; nothing where nothing was, or a second time.
__attribute__((visibility("hidden"))) void sheep_tls_make_up(void);
