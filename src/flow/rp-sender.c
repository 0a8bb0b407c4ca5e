#include "rp-sender.h"

#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-connector.h"
#include "rp-courier.h"
#include "rp-fault.h"
#include "rp-group.h"
#include "rp-licence-book.h"
#include "rp-removal.h"
#include "rp-resources.h"
#include "rp-sender-check.h"
#include "rp-sender-copy.h"
#include "rp-sender-news.h"
#include "rp-sender-trip.h"
#include "rp-store-claims.h"
#include "rp-store-licences.h"
#include "rp-store-partners.h"
#include "rp-time.h"

#define MAX_AT_ONCE 48
#define CLAIMED_AT_ONCE 12 /* so that some are got ready while others wait for their answers */
#define LONGEST_SLEEP_SECONDS 30
#define RENEWAL_SECONDS 30
#define CHECKS_AT_ONCE 4
#define CHECK_LEASE (10 * G_TIME_SPAN_MINUTE)

struct _RpSender {
  char *uri; /* owned */
  RpSenderDuties duties;
  char *owner;           /* owned */
  RpSecrets *secrets;    /* owned */
  RpSenderPost *post;    /* owned, counted */
  GThread *thread;       /* owned */
  GMainContext *context; /* owned: the sender's own */
  GMainLoop *loop;       /* owned */

  /* only on the sender's thread */
  RpStore *store;      /* owned */
  RpHttp *http;        /* owned */
  RpCourier *courier;  /* owned */
  RpCourier *reader;   /* owned: without a log */
  RpChecker *checker;  /* owned */
  GPtrArray *checks;   /* owned, of RpPlannedCheck: between a claim and its commit */
  RpLicenceBook *book; /* owned */
  RpSiteFacts *sites;  /* owned */
  RpReadyShelf *shelf; /* owned */
  GPtrArray *trips;    /* owned, of RpTrip */
  RpGroup *group;      /* owned */
  char *book_stamp;    /* owned: which state of the book is in `book` */
  GPtrArray *claimed;  /* owned, of RpDelivery: between a claim and its commit */
  GHashTable *moved;   /* owned, of char *: articles whose state the next commit works out */
  gboolean claiming;   /* a claim is waiting for its commit */
  gboolean idle_again; /* while it waited, the last trip has ended */
  guint idle_rounds;   /* claims since one brought something */
  GSource *alarm;      /* owned, NULL = none */
  GSource *renewal;    /* owned */
  GPtrArray *waiting;  /* owned, of GTask: told when idle */
  gboolean closing;
  RpSender *helper; /* owned, NULL = none */
  gboolean helped;  /* it has something to do */

  gboolean helps; /* is itself a helper; never changes */
  gboolean ended; /* has been told to end; only on its maker's thread */
};

static void want_claim (RpSender *sender);

static void
tell (RpSender *sender, const char *article_id, const char *delivery_id)
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

/* The book changes rarely, and is asked before every claim. */
static void
reload_licences (RpSender *sender)
{
  g_autofree char *stamp =
    rp_db_dup_text (rp_store_get_db (sender->store), NULL,
                    "SELECT count (*) || ' ' || coalesce (max (changed), 0) FROM licences", "");
  g_autoptr (GPtrArray) licences = NULL;

  if (stamp != NULL && g_strcmp0 (stamp, sender->book_stamp) == 0)
    return;
  licences = rp_store_list_licences (sender->store, NULL);
  for (guint i = 0; licences != NULL && i < licences->len; i++)
    rp_licence_book_add (sender->book, g_ptr_array_index (licences, i));
  rp_ready_shelf_clear (sender->shelf);
  g_free (sender->book_stamp);
  sender->book_stamp = g_steal_pointer (&stamp);
}

/* ---- the end of a trip ---- */

static void
end_trip (RpTrip *trip)
{
  RpSender *sender = trip->sender;

  tell (sender, trip->delivery->article_id, trip->delivery->id);
  g_ptr_array_remove (sender->trips, trip);
  if (sender->trips->len > 0)
    return;
  sender->idle_again = sender->claiming; /* there is time to look at pages now */
  want_claim (sender);
}

static void
settled_cb (gpointer user_data, const GError *error)
{
  if (error != NULL)
    g_warning ("A delivery could not be settled: %s", error->message);
  rp_fault_point ("after settling");
  end_trip (user_data);
}

static gboolean
settle_states (RpStore *store, gpointer user_data, GError **error)
{
  RpSender *sender = user_data;
  g_autoptr (GHashTable) moved = g_steal_pointer (&sender->moved);
  GHashTableIter iter;
  gpointer id;

  sender->moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, moved);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!rp_article_state_settle (store, id, rp_time_now (), error))
      return FALSE;

  return TRUE;
}

