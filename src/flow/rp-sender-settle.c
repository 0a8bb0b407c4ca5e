/* How a delivery ended, written down. */
#include <glib/gi18n-lib.h>

#include "rp-courier.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-removal.h"
#include "rp-sender-check.h"
#include "rp-sender-copy.h"
#include "rp-sender-trip.h"
#include "rp-store-claims.h"
#include "rp-store-decisions.h"
#include "rp-store-events.h"
#include "rp-store-exchanges.h"
#include "rp-store-lapses.h"
#include "rp-store-partners.h"
#include "rp-store-receipts.h"
#include "rp-time.h"

#define MOST_READINGS 8 /* tries of a delivery that cannot be read */
#define READING_PAUSE (2 * G_TIME_SPAN_SECOND)

static char *
describe_success (RpTrip *trip)
{
  const char *name = rp_partner_get_name (trip->partner);
  gboolean draft = g_strcmp0 (trip->delivery->status, "draft") == 0;

  if (trip->delivery->live_at > rp_time_now () && !rp_delivery_is_removal (trip->delivery)) {
    g_autofree char *when = rp_time_format_long (trip->delivery->live_at);

    /* Translators: a partner, and a date with a time */
    return g_strdup_printf (_ ("Sent to %s, which will publish it on %s."), name, when);
  }
  switch (trip->delivery->action) {
  case RP_ACTION_WITHDRAW:
    return g_strdup_printf (_ ("Taken down at %s."), name);
  case RP_ACTION_REMOVE_COPY:
    return rp_copy_dup_done (trip);
  case RP_ACTION_UPDATE:
    return g_strdup_printf (draft ? _ ("Updated as a draft at %s.") : _ ("Updated at %s."), name);
  case RP_ACTION_CREATE:
  default:
    return g_strdup_printf (draft ? _ ("Sent to %s as a draft.") : _ ("Published at %s."), name);
  }
}

static const char *
get_receipt_state (RpDelivery *delivery, gint64 now)
{
  if (delivery->action == RP_ACTION_WITHDRAW)
    return "withdrawn";
  if (g_strcmp0 (delivery->status, "draft") == 0)
    return "draft";

  return delivery->live_at > now ? "scheduled" : "live";
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
  receipt->state = g_strdup (get_receipt_state (delivery, now));
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
  GPtrArray *remarks = trip->exchange->remarks;
  char *joined = NULL;

  if (remarks->len == 0)
    return NULL;
  g_ptr_array_add (remarks, NULL);
  joined = g_strjoinv (" ", (char **) remarks->pdata);
  g_ptr_array_set_size (remarks, (gint) remarks->len - 1);

  return joined;
}

static gboolean
keep_answer (RpTrip *trip, gint64 now, GError **error)
{
  RpCourierNote *note = trip->note;

  if (note == NULL || trip->exchange_id == NULL || (note->answer == NULL && note->failure == NULL))
    return TRUE;

  return rp_store_end_exchange (trip->store, trip->exchange_id, note->answer, note->failure, now,
                                error);
}

gboolean
rp_trip_record (RpStore *store, gpointer user_data, GError **error)
{
  RpTrip *trip = user_data;
  gint64 now = rp_store_get_time (store);

  trip->delivery->state = RP_DELIVERY_SENDING;
  if (!keep_answer (trip, now, error) || !rp_trip_keep_decision (trip, now, error) ||
      !rp_store_update_delivery (store, trip->delivery, now, error))
    return FALSE;
  g_free (trip->next_exchange_id);
  trip->next_exchange_id =
    rp_store_begin_exchange (store, trip->delivery->id, trip->note->request, now, error);

  return trip->next_exchange_id != NULL;
}

/* What was not written is written with the outcome. */
void
rp_trip_end_record (RpTrip *trip, gboolean done)
{
  if (done) {
    g_free (trip->exchange_id);
    trip->exchange_id = g_steal_pointer (&trip->next_exchange_id);
  } else {
    g_clear_pointer (&trip->next_exchange_id, g_free);
    trip->decision_kept = FALSE;
  }
}

