#include "rp-notices.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#include "rp-application.h"
#include "rp-article-row.h"
#include "rp-dispatch.h"
#include "rp-fanout.h"
#include "rp-lookup.h"
#include "rp-may.h"
#include "rp-notice-words.h"
#include "rp-time.h"

#define SETTLE_MILLISECONDS 500 /* many changes at once are one */
#define MOST_TROUBLES 100

struct _RpNotices {
  GtkApplication *application;
  RpWorkspace *workspace;
  GCancellable *cancellable; /* owned */
  guint pending;             /* source id */
  gboolean looking;
  gboolean again;    /* something has changed since the look began */
  gboolean baseline; /* what there was at first is known */

  GHashTable *open;     /* owned: delivery id -> article id, of the last look */
  GHashTable *arrived;  /* owned: delivery id -> article id: not open any more, not counted yet */
  GPtrArray *to_count;  /* owned, of char *: articles none of whose deliveries is open */
  RpArrivals arrivals;  /* of this look */
  GHashTable *troubles; /* owned: article id -> RpTrouble, NULL while nothing is to be told */
  GPtrArray *to_judge;  /* owned, of char *: articles that have come to need a person */
  gboolean news[RP_N_CONCERNS];
};

static void look_soon (RpNotices *notices);
static void count_next (RpNotices *notices);
static void judge_next (RpNotices *notices);

/* ---- telling ---- */

static gboolean
is_wanted (const char *key)
{
  GSettings *settings = rp_application_get_settings ();

  return settings == NULL || g_settings_get_boolean (settings, key);
}

/* Dialogs count as well, and they are not the application's. */
static gboolean
is_away (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (gtk_window_is_active (window))
      return FALSE;
  }

  return TRUE;
}

static void
send (RpNotices *notices, const char *id, const char *key, GNotification *notification) /* taken */
{
  g_autoptr (GNotification) taken = notification;

  if (is_away () && is_wanted (key))
    g_application_send_notification (G_APPLICATION (notices->application), id, taken);
}

static GPtrArray *
list_troubles (RpNotices *notices, RpNoticeConcern concern)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer trouble;

  g_hash_table_iter_init (&iter, notices->troubles);
  while (g_hash_table_iter_next (&iter, NULL, &trouble))
    if (trouble != NULL && rp_trouble_get_concern (trouble) == concern)
      g_ptr_array_add (list, trouble);

  return list;
}

static void
tell_troubles (RpNotices *notices)
{
  static const char *const ids[RP_N_CONCERNS] = {"trouble", "source"};

  for (guint concern = 0; concern < RP_N_CONCERNS; concern++) {
    g_autoptr (GPtrArray) list = list_troubles (notices, concern);

    if (list->len == 0)
      g_application_withdraw_notification (G_APPLICATION (notices->application), ids[concern]);
    else if (notices->news[concern])
      send (notices, ids[concern], "notify-trouble", rp_notice_new_for_troubles (list));
    notices->news[concern] = FALSE;
  }
}

/* Seen is seen. */
static void
window_cb (RpNotices *notices)
{
  if (!is_away ())
    g_application_withdraw_notification (G_APPLICATION (notices->application), "published");
}

static void
finish (RpNotices *notices)
{
  notices->looking = FALSE;
  notices->baseline = TRUE;
  tell_troubles (notices);
  if (notices->arrivals.articles > 0)
    send (notices, "published", "notify-done", rp_notice_new_for_arrivals (&notices->arrivals));
  rp_arrivals_clear (&notices->arrivals);
  if (notices->again)
    look_soon (notices);
}

/* A look that failed is made again after the next change. */
static gboolean
has_failed (RpNotices *notices, GPtrArray *list, const GError *error)
{
  if (list != NULL)
    return FALSE;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_message ("What needs a person is not known: %s", error->message);
    notices->looking = FALSE;
  }

  return TRUE;
}