static void
states_settled_cb (gpointer user_data, const GError *error)
{
  if (error != NULL)
    g_warning ("The state of articles could not be written: %s", error->message);
}

/* An article that went to several partners at once is looked at once. */
static void
settle_state (RpSender *sender, const char *article_id)
{
  if (g_hash_table_size (sender->moved) == 0)
    rp_group_add_last (sender->group, settle_states, states_settled_cb, sender);
  g_hash_table_add (sender->moved, g_strdup (article_id));
}

static void
note_site (RpTrip *trip)
{
  if (trip->connector == NULL)
    return;
  if (trip->failure == NULL)
    rp_site_facts_keep (trip->sites, trip->connector, trip->partner, trip->delivery->memory);
  else
    rp_site_facts_forget (trip->sites, trip->partner);
}

/* Takes the failure; NULL = delivered. */
static void
settle (RpTrip *trip, GError *failure)
{
  RpSender *sender = trip->sender;

  rp_fault_point ("before settling");
  trip->failure = failure;
  note_site (trip);
  rp_group_add (sender->group, rp_trip_settle, settled_cb, trip);
  settle_state (sender, trip->delivery->article_id);
  want_claim (sender); /* what is next is claimed in the same commit */
}

/* ---- a trip ---- */

static void
recorded_cb (gpointer user_data, const GError *error)
{
  RpTrip *trip = user_data;

  if (!trip->told)
    tell (trip->sender, trip->delivery->article_id, trip->delivery->id);
  trip->told = TRUE;
  trip->go_on (trip->courier_data, error);
}

/* What the last answer was is written with how it all ended. */
static void
record (RpExchange *exchange, RpCourierNote *note, RpCourierGoOn go_on, gpointer courier_data)
{
  RpTrip *trip = exchange->user_data;
  RpSender *sender = trip->sender;

  g_clear_pointer (&trip->note, rp_courier_note_free);
  trip->note = note;
  trip->go_on = go_on;
  trip->courier_data = courier_data;
  if (note->request != NULL)
    rp_group_add (sender->group, rp_trip_record, recorded_cb, trip);
  else
    go_on (courier_data, NULL);
}

static void
carried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  rp_courier_carry_finish (RP_COURIER (source), result, &error);
  settle (user_data, error);
}

/* TRUE when it is on its way. */
static gboolean
set_out (RpTrip *trip, GError **error)
{
  RpSender *sender = trip->sender;
  gboolean due = TRUE;

  if (!rp_trip_load (trip, sender->book, error) || !rp_copy_check (trip, error) ||
      !rp_removal_check (trip, &due, error))
    return FALSE;
  if (!due) { /* written already */
    end_trip (trip);
    want_claim (sender);
    return TRUE;
  }
  rp_trip_make_exchange (trip);
  if (!rp_trip_judge_again (trip, sender->book, error))
    return FALSE;
  rp_courier_carry_async (sender->courier, trip->connector, trip->exchange, RP_ERRAND_DELIVER,
                          trip->cancellable, carried_cb, trip);

  return TRUE;
}

/* Takes the delivery. */
static void
start_trip (RpSender *sender, RpDelivery *delivery)
{
  RpTrip *trip = g_new0 (RpTrip, 1);
  GError *error = NULL;

  trip->sender = sender;
  trip->store = sender->store;
  trip->secrets = sender->secrets;
  trip->sites = sender->sites;
  trip->shelf = sender->shelf;
  trip->delivery = delivery;
  trip->cancellable = g_cancellable_new ();
  g_ptr_array_add (sender->trips, trip);
  if (!set_out (trip, &error))
    settle (trip, error);
}

/* ---- the loop ---- */

static gboolean
alarm_cb (gpointer user_data)
{
  RpSender *sender = user_data;

  g_clear_pointer (&sender->alarm, g_source_unref);
  if (!sender->helped)
    g_clear_pointer (&sender->helper, rp_sender_free);
  want_claim (sender);

  return G_SOURCE_REMOVE;
}

/* What is due but cannot leave yet, because something older must go first, is not asked for every
 * second. */
