/* The sample partner's HTTP server: which address is answered by what. Main thread. */
#pragma once

#include "rp-site.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Listens on 127.0.0.1; port 0 takes a free one. Tells the site its address. Gives; the site is
 * borrowed. */
SoupServer *rp_site_serve (RpSite *site, guint port, GError **error);

G_END_DECLS
