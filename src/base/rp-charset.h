/* Which encoding do these bytes have, and what do they say in UTF-8. Any thread.
 *
 * Declarations lie. The order: byte order mark; valid UTF-8 with multibyte sequences; the
 * transport's word; what the document says of itself; windows-1252. Bytes that fit nothing become
 * U+FFFD. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `transport` may be NULL. The text is NUL-terminated, without BOM and without NULs, valid UTF-8.
 * `out_charset` (optional, lends a static or interned name) is what was decided. Gives. */
char *rp_charset_to_utf8 (GBytes *bytes,
                          const char *transport,
                          gsize *out_size,
                          const char **out_charset);

G_END_DECLS
