#include "rp-fanout.h"

#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-dispatch.h"
#include "rp-json.h"
#include "rp-parted.h"
#include "rp-shelf.h"
#include "rp-store-articles.h"
#include "rp-store-lapses.h"
#include "rp-store-receipts.h"
#include "rp-time.h"
#include "rp-work.h"

#define FOLLOW "follow"

typedef struct {
  char *uri;           /* owned */
  char *article_id;    /* owned, NULL = all */
  RpLicenceBook *book; /* owned: a copy */
  GPtrArray *partners; /* owned, of RpPartner: copies */
  RpStore *store;      /* owned, on the job's thread */
  GPtrArray *found;    /* owned, of RpFanOut */
  gint64 now;
  GCancellable *cancellable;
} Job;

void
rp_fanout_free (RpFanOut *fanout)
{
  g_free (fanout->article_id);
  g_free (fanout->headline);
  g_free (fanout->reason);
  g_ptr_array_unref (fanout->partners);
  g_free (fanout);
}

JsonObject *
rp_fanout_to_json (const RpFanOut *fanout)
{
  JsonObject *object = json_object_new ();
  JsonArray *partners = json_array_new ();

  for (guint i = 0; i < fanout->partners->len; i++)
    json_array_add_string_element (partners, fanout->partners->pdata[i]);
  rp_json_set_string (object, "article", fanout->article_id);
  rp_json_set_string (object, "headline", fanout->headline);
  rp_json_set_string (object, "action", fanout->action == RP_FANOUT_UPDATE ? "update" : "withdraw");
  rp_json_set_string (object, "reason", fanout->reason);
  json_object_set_array_member (object, "partners", partners);

  return object;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->uri);
  g_free (job->article_id);
  g_clear_object (&job->book);
  g_clear_pointer (&job->partners, g_ptr_array_unref);
  g_clear_pointer (&job->found, g_ptr_array_unref);
  g_clear_object (&job->cancellable);
  g_free (job);
}

/* ---- what is to be done ---- */

static RpPartner *
find_partner (Job *job, const char *id)
{
  for (guint i = 0; i < job->partners->len; i++)
    if (g_strcmp0 (rp_partner_get_id (job->partners->pdata[i]), id) == 0)
      return job->partners->pdata[i];

  return NULL;
}

/* Partners for which the same is to be done for the same reason are one proposal. */
static void
propose (Job *job,
         RpArticle *article,
         RpFanOutAction action,
         const char *reason,
         const char *partner_id)
{
  const char *id = rp_article_get (article, RP_ARTICLE_ID);
  RpFanOut *fanout = NULL;

  for (guint i = 0; i < job->found->len && fanout == NULL; i++) {
    RpFanOut *other = job->found->pdata[i];

    if (g_str_equal (other->article_id, id) && other->action == action &&
        g_str_equal (other->reason, reason))
      fanout = other;
  }
  if (fanout == NULL) {
    fanout = g_new0 (RpFanOut, 1);
    fanout->article_id = g_strdup (id);
    fanout->headline = g_strdup (rp_article_get (article, RP_ARTICLE_HEADLINE));
    fanout->action = action;
    fanout->reason = g_strdup (reason);
    fanout->partners = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (job->found, fanout);
  }
  g_ptr_array_add (fanout->partners, g_strdup (partner_id));
}

/* What ends a permission that there was; other rules only say how an article may be published. */
static const char *
find_end (RpDecision *decision)
{
  static const char *const ends[] = {"T103", "O702", "R013", "P201", "P202", "P203", "P204",
                                     "P205", "P206", "P207", "P208", "L801", NULL};
  GPtrArray *findings = rp_decision_get_findings (decision);

  for (guint i = 0; i < findings->len; i++) {
    const RpFinding *finding = findings->pdata[i];

    if (finding->severity == RP_SEVERITY_BLOCK && g_strv_contains (ends, finding->rule))
      return finding->message;
  }

  return NULL;
}

