#include "rp-store-deliveries.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-fault.h"
#include "rp-json.h"
#include "rp-time.h"

/* Memory and payload are large; lists that only ask how things stand do without. */
#define COLUMNS_WITH(memory, payload)                                                              \
  "d.id, d.article_id, d.partner_id, d.action, d.state, d.status, d.created, d.publish_at,"        \
  " d.next_due, d.settled, d.tries, d.fence, d.marker, d.version, d.remote_id, d.public_url,"      \
  " d.message, d.decision_id, " memory ", " payload ", coalesce (a.headline, ''),"                 \
  " coalesce (p.name, d.partner_id), d.live_at"
#define COLUMNS COLUMNS_WITH ("d.memory", "d.payload")
#define LIGHT COLUMNS_WITH ("NULL", "NULL")
#define FROM                                                                                       \
  " FROM deliveries AS d LEFT JOIN articles AS a ON a.id = d.article_id"                           \
  " LEFT JOIN partners AS p ON p.id = d.partner_id"

static JsonObject *
read_object (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? rp_json_parse_text (text, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
           ? rp_json_object_copy (json_node_get_object (node))
           : json_object_new ();
}

static RpDelivery *
read_delivery (RpDbRows *rows)
{
  RpDeliveryAction action = RP_ACTION_CREATE;
  RpDelivery *delivery;

  rp_delivery_action_from_name (rp_db_text (rows, 3), &action);
  delivery = rp_delivery_new (rp_db_text (rows, 1), rp_db_text (rows, 2), action);
  g_free (delivery->id);
  g_free (delivery->status);
  json_object_unref (delivery->memory);
  delivery->id = g_strdup (rp_db_text (rows, 0));
  rp_delivery_state_from_name (rp_db_text (rows, 4), &delivery->state);
  delivery->status = g_strdup (rp_db_text (rows, 5));
  delivery->created = rp_db_int (rows, 6);
  delivery->publish_at = rp_db_int (rows, 7);
  delivery->next_due = rp_db_int (rows, 8);
  delivery->settled = rp_db_int (rows, 9);
  delivery->tries = (guint) rp_db_int (rows, 10);
  delivery->fence = rp_db_int (rows, 11);
  delivery->marker = g_strdup (rp_db_text (rows, 12));
  delivery->version = g_strdup (rp_db_text (rows, 13));
  delivery->remote_id = g_strdup (rp_db_text (rows, 14));
  delivery->public_url = g_strdup (rp_db_text (rows, 15));
  delivery->message = g_strdup (rp_db_text (rows, 16));
  delivery->decision_id = g_strdup (rp_db_text (rows, 17));
  delivery->memory = read_object (rp_db_text (rows, 18));
  delivery->payload = g_strdup (rp_db_text (rows, 19));
  delivery->headline = g_strdup (rp_db_text (rows, 20));
  delivery->partner_name = g_strdup (rp_db_text (rows, 21));
  delivery->live_at = rp_db_int (rows, 22);

  return delivery;
}

static gboolean
supersede (RpStore *store, RpDelivery *delivery, GError **error)
{
  /* A removal in the future, or of a second copy, replaces nothing that leaves before. */
  if (delivery->action == RP_ACTION_CREATE || delivery->action == RP_ACTION_REMOVE_COPY ||
      delivery->publish_at > delivery->created)
    return TRUE;

  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE deliveries SET state = 'cancelled', settled = $3, message = $4"
                     " WHERE article_id = $1 AND partner_id = $2 AND settled = 0 AND tries = 0"
                     " AND state = 'queued' AND action = 'update' AND owner IS NULL",
                     "ssis", delivery->article_id, delivery->partner_id, delivery->created,
                     _ ("Replaced by a newer change before it was sent."));
}