/* A partner that was left alone works again. */
static gboolean
tell_partner_works (RpTrip *trip, gint64 now, GError **error)
{
  if (!rp_store_unpause_partner (trip->store, rp_partner_get_id (trip->partner), error))
    return FALSE;
  if (g_strcmp0 (rp_partner_get_state (trip->partner), RP_PARTNER_CONNECTED) == 0)
    return TRUE;
  rp_partner_set_state (trip->partner, RP_PARTNER_CONNECTED, NULL);

  return rp_store_save_partner (trip->store, trip->partner, now, error);
}

/* What the partner has now. A second copy that was taken down changes nothing of the article. */
static gboolean
keep_outcome (RpTrip *trip, gint64 now, GError **error)
{
  RpDelivery *delivery = trip->delivery;
  g_autoptr (RpReceipt) receipt = NULL;

  if (delivery->action == RP_ACTION_REMOVE_COPY)
    return TRUE;
  receipt = make_receipt (trip, now);

  return rp_store_save_receipt (trip->store, receipt, error) && record_use (trip, now, error) &&
         rp_removal_plan (trip, now, error) &&
         rp_checker_plan (trip->store, delivery, now, error) &&
         rp_store_drop_lapse (trip->store, delivery->article_id, delivery->partner_id, error);
}

static gboolean
settle_success (RpTrip *trip, gint64 now, GError **error)
{
  RpStore *store = trip->store;
  RpDelivery *delivery = trip->delivery;
  g_autofree char *words = describe_success (trip);
  g_autofree char *remarks = join_remarks (trip);
  g_autofree char *event = g_strjoin (" ", words, remarks, NULL);

  delivery->state = RP_DELIVERY_DELIVERED;
  delivery->settled = now;
  g_free (delivery->message);
  delivery->message = g_strdup (remarks);

  return rp_store_release_delivery (store, delivery, error) && keep_outcome (trip, now, error) &&
         tell_partner_works (trip, now, error) &&
         rp_store_add_event (store, delivery->article_id,
                             rp_delivery_is_removal (delivery) ? "withdrawn" : "delivered", event,
                             delivery->id, delivery->public_url, now, error);
}

/* ---- failures ---- */

