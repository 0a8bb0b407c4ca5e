/* The sample partner's HTTP server: which address is answered by what. Main thread. */
#pragma once

#include "rp-site.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct {
  const char *address; /* an IP address; NULL = 127.0.0.1: others see nothing of it */
  guint port;          /* 0 = a free one */
  guint delay;         /* milliseconds from the work to the answer, as from a partner far away */
} RpSiteDoor;

/* Tells the site its address. Gives; the site is borrowed. */
SoupServer *rp_site_serve (RpSite *site, const RpSiteDoor *door, GError **error);

G_END_DECLS
