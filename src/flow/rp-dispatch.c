#include "rp-dispatch.h"

#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-clearance.h"
#include "rp-connector.h"
#include "rp-fault.h"
#include "rp-json.h"
#include "rp-store-articles.h"
#include "rp-store-deliveries.h"
#include "rp-store-events.h"
#include "rp-store-receipts.h"
#include "rp-time.h"
#include "rp-work.h"

void
rp_queued_free (RpQueued *queued)
{
  g_free (queued->article_id);
  g_free (queued->partner_id);
  g_clear_object (&queued->delivery);
  g_clear_object (&queued->decision);
  g_free (queued->message);
  g_free (queued);
}

/* ---- queueing ---- */

typedef struct {
  char *article_id;  /* owned */
  GStrv partner_ids; /* owned, NULL = all that apply */
  char *status;      /* owned, NULL = the partner's setting */
  gint64 publish_at;
  gint64 grace;        /* what leaves at once waits so long */
  char *reason;        /* owned: of a withdrawal */
  GPtrArray *partners; /* owned copies */
  RpLicence *licence;  /* owned, NULL = unknown */
  GPtrArray *others;   /* owned: other licences that fit, may be NULL */
  GPtrArray *queued;   /* owned, of RpQueued: the result */
} QueueJob;

static void
queue_job_free (gpointer data)
{
  QueueJob *job = data;

  g_free (job->article_id);
  g_strfreev (job->partner_ids);
  g_free (job->status);
  g_free (job->reason);
  g_clear_pointer (&job->others, g_ptr_array_unref);
  g_clear_pointer (&job->partners, g_ptr_array_unref);
  g_clear_object (&job->licence);
  g_clear_pointer (&job->queued, g_ptr_array_unref);
  g_free (job);
}

static QueueJob *
queue_job_new (RpWorkspace *workspace, const char *article_id, const char *const *partner_ids)
{
  QueueJob *job = g_new0 (QueueJob, 1);

  job->article_id = g_strdup (article_id);
  job->partner_ids = g_strdupv ((char **) partner_ids);
  job->partners = rp_workspace_copy_partners (workspace);
  job->queued = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_queued_free);

  return job;
}

static RpPartner *
find_partner (QueueJob *job, const char *id)
{
  for (guint i = 0; i < job->partners->len; i++) {
    RpPartner *partner = g_ptr_array_index (job->partners, i);

    if (g_strcmp0 (rp_partner_get_id (partner), id) == 0)
      return partner;
  }

  return NULL;
}

/* The same for an article and a partner on any machine and after any loss: what we look for there.
 */
static char *
dup_marker (const char *article_id, const char *partner_id)
{
  g_autofree char *pair = g_strconcat (article_id, "/", partner_id, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, pair, -1);

  return g_strdup_printf ("%.8s-%.4s-8%.3s-a%.3s-%.12s", hash, hash + 8, hash + 12, hash + 15,
                          hash + 18);
}

static gboolean
next_version (RpStore *store,
              const char *article_id,
              const char *partner_id,
              char **out,
              GError **error)
{
  gint64 count;

  if (!rp_db_get_int (rp_store_get_db (store), &count, error,
                      "SELECT count (*) FROM deliveries WHERE article_id = $1 AND partner_id = $2",
                      "ss", article_id, partner_id))
    return FALSE;
  *out = g_strdup_printf ("%" G_GINT64_FORMAT, count + 1);

  return TRUE;
}

static RpQueued *
add_queued (QueueJob *job, const char *partner_id)
{
  RpQueued *queued = g_new0 (RpQueued, 1);

  queued->article_id = g_strdup (job->article_id);
  queued->partner_id = g_strdup (partner_id);
  g_ptr_array_add (job->queued, queued);

  return queued;
}

static gboolean
can_schedule (RpPartner *partner)
{
  const RpConnector *connector =
    partner != NULL ? rp_connector_find (rp_partner_get_connector (partner), NULL) : NULL;

  return connector != NULL && (connector->flags & RP_CONNECTOR_SCHEDULES) != 0;
}

