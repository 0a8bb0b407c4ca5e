/* Blobs: what arrived, pictures, what was sent, each under the SHA-256 of its bytes; whole or
 * absent. Beside a file of a library each is a file, written to a temporary name, synced and moved
 * into place. On a server they are rows, and a file of the cache is made where a path is needed. */
#pragma once

#include "rp-body.h"
#include "rp-store.h"

G_BEGIN_DECLS

/* Many at once: under a hash that is known already (rp_text_sha256 of the bytes), and not yet on
 * the disk for good. When *out_written (optional) was set, call rp_store_sync_blobs before a row
 * names them. */
gboolean rp_store_put_blob_early (RpStore *store,
                                  const char *sha256,
                                  GBytes *bytes,
                                  gboolean *out_written,
                                  GError **error);
gboolean rp_store_sync_blobs (RpStore *store, GError **error);
char *rp_store_put_blob (RpStore *store, GBytes *bytes, GError **error); /* the hash, gives */
GBytes *rp_store_get_blob (RpStore *store, const char *sha256, GError **error); /* gives */
/* The same with a file of the library's disk, which moves in and is gone from where it was. */
char *rp_store_take_blob_file (RpStore *store, const char *path, GError **error);
/* To what is sent; RP_ERROR_NOT_FOUND. */
gboolean rp_store_add_blob (RpStore *store, const char *sha256, RpBody *body, GError **error);
/* All there are, by name; FALSE from `func` ends it with its error. */
typedef gboolean (*RpStoreBlobFunc) (const char *sha256, gpointer user_data, GError **error);
gboolean
rp_store_foreach_blob (RpStore *store, RpStoreBlobFunc func, gpointer user_data, GError **error);
/* Into another library, unless it is there; its bytes must be what the name says. */
gboolean rp_store_copy_blob (RpStore *from, RpStore *to, const char *sha256, GError **error);
/* *out = bytes, -1 = it is not there. */
gboolean rp_store_measure_blob (RpStore *store, const char *sha256, gint64 *out, GError **error);
/* A file with its bytes, fetched if need be; nobody may change it. Gives; RP_ERROR_NOT_FOUND. */
char *rp_store_fetch_blob (RpStore *store, const char *sha256, GError **error);
/* Of a server's blobs, the files that nobody has fetched since then, by this machine's clock; the
 * server still has them. */
void rp_store_forget_fetched (RpStore *store, gint64 since);

G_END_DECLS
