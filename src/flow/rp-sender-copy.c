#include "rp-sender-copy.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-store-deliveries.h"

static const char *
get_id (JsonArray *marked, guint index)
{
  return rp_json_get_string (json_array_get_object_element (marked, index), "id");
}

/* Addresses can be written in several ways: as long as the article itself is not among what was
 * found, any of it may be the article. */
static gboolean
has_article (RpTrip *trip)
{
  JsonArray *marked = trip->exchange->marked;

  for (guint i = 0; marked != NULL && i < json_array_get_length (marked); i++)
    if (g_strcmp0 (get_id (marked, i), trip->receipt->remote_id) == 0)
      return TRUE;

  return FALSE;
}

static RpDelivery *
make_removal (RpTrip *trip, JsonObject *item, gint64 now)
{
  RpDelivery *sent = trip->delivery;
  RpDelivery *removal = rp_delivery_new (sent->article_id, sent->partner_id, RP_ACTION_REMOVE_COPY);

  removal->created = now;
  removal->payload = g_strdup (sent->payload);
  removal->headline = g_strdup (sent->headline);
  removal->partner_name = g_strdup (sent->partner_name);
  removal->marker = g_strdup (sent->marker);
  removal->version = g_strdup (sent->version);
  removal->remote_id = g_strdup (rp_json_get_string (item, "id"));
  removal->public_url = g_strdup (rp_json_get_string (item, "url"));

  return removal;
}

/* Another program may have looked at the same time; and what could not be taken down is for a
 * person, not for the next look. */
static gboolean
queue_one (RpTrip *trip, JsonObject *item, gint64 now, GError **error)
{
  const char *id = rp_json_get_string (item, "id");
  g_autoptr (RpDelivery) removal = NULL;
  gint64 count = 0;

  if (g_strcmp0 (id, trip->receipt->remote_id) == 0)
    return TRUE;
  if (!rp_db_get_int (rp_store_get_db (trip->store), &count, error,
                      "SELECT count (*) FROM deliveries WHERE article_id = $1 AND partner_id = $2"
                      " AND action = 'remove-copy' AND remote_id = $3",
                      "sss", trip->delivery->article_id, trip->delivery->partner_id, id))
    return FALSE;
  if (count > 0)
    return TRUE;
  removal = make_removal (trip, item, now);

  return rp_store_queue_delivery (trip->store, removal, error);
}

gboolean
rp_copy_queue (RpTrip *trip, gint64 now, GError **error)
{
  JsonArray *marked = trip->exchange->marked;

  if (!has_article (trip))
    return TRUE;
  for (guint i = 0; i < json_array_get_length (marked); i++)
    if (!queue_one (trip, json_array_get_object_element (marked, i), now, error))
      return FALSE;

  return TRUE;
}

gboolean
rp_copy_check (RpTrip *trip, GError **error)
{
  RpDelivery *delivery = trip->delivery;

  if (delivery->action != RP_ACTION_REMOVE_COPY || trip->receipt == NULL ||
      g_strcmp0 (trip->receipt->remote_id, delivery->remote_id) != 0)
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_CONFLICT,
               _ ("What was a second copy is the article at %s by now; it was left there"),
               rp_partner_get_name (trip->partner));

  return FALSE;
}

char *
rp_copy_dup_done (RpTrip *trip)
{
  const char *url = trip->delivery->public_url;

  return g_strdup_printf (
    _ ("A request was doubled on its way; the second copy at %s was taken down."),
    url != NULL ? url : rp_partner_get_name (trip->partner));
}

char *
rp_copy_dup_refused (RpTrip *trip)
{
  RpExchange *exchange = trip->exchange;

  rp_exchange_remark_twice (exchange, trip->delivery->public_url);

  return g_strjoin (" ", g_ptr_array_index (exchange->remarks, exchange->remarks->len - 1),
                    trip->delivery->message, NULL);
}
