#include "rp-watch.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-store-sources.h"
#include "rp-time.h"
#include "rp-visit.h"
#include "rp-watch-private.h"
#include "rp-work.h"

#define TICK_SECONDS 20
#define ANSWER_LASTS G_TIME_SPAN_MINUTE

G_DEFINE_FINAL_TYPE (RpWatch, rp_watch, G_TYPE_OBJECT)

enum {
  VISITS_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void look_around (RpWatch *self);
static void visited_cb (GObject *source, GAsyncResult *result, gpointer user_data);

void
rp_watch_report_free (RpWatchReport *report)
{
  g_clear_object (&report->source);
  g_ptr_array_unref (report->rows);
  g_free (report);
}

/* ---- the list ---- */

static gpointer
list_sources (RpStore *store, gpointer data, GError **error)
{
  return rp_store_list_sources (store, error);
}

/* What is the same keeps its place, so that a list on the screen keeps its rows. */
static void
take_list (RpWatch *self, GPtrArray *fresh)
{
  GListModel *model = G_LIST_MODEL (self->sources);
  guint before = g_list_model_get_n_items (model);
  guint same = 0;

  while (same < before && same < fresh->len) {
    g_autoptr (RpSubscription) known = g_list_model_get_item (model, same);
    RpSubscription *source = g_ptr_array_index (fresh, same);

    if (g_strcmp0 (known->id, source->id) != 0)
      break;
    if (!rp_subscription_equal (known, source))
      g_list_store_splice (self->sources, same, 1, (gpointer *) &source, 1);
    same++;
  }
  if (same < before || same < fresh->len)
    g_list_store_splice (self->sources, same, before - same, fresh->pdata + same,
                         fresh->len - same);
  self->loaded = TRUE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) list = rp_workspace_run_finish (RP_WORKSPACE (source), result, &error);

  if (list == NULL) {
    g_task_return_error (task, error);
    return;
  }
  take_list (g_task_get_source_object (task), list);
  g_task_return_boolean (task, TRUE);
}

void
rp_watch_load_async (RpWatch *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, rp_watch_load_async);
  rp_workspace_run_async (self->workspace, list_sources, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, loaded_cb, task);
}

gboolean
rp_watch_load_finish (RpWatch *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

GListModel *
rp_watch_get_sources (RpWatch *self)
{
  return G_LIST_MODEL (self->sources);
}

static gboolean
is_named (RpSubscription *source, const char *name)
{
  return g_str_equal (source->id, name) || g_str_equal (source->url, name) ||
         g_strcmp0 (source->site_url, name) == 0 || g_ascii_strcasecmp (source->title, name) == 0;
}

RpSubscription *
rp_watch_find (RpWatch *self, const char *name, GError **error)
{
  GListModel *model = G_LIST_MODEL (self->sources);
  RpSubscription *found = NULL;
  guint fits = 0;

  if (!self->loaded) {
    g_autoptr (GPtrArray) list = rp_workspace_run (self->workspace, list_sources, NULL, error);

    if (list == NULL)
      return NULL;
    take_list (self, list);
  }
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (RpSubscription) source = g_list_model_get_item (model, i);

    if (is_named (source, name))
      return source; /* the model holds it */
    if (strlen (name) >= 4 && g_str_has_prefix (source->id, name)) {
      found = source;
      fits++;
    }
  }
  if (fits == 1)
    return found;
  g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND,
               fits > 1 ? _ ("“%s” fits several sources; give more of its id")
                        : _ ("There is no source “%s”; “reprintctl source list” shows them"),
               name);

  return NULL;
}

void
rp_watch_show (RpWatch *self, RpSubscription *source)
{
  GListModel *model = G_LIST_MODEL (self->sources);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (RpSubscription) known = g_list_model_get_item (model, i);

    if (!g_str_equal (known->id, source->id))
      continue;
    if (g_strcmp0 (known->title, source->title) != 0)
      break;
    if (!rp_subscription_equal (known, source))
      g_list_store_splice (self->sources, i, 1, (gpointer *) &source, 1);
    return;
  }
  rp_watch_load_async (self, NULL, NULL); /* it is new, or has another place now */
}

/* ---- visiting ---- */

typedef struct {
  GPtrArray *reports; /* owned, of RpWatchReport */
  guint open;         /* visits on their way */
  GError *failure;    /* owned: the library could not be written */
} Round;

