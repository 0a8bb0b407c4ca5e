/* What clearance shows and writes: renditions, the letter to the owner, cases from files. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-article-state.h"
#include "rp-clearance.h"
#include "rp-policy-judge.h"
#include "rp-renderer.h"
#include "rp-rights.h"
#include "rp-store-articles.h"
#include "rp-store-receipts.h"
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
  const char *id = rp_article_get (work->article, RP_ARTICLE_ID);
  g_autoptr (RpArticle) original = id != NULL ? rp_store_get_original (store, id, NULL) : NULL;
  g_autofree char *changes = rp_article_state_dup_changes (original, work->article);
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

/* What is asked for, in the owner's mailbox. */
static const char *
get_request (const char *kind)
{
  static const struct {
    const char *kind;
    const char *words;
  } requests[] = {
    {"headline", N_ ("We would like to give it another headline. May we?")},
    {"style", N_ ("We would like to edit it for our house style. May we?")},
    {"shorten", N_ ("We would like to shorten it. May we?")},
    {"length", N_ ("We would like to publish more of it than the licence allows. May we?")},
    {"translate", N_ ("We would like to translate it. May we?")},
    {"rewrite", N_ ("We would like to change its wording. May we?")},
    {"age", N_ ("The time for a first use is over. May we publish it nevertheless?")},
    {"territory", N_ ("Our readers are also where the licence does not reach. May we publish it "
                      "there, too?")},
    {"channel", N_ ("We would like to use it in another channel, too. May we?")},
    {"outlet", N_ ("We would like to publish it at an outlet that the licence does not name. May "
                   "we?")},
    {"exclusive",
     N_ ("Somebody else has it to himself for now. May we publish it before that ends?")},
    {"commercial", N_ ("Our site is commercial. May we publish it nevertheless?")},
    {"paywall", N_ ("Our site has a paywall. May we publish it nevertheless?")},
    {"advertising", N_ ("Our site carries advertising. May we publish it nevertheless?")},
    {"accreditation", N_ ("We are not accredited with you. May we publish it nevertheless?")},
    {"volume", N_ ("We have taken many of your articles lately. May we take this one, too?")},
    {"quota", N_ ("Our quota is used up. May we publish one more?")},
    {"images", N_ ("We would like to use its pictures, too. May we, and how are they to be "
                   "credited?")},
    {"kill", N_ ("Our site cannot take articles down by itself. May we publish it nevertheless?")},
    {"embargo", N_ ("When does its embargo end?")},
    {"fee", N_ ("We would like to confirm the fee for one use. What is it, and whom do we pay?")},
  };

  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (requests); i++)
    if (g_str_equal (requests[i].kind, kind))
      return _ (requests[i].words);

  return _ ("May we, and under which terms: where, for how long, with which credit line, and are "
            "the pictures included?");
}

static void
add_fact (GString *body, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (body, "%s %s\n", label, value);
}

static char *
write_letter (RpWorkspace *workspace, RpArticle *article, const char *kind)
{
  RpLicence *licence = rp_clearance_get_licence (workspace, article);
  g_autofree char *byline = rp_article_dup_byline (article);
  g_autoptr (GString) body = g_string_new (_ ("Hello,"));

  g_string_append_printf (body, "\n\n%s %s\n\n",
                          kind == NULL || g_str_equal (kind, "republish")
                            ? _ ("we would like to republish an article of yours.")
                            : _ ("this is about an article of yours that we republish."),
                          get_request (kind));
  add_fact (body, _ ("Article:"), rp_article_get (article, RP_ARTICLE_HEADLINE));
  add_fact (body, _ ("By:"), byline);
  add_fact (body, _ ("Address:"), rp_article_get (article, RP_ARTICLE_CANONICAL_URL));
  add_fact (body, _ ("Published:"), rp_article_get (article, RP_ARTICLE_PUBLISHED));
  add_fact (body, _ ("Licence:"), licence != NULL ? rp_licence_get_name (licence) : NULL);
  g_string_append_printf (body, "\n%s\n", _ ("Thank you"));

  return g_string_free (g_steal_pointer (&body), FALSE);
}

