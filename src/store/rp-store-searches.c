#include "rp-store-searches.h"

#include <glib/gi18n-lib.h>

#include "rp-article-row.h"
#include "rp-error.h"
#include "rp-id.h"
#include "rp-store-articles.h"

void
rp_tally_free (gpointer data)
{
  RpTally *tally = data;

  g_free (tally->id);
  g_free (tally->name);
  g_free (tally->query);
  g_free (tally);
}

/* Columns: id, name, query, count. */
static GPtrArray *
read_tallies (RpDbRows *rows, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (rp_tally_free);
  g_autoptr (GError) local = NULL;

  while (rp_db_next (rows, &local)) {
    RpTally *tally = g_new0 (RpTally, 1);

    tally->id = g_strdup (rp_db_text (rows, 0));
    tally->name = g_strdup (rp_db_text (rows, 1));
    tally->query = g_strdup (rp_db_text (rows, 2));
    tally->count = rp_db_int (rows, 3);
    g_ptr_array_add (list, tally);
  }
  if (local == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}

GPtrArray *
rp_store_list_searches (RpStore *store, gboolean counted, GError **error)
{
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT id, name, query, 0 FROM searches ORDER BY lower (name), name", "");
  g_autoptr (GPtrArray) list = rows != NULL ? read_tallies (rows, error) : NULL;

  for (guint i = 0; counted && list != NULL && i < list->len; i++) {
    RpTally *tally = list->pdata[i];

    rp_store_count_articles (store, tally->query, &tally->count, NULL);
  }

  return g_steal_pointer (&list);
}

char *
rp_store_save_search (RpStore *store,
                      const char *id,
                      const char *name,
                      const char *query,
                      gint64 now,
                      GError **error)
{
  RpDb *db = rp_store_get_db (store);
  g_autofree char *known =
    rp_db_dup_text (db, NULL, "SELECT id FROM searches WHERE name = $1", "s", name);
  g_autofree char *own = g_strdup (id != NULL ? id : known);

  if (own == NULL)
    own = rp_id_new ();
  if (known != NULL && !g_str_equal (known, own)) {
    g_set_error (error, RP_ERROR, RP_ERROR_CONFLICT,
                 _ ("There is a saved search “%s” already. Choose another name"), name);
    return NULL;
  }
  if (!rp_db_exec (db, error, NULL,
                   "INSERT INTO searches (id, name, query, created) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query",
                   "sssi", own, name, query, now))
    return NULL;

  return g_steal_pointer (&own);
}

gboolean
rp_store_remove_search (RpStore *store, const char *id, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL, "DELETE FROM searches WHERE id = $1",
                     "s", id);
}

/* From name to name by the index: a million articles of ten sources are ten steps. */
GPtrArray *
rp_store_tally_sources (RpStore *store, guint limit, GError **error)
{
  g_autoptr (RpDbRows) rows = rp_db_query (
    rp_store_get_db (store), error,
    "WITH RECURSIVE names (name) AS (SELECT min (source) FROM articles WHERE source > ''"
    " UNION ALL SELECT (SELECT min (source) FROM articles WHERE source > names.name) FROM names"
    " WHERE names.name IS NOT NULL)"
    " SELECT name, name, NULL, (SELECT count (*) FROM articles WHERE source = name AND unread = 1"
    " AND state NOT IN ('" RP_STATE_TRASH "', '" RP_STATE_ARCHIVE "'))"
    " FROM names WHERE name IS NOT NULL AND EXISTS (SELECT 1 FROM articles WHERE source = name"
    " AND state <> '" RP_STATE_TRASH "') LIMIT $1",
    "i", (gint64) limit);

  return rows != NULL ? read_tallies (rows, error) : NULL;
}

GPtrArray *
rp_store_tally_licences (RpStore *store, guint limit, GError **error)
{
  g_autoptr (RpDbRows) rows = rp_db_query (
    rp_store_get_db (store), error,
    "WITH RECURSIVE names (name) AS (SELECT min (licence_id) FROM articles WHERE licence_id > ''"
    " UNION ALL SELECT (SELECT min (licence_id) FROM articles WHERE licence_id > names.name)"
    " FROM names WHERE names.name IS NOT NULL)"
    " SELECT name, NULL, NULL, uses FROM (SELECT name, (SELECT count (*) FROM articles"
    " WHERE licence_id = name AND state IN ('" RP_STATE_READY "', '" RP_STATE_BLOCKED
    "', '" RP_STATE_SCHEDULED "', '" RP_STATE_PUBLISHED "', '" RP_STATE_ATTENTION "')) AS uses"
    " FROM names WHERE name IS NOT NULL) AS tallies WHERE uses > 0"
    " ORDER BY uses DESC, name LIMIT $1",
    "i", (gint64) limit);

  return rows != NULL ? read_tallies (rows, error) : NULL;
}
