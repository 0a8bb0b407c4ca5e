#include "rp-visit.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-intake-fetch.h"
#include "rp-intake-source.h"
#include "rp-poll-plan.h"
#include "rp-store-sources.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-visit-record.h"
#include "rp-work.h"

#define CLAIM (10 * G_TIME_SPAN_MINUTE) /* should the program end, it is tried again then */

typedef struct {
  RpWorkspace *workspace; /* owned */
  RpPolite *polite;       /* owned */
  RpSubscription *source; /* owned, a copy of our own */
  RpResponse *response;   /* owned */
  RpGlance *glance;       /* owned */
  char *body_hash;        /* owned */
  RpVisitRecord *record;  /* owned */
  gboolean failed;
} Visit;

static void claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void ask (GTask *task);
static void answered_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void judge (GTask *task);
static void looked_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void imported_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void write_down (GTask *task);
static void written_cb (GObject *source, GAsyncResult *result, gpointer user_data);

void
rp_visit_report_free (RpVisitReport *report)
{
  g_clear_object (&report->source);
  g_ptr_array_unref (report->rows);
  g_free (report);
}

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  g_clear_pointer (&visit->record, rp_visit_record_free);
  g_clear_pointer (&visit->response, rp_response_free);
  g_clear_pointer (&visit->glance, rp_glance_free);
  g_clear_object (&visit->source);
  g_clear_object (&visit->polite);
  g_clear_object (&visit->workspace);
  g_free (visit->body_hash);
  g_free (visit);
}

static void
begin (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);

  if (visit->response != NULL)
    judge (task);
  else
    ask (task);
}

static gpointer
claim (RpStore *store, gpointer data, GError **error)
{
  Visit *visit = data;
  gint64 now = rp_store_get_time (store);
  gboolean claimed = FALSE;

  if (!rp_store_claim_source (store, visit->source->id, now, now + CLAIM, &claimed, error))
    return NULL;

  return claimed ? RP_WORK_DONE : NULL;
}

void
rp_visit_async (RpWorkspace *workspace,
                RpPolite *polite,
                RpSubscription *source,
                RpResponse *taken,
                gboolean if_due,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Visit *visit = g_new0 (Visit, 1);

  g_task_set_source_tag (task, rp_visit_async);
  g_task_set_task_data (task, visit, visit_free);
  visit->workspace = g_object_ref (workspace);
  visit->polite = g_object_ref (polite);
  visit->source = rp_subscription_copy (source);
  visit->record = rp_visit_record_new (visit->source);
  visit->response = taken;
  if (if_due)
    rp_workspace_run_async (workspace, claim, visit, NULL, NULL, cancellable, claimed_cb, task);
  else
    begin (task);
}

static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (rp_workspace_finish_done (RP_WORKSPACE (source), result, &error)) {
    begin (task);
    return;
  }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, NULL, NULL);
  g_object_unref (task);
}

static void
ask (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);

  rp_polite_send_async (visit->polite, rp_poll_plan_make_request (visit->source),
                        RP_INTAKE_FILE_LIMIT, g_task_get_cancellable (task), answered_cb, task);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  visit->response = rp_polite_send_finish (RP_POLITE (source), result, &error);
  if (visit->response != NULL) {
    judge (task);
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, g_steal_pointer (&error));
    g_object_unref (task);
    return;
  }
  rp_poll_plan_failed (visit->source, error->message, rp_time_now ());
  visit->failed = TRUE;
  write_down (task);
}

/* ---- what was answered ---- */

/* A glance takes as long as the page is; not on the main thread. */
static void
look_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  RpSource *arrived = task_data;

  g_task_return_pointer (task, rp_glance_new (arrived), (GDestroyNotify) rp_glance_free);
}

static void
look (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (GTask) inner = g_task_new (NULL, NULL, looked_cb, task);

  g_task_set_task_data (inner, rp_intake_fetch_take_answer (visit->response),
                        (GDestroyNotify) rp_source_free);
  g_task_run_in_thread (inner, look_in_thread);
}

static gboolean
is_gone (const Visit *visit)
{
  return visit->response->status == 404 || visit->response->status == 410;
}

static void
judge (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);
  gint64 now = rp_time_now ();

  if (visit->response->status == 304) {
    rp_poll_plan_read (visit->source, visit->response, now);
    write_down (task);
    return;
  }
  if (visit->response->status == 200) {
    visit->body_hash = rp_text_sha256 (visit->response->body);
    look (task);
    return;
  }
  rp_poll_plan_refused (visit->source, visit->response, now);
  visit->failed = TRUE;
  if (is_gone (visit) && g_strcmp0 (visit->source->kind, RP_SUBSCRIPTION_DOCUMENT) == 0)
    visit->record->outcome = RP_VISIT_ENDED;
  write_down (task);
}

