/* Moves a whole library into another database, table by table in the order of their keys, and
 * proves that it is the same: every table's rows are counted and summed up (SHA-256) on both sides,
 * every original is read through. A copy that was broken off goes on where it was; until it is
 * complete nobody can open it as a library. Blocks; any thread. */
#pragma once

#include "rp-store.h"

G_BEGIN_DECLS

/* What was copied, and its proof; `sha256` is NULL for the originals, which carry it as a name. */
typedef void (*RpStoreCopied) (const char *what,
                               gint64 count,
                               const char *sha256,
                               gpointer user_data);

/* RP_ERROR_CONFLICT: there is another library at `to`. The one at `from` is read as it was at the
 * start; what is written to it meanwhile does not come along. */
gboolean rp_store_copy (RpStore *from,
                        const char *to,
                        RpStoreCopied copied,
                        gpointer user_data,
                        GError **error);

G_END_DECLS
