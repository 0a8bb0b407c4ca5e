/* What clearance shows and writes: renditions, the letter to the owner, cases from files. */
#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-clearance.h"
#include "rp-policy-judge.h"
#include "rp-renderer.h"
#include "rp-rights.h"
#include "rp-time.h"
#include "rp-work.h"

typedef struct {
  RpArticle *article; /* owned */
  RpLicence *licence; /* owned, may be NULL */
  RpPartner *partner; /* owned, may be NULL */
  const RpRenderer *renderer;
} RenderJob;

static void
render_job_free (gpointer data)
{
  RenderJob *job = data;

  g_clear_object (&job->article);
  g_clear_object (&job->licence);
  g_clear_object (&job->partner);
  g_free (job);
}

static gpointer
render (RpStore *store, gpointer data, GError **error)
{
  RenderJob *work = data;
  g_autofree char *changes = rp_article_state_dup_changes (store, work->article);
  RpRenderJob job = {
    .article = work->article,
    .licence = work->licence,
    .partner = work->partner,
    .marker = rp_article_get (work->article, RP_ARTICLE_ID),
    .changes = changes,
    .now = rp_time_now (),
  };

  return work->renderer->render (&job, error);
}

void
rp_clearance_render_async (RpWorkspace *workspace,
                           RpArticle *article,
                           const char *renderer_id,
                           RpPartner *partner,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GError *error = NULL;
  const RpRenderer *renderer = rp_renderer_find (renderer_id, &error);
  RenderJob *job;

  if (renderer == NULL) {
    g_task_report_error (workspace, callback, user_data, rp_clearance_render_async, error);
    return;
  }
  job = g_new0 (RenderJob, 1);
  job->article = rp_article_copy (article);
  g_set_object (&job->licence, rp_clearance_get_licence (workspace, article));
  g_set_object (&job->partner, partner);
  job->renderer = renderer;
  rp_workspace_run_async (workspace, render, job, render_job_free, (GDestroyNotify) g_bytes_unref,
                          cancellable, callback, user_data);
}

GBytes *
rp_clearance_render_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}

const char **
rp_clearance_list_renderers (void)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; rp_renderers[i] != NULL; i++)
    g_ptr_array_add (ids, (gpointer) rp_renderers[i]->id);
  g_ptr_array_add (ids, NULL);

  return (const char **) g_ptr_array_free (ids, FALSE);
}

static const char *
or_words (const char *text, const char *words)
{
  return text != NULL ? text : words;
}

char *
rp_clearance_dup_ask_owner (RpWorkspace *workspace, RpArticle *article)
{
  RpLicence *licence = rp_clearance_get_licence (workspace, article);
  const char *contact = licence != NULL ? rp_licence_get (licence, "contact") : NULL;
  const char *headline = or_words (rp_article_get (article, RP_ARTICLE_HEADLINE), "");
  const char *url = or_words (rp_article_get (article, RP_ARTICLE_CANONICAL_URL), "");
  g_autofree char *subject = g_strdup_printf (_ ("Permission to republish “%s”"), headline);
  g_autofree char *body = g_strdup_printf (
    _ (
      "Hello,\n\nwe would like to republish your article “%s” (%s). May we, and under which terms: "
      "where, for how long, with which credit line, and are the pictures included?\n\nThank you"),
    headline, url);
  g_autofree char *escaped_subject = g_uri_escape_string (subject, NULL, FALSE);
  g_autofree char *escaped_body = g_uri_escape_string (body, NULL, FALSE);

  return g_strdup_printf ("mailto:%s?subject=%s&body=%s",
                          contact != NULL && strchr (contact, '@') != NULL ? contact : "",
                          escaped_subject, escaped_body);
}

RpDecision *
rp_clearance_judge_case (JsonObject *case_object, GError **error)
{
  g_autoptr (RpRightsCase) rights_case = rp_rights_case_new_from_json (case_object, error);

  return rights_case != NULL ? rp_rights_judge (rights_case) : NULL;
}

JsonObject *
rp_clearance_evaluate_policy (GBytes *policy_bytes,
                              JsonObject *request,
                              JsonObject *context,
                              GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (policy_bytes, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  g_autoptr (RpPolicy) policy = rp_policy_new_from_text (text, error);
  g_autoptr (RpPolicyFacts) facts = NULL;
  g_autoptr (RpPolicyReport) report = NULL;

  if (policy == NULL)
    return NULL;
  facts = rp_policy_facts_new_from_json (policy, request, context, rp_time_now (), error);
  if (facts == NULL)
    return NULL;
  report = rp_policy_judge (policy, facts);

  return rp_policy_report_to_json (report, policy, facts);
}
