#include "rp-store-claims.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

#include "rp-error.h"
#include "rp-fault.h"
#include "rp-json.h"
#include "rp-store-deliveries.h"
#include "rp-store-schema.h"

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

/* Which pids this process sees: in a sandbox others than outside, and the same numbers. */
static char *
dup_view (void)
{
  char *view = g_file_read_link ("/proc/self/ns/pid", NULL);

  return view != NULL ? g_strdelimit (view, ":", '=') : g_strdup ("");
}

/* Another one on every machine, also on those that are copies of each other, after every start. */
static char *
dup_boot (void)
{
  char *boot = NULL;

  return g_file_get_contents ("/proc/sys/kernel/random/boot_id", &boot, NULL, NULL)
           ? g_strstrip (boot)
           : g_strdup ("");
}

enum {
  OWNER_HOST,
  OWNER_PID,
  OWNER_START,
  OWNER_VIEW,
  OWNER_BOOT,
  N_OWNER_PARTS = OWNER_BOOT + 2 /* and a number */
};

char *
rp_store_dup_owner (void)
{
  static gint count = 0;
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
  g_autofree char *start = dup_process_start (pid);
  g_autofree char *view = dup_view ();
  g_autofree char *boot = dup_boot ();

  return g_strdup_printf ("%s:%s:%s:%s:%s:%d", g_get_host_name (), pid, start != NULL ? start : "0",
                          view, boot, g_atomic_int_add (&count, 1));
}

/* A process of somebody else may be hidden, which says nothing. */
static gboolean
is_process_gone (const char *pid, const char *start)
{
  gint64 number = g_ascii_strtoll (pid, NULL, 10);
  g_autofree char *now = NULL;

  if (number <= 0 || number > G_MAXINT || (kill ((pid_t) number, 0) != 0 && errno == ESRCH))
    return TRUE;
  now = dup_process_start (pid);

  return now != NULL && g_strcmp0 (now, start) != 0;
}

/* A file is on this machine, which may have been started anew since; a server has many, and some
 * have the same name. What cannot be seen from here is left to its lease. */
gboolean
rp_store_is_owner_gone (RpStore *store, const char *owner)
{
  g_auto (GStrv) parts = g_strsplit (owner, ":", -1);
  g_autofree char *view = dup_view ();
  g_autofree char *boot = dup_boot ();
  gboolean shared = rp_db_is_server (rp_db_get_uri (rp_store_get_db (store)));

  if (g_strv_length (parts) != N_OWNER_PARTS ||
      g_strcmp0 (parts[OWNER_HOST], g_get_host_name ()) != 0 ||
      g_strcmp0 (parts[OWNER_VIEW], view) != 0 ||
      (shared && g_strcmp0 (parts[OWNER_BOOT], boot) != 0))
    return FALSE;

  return is_process_gone (parts[OWNER_PID], parts[OWNER_START]);
}

/* ---- claiming ---- */

typedef struct {
  const RpStoreClaim *claim;
  GPtrArray *claimed; /* owned, of RpDelivery */
  guint elsewhere;    /* partners that another program has at this moment */
} Claiming;

/* What another program is claiming or writing at this moment is left out, not waited for. Gives. */
static char *
dup_locking (RpStore *store, const char *sql, const char *table, const char *rest)
{
  const char *lock = rp_store_schema_wording (rp_store_get_db (store))->lock;
  g_autoptr (GString) all = g_string_new (sql);

  g_string_append (all, lock);
  g_string_replace (all, "%s", table, 1);

  return g_strconcat (all->str, rest, NULL);
}

static gboolean
free_rows (RpStore *store,
           const char *owner,
           gint64 leased_before,
           gint64 rest_until,
           GError **error)
{
  g_autofree char *sql =
    dup_locking (store,
                 "UPDATE deliveries SET owner = NULL, lease_until = 0,"
                 " state = CASE state WHEN 'sending' THEN 'unknown' ELSE state END,"
                 " next_due = CASE state WHEN 'sending' THEN $3 ELSE next_due END"
                 " WHERE id IN (SELECT d.id FROM deliveries AS d WHERE d.owner IS NOT NULL"
                 "   AND (d.owner = $1 OR d.lease_until < $2)",
                 "d", ")");

  return rp_db_exec (rp_store_get_db (store), error, NULL, sql, "sii", owner, leased_before,
                     rest_until);
}

