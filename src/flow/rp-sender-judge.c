/* What the licence says right before a delivery leaves. */
#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-error.h"
#include "rp-sender-trip.h"
#include "rp-store-decisions.h"

/* The decision is taken again right before sending: embargoes end, and licences do, too. */
gboolean
rp_trip_judge_again (RpTrip *trip, RpLicenceBook *book, GError **error)
{
  const RpFinding *obstacle;

  if (rp_delivery_is_removal (trip->delivery))
    return TRUE;
  trip->decision = rp_ready_judge (trip->ready, trip->store, book, trip->licence, trip->partner,
                                   trip->delivery->live_at, error);
  if (trip->decision == NULL)
    return FALSE;
  obstacle = rp_article_state_get_obstacle (trip->decision);
  if (obstacle == NULL)
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_DENIED, _ ("The licence does not allow it any more: %s"),
               obstacle->message);

  return FALSE;
}

gboolean
rp_trip_keep_decision (RpTrip *trip, gint64 now, GError **error)
{
  RpDelivery *delivery = trip->delivery;

  if (trip->decision == NULL || trip->decision_kept)
    return TRUE;
  g_free (delivery->decision_id);
  delivery->decision_id = rp_store_save_decision (
    trip->store, trip->decision, delivery->article_id, delivery->partner_id,
    rp_article_get (trip->ready->article, RP_ARTICLE_LICENCE_ID),
    trip->licence != NULL ? rp_licence_get_version (trip->licence) : 0, now, error);
  trip->decision_kept = delivery->decision_id != NULL;

  return trip->decision_kept;
}
