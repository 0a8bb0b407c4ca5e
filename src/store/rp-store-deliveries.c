#include "rp-store-deliveries.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "rp-error.h"
#include "rp-fault.h"
#include "rp-json.h"
#include "rp-time.h"

#define COLUMNS                                                                                    \
  "d.id, d.article_id, d.partner_id, d.action, d.state, d.status, d.created, d.publish_at,"        \
  " d.next_due, d.settled, d.tries, d.fence, d.marker, d.version, d.remote_id, d.public_url,"      \
  " d.message, d.decision_id, d.memory, d.payload, coalesce (a.headline, ''),"                     \
  " coalesce (p.name, d.partner_id), d.owner, d.lease_until, d.live_at"
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
  delivery->payload = read_object (rp_db_text (rows, 19));
  delivery->headline = g_strdup (rp_db_text (rows, 20));
  delivery->partner_name = g_strdup (rp_db_text (rows, 21));
  delivery->live_at = rp_db_int (rows, 24);

  return delivery;
}

static gboolean
supersede (RpStore *store, RpDelivery *delivery, GError **error)
{
  /* A removal in the future replaces nothing that leaves before. */
  if (delivery->action == RP_ACTION_CREATE || delivery->publish_at > delivery->created)
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
  g_autofree char *payload = rp_json_object_to_text (delivery->payload, FALSE);

  rp_fault_point ("queue");
  if (!supersede (store, delivery, error))
    return FALSE;

  return rp_db_exec (
    rp_store_get_db (store), error, NULL,
    "INSERT INTO deliveries (id, article_id, partner_id, action, state, status, created, "
    "publish_at,"
    " next_due, settled, tries, fence, owner, lease_until, marker, version, remote_id, decision_id,"
    " memory, payload, live_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 0, 0, 0, NULL, 0, $9,"
    " $10, $11, $12, $13, $14, $15)",
    "ssssssiissssssi", delivery->id, delivery->article_id, delivery->partner_id,
    rp_delivery_action_name (delivery->action), rp_delivery_state_name (delivery->state),
    delivery->status, delivery->created, delivery->publish_at, delivery->marker, delivery->version,
    delivery->remote_id, delivery->decision_id, memory, payload, delivery->live_at);
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

GPtrArray *
rp_store_list_deliveries (RpStore *store,
                          const char *article_id,
                          gboolean open_only,
                          guint limit,
                          GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows = rp_db_query (
    rp_store_get_db (store), error,
    "SELECT " COLUMNS FROM " WHERE ($1 IS NULL OR d.article_id = $1) AND ($2 = 0 OR d.settled = 0)"
    " ORDER BY d.id DESC LIMIT $3",
    "sii", article_id, (gint64) open_only, (gint64) limit);

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    g_ptr_array_add (list, read_delivery (rows));
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&list);
}

/* The moment a process started, from /proc: tells a pid from the next one with the same number. */
static char *
dup_process_start (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "stat", NULL);
  g_autofree char *stat = NULL;
  g_auto (GStrv) fields = NULL;
  const char *rest;

  if (!g_file_get_contents (path, &stat, NULL, NULL))
    return NULL;
  rest = strrchr (stat, ')');
  if (rest == NULL)
    return NULL;
  fields = g_strsplit (rest + 2, " ", -1);

  return g_strv_length (fields) > 19 ? g_strdup (fields[19]) : NULL;
}

char *
rp_store_dup_owner (void)
{
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
  g_autofree char *start = dup_process_start (pid);

  return g_strdup_printf ("%s:%s:%s", g_get_host_name (), pid, start != NULL ? start : "0");
}

static gboolean
is_owner_gone (const char *owner)
{
  g_auto (GStrv) parts = g_strsplit (owner, ":", -1);
  g_autofree char *start = NULL;

  if (g_strv_length (parts) != 3 || g_strcmp0 (parts[0], g_get_host_name ()) != 0)
    return FALSE;
  start = dup_process_start (parts[1]);

  return g_strcmp0 (start, parts[2]) != 0;
}

typedef struct {
  const char *owner;
  const char *const *busy;
  gint64 now;
  RpDelivery *claimed; /* owned */
} Claim;

static gboolean
is_free (RpDbRows *rows, const Claim *claim)
{
  const char *owner = rp_db_text (rows, 22);

  if (claim->busy != NULL && g_strv_contains (claim->busy, rp_db_text (rows, 2)))
    return FALSE;

  return owner == NULL || rp_db_int (rows, 23) < claim->now || is_owner_gone (owner);
}

/* Older deliveries of the same article to the same partner go first; those that failed for good or
 * wait for a person hold the later ones back only while they are open, and a removal that is
 * planned for later holds nothing back. */
