/* HTML by libxml2: reading whole pages and fragments, cleaning, serialising, text. Any thread.
 *
 * A cleaned body is an allow-listed fragment in UTF-8 that is inert (no script, style, handler,
 * form, object, no address but http, https, mailto, tel, and for img data:image and cid) and also
 * well-formed XML. */
#pragma once

#include <glib.h>

#include "rp-xml.h"

G_BEGIN_DECLS

/* A whole page. `charset` is what the transport said (NULL = unknown); BOM, valid UTF-8 and <meta>
 * are weighed against it. Depth is bounded. Gives; NULL with RP_ERROR_UNREADABLE. */
xmlDoc *rp_html_parse (GBytes *bytes, const char *charset, GError **error);
/* A fragment of UTF-8 HTML; the document's root is an element <body> that holds it. Gives, never
 * NULL. */
xmlDoc *rp_html_parse_fragment (const char *html);
xmlNode *rp_html_get_body (xmlDoc *doc); /* the <body> of either, lends; NULL if there is none */

/* The children of `parent` as HTML that is also well-formed XML. Gives. */
char *rp_html_serialise (xmlNode *parent);

/* Allow-lists the tree below `parent` in place, resolving addresses against `base_url` (may be
 * NULL). Tracking pixels are removed and their tags appended to `trackers` (char *, may be NULL).
 */
void rp_html_clean_tree (xmlNode *parent, const char *base_url, GPtrArray *trackers);
/* The same for text: fragment in, cleaned fragment out. NULL gives "". Gives. */
char *rp_html_clean (const char *html, const char *base_url);

/* The running text with block breaks kept: a blank line between blocks, a newline for <br> and
 * rows. Captions (figcaption) are left out: they belong to their pictures. Gives. */
char *rp_html_to_text (const char *html);
char *rp_html_tree_to_text (xmlNode *parent);
guint rp_html_count_words (const char *html);

G_END_DECLS
