#include "rp-store-events.h"

#include "rp-id.h"

void
rp_event_free (RpEvent *event)
{
  g_free (event->kind);
  g_free (event->words);
  g_free (event->delivery_id);
  g_free (event->url);
  g_free (event);
}

gboolean
rp_store_add_event (RpStore *store,
                    const char *article_id,
                    const char *kind,
                    const char *words,
                    const char *delivery_id,
                    const char *url,
                    gint64 now,
                    GError **error)
{
  g_autofree char *id = rp_id_new ();

  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "INSERT INTO events (id, article_id, at, kind, words, delivery_id, url)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                     "ssissss", id, article_id, now, kind, words, delivery_id, url);
}

GPtrArray *
rp_store_list_events (RpStore *store, const char *article_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_event_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT at, kind, words, delivery_id, url FROM events WHERE article_id = $1"
                 " ORDER BY at DESC, id DESC",
                 "s", article_id);

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local)) {
    RpEvent *event = g_new0 (RpEvent, 1);

    event->at = rp_db_int (rows, 0);
    event->kind = g_strdup (rp_db_text (rows, 1));
    event->words = g_strdup (rp_db_text (rows, 2));
    event->delivery_id = g_strdup (rp_db_text (rows, 3));
    event->url = g_strdup (rp_db_text (rows, 4));
    g_ptr_array_add (list, event);
  }
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&list);
}