gboolean
rp_store_queue_delivery (RpStore *store, RpDelivery *delivery, GError **error)
{
  g_autofree char *memory = rp_json_object_to_text (delivery->memory, FALSE);

  rp_fault_point ("queue");
  if (!supersede (store, delivery, error))
    return FALSE;

  return rp_db_exec (
    rp_store_get_db (store), error, NULL,
    "INSERT INTO deliveries (id, article_id, partner_id, action, state, status, created, "
    "publish_at,"
    " next_due, settled, tries, fence, owner, lease_until, marker, version, remote_id, decision_id,"
    " memory, payload, live_at, public_url) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $17, 0, 0, 0,"
    " NULL, 0, $9, $10, $11, $12, $13, $14, $15, $16)",
    "ssssssiissssssisi", delivery->id, delivery->article_id, delivery->partner_id,
    rp_delivery_action_name (delivery->action), rp_delivery_state_name (delivery->state),
    delivery->status, delivery->created, delivery->publish_at, delivery->marker, delivery->version,
    delivery->remote_id, delivery->decision_id, memory, delivery->payload, delivery->live_at,
    delivery->public_url, MAX (delivery->publish_at, delivery->next_due));
}

RpDelivery *
rp_store_read_delivery (RpStore *store, const char *id, GError **error)
{
  g_autoptr (RpDbRows) rows = rp_db_query (rp_store_get_db (store), error,
                                           "SELECT " COLUMNS FROM " WHERE d.id = $1", "s", id);

  return rows != NULL && rp_db_next (rows, error) ? read_delivery (rows) : NULL;
}

RpDelivery *
rp_store_get_delivery (RpStore *store, const char *id_or_prefix, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *upper = g_strconcat (id_or_prefix, "g", NULL);
  g_autoptr (RpDelivery) found = NULL;
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT " COLUMNS FROM " WHERE d.id >= $1 AND d.id < $2 ORDER BY d.id LIMIT 2",
                 "ss", id_or_prefix, upper);

  if (rows == NULL)
    return NULL;
  if (rp_db_next (rows, &local))
    found = read_delivery (rows);
  if (found != NULL && !rp_db_next (rows, &local))
    return g_steal_pointer (&found);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND,
                 found != NULL ? _ ("“%s” fits several deliveries; give more of its id")
                               : _ ("There is no delivery “%s” in the outbox"),
                 id_or_prefix);

  return NULL;
}

static GPtrArray *
read_list (RpDbRows *rows, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local = NULL;

  while (rp_db_next (rows, &local))
    g_ptr_array_add (list, read_delivery (rows));
  if (local == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}

#define LISTED                                                                                     \
  FROM " WHERE ($1 IS NULL OR d.article_id = $1) AND ($2 = 0 OR d.settled = 0)"                    \
       " ORDER BY d.id DESC LIMIT $3"

RpDelivery *
rp_store_get_doubtful_delivery (RpStore *store, RpDelivery *delivery, GError **error)
{
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT " COLUMNS FROM " WHERE d.article_id = $1 AND d.partner_id = $2"
                 " AND d.id < $3 AND d.tries > 0 AND d.action = 'create'"
                 " AND d.state IN ('failed', 'cancelled')"
                 " AND NOT EXISTS (SELECT 1 FROM deliveries AS e WHERE e.article_id = $1"
                 "   AND e.partner_id = $2 AND e.id > d.id AND e.state = 'delivered')"
                 " ORDER BY d.id LIMIT 1",
                 "sss", delivery->article_id, delivery->partner_id, delivery->id);

  return rows != NULL && rp_db_next (rows, error) ? read_delivery (rows) : NULL;
}

GPtrArray *
rp_store_list_deliveries (RpStore *store,
                          const char *article_id,
                          gboolean open_only,
                          guint limit,
                          GError **error)
{
  g_autoptr (RpDbRows) rows = rp_db_query (rp_store_get_db (store), error, "SELECT " COLUMNS LISTED,
                                           "sii", article_id, (gint64) open_only, (gint64) limit);

  return rows != NULL ? read_list (rows, error) : NULL;
}

