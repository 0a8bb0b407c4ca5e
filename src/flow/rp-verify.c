#include "rp-verify-private.h"

#include <glib/gi18n-lib.h>

#include "rp-json.h"
#include "rp-sender.h"
#include "rp-store-evidence.h"
#include "rp-store-partners.h"
#include "rp-store-receipts.h"
#include "rp-time.h"
#include "rp-work.h"

void
rp_verification_free (RpVerification *verification)
{
  g_free (verification->article_id);
  g_free (verification->partner_id);
  g_free (verification->partner_name);
  g_free (verification->public_url);
  g_free (verification->verdict);
  g_free (verification->message);
  g_free (verification->page);
  g_strfreev (verification->remedies);
  g_free (verification);
}

JsonObject *
rp_verification_to_json (const RpVerification *verification)
{
  JsonObject *object = rp_readback_to_json (&verification->readback);
  g_autofree char *at = rp_time_format (verification->at);

  rp_json_set_string (object, "article", verification->article_id);
  rp_json_set_string (object, "partner", verification->partner_id);
  rp_json_set_string (object, "public_url", verification->public_url);
  rp_json_set_string (object, "verdict", verification->verdict);
  rp_json_set_string (object, "message", verification->message);
  rp_json_set_string (object, "page", verification->page);
  rp_json_set_string (object, "at", at);
  rp_json_set_strv (object, "remedies", (const char *const *) verification->remedies);

  return object;
}

static GStrv
list_remedies (const RpReadback *readback, const char *connector)
{
  g_autoptr (GPtrArray) remedies = g_ptr_array_new ();

  for (guint i = 0; i < RP_N_READBACKS; i++) {
    char *remedy;

    if (readback->states[i] < RP_READBACK_MISSING)
      continue;
    remedy = rp_readback_dup_remedy (i, connector);
    if (g_ptr_array_find_with_equal_func (remedies, remedy, g_str_equal, NULL))
      g_free (remedy);
    else
      g_ptr_array_add (remedies, remedy);
  }
  g_ptr_array_add (remedies, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&remedies), FALSE);
}

static RpVerification *
read_one (RpStore *store, const RpReceipt *receipt, RpEvidence *evidence)
{
  RpVerification *verification = g_new0 (RpVerification, 1);
  g_autoptr (RpPartner) partner = rp_store_get_partner (store, receipt->partner_id, NULL);

  verification->article_id = g_strdup (receipt->article_id);
  verification->partner_id = g_strdup (receipt->partner_id);
  verification->partner_name =
    g_strdup (partner != NULL ? rp_partner_get_name (partner) : receipt->partner_id);
  verification->public_url = g_strdup (evidence->url != NULL ? evidence->url : receipt->public_url);
  verification->verdict = g_strdup (evidence->verdict);
  verification->message = g_strdup (rp_json_get_string (evidence->document, "message"));
  verification->page = g_strdup (evidence->blob);
  verification->status = evidence->status;
  verification->at = evidence->at;
  rp_readback_read_json (evidence->document, &verification->readback);
  verification->remedies = list_remedies (
    &verification->readback, partner != NULL ? rp_partner_get_connector (partner) : NULL);

  return verification;
}

/* What was found before the partner had this version says nothing of it. */
GPtrArray *
rp_verify_list (RpStore *store, const char *article_id, GError **error)
{
  g_autoptr (GPtrArray) receipts = rp_store_list_receipts (store, article_id, error);
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rp_verification_free);

  for (guint i = 0; receipts != NULL && i < receipts->len; i++) {
    RpReceipt *receipt = receipts->pdata[i];
    g_autoptr (GPtrArray) evidence =
      rp_store_list_evidence (store, article_id, receipt->partner_id, 1, error);

    if (evidence == NULL)
      return NULL;
    if (evidence->len > 0 && ((RpEvidence *) evidence->pdata[0])->at >= receipt->updated)
      g_ptr_array_add (rows, read_one (store, receipt, evidence->pdata[0]));
  }

  return receipts != NULL ? g_steal_pointer (&rows) : NULL;
}

static gpointer
list (RpStore *store, gpointer article_id, GError **error)
{
  return rp_verify_list (store, article_id, error);
}

void
rp_verify_list_async (RpWorkspace *workspace,
                      const char *article_id,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  rp_workspace_run_async (workspace, list, g_strdup (article_id), g_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/* ---- looking now ---- */

typedef struct {
  char *article_id; /* owned */
  RpSender *own;    /* owned: for this look only, when the workspace has none */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->own, rp_sender_free);
  g_free (look->article_id);
  g_free (look);
}

static gboolean
plan_all (RpStore *store, gpointer article_id, GError **error)
{
  g_autoptr (GPtrArray) receipts = rp_store_list_receipts (store, article_id, error);

  for (guint i = 0; receipts != NULL && i < receipts->len; i++) {
    RpReceipt *receipt = receipts->pdata[i];

    /* A look that a person asks for is not repeated later. */
    if (!rp_store_plan_check (store, article_id, receipt->partner_id, rp_time_now (), G_MAXINT16,
                              error))
      return FALSE;
  }

  return receipts != NULL;
}

static gpointer
plan (RpStore *store, gpointer article_id, GError **error)
{
  return rp_store_transaction (store, plan_all, article_id, error) ? RP_WORK_DONE : NULL;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *rows = rp_workspace_run_finish (RP_WORKSPACE (source), result, &error);

  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Look *look = g_task_get_task_data (task);

  rp_sender_when_idle_finish (result, NULL);
  rp_verify_list_async (g_task_get_source_object (task), look->article_id,
                        g_task_get_cancellable (task), listed_cb, task);
}

static void
told_cb (const RpSenderNews *news, gpointer user_data)
{
  if (news->size == 0)
    rp_workspace_note_article (user_data, news->article_id);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Look *look = g_task_get_task_data (task);
  RpWorkspace *workspace = RP_WORKSPACE (source);
  RpSender *sender = rp_workspace_get_sender (workspace);
  GError *error = NULL;

  if (!rp_workspace_finish_done (workspace, result, &error)) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  if (sender == NULL)
    sender = look->own =
      rp_sender_new (rp_workspace_get_uri (workspace), rp_workspace_get_secrets (workspace),
                     RP_SENDER_LOOK, 0, told_cb, workspace);
  rp_sender_when_idle_async (sender, NULL, looked_cb, task);
}

void
rp_verify_async (RpWorkspace *workspace,
                 const char *article_id,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, user_data);
  Look *look = g_new0 (Look, 1);

  g_task_set_source_tag (task, rp_verify_async);
  look->article_id = g_strdup (article_id);
  g_task_set_task_data (task, look, look_free);
  rp_workspace_run_async (workspace, plan, g_strdup (article_id), g_free, NULL, NULL, planned_cb,
                          task);
}

GPtrArray *
rp_verify_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
