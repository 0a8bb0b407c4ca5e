#include "rp-render-rights.h"

#include "rp-json.h"
#include "rp-licence-form.h"
#include "rp-render-credit.h"
#include "rp-text.h"
#include "rp-time.h"

#include <string.h>

gboolean
rp_render_is_uri (const char *text)
{
  return text != NULL && g_uri_is_valid (text, G_URI_FLAGS_NONE, NULL);
}

/* Without any id the words themselves are the id. */
static char *
dup_fingerprint (RpArticle *article)
{
  const char *headline = rp_article_get (article, RP_ARTICLE_HEADLINE);
  const char *body = rp_article_get (article, RP_ARTICLE_BODY_HTML);
  g_autofree char *text =
    g_strconcat (headline != NULL ? headline : "", "\n", body != NULL ? body : "", NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strconcat ("urn:sha256:", digest, NULL);
}

char *
rp_render_dup_uri (const RpRenderJob *job)
{
  const char *guid = rp_article_get (job->article, RP_ARTICLE_GUID);
  const char *id = rp_article_get (job->article, RP_ARTICLE_ID);

  if (job->marker != NULL)
    return g_strconcat ("urn:uuid:", job->marker, NULL);
  if (rp_render_is_uri (guid))
    return g_strdup (guid);
  if (id != NULL)
    return g_strconcat ("urn:uuid:", id, NULL);

  return dup_fingerprint (job->article);
}

const char *
rp_render_get_version (const RpRenderJob *job)
{
  return job->version != NULL ? job->version : "1";
}

char *
rp_render_dup_time (const RpRenderJob *job, RpArticleField field)
{
  return rp_time_format (rp_time_instant (rp_article_get (job->article, field)));
}

/* "en_GB.UTF-8" of some systems is en-GB; a subtag of more than eight letters is no language. */
char *
rp_render_dup_language (const RpRenderJob *job)
{
  const char *stated = rp_article_get (job->article, RP_ARTICLE_LANGUAGE);
  gsize length = stated != NULL ? strcspn (stated, ".@") : 0;
  g_autofree char *tag = g_strndup (stated != NULL ? stated : "", length);
  guint run = 0;

  for (char *at = tag; *at != '\0'; at++) {
    if (*at == '_')
      *at = '-';
    run = *at == '-' ? 0 : run + 1;
    if ((*at != '-' && !g_ascii_isalnum (*at)) || run > 8 ||
        (*at == '-' && (at == tag || at[1] == '-' || at[1] == '\0')))
      return NULL;
  }

  return g_ascii_isalpha (*tag) ? g_steal_pointer (&tag) : NULL;
}

static const char *
get_first (const char *first, const char *second)
{
  return !rp_text_is_empty (first) ? first : second;
}

/* Of what the licence and the source say, what comes first. */
static gint64
get_expiry (const RpRenderJob *job)
{
  const RpTerms *terms = rp_render_get_terms (job);
  const char *ends[] = {
    terms != NULL ? terms->expires : NULL,
    rp_article_get (job->article, RP_ARTICLE_EXPIRES),
    rp_statement_get (rp_article_get_statement (job->article), RP_STATEMENT_EXPIRES),
  };
  gint64 first = RP_TIME_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    gint64 end = rp_time_instant (ends[i]);

    if (end != RP_TIME_NONE && (first == RP_TIME_NONE || end < first))
      first = end;
  }

  return first;
}

char *
rp_render_dup_end (const RpRenderJob *job)
{
  const RpTerms *terms = rp_render_get_terms (job);
  gint64 published = rp_time_instant (rp_article_get (job->article, RP_ARTICLE_PUBLISHED));
  gint64 end = get_expiry (job);

  /* The day of our own publication is not known here; the source's is never later. */
  if (terms != NULL && terms->archive_days >= 0) {
    gint64 limit =
      (published != RP_TIME_NONE ? published : job->now) + terms->archive_days * RP_TIME_DAY;

    if (end == RP_TIME_NONE || limit < end)
      end = limit;
  }

  return rp_time_format (end);
}

static gint64
get_embargo (const RpRenderJob *job)
{
  const char *own = rp_article_get (job->article, RP_ARTICLE_EMBARGOED_UNTIL);

  return rp_time_instant (own != NULL ? own
                                      : rp_statement_get (rp_article_get_statement (job->article),
                                                          RP_STATEMENT_EMBARGOED_UNTIL));
}