static GPtrArray *
list_texts (RpDbRows *rows, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;

  while (rp_db_next (rows, &local))
    g_ptr_array_add (texts, g_strdup (rp_db_text (rows, 0)));
  if (local == NULL)
    return g_steal_pointer (&texts);
  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}

static gboolean
free_what_is_left (RpStore *store, const RpStoreClaim *claim, GError **error)
{
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT DISTINCT owner FROM deliveries WHERE owner IS NOT NULL", "");
  g_autoptr (GPtrArray) owners = rows != NULL ? list_texts (rows, error) : NULL;

  if (owners == NULL)
    return FALSE;
  g_clear_pointer (&rows, rp_db_rows_free);
  for (guint i = 0; i < owners->len; i++)
    if (!g_str_equal (owners->pdata[i], claim->owner) &&
        rp_store_is_owner_gone (store, owners->pdata[i]) &&
        !free_rows (store, owners->pdata[i], 0, claim->rest_until, error))
      return FALSE;

  return owners->len == 0 || free_rows (store, "", claim->now, claim->now, error);
}

/* Older deliveries of the same article to the same partner go first; a removal that is planned for
 * later holds nothing back. */
static const char *const due_sql =
  "SELECT d.id FROM deliveries AS d WHERE d.partner_id = $1 AND d.settled = 0 AND d.owner IS NULL"
  " AND d.next_due <= $2 AND NOT EXISTS (SELECT 1 FROM deliveries AS e WHERE e.settled = 0"
  "   AND e.article_id = d.article_id AND e.partner_id = d.partner_id AND e.id < d.id"
  "   AND NOT (e.action = 'withdraw' AND e.publish_at > $2))"
  " ORDER BY d.next_due, d.id LIMIT $3";

static RpDelivery *
take_one (RpStore *store, const RpStoreClaim *claim, const char *id, GError **error)
{
  g_autoptr (RpDelivery) delivery = rp_store_read_delivery (store, id, error);

  if (delivery == NULL)
    return NULL;
  delivery->fence++;
  delivery->tries++;
  delivery->claimant = g_strdup (claim->owner);
  if (!rp_db_exec (rp_store_get_db (store), error, NULL,
                   "UPDATE deliveries SET fence = $2, tries = $3, owner = $4, lease_until = $5"
                   " WHERE id = $1",
                   "siisi", id, delivery->fence, (gint64) delivery->tries, claim->owner,
                   claim->now + RP_STORE_LEASE))
    return NULL;

  return g_steal_pointer (&delivery);
}

static gboolean
take_from (RpStore *store, Claiming *claiming, const char *partner_id, guint room, GError **error)
{
  const RpStoreClaim *claim = claiming->claim;
  g_autofree char *sql = dup_locking (store, due_sql, "d", "");
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error, sql, "sii", partner_id, claim->now, (gint64) room);
  g_autoptr (GPtrArray) ids = rows != NULL ? list_texts (rows, error) : NULL;

  if (ids == NULL)
    return FALSE;
  g_clear_pointer (&rows, rp_db_rows_free);
  for (guint i = 0; i < ids->len; i++) {
    RpDelivery *delivery = take_one (store, claim, ids->pdata[i], error);

    if (delivery == NULL)
      return FALSE;
    g_ptr_array_add (claiming->claimed, delivery);
  }

  return TRUE;
}

typedef struct {
  char *id; /* owned */
  guint running, failures;
} Lane;

static void
lane_free (gpointer data)
{
  g_free (((Lane *) data)->id);
  g_free (data);
}

/* Each partner with the moment at which its first delivery may leave. */
#define LANES                                                                                      \
  "SELECT p.id AS id, p.failures AS failures, p.paused_until AS paused_until,"                     \
  " (SELECT min (d.next_due) FROM deliveries AS d WHERE d.partner_id = p.id AND d.settled = 0"     \
  "   AND d.owner IS NULL) AS due FROM partners AS p"

