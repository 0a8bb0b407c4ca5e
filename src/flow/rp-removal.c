#include "rp-removal.h"

#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-json.h"
#include "rp-store-claims.h"
#include "rp-store-deliveries.h"
#include "rp-store-events.h"
#include "rp-time.h"

gboolean
rp_removal_is_planned (RpDelivery *delivery)
{
  return delivery->action == RP_ACTION_WITHDRAW && delivery->publish_at > 0;
}

static gboolean
call_off (RpTrip *trip, gint64 now, GError **error)
{
  return rp_db_exec (rp_store_get_db (trip->store), error, NULL,
                     "UPDATE deliveries SET state = 'cancelled', settled = $3, message = $4"
                     " WHERE article_id = $1 AND partner_id = $2 AND settled = 0 AND tries = 0"
                     " AND action = 'withdraw' AND publish_at > 0 AND owner IS NULL",
                     "ssis", trip->delivery->article_id, trip->delivery->partner_id, now,
                     _ ("Another plan for the removal has taken its place."));
}

/* Since when the copy stands there without a break; 0 = it does not. */
static gboolean
find_start (RpTrip *trip, gint64 *out, GError **error)
{
  return rp_db_get_int (
    rp_store_get_db (trip->store), out, error,
    "SELECT coalesce (min (settled), 0) FROM deliveries WHERE article_id = $1 AND partner_id = $2"
    " AND state = 'delivered' AND action IN ('create', 'update') AND status <> 'draft' AND settled "
    ">"
    " (SELECT coalesce (max (w.settled), 0) FROM deliveries AS w WHERE w.article_id = $1"
    "  AND w.partner_id = $2 AND w.state = 'delivered' AND w.action = 'withdraw')",
    "ss", trip->delivery->article_id, trip->delivery->partner_id);
}

static gint64
get_days (RpTrip *trip)
{
  return trip->licence != NULL ? rp_licence_get_terms (trip->licence)->archive_days : -1;
}

static RpDelivery *
make_removal (RpTrip *trip, gint64 now, gint64 when)
{
  RpDelivery *sent = trip->delivery;
  RpDelivery *removal = rp_delivery_new (sent->article_id, sent->partner_id, RP_ACTION_WITHDRAW);

  removal->created = now;
  removal->publish_at = when;
  removal->payload = g_strdup (sent->payload);
  removal->headline = g_strdup (sent->headline);
  removal->partner_name = g_strdup (sent->partner_name);
  removal->marker = g_strdup (sent->marker);
  removal->remote_id = g_strdup (sent->remote_id);
  removal->version = g_strdup_printf (
    "%" G_GINT64_FORMAT, sent->version != NULL ? g_ascii_strtoll (sent->version, NULL, 10) + 1 : 1);

  return removal;
}

static gboolean
queue (RpTrip *trip, gint64 now, gint64 when, GError **error)
{
  g_autoptr (RpDelivery) removal = make_removal (trip, now, when);
  g_autofree char *date = rp_time_format_date (when);
  g_autofree char *words = g_strdup_printf (_ ("The licence ends the copy at %s on %s; its removal "
                                               "is planned."),
                                            rp_partner_get_name (trip->partner), date);

  return rp_store_queue_delivery (trip->store, removal, error) &&
         rp_store_add_event (trip->store, removal->article_id, "queued", words, removal->id, NULL,
                             now, error);
}

gboolean
rp_removal_plan (RpTrip *trip, gint64 now, GError **error)
{
  gint64 days = get_days (trip);
  gint64 start = 0;

  if (!call_off (trip, now, error))
    return FALSE;
  if (days < 0 || rp_delivery_is_removal (trip->delivery) ||
      !(trip->connector->flags & RP_CONNECTOR_WITHDRAWS))
    return TRUE;
  if (!find_start (trip, &start, error))
    return FALSE;

  return start == 0 || queue (trip, now, start + days * RP_TIME_DAY, error);
}

static gboolean
move (RpTrip *trip, gint64 when, GError **error)
{
  return rp_db_exec (rp_store_get_db (trip->store), error, NULL,
                     "UPDATE deliveries SET publish_at = $3, next_due = $3, state = 'queued',"
                     " tries = 0, owner = NULL, lease_until = 0 WHERE id = $1 AND fence = $2",
                     "sii", trip->delivery->id, trip->delivery->fence, when);
}

static gboolean
drop (RpTrip *trip, const char *why, gint64 now, GError **error)
{
  RpDelivery *delivery = trip->delivery;

  delivery->state = RP_DELIVERY_CANCELLED;
  delivery->settled = now;
  g_free (delivery->message);
  delivery->message = g_strdup (why);

  return rp_store_release_delivery (trip->store, delivery, error) &&
         rp_article_state_settle (trip->store, delivery->article_id, now, error);
}

gboolean
rp_removal_check (RpTrip *trip, gboolean *out_due, GError **error)
{
  gint64 now = rp_store_get_time (trip->store);
  gint64 days = get_days (trip);
  gint64 start = 0;

  *out_due = TRUE;
  if (!rp_removal_is_planned (trip->delivery))
    return TRUE;
  if (!find_start (trip, &start, error))
    return FALSE;
  *out_due = start > 0 && days >= 0 && start + days * RP_TIME_DAY <= now;
  if (*out_due)
    return TRUE;
  if (start == 0)
    return drop (trip, _ ("The partner has it no more."), now, error);
  if (days < 0)
    return drop (trip, _ ("The licence lets the copy stay by now."), now, error);

  return move (trip, start + days * RP_TIME_DAY, error);
}