/* ---- what needs a person ---- */

static void
keep_trouble (RpNotices *notices, RpTrouble *trouble) /* taken, may be NULL */
{
  const char *id = notices->to_judge->pdata[notices->to_judge->len - 1];

  if (trouble != NULL)
    notices->news[rp_trouble_get_concern (trouble)] = TRUE;
  g_hash_table_replace (notices->troubles, g_strdup (id), trouble);
  g_ptr_array_set_size (notices->to_judge, (int) notices->to_judge->len - 1);
  judge_next (notices);
}

static void
standings_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpNotices *notices = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deliveries =
    rp_dispatch_list_finish (RP_WORKSPACE (source), result, &error);

  if (!has_failed (notices, deliveries, error))
    keep_trouble (notices, rp_trouble_new_for_deliveries (deliveries));
}

static void
proposed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpNotices *notices = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = rp_fanout_list_finish (RP_WORKSPACE (source), result, &error);

  if (has_failed (notices, found, error))
    return;
  if (found->len > 0 && rp_may_do (notices->workspace, "win.withdraw"))
    keep_trouble (notices, rp_trouble_new_for_proposals (found, notices->workspace));
  else
    rp_dispatch_list_async (notices->workspace,
                            notices->to_judge->pdata[notices->to_judge->len - 1], FALSE,
                            notices->cancellable, standings_cb, notices);
}

static void
judge_next (RpNotices *notices)
{
  if (notices->to_judge->len == 0)
    finish (notices);
  else
    rp_fanout_list_async (notices->workspace, notices->to_judge->pdata[notices->to_judge->len - 1],
                          notices->cancellable, proposed_cb, notices);
}

static gboolean
is_not_among_cb (gpointer id, gpointer trouble, gpointer rows)
{
  for (guint i = 0; i < ((GPtrArray *) rows)->len; i++)
    if (g_strcmp0 (rp_article_row_get_id (((GPtrArray *) rows)->pdata[i]), id) == 0)
      return FALSE;

  return TRUE;
}

static void
attention_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpNotices *notices = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rp_lookup_finish (RP_WORKSPACE (source), result, &error);

  if (has_failed (notices, rows, error))
    return;
  g_hash_table_foreach_remove (notices->troubles, is_not_among_cb, rows);
  for (guint i = 0; i < rows->len; i++) {
    const char *id = rp_article_row_get_id (rows->pdata[i]);

    if (g_hash_table_contains (notices->troubles, id))
      continue;
    if (notices->baseline)
      g_ptr_array_add (notices->to_judge, g_strdup (id));
    else
      g_hash_table_insert (notices->troubles, g_strdup (id), NULL);
  }
  judge_next (notices);
}

/* ---- what has arrived ---- */

static gboolean
is_of_cb (gpointer id, gpointer article, gpointer wanted)
{
  return g_str_equal (article, wanted);
}

/* What was undone is not in the outbox any more. */
static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpNotices *notices = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deliveries =
    rp_dispatch_list_finish (RP_WORKSPACE (source), result, &error);

  if (has_failed (notices, deliveries, error))
    return;
  rp_arrivals_count (&notices->arrivals, deliveries, notices->arrived);
  g_hash_table_foreach_remove (notices->arrived, is_of_cb,
                               notices->to_count->pdata[notices->to_count->len - 1]);
  g_ptr_array_set_size (notices->to_count, (int) notices->to_count->len - 1);
  count_next (notices);
}

static void
count_next (RpNotices *notices)
{
  if (notices->to_count->len > 0)
    rp_dispatch_list_async (notices->workspace,
                            notices->to_count->pdata[notices->to_count->len - 1], FALSE,
                            notices->cancellable, counted_cb, notices);
  else
    rp_lookup_search_async (notices->workspace, "state:" RP_STATE_ATTENTION, MOST_TROUBLES,
                            notices->cancellable, attention_cb, notices);
}

