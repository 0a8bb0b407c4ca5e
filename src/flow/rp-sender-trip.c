/* What a delivery needs on its way: loaded before, lent to the connector, freed after. */
#include "rp-sender-trip.h"
#include "rp-article-state.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-removal.h"
#include "rp-render-picture.h"
#include "rp-renderer.h"
#include "rp-store-articles.h"
#include "rp-store-blobs.h"
#include "rp-store-deliveries.h"
#include "rp-store-partners.h"
#include "rp-store-receipts.h"
#include "rp-time.h"

void
rp_trip_free (RpTrip *trip)
{
  g_clear_object (&trip->delivery);
  g_clear_pointer (&trip->ready, rp_ready_unref);
  g_clear_object (&trip->partner);
  g_clear_object (&trip->licence);
  g_clear_pointer (&trip->receipt, rp_receipt_free);
  g_clear_object (&trip->doubtful);
  g_clear_pointer (&trip->exchange, rp_exchange_free);
  g_clear_object (&trip->decision);
  g_clear_object (&trip->cancellable);
  g_clear_pointer (&trip->note, rp_courier_note_free);
  g_clear_error (&trip->failure);
  g_free (trip->exchange_id);
  g_free (trip->next_exchange_id);
  g_free (trip);
}

static char *
dup_secret (RpExchange *exchange, const char *key)
{
  RpTrip *trip = exchange->user_data;

  return rp_secrets_lookup (trip->secrets, rp_partner_get_id (trip->partner), key);
}

static GBytes *
render_as (RpTrip *trip, const char *rendition, const char *const *media_urls, GError **error)
{
  const RpRenderer *renderer = rp_renderer_find (rendition, error);
  RpRenderJob job = {
    .article = trip->ready->article,
    .licence = trip->licence,
    .partner = trip->partner,
    .marker = trip->delivery->marker,
    .version = trip->delivery->version,
    .action = trip->delivery->action,
    .media_urls = media_urls,
    .changes = trip->ready->changes,
    .now = rp_time_now (),
  };

  return renderer != NULL ? renderer->render (&job, error) : NULL;
}

static GBytes *
render (RpExchange *exchange, const char *const *media_urls, GError **error)
{
  RpTrip *trip = exchange->user_data;
  const char *own = trip->connector->rendition;

  return render_as (trip, exchange->rendition != NULL ? exchange->rendition : own, media_urls,
                    error);
}

GBytes *
rp_trip_render (RpTrip *trip, const char *rendition, GError **error)
{
  g_auto (GStrv) urls = rp_exchange_dup_media_urls (trip->exchange);

  return render_as (trip, rendition, (const char *const *) urls, error);
}

/* A copy that carries its rights. Connectors know the picture by the digest of the original, so the
 * same one is found again, whatever was written into the copy. */
static gboolean
add_media (RpExchange *exchange, RpMedia *media, RpBody *body, GError **error)
{
  RpTrip *trip = exchange->user_data;
  g_autofree char *path =
    rp_store_fetch_blob (trip->store, rp_media_get (media, RP_MEDIA_SHA256), error);
  g_autofree char *marked = NULL;
  g_autofree char *copy = NULL;
  const RpRenderJob job = {
    .article = trip->ready->article,
    .licence = trip->licence,
    .partner = trip->partner,
    .original = trip->ready->original,
    .now = rp_time_now (),
  };

  if (path == NULL ||
      !rp_render_picture (&job, media, path, rp_store_get_blob_folder (trip->store), &copy, error))
    return FALSE;
  marked = copy != NULL ? rp_store_take_blob_file (trip->store, copy, error)
                        : g_strdup (rp_media_get (media, RP_MEDIA_SHA256));

  return marked != NULL && rp_store_add_blob (trip->store, marked, body, error);
}

