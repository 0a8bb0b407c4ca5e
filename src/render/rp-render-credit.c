#include "rp-render-credit.h"

#include "rp-html.h"
#include "rp-marks.h"
#include "rp-text.h"

#include <string.h>

const RpTerms *
rp_render_get_terms (const RpRenderJob *job)
{
  return job->licence != NULL ? rp_licence_get_terms (job->licence) : NULL;
}

gboolean
rp_render_wants_credit_on_top (const RpRenderJob *job)
{
  const RpTerms *terms = rp_render_get_terms (job);

  return terms != NULL && g_strcmp0 (terms->credit_position, "top") == 0;
}

char *
rp_render_dup_credit_text (const RpRenderJob *job)
{
  return job->licence != NULL ? rp_licence_build_credit (job->licence, job->article) : NULL;
}

char *
rp_render_dup_source (const RpRenderJob *job)
{
  if (job->licence != NULL && !rp_licence_is_builtin (job->licence))
    return rp_licence_dup_source (job->licence, job->article);

  return g_strdup (rp_article_get (job->article, RP_ARTICLE_SITE_NAME));
}

char *
rp_render_dup_licensor (const RpRenderJob *job)
{
  const RpTerms *terms = rp_render_get_terms (job);
  const char *stated =
    rp_statement_get (rp_article_get_statement (job->article), RP_STATEMENT_LICENSOR);

  return g_strdup (terms != NULL && terms->licensor != NULL ? terms->licensor : stated);
}

const char *
rp_render_get_original_url (const RpRenderJob *job)
{
  RpStatement *statement = rp_article_get_statement (job->article);
  const char *candidates[] = {
    rp_article_get (job->article, RP_ARTICLE_CANONICAL_URL),
    rp_statement_get (statement, RP_STATEMENT_ORIGINAL_URL),
    rp_article_get (job->article, RP_ARTICLE_SOURCE_URL),
  };

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (candidates[i] != NULL && rp_text_is_web_url (candidates[i]))
      return candidates[i];

  return NULL;
}

gboolean
rp_render_is_tdm_reserved (const RpRenderJob *job)
{
  const RpTerms *terms = rp_render_get_terms (job);
  const char *tdm = rp_statement_get (rp_article_get_statement (job->article), RP_STATEMENT_TDM);

  return (terms != NULL && terms->tdm_reserved) || g_strcmp0 (tdm, "reserved") == 0;
}

static gboolean
names_authors (const char *credit, RpArticle *article)
{
  GPtrArray *authors = rp_article_get_authors (article);

  for (guint i = 0; i < authors->len; i++) {
    RpAuthor *author = authors->pdata[i];

    if (!rp_text_is_empty (author->name) &&
        (credit == NULL || strstr (credit, author->name) == NULL))
      return FALSE;
  }

  return TRUE;
}

void
rp_render_append_byline (GString *out, const RpRenderJob *job)
{
  const RpTerms *terms = rp_render_get_terms (job);
  g_autofree char *credit = rp_render_dup_credit_text (job);
  g_autofree char *byline = rp_article_dup_byline (job->article);
  g_autofree char *escaped = NULL;

  if (terms == NULL || terms->is_public_domain || byline == NULL ||
      (terms->attribution_waived && !terms->is_creative_commons_by) ||
      names_authors (credit, job->article))
    return;

  escaped = rp_text_escape (byline);
  g_string_append_printf (out, "<p class=\"" RP_MARK_BYLINE "\">%s</p>\n", escaped);
}

/* These words stand in the article, so they follow its language and not that of the program. */
static const char *
get_words (RpArticle *article, const char *const words[4])
{
  static const char *const languages[] = {"en", "de", "fr", "es"};
  const char *language = rp_article_get (article, RP_ARTICLE_LANGUAGE);

  for (guint i = 1; language != NULL && i < G_N_ELEMENTS (languages); i++)
    if (g_ascii_strncasecmp (language, languages[i], 2) == 0 &&
        (language[2] == '\0' || language[2] == '-' || language[2] == '_'))
      return words[i];

  return words[0];
}

