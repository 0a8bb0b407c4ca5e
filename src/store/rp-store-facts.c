#include "rp-store-facts.h"

void
rp_facts_row_free (RpFactsRow *row)
{
  g_free (row->article_id);
  g_free (row->state);
  g_free (row->licence_id);
  g_free (row->facts);
  g_free (row->judged_by);
  g_free (row->others);
  g_free (row->approvals);
  g_free (row);
}

static RpFactsRow *
read_row (RpDbRows *rows)
{
  RpFactsRow *row = g_new0 (RpFactsRow, 1);

  row->seq = rp_db_int (rows, 0);
  row->article_id = g_strdup (rp_db_text (rows, 1));
  row->state = g_strdup (rp_db_text (rows, 2));
  row->licence_id = g_strdup (rp_db_text (rows, 3));
  row->facts = g_strdup (rp_db_text (rows, 4));
  row->judged_by = g_strdup (rp_db_text (rows, 5));
  row->judged_version = rp_db_int (rows, 6);
  row->others = g_strdup (rp_db_text (rows, 7));
  row->next_turn = rp_db_int (rows, 8);
  row->allowed = rp_db_int (rows, 9);
  row->changed = rp_db_int (rows, 10);
  row->approvals = g_strdup (rp_db_text (rows, 11));

  return row;
}

/* Facts count only for the version of the article that they were worked out of. */
#define COLUMNS                                                                                    \
  "SELECT a.seq, a.id, a.state, a.licence_id, f.facts, f.licence_id, f.licence_version, f.others," \
  " coalesce (f.next_turn, 0), coalesce (f.allowed, 0),"                                           \
  " a.changed, (SELECT group_concat (kind, ' ') FROM approvals p WHERE p.article_id = a.id)"       \
  " FROM articles a LEFT JOIN facts f ON f.article_id = a.id AND f.changed = a.changed"            \
  " WHERE a.seq > $1 AND a.seq % $2 = $3"                                                          \
  " AND a.state = $4"
#define ORDER " ORDER BY a.seq LIMIT $5"

static RpDbRows *
query (RpDb *db, const RpFactsScope *scope, gint64 seq, gint64 limit, GError **error)
{
  gint64 parts = MAX (scope->n_parts, 1);
  gint64 part = scope->part;

  if (scope->due > 0)
    return rp_db_query (db, error,
                        COLUMNS " AND a.id IN (SELECT article_id FROM facts WHERE next_turn > 0"
                                " AND next_turn <= $6)" ORDER,
                        "iiisii", seq, parts, part, scope->state, limit, scope->due);

  return rp_db_query (db, error, COLUMNS ORDER, "iiisi", seq, parts, part, scope->state, limit);
}

gboolean
rp_store_has_turns (RpStore *store, gint64 now, gboolean *out, GError **error)
{
  gint64 turns = 0;
  gboolean read = rp_db_get_int (rp_store_get_db (store), &turns, error,
                                 "SELECT count (*) FROM (SELECT 1 AS one FROM facts WHERE"
                                 " next_turn > 0 AND next_turn <= $1 LIMIT 1) AS turns",
                                 "i", now);

  *out = turns > 0;

  return read;
}

GPtrArray *
rp_store_list_facts (RpStore *store,
                     const RpFactsScope *scope,
                     gint64 seq,
                     guint limit,
                     GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_facts_row_free);
  g_autoptr (RpDbRows) rows = query (rp_store_get_db (store), scope, seq, limit, error);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    g_ptr_array_add (found, read_row (rows));
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&found);
}

gboolean
rp_store_save_facts (RpStore *store, const RpFactsRow *row, GError **error)
{
  return rp_db_exec (
    rp_store_get_db (store), error, NULL,
    "INSERT INTO facts (article_id, changed, licence_id, licence_version, others, next_turn,"
    " allowed, facts, review) SELECT $1, changed, $2, $3, $4, $5, $6, $7, $9 FROM articles"
    " WHERE id = $1 AND ($8 = 0 OR changed = $8)"
    " ON CONFLICT (article_id) DO UPDATE SET changed = excluded.changed,"
    " licence_id = excluded.licence_id, licence_version = excluded.licence_version,"
    " others = excluded.others, next_turn = excluded.next_turn, allowed = excluded.allowed,"
    " facts = excluded.facts, review = excluded.review",
    "ssisiisii", row->article_id, row->judged_by, row->judged_version, row->others, row->next_turn,
    row->allowed, row->facts, row->changed, (gint64) row->review);
}

gboolean
rp_store_is_barred (RpStore *store, const char *article_id, gboolean *out, GError **error)
{
  gint64 count = 0;

  if (!rp_db_get_int (rp_store_get_db (store), &count, error,
                      "SELECT count (*) FROM facts f JOIN articles a ON a.id = f.article_id"
                      " WHERE a.id = $1 AND f.changed = a.changed AND f.allowed = 0",
                      "s", article_id))
    return FALSE;
  *out = count > 0;

  return TRUE;
}

gboolean
rp_store_make_due (RpStore *store, const char *article_id, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE facts SET next_turn = 1 WHERE article_id = $1", "s", article_id);
}

gboolean
rp_store_note_turn (RpStore *store, const RpFactsRow *row, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE facts SET next_turn = $2, allowed = $3 WHERE article_id = $1", "sii",
                     row->article_id, row->next_turn, row->allowed);
}

gboolean
rp_store_move_judged (RpStore *store,
                      const RpFactsRow *row,
                      const char *state_before,
                      GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE articles SET state = $2 WHERE id = $1 AND state = $3 AND changed = $4",
                     "sssi", row->article_id, row->state, state_before, row->changed);
}