/* The partners for which something is due, those that have waited longest first. How much is on its
 * way counts only once the partner is ours: see lock_lane. */
static GPtrArray *
list_lanes (RpStore *store, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) lanes = g_ptr_array_new_with_free_func (lane_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT id FROM (" LANES ") AS lanes"
                 " WHERE paused_until <= $1 AND due <= $1 ORDER BY due, id",
                 "i", now);

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local)) {
    Lane *lane = g_new0 (Lane, 1);

    lane->id = g_strdup (rp_db_text (rows, 0));
    g_ptr_array_add (lanes, lane);
  }
  if (local == NULL)
    return g_steal_pointer (&lanes);
  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}

/* One program at a time claims for a partner, so that its order and its limit hold for all of them;
 * another takes what is there for others in the meantime. FALSE with no error: not ours now. */
static gboolean
lock_lane (RpStore *store, Lane *lane, gint64 now, GError **error)
{
  RpDb *db = rp_store_get_db (store);
  g_autofree char *sql = dup_locking (
    store, "SELECT p.failures FROM partners AS p WHERE p.id = $1 AND p.paused_until <= $2", "p",
    "");
  g_autoptr (RpDbRows) rows = rp_db_query (db, error, sql, "si", lane->id, now);
  gint64 running = 0;

  if (rows == NULL || !rp_db_next (rows, error))
    return FALSE;
  lane->failures = (guint) rp_db_int (rows, 0);
  if (!rp_db_get_int (db, &running, error,
                      "SELECT count (*) FROM deliveries WHERE partner_id = $1"
                      " AND owner IS NOT NULL",
                      "s", lane->id))
    return FALSE;
  lane->running = (guint) running;

  return TRUE;
}

static gboolean
take_lane (RpStore *store, Claiming *claiming, Lane *lane, GError **error)
{
  const RpStoreClaim *claim = claiming->claim;
  guint room = claim->room - claiming->claimed->len;
  g_autoptr (GError) local = NULL;
  guint limit;

  if (room == 0)
    return TRUE;
  if (!lock_lane (store, lane, claim->now, &local)) {
    gboolean elsewhere = local == NULL;

    claiming->elsewhere += elsewhere;
    if (!elsewhere)
      g_propagate_error (error, g_steal_pointer (&local));
    return elsewhere;
  }
  limit = lane->failures > 0 ? 1 : claim->get_limit (lane->id, claim->user_data);

  return lane->running >= limit ||
         take_from (store, claiming, lane->id, MIN (room, limit - lane->running), error);
}

static gboolean
take_claims (RpStore *store, gpointer user_data, GError **error)
{
  Claiming *claiming = user_data;
  const RpStoreClaim *claim = claiming->claim;
  g_autoptr (GPtrArray) lanes = NULL;

  if (claim->others_too && !free_what_is_left (store, claim, error))
    return FALSE;
  lanes = list_lanes (store, claim->now, error);
  for (guint i = 0; lanes != NULL && i < lanes->len; i++)
    if (!take_lane (store, claiming, lanes->pdata[i], error))
      return FALSE;

  return lanes != NULL;
}

GPtrArray *
rp_store_claim_deliveries (RpStore *store, const RpStoreClaim *claim, GError **error)
{
  Claiming claiming = {claim, g_ptr_array_new_with_free_func (g_object_unref), 0};

  rp_fault_point ("before claim");
  if (!rp_store_transaction_as (store, RP_DB_SHARE, take_claims, &claiming, error))
    g_clear_pointer (&claiming.claimed, g_ptr_array_unref);
  rp_fault_point ("after claim");
  if (claim->out_elsewhere != NULL)
    *claim->out_elsewhere = claiming.elsewhere;

  return claiming.claimed;
}

typedef struct {
  const char *owner;
  GHashTable *held; /* borrowed */
} Dropping;