static void
append_link (GString *out, const char *url, const char *rel, const char *text)
{
  g_autofree char *escaped_url = rp_text_escape (url);
  g_autofree char *escaped_text = rp_text_escape (text);

  g_string_append_printf (out, " <a href=\"%s\" rel=\"%s\">%s</a>.", escaped_url, rel,
                          escaped_text);
}

static gboolean
has_link (const char *html, const char *url)
{
  g_autofree char *escaped = rp_text_escape (url);
  g_autofree char *attribute = g_strconcat ("href=\"", escaped, "\"", NULL);

  return strstr (html, attribute) != NULL;
}

static const char *const original_words[4] = {
  "Read the original",
  "Zum Original",
  "Lire l’original",
  "Leer el original",
};

/* A template may leave the links out; the licence does not let us. */
static void
append_missing_links (GString *out, const char *html, const RpRenderJob *job)
{
  const RpTerms *terms = rp_render_get_terms (job);
  const char *original = rp_render_get_original_url (job);

  if (original != NULL && !has_link (html, original))
    append_link (out, original, "noopener", get_words (job->article, original_words));
  if (terms->is_creative_commons_by && terms->url != NULL && !has_link (html, terms->url))
    append_link (out, terms->url, "license noopener", rp_licence_get_name (job->licence));
}

/* The link to the original becomes ccREL: whom to name, and where the original stands. Where the
 * line does not name the licensor in so many words, the paragraph says it for programs. */
static char *
dup_with_attribution (const RpRenderJob *job, const char *html, gboolean *out_named)
{
  const char *original = rp_render_get_original_url (job);
  g_autofree char *escaped = rp_text_escape (original);
  g_autofree char *link = g_strdup_printf ("<a href=\"%s\" rel=\"noopener\">", escaped);
  const char *at = original != NULL ? strstr (html, link) : NULL;
  g_autofree char *source = rp_render_dup_licensor (job);
  g_autofree char *name = rp_text_escape (source);
  const char *words = at != NULL ? at + strlen (link) : NULL;

  *out_named = at != NULL && *name != '\0' && g_str_has_prefix (words, name) &&
               g_str_has_prefix (words + strlen (name), "</a>");
  if (at == NULL)
    return g_strdup (html);

  return g_strdup_printf ("%.*s<a href=\"%s\" rel=\"cc:attributionURL noopener\"%s>%s",
                          (int) (at - html), html, escaped,
                          *out_named ? " property=\"cc:attributionName\"" : "", words);
}

void
rp_render_append_credit (GString *out, const RpRenderJob *job)
{
  g_autofree char *plain =
    job->licence != NULL ? rp_licence_build_credit_html (job->licence, job->article) : NULL;
  gboolean named = FALSE;
  g_autofree char *html = plain != NULL ? dup_with_attribution (job, plain, &named) : NULL;
  g_autofree char *licensor = rp_render_dup_licensor (job);

  if (html == NULL)
    return;

  g_string_append (out, "<p class=\"" RP_MARK_CREDIT
                        "\" prefix=\"cc: http://creativecommons.org/ns#\">");
  g_string_append (out, html);
  if (!named && licensor != NULL) {
    g_autofree char *escaped = rp_text_escape (licensor);

    g_string_append_printf (out, "<span property=\"cc:attributionName\" content=\"%s\"></span>",
                            escaped);
  }
  append_missing_links (out, html, job);
  g_string_append (out, "</p>\n");
}

static void
append_mandatory_lines (GString *out, const RpRenderJob *job)
{
  const RpTerms *terms = rp_render_get_terms (job);

  for (guint i = 0;
       terms != NULL && terms->mandatory_lines != NULL && terms->mandatory_lines[i] != NULL; i++) {
    g_autofree char *line =
      rp_licence_fill_html (job->licence, job->article, terms->mandatory_lines[i]);

    g_string_append_printf (out, "<p class=\"" RP_MARK_LINE "\">%s</p>\n", line);
  }
}

