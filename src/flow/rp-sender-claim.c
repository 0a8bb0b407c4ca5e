/* What is due is claimed: beside other senders, by any number of machines; and when nothing is, the
 * sender sleeps until something will be. */
#include "rp-sender-private.h"

#include "rp-connector.h"
#include "rp-store-claims.h"
#include "rp-store-licences.h"
#include "rp-store-partners.h"
#include "rp-time.h"

#define CLAIMED_AT_ONCE 12 /* so that some are got ready while others wait for their answers */
#define LONGEST_SLEEP (30 * G_TIME_SPAN_SECOND)
#define LONGEST_PAUSE 30 /* seconds */
#define CHECKS_AT_ONCE 4
#define CHECK_LEASE (10 * G_TIME_SPAN_MINUTE)
#define LOOK_AROUND (2 * G_TIME_SPAN_SECOND)
#define SHORTEST_WAIT 10 /* milliseconds, until another sender has claimed */
#define LONGEST_WAIT 40
#define REST_SECONDS 30 /* how long a site may be at work on the request of a program that died */
#define PATIENCE G_TIME_SPAN_MINUTE /* of whoever waits for an outbox that cannot be read */

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

/* ---- waiting ---- */

guint
rp_sender_get_pause (guint rounds)
{
  return MIN (1u << MIN (rounds, 5u), LONGEST_PAUSE);
}

/* Whether it goes on sleeping: nobody has changed anything, and its time has not come. */
static gboolean
is_asleep (RpSender *sender)
{
  RpDbNews news;

  return sender->asleep_until > rp_time_steady () &&
         rp_store_get_news (sender->store, &news, NULL) && news.changes == sender->changes;
}

static void sleep_more (RpSender *sender);

static gboolean
alarm_cb (gpointer user_data)
{
  RpSender *sender = user_data;

  if (is_asleep (sender)) {
    sleep_more (sender);
    return G_SOURCE_REMOVE;
  }
  g_clear_pointer (&sender->alarm, g_source_unref);
  if (!sender->helped)
    g_clear_pointer (&sender->helper, rp_sender_free);
  rp_sender_want_claim (sender);

  return G_SOURCE_REMOVE;
}

static void
clear_alarm (RpSender *sender)
{
  if (sender->alarm != NULL)
    g_source_destroy (sender->alarm);
  g_clear_pointer (&sender->alarm, g_source_unref);
}

/* Takes the source. */
static void
set_alarm (RpSender *sender, GSource *source)
{
  clear_alarm (sender);
  sender->alarm = source;
  g_source_set_callback (sender->alarm, alarm_cb, sender, NULL);
  g_source_attach (sender->alarm, sender->context);
}

/* Looks every second for what others have queued, and is awake to the moment. */
static void
sleep_more (RpSender *sender)
{
  gint64 left = MAX (sender->asleep_until - rp_time_steady (), 0);

  set_alarm (sender, left >= 2 * G_TIME_SPAN_SECOND
                       ? g_timeout_source_new_seconds (1)
                       : g_timeout_source_new (
                           (guint) (MIN (left, G_TIME_SPAN_SECOND) / G_TIME_SPAN_MILLISECOND) + 1));
}

/* Until there is something to do. What is due but cannot leave yet, because something older must go
 * first, is not asked for every second. */
static gint64
find_sleep (RpSender *sender)
{
  gint64 next = 0, check = 0, now = rp_store_get_time (sender->store);

  if (!rp_store_next_due (sender->store, &next, NULL) ||
      !rp_store_next_check (sender->store, &check, NULL))
    return rp_sender_get_pause (sender->bad_claims++) * G_TIME_SPAN_SECOND;
  if (next == 0 || (check != 0 && check < next))
    next = check;
  if (next == 0)
    return LONGEST_SLEEP;
  if (next <= now)
    return rp_sender_get_pause (sender->idle_rounds) * G_TIME_SPAN_SECOND;

  return MIN (next - now, LONGEST_SLEEP);
}

