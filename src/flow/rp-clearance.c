#include "rp-clearance.h"

#include <glib/gi18n-lib.h>

#include "rp-amendment.h"
#include "rp-article-state.h"
#include "rp-error.h"
#include "rp-limits.h"
#include "rp-parted.h"
#include "rp-store-articles.h"
#include "rp-store-decisions.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-work.h"

void
rp_verdict_for_free (RpVerdictFor *verdict)
{
  g_clear_object (&verdict->partner);
  g_clear_object (&verdict->decision);
  g_clear_pointer (&verdict->turns, g_ptr_array_unref);
  g_free (verdict->words);
  g_free (verdict);
}

RpLicence *
rp_clearance_get_licence (RpWorkspace *workspace, RpArticle *article)
{
  const char *id = rp_article_get (article, RP_ARTICLE_LICENCE_ID);

  return id != NULL ? rp_licence_book_lookup (rp_workspace_get_book (workspace), id) : NULL;
}

RpProposal *
rp_clearance_propose (RpWorkspace *workspace, RpArticle *article)
{
  return rp_licence_book_propose (rp_workspace_get_book (workspace), article);
}

gboolean
rp_clearance_needs_review (RpWorkspace *workspace, RpArticle *article)
{
  const char *confidence = rp_article_get (article, RP_ARTICLE_LICENCE_CONFIDENCE);
  g_autoptr (GPtrArray) others = NULL;

  if (rp_clearance_get_licence (workspace, article) == NULL ||
      g_strcmp0 (confidence, "confirmed") == 0)
    return FALSE;
  others = rp_article_state_list_others (rp_workspace_get_book (workspace), article);

  return others != NULL || g_strcmp0 (confidence, "guessed") == 0;
}

/* ---- judging ---- */

/* What the licence itself knows, and what follows from publishing when it is planned. */
static GPtrArray *
list_turns (const RpRightsCase *rights_case)
{
  GPtrArray *turns = rp_rights_list_turns (rights_case);
  gint64 days = rights_case->terms != NULL ? rights_case->terms->archive_days : -1;

  g_ptr_array_add (turns, rp_turn_new (rights_case->at, RP_TURN_PUBLISHED));
  if (days >= 0)
    g_ptr_array_add (turns, rp_turn_new (rights_case->at + days * RP_TIME_DAY, RP_TURN_REMOVAL));
  g_ptr_array_sort (turns, rp_turn_compare);

  return turns;
}

typedef struct {
  RpArticle *article;  /* owned */
  RpLicence *licence;  /* owned, may be NULL */
  GPtrArray *partners; /* owned, of RpPartner; empty = nobody in particular */
  GPtrArray *others;   /* owned, of RpLicence, may be NULL */
  gint64 publish_at;
} JudgeJob;

static void
judge_job_free (gpointer data)
{
  JudgeJob *job = data;

  g_clear_object (&job->article);
  g_clear_object (&job->licence);
  g_clear_pointer (&job->partners, g_ptr_array_unref);
  g_clear_pointer (&job->others, g_ptr_array_unref);
  g_free (job);
}

static RpChange
list_changes (const RpRightsCase *rights_case)
{
  static const struct {
    const char *kind;
    RpChange change;
  } kinds[] = {
    {"headline", RP_CHANGE_HEADLINE}, {"style", RP_CHANGE_STYLE},
    {"shorten", RP_CHANGE_SHORTEN},   {"translate", RP_CHANGE_TRANSLATE},
    {"rewrite", RP_CHANGE_REWRITE},
  };
  RpChange changes = rights_case->terms != NULL ? rights_case->terms->changes : RP_CHANGE_ALL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (rp_rights_case_has_approval (rights_case, kinds[i].kind))
      changes |= kinds[i].change;

  return changes;
}

static char *
dup_words (JudgeJob *job, RpPartner *partner, RpDecision *decision)
{
  GPtrArray *findings = rp_decision_get_findings (decision);

  if (!rp_decision_is_allowed (decision))
    return g_strdup (((RpFinding *) g_ptr_array_index (findings, 0))->message);
  if (job->licence == NULL)
    return NULL;

  return partner != NULL ? rp_licence_describe_for (job->licence, job->article, partner)
                         : rp_licence_describe (job->licence, job->article);
}

static gboolean
add_verdict (RpStore *store,
             JudgeJob *job,
             const RpRightsCase *rights_case,
             RpPartner *partner,
             GPtrArray *verdicts,
             GError **error)
{
  g_autoptr (RpDecision) decision = rp_rights_judge (rights_case);
  const char *id = rp_article_get (job->article, RP_ARTICLE_ID);
  RpVerdictFor *verdict;

  if (id != NULL &&
      !rp_parted_add_findings (store, id, partner != NULL ? rp_partner_get_id (partner) : NULL,
                               decision, error))
    return FALSE;
  rp_limits_add_findings (store, job->article, partner, decision);
  verdict = g_new0 (RpVerdictFor, 1);
  verdict->partner = partner != NULL ? g_object_ref (partner) : NULL;
  verdict->words = dup_words (job, partner, decision);
  verdict->decision = g_steal_pointer (&decision);
  verdict->turns = list_turns (rights_case);
  verdict->changes = list_changes (rights_case);
  g_ptr_array_add (verdicts, verdict);

  return TRUE;
}

