#include "rp-store-presence.h"

#include "rp-store-claims.h"

typedef struct {
  const char *holder;
  const RpDeskmate *mate;
  gboolean take_over;
  gint64 now;
} Move;

static gint64
get_lease (RpStore *store)
{
  return rp_db_is_server (rp_db_get_uri (rp_store_get_db (store)))
           ? RP_STORE_PRESENCE_LEASE
           : RP_STORE_PRESENCE_LEASE_IN_FILE;
}

static gboolean
enter (RpStore *store, gpointer user_data, GError **error)
{
  const Move *move = user_data;
  const RpDeskmate *mate = move->mate;
  RpDb *db = rp_store_get_db (store);

  return rp_db_exec (db, error, NULL, "DELETE FROM presence WHERE until < $1", "i", move->now) &&
         rp_db_exec (db, error, NULL,
                     "INSERT INTO presence (holder, name, article_id, since, edits, until)"
                     " VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT (holder) DO UPDATE SET"
                     " name = excluded.name, article_id = excluded.article_id,"
                     " since = excluded.since, edits = 0, until = excluded.until",
                     "sssii", mate->holder, mate->name, mate->article_id, move->now,
                     move->now + get_lease (store));
}

gboolean
rp_store_enter_article (RpStore *store, const RpDeskmate *mate, gint64 now, GError **error)
{
  Move move = {.mate = mate, .now = now};

  return rp_store_transaction (store, enter, &move, error);
}

gboolean
rp_store_leave_article (RpStore *store, const char *holder, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL, "DELETE FROM presence WHERE holder = $1",
                     "s", holder);
}

static gboolean
free_what_lapsed (RpStore *store, const Move *move, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE presence SET edits = 0 WHERE edits > 0 AND holder <> $1"
                     " AND (until < $2 OR $3 = 1)"
                     " AND article_id = (SELECT article_id FROM presence WHERE holder = $1)",
                     "sii", move->holder, move->now, (gint64) move->take_over);
}

static gboolean
edit (RpStore *store, gpointer user_data, GError **error)
{
  const Move *move = user_data;

  return free_what_lapsed (store, move, error) &&
         rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE presence SET edits = $2 WHERE holder = $1 AND edits = 0"
                     " AND NOT EXISTS (SELECT 1 FROM presence AS p WHERE p.edits > 0"
                     "   AND p.article_id = presence.article_id)",
                     "si", move->holder, move->now);
}

gboolean
rp_store_edit_article (RpStore *store,
                       const char *holder,
                       gboolean take_over,
                       gint64 now,
                       GError **error)
{
  Move move = {.holder = holder, .take_over = take_over, .now = now};

  return rp_store_transaction (store, edit, &move, error);
}

gboolean
rp_store_renew_presence (RpStore *store,
                         const char *holder,
                         gint64 now,
                         gboolean *out_there,
                         GError **error)
{
  gint64 changed = 0;

  if (!rp_db_exec (rp_store_get_db (store), error, &changed,
                   "UPDATE presence SET until = $2 WHERE holder = $1", "si", holder,
                   now + get_lease (store)))
    return FALSE;
  *out_there = changed > 0;

  return TRUE;
}

GPtrArray *
rp_store_list_presence (RpStore *store, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) mates = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_deskmate_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT holder, name, article_id, since, edits, until FROM presence"
                 " WHERE until >= $1 ORDER BY CASE WHEN edits > 0 THEN 0 ELSE 1 END, since, holder",
                 "i", now);

  while (rows != NULL && rp_db_next (rows, &local)) {
    const RpDeskmate mate = {
      .holder = (char *) rp_db_text (rows, 0),
      .name = (char *) rp_db_text (rows, 1),
      .article_id = (char *) rp_db_text (rows, 2),
      .since = rp_db_int (rows, 3),
      .edits = rp_db_int (rows, 4),
      .until = rp_db_int (rows, 5),
    };

    if (!rp_store_is_owner_gone (store, mate.holder))
      g_ptr_array_add (mates, rp_deskmate_copy (&mate));
  }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (rows != NULL)
    return g_steal_pointer (&mates);

  return NULL;
}
