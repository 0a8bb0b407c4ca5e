/* Blobs on a server: rows of a megabyte each, so that one of any size needs no more memory than
 * that, and a row that says that all of them are there. Only rp-store-blobs.c and the copying of
 * libraries call this. */
#pragma once

#include <gio/gio.h>

#include "rp-store.h"

G_BEGIN_DECLS

/* *out = its size, -1 = it is not there. */
gboolean rp_store_parts_measure (RpStore *store, const char *sha256, gint64 *out, GError **error);
/* `early` = for good only with the next change of the library. */
gboolean rp_store_parts_put (RpStore *store,
                             const char *sha256,
                             GInputStream *stream,
                             gboolean early,
                             GError **error);
/* RP_ERROR_NOT_FOUND. */
gboolean
rp_store_parts_get (RpStore *store, const char *sha256, GOutputStream *stream, GError **error);

G_END_DECLS
