/* Markdown with front matter, under the names that site generators and our own importer know. */
#include "rp-json.h"
#include "rp-render-body.h"
#include "rp-render-credit.h"
#include "rp-render-markdown.h"
#include "rp-render-rights.h"
#include "rp-renderer.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

/* A string of JSON is a string of YAML, whatever is in it. Gives. */
static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

static void
append (GString *out, const char *indent, const char *name, const char *value)
{
  g_autofree char *quoted = NULL;

  if (rp_text_is_empty (value))
    return;
  quoted = quote (value);
  g_string_append_printf (out, "%s%s: %s\n", indent, name, quoted);
}

static void
append_authors (GString *out, RpArticle *article)
{
  GPtrArray *authors = rp_article_get_authors (article);

  if (authors->len > 0)
    g_string_append (out, "authors:\n");
  for (guint i = 0; i < authors->len; i++) {
    RpAuthor *author = authors->pdata[i];

    append (out, "  - ", "name", author->name);
    append (out, "    ", "url", author->uri);
  }
}

static void
append_tags (GString *out, RpArticle *article)
{
  GPtrArray *tags = rp_article_get_tags (article);

  if (tags->len > 0)
    g_string_append (out, "tags:\n");
  for (guint i = 0; i < tags->len; i++) {
    g_autofree char *quoted = quote (tags->pdata[i]);

    g_string_append_printf (out, "  - %s\n", quoted);
  }
}

static void
append_words (GString *out, const RpRenderJob *job)
{
  static const struct {
    const char *name;
    RpArticleField field;
  } fields[] = {
    {"title", RP_ARTICLE_HEADLINE},    {"subtitle", RP_ARTICLE_SUBHEADLINE},
    {"slugline", RP_ARTICLE_SLUGLINE}, {"dateline", RP_ARTICLE_DATELINE},
    {"date", RP_ARTICLE_PUBLISHED},    {"lastmod", RP_ARTICLE_UPDATED},
    {"language", RP_ARTICLE_LANGUAGE}, {"description", RP_ARTICLE_SUMMARY},
  };
  g_autofree char *uri = rp_render_dup_uri (job);

  append (out, "", "id", uri);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    append (out, "", fields[i].name, rp_article_get (job->article, fields[i].field));
  append_authors (out, job->article);
  append_tags (out, job->article);
}

static void
append_rights (GString *out, const RpRenderJob *job, const RpRenderRights *rights)
{
  g_autofree char *source = rp_render_dup_source (job);

  append (out, "", "publisher", source);
  append (out, "", "canonical_url", rights->original_url);
  append (out, "", "licence", rights->spdx != NULL ? rights->spdx : rights->name);
  append (out, "", "licence_url", rights->url);
  append (out, "", "licensor", rights->licensor);
  append (out, "", "credit", rights->credit);
  append (out, "", "copyright", rights->notice);
  append (out, "", "copyright_holder", rights->holder);
  append (out, "", "usage_terms", rights->usage_terms);
  append (out, "", "terms_url", rights->terms_url);
  append (out, "", "acquire_license_page", rights->acquire_page);
  append (out, "", "embargoed_until", rights->embargo);
  append (out, "", "expires", rights->expires);
  if (rights->tdm_reserved) {
    append (out, "", "tdm_reservation", "1");
    append (out, "", "tdm_policy", rights->tdm_policy);
  }
}

static void
append_pictures (GString *out, const RpRenderJob *job)
{
  static const struct {
    const char *name;
    RpMediaField field;
  } fields[] = {
    {"alt", RP_MEDIA_ALT},
    {"caption", RP_MEDIA_CAPTION},
    {"credit", RP_MEDIA_CREDIT},
    {"copyright", RP_MEDIA_COPYRIGHT},
    {"licence_url", RP_MEDIA_LICENCE_URL},
  };
  GPtrArray *media = rp_article_get_media (job->article);
  gboolean any = FALSE;

  for (guint i = 0; i < media->len; i++) {
    const char *url = rp_render_get_media_url (job, media->pdata[i]);

    if (!rp_text_is_web_url (url))
      continue;
    if (!any)
      g_string_append (out, "images:\n");
    any = TRUE;
    append (out, "  - ", "url", url);
    for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
      append (out, "    ", fields[k].name, rp_media_get (media->pdata[i], fields[k].field));
  }
}

static GBytes *
markdown_render (const RpRenderJob *job, GError **error)
{
  GString *out = g_string_new ("---\n");
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);
  g_autofree char *content = rp_render_dup_content (job, FALSE);
  g_autofree char *body = rp_render_dup_markdown (content);

  append_words (out, job);
  append_rights (out, job, rights);
  append_pictures (out, job);
  g_string_append_printf (out, "---\n\n%s", body);

  return g_string_free_to_bytes (out);
}

const RpRenderer rp_renderer_markdown = {
  .id = "markdown",
  .title = N_ ("Markdown text"),
  .media_type = "text/markdown",
  .render = markdown_render,
};
