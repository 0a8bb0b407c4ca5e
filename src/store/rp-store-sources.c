#include "rp-store-sources.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"

#define COLUMNS                                                                                    \
  "id, url, title, site_url, kind, licence_id, paused, etag, last_modified, body_hash, created,"   \
  " polled, changed, next_poll, fresh_until, wait_until, failures, status, message, pace"

static gboolean
has_address (RpStore *store, RpSubscription *source, gboolean *out, GError **error)
{
  gint64 count = 0;

  if (!rp_db_get_int (rp_store_get_db (store), &count, error,
                      "SELECT count (*) FROM sources WHERE url = $1 AND id <> $2", "ss",
                      source->url, source->id))
    return FALSE;
  *out = count > 0;

  return TRUE;
}

static gboolean
must_be_alone (RpStore *store, RpSubscription *source, GError **error)
{
  gboolean known = FALSE;

  if (!has_address (store, source, &known, error))
    return FALSE;
  if (known)
    g_set_error (error, RP_ERROR, RP_ERROR_CONFLICT, _ ("“%s” is among the sources already"),
                 source->url);

  return !known;
}

gboolean
rp_store_add_source (RpStore *store, RpSubscription *source, GError **error)
{
  if (!must_be_alone (store, source, error))
    return FALSE;

  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "INSERT INTO sources (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
                     " $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
                     "ssssssisssiiiiiiiisi", source->id, source->url, source->title,
                     source->site_url, source->kind, source->licence_id, (gint64) source->paused,
                     source->etag, source->last_modified, source->body_hash, source->created,
                     source->polled, source->changed, source->next_poll, source->fresh_until,
                     source->wait_until, (gint64) source->failures, (gint64) source->status,
                     source->message, source->pace);
}

static gboolean
must_exist (gint64 changed, const char *id, GError **error)
{
  if (changed > 0)
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND, _ ("There is no source “%s”"), id);

  return FALSE;
}

gboolean
rp_store_update_source (RpStore *store, RpSubscription *source, GError **error)
{
  gint64 changed = 0;

  return must_be_alone (store, source, error) &&
         rp_db_exec (
           rp_store_get_db (store), error, &changed,
           "UPDATE sources SET url = $2, title = $3, site_url = $4, kind = $5, licence_id = $6,"
           " paused = $7, etag = $8, last_modified = $9, body_hash = $10, created = $11,"
           " polled = $12, changed = $13, next_poll = $14, fresh_until = $15, wait_until = $16,"
           " failures = $17, status = $18, message = $19, pace = $20 WHERE id = $1",
           "ssssssisssiiiiiiiisi", source->id, source->url, source->title, source->site_url,
           source->kind, source->licence_id, (gint64) source->paused, source->etag,
           source->last_modified, source->body_hash, source->created, source->polled,
           source->changed, source->next_poll, source->fresh_until, source->wait_until,
           (gint64) source->failures, (gint64) source->status, source->message, source->pace) &&
         must_exist (changed, source->id, error);
}

gboolean
rp_store_remove_source (RpStore *store, const char *id, GError **error)
{
  gint64 changed = 0;

  return rp_db_exec (rp_store_get_db (store), error, &changed, "DELETE FROM sources WHERE id = $1",
                     "s", id) &&
         must_exist (changed, id, error);
}

static RpSubscription *
read_source (RpDbRows *rows)
{
  RpSubscription *source = g_object_new (RP_TYPE_SUBSCRIPTION, NULL);

  source->id = g_strdup (rp_db_text (rows, 0));
  source->url = g_strdup (rp_db_text (rows, 1));
  source->title = g_strdup (rp_db_text (rows, 2));
  source->site_url = g_strdup (rp_db_text (rows, 3));
  source->kind = g_strdup (rp_db_text (rows, 4));
  source->licence_id = g_strdup (rp_db_text (rows, 5));
  source->paused = rp_db_int (rows, 6) != 0;
  source->etag = g_strdup (rp_db_text (rows, 7));
  source->last_modified = g_strdup (rp_db_text (rows, 8));
  source->body_hash = g_strdup (rp_db_text (rows, 9));
  source->created = rp_db_int (rows, 10);
  source->polled = rp_db_int (rows, 11);
  source->changed = rp_db_int (rows, 12);
  source->next_poll = rp_db_int (rows, 13);
  source->fresh_until = rp_db_int (rows, 14);
  source->wait_until = rp_db_int (rows, 15);
  source->failures = (guint) rp_db_int (rows, 16);
  source->status = (guint) rp_db_int (rows, 17);
  source->message = g_strdup (rp_db_text (rows, 18));
  source->pace = rp_db_int (rows, 19);

  return source;
}