static char *
dup_year (const char *notice, const char *published)
{
  for (const char *at = notice; at != NULL && *at != '\0'; at++)
    if (strspn (at, "0123456789") == 4 && (*at == '1' || *at == '2'))
      return g_strndup (at, 4);

  return published != NULL && strspn (published, "0123456789") == 4 ? g_strndup (published, 4)
                                                                    : NULL;
}

static char *
dup_web_url (const char *url)
{
  return rp_text_is_web_url (url) ? g_strdup (url) : NULL;
}

/* The parties: what the agreement says outranks what was read somewhere. */
static void
read_parties (RpRenderRights *self, const RpRenderJob *job)
{
  RpStatement *statement = rp_article_get_statement (job->article);
  const RpTerms *terms = rp_render_get_terms (job);
  const char *notice =
    job->licence != NULL ? rp_licence_get (job->licence, "copyright_notice") : NULL;

  self->licensor = g_strdup (get_first (terms != NULL ? terms->licensor : NULL,
                                        rp_statement_get (statement, RP_STATEMENT_LICENSOR)));
  self->holder = g_strdup (get_first (terms != NULL ? terms->rights_holder : NULL,
                                      rp_statement_get (statement, RP_STATEMENT_RIGHTS_HOLDER)));
  self->notice =
    g_strdup (get_first (notice, rp_statement_get (statement, RP_STATEMENT_COPYRIGHT_NOTICE)));
  self->year = dup_year (self->notice, rp_article_get (job->article, RP_ARTICLE_PUBLISHED));
}

static void
read_licence (RpRenderRights *self, const RpRenderJob *job)
{
  RpStatement *statement = rp_article_get_statement (job->article);
  const RpTerms *terms = rp_render_get_terms (job);

  if (terms == NULL) {
    self->usage_terms = g_strdup (rp_statement_get (statement, RP_STATEMENT_USAGE_TERMS));
    return;
  }
  self->url = dup_web_url (terms->url);
  self->name = g_strdup (rp_licence_get_name (job->licence));
  self->spdx = g_strdup (terms->spdx);
  self->usage_terms = rp_licence_describe (job->licence, job->article);
  self->terms_url = dup_web_url (rp_licence_get (job->licence, "terms_url"));
  self->acquire_page = dup_web_url (terms->contact);
  self->tdm_policy = dup_web_url (terms->tdm_policy);
}

RpRenderRights *
rp_render_rights_new (const RpRenderJob *job)
{
  RpRenderRights *self = g_new0 (RpRenderRights, 1);

  read_parties (self, job);
  read_licence (self, job);
  self->credit = rp_render_dup_credit_text (job);
  self->original_url = g_strdup (rp_render_get_original_url (job));
  self->embargo = rp_time_format (get_embargo (job));
  self->expires = rp_time_format (get_expiry (job));
  self->tdm_reserved = rp_render_is_tdm_reserved (job);

  return self;
}

void
rp_render_rights_free (RpRenderRights *self)
{
  char *strings[] = {
    self->url,     self->name,         self->spdx,    self->licensor,     self->holder,
    self->notice,  self->year,         self->credit,  self->usage_terms,  self->terms_url,
    self->embargo, self->acquire_page, self->expires, self->original_url, self->tdm_policy,
  };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (strings[i]);
  g_free (self);
}

RpLicence *
rp_render_narrow_licence (const RpRenderJob *job, const RpRenderRights *rights)
{
  /* How the book recognises articles, and what was agreed about money, is no partner's concern. */
  static const char *const ours[] = {"match", "notes",  "tracking_html", "payment",
                                     "quota", "notify", "max_items_30d"};
  g_autoptr (JsonObject) profile = rp_json_object_copy (rp_licence_get_profile (job->licence));

  rp_json_set_string (profile, "licensor", rights->licensor);
  rp_json_set_string (profile, "rights_holder", rights->holder);
  rp_json_set_string (profile, "copyright_notice", rights->notice);
  rp_json_set_string (profile, "credit_text", rights->credit);
  rp_json_set_string (profile, "expires", rights->expires);
  if (rights->tdm_reserved)
    json_object_set_boolean_member (profile, "tdm_reserved", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    json_object_remove_member (profile, ours[i]);

  return rp_licence_new_from_json (profile, NULL);
}

char *
rp_render_dup_policy (const RpRenderJob *job, const RpRenderRights *rights)
{
  g_autoptr (RpLicence) narrowed =
    job->licence != NULL ? rp_render_narrow_licence (job, rights) : NULL;

  return narrowed != NULL ? rp_licence_form_write (narrowed, "odrl", NULL) : NULL;
}