static const char *const due_sql =
  "SELECT " COLUMNS FROM " WHERE d.settled = 0 AND d.state <> 'parked' AND d.next_due <= $1"
  " AND d.publish_at <= $1 AND NOT EXISTS (SELECT 1 FROM deliveries AS e WHERE e.settled = 0"
  "   AND e.article_id = d.article_id AND e.partner_id = d.partner_id AND e.id < d.id"
  "   AND NOT (e.action = 'withdraw' AND e.publish_at > $1))"
  " ORDER BY d.id LIMIT 200";

static gboolean
take_claim (RpStore *store, gpointer user_data, GError **error)
{
  Claim *claim = user_data;
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error, due_sql, "i", claim->now);
  g_autoptr (RpDelivery) found = NULL;

  if (rows == NULL)
    return FALSE;
  while (found == NULL && rp_db_next (rows, error))
    if (is_free (rows, claim))
      found = read_delivery (rows);
  g_clear_pointer (&rows, rp_db_rows_free);
  if (found == NULL)
    return error == NULL || *error == NULL;

  if (found->state == RP_DELIVERY_SENDING)
    found->state = RP_DELIVERY_UNKNOWN;
  found->fence++;
  found->tries++;
  if (!rp_db_exec (rp_store_get_db (store), error, NULL,
                   "UPDATE deliveries SET state = $2, fence = $3, tries = $4, owner = $5,"
                   " lease_until = $6 WHERE id = $1",
                   "ssiisi", found->id, rp_delivery_state_name (found->state), found->fence,
                   (gint64) found->tries, claim->owner, claim->now + RP_STORE_LEASE))
    return FALSE;
  claim->claimed = g_steal_pointer (&found);

  return TRUE;
}

RpDelivery *
rp_store_claim_delivery (RpStore *store,
                         const char *owner,
                         const char *const *busy,
                         gint64 now,
                         GError **error)
{
  Claim claim = {owner, busy, now, NULL};

  rp_fault_point ("before claim");
  if (!rp_store_transaction (store, take_claim, &claim, error))
    g_clear_object (&claim.claimed);
  rp_fault_point ("after claim");

  return claim.claimed;
}

static gboolean
write_claimed (RpStore *store,
               RpDelivery *delivery,
               const char *lease,
               gint64 lease_until,
               GError **error)
{
  g_autofree char *memory = rp_json_object_to_text (delivery->memory, FALSE);
  g_autofree char *sql = g_strconcat (
    "UPDATE deliveries SET state = $3, next_due = $4, settled = $5, tries = $6, remote_id = $7,"
    " public_url = $8, message = $9, memory = $10, decision_id = $11, lease_until = $12",
    lease, " WHERE id = $1 AND fence = $2", NULL);
  gint64 changed = 0;

  rp_fault_point ("before delivery row");
  if (!rp_db_exec (rp_store_get_db (store), error, &changed, sql, "sisiiisssssi", delivery->id,
                   delivery->fence, rp_delivery_state_name (delivery->state), delivery->next_due,
                   delivery->settled, (gint64) delivery->tries, delivery->remote_id,
                   delivery->public_url, delivery->message, memory, delivery->decision_id,
                   lease_until))
    return FALSE;
  rp_fault_point ("after delivery row");
  if (changed == 1)
    return TRUE;
  g_set_error_literal (error, RP_ERROR, RP_ERROR_CONFLICT,
                       _ ("Another program has taken over this delivery"));

  return FALSE;
}

gboolean
rp_store_update_delivery (RpStore *store, RpDelivery *delivery, gint64 now, GError **error)
{
  return write_claimed (store, delivery, "", now + RP_STORE_LEASE, error);
}

gboolean
rp_store_release_delivery (RpStore *store, RpDelivery *delivery, GError **error)
{
  return write_claimed (store, delivery, ", owner = NULL", 0, error);
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

gboolean
rp_store_retry_delivery (RpStore *store, const char *id, GError **error)
{
  return change_one (
    store,
    "UPDATE deliveries SET next_due = 0, settled = 0, fence = fence + 1,"
    " state = CASE WHEN tries > 0 AND action = 'create' THEN 'unknown' ELSE 'queued'"
    " END WHERE id = $1 AND $2 = 0 AND owner IS NULL AND state <> 'delivered'",
    id, 0, _ ("The delivery is on its way or done; there is nothing to retry"), error);
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

gboolean
rp_store_resume_partner (RpStore *store, const char *partner_id, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE deliveries SET state = CASE WHEN action = 'create' THEN 'unknown'"
                     " ELSE 'queued' END, next_due = 0 WHERE partner_id = $1 AND state = 'parked'",
                     "s", partner_id);
}

gboolean
rp_store_next_due (RpStore *store, gint64 *out, GError **error)
{
  return rp_db_get_int (rp_store_get_db (store), out, error,
                        "SELECT coalesce (min (max (next_due, publish_at, 1)), 0) FROM deliveries"
                        " WHERE settled = 0 AND state <> 'parked'",
                        "");
}
