/* One element of an XML feed, whatever its dialect: whose word its name is, its text, and where
 * addresses in it begin. Of
 * rp-import-feed.c and rp-import-feed-head.c. Any thread. */
#pragma once

#include "rp-xml.h"

G_BEGIN_DECLS

#define RP_FEED_MEDIA "http://search.yahoo.com/mrss"
#define RP_FEED_RSL "https://rslstandard.org/rsl"

/* Names that are written in capitals (CDF), and prefixes that were never declared: the element gets
 * the name that everybody means. Before any of these below. */
void rp_feed_mend_name (xmlNode *node);

/* Whether its namespace begins so: with and without a slash at the end they are the same. */
gboolean rp_feed_is_ns (const xmlNode *node, const char *ns);
gboolean rp_feed_is_atom (const xmlNode *node); /* 0.3 or 1.0 */
/* A name of the feed's own vocabulary: RSS in any of its namespaces or none, or Atom. */
gboolean rp_feed_is_own (const xmlNode *node);

/* <link rel=…>; without a rel it is "alternate". */
gboolean rp_feed_is_link_to (xmlNode *node, const char *rel);
/* The licence of what it stands in, in any vocabulary but RSL's; dup_licence gives its address. */
gboolean rp_feed_is_licence (xmlNode *node);
char *rp_feed_dup_licence (xmlNode *node);

char *rp_feed_dup_plain (xmlNode *node); /* text without markup, NULL if empty; gives */
/* Text that may have markup, as HTML: escaped, as elements, in base64, or plain. Gives. */
char *rp_feed_dup_html (xmlNode *node);
/* What xml:base makes of the feed's own address, from the outermost element in. NULL when nothing
 * is stated and nothing known. Gives. */
char *rp_feed_dup_base (xmlNode *node, const char *base);

G_END_DECLS
