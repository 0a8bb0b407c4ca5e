#include "rp-sender.h"

#include <glib/gi18n-lib.h>

#include "rp-resources.h"
#include "rp-sender-private.h"
#include "rp-store-blobs.h"
#include "rp-store-claims.h"

#define RENEWAL_SECONDS 30
#define KEPT_AT_HAND (30 * G_TIME_SPAN_DAY)

void
rp_sender_tell (RpSender *sender, const char *article_id, const char *delivery_id)
{
  const RpSenderNews news = {.article_id = article_id, .delivery_id = delivery_id};

  rp_sender_post_tell (sender->post, &news);
}

static void
uploading_cb (const RpRequest *request, goffset sent, goffset size, gpointer user_data)
{
  RpSender *sender = user_data;

  for (guint i = 0; i < sender->trips->len; i++) {
    const RpTrip *trip = sender->trips->pdata[i];
    const RpSenderNews news = {trip->delivery->article_id, trip->delivery->id, sent, size};

    if (trip->exchange != NULL && trip->exchange->request == request)
      rp_sender_post_tell (sender->post, &news);
  }
}

static gboolean
renew_cb (gpointer user_data)
{
  RpSender *sender = user_data;
  g_autoptr (GError) error = NULL;

  if (sender->trips->len > 0 && !rp_store_renew_leases (sender->store, sender->owner,
                                                        rp_store_get_time (sender->store), &error))
    g_warning ("The claims could not be renewed: %s", error->message);

  return G_SOURCE_CONTINUE;
}

static gboolean
wake_cb (gpointer user_data)
{
  rp_sender_want_claim (user_data);

  return G_SOURCE_REMOVE;
}

/* ---- opening ---- */

static gboolean
open_library (RpSender *sender, GError **error)
{
  sender->store = rp_store_open (sender->uri, error);

  if (sender->store == NULL)
    return FALSE;
  if (rp_db_expect_repeats (rp_store_get_db (sender->store), error)) {
    rp_store_forget_fetched (sender->store, g_get_real_time () - KEPT_AT_HAND);
    return TRUE;
  }
  g_clear_pointer (&sender->store, rp_store_close);

  return FALSE;
}

static gboolean
make_tools (RpSender *sender, GError **error)
{
  sender->http = rp_http_new ();
  rp_http_set_progress (sender->http, uploading_cb, sender);
  sender->courier = rp_courier_new (sender->http, rp_sender_record);
  sender->book = rp_licence_book_new ();
  sender->sites = rp_site_facts_new ();
  sender->shelf = rp_ready_shelf_new ();

  return rp_resources_load_licences (sender->book, error) &&
         rp_resources_set_up_http (sender->http, error);
}

static void
checked_cb (const char *article_id, gpointer user_data)
{
  RpSender *sender = user_data;

  rp_sender_tell (sender, article_id, NULL);
  rp_sender_want_claim (sender);
}

static void
start_tools (RpSender *sender)
{
  RpCheckerTools tools = {.store = sender->store,
                          .http = sender->http,
                          .secrets = sender->secrets,
                          .sites = sender->sites,
                          .shelf = sender->shelf,
                          .book = sender->book};

  sender->group = tools.group = rp_group_new (sender->store, sender->context);
  sender->reader = tools.courier = rp_courier_new (sender->http, NULL);
  sender->checker = rp_checker_new (&tools, checked_cb, sender);
}

static gboolean open_again_cb (gpointer user_data);

/* A server may not be there yet, or not any more: then it is tried again, and nothing is lost but
 * time. */
static void
open_everything (RpSender *sender)
{
  g_autoptr (GError) error = NULL;

  if (sender->http == NULL && !make_tools (sender, &error)) {
    g_warning ("The sender could not start: %s", error->message);
    return;
  }
  if (open_library (sender, &error)) {
    g_clear_error (&sender->bad);
    start_tools (sender);
    return;
  }
  if (sender->bad == NULL)
    g_warning ("The sender could not start: %s", error->message);
  rp_sender_note_bad (sender, error);
  sender->opening = g_timeout_source_new_seconds (rp_sender_get_pause (sender->bad_claims++));
  g_source_set_callback (sender->opening, open_again_cb, sender, NULL);
  g_source_attach (sender->opening, sender->context);
}

static gboolean
open_again_cb (gpointer user_data)
{
  RpSender *sender = user_data;

  g_clear_pointer (&sender->opening, g_source_unref);
  open_everything (sender);
  rp_sender_want_claim (sender);

  return G_SOURCE_REMOVE;
}

/* ---- the thread ---- */

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
close_everything (RpSender *sender)
{
  clear_source (&sender->renewal);
  clear_source (&sender->opening);
  g_clear_pointer (&sender->helper, rp_sender_free);
  g_clear_pointer (&sender->group, rp_group_free);
  g_clear_pointer (&sender->checker, rp_checker_free);
  clear_source (&sender->alarm);
  clear_source (&sender->held_again);
  g_clear_object (&sender->courier);
  g_clear_object (&sender->reader);
  g_clear_object (&sender->http);
  g_clear_object (&sender->book);
  g_clear_pointer (&sender->sites, rp_site_facts_free);
  g_clear_pointer (&sender->shelf, rp_ready_shelf_free);
  g_clear_pointer (&sender->store, rp_store_close);
}

