#include "rp-sender.h"

#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-courier.h"
#include "rp-error.h"
#include "rp-fault.h"
#include "rp-json.h"
#include "rp-licence-book.h"
#include "rp-removal.h"
#include "rp-render-picture.h"
#include "rp-renderer.h"
#include "rp-resources.h"
#include "rp-sender-trip.h"
#include "rp-store-articles.h"
#include "rp-store-blobs.h"
#include "rp-store-decisions.h"
#include "rp-store-deliveries.h"
#include "rp-store-exchanges.h"
#include "rp-store-licences.h"
#include "rp-store-partners.h"
#include "rp-store-receipts.h"
#include "rp-time.h"

#define MAX_AT_ONCE 12
#define LONGEST_SLEEP_SECONDS 30

/* Who is told; outlives the sender while notes are on their way. Used on the home context only. */
typedef struct {
  RpSenderNotify notify; /* NULL once the sender is gone */
  gpointer user_data;
} Listener;

struct _RpSender {
  char *uri;             /* owned */
  char *owner;           /* owned */
  RpSecrets *secrets;    /* owned */
  Listener *listener;    /* owned, counted */
  GMainContext *home;    /* owned: where notes go */
  GThread *thread;       /* owned */
  GMainContext *context; /* owned: the sender's own */
  GMainLoop *loop;       /* owned */

  /* only on the sender's thread */
  RpStore *store;      /* owned */
  RpHttp *http;        /* owned */
  RpCourier *courier;  /* owned */
  RpLicenceBook *book; /* owned */
  GPtrArray *trips;    /* owned, of RpTrip */
  GSource *alarm;      /* owned, NULL = none */
  GPtrArray *waiting;  /* owned, of GTask: told when idle */
  gboolean closing;
};

static void claim_what_is_due (RpSender *sender);
static void carried_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
trip_free (gpointer data)
{
  RpTrip *trip = data;

  g_clear_object (&trip->delivery);
  g_clear_object (&trip->article);
  g_clear_object (&trip->partner);
  g_clear_object (&trip->licence);
  g_clear_pointer (&trip->receipt, rp_receipt_free);
  g_clear_pointer (&trip->exchange, rp_exchange_free);
  g_free (trip->exchange_id);
  g_free (trip);
}

typedef struct {
  Listener *listener; /* owned, counted */
  char *article_id;   /* owned */
} Note;

static gboolean
note_cb (gpointer user_data)
{
  Note *note = user_data;

  if (note->listener->notify != NULL)
    note->listener->notify (note->article_id, note->listener->user_data);

  return G_SOURCE_REMOVE;
}

static void
note_free (gpointer data)
{
  Note *note = data;

  g_atomic_rc_box_release (note->listener);
  g_free (note->article_id);
  g_free (note);
}

static void
tell (RpSender *sender, const char *article_id)
{
  Note *note = g_new0 (Note, 1);

  note->listener = g_atomic_rc_box_acquire (sender->listener);
  note->article_id = g_strdup (article_id);
  g_main_context_invoke_full (sender->home, G_PRIORITY_DEFAULT, note_cb, note, note_free);
}

static char *
dup_secret (RpExchange *exchange, const char *key)
{
  RpTrip *trip = exchange->user_data;

  return rp_secrets_lookup (((RpSender *) trip->sender)->secrets, rp_partner_get_id (trip->partner),
                            key);
}

static GBytes *
render (RpExchange *exchange, const char *const *media_urls, GError **error)
{
  RpTrip *trip = exchange->user_data;
  const RpRenderer *renderer = rp_renderer_find (trip->connector->rendition, error);
  g_autofree char *changes = rp_article_state_dup_changes (trip->store, trip->article);
  RpRenderJob job = {
    .article = trip->article,
    .licence = trip->licence,
    .partner = trip->partner,
    .marker = trip->delivery->marker,
    .version = trip->delivery->version,
    .action = trip->delivery->action,
    .media_urls = media_urls,
    .changes = changes,
    .now = rp_time_now (),
  };

  return renderer != NULL ? renderer->render (&job, error) : NULL;
}

/* A copy that carries its rights. Connectors know the picture by the digest of the original, so the
 * same one is found again, whatever was written into the copy. */