static gpointer
judge (RpStore *store, gpointer data, GError **error)
{
  JudgeJob *job = data;
  const RpJudgement judgement = {
    .article = job->article,
    .licence = job->licence,
    .others = job->others,
    .publish_at = job->publish_at,
    .now = rp_time_now (),
  };
  g_autoptr (RpRightsCase) rights_case = rp_article_state_new_case (store, &judgement, error);
  g_autoptr (GPtrArray) endpoints = rp_article_state_list_endpoints (job->partners);
  g_autoptr (GPtrArray) verdicts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rp_verdict_for_free);

  if (rights_case == NULL ||
      (job->partners->len == 0 && !add_verdict (store, job, rights_case, NULL, verdicts, error)))
    return NULL;
  for (guint i = 0; i < job->partners->len; i++) {
    rp_rights_case_set_endpoint (rights_case, g_ptr_array_index (endpoints, i));
    if (!add_verdict (store, job, rights_case, g_ptr_array_index (job->partners, i), verdicts,
                      error))
      return NULL;
  }

  return g_steal_pointer (&verdicts);
}

static void
keep_named (GPtrArray *partners, const char *const *ids)
{
  for (guint i = partners->len; ids != NULL && i > 0; i--)
    if (!g_strv_contains (ids, rp_partner_get_id (g_ptr_array_index (partners, i - 1))))
      g_ptr_array_remove_index (partners, i - 1);
}

void
rp_clearance_judge_async (RpWorkspace *workspace,
                          RpArticle *article,
                          const char *const *partner_ids,
                          gint64 publish_at,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  JudgeJob *job = g_new0 (JudgeJob, 1);

  job->article = rp_article_copy (article);
  g_set_object (&job->licence, rp_clearance_get_licence (workspace, article));
  job->partners = rp_workspace_copy_partners (workspace);
  keep_named (job->partners, partner_ids);
  job->others = rp_article_state_list_others (rp_workspace_get_book (workspace), article);
  job->publish_at = publish_at;
  rp_workspace_run_async (workspace, judge, job, judge_job_free, (GDestroyNotify) g_ptr_array_unref,
                          cancellable, callback, user_data);
}

GPtrArray *
rp_clearance_judge_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}

/* ---- changing what the verdict depends on ---- */

static gboolean
set_licence (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  RpAmendment *job = data;

  rp_article_set (article, RP_ARTICLE_LICENCE_ID, job->value);
  rp_article_set (article, RP_ARTICLE_LICENCE_NAME, job->name);
  rp_article_set (article, RP_ARTICLE_LICENCE_CONFIDENCE, job->value != NULL ? "confirmed" : NULL);

  return TRUE;
}

void
rp_clearance_set_licence_async (RpWorkspace *workspace,
                                const char *article_id,
                                const char *licence_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  RpLicence *licence = licence_id != NULL
                         ? rp_licence_book_lookup (rp_workspace_get_book (workspace), licence_id)
                         : NULL;
  RpAmendment *job;

  if (licence_id != NULL && licence == NULL) {
    g_task_report_new_error (
      workspace, callback, user_data, rp_clearance_set_licence_async, RP_ERROR, RP_ERROR_NOT_FOUND,
      _ ("There is no licence “%s” in the book; “reprintctl licence list” shows "
         "them"),
      licence_id);
    return;
  }
  job = rp_amendment_new (
    workspace, article_id, set_licence, "licence",
    licence != NULL ? g_strdup_printf (_ ("Licence chosen: %s."), rp_licence_get_name (licence))
                    : g_strdup (_ ("Licence removed.")));
  if (licence != NULL) {
    job->value = g_strdup (rp_licence_get_id (licence));
    job->name = g_strdup (rp_licence_get_name (licence));
  }
  rp_amendment_start (workspace, job, cancellable, callback, user_data);
}

gboolean
rp_clearance_set_licence_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_amendment_finish (workspace, result, error);
}

static gboolean
confirm (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  if (rp_article_get (article, RP_ARTICLE_LICENCE_ID) == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_INVALID,
                         _ ("There is no licence to confirm; choose one first"));
    return FALSE;
  }
  rp_article_set (article, RP_ARTICLE_LICENCE_CONFIDENCE, "confirmed");

  return TRUE;
}

void
rp_clearance_confirm_async (RpWorkspace *workspace,
                            const char *article_id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  RpAmendment *job = rp_amendment_new (workspace, article_id, confirm, "licence",
                                       g_strdup (_ ("Licence confirmed.")));

  rp_amendment_start (workspace, job, cancellable, callback, user_data);
}

gboolean
rp_clearance_confirm_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_amendment_finish (workspace, result, error);
}

static gboolean
approve (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  RpAmendment *job = data;

  return rp_store_record_approval (store, job->article_id, job->value, job->name, job->reason,
                                   rp_time_now (), error);
}

void
rp_clearance_approve_async (RpWorkspace *workspace,
                            const char *article_id,
                            const char *kind,
                            const char *name,
                            const char *reason,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  RpAmendment *job;

  if (rp_text_is_empty (name) || rp_text_is_empty (reason)) {
    g_task_report_new_error (
      workspace, callback, user_data, rp_clearance_approve_async, RP_ERROR, RP_ERROR_INVALID,
      _ ("A permission needs the name of who gave it, and how that is known"));
    return;
  }
  job = rp_amendment_new (workspace, article_id, approve, "approved",
                          g_strdup_printf (_ ("Permission recorded: %s (%s)."), name, reason));
  job->value = g_strdup (kind);
  job->name = g_strdup (name);
  job->reason = g_strdup (reason);
  rp_amendment_start (workspace, job, cancellable, callback, user_data);
}

gboolean
rp_clearance_approve_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_amendment_finish (workspace, result, error);
}