static void
give_up (GTask *task, const char *message)
{
  Visit *visit = g_task_get_task_data (task);

  rp_poll_plan_unusable (visit->source, message, rp_time_now ());
  visit->failed = TRUE;
  write_down (task);
}

static void
note_read (Visit *visit)
{
  gint64 now = rp_time_now ();
  RpSubscription *source = visit->source;

  source->pace = visit->glance->interval;
  rp_poll_plan_read (source, visit->response, now);
  if (g_strcmp0 (source->body_hash, visit->body_hash) != 0)
    source->changed = now;
  rp_subscription_set (&source->body_hash, visit->body_hash);
  rp_subscription_set (&source->kind, rp_glance_is_feed (visit->glance) ? RP_SUBSCRIPTION_FEED
                                                                        : RP_SUBSCRIPTION_DOCUMENT);
  visit->record->title = g_strdup (visit->glance->title);
  visit->record->site_url = g_strdup (visit->glance->site_url);
}

static void
import (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (RpIntake) intake = rp_intake_new (visit->workspace);
  const char *licence_id = visit->source->licence_id;
  RpLicenceBook *book = rp_workspace_get_book (visit->workspace);

  rp_intake_add_source (intake, rp_intake_fetch_take_answer (visit->response));
  if (licence_id != NULL && rp_licence_book_lookup (book, licence_id) != NULL)
    rp_intake_set_licence (intake, licence_id);
  rp_intake_run_async (intake, g_task_get_cancellable (task), imported_cb, task);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Visit *visit = g_task_get_task_data (task);
  gboolean feed = g_strcmp0 (visit->source->kind, RP_SUBSCRIPTION_FEED) == 0;

  visit->glance = g_task_propagate_pointer (G_TASK (result), NULL);
  if (visit->glance->problem != NULL) {
    give_up (task, visit->glance->problem);
  } else if (feed && rp_glance_is_page (visit->glance)) {
    give_up (task, _ ("A web page came in place of the feed. Open the address in a browser to see "
                      "why; perhaps the feed has moved."));
  } else if (g_strcmp0 (visit->body_hash, visit->source->body_hash) == 0) {
    note_read (visit);
    write_down (task);
  } else if (visit->glance->empty) {
    note_read (visit);
    visit->record->outcome = RP_VISIT_LISTED;
    write_down (task);
  } else {
    import (task);
  }
}

/* ---- what came in ---- */

static void
take_results (Visit *visit, GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++) {
    RpIntakeResult *row = g_ptr_array_index (results, i);

    if (row->article_id != NULL)
      g_ptr_array_add (visit->record->listed, g_strdup (row->article_id));
  }
  for (guint i = results->len; i > 0; i--) {
    RpIntakeResult *row = g_ptr_array_index (results, i - 1);

    if (!g_str_equal (row->status, "duplicate"))
      g_ptr_array_insert (visit->record->rows, 0, g_ptr_array_steal_index (results, i - 1));
  }
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Visit *visit = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) results = rp_intake_run_finish (RP_INTAKE (source), result, &error);
  const RpIntakeResult *first =
    results != NULL && results->len > 0 ? g_ptr_array_index (results, 0) : NULL;

  if (results == NULL || g_task_return_error_if_cancelled (task)) {
    if (results == NULL)
      g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  if (first == NULL || first->article_id == NULL) {
    give_up (task, first != NULL ? first->message : _ ("There is no article in it."));
    return;
  }
  note_read (visit);
  visit->record->outcome = RP_VISIT_LISTED;
  take_results (visit, results);
  write_down (task);
}

/* ---- writing down ---- */

static void
write_down (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);

  rp_workspace_run_async (visit->workspace, rp_visit_record_write, visit->record, NULL, NULL, NULL,
                          written_cb, task);
}

static RpVisitReport *
make_report (Visit *visit)
{
  RpVisitReport *report = g_new0 (RpVisitReport, 1);

  report->source = g_object_ref (visit->source);
  report->rows = g_ptr_array_ref (visit->record->rows);
  report->failed = visit->failed;
  for (guint i = 0; i < report->rows->len; i++) {
    const RpIntakeResult *row = g_ptr_array_index (report->rows, i);

    if (row->article_id != NULL)
      rp_workspace_note_article (visit->workspace, row->article_id);
  }

  return report;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Visit *visit = g_task_get_task_data (task);
  GError *error = NULL;

  if (!rp_workspace_finish_done (RP_WORKSPACE (source), result, &error))
    g_task_return_error (task, error);
  else if (visit->record->removed)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_pointer (task, make_report (visit), (GDestroyNotify) rp_visit_report_free);
}

RpVisitReport *
rp_visit_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