static gboolean
add_media (RpExchange *exchange, RpMedia *media, RpBody *body, GError **error)
{
  RpTrip *trip = exchange->user_data;
  const char *id = rp_article_get (trip->article, RP_ARTICLE_ID);
  g_autofree char *path =
    rp_store_dup_blob_path (trip->store, rp_media_get (media, RP_MEDIA_SHA256));
  g_autofree char *marked = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (RpArticle) original =
    id != NULL ? rp_store_get_original (trip->store, id, NULL) : NULL;
  const RpRenderJob job = {
    .article = trip->article,
    .licence = trip->licence,
    .partner = trip->partner,
    .original = original,
    .now = rp_time_now (),
  };

  if (!rp_render_picture (&job, media, path, rp_store_get_blob_folder (trip->store), &copy, error))
    return FALSE;
  marked = copy != NULL ? rp_store_take_blob_file (trip->store, copy, error)
                        : g_strdup (rp_media_get (media, RP_MEDIA_SHA256));

  return marked != NULL && rp_store_add_blob (trip->store, marked, body, error);
}

static gboolean
about_to_send (RpExchange *exchange, const RpRequest *redacted, GError **error)
{
  RpTrip *trip = exchange->user_data;
  gint64 now = rp_time_now ();

  trip->delivery->state = RP_DELIVERY_SENDING;
  if (!rp_store_update_delivery (trip->store, trip->delivery, now, error))
    return FALSE;
  g_free (trip->exchange_id);
  trip->exchange_id =
    rp_store_begin_exchange (trip->store, trip->delivery->id, redacted, now, error);

  return trip->exchange_id != NULL;
}

static gboolean
answered (RpExchange *exchange, const RpResponse *redacted, const char *failure, GError **error)
{
  RpTrip *trip = exchange->user_data;

  exchange->now = rp_time_now ();

  return rp_store_end_exchange (trip->store, trip->exchange_id, redacted, failure, exchange->now,
                                error);
}

static const RpCourierLog courier_log = {about_to_send, answered};

static void
reload_licences (RpSender *sender)
{
  g_autoptr (GPtrArray) licences = rp_store_list_licences (sender->store, NULL);

  for (guint i = 0; licences != NULL && i < licences->len; i++)
    rp_licence_book_add (sender->book, g_ptr_array_index (licences, i));
}

/* What an earlier item of the same article left to know: pictures, tags, addresses. */
static void
inherit_memory (RpTrip *trip)
{
  static const char *const kept[] = {"media", "tags", "api"};
  JsonObject *memory = trip->delivery->memory;

  for (guint i = 0; trip->receipt != NULL && i < G_N_ELEMENTS (kept); i++) {
    JsonNode *node = rp_json_get (trip->receipt->memory, kept[i]);

    if (node != NULL && !rp_json_has (memory, kept[i]))
      json_object_set_member (memory, kept[i], json_node_copy (node));
  }
}

/* What must be asked anew on every try. */
static void
forget_try (RpTrip *trip)
{
  static const char *const forgotten[] = {"known", "looked", "missing", "stage"};

  for (guint i = 0; i < G_N_ELEMENTS (forgotten); i++)
    json_object_remove_member (trip->delivery->memory, forgotten[i]);
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
  if (delivery->action != RP_ACTION_WITHDRAW)
    delivery->action = is_live (trip->receipt) ? RP_ACTION_UPDATE : RP_ACTION_CREATE;
}

static gboolean
load_trip (RpTrip *trip, GError **error)
{
  RpSender *sender = trip->sender;
  RpDelivery *delivery = trip->delivery;
  g_autoptr (RpArticle) current = NULL; /* a removal is for the licence that there is now */
  const char *licence_id;

  trip->partner = rp_store_get_partner (sender->store, delivery->partner_id, error);
  if (trip->partner == NULL)
    return FALSE;
  trip->connector = rp_connector_find (rp_partner_get_connector (trip->partner), error);
  if (trip->connector == NULL)
    return FALSE;
  trip->receipt =
    rp_store_get_receipt (sender->store, delivery->article_id, delivery->partner_id, NULL);
  trip->article = rp_article_from_json (delivery->payload);
  if (rp_removal_is_planned (delivery))
    current = rp_store_get_article (sender->store, delivery->article_id, NULL);
  licence_id = rp_article_get (current != NULL ? current : trip->article, RP_ARTICLE_LICENCE_ID);
  if (licence_id != NULL)
    g_set_object (&trip->licence, rp_licence_book_lookup (sender->book, licence_id));
  choose_action (trip);
  inherit_memory (trip);
  forget_try (trip);

  return TRUE;
}