static void
round_free (gpointer data)
{
  Round *round = data;

  g_ptr_array_unref (round->reports);
  g_clear_error (&round->failure);
  g_free (round);
}

static gboolean
may_visit (RpWatch *self, RpSubscription *source, RpWatchWish wish, gint64 now)
{
  if (g_hash_table_contains (self->visiting, source->id) || source->wait_until > now)
    return FALSE;
  switch (wish) {
  case RP_WATCH_DUE:
    return !source->paused && source->next_poll <= now;
  case RP_WATCH_OPEN:
    return !source->paused && source->fresh_until <= now;
  case RP_WATCH_NOW:
  default:
    return TRUE;
  }
}

/* A wish that a server does not grant is answered at once. */
static void
report_refusal (Round *round, RpSubscription *source)
{
  RpWatchReport *report = g_new0 (RpWatchReport, 1);

  report->source = g_object_ref (source);
  report->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_intake_result_free);
  report->failed = TRUE;
  g_ptr_array_add (round->reports, report);
}

typedef struct {
  GTask *task; /* owned */
  char *id;    /* owned */
} Errand;

static void
visit (RpWatch *self, GTask *task, RpSubscription *source, RpWatchWish wish)
{
  Round *round = g_task_get_task_data (task);
  Errand *errand = g_new0 (Errand, 1);
  g_autofree gpointer key = NULL; /* the table's own copy */
  gpointer taken = NULL;

  errand->task = g_object_ref (task);
  errand->id = g_strdup (source->id);
  round->open++;
  g_hash_table_add (self->visiting, g_strdup (source->id));
  if (g_hash_table_steal_extended (self->answers, source->id, &key, &taken) &&
      rp_time_now () - source->created > ANSWER_LASTS)
    g_clear_pointer ((RpResponse **) &taken, rp_response_free);
  rp_visit_async (self->workspace, self->polite, source, taken, wish == RP_WATCH_DUE,
                  g_task_get_cancellable (task), visited_cb, errand);
}

static void
finish_round (GTask *task)
{
  Round *round = g_task_get_task_data (task);

  if (round->failure != NULL)
    g_task_return_error (task, g_steal_pointer (&round->failure));
  else
    g_task_return_pointer (task, g_ptr_array_ref (round->reports),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void
start_round (GTask *task, const char *const *ids, RpWatchWish wish)
{
  RpWatch *self = g_task_get_source_object (task);
  Round *round = g_task_get_task_data (task);
  GListModel *model = G_LIST_MODEL (self->sources);
  gint64 now = rp_time_now ();

  round->open++; /* our own, so that it does not end before all have begun */
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (RpSubscription) source = g_list_model_get_item (model, i);

    if (ids != NULL && !g_strv_contains (ids, source->id))
      continue;
    if (may_visit (self, source, wish, now))
      visit (self, task, source, wish);
    else if (wish == RP_WATCH_NOW && source->wait_until > now)
      report_refusal (round, source);
  }
  g_signal_emit (self, signals[VISITS_CHANGED], 0);
  if (--round->open == 0)
    finish_round (task);
}

typedef struct {
  GTask *task; /* owned */
  GStrv ids;   /* owned, NULL = all */
  RpWatchWish wish;
} Start;

static void
list_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Start *start = user_data;
  g_autoptr (GTask) task = start->task;
  GError *error = NULL;

  if (rp_watch_load_finish (RP_WATCH (source), result, &error))
    start_round (task, (const char *const *) start->ids, start->wish);
  else
    g_task_return_error (task, error);
  g_strfreev (start->ids);
  g_free (start);
}

void
rp_watch_poll_async (RpWatch *self,
                     const char *const *ids,
                     RpWatchWish wish,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Start *start = g_new0 (Start, 1);
  Round *round = g_new0 (Round, 1);

  g_return_if_fail (RP_IS_WATCH (self));

  round->reports = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_watch_report_free);
  start->task = g_task_new (self, cancellable, callback, user_data);
  start->ids = g_strdupv ((char **) ids);
  start->wish = wish;
  g_task_set_source_tag (start->task, rp_watch_poll_async);
  g_task_set_task_data (start->task, round, round_free);
  rp_watch_load_async (self, list_ready_cb, start);
}

