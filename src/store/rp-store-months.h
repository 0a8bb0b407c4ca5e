/* What grows without end in a library on a server, requests with their answers and earlier versions
 * of articles, is kept by months. Months are made ahead when the library is opened; old ones are
 * let go of as a whole, by whoever owns the library and never by themselves. What proves a
 * publication besides (deliveries, decisions, uses, evidence, history) always stays. */
#pragma once

#include "rp-store.h"

G_BEGIN_DECLS

/* Makes the months that will be written to soon, and those of what was copied here from elsewhere.
 * Nothing for a file. */
gboolean rp_store_make_months (RpStore *store, GError **error);

typedef struct {
  gint64 exchanges, revisions; /* rows */
  gint64 originals;            /* what nothing else speaks of any more */
} RpStoreForgotten;

/* Lets go of the months that ended before `before`, or with it, and of the originals that only they
 * spoke of. For the owner of a library on a server; all or nothing. */
gboolean
rp_store_forget_before (RpStore *store, gint64 before, RpStoreForgotten *out, GError **error);

G_END_DECLS