/* Takes the rows. */
static GPtrArray *
collect (RpDbRows *query, GError **error)
{
  g_autoptr (RpDbRows) rows = query;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    g_ptr_array_add (list, read_source (rows));
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&list);
}

RpSubscription *
rp_store_get_source (RpStore *store, const char *id, GError **error)
{
  g_autoptr (GPtrArray) list =
    collect (rp_db_query (rp_store_get_db (store), error,
                          "SELECT " COLUMNS " FROM sources WHERE id = $1", "s", id),
             error);

  return list != NULL && list->len > 0 ? g_object_ref (g_ptr_array_index (list, 0)) : NULL;
}

GPtrArray *
rp_store_list_sources (RpStore *store, GError **error)
{
  return collect (rp_db_query (rp_store_get_db (store), error,
                               "SELECT " COLUMNS " FROM sources ORDER BY lower (title), id", ""),
                  error);
}

GPtrArray *
rp_store_list_due_sources (RpStore *store, gint64 now, GError **error)
{
  return collect (rp_db_query (rp_store_get_db (store), error,
                               "SELECT " COLUMNS
                               " FROM sources WHERE paused = 0 AND next_poll <= $1"
                               " ORDER BY next_poll, id",
                               "i", now),
                  error);
}

gboolean
rp_store_claim_source (RpStore *store,
                       const char *id,
                       gint64 now,
                       gint64 until,
                       gboolean *out_claimed,
                       GError **error)
{
  gint64 changed = 0;

  if (!rp_db_exec (rp_store_get_db (store), error, &changed,
                   "UPDATE sources SET next_poll = $3 WHERE id = $1 AND paused = 0"
                   " AND next_poll <= $2",
                   "sii", id, now, until))
    return FALSE;
  *out_claimed = changed > 0;

  return TRUE;
}

/* ---- items ---- */

static void
item_free (gpointer data)
{
  RpSourceItem *item = data;

  g_free (item->article_id);
  g_free (item);
}

GPtrArray *
rp_store_list_source_items (RpStore *store, const char *source_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (item_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows = rp_db_query (
    rp_store_get_db (store), error,
    "SELECT i.article_id, i.position, a.published, i.seen, i.gone FROM source_items i"
    " JOIN articles a ON a.id = i.article_id WHERE i.source_id = $1 AND a.state <> 'trash'"
    " ORDER BY i.position, i.article_id",
    "s", source_id);

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local)) {
    RpSourceItem *item = g_new0 (RpSourceItem, 1);

    item->article_id = g_strdup (rp_db_text (rows, 0));
    item->position = (guint) rp_db_int (rows, 1);
    item->published = rp_db_int (rows, 2);
    item->seen = rp_db_int (rows, 3);
    item->gone = rp_db_int (rows, 4);
    g_ptr_array_add (list, item);
  }
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&list);
}

gboolean
rp_store_note_source_item (RpStore *store,
                           const char *source_id,
                           const char *article_id,
                           guint position,
                           gint64 now,
                           GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "INSERT INTO source_items (source_id, article_id, position, seen, gone)"
                     " VALUES ($1, $2, $3, $4, 0) ON CONFLICT (source_id, article_id)"
                     " DO UPDATE SET position = excluded.position, seen = excluded.seen, gone = 0",
                     "ssii", source_id, article_id, (gint64) position, now);
}

gboolean
rp_store_lose_source_item (RpStore *store,
                           const char *source_id,
                           const char *article_id,
                           gint64 now,
                           GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE source_items SET gone = $3 WHERE source_id = $1 AND article_id = $2",
                     "ssi", source_id, article_id, now);
}

gboolean
rp_store_forget_source_item (RpStore *store,
                             const char *source_id,
                             const char *article_id,
                             GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "DELETE FROM source_items WHERE source_id = $1 AND article_id = $2", "ss",
                     source_id, article_id);
}
