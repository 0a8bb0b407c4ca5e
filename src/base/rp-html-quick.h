/* The quick way into a fragment: HTML that is written out in full (known elements, every end tag,
 * no overlap, quoted attributes) needs no error correction and is read in one pass. Any thread. */
#pragma once

#include "rp-xml.h"

G_BEGIN_DECLS

/* The fragment below an element <body>, as the full parser would read it; NULL when anything in it
 * is not plain, which says nothing about it: ask the full parser. `html` must be valid UTF-8.
 * Gives. */
xmlDoc *rp_html_read_quickly (const char *html);

G_END_DECLS
