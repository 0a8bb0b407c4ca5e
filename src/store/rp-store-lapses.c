#include "rp-store-lapses.h"

gboolean
rp_store_note_lapse (RpStore *store,
                     const char *article_id,
                     const char *partner_id,
                     const char *reason,
                     gint64 now,
                     GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "INSERT INTO lapses (article_id, partner_id, reason, since)"
                     " VALUES ($1, $2, $3, $4) ON CONFLICT (article_id, partner_id)"
                     " DO UPDATE SET reason = excluded.reason"
                     " WHERE lapses.reason <> excluded.reason",
                     "sssi", article_id, partner_id, reason, now);
}

gboolean
rp_store_drop_lapse (RpStore *store, const char *article_id, const char *partner_id, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "DELETE FROM lapses WHERE article_id = $1 AND partner_id = $2", "ss",
                     article_id, partner_id);
}

gboolean
rp_store_has_lapse (RpStore *store, const char *article_id, gboolean *out, GError **error)
{
  gint64 count = 0;
  gboolean read = rp_db_get_int (rp_store_get_db (store), &count, error,
                                 "SELECT count (*) FROM lapses AS l JOIN receipts AS r"
                                 " ON r.article_id = l.article_id AND r.partner_id = l.partner_id"
                                 " WHERE l.article_id = $1 AND r.state <> 'withdrawn'",
                                 "s", article_id);

  *out = count > 0;

  return read;
}

GPtrArray *
rp_store_list_shown (RpStore *store, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT DISTINCT article_id FROM receipts WHERE state <> 'withdrawn'"
                 " ORDER BY article_id",
                 "");

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    g_ptr_array_add (ids, g_strdup (rp_db_text (rows, 0)));
  if (local == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}