/* An update of what the partner is still to show must not make it show it now. */
static gboolean
keep_schedule (RpStore *store, RpDelivery *delivery, GError **error)
{
  gint64 live_at = 0;

  if (delivery->action != RP_ACTION_UPDATE)
    return TRUE;
  if (!rp_db_get_int (rp_store_get_db (store), &live_at, error,
                      "SELECT coalesce (max (d.live_at), 0) FROM deliveries AS d JOIN receipts AS r"
                      " ON r.article_id = d.article_id AND r.partner_id = d.partner_id"
                      " WHERE d.article_id = $1 AND d.partner_id = $2 AND r.state = 'scheduled'"
                      " AND d.settled = r.changed",
                      "ss", delivery->article_id, delivery->partner_id))
    return FALSE;
  if (live_at <= delivery->created)
    return TRUE;
  delivery->live_at = live_at;
  g_free (delivery->status);
  delivery->status = g_strdup ("schedule");

  return TRUE;
}

static void
choose_status (QueueJob *job, RpPartner *partner, RpDelivery *delivery)
{
  gboolean later = g_strcmp0 (job->status, "schedule") == 0;
  const char *status = later ? NULL : job->status;

  if (later && can_schedule (partner) && job->publish_at > delivery->created) {
    delivery->live_at = job->publish_at;
    delivery->publish_at = 0;
    status = "schedule";
  } else if (status == NULL && partner != NULL) {
    status = rp_partner_get_setting (partner, "status");
  }
  if (status == NULL)
    return;
  g_free (delivery->status);
  delivery->status = g_strdup (status);
}

static gboolean
queue_one (RpStore *store,
           QueueJob *job,
           RpArticle *article,
           RpQueued *queued,
           RpDeliveryAction action,
           GError **error)
{
  RpDelivery *delivery = rp_delivery_new (job->article_id, queued->partner_id, action);
  RpPartner *partner = find_partner (job, queued->partner_id);
  g_autoptr (JsonObject) payload = rp_article_to_json (article);

  queued->delivery = delivery;
  delivery->created = rp_time_now ();
  delivery->publish_at = job->publish_at;
  if (job->grace > 0 && job->publish_at == 0)
    delivery->next_due = delivery->created + job->grace;
  delivery->payload = rp_json_object_to_text (payload, FALSE);
  delivery->headline = g_strdup (rp_article_get (article, RP_ARTICLE_HEADLINE));
  delivery->partner_name =
    g_strdup (partner != NULL ? rp_partner_get_name (partner) : queued->partner_id);
  delivery->marker = dup_marker (job->article_id, queued->partner_id);
  choose_status (job, partner, delivery);

  if (job->status == NULL && !keep_schedule (store, delivery, error))
    return FALSE;

  return next_version (store, job->article_id, queued->partner_id, &delivery->version, error) &&
         rp_store_queue_delivery (store, delivery, error);
}

static gboolean
judge_one (RpStore *store,
           QueueJob *job,
           RpArticle *article,
           RpPartner *partner,
           RpQueued *queued,
           GError **error)
{
  RpJudgement judgement = {
    .article = article,
    .licence = job->licence,
    .partner = partner,
    .others = job->others,
    .publish_at = job->publish_at,
    .now = rp_time_now (),
  };
  const RpFinding *obstacle;

  queued->decision = rp_article_state_judge (store, &judgement, error);
  if (queued->decision == NULL)
    return FALSE;
  obstacle = rp_article_state_get_obstacle (queued->decision);
  queued->message = obstacle != NULL ? g_strdup (obstacle->message) : NULL;

  return TRUE;
}

