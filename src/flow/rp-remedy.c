#include "rp-remedy.h"

#include <glib/gi18n-lib.h>

#include "rp-amendment.h"
#include "rp-clearance.h"
#include "rp-error.h"
#include "rp-excerpt.h"
#include "rp-links.h"
#include "rp-rejudge.h"
#include "rp-rights.h"
#include "rp-store-articles.h"
#include "rp-store-partners.h"
#include "rp-store-revisions.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-work.h"

static gboolean
restore (RpStore *store, RpArticle *article, RpArticleField field, GError **error)
{
  g_autoptr (RpArticle) original =
    rp_store_get_original (store, rp_article_get (article, RP_ARTICLE_ID), error);

  if (original == NULL)
    return FALSE;
  rp_article_set (article, field, rp_article_get (original, field));

  return TRUE;
}

static gboolean
restore_headline (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  return restore (store, article, RP_ARTICLE_HEADLINE, error);
}

static gboolean
restore_body (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  return restore (store, article, RP_ARTICLE_BODY_HTML, error);
}

/* The editor's words stay where the lost links find their own words in them again. */
static gboolean
restore_links (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  RpAmendment *job = data;
  g_autoptr (RpArticle) original = rp_store_get_original (store, job->article_id, error);
  g_autofree char *linked = NULL;

  if (original == NULL)
    return FALSE;
  linked = rp_links_restore (rp_article_get (original, RP_ARTICLE_BODY_HTML),
                             rp_article_get (article, RP_ARTICLE_BODY_HTML));
  rp_article_set (article, RP_ARTICLE_BODY_HTML,
                  linked != NULL ? linked : rp_article_get (original, RP_ARTICLE_BODY_HTML));

  return TRUE;
}

static gboolean
drop_image (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  RpAmendment *job = data;
  g_auto (GStrv) urls = g_strsplit (job->value != NULL ? job->value : "", "\n", -1);
  GPtrArray *media = rp_article_get_media (article);

  for (guint i = media->len; i > 0; i--) {
    RpMedia *picture = g_ptr_array_index (media, i - 1);
    const char *url = rp_media_get (picture, RP_MEDIA_URL);

    if (url != NULL && g_strv_contains ((const char *const *) urls, url))
      rp_article_take_out_picture (article, picture);
  }

  return TRUE;
}

static gboolean
trim_body (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  RpAmendment *job = data;
  guint allowed = (guint) g_ascii_strtoull (job->value != NULL ? job->value : "0", NULL, 10);
  g_autofree char *kept = rp_excerpt_make (article, allowed);

  rp_article_set (article, RP_ARTICLE_BODY_HTML, kept);

  return TRUE;
}

static gboolean
set_copy_licence (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  RpAmendment *job = data;

  rp_article_set (article, RP_ARTICLE_COPY_LICENCE, job->value);

  return TRUE;
}

/* Where the original is, as far as anybody has said. */
static const char *
get_address (RpArticle *article, const char *given)
{
  RpStatement *statement = rp_article_get_statement (article);
  const char *candidates[] = {
    given,
    rp_statement_get (statement, RP_STATEMENT_ORIGINAL_URL),
    rp_article_get (article, RP_ARTICLE_SOURCE_URL),
  };

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (candidates[i] != NULL && rp_text_is_web_url (candidates[i]))
      return candidates[i];

  return NULL;
}

static gboolean
set_canonical (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  RpAmendment *job = data;
  const char *address = job->value != NULL ? job->value : get_address (article, NULL);

  if (address == NULL || !rp_text_is_web_url (address)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_INVALID,
                         _ ("The address of the original is not known; give it first"));
    return FALSE;
  }
  rp_article_set (article, RP_ARTICLE_CANONICAL_URL, address);

  return TRUE;
}

static gboolean
insert_counter (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  RpAmendment *job = data;
  g_autofree char *escaped = rp_text_escape (job->value);
  g_autofree char *html = NULL;

  if (job->value == NULL || !rp_text_is_web_url (job->value)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_INVALID,
                         _ ("The address of the page counter's picture is needed"));
    return FALSE;
  }
  html = g_strdup_printf ("<img src=\"%s\" alt=\"\" width=\"1\" height=\"1\"/>", escaped);
  rp_statement_set (rp_article_get_statement (article), RP_STATEMENT_TRACKING_HTML, html);

  return TRUE;
}

static gboolean
insert_title (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  RpAmendment *job = data;

  if (rp_text_is_empty (job->value))
    return restore_headline (store, article, data, error);
  rp_article_set (article, RP_ARTICLE_HEADLINE, job->value);

  return TRUE;
}

