/* Atom (RFC 4287) with the licence link of RFC 4946. */
#include "rp-render-body.h"
#include "rp-render-credit.h"
#include "rp-render-feed-xml.h"
#include "rp-render-feed.h"
#include "rp-renderer.h"
#include "rp-text.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

#define ATOM "http://www.w3.org/2005/Atom"

static void
add_link (xmlNode *parent, const char *rel, const char *type, const char *href)
{
  xmlNode *link;

  if (rp_text_is_empty (href))
    return;
  link = rp_render_xml_add (parent, "link", NULL);
  rp_render_xml_set (link, "rel", rel);
  rp_render_xml_set (link, "type", type);
  rp_render_xml_set (link, "href", href);
}

/* Every entry must name somebody. */
static void
add_authors (xmlNode *entry, const RpRenderJob *job)
{
  GPtrArray *authors = rp_article_get_authors (job->article);
  g_autofree char *source = rp_render_dup_source (job);
  guint named = 0;

  for (guint i = 0; i < authors->len; i++) {
    RpAuthor *author = authors->pdata[i];
    xmlNode *node;

    if (rp_text_is_empty (author->name))
      continue;
    node = rp_render_xml_add (entry, "author", NULL);
    rp_render_xml_add (node, "name", author->name);
    if (rp_render_is_uri (author->uri))
      rp_render_xml_add (node, "uri", author->uri);
    named++;
  }
  if (named == 0)
    rp_render_xml_add (rp_render_xml_add (entry, "author", NULL), "name",
                       source != NULL ? source : "Reprint");
}

/* A time that must be there: the article's, else the moment of the rendition. Gives. */
static char *
dup_updated (const RpRenderJob *job)
{
  char *updated = rp_render_dup_time (job, RP_ARTICLE_UPDATED);

  if (updated == NULL)
    updated = rp_render_dup_time (job, RP_ARTICLE_PUBLISHED);
  if (updated == NULL)
    updated = rp_time_format (job->now);

  return updated != NULL ? updated : g_strdup ("1970-01-01T00:00:00Z");
}

static void
add_words (xmlNode *entry, const RpRenderJob *job)
{
  RpArticle *article = job->article;
  GPtrArray *tags = rp_article_get_tags (article);
  const char *headline = rp_article_get (article, RP_ARTICLE_HEADLINE);
  g_autofree char *uri = rp_render_dup_uri (job);
  g_autofree char *updated = dup_updated (job);
  g_autofree char *published = rp_render_dup_time (job, RP_ARTICLE_PUBLISHED);

  rp_render_xml_add (entry, "id", uri);
  rp_render_xml_add (entry, "title", headline != NULL ? headline : "");
  rp_render_xml_add (entry, "updated", updated);
  rp_render_xml_put (entry, "published", published);
  add_authors (entry, job);
  for (guint i = 0; i < tags->len; i++)
    rp_render_xml_set (rp_render_xml_add (entry, "category", NULL), "term", tags->pdata[i]);
}

static void
add_entry (const RpRenderModules *modules, xmlNode *feed, const RpRenderJob *job)
{
  xmlNode *entry = rp_render_xml_add (feed, "entry", NULL);
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);
  g_autofree char *content = rp_render_dup_content (job, FALSE);
  g_autofree char *language = rp_render_dup_language (job);

  rp_render_xml_set_language (entry, language);
  add_words (entry, job);
  add_link (entry, "alternate", "text/html", rights->original_url);
  rp_render_xml_put (entry, "rights", rights->notice);
  rp_render_xml_put (entry, "summary", rp_article_get (job->article, RP_ARTICLE_SUMMARY));
  rp_render_xml_set (rp_render_xml_add (entry, "content", content), "type", "html");
  rp_render_modules_add_rights (modules, entry, job, rights);
  rp_render_modules_add_pictures (modules, entry, job);
}

GBytes *
rp_render_feed_atom (const RpRenderFeed *feed, const RpRenderJob *jobs, guint n_jobs)
{
  g_autoptr (xmlDoc) doc = NULL;
  xmlNode *root = rp_render_xml_new ("feed", ATOM, &doc);
  RpRenderModules modules = {.atom = root->ns};
  g_autofree char *updated = feed->updated != RP_TIME_NONE
                               ? rp_time_format (feed->updated)
                               : (n_jobs > 0 ? dup_updated (&jobs[0]) : NULL);
  g_autofree char *uri = n_jobs > 0 ? rp_render_dup_uri (&jobs[0]) : NULL;
  g_autofree char *id = g_strconcat (uri != NULL ? uri : "urn:reprint", "#feed", NULL);

  rp_render_modules_declare (&modules, root);
  rp_render_xml_set_language (root, feed->language);
  rp_render_xml_add (root, "id", feed->feed_url != NULL ? feed->feed_url : id);
  rp_render_xml_add (root, "title", feed->title != NULL ? feed->title : "");
  rp_render_xml_add (root, "updated", updated != NULL ? updated : "1970-01-01T00:00:00Z");
  add_link (root, "alternate", "text/html", feed->home_url);
  add_link (root, "self", "application/atom+xml", feed->feed_url);
  rp_render_xml_set (rp_render_xml_add (root, "generator", "Reprint"), "version", RP_VERSION);
  for (guint i = 0; i < n_jobs; i++)
    add_entry (&modules, root, &jobs[i]);

  return rp_render_xml_to_bytes (doc);
}

static GBytes *
atom_render (const RpRenderJob *job, GError **error)
{
  g_autofree char *title = NULL;
  g_autofree char *language = NULL;
  RpRenderFeed feed = rp_render_feed_of (job, &title, &language);

  return rp_render_feed_atom (&feed, job, 1);
}

const RpRenderer rp_renderer_atom = {
  .id = "atom",
  .title = N_ ("Atom feed"),
  .media_type = "application/atom+xml",
  .render = atom_render,
};
