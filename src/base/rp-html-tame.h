/* Hostile HTML made harmless for a parser that is slow on it: unmatched end tags against thousands
 * of open elements and thousands of attributes in one tag cost quadratic time. One pass, linear.
 * Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TRUE when the text nests or repeats attributes beyond what people write. */
gboolean rp_html_is_wild (const char *text, gsize size);
/* The same page with nesting and attributes bounded. Gives. */
char *rp_html_tame (const char *text, gsize size, gsize *out_size);

G_END_DECLS
