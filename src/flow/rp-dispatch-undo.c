/* Publishing that is taken back before anything has left. */
#include "rp-dispatch.h"

#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-store-deliveries.h"
#include "rp-store-events.h"
#include "rp-time.h"
#include "rp-work.h"

typedef struct {
  char *article_id; /* owned */
  GStrv ids;        /* owned */
  GStrv left;       /* owned: the result */
} UndoJob;

static void
undo_job_free (gpointer data)
{
  UndoJob *job = data;

  g_free (job->article_id);
  g_strfreev (job->ids);
  g_strfreev (job->left);
  g_free (job);
}

static gboolean
note_undone (RpStore *store, UndoJob *job, gboolean whole, GError **error)
{
  gint64 now = rp_time_now ();

  return rp_store_add_event (store, job->article_id, "queued",
                             whole ? _ ("Publishing was undone; nothing had been sent.")
                                   : _ ("Publishing was undone where nothing had been sent yet."),
                             NULL, NULL, now, error) &&
         rp_article_state_settle (store, job->article_id, now, error);
}

static gboolean
undo_all (RpStore *store, gpointer data, GError **error)
{
  UndoJob *job = data;
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();
  guint n = 0, n_left;

  for (; job->ids[n] != NULL; n++) {
    gboolean taken;

    if (!rp_store_take_back_delivery (store, job->ids[n], &taken, error))
      return FALSE;
    if (!taken)
      g_strv_builder_add (left, job->ids[n]);
  }
  g_clear_pointer (&job->left, g_strfreev);
  job->left = g_strv_builder_end (left);
  n_left = g_strv_length (job->left);

  return n_left == n || note_undone (store, job, n_left == 0, error);
}

static gpointer
run_undo (RpStore *store, gpointer data, GError **error)
{
  UndoJob *job = data;

  return rp_store_transaction (store, undo_all, job, error) ? g_steal_pointer (&job->left) : NULL;
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RpWorkspace *workspace = RP_WORKSPACE (source);
  GError *error = NULL;
  GStrv left = rp_workspace_run_finish (workspace, result, &error);

  if (left == NULL) {
    g_task_return_error (task, error);
    return;
  }
  rp_workspace_wake_sender (workspace);
  rp_workspace_note_article (workspace, g_task_get_task_data (task));
  rp_workspace_note_outbox (workspace);
  g_task_return_pointer (task, left, (GDestroyNotify) g_strfreev);
}

void
rp_dispatch_undo_async (RpWorkspace *workspace,
                        const char *article_id,
                        const char *const *delivery_ids,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, user_data);
  UndoJob *job = g_new0 (UndoJob, 1);

  g_task_set_source_tag (task, rp_dispatch_undo_async);
  g_task_set_task_data (task, g_strdup (article_id), g_free);
  job->article_id = g_strdup (article_id);
  job->ids = g_strdupv ((char **) delivery_ids);
  rp_workspace_run_async (workspace, run_undo, job, undo_job_free, (GDestroyNotify) g_strfreev,
                          cancellable, undone_cb, task);
}

GStrv
rp_dispatch_undo_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
