/* Blobs: what arrived, pictures, what was sent, each under the SHA-256 of its bytes. Written to a
 * temporary name, synced and moved into place, so a blob is whole or absent. */
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
char *rp_store_dup_blob_path (RpStore *store, const char *sha256); /* gives; may not exist */

G_END_DECLS