static gboolean
drop_claims (RpStore *store, gpointer user_data, GError **error)
{
  Dropping *dropping = user_data;
  RpDb *db = rp_store_get_db (store);
  g_autoptr (RpDbRows) rows =
    rp_db_query (db, error, "SELECT id FROM deliveries WHERE owner = $1", "s", dropping->owner);
  g_autoptr (GPtrArray) ids = rows != NULL ? list_texts (rows, error) : NULL;

  if (ids == NULL)
    return FALSE;
  g_clear_pointer (&rows, rp_db_rows_free);
  for (guint i = 0; i < ids->len; i++)
    if (!g_hash_table_contains (dropping->held, ids->pdata[i]) &&
        !rp_db_exec (db, error, NULL,
                     "UPDATE deliveries SET owner = NULL, lease_until = 0,"
                     " state = CASE state WHEN 'sending' THEN 'unknown' ELSE state END"
                     " WHERE id = $1 AND owner = $2",
                     "ss", ids->pdata[i], dropping->owner))
      return FALSE;

  return TRUE;
}

gboolean
rp_store_drop_claims (RpStore *store, const char *owner, GHashTable *held, GError **error)
{
  Dropping dropping = {owner, held};

  return rp_store_transaction_as (store, RP_DB_SHARE, drop_claims, &dropping, error);
}

/* ---- what the owner writes ---- */

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
    " public_url = $8, message = $9, memory = $10, decision_id = $11, lease_until = $12,"
    " action = $13",
    lease, " WHERE id = $1 AND fence = $2 AND owner = $14", NULL);
  gint64 changed = 0;

  rp_fault_point ("before delivery row");
  if (!rp_db_exec (rp_store_get_db (store), error, &changed, sql, "sisiiisssssiss", delivery->id,
                   delivery->fence, rp_delivery_state_name (delivery->state), delivery->next_due,
                   delivery->settled, (gint64) delivery->tries, delivery->remote_id,
                   delivery->public_url, delivery->message, memory, delivery->decision_id,
                   lease_until, rp_delivery_action_name (delivery->action), delivery->claimant))
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

gboolean
rp_store_renew_leases (RpStore *store, const char *owner, gint64 now, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE deliveries SET lease_until = $2 WHERE owner = $1", "si", owner,
                     now + RP_STORE_LEASE);
}

gboolean
rp_store_next_due (RpStore *store, gint64 *out, GError **error)
{
  return rp_db_get_int (
    rp_store_get_db (store), out, error,
    "SELECT coalesce (min (CASE WHEN paused_until > due THEN paused_until WHEN due > 1 THEN due"
    "   ELSE 1 END), 0) FROM (" LANES ") AS lanes WHERE due < $1",
    "i", RP_STORE_NEVER);
}

/* ---- partners that are left alone ---- */

gboolean
rp_store_pause_partner (RpStore *store,
                        const char *partner_id,
                        gint64 until,
                        gboolean lasting,
                        GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE partners SET failures = failures + 1, pause_lasts = $3,"
                     " paused_until = CASE WHEN paused_until > $2 THEN paused_until ELSE $2 END"
                     " WHERE id = $1",
                     "sii", partner_id, until, (gint64) lasting);
}

gboolean
rp_store_count_failures (RpStore *store, const char *partner_id, gint64 *out, GError **error)
{
  return rp_db_get_int (rp_store_get_db (store), out, error,
                        "SELECT failures FROM partners WHERE id = $1", "s", partner_id);
}

gboolean
rp_store_unpause_partner (RpStore *store, const char *partner_id, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE partners SET failures = 0, paused_until = 0 WHERE id = $1"
                     " AND (failures > 0 OR paused_until > 0)",
                     "s", partner_id);
}

static gboolean
try_unreachable (RpStore *store, gpointer user_data, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE deliveries SET next_due = publish_at WHERE settled = 0"
                     " AND owner IS NULL AND state IN ('waiting', 'unknown') AND partner_id IN"
                     " (SELECT id FROM partners WHERE failures > 0 AND pause_lasts = 0)",
                     "") &&
         rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE partners SET paused_until = 0 WHERE failures > 0 AND pause_lasts = 0",
                     "");
}

gboolean
rp_store_try_unreachable (RpStore *store, GError **error)
{
  return rp_store_transaction (store, try_unreachable, NULL, error);
}