static void
make_exchange (RpTrip *trip)
{
  RpExchange *exchange = rp_exchange_new ();

  exchange->article = trip->article;
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
}

static void
settle (RpTrip *trip, const GError *failure)
{
  RpSender *sender = trip->sender;
  g_autoptr (GError) error = NULL;

  rp_fault_point ("before settling");
  if (!rp_trip_settle (trip, failure, &error))
    g_warning ("A delivery could not be settled: %s", error->message);
  rp_fault_point ("after settling");
  tell (sender, trip->delivery->article_id);
  g_ptr_array_remove (sender->trips, trip);
}

/* A removal that is not due any more has been written already. */
static void
end_early (RpTrip *trip, const GError *failure)
{
  RpSender *sender = trip->sender;

  if (failure != NULL) {
    settle (trip, failure);
    return;
  }
  tell (sender, trip->delivery->article_id);
  g_ptr_array_remove (sender->trips, trip);
}

/* ---- the loop ---- */

static void
start_trip (RpSender *sender, RpDelivery *delivery)
{
  RpTrip *trip = g_new0 (RpTrip, 1);
  g_autoptr (GError) error = NULL;
  gboolean due = TRUE;

  trip->sender = sender;
  trip->store = sender->store;
  trip->delivery = delivery;
  g_ptr_array_add (sender->trips, trip);
  tell (sender, delivery->article_id);
  if (!load_trip (trip, &error)) {
    settle (trip, error);
    return;
  }
  if (!rp_removal_check (trip, &due, &error) || !due) {
    end_early (trip, error);
    return;
  }
  make_exchange (trip);
  if (!rp_trip_judge_again (trip, sender->book, &error)) {
    settle (trip, error);
    return;
  }
  rp_courier_carry_async (sender->courier, trip->connector, trip->exchange, FALSE, NULL, carried_cb,
                          trip);
}

static void
carried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpTrip *trip = user_data;
  RpSender *sender = trip->sender;
  g_autoptr (GError) error = NULL;

  if (rp_courier_carry_finish (RP_COURIER (source), result, &error))
    settle (trip, NULL);
  else
    settle (trip, error);
  claim_what_is_due (sender);
}

static GStrv
list_busy_partners (RpSender *sender)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < sender->trips->len; i++)
    g_strv_builder_add (builder,
                        ((RpTrip *) g_ptr_array_index (sender->trips, i))->delivery->partner_id);

  return g_strv_builder_end (builder);
}

static gboolean
alarm_cb (gpointer user_data)
{
  RpSender *sender = user_data;

  g_clear_pointer (&sender->alarm, g_source_unref);
  claim_what_is_due (sender);

  return G_SOURCE_REMOVE;
}

static void
set_alarm (RpSender *sender)
{
  gint64 next = 0, now = rp_time_now ();
  gint64 seconds;

  if (sender->alarm != NULL) {
    g_source_destroy (sender->alarm);
    g_clear_pointer (&sender->alarm, g_source_unref);
  }
  if (!rp_store_next_due (sender->store, &next, NULL))
    return;
  seconds = next == 0 ? LONGEST_SLEEP_SECONDS
                      : CLAMP ((next - now) / G_TIME_SPAN_SECOND + 1, 1, LONGEST_SLEEP_SECONDS);
  sender->alarm = g_timeout_source_new_seconds ((guint) seconds);
  g_source_set_callback (sender->alarm, alarm_cb, sender, NULL);
  g_source_attach (sender->alarm, sender->context);
}

static void
answer_waiting (RpSender *sender)
{
  if (sender->trips->len > 0)
    return;
  for (guint i = 0; i < sender->waiting->len; i++)
    g_task_return_boolean (g_ptr_array_index (sender->waiting, i), TRUE);
  g_ptr_array_set_size (sender->waiting, 0);
  if (sender->closing)
    g_main_loop_quit (sender->loop);
}