static gboolean
was_stopped (const GError *failure)
{
  return g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
is_temporary (const GError *failure)
{
  return g_error_matches (failure, RP_ERROR, RP_ERROR_BUSY) ||
         g_error_matches (failure, RP_ERROR, RP_ERROR_UNREACHABLE);
}

/* The library was away before it was sent, or something of it cannot be read; the partner has
 * nothing to do with it. */
static gboolean
is_of_library (RpTrip *trip)
{
  return g_error_matches (trip->failure, RP_ERROR, RP_ERROR_STORAGE) &&
         trip->delivery->tries < MOST_READINGS;
}

static RpDeliveryState
state_after (RpTrip *trip)
{
  const GError *failure = trip->failure;

  if (is_temporary (failure) || is_of_library (trip))
    return RP_DELIVERY_WAITING;
  if (g_error_matches (failure, RP_ERROR, RP_ERROR_UNKNOWN_OUTCOME))
    return RP_DELIVERY_UNKNOWN;
  if (g_error_matches (failure, RP_ERROR, RP_ERROR_CREDENTIALS) || was_stopped (failure))
    return RP_DELIVERY_PARKED;

  return RP_DELIVERY_FAILED;
}

static gint64
get_delay (RpTrip *trip, gint64 wait)
{
  guint tries = trip->delivery->tries;

  return is_of_library (trip)
           ? tries * READING_PAUSE
           : rp_courier_get_delay (tries, wait, g_random_double ()) * G_TIME_SPAN_SECOND;
}

/* A try that was uncertain stays so until something was found or not found at the partner. */
static void
note_failure (RpTrip *trip, gint64 now)
{
  const GError *failure = trip->failure;
  RpDelivery *delivery = trip->delivery;
  gboolean was_uncertain = trip->exchange != NULL && trip->exchange->uncertain;
  gint64 wait = trip->exchange != NULL ? trip->exchange->wait_seconds : -1;

  delivery->state = state_after (trip);
  if (delivery->state == RP_DELIVERY_WAITING && was_uncertain)
    delivery->state = RP_DELIVERY_UNKNOWN;
  g_free (delivery->message);
  delivery->message =
    g_strdup (was_stopped (failure) ? _ ("Sending was stopped.") : failure->message);
  if (delivery->state == RP_DELIVERY_FAILED && delivery->action == RP_ACTION_REMOVE_COPY &&
      trip->exchange != NULL) {
    g_autofree char *refusal = delivery->message;

    delivery->message = rp_copy_dup_refused (trip);
  }
  delivery->settled = delivery->state == RP_DELIVERY_FAILED ? now : 0;
  if (delivery->state == RP_DELIVERY_FAILED) /* the address of the interface may be what is wrong */
    json_object_remove_member (delivery->memory, "api");
  delivery->next_due =
    delivery->state == RP_DELIVERY_PARKED ? RP_STORE_NEVER : now + get_delay (trip, wait);
}

static gboolean
set_partner_state (RpTrip *trip, const char *state, gint64 now, GError **error)
{
  if (g_strcmp0 (rp_partner_get_state (trip->partner), state) == 0)
    return TRUE;
  rp_partner_set_state (trip->partner, state, trip->failure->message);

  return rp_store_save_partner (trip->store, trip->partner, now, error);
}

/* What keeps this one back would keep the others back, too: the partner is left alone as a whole,
 * and that is told once. */
static gboolean
pause_partner (RpTrip *trip, gint64 now, GError **error)
{
  const char *id = trip->partner != NULL ? rp_partner_get_id (trip->partner) : NULL;
  gint64 failures = 0;
  gint64 wait = trip->exchange != NULL ? trip->exchange->wait_seconds : -1;
  gint64 delay;

  if (id == NULL || (trip->exchange != NULL && trip->exchange->taken))
    return TRUE;
  if (g_error_matches (trip->failure, RP_ERROR, RP_ERROR_CREDENTIALS)) {
    rp_secrets_ask_again (trip->secrets, id);
    return rp_store_pause_partner (trip->store, id, RP_STORE_NEVER, TRUE, error) &&
           set_partner_state (trip, RP_PARTNER_NEEDS_YOU, now, error);
  }
  if (!is_temporary (trip->failure) &&
      !g_error_matches (trip->failure, RP_ERROR, RP_ERROR_UNKNOWN_OUTCOME))
    return TRUE;
  if (!rp_store_count_failures (trip->store, id, &failures, error))
    return FALSE;
  delay = rp_courier_get_delay ((guint) failures + 1, wait, g_random_double ());

  return rp_store_pause_partner (trip->store, id, now + delay * G_TIME_SPAN_SECOND,
                                 g_error_matches (trip->failure, RP_ERROR, RP_ERROR_BUSY), error) &&
         set_partner_state (trip, RP_PARTNER_PAUSED, now, error);
}

static gboolean
settle_failure (RpTrip *trip, gint64 now, GError **error)
{
  RpStore *store = trip->store;
  RpDelivery *delivery = trip->delivery;
  gboolean final;

  note_failure (trip, now);
  final = delivery->state == RP_DELIVERY_FAILED || delivery->state == RP_DELIVERY_PARKED;

  return rp_store_release_delivery (store, delivery, error) && pause_partner (trip, now, error) &&
         (!final || rp_store_add_event (store, delivery->article_id, "failed", delivery->message,
                                        delivery->id, NULL, now, error));
}

/* While the outcome was held, somebody may have changed the partner; and what an attempt that came
 * to nothing has noted of it is not in the library. */
static gboolean
read_partner_again (RpTrip *trip, GError **error)
{
  g_autoptr (RpPartner) partner = NULL;
  g_autoptr (GError) local = NULL;

  if (!trip->held || trip->partner == NULL)
    return TRUE;
  partner = rp_store_get_partner (trip->store, rp_partner_get_id (trip->partner), &local);
  if (partner == NULL && !g_error_matches (local, RP_ERROR, RP_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (partner != NULL)
    g_set_object (&trip->partner, partner);
  if (trip->exchange != NULL)
    trip->exchange->partner = trip->partner;

  return TRUE;
}

gboolean
rp_trip_settle (RpStore *store, gpointer user_data, GError **error)
{
  RpTrip *trip = user_data;
  gint64 now = rp_store_get_time (store);

  trip->decision_kept = trip->decision_kept && !trip->held;
  if (!read_partner_again (trip, error) || !keep_answer (trip, now, error) ||
      !rp_trip_keep_decision (trip, now, error))
    return FALSE;

  return trip->failure == NULL ? settle_success (trip, now, error)
                               : settle_failure (trip, now, error);
}
