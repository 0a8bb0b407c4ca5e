/* An Atom feed that is kept as a file beside the articles: read, changed, written back. Pure. */
#pragma once

#include "rp-exchange.h"

G_BEGIN_DECLS

/* The feed with this article on top (taken out, when it is withdrawn). `old` NULL = there is none
 * yet; `feed_url` and `page_url` as readers reach them. The same bytes again when nothing is to be
 * changed; NULL with RP_ERROR_REFUSED when `old` is something else than a feed. Gives. */
GBytes *rp_feed_file_change (RpExchange *exchange,
                             GBytes *old,
                             const char *feed_url,
                             const char *page_url,
                             GError **error);

G_END_DECLS
