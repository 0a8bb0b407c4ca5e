/* How a delivery ended, written down. */
#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-courier.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-removal.h"
#include "rp-sender-trip.h"
#include "rp-store-decisions.h"
#include "rp-store-deliveries.h"
#include "rp-store-events.h"
#include "rp-store-partners.h"
#include "rp-store-receipts.h"
#include "rp-time.h"

static char *
describe_success (RpTrip *trip)
{
  const char *name = rp_partner_get_name (trip->partner);
  gboolean draft = g_strcmp0 (trip->delivery->status, "draft") == 0;

  switch (trip->delivery->action) {
  case RP_ACTION_WITHDRAW:
    return g_strdup_printf (_ ("Taken down at %s."), name);
  case RP_ACTION_UPDATE:
    return g_strdup_printf (draft ? _ ("Updated as a draft at %s.") : _ ("Updated at %s."), name);
  case RP_ACTION_CREATE:
  default:
    return g_strdup_printf (draft ? _ ("Sent to %s as a draft.") : _ ("Published at %s."), name);
  }
}

static RpReceipt *
make_receipt (RpTrip *trip, gint64 now)
{
  RpDelivery *delivery = trip->delivery;
  RpReceipt *receipt = rp_receipt_new ();

  receipt->article_id = g_strdup (delivery->article_id);
  receipt->partner_id = g_strdup (delivery->partner_id);
  receipt->remote_id = g_strdup (delivery->remote_id);
  receipt->public_url = g_strdup (delivery->public_url);
  receipt->version = g_strdup (delivery->version);
  receipt->state = g_strdup (delivery->action == RP_ACTION_WITHDRAW       ? "withdrawn"
                             : g_strcmp0 (delivery->status, "draft") == 0 ? "draft"
                                                                          : "live");
  receipt->updated = now;
  json_object_unref (receipt->memory);
  receipt->memory = rp_json_object_copy (delivery->memory);

  return receipt;
}

static gboolean
record_use (RpTrip *trip, gint64 now, GError **error)
{
  if (trip->licence == NULL || trip->delivery->action == RP_ACTION_WITHDRAW)
    return TRUE;

  return rp_store_record_use (trip->store, trip->licence, trip->delivery->article_id,
                              trip->delivery->partner_id, now, error);
}

static char *
join_remarks (RpTrip *trip)
{
  g_ptr_array_add (trip->exchange->remarks, NULL);

  return trip->exchange->remarks->len > 1
           ? g_strjoinv (" ", (char **) trip->exchange->remarks->pdata)
           : NULL;
}

static gboolean
settle_success (RpStore *store, gpointer user_data, GError **error)
{
  RpTrip *trip = user_data;
  RpDelivery *delivery = trip->delivery;
  gint64 now = rp_time_now ();
  g_autoptr (RpReceipt) receipt = make_receipt (trip, now);
  g_autofree char *words = describe_success (trip);
  g_autofree char *remarks = join_remarks (trip);
  g_autofree char *event = g_strjoin (" ", words, remarks, NULL);

  delivery->state = RP_DELIVERY_DELIVERED;
  delivery->settled = now;
  g_free (delivery->message);
  delivery->message = g_strdup (remarks);

  return rp_store_release_delivery (store, delivery, error) &&
         rp_store_save_receipt (store, receipt, error) && record_use (trip, now, error) &&
         rp_removal_plan (trip, now, error) &&
         rp_store_add_event (store, delivery->article_id,
                             delivery->action == RP_ACTION_WITHDRAW ? "withdrawn" : "delivered",
                             event, delivery->id, delivery->public_url, now, error) &&
         rp_article_state_settle (store, delivery->article_id, now, error);
}

static gboolean
is_temporary (const GError *failure)
{
  return g_error_matches (failure, RP_ERROR, RP_ERROR_BUSY) ||
         g_error_matches (failure, RP_ERROR, RP_ERROR_UNREACHABLE) ||
         g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static RpDeliveryState
state_after (const GError *failure)
{
  if (is_temporary (failure))
    return RP_DELIVERY_WAITING;
  if (g_error_matches (failure, RP_ERROR, RP_ERROR_UNKNOWN_OUTCOME))
    return RP_DELIVERY_UNKNOWN;
  if (g_error_matches (failure, RP_ERROR, RP_ERROR_CREDENTIALS))
    return RP_DELIVERY_PARKED;

  return RP_DELIVERY_FAILED;
}

typedef struct {
  RpTrip *trip;
  const GError *failure;
} Failed;

/* A try that was uncertain stays so until something was found or not found at the partner. */
static void
note_failure (RpTrip *trip, const GError *failure, gint64 now)
{
  RpDelivery *delivery = trip->delivery;
  gboolean was_uncertain = trip->exchange != NULL && trip->exchange->uncertain;
  gint64 wait = trip->exchange != NULL ? trip->exchange->wait_seconds : -1;

  delivery->state = state_after (failure);
  if (delivery->state == RP_DELIVERY_WAITING && was_uncertain)
    delivery->state = RP_DELIVERY_UNKNOWN;
  g_free (delivery->message);
  delivery->message = g_strdup (failure->message);
  delivery->settled = delivery->state == RP_DELIVERY_FAILED ? now : 0;
  delivery->next_due =
    now + rp_courier_get_delay (delivery->tries, wait, g_random_double ()) * G_TIME_SPAN_SECOND;
}

static gboolean
tell_partner_needs_you (RpTrip *trip, const GError *failure, gint64 now, GError **error)
{
  if (trip->partner == NULL || !g_error_matches (failure, RP_ERROR, RP_ERROR_CREDENTIALS))
    return TRUE;
  rp_partner_set_state (trip->partner, RP_PARTNER_NEEDS_YOU, failure->message);

  return rp_store_save_partner (trip->store, trip->partner, now, error);
}

static gboolean
settle_failure (RpStore *store, gpointer user_data, GError **error)
{
  Failed *failed = user_data;
  RpTrip *trip = failed->trip;
  RpDelivery *delivery = trip->delivery;
  gint64 now = rp_time_now ();
  gboolean final;

  note_failure (trip, failed->failure, now);
  final = delivery->state == RP_DELIVERY_FAILED || delivery->state == RP_DELIVERY_PARKED;

  return rp_store_release_delivery (store, delivery, error) &&
         tell_partner_needs_you (trip, failed->failure, now, error) &&
         (!final ||
          rp_store_add_event (store, delivery->article_id, "failed", failed->failure->message,
                              delivery->id, NULL, now, error)) &&
         rp_article_state_settle (store, delivery->article_id, now, error);
}

gboolean
rp_trip_settle (RpTrip *trip, const GError *failure, GError **error)
{
  Failed failed = {trip, failure};

  return failure == NULL ? rp_store_transaction (trip->store, settle_success, trip, error)
                         : rp_store_transaction (trip->store, settle_failure, &failed, error);
}
