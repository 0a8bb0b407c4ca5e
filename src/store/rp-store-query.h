/* The words of the search field: plain words go to the full text index; "licence:cc-by",
 * "state:ready", "source:fen.example", "partner:herald", "language:de", "before:2026-01",
 * "after:2026-01-15" filter. "Quoted words" are a phrase; a word's last letters may be missing. A
 * quoted value (source:"Gull Holm Gazette") is the whole name, an unquoted one a part of it.
 * state:inbox is what waits for a decision. Articles in the trash are found only with state:trash.
 */
#pragma once

#include "rp-store.h"

G_BEGIN_DECLS

typedef struct {
  char *from;        /* owned: what articles are read from, SQL */
  const char *order; /* the column that says which is newer */
  char *where;       /* owned: SQL condition, parameters $1… */
  char *types;       /* owned: for rp_db_query, all 's' */
  GPtrArray *values; /* owned, of char *: at most RP_QUERY_MAX */
} RpStoreQuery;

#define RP_QUERY_MAX 8

/* RP_ERROR_INVALID names the filter word that is wrong. Gives. */
RpStoreQuery *rp_store_query_new (RpStore *store, const char *text, GError **error);
/* The same errors, without a library; any thread. */
gboolean rp_store_query_check (const char *text, GError **error);
void rp_store_query_free (RpStoreQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpStoreQuery, rp_store_query_free)

G_END_DECLS