static gboolean
is_note (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

/* What an earlier delivery of the article left to know: pictures, tags, addresses, versions. Notes
 * are of that delivery alone. */
static void
inherit_memory (RpTrip *trip)
{
  static const char *const own[] = {"stage", "page",    "missing", "overwrite",
                                    "polls", "refusal", NULL};
  JsonObject *memory = trip->delivery->memory;
  g_autoptr (GList) names =
    trip->receipt != NULL ? json_object_get_members (trip->receipt->memory) : NULL;

  for (GList *l = names; l != NULL; l = l->next) {
    JsonNode *node = json_object_get_member (trip->receipt->memory, l->data);

    if (!is_note (node) && !rp_json_has (memory, l->data) && !g_strv_contains (own, l->data))
      json_object_set_member (memory, l->data, json_node_copy (node));
  }
}

/* What must be asked anew on every try. */
static void
forget_try (RpTrip *trip)
{
  static const char *const lasting[] = {RP_NOTE_SENT, RP_NOTE_PENDING, RP_NOTE_CONFIRMED, NULL};
  JsonObject *memory = trip->delivery->memory;
  g_autoptr (GList) names = json_object_get_members (memory);

  for (GList *l = names; l != NULL; l = l->next)
    if (is_note (json_object_get_member (memory, l->data)) && !g_strv_contains (lasting, l->data))
      json_object_remove_member (memory, l->data);
  json_object_remove_member (memory, "missing");
  json_object_remove_member (memory, "stage");
  json_object_remove_member (memory, "page");
}

static gboolean
is_live (const RpReceipt *receipt)
{
  return receipt != NULL && g_strcmp0 (receipt->state, "withdrawn") != 0;
}

static void
choose_action (RpTrip *trip)
{
  RpDelivery *delivery = trip->delivery;

  if (trip->receipt != NULL && delivery->remote_id == NULL &&
      (is_live (trip->receipt) || delivery->action == RP_ACTION_WITHDRAW)) {
    delivery->remote_id = g_strdup (trip->receipt->remote_id);
    delivery->public_url = g_strdup (trip->receipt->public_url);
  }
  if (!rp_delivery_is_removal (delivery))
    delivery->action = is_live (trip->receipt) ? RP_ACTION_UPDATE : RP_ACTION_CREATE;
}

/* An earlier delivery that was given up may have arrived all the same. */
static gboolean
find_doubt (RpTrip *trip, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (trip->delivery->action == RP_ACTION_CREATE)
    trip->doubtful = rp_store_get_doubtful_delivery (trip->store, trip->delivery, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

gboolean
rp_trip_load (RpTrip *trip, RpLicenceBook *book, GError **error)
{
  RpDelivery *delivery = trip->delivery;
  g_autoptr (RpArticle) current = NULL; /* a removal is for the licence that there is now */
  g_autoptr (GError) local = NULL;
  const char *licence_id;

  trip->partner = rp_store_get_partner (trip->store, delivery->partner_id, error);
  if (trip->partner == NULL)
    return FALSE;
  trip->connector = rp_connector_find (rp_partner_get_connector (trip->partner), error);
  if (trip->connector == NULL ||
      !rp_connector_check_settings (trip->connector, trip->partner, error))
    return FALSE;
  trip->receipt =
    rp_store_get_receipt (trip->store, delivery->article_id, delivery->partner_id, &local);
  if (local != NULL) { /* not: there is none */
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  trip->ready = rp_ready_shelf_take (trip->shelf, trip->store, delivery, error);
  if (trip->ready == NULL)
    return FALSE;
  if (rp_removal_is_planned (delivery))
    current = rp_store_get_article (trip->store, delivery->article_id, NULL);
  licence_id =
    rp_article_get (current != NULL ? current : trip->ready->article, RP_ARTICLE_LICENCE_ID);
  if (licence_id != NULL)
    g_set_object (&trip->licence, rp_licence_book_lookup (book, licence_id));
  choose_action (trip);
  if (!find_doubt (trip, error))
    return FALSE;
  inherit_memory (trip);
  forget_try (trip);
  rp_site_facts_lend (trip->sites, trip->connector, trip->partner, delivery->memory);

  return TRUE;
}

static void
note_doubt (RpTrip *trip)
{
  RpExchange *exchange = trip->exchange;

  if (trip->doubtful == NULL || rp_json_has (trip->doubtful->memory, RP_NOTE_UNFINDABLE))
    return;
  exchange->uncertain = TRUE;
  exchange->since = trip->doubtful->created;
}

void
rp_trip_make_exchange (RpTrip *trip)
{
  RpExchange *exchange = rp_exchange_new ();

  exchange->article = trip->ready->article;
  exchange->partner = trip->partner;
  exchange->delivery = trip->delivery;
  exchange->receipt = trip->receipt;
  exchange->uncertain = trip->delivery->state == RP_DELIVERY_UNKNOWN;
  exchange->now = rp_time_now ();
  exchange->dup_secret = dup_secret;
  exchange->render = render;
  exchange->add_media = add_media;
  exchange->user_data = trip;
  trip->exchange = exchange;
  note_doubt (trip);
}