static gboolean
publish_to (RpStore *store,
            QueueJob *job,
            RpArticle *article,
            const char *partner_id,
            GError **error)
{
  RpPartner *partner = find_partner (job, partner_id);
  RpQueued *queued = add_queued (job, partner_id);
  g_autoptr (GError) local = NULL;
  g_autoptr (RpReceipt) receipt = rp_store_get_receipt (store, job->article_id, partner_id, &local);
  gboolean there = receipt != NULL && g_strcmp0 (receipt->state, "withdrawn") != 0;

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (partner == NULL) {
    queued->message = g_strdup_printf (_ ("There is no partner “%s”"), partner_id);
    return TRUE;
  }
  if (!judge_one (store, job, article, partner, queued, error))
    return FALSE;
  if (queued->message != NULL)
    return TRUE;

  return queue_one (store, job, article, queued, there ? RP_ACTION_UPDATE : RP_ACTION_CREATE,
                    error);
}

static gboolean
publish_all (RpStore *store, gpointer data, GError **error)
{
  QueueJob *job = data;
  g_autoptr (RpArticle) article = rp_store_get_article (store, job->article_id, error);
  gboolean any = FALSE;

  if (article == NULL)
    return FALSE;
  for (guint i = 0; job->partner_ids != NULL && job->partner_ids[i] != NULL; i++)
    if (!publish_to (store, job, article, job->partner_ids[i], error))
      return FALSE;
  for (guint i = 0; i < job->queued->len; i++)
    any = any || ((RpQueued *) g_ptr_array_index (job->queued, i))->delivery != NULL;
  if (!any)
    return TRUE;

  return rp_store_add_event (store, job->article_id, "queued",
                             job->publish_at > rp_time_now () ? _ ("Scheduled for its partners.")
                                                              : _ ("Handed to the outbox."),
                             NULL, NULL, rp_time_now (), error) &&
         rp_article_state_settle (store, job->article_id, rp_time_now (), error);
}

static gpointer
run_publish (RpStore *store, gpointer data, GError **error)
{
  QueueJob *job = data;

  rp_fault_point ("before publish");
  if (!rp_store_transaction (store, publish_all, job, error))
    return NULL;
  rp_fault_point ("after publish");

  return g_ptr_array_ref (job->queued);
}

/* The licence is looked up on the main thread, where the book lives; which one it is, is in the
 * library. */
static gpointer
read_article (RpStore *store, gpointer data, GError **error)
{
  return rp_store_get_article (store, data, error);
}

static void
note_held (RpWorkspace *workspace, GPtrArray *queued)
{
  for (guint i = 0; i < queued->len; i++) {
    const RpQueued *one = queued->pdata[i];

    if (one->delivery != NULL && rp_delivery_is_held (one->delivery, rp_time_now ()))
      rp_workspace_note_held (workspace);
  }
}

static void
published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RpWorkspace *workspace = RP_WORKSPACE (source);
  GError *error = NULL;
  GPtrArray *queued = rp_workspace_run_finish (workspace, result, &error);

  if (queued == NULL) {
    g_task_return_error (task, error);
    return;
  }
  rp_workspace_wake_sender (workspace);
  note_held (workspace, queued);
  if (queued->len > 0)
    rp_workspace_note_article (workspace, ((RpQueued *) g_ptr_array_index (queued, 0))->article_id);
  rp_workspace_note_outbox (workspace);
  g_task_return_pointer (task, queued, (GDestroyNotify) g_ptr_array_unref);
}

static void
article_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RpWorkspace *workspace = RP_WORKSPACE (source);
  GError *error = NULL;
  g_autoptr (RpArticle) article = rp_workspace_run_finish (workspace, result, &error);
  QueueJob *job = g_task_get_task_data (task);

  if (article == NULL) {
    g_task_return_error (task, error);
    return;
  }
  g_set_object (&job->licence, rp_clearance_get_licence (workspace, article));
  job->others = rp_article_state_list_others (rp_workspace_get_book (workspace), article);
  rp_workspace_run_async (workspace, run_publish, job, NULL, (GDestroyNotify) g_ptr_array_unref,
                          g_task_get_cancellable (task), published_cb, g_object_ref (task));
}