static void
claim_what_is_due (RpSender *sender)
{
  reload_licences (sender);
  while (!sender->closing && sender->trips->len < MAX_AT_ONCE) {
    g_auto (GStrv) busy = list_busy_partners (sender);
    g_autoptr (GError) error = NULL;
    RpDelivery *delivery = rp_store_claim_delivery (
      sender->store, sender->owner, (const char *const *) busy, rp_time_now (), &error);

    if (error != NULL)
      g_warning ("The outbox could not be read: %s", error->message);
    if (delivery == NULL)
      break;
    start_trip (sender, delivery);
  }
  set_alarm (sender);
  answer_waiting (sender);
}

static gboolean
wake_cb (gpointer user_data)
{
  claim_what_is_due (user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
open_everything (RpSender *sender)
{
  g_autoptr (GError) error = NULL;

  sender->store = rp_store_open (sender->uri, &error);
  sender->http = rp_http_new ();
  sender->courier = rp_courier_new (sender->http, &courier_log);
  sender->book = rp_licence_book_new ();
  if (sender->store != NULL && rp_resources_load_licences (sender->book, &error) &&
      rp_resources_trust (sender->http, &error))
    return TRUE;
  g_warning ("The sender could not start: %s", error->message);

  return FALSE;
}

static gpointer
run (gpointer user_data)
{
  RpSender *sender = user_data;

  g_main_context_push_thread_default (sender->context);
  if (open_everything (sender)) {
    claim_what_is_due (sender);
    g_main_loop_run (sender->loop);
  }
  if (sender->alarm != NULL)
    g_source_destroy (sender->alarm);
  g_clear_pointer (&sender->alarm, g_source_unref);
  g_clear_object (&sender->courier);
  g_clear_object (&sender->http);
  g_clear_object (&sender->book);
  g_clear_pointer (&sender->store, rp_store_close);
  g_main_context_pop_thread_default (sender->context);

  return NULL;
}

RpSender *
rp_sender_new (const char *uri, RpSecrets *secrets, RpSenderNotify notify, gpointer user_data)
{
  RpSender *sender = g_new0 (RpSender, 1);

  sender->uri = g_strdup (uri);
  sender->owner = rp_store_dup_owner ();
  sender->secrets = g_object_ref (secrets);
  sender->listener = g_atomic_rc_box_new0 (Listener);
  sender->listener->notify = notify;
  sender->listener->user_data = user_data;
  sender->home = g_main_context_ref_thread_default ();
  sender->context = g_main_context_new ();
  sender->loop = g_main_loop_new (sender->context, FALSE);
  sender->trips = g_ptr_array_new_with_free_func (trip_free);
  sender->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  sender->thread = g_thread_new ("reprint-sender", run, sender);

  return sender;
}

void
rp_sender_wake (RpSender *sender)
{
  g_main_context_invoke (sender->context, wake_cb, sender);
}

static gboolean
close_cb (gpointer user_data)
{
  RpSender *sender = user_data;

  sender->closing = TRUE;
  answer_waiting (sender);

  return G_SOURCE_REMOVE;
}

void
rp_sender_free (RpSender *sender)
{
  g_main_context_invoke (sender->context, close_cb, sender);
  g_thread_join (sender->thread);
  sender->listener->notify = NULL;
  g_atomic_rc_box_release (sender->listener);
  g_ptr_array_unref (sender->trips);
  g_ptr_array_unref (sender->waiting);
  g_main_loop_unref (sender->loop);
  g_main_context_unref (sender->context);
  g_main_context_unref (sender->home);
  g_object_unref (sender->secrets);
  g_free (sender->owner);
  g_free (sender->uri);
  g_free (sender);
}

typedef struct {
  RpSender *sender;
  GTask *task;
} Waiter;

static gboolean
add_waiter_cb (gpointer user_data)
{
  Waiter *waiter = user_data;

  g_ptr_array_add (waiter->sender->waiting, waiter->task);
  claim_what_is_due (waiter->sender);

  return G_SOURCE_REMOVE;
}

void
rp_sender_when_idle_async (RpSender *sender,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->sender = sender;
  waiter->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (waiter->task, rp_sender_when_idle_async);
  g_main_context_invoke_full (sender->context, G_PRIORITY_DEFAULT, add_waiter_cb, waiter, g_free);
}

gboolean
rp_sender_when_idle_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