static void
set_alarm (RpSender *sender)
{
  gint64 next = 0, check = 0, now = rp_store_get_time (sender->store);
  gint64 seconds;

  if (sender->alarm != NULL) {
    g_source_destroy (sender->alarm);
    g_clear_pointer (&sender->alarm, g_source_unref);
  }
  if (sender->helps) /* is asked */
    return;
  if (!rp_store_next_due (sender->store, &next, NULL) ||
      !rp_store_next_check (sender->store, &check, NULL))
    return;
  if (next == 0 || (check != 0 && check < next))
    next = check;
  seconds = next == 0 ? LONGEST_SLEEP_SECONDS
                      : CLAMP ((next - now) / G_TIME_SPAN_SECOND + 1, 1, LONGEST_SLEEP_SECONDS);
  if (next != 0 && next <= now)
    seconds = MIN (1 << MIN (sender->idle_rounds, 5), LONGEST_SLEEP_SECONDS);
  sender->alarm = g_timeout_source_new_seconds ((guint) seconds);
  g_source_set_callback (sender->alarm, alarm_cb, sender, NULL);
  g_source_attach (sender->alarm, sender->context);
}

static void
answer_waiting (RpSender *sender)
{
  if (sender->trips->len > 0 || sender->claiming || sender->helped ||
      (sender->checker != NULL && rp_checker_count_running (sender->checker) > 0))
    return;
  for (guint i = 0; i < sender->waiting->len; i++)
    g_task_return_boolean (g_ptr_array_index (sender->waiting, i), TRUE);
  g_ptr_array_set_size (sender->waiting, 0);
  if (sender->closing)
    g_main_loop_quit (sender->loop);
}

/* ---- a second pair of hands ---- */

static RpSender *sender_new (const char *uri, RpSecrets *secrets, RpSenderDuties duties);
static void start_thread (RpSender *sender);

static void
helped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpSender *sender = user_data;

  rp_sender_when_idle_finish (result, NULL);
  sender->helped = FALSE;
  want_claim (sender);
}

/* A sender that finds more than it can take has another one beside it until nothing is left, with a
 * thread and a connection of its own; the claims keep them apart as they do two programs. */
static void
ask_for_help (RpSender *sender)
{
  if (sender->helps || sender->helped || sender->closing)
    return;
  if (sender->helper == NULL) {
    sender->helper = sender_new (sender->uri, sender->secrets, RP_SENDER_DELIVER);
    sender->helper->helps = TRUE;
    sender->helper->post = rp_sender_post_ref (sender->post);
    start_thread (sender->helper);
  }
  sender->helped = TRUE;
  rp_sender_when_idle_async (sender->helper, NULL, helped_cb, sender);
}

static guint
get_limit (const char *partner_id, gpointer user_data)
{
  RpSender *sender = user_data;
  g_autofree char *kind = rp_store_dup_connector (sender->store, partner_id);
  const RpConnector *connector = kind != NULL ? rp_connector_find (kind, NULL) : NULL;

  return connector != NULL && connector->at_once > 0 ? connector->at_once : 1;
}

/* Looking comes after sending. */
static gboolean
claim_checks (RpSender *sender, GError **error)
{
  guint running = rp_checker_count_running (sender->checker);

  if ((sender->duties & RP_SENDER_LOOK) == 0 || sender->trips->len > 0 ||
      sender->claimed->len > 0 || running >= CHECKS_AT_ONCE)
    return TRUE;
  sender->checks = rp_store_claim_checks (sender->store, CHECKS_AT_ONCE - running,
                                          rp_store_get_time (sender->store), CHECK_LEASE, error);

  return sender->checks != NULL;
}

static gboolean
claim (RpStore *store, gpointer user_data, GError **error)
{
  RpSender *sender = user_data;
  const RpStoreClaim wish = {
    .owner = sender->owner,
    .now = rp_store_get_time (store),
    .room = MIN (MAX_AT_ONCE - MIN (sender->trips->len, MAX_AT_ONCE), CLAIMED_AT_ONCE),
    .get_limit = get_limit,
    .user_data = sender,
  };

  if (sender->closing || wish.room == 0)
    return TRUE;
  sender->claimed = (sender->duties & RP_SENDER_DELIVER) != 0
                      ? rp_store_claim_deliveries (store, &wish, error)
                      : g_ptr_array_new ();

  return sender->claimed != NULL && claim_checks (sender, error);
}

static void
claimed_cb (gpointer user_data, const GError *error)
{
  RpSender *sender = user_data;
  g_autoptr (GPtrArray) claimed = g_steal_pointer (&sender->claimed);
  g_autoptr (GPtrArray) checks = g_steal_pointer (&sender->checks);

  sender->claiming = FALSE;
  if (error != NULL)
    g_warning ("The outbox could not be read: %s", error->message);
  else if (claimed != NULL && claimed->len > 0) {
    sender->idle_rounds = 0;
    reload_licences (sender);
    for (guint i = 0; i < claimed->len; i++)
      start_trip (sender, g_object_ref (claimed->pdata[i]));
  } else {
    sender->idle_rounds++;
  }
  if (error == NULL && checks != NULL && checks->len > 0)
    reload_licences (sender);
  for (guint i = 0; error == NULL && checks != NULL && i < checks->len; i++)
    rp_checker_start (sender->checker, checks->pdata[i]);
  if (claimed != NULL && claimed->len == CLAIMED_AT_ONCE) {
    ask_for_help (sender);
    want_claim (sender);
  } else if (sender->idle_again) {
    want_claim (sender);
  }
  sender->idle_again = FALSE;
  set_alarm (sender);
  answer_waiting (sender);
}