void
rp_dispatch_publish_async (RpWorkspace *workspace,
                           const char *article_id,
                           const char *const *partner_ids,
                           const RpPublishOptions *options,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, user_data);
  QueueJob *job = queue_job_new (workspace, article_id, partner_ids);

  g_task_set_source_tag (task, rp_dispatch_publish_async);
  job->grace = rp_workspace_get_grace (workspace);
  if (options != NULL) {
    job->status = g_strdup (options->status);
    job->publish_at = options->publish_at;
  }
  g_task_set_task_data (task, job, queue_job_free);
  rp_workspace_run_async (workspace, read_article, g_strdup (article_id), g_free, g_object_unref,
                          cancellable, article_read_cb, task);
}

GPtrArray *
rp_dispatch_publish_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- withdrawing ---- */

/* A delivery that has not left yet is cancelled, what the partner has is taken down. */
static gboolean
withdraw_from (RpStore *store,
               QueueJob *job,
               RpArticle *article,
               const char *partner_id,
               GError **error)
{
  RpQueued *queued = add_queued (job, partner_id);

  if (!rp_db_exec (rp_store_get_db (store), error, NULL,
                   "UPDATE deliveries SET state = 'cancelled', settled = $3, fence = fence + 1"
                   " WHERE article_id = $1 AND partner_id = $2 AND settled = 0 AND owner IS NULL"
                   " AND (tries = 0 OR action <> 'create') AND action <> 'remove-copy'",
                   "ssi", job->article_id, partner_id, rp_time_now ()))
    return FALSE;

  return queue_one (store, job, article, queued, RP_ACTION_WITHDRAW, error);
}

static gboolean
is_wanted (QueueJob *job, const char *partner_id)
{
  return job->partner_ids == NULL ||
         g_strv_contains ((const char *const *) job->partner_ids, partner_id);
}

/* Who shows the article, or is to, of those that are wanted: a set of ids. Gives. */
static GHashTable *
list_shown (RpStore *store, QueueJob *job, GError **error)
{
  g_autoptr (GHashTable) partners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT partner_id FROM receipts WHERE article_id = $1 AND state <> 'withdrawn'"
                 " UNION SELECT partner_id FROM deliveries WHERE article_id = $1 AND settled = 0"
                 " AND action IN ('create', 'update')",
                 "s", job->article_id);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    if (is_wanted (job, rp_db_text (rows, 0)))
      g_hash_table_add (partners, g_strdup (rp_db_text (rows, 0)));
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&partners);
}

static gboolean
withdraw_all (RpStore *store, gpointer data, GError **error)
{
  QueueJob *job = data;
  g_autoptr (RpArticle) article = rp_store_get_article (store, job->article_id, error);
  g_autoptr (GHashTable) partners = article != NULL ? list_shown (store, job, error) : NULL;
  g_autofree char *words = NULL;
  GHashTableIter iter;
  gpointer id;

  if (partners == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, partners);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!withdraw_from (store, job, article, id, error))
      return FALSE;
  if (g_hash_table_size (partners) == 0)
    return TRUE;
  words = job->reason != NULL ? g_strdup_printf (_ ("Withdrawal ordered: %s"), job->reason)
                              : g_strdup (_ ("Withdrawal ordered."));

  return rp_store_add_event (store, job->article_id, "queued", words, NULL, NULL, rp_time_now (),
                             error);
}

static gpointer
run_withdraw (RpStore *store, gpointer data, GError **error)
{
  QueueJob *job = data;

  rp_fault_point ("before withdraw");
  if (!rp_store_transaction (store, withdraw_all, job, error))
    return NULL;
  rp_fault_point ("after withdraw");

  return g_ptr_array_ref (job->queued);
}

void
rp_dispatch_withdraw_async (RpWorkspace *workspace,
                            const char *article_id,
                            const char *const *partner_ids,
                            const char *reason,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, user_data);
  QueueJob *job = queue_job_new (workspace, article_id, partner_ids);

  g_task_set_source_tag (task, rp_dispatch_withdraw_async);
  job->reason = g_strdup (reason);
  g_task_set_task_data (task, job, queue_job_free);
  rp_workspace_run_async (workspace, run_withdraw, job, NULL, (GDestroyNotify) g_ptr_array_unref,
                          cancellable, published_cb, task);
}

GPtrArray *
rp_dispatch_withdraw_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