/* What the licence does not allow any more is noted, and forgotten when it does again. */
static gboolean
check_licence (Job *job,
               RpArticle *article,
               const RpReceipt *receipt,
               gboolean *out_lapsed,
               GError **error)
{
  const char *licence_id = rp_article_get (article, RP_ARTICLE_LICENCE_ID);
  RpPartner *partner = find_partner (job, receipt->partner_id);
  g_autoptr (RpDecision) decision = NULL;
  RpJudgement judgement = {
    .article = article,
    .licence = licence_id != NULL ? rp_licence_book_lookup (job->book, licence_id) : NULL,
    .partner = partner,
    .now = job->now,
  };
  const char *end;

  *out_lapsed = FALSE;
  if (partner == NULL || judgement.licence == NULL)
    return TRUE;
  decision = rp_article_state_judge (job->store, &judgement, error);
  if (decision == NULL)
    return FALSE;
  end = find_end (decision);
  *out_lapsed = end != NULL;
  if (end != NULL)
    propose (job, article, RP_FANOUT_WITHDRAW, end, receipt->partner_id);
  if ((rp_store_get_rights (job->store) & RP_MAY_EDIT) == 0) /* others will write it down */
    return TRUE;
  if (end == NULL)
    return rp_store_drop_lapse (job->store, receipt->article_id, receipt->partner_id, error);

  return rp_store_note_lapse (job->store, receipt->article_id, receipt->partner_id, end, job->now,
                              error);
}

static gboolean
check_source (Job *job, RpArticle *article, const RpReceipt *receipt, GError **error)
{
  switch (rp_parted_judge (job->store, receipt, error)) {
  case RP_PARTED_FAILED:
    return FALSE;
  case RP_PARTED_IS_OLD:
    propose (job, article, RP_FANOUT_UPDATE,
             _ ("The source has a newer version than the one that is published."),
             receipt->partner_id);
    return TRUE;
  case RP_PARTED_IS_KILLED:
    propose (job, article, RP_FANOUT_WITHDRAW, _ ("The source has cancelled the article."),
             receipt->partner_id);
    return TRUE;
  case RP_PARTED_IS_GONE:
    propose (job, article, RP_FANOUT_WITHDRAW, _ ("The source no longer has the article."),
             receipt->partner_id);
    return TRUE;
  case RP_PARTED_NOT:
  default:
    return TRUE;
  }
}

static gboolean
check_article (Job *job, const char *id, GError **error)
{
  g_autoptr (RpArticle) article = rp_store_get_article (job->store, id, error);
  g_autoptr (GPtrArray) receipts =
    article != NULL ? rp_store_list_receipts (job->store, id, error) : NULL;
  gboolean any = FALSE;

  for (guint i = 0; receipts != NULL && i < receipts->len; i++) {
    const RpReceipt *receipt = receipts->pdata[i];
    gboolean lapsed = FALSE;

    if (g_strcmp0 (receipt->state, "withdrawn") == 0)
      continue;
    if (!check_licence (job, article, receipt, &lapsed, error) ||
        (!lapsed && !check_source (job, article, receipt, error)))
      return FALSE;
    any = any || lapsed;
  }
  if (receipts == NULL)
    return FALSE;

  return (!any &&
          g_strcmp0 (rp_article_get (article, RP_ARTICLE_STATE), RP_STATE_ATTENTION) != 0) ||
         rp_article_state_settle (job->store, id, job->now, error);
}

static gboolean
check_all (Job *job, GError **error)
{
  g_autoptr (GPtrArray) ids = rp_store_list_shown (job->store, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (g_cancellable_set_error_if_cancelled (job->cancellable, error) ||
        !check_article (job, ids->pdata[i], error))
      return FALSE;

  return ids != NULL;
}

static void
list_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  gboolean done;

  job->store = rp_store_open (job->uri, &error);
  done =
    job->store != NULL && (job->article_id != NULL ? check_article (job, job->article_id, &error)
                                                   : check_all (job, &error));
  g_clear_pointer (&job->store, rp_store_close);
  if (done)
    g_task_return_pointer (task, g_steal_pointer (&job->found), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
rp_fanout_list_async (RpWorkspace *workspace,
                      const char *article_id,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, rp_fanout_list_async);
  job->uri = g_strdup (rp_workspace_get_uri (workspace));
  job->article_id = g_strdup (article_id);
  job->book = rp_licence_book_copy (rp_workspace_get_book (workspace));
  job->partners = rp_workspace_copy_partners (workspace);
  job->found = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_fanout_free);
  job->now = rp_time_now ();
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, list_in_thread);
}