/* What others queue meanwhile is noticed within a second. */
static void
fall_asleep (RpSender *sender)
{
  RpDbNews news;
  gint64 sleep;

  sender->listens = rp_store_get_news (sender->store, &news, NULL);
  if (sender->listens)
    sender->changes = news.changes;
  sleep = find_sleep (sender);
  if (sender->listens) {
    sender->asleep_until = rp_time_steady () + sleep;
    sleep_more (sender);
  } else {
    set_alarm (sender, g_timeout_source_new ((guint) (sleep / G_TIME_SPAN_MILLISECOND) + 1));
  }
}

/* While there is enough to do, what others do is not worth being told. */
static void
stop_listening (RpSender *sender)
{
  if (sender->listens)
    rp_db_ignore_news (rp_store_get_db (sender->store));
  sender->listens = FALSE;
}

/* A helper is asked; but what it has been kept from by another sender it tries again by itself.
 * While something is on its way, its end claims what is next, and only a slow partner needs more.
 */
static void
sleep_on (RpSender *sender, gboolean full)
{
  clear_alarm (sender);
  sender->asleep_until = 0;
  if (sender->bad != NULL)
    set_alarm (sender, g_timeout_source_new_seconds (rp_sender_get_pause (sender->bad_claims++)));
  else if (sender->elsewhere > 0 && !full)
    set_alarm (sender,
               g_timeout_source_new ((guint) g_random_int_range (SHORTEST_WAIT, LONGEST_WAIT)));
  else if (sender->trips->len > 0)
    set_alarm (sender, g_timeout_source_new_seconds (1));
  else if (!sender->helps)
    fall_asleep (sender);
}

void
rp_sender_note_bad (RpSender *sender, const GError *error)
{
  if (sender->bad == NULL)
    sender->bad_since = rp_time_steady ();
  g_clear_error (&sender->bad);
  sender->bad = g_error_copy (error);
}

static void
note_good (RpSender *sender)
{
  g_clear_error (&sender->bad);
  sender->bad_claims = 0;
  sender->claims++;
}

static gboolean
is_busy (RpSender *sender)
{
  return sender->trips->len > 0 || sender->claiming || sender->helped ||
         (sender->checker != NULL && rp_checker_count_running (sender->checker) > 0);
}

/* What another sender is claiming at this moment may be ours in the next. */
static gboolean
may_go_on (RpSender *sender)
{
  if (sender->closing)
    return FALSE;
  if (sender->bad != NULL)
    return rp_time_steady () - sender->bad_since < PATIENCE;

  return sender->elsewhere > 0;
}

void
rp_sender_answer_waiting (RpSender *sender)
{
  if (is_busy (sender) || may_go_on (sender))
    return;
  for (guint i = 0; i < sender->waiting->len; i++) {
    GTask *task = g_ptr_array_index (sender->waiting, i);

    if (sender->bad != NULL && !sender->closing)
      g_task_return_error (task, g_error_copy (sender->bad));
    else
      g_task_return_boolean (task, TRUE);
  }
  g_ptr_array_set_size (sender->waiting, 0);
  if (sender->closing)
    g_main_loop_quit (sender->loop);
}

/* ---- a second pair of hands ---- */

static void
helped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpSender *sender = user_data;

  rp_sender_when_idle_finish (result, NULL);
  sender->helped = FALSE;
  rp_sender_want_claim (sender);
}

/* A sender that finds more than it can take has another one beside it until nothing is left, with a
 * thread and a connection of its own; the claims keep them apart as they do two programs. */
static void
ask_for_help (RpSender *sender)
{
  if (sender->helps || sender->helped || sender->closing || sender->at_once < RP_SENDER_MOST)
    return;
  if (sender->helper == NULL)
    sender->helper = rp_sender_new_helper (sender);
  sender->helped = TRUE;
  rp_sender_when_idle_async (sender->helper, NULL, helped_cb, sender);
}

/* ---- claims ---- */

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

/* Whoever has heard nothing of the end of a claim may have more than it knows. */
static gboolean
drop_unknown (RpSender *sender, GError **error)
{
  g_autoptr (GHashTable) held = NULL;

  if (sender->bad == NULL)
    return TRUE;
  held = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < sender->trips->len; i++)
    g_hash_table_add (held, ((RpTrip *) sender->trips->pdata[i])->delivery->id);

  return rp_store_drop_claims (sender->store, sender->owner, held, error);
}