static gpointer
run (gpointer user_data)
{
  RpSender *sender = user_data;

  g_main_context_push_thread_default (sender->context);
  open_everything (sender);
  sender->renewal = g_timeout_source_new_seconds (RENEWAL_SECONDS);
  g_source_set_callback (sender->renewal, renew_cb, sender, NULL);
  g_source_attach (sender->renewal, sender->context);
  rp_sender_want_claim (sender);
  g_main_loop_run (sender->loop);
  close_everything (sender);
  g_main_context_pop_thread_default (sender->context);

  return NULL;
}

static void
start_thread (RpSender *sender)
{
  sender->thread = g_thread_new ("reprint-sender", run, sender);
}

static RpSender *
sender_new (const char *uri, RpSecrets *secrets, RpSenderDuties duties, guint at_once)
{
  RpSender *sender = g_new0 (RpSender, 1);

  sender->uri = g_strdup (uri);
  sender->duties = duties;
  sender->at_once = at_once > 0 ? MIN (at_once, RP_SENDER_MOST) : RP_SENDER_MOST;
  sender->owner = rp_store_dup_owner ();
  sender->secrets = g_object_ref (secrets);
  sender->context = g_main_context_new ();
  sender->loop = g_main_loop_new (sender->context, FALSE);
  sender->trips = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_trip_free);
  sender->held = g_ptr_array_new ();
  sender->moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sender->waiting = g_ptr_array_new_with_free_func (g_object_unref);

  return sender;
}

RpSender *
rp_sender_new (const char *uri,
               RpSecrets *secrets,
               RpSenderDuties duties,
               guint at_once,
               RpSenderNotify notify,
               gpointer user_data)
{
  RpSender *sender = sender_new (uri, secrets, duties, at_once);

  sender->post = rp_sender_post_new (notify, user_data);
  start_thread (sender);

  return sender;
}

RpSender *
rp_sender_new_helper (RpSender *sender)
{
  RpSender *helper = sender_new (sender->uri, sender->secrets, RP_SENDER_DELIVER, sender->at_once);

  helper->helps = TRUE;
  helper->post = rp_sender_post_ref (sender->post);
  start_thread (helper);

  return helper;
}

void
rp_sender_wake (RpSender *sender)
{
  g_main_context_invoke (sender->context, wake_cb, sender);
}

typedef struct {
  RpSender *sender;
  char *delivery_id; /* owned */
} Stop;

static void
stop_free (gpointer data)
{
  g_free (((Stop *) data)->delivery_id);
  g_free (data);
}

static gboolean
stop_cb (gpointer user_data)
{
  Stop *stop = user_data;

  for (guint i = 0; i < stop->sender->trips->len; i++) {
    RpTrip *trip = stop->sender->trips->pdata[i];

    if (g_str_equal (trip->delivery->id, stop->delivery_id))
      g_cancellable_cancel (trip->cancellable);
  }
  if (stop->sender->helper != NULL)
    rp_sender_stop_delivery (stop->sender->helper, stop->delivery_id);

  return G_SOURCE_REMOVE;
}

void
rp_sender_stop_delivery (RpSender *sender, const char *delivery_id)
{
  Stop *stop = g_new0 (Stop, 1);

  stop->sender = sender;
  stop->delivery_id = g_strdup (delivery_id);
  g_main_context_invoke_full (sender->context, G_PRIORITY_DEFAULT, stop_cb, stop, stop_free);
}

static void end (RpSender *sender);

static gboolean
close_cb (gpointer user_data)
{
  RpSender *sender = user_data;

  sender->closing = TRUE;
  if (sender->helper != NULL)
    end (sender->helper);
  rp_sender_settle_held (sender);
  rp_sender_answer_waiting (sender);

  return G_SOURCE_REMOVE;
}

static void
end (RpSender *sender)
{
  if (!sender->ended)
    g_main_context_invoke (sender->context, close_cb, sender);
  sender->ended = TRUE;
}

void
rp_sender_free (RpSender *sender)
{
  end (sender);
  g_thread_join (sender->thread);
  if (!sender->helps)
    rp_sender_post_end (sender->post);
  rp_sender_post_unref (sender->post);
  g_ptr_array_unref (sender->held);
  g_ptr_array_unref (sender->trips);
  g_hash_table_unref (sender->moved);
  g_ptr_array_unref (sender->waiting);
  g_main_loop_unref (sender->loop);
  g_main_context_unref (sender->context);
  g_object_unref (sender->secrets);
  g_clear_error (&sender->bad);
  g_free (sender->owner);
  g_free (sender->book_stamp);
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
  rp_sender_want_claim (waiter->sender);

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