/* Together with what is being written anyway. */
static void
want_claim (RpSender *sender)
{
  if (sender->group == NULL) { /* it could not start: nothing leaves */
    answer_waiting (sender);
    return;
  }
  if (sender->claiming)
    return;
  sender->claiming = TRUE;
  rp_group_add_last (sender->group, claim, claimed_cb, sender);
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
  want_claim (user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
open_everything (RpSender *sender)
{
  g_autoptr (GError) error = NULL;

  sender->store = rp_store_open (sender->uri, &error);
  sender->http = rp_http_new ();
  rp_http_set_progress (sender->http, uploading_cb, sender);
  sender->courier = rp_courier_new (sender->http, record);
  sender->book = rp_licence_book_new ();
  sender->sites = rp_site_facts_new ();
  sender->shelf = rp_ready_shelf_new ();
  if (sender->store != NULL && rp_resources_load_licences (sender->book, &error) &&
      rp_resources_set_up_http (sender->http, &error))
    return TRUE;
  g_warning ("The sender could not start: %s", error->message);

  return FALSE;
}

static void
checked_cb (const char *article_id, gpointer user_data)
{
  RpSender *sender = user_data;

  tell (sender, article_id, NULL);
  want_claim (sender);
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

static gpointer
run (gpointer user_data)
{
  RpSender *sender = user_data;

  g_main_context_push_thread_default (sender->context);
  if (open_everything (sender))
    start_tools (sender);
  sender->renewal = g_timeout_source_new_seconds (RENEWAL_SECONDS);
  g_source_set_callback (sender->renewal, renew_cb, sender, NULL);
  g_source_attach (sender->renewal, sender->context);
  want_claim (sender);
  g_main_loop_run (sender->loop);
  g_source_destroy (sender->renewal);
  g_clear_pointer (&sender->renewal, g_source_unref);
  g_clear_pointer (&sender->helper, rp_sender_free);
  g_clear_pointer (&sender->group, rp_group_free);
  g_clear_pointer (&sender->checker, rp_checker_free);
  if (sender->alarm != NULL)
    g_source_destroy (sender->alarm);
  g_clear_pointer (&sender->alarm, g_source_unref);
  g_clear_object (&sender->courier);
  g_clear_object (&sender->reader);
  g_clear_object (&sender->http);
  g_clear_object (&sender->book);
  g_clear_pointer (&sender->sites, rp_site_facts_free);
  g_clear_pointer (&sender->shelf, rp_ready_shelf_free);
  g_clear_pointer (&sender->store, rp_store_close);
  g_main_context_pop_thread_default (sender->context);

  return NULL;
}

static void
start_thread (RpSender *sender)
{
  sender->thread = g_thread_new ("reprint-sender", run, sender);
}

static RpSender *
sender_new (const char *uri, RpSecrets *secrets, RpSenderDuties duties)
{
  RpSender *sender = g_new0 (RpSender, 1);

  sender->uri = g_strdup (uri);
  sender->duties = duties;
  sender->owner = rp_store_dup_owner ();
  sender->secrets = g_object_ref (secrets);
  sender->context = g_main_context_new ();
  sender->loop = g_main_loop_new (sender->context, FALSE);
  sender->trips = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_trip_free);
  sender->moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sender->waiting = g_ptr_array_new_with_free_func (g_object_unref);

  return sender;
}

RpSender *
rp_sender_new (const char *uri,
               RpSecrets *secrets,
               RpSenderDuties duties,
               RpSenderNotify notify,
               gpointer user_data)
{
  RpSender *sender = sender_new (uri, secrets, duties);

  sender->post = rp_sender_post_new (notify, user_data);
  start_thread (sender);

  return sender;
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
  answer_waiting (sender);

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
  g_ptr_array_unref (sender->trips);
  g_hash_table_unref (sender->moved);
  g_ptr_array_unref (sender->waiting);
  g_main_loop_unref (sender->loop);
  g_main_context_unref (sender->context);
  g_object_unref (sender->secrets);
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
  want_claim (waiter->sender);

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