static gboolean
is_time_to_look_around (RpSender *sender)
{
  gint64 now = rp_time_steady ();

  if (sender->trips->len > 0 && now - sender->looked_around < LOOK_AROUND)
    return FALSE;
  sender->looked_around = now;

  return TRUE;
}

static guint
get_room (RpSender *sender)
{
  return MIN (sender->at_once - MIN (sender->trips->len, sender->at_once), CLAIMED_AT_ONCE);
}

/* Looked for at once, an article that arrives a moment later would be sent a second time. */
static gint64
get_rest (void)
{
  const char *text = g_getenv ("REPRINT_REST");
  guint64 seconds = REST_SECONDS;

  if (text != NULL)
    g_ascii_string_to_unsigned (text, 10, 0, 3600, &seconds, NULL);

  return (gint64) seconds * G_TIME_SPAN_SECOND;
}

static gboolean
claim (RpStore *store, gpointer user_data, GError **error)
{
  RpSender *sender = user_data;
  RpStoreClaim wish = {
    .owner = sender->owner,
    .now = rp_store_get_time (store),
    .room = get_room (sender),
    .get_limit = get_limit,
    .user_data = sender,
    .out_elsewhere = &sender->elsewhere,
  };

  sender->elsewhere = 0;
  if (sender->closing || wish.room == 0)
    return TRUE;
  if (!drop_unknown (sender, error))
    return FALSE;
  wish.others_too = is_time_to_look_around (sender);
  wish.rest_until = wish.now + get_rest ();
  sender->claimed = (sender->duties & RP_SENDER_DELIVER) != 0
                      ? rp_store_claim_deliveries (store, &wish, error)
                      : g_ptr_array_new ();

  return sender->claimed != NULL && claim_checks (sender, error);
}

static void
start_all (RpSender *sender, GPtrArray *claimed, GPtrArray *checks)
{
  if ((claimed != NULL && claimed->len > 0) || (checks != NULL && checks->len > 0))
    reload_licences (sender);
  for (guint i = 0; claimed != NULL && i < claimed->len; i++)
    rp_sender_start_trip (sender, g_object_ref (claimed->pdata[i]));
  for (guint i = 0; checks != NULL && i < checks->len; i++)
    rp_checker_start (sender->checker, checks->pdata[i]);
}

static void
claimed_cb (gpointer user_data, const GError *error)
{
  RpSender *sender = user_data;
  g_autoptr (GPtrArray) claimed = g_steal_pointer (&sender->claimed);
  g_autoptr (GPtrArray) checks = g_steal_pointer (&sender->checks);
  gboolean full = get_room (sender) == 0;
  gboolean some = error == NULL && claimed != NULL && claimed->len > 0;

  sender->claiming = FALSE;
  if (error != NULL && sender->bad == NULL)
    g_warning ("The outbox could not be read: %s", error->message);
  if (error != NULL) {
    rp_sender_note_bad (sender, error);
  } else {
    note_good (sender);
    start_all (sender, claimed, checks);
  }
  if (some)
    stop_listening (sender);
  sender->idle_rounds = some ? 0 : sender->idle_rounds + 1;
  if (some && claimed->len == CLAIMED_AT_ONCE) {
    ask_for_help (sender);
    rp_sender_want_claim (sender);
  } else if (sender->idle_again) {
    rp_sender_want_claim (sender);
  }
  sender->idle_again = FALSE;
  sleep_on (sender, full || some);
  rp_sender_answer_waiting (sender);
}

void
rp_sender_want_claim (RpSender *sender)
{
  if (sender->group == NULL) { /* it could not start: nothing leaves */
    rp_sender_answer_waiting (sender);
    return;
  }
  if (sender->claiming)
    return;
  sender->claiming = TRUE;
  rp_group_add (sender->group, RP_GROUP_LAST, claim, claimed_cb, sender);
}