/* An article has arrived when nothing of it is on its way any more; what is planned is not. */
static void
plan_counting (RpNotices *notices, GHashTable *under_way)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer article;

  g_hash_table_iter_init (&iter, notices->arrived);
  while (g_hash_table_iter_next (&iter, NULL, &article))
    if (!g_hash_table_contains (under_way, article) && g_hash_table_add (seen, article))
      g_ptr_array_add (notices->to_count, g_strdup (article));
}

static void
note_open (RpNotices *notices, GPtrArray *deliveries)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&notices->open);
  g_autoptr (GHashTable) under_way = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 now = rp_time_now ();
  GHashTableIter iter;
  gpointer id, article;

  notices->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < deliveries->len; i++) {
    RpDelivery *delivery = deliveries->pdata[i];

    g_hash_table_insert (notices->open, g_strdup (delivery->id), g_strdup (delivery->article_id));
    if (delivery->publish_at <= now)
      g_hash_table_add (under_way, delivery->article_id);
  }
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &id, &article))
    if (!g_hash_table_contains (notices->open, id))
      g_hash_table_insert (notices->arrived, g_strdup (id), g_strdup (article));
  plan_counting (notices, under_way);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpNotices *notices = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deliveries =
    rp_dispatch_list_finish (RP_WORKSPACE (source), result, &error);

  if (has_failed (notices, deliveries, error))
    return;
  note_open (notices, deliveries);
  count_next (notices);
}

static void
look (RpNotices *notices)
{
  notices->looking = TRUE;
  notices->again = FALSE;
  g_ptr_array_set_size (notices->to_count, 0);
  g_ptr_array_set_size (notices->to_judge, 0);
  rp_dispatch_list_async (notices->workspace, NULL, TRUE, notices->cancellable, listed_cb, notices);
}

static gboolean
settled_cb (gpointer user_data)
{
  RpNotices *notices = user_data;

  notices->pending = 0;
  if (!notices->looking && notices->again)
    look (notices);

  return G_SOURCE_REMOVE;
}

/* At once, so that nothing is open and gone between two looks; then again when it is calm. */
static void
look_soon (RpNotices *notices)
{
  notices->again = TRUE;
  if (notices->pending != 0 || notices->looking)
    return;
  notices->pending = g_timeout_add (SETTLE_MILLISECONDS, settled_cb, notices);
  look (notices);
}

RpNotices *
rp_notices_new (GApplication *application, RpWorkspace *workspace)
{
  RpNotices *notices = g_new0 (RpNotices, 1);

  notices->application = GTK_APPLICATION (application);
  notices->workspace = workspace;
  notices->cancellable = g_cancellable_new ();
  notices->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  notices->arrived = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  notices->to_count = g_ptr_array_new_with_free_func (g_free);
  notices->troubles =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rp_trouble_free);
  notices->to_judge = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_swapped (workspace, "outbox-changed", G_CALLBACK (look_soon), notices);
  g_signal_connect_swapped (workspace, "articles-changed", G_CALLBACK (look_soon), notices);
  g_signal_connect_swapped (application, "notify::active-window", G_CALLBACK (window_cb), notices);
  look (notices);

  return notices;
}

void
rp_notices_free (RpNotices *notices)
{
  g_cancellable_cancel (notices->cancellable);
  g_clear_handle_id (&notices->pending, g_source_remove);
  g_signal_handlers_disconnect_by_data (notices->workspace, notices);
  g_signal_handlers_disconnect_by_data (notices->application, notices);
  g_hash_table_unref (notices->open);
  g_hash_table_unref (notices->arrived);
  g_hash_table_unref (notices->troubles);
  g_ptr_array_unref (notices->to_count);
  g_ptr_array_unref (notices->to_judge);
  rp_arrivals_clear (&notices->arrivals);
  g_object_unref (notices->cancellable);
  g_free (notices);
}
