/* Searches that were saved under a name, and what else the sidebar counts. */
#pragma once

#include "rp-store.h"

G_BEGIN_DECLS

/* A search with a name, a source or a licence, and how many articles that is. */
typedef struct {
  char *id;    /* owned */
  char *name;  /* owned; NULL = only the id is known here */
  char *query; /* owned; NULL unless it is a saved search */
  gint64 count;
} RpTally;

void rp_tally_free (gpointer tally);

/* By name, with their counts. Gives an array of RpTally. */
GPtrArray *rp_store_list_searches (RpStore *store, gboolean counted, GError **error);
/* `id` NULL: a new one, or, where the name is known, another query for it. With an id the search
 * gets that name and query; RP_ERROR_CONFLICT when another one has the name. Gives the id. */
char *rp_store_save_search (RpStore *store,
                            const char *id,
                            const char *name,
                            const char *query,
                            gint64 now,
                            GError **error);
gboolean rp_store_remove_search (RpStore *store, const char *id, GError **error);

/* The sources that articles on the desk come from, by name, with what is unread; at most `limit`.
 */
GPtrArray *rp_store_tally_sources (RpStore *store, guint limit, GError **error);
/* The licences that most articles on the desk are under. */
GPtrArray *rp_store_tally_licences (RpStore *store, guint limit, GError **error);

G_END_DECLS