/* Search engines are kept away by the site, not by the article: the partner remembers it. */
static gboolean
set_noindex (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  RpAmendment *job = data;

  for (guint i = 0; i < job->partners->len; i++) {
    RpPartner *partner = g_ptr_array_index (job->partners, i);

    if (job->partner_ids == NULL ||
        !g_strv_contains ((const char *const *) job->partner_ids, rp_partner_get_id (partner)))
      continue;
    json_object_set_boolean_member (rp_partner_get_properties (partner), "indexable", FALSE);
    if (!rp_store_save_partner (store, partner, rp_time_now (), error))
      return FALSE;
  }

  return TRUE;
}

static const struct {
  const char *action;
  RpAmendFunc amend;
  const char *words;
} remedies[] = {
  {RP_FIX_RESTORE_HEADLINE, restore_headline, N_ ("The headline was restored as it arrived.")},
  {RP_FIX_RESTORE_BODY, restore_body, N_ ("The text was restored as it arrived.")},
  {RP_FIX_RESTORE_LINKS, restore_links, N_ ("The links of the original were put back.")},
  {RP_FIX_DROP_IMAGE, drop_image, N_ ("A picture was left out.")},
  {RP_FIX_TRIM_BODY, trim_body, N_ ("The text was shortened to what the licence allows.")},
  {RP_FIX_SET_COPY_LICENCE, set_copy_licence, N_ ("The licence of the changed version was set.")},
  {RP_FIX_SET_CANONICAL, set_canonical, N_ ("The address of the original was set.")},
  {RP_FIX_SET_NOINDEX, set_noindex, N_ ("Noted that the site keeps search engines away.")},
  {RP_FIX_INSERT_COUNTER, insert_counter, N_ ("The page counter was inserted.")},
  {RP_FIX_INSERT_TITLE, insert_title, N_ ("The title was inserted.")},
};

static gssize
find_remedy (const RpFinding *finding)
{
  for (guint i = 0; i < G_N_ELEMENTS (remedies); i++)
    if (g_strcmp0 (finding->fix_action, remedies[i].action) == 0)
      return (gssize) i;

  return -1;
}

static gboolean
is_action (const RpFinding *finding, const char *action)
{
  return g_strcmp0 (finding->fix_action, action) == 0;
}

/* The article names the original already; what is missing is a partner that passes it on. */
static gboolean
names_original (RpArticle *article, const RpFinding *finding)
{
  const char *url = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);

  return url != NULL && g_strcmp0 (url, get_address (article, finding->fix_args)) == 0;
}

gboolean
rp_remedy_needs_value (RpArticle *article, const RpFinding *finding)
{
  g_return_val_if_fail (RP_IS_ARTICLE (article) && finding != NULL, FALSE);

  if (is_action (finding, RP_FIX_SET_CANONICAL))
    return get_address (article, finding->fix_args) == NULL;

  return is_action (finding, RP_FIX_INSERT_COUNTER) || is_action (finding, RP_FIX_INSERT_TITLE);
}

gboolean
rp_remedy_can_fix (RpArticle *article, const RpFinding *finding)
{
  g_return_val_if_fail (RP_IS_ARTICLE (article) && finding != NULL, FALSE);

  if (is_action (finding, RP_FIX_CONFIRM_LICENCE))
    return TRUE;
  if (is_action (finding, RP_FIX_SET_CANONICAL) && names_original (article, finding))
    return FALSE;

  return find_remedy (finding) >= 0 && !rp_remedy_needs_value (article, finding);
}

/* What the finding brings along; another name of the original than an address is of no use. */
static const char *
get_argument (const RpFinding *finding)
{
  const char *argument = finding->fix_args;
  gboolean is_useless =
    is_action (finding, RP_FIX_SET_CANONICAL) && argument != NULL && !rp_text_is_web_url (argument);

  return is_useless ? NULL : argument;
}

void
rp_remedy_fix_async (RpWorkspace *workspace,
                     const char *article_id,
                     const RpFinding *finding,
                     const char *const *partner_ids,
                     const char *value,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  gssize remedy = find_remedy (finding);
  RpAmendment *job;

  if (is_action (finding, RP_FIX_CONFIRM_LICENCE)) {
    rp_clearance_confirm_async (workspace, article_id, cancellable, callback, user_data);
    return;
  }
  if (remedy < 0) {
    g_task_report_new_error (workspace, callback, user_data, rp_remedy_fix_async, RP_ERROR,
                             RP_ERROR_UNSUPPORTED,
                             _ ("Somebody has to decide this; it cannot be fixed by itself"));
    return;
  }
  job = rp_amendment_new (workspace, article_id, remedies[remedy].amend, "edited",
                          g_strdup (_ (remedies[remedy].words)));
  job->value = g_strdup (value != NULL ? value : get_argument (finding));
  job->partner_ids = g_strdupv ((char **) partner_ids);
  rp_amendment_start (workspace, job, cancellable, callback, user_data);
}

gboolean
rp_remedy_fix_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  if (!rp_amendment_finish (workspace, result, error))
    return FALSE;
  rp_workspace_reload_shelf (workspace);
  rp_rejudge_soon (workspace, FALSE);

  return TRUE;
}