GPtrArray *
rp_store_list_standings (RpStore *store, const char *article_id, guint limit, GError **error)
{
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT " LIGHT FROM " WHERE d.article_id = $1 ORDER BY d.id DESC LIMIT $2", "si",
                 article_id, (gint64) limit);

  return rows != NULL ? read_list (rows, error) : NULL;
}

/* One row changed by a person, or an error that says why it cannot be. */
static gboolean
change_one (RpStore *store,
            const char *sql,
            const char *id,
            gint64 now,
            const char *why_not,
            GError **error)
{
  g_autoptr (RpDelivery) delivery = rp_store_get_delivery (store, id, error);
  gint64 changed = 0;

  if (delivery == NULL ||
      !rp_db_exec (rp_store_get_db (store), error, &changed, sql, "si", delivery->id, now))
    return FALSE;
  if (changed == 0)
    g_set_error_literal (error, RP_ERROR, RP_ERROR_CONFLICT, why_not);

  return changed > 0;
}

static gboolean
retry (RpStore *store, gpointer id, GError **error)
{
  return change_one (
           store,
           "UPDATE deliveries SET next_due = publish_at, settled = 0, fence = fence + 1,"
           " state = CASE WHEN tries > 0 AND action = 'create' THEN 'unknown' ELSE 'queued'"
           " END WHERE id = $1 AND $2 = 0 AND owner IS NULL AND state <> 'delivered'",
           id, 0, _ ("The delivery is on its way or done; there is nothing to retry"), error) &&
         rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE partners SET paused_until = 0 WHERE id = (SELECT partner_id FROM"
                     " deliveries WHERE id = $1)",
                     "s", id);
}

gboolean
rp_store_retry_delivery (RpStore *store, const char *id, GError **error)
{
  g_autoptr (RpDelivery) delivery = rp_store_get_delivery (store, id, error);

  return delivery != NULL && rp_store_transaction (store, retry, delivery->id, error);
}

gboolean
rp_store_cancel_delivery (RpStore *store, const char *id, gint64 now, GError **error)
{
  return change_one (
    store,
    "UPDATE deliveries SET state = 'cancelled', settled = $2, fence = fence + 1"
    " WHERE id = $1 AND settled = 0 AND owner IS NULL",
    id, now, _ ("The delivery is being sent or settled and can no longer be cancelled"), error);
}

/* What it has replaced waits again. */
static gboolean
bring_back (RpStore *store, RpDelivery *delivery, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE deliveries SET state = 'queued', settled = 0, message = NULL"
                     " WHERE article_id = $1 AND partner_id = $2 AND settled = $3 AND tries = 0"
                     " AND state = 'cancelled' AND action = 'update'",
                     "ssi", delivery->article_id, delivery->partner_id, delivery->created);
}

gboolean
rp_store_take_back_delivery (RpStore *store, const char *id, gboolean *out_taken, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDelivery) delivery = rp_store_read_delivery (store, id, &local);
  gint64 changed = 0;

  *out_taken = FALSE;
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (delivery == NULL)
    return TRUE;
  if (!rp_db_exec (rp_store_get_db (store), error, &changed,
                   "DELETE FROM deliveries WHERE id = $1 AND state = 'queued' AND settled = 0"
                   " AND tries = 0 AND owner IS NULL",
                   "s", id))
    return FALSE;
  *out_taken = changed > 0;

  return changed == 0 || bring_back (store, delivery, error);
}

static gboolean
resume (RpStore *store, gpointer partner_id, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE deliveries SET state = CASE WHEN action = 'create' THEN 'unknown'"
                     " ELSE 'queued' END, next_due = publish_at WHERE partner_id = $1"
                     " AND state = 'parked'",
                     "s", partner_id) &&
         rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE partners SET failures = 0, paused_until = 0 WHERE id = $1", "s",
                     partner_id);
}

gboolean
rp_store_resume_partner (RpStore *store, const char *partner_id, GError **error)
{
  return rp_store_transaction (store, resume, (gpointer) partner_id, error);
}