static void
take_report (RpWatch *self, Round *round, RpVisitReport *visited)
{
  RpWatchReport *report = g_new0 (RpWatchReport, 1);

  report->source = g_object_ref (visited->source);
  report->rows = g_ptr_array_ref (visited->rows);
  report->failed = visited->failed;
  g_ptr_array_add (round->reports, report);
  rp_watch_show (self, visited->source);
  rp_visit_report_free (visited);
}

static void
visited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GTask) task = errand->task;
  RpWatch *self = g_task_get_source_object (task);
  Round *round = g_task_get_task_data (task);
  GError *error = NULL;
  RpVisitReport *report = rp_visit_finish (result, &error);

  g_hash_table_remove (self->visiting, errand->id);
  g_free (errand->id);
  g_free (errand);
  if (report != NULL)
    take_report (self, round, report);
  else if (error != NULL && round->failure == NULL)
    round->failure = g_steal_pointer (&error);
  g_clear_error (&error);
  g_signal_emit (self, signals[VISITS_CHANGED], 0);
  if (--round->open == 0)
    finish_round (task);
}

GPtrArray *
rp_watch_poll_finish (RpWatch *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
rp_watch_is_visiting (RpWatch *self, const char *id)
{
  return g_hash_table_contains (self->visiting, id);
}

/* ---- by itself ---- */

static void
looked_around_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports = rp_watch_poll_finish (RP_WATCH (source), result, &error);

  if (reports == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The sources could not be read: %s", error->message);
}

static gboolean
is_any_due (RpWatch *self)
{
  GListModel *model = G_LIST_MODEL (self->sources);
  gint64 now = rp_time_now ();

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (RpSubscription) source = g_list_model_get_item (model, i);

    if (may_visit (self, source, RP_WATCH_DUE, now))
      return TRUE;
  }

  return FALSE;
}

static void
look_around (RpWatch *self)
{
  if (self->automatic && g_network_monitor_get_network_available (self->network) &&
      is_any_due (self))
    rp_watch_poll_async (self, NULL, RP_WATCH_DUE, self->cancellable, looked_around_cb, NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  look_around (user_data);

  return G_SOURCE_CONTINUE;
}

static void
network_changed_cb (RpWatch *self)
{
  look_around (self);
}

static void
first_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  if (rp_watch_load_finish (RP_WATCH (source), result, NULL))
    look_around (RP_WATCH (source));
}

void
rp_watch_set_automatic (RpWatch *self, gboolean automatic)
{
  if (self->automatic == automatic)
    return;
  self->automatic = automatic;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!automatic)
    return;
  self->timer = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
  rp_watch_load_async (self, first_loaded_cb, NULL);
}

/* ---- the object ---- */

static void
rp_watch_dispose (GObject *object)
{
  rp_watch_stop (RP_WATCH (object));
  G_OBJECT_CLASS (rp_watch_parent_class)->dispose (object);
}

static void
rp_watch_finalize (GObject *object)
{
  RpWatch *self = RP_WATCH (object);

  g_clear_object (&self->sources);
  g_clear_object (&self->polite);
  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->visiting);
  g_hash_table_unref (self->answers);
  G_OBJECT_CLASS (rp_watch_parent_class)->finalize (object);
}

static void
rp_watch_class_init (RpWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rp_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_watch_finalize;
  signals[VISITS_CHANGED] = g_signal_new ("visits-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rp_watch_init (RpWatch *self)
{
  self->sources = g_list_store_new (RP_TYPE_SUBSCRIPTION);
  self->cancellable = g_cancellable_new ();
  self->visiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->answers =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rp_response_free);
  self->network = g_network_monitor_get_default ();
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

RpWatch *
rp_watch_new (RpWorkspace *workspace)
{
  RpWatch *self = g_object_new (RP_TYPE_WATCH, NULL);
  const char *pause = g_getenv ("REPRINT_HOST_PAUSE");

  self->workspace = workspace;
  self->polite = rp_polite_new (rp_workspace_get_http (workspace));
  if (pause != NULL)
    rp_polite_set_pause (self->polite, (guint) g_ascii_strtoull (pause, NULL, 10));

  return self;
}

void
rp_watch_stop (RpWatch *self)
{
  rp_watch_set_automatic (self, FALSE);
  g_cancellable_cancel (self->cancellable);
  if (self->polite != NULL)
    rp_polite_stop (self->polite);
}

RpWatch *
rp_watch_get (RpWorkspace *workspace)
{
  return rp_workspace_get_watch (workspace);
}