static void
append_counter_images (GString *out, xmlNode *parent)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    if (node->type != XML_ELEMENT_NODE)
      continue;
    if (rp_xml_is (node, NULL, "img")) {
      g_autofree char *src = rp_xml_dup_attribute (node, "src");
      g_autofree char *escaped = rp_text_escape (src);

      if (src != NULL && rp_text_is_web_url (src))
        g_string_append_printf (out,
                                "<img class=\"" RP_MARK_COUNTER
                                "\" src=\"%s\" alt=\"\" width=\"1\" "
                                "height=\"1\"/>\n",
                                escaped);
    }
    append_counter_images (out, node);
  }
}

/* The counter is a stranger's markup: only the addresses of its pictures are taken over. */
static void
append_counter (GString *out, const RpRenderJob *job)
{
  const RpTerms *terms = rp_render_get_terms (job);
  const char *html = terms != NULL ? terms->tracking_html : NULL;
  g_autoptr (xmlDoc) doc = NULL;

  if (terms == NULL || !terms->tracking_required)
    return;
  if (html == NULL)
    html = rp_statement_get (rp_article_get_statement (job->article), RP_STATEMENT_TRACKING_HTML);
  if (html == NULL)
    return;

  doc = rp_html_parse_fragment (html);
  append_counter_images (out, rp_html_get_body (doc));
}

/* The licence of the copy, where it is not that of the article: as a person set it, or as the
 * licence prescribes for a changed version. */
static const char *
get_copy_licence (const RpRenderJob *job)
{
  const RpTerms *terms = rp_render_get_terms (job);
  const char *set = rp_article_get (job->article, RP_ARTICLE_COPY_LICENCE);

  if (set != NULL || terms == NULL || !terms->share_alike || rp_text_is_empty (job->changes) ||
      g_strcmp0 (terms->licence_on_copy, terms->spdx) == 0)
    return set;

  return terms->licence_on_copy;
}

static char *
dup_licence_address (const char *spdx)
{
  RpCreativeCommons kind;

  if (!rp_creative_commons_read (spdx, &kind) || !kind.attribution || kind.version == 0 ||
      kind.jurisdiction[0] != '\0')
    return g_strdup_printf ("https://spdx.org/licenses/%s.html", spdx);

  return g_strdup_printf ("https://creativecommons.org/licenses/by%s%s%s/%d.%d/",
                          kind.non_commercial ? "-nc" : "", kind.no_derivatives ? "-nd" : "",
                          kind.share_alike ? "-sa" : "", kind.version / 10, kind.version % 10);
}

static const char *const copy_words[4] = {
  "The licence of this version is",
  "Die Lizenz dieser Fassung ist",
  "La licence de cette version est",
  "La licencia de esta versión es",
};

static void
append_copy_licence (GString *out, const RpRenderJob *job)
{
  const char *spdx = get_copy_licence (job);
  g_autofree char *url = NULL;

  if (spdx == NULL)
    return;
  url = dup_licence_address (spdx);
  g_string_append_printf (out, "<p class=\"" RP_MARK_COPY "\">%s",
                          get_words (job->article, copy_words));
  append_link (out, url, "license noopener", spdx);
  g_string_append (out, "</p>\n");
}

void
rp_render_append_ending (GString *out, const RpRenderJob *job)
{
  append_mandatory_lines (out, job);
  if (!rp_text_is_empty (job->changes)) {
    g_autofree char *escaped = rp_text_escape (job->changes);

    g_string_append_printf (out, "<p class=\"" RP_MARK_CHANGES "\">%s</p>\n", escaped);
  }
  append_copy_licence (out, job);
  append_counter (out, job);
}