GPtrArray *
rp_fanout_list_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- doing it ---- */

static void
return_count (GTask *task, GPtrArray *queued, GError *error)
{
  gssize count = 0;

  if (queued == NULL) {
    g_task_return_error (task, error);
    return;
  }
  for (guint i = 0; i < queued->len; i++)
    count += ((RpQueued *) queued->pdata[i])->delivery != NULL;
  g_task_return_int (task, count);
}

static void
published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) queued = rp_dispatch_publish_finish (RP_WORKSPACE (source), result, &error);

  return_count (task, queued, error);
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) queued =
    rp_dispatch_withdraw_finish (RP_WORKSPACE (source), result, &error);

  return_count (task, queued, error);
}

static void
do_at (RpWorkspace *workspace,
       const RpFanOut *fanout,
       const char *const *partners,
       GTask *task) /* taken */
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (fanout->action == RP_FANOUT_UPDATE)
    rp_dispatch_publish_async (workspace, fanout->article_id, partners, NULL, cancellable,
                               published_cb, task);
  else
    rp_dispatch_withdraw_async (workspace, fanout->article_id, partners, fanout->reason,
                                cancellable, withdrawn_cb, task);
}

void
rp_fanout_do_async (RpWorkspace *workspace,
                    const RpFanOut *fanout,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, user_data);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_task_set_source_tag (task, rp_fanout_do_async);
  for (guint i = 0; i < fanout->partners->len; i++)
    g_ptr_array_add (ids, fanout->partners->pdata[i]);
  g_ptr_array_add (ids, NULL);
  do_at (workspace, fanout, (const char *const *) ids->pdata, task);
}

gboolean
rp_fanout_do_finish (RpWorkspace *workspace, GAsyncResult *result, guint *out, GError **error)
{
  gssize count = g_task_propagate_int (G_TASK (result), error);

  if (count >= 0 && out != NULL)
    *out = (guint) count;

  return count >= 0;
}

/* ---- by rule ---- */

gboolean
rp_fanout_is_followed (RpPartner *partner, RpFanOutAction action)
{
  const char *rule = partner != NULL ? rp_partner_get_setting (partner, FOLLOW) : NULL;

  return g_strcmp0 (rule, "all") == 0 ||
         g_strcmp0 (rule, action == RP_FANOUT_UPDATE ? "corrections" : "withdrawals") == 0;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!rp_fanout_do_finish (RP_WORKSPACE (source), result, NULL, &error))
    g_warning ("A rule could not be followed: %s", error->message);
}

static void
follow_one (RpWorkspace *workspace, const RpFanOut *fanout)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < fanout->partners->len; i++)
    if (rp_fanout_is_followed (rp_workspace_find_partner (workspace, fanout->partners->pdata[i]),
                               fanout->action))
      g_ptr_array_add (ids, fanout->partners->pdata[i]);
  if (ids->len == 0)
    return;
  g_ptr_array_add (ids, NULL);
  do_at (workspace, fanout, (const char *const *) ids->pdata,
         g_task_new (workspace, NULL, done_cb, NULL));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpWorkspace *workspace = RP_WORKSPACE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = rp_fanout_list_finish (workspace, result, &error);

  if (found == NULL)
    g_warning ("What is published could not be judged: %s", error->message);
  for (guint i = 0; found != NULL && i < found->len; i++)
    follow_one (workspace, found->pdata[i]);
  if (found != NULL && found->len > 0)
    rp_workspace_note_article (workspace, NULL);
}

void
rp_fanout_follow (RpWorkspace *workspace)
{
  rp_fanout_list_async (workspace, NULL, NULL, listed_cb, NULL);
}
