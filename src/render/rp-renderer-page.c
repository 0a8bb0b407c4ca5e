/* A whole page that stands on its own: for previews, for folders on a server, for the sample
 * partner. */
#include "rp-article.h"
#include "rp-byline.h"
#include "rp-html.h"
#include "rp-marks.h"
#include "rp-render-body.h"
#include "rp-render-credit.h"
#include "rp-render-jsonld.h"
#include "rp-render-rights.h"
#include "rp-renderer.h"
#include "rp-text.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

static const char style[] =
  ":root{color-scheme:light dark}"
  "body{font:1.125rem/1.6 Georgia,'Noto Serif',serif;max-width:40rem;margin:0 auto;padding:2rem "
  "1rem}"
  "h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}"
  ".subheadline{font-size:1.25rem;opacity:.8;margin:0 0 1rem}"
  ".facts{font:.9rem/1.4 sans-serif;opacity:.8;margin:0 0 2rem}"
  "figure{margin:2rem 0}img{max-width:100%;height:auto}"
  "figcaption{font:.85rem/1.4 sans-serif;opacity:.8}"
  "blockquote{margin:1.5rem 0;padding-inline-start:1rem;border-inline-start:.2rem solid}"
  "table{border-collapse:collapse;display:block;overflow-x:auto}"
  "td,th{padding:.3rem .6rem;border-block-end:1px solid;text-align:start}"
  "." RP_MARK_CREDIT ",." RP_MARK_LINE ",." RP_MARK_CHANGES
  "{font:.9rem/1.5 sans-serif;border-block-start:1px solid;padding-block-start:.75rem}";

static void
append_meta (GString *out, const char *attribute, const char *name, const char *content)
{
  g_autofree char *escaped = NULL;

  if (rp_text_is_empty (content))
    return;
  escaped = rp_text_escape (content);
  g_string_append_printf (out, "<meta %s=\"%s\" content=\"%s\"/>\n", attribute, name, escaped);
}

static void
append_link (GString *out, const char *rel, const char *url)
{
  g_autofree char *escaped = NULL;

  if (url == NULL || !rp_text_is_web_url (url))
    return;
  escaped = rp_text_escape (url);
  g_string_append_printf (out, "<link rel=\"%s\" href=\"%s\"/>\n", rel, escaped);
}

static void
append_social (GString *out, const RpRenderJob *job)
{
  GPtrArray *media = rp_article_get_media (job->article);

  append_meta (out, "property", "og:type", "article");
  append_meta (out, "property", "og:title", rp_article_get (job->article, RP_ARTICLE_HEADLINE));
  append_meta (out, "property", "og:description",
               rp_article_get (job->article, RP_ARTICLE_SUMMARY));
  append_meta (out, "property", "og:url", rp_render_get_original_url (job));
  append_meta (out, "property", "og:site_name",
               job->partner != NULL ? rp_partner_get_name (job->partner) : NULL);
  append_meta (out, "property", "article:published_time",
               rp_article_get (job->article, RP_ARTICLE_PUBLISHED));
  if (media->len > 0)
    append_meta (out, "property", "og:image", rp_render_get_media_url (job, media->pdata[0]));
}

/* Search engines drop the page when the copy has to be gone. */
static void
append_robots (GString *out, const RpRenderJob *job)
{
  const RpTerms *terms = rp_render_get_terms (job);
  g_autofree char *end = rp_render_dup_end (job);
  g_autofree char *until = end != NULL ? g_strconcat ("unavailable_after: ", end, NULL) : NULL;

  if (terms != NULL && terms->noindex_required)
    append_meta (out, "name", "robots", "noindex");
  append_meta (out, "name", "robots", until);
}

static void
append_rights (GString *out, const RpRenderJob *job)
{
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);

  append_link (out, "canonical", rights->original_url);
  append_link (out, "license", rights->url);
  append_meta (out, "name", "copyright", rights->holder);
  append_meta (out, "name", "dcterms.rightsHolder", rights->holder);
  append_robots (out, job);
  if (rights->tdm_reserved) {
    append_meta (out, "name", "tdm-reservation", "1");
    append_meta (out, "name", "tdm-policy", rights->tdm_policy);
  }
}

static void
append_head (GString *out, const RpRenderJob *job)
{
  g_autofree char *title = rp_text_escape (rp_article_get (job->article, RP_ARTICLE_HEADLINE));
  g_autofree char *byline = rp_article_dup_byline (job->article);
  g_autofree char *data = rp_render_dup_jsonld_text (job, FALSE);

  g_string_append_printf (
    out,
    "<head>\n<meta charset=\"utf-8\"/>\n<title>%s</title>\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n",
    title);
  append_meta (out, "name", "description", rp_article_get (job->article, RP_ARTICLE_SUMMARY));
  append_meta (out, "name", "author", byline);
  append_rights (out, job);
  append_social (out, job);
  g_string_append_printf (out, "<style>%s</style>\n", style);
  g_string_append_printf (out, "<script type=\"application/ld+json\">%s</script>\n</head>\n", data);
}

static void
append_paragraph (GString *out, const char *class_name, const char *text)
{
  g_autofree char *escaped = NULL;

  if (rp_text_is_empty (text))
    return;
  escaped = rp_text_escape (text);
  g_string_append_printf (out, "<p class=\"%s\">%s</p>\n", class_name, escaped);
}

static char *
dup_facts (const RpRenderJob *job)
{
  g_autofree char *byline = rp_article_dup_byline (job->article);
  g_autofree char *source = rp_render_dup_source (job);
  gint64 published = rp_time_instant (rp_article_get (job->article, RP_ARTICLE_PUBLISHED));
  const char *language = rp_article_get (job->article, RP_ARTICLE_LANGUAGE);
  g_autofree char *date =
    published != RP_TIME_NONE ? rp_byline_format_date (published, language) : NULL;
  const char *facts[] = {byline, source, date};
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (!rp_text_is_empty (facts[i]))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", facts[i]);

  return g_string_free (text, FALSE);
}

static GBytes *
page_render (const RpRenderJob *job, GError **error)
{
  GString *out = g_string_new ("<!DOCTYPE html>\n");
  g_autofree char *attributes = rp_render_dup_language_attributes (job);
  g_autofree char *headline = rp_text_escape (rp_article_get (job->article, RP_ARTICLE_HEADLINE));
  g_autofree char *facts = dup_facts (job);
  g_autofree char *content = rp_render_dup_content (job, FALSE);

  g_string_append_printf (out, "<html%s>\n", attributes);
  append_head (out, job);
  g_string_append (out, "<body>\n");
  if (job->marker != NULL) {
    g_autofree char *marker = rp_text_escape (job->marker);

    g_string_append_printf (out, "<!-- " RP_MARK_COMMENT "%s -->\n", marker);
  }
  g_string_append_printf (out, "<article>\n<h1>%s</h1>\n", headline);
  append_paragraph (out, "reprint-subheadline subheadline",
                    rp_article_get (job->article, RP_ARTICLE_SUBHEADLINE));
  append_paragraph (out, RP_MARK_BYLINE " facts", facts);
  g_string_append_printf (out, "%s</article>\n</body>\n</html>\n", content);

  return g_string_free_to_bytes (out);
}

const RpRenderer rp_renderer_page = {
  .id = "page",
  .title = N_ ("Whole page"),
  .media_type = "text/html",
  .render = page_render,
};