/* The agreement's contact, else the author's own address when the article gives one. */
static const char *
find_mailbox (RpLicence *licence, RpArticle *article)
{
  GPtrArray *authors = rp_article_get_authors (article);
  const char *contact = licence != NULL ? rp_licence_get (licence, "contact") : NULL;

  if (contact != NULL && strchr (contact, '@') != NULL)
    return g_str_has_prefix (contact, "mailto:") ? contact + strlen ("mailto:") : contact;
  for (guint i = 0; i < authors->len; i++) {
    const RpAuthor *author = g_ptr_array_index (authors, i);

    if (author->email != NULL)
      return author->email;
  }

  return "";
}

static char *
dup_mail (const char *mailbox, const char *subject, const char *body)
{
  g_autofree char *escaped_mailbox = g_uri_escape_string (mailbox, "@+", FALSE);
  g_autofree char *escaped_subject = g_uri_escape_string (subject, NULL, FALSE);
  g_autofree char *escaped_body = g_uri_escape_string (body, NULL, FALSE);

  return g_strdup_printf ("mailto:%s?subject=%s&body=%s", escaped_mailbox, escaped_subject,
                          escaped_body);
}

char *
rp_clearance_dup_ask_owner (RpWorkspace *workspace, RpArticle *article, const char *kind)
{
  RpLicence *licence = rp_clearance_get_licence (workspace, article);
  const char *headline = rp_article_get (article, RP_ARTICLE_HEADLINE);
  g_autofree char *subject =
    g_strdup_printf (_ ("Permission for “%s”"), headline != NULL ? headline : "");
  g_autofree char *body = write_letter (workspace, article, kind);

  return dup_mail (find_mailbox (licence, article), subject, body);
}

static gpointer
list_receipts (RpStore *store, gpointer data, GError **error)
{
  return rp_store_list_receipts (store, data, error);
}

/* "Herald: https://herald.example/lamps, since 4 May 2026", a line for each partner that has it. */
static void
add_places (GString *body, RpWorkspace *workspace, const char *article_id)
{
  g_autoptr (GPtrArray) receipts =
    rp_workspace_run (workspace, list_receipts, (gpointer) article_id, NULL);
  g_autoptr (GPtrArray) partners = rp_workspace_copy_partners (workspace);

  for (guint i = 0; receipts != NULL && i < receipts->len; i++) {
    const RpReceipt *receipt = g_ptr_array_index (receipts, i);
    g_autofree char *date = rp_time_format_date (receipt->updated);

    if (g_strcmp0 (receipt->state, "live") != 0)
      continue;
    for (guint k = 0; k < partners->len; k++)
      if (g_str_equal (rp_partner_get_id (partners->pdata[k]), receipt->partner_id))
        g_string_append_printf (body, "%s: %s (%s)\n", rp_partner_get_name (partners->pdata[k]),
                                receipt->public_url != NULL ? receipt->public_url : "–", date);
  }
}

char *
rp_clearance_dup_tell_owner (RpWorkspace *workspace, RpArticle *article)
{
  RpLicence *licence = rp_clearance_get_licence (workspace, article);
  const RpTerms *terms = licence != NULL ? rp_licence_get_terms (licence) : NULL;
  const char *wanted = terms != NULL ? terms->notify_to : NULL;
  const char *headline = rp_article_get (article, RP_ARTICLE_HEADLINE);
  gboolean is_mailbox = wanted != NULL && strchr (wanted, '@') != NULL;
  g_autofree char *subject =
    g_strdup_printf (_ ("We publish “%s”"), headline != NULL ? headline : "");
  g_autoptr (GString) body = g_string_new (_ ("Hello,"));

  g_string_append_printf (body, "\n\n%s\n\n",
                          _ ("as your licence asks, we let you know that we publish an article of "
                             "yours."));
  add_fact (body, _ ("Article:"), headline);
  add_fact (body, _ ("Address:"), rp_article_get (article, RP_ARTICLE_CANONICAL_URL));
  add_fact (body, _ ("Licence:"), licence != NULL ? rp_licence_get_name (licence) : NULL);
  g_string_append_c (body, '\n');
  add_places (body, workspace, rp_article_get (article, RP_ARTICLE_ID));
  g_string_append_printf (body, "\n%s\n", _ ("Thank you"));

  return dup_mail (is_mailbox ? wanted : find_mailbox (licence, article), subject, body->str);
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
