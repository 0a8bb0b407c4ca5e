/* The outbox: what waits in it, what a person does with one delivery there, and a run of it. */
#include "rp-dispatch.h"

#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-error.h"
#include "rp-sender.h"
#include "rp-store-articles.h"
#include "rp-store-deliveries.h"
#include "rp-time.h"
#include "rp-work.h"

#define LISTED 500

/* ---- what is in it ---- */

typedef struct {
  char *article_id;
  gboolean open_only;
} ListJob;

static void
list_job_free (gpointer data)
{
  ListJob *job = data;

  g_free (job->article_id);
  g_free (job);
}

static gpointer
list_deliveries (RpStore *store, gpointer data, GError **error)
{
  ListJob *job = data;

  return rp_store_list_deliveries (store, job->article_id, job->open_only, LISTED, error);
}

void
rp_dispatch_list_async (RpWorkspace *workspace,
                        const char *article_id,
                        gboolean open_only,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  ListJob *job = g_new0 (ListJob, 1);

  job->article_id = g_strdup (article_id);
  job->open_only = open_only;
  rp_workspace_run_async (workspace, list_deliveries, job, list_job_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
rp_dispatch_list_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}

/* 1 = nothing, 2 = something: NULL would be an error. */
static gpointer
count_plans (RpStore *store, gpointer data, GError **error)
{
  gint64 count = 0;

  if (!rp_db_get_int (rp_store_get_db (store), &count, error,
                      "SELECT (SELECT count (*) FROM deliveries WHERE settled = 0"
                      "   AND state <> 'parked') + (SELECT count (*) FROM checks)",
                      ""))
    return NULL;

  return GINT_TO_POINTER (count > 0 ? 2 : 1);
}

void
rp_dispatch_has_plans_async (RpWorkspace *workspace,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  rp_workspace_run_async (workspace, count_plans, NULL, NULL, NULL, cancellable, callback,
                          user_data);
}

gboolean
rp_dispatch_has_plans_finish (RpWorkspace *workspace,
                              GAsyncResult *result,
                              gboolean *out,
                              GError **error)
{
  gpointer counted = rp_workspace_run_finish (workspace, result, error);

  *out = GPOINTER_TO_INT (counted) == 2;

  return counted != NULL;
}

/* ---- trying again, breaking off, cancelling ---- */

/* What the source has cancelled since must not leave as it was queued then. */
static gboolean
was_killed (RpStore *store, const char *delivery_id, GError **error)
{
  g_autoptr (RpDelivery) delivery = rp_store_get_delivery (store, delivery_id, NULL);
  g_autoptr (RpArticle) article = delivery != NULL && !rp_delivery_is_removal (delivery)
                                    ? rp_store_get_article (store, delivery->article_id, NULL)
                                    : NULL;

  if (article == NULL ||
      g_strcmp0 (rp_article_get (article, RP_ARTICLE_PUBSTATUS), "canceled") != 0)
    return FALSE;
  g_set_error_literal (error, RP_ERROR, RP_ERROR_DENIED,
                       _ ("The source has cancelled this article since; it was not sent again. "
                          "Withdraw it where it is shown"));

  return TRUE;
}

/* Whose pages show what has become of it. Gives. */
static char *
dup_article_id (RpStore *store, const char *delivery_id, GError **error)
{
  g_autoptr (RpDelivery) delivery = rp_store_get_delivery (store, delivery_id, error);

  return delivery != NULL ? g_strdup (delivery->article_id) : NULL;
}

static gpointer
retry (RpStore *store, gpointer data, GError **error)
{
  if (was_killed (store, data, error))
    return NULL;

  return rp_store_retry_delivery (store, data, error) ? dup_article_id (store, data, error) : NULL;
}

void
rp_dispatch_retry_async (RpWorkspace *workspace,
                         const char *delivery_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  rp_workspace_run_async (workspace, retry, g_strdup (delivery_id), g_free, g_free, cancellable,
                          callback, user_data);
}

static gboolean
finish_outbox_change (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  g_autofree char *id = rp_workspace_run_finish (workspace, result, error);

  if (id == NULL)
    return FALSE;
  rp_workspace_wake_sender (workspace);
  rp_workspace_note_article (workspace, id);
  rp_workspace_note_outbox (workspace);

  return TRUE;
}

gboolean
rp_dispatch_retry_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return finish_outbox_change (workspace, result, error);
}

void
rp_dispatch_stop (RpWorkspace *workspace, const char *delivery_id)
{
  RpSender *sender = rp_workspace_get_sender (workspace);

  if (sender != NULL)
    rp_sender_stop_delivery (sender, delivery_id);
}

static gboolean
cancel_all (RpStore *store, gpointer data, GError **error)
{
  g_autoptr (RpDelivery) delivery = rp_store_get_delivery (store, data, error);
  gint64 now = rp_time_now ();

  return delivery != NULL && rp_store_cancel_delivery (store, data, now, error) &&
         rp_article_state_settle (store, delivery->article_id, now, error);
}

static gpointer
cancel (RpStore *store, gpointer data, GError **error)
{
  return rp_store_transaction (store, cancel_all, data, error) ? dup_article_id (store, data, error)
                                                               : NULL;
}

void
rp_dispatch_cancel_async (RpWorkspace *workspace,
                          const char *delivery_id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  rp_workspace_run_async (workspace, cancel, g_strdup (delivery_id), g_free, g_free, cancellable,
                          callback, user_data);
}

gboolean
rp_dispatch_cancel_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return finish_outbox_change (workspace, result, error);
}

/* ---- running ---- */

typedef struct {
  RpSender *own; /* owned: a sender for this run only, when the workspace has none */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_pointer (&run->own, rp_sender_free);
  g_free (run);
}

static void
run_idle_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rp_sender_when_idle_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* With the task its sender ends, when it has done what it is at. */
static void
run_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, TRUE);
}

void
rp_dispatch_run_async (RpWorkspace *workspace,
                       gboolean until_empty,
                       guint at_once,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (workspace, NULL, callback, user_data);
  Run *run = g_new0 (Run, 1);
  RpSender *sender = rp_workspace_get_sender (workspace);

  g_task_set_source_tag (task, rp_dispatch_run_async);
  g_task_set_task_data (task, run, run_free);
  if (sender == NULL)
    sender = run->own =
      rp_sender_new (rp_workspace_get_uri (workspace), rp_workspace_get_secrets (workspace),
                     RP_SENDER_DELIVER | RP_SENDER_LOOK, at_once, NULL, NULL);
  if (until_empty)
    rp_sender_when_idle_async (sender, NULL, run_idle_cb, task);
  else
    g_cancellable_connect (cancellable, G_CALLBACK (run_cancelled_cb), task, NULL);
}

gboolean
rp_dispatch_run_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
