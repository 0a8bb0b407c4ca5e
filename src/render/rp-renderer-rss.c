/* RSS 2.0 with the modules that carry rights. */
#include "rp-render-body.h"
#include "rp-render-credit.h"
#include "rp-render-feed-xml.h"
#include "rp-render-feed.h"
#include "rp-renderer.h"
#include "rp-text.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

/* RFC 822, as RSS wants it; an HTTP date is one. Gives. */
static char *
dup_date (gint64 instant)
{
  return instant != RP_TIME_NONE ? rp_time_format_http (instant) : NULL;
}

static void
add_words (const RpRenderModules *modules, xmlNode *item, const RpRenderJob *job)
{
  RpArticle *article = job->article;
  GPtrArray *authors = rp_article_get_authors (article);
  GPtrArray *tags = rp_article_get_tags (article);
  g_autofree char *language = rp_render_dup_language (job);
  g_autofree char *published =
    dup_date (rp_time_instant (rp_article_get (article, RP_ARTICLE_PUBLISHED)));

  rp_render_xml_put (item, "pubDate", published);
  for (guint i = 0; i < authors->len; i++)
    rp_render_xml_put_ns (item, modules->dc, "creator", ((RpAuthor *) authors->pdata[i])->name);
  rp_render_xml_put_ns (item, modules->dc, "language", language);
  for (guint i = 0; i < tags->len; i++)
    rp_render_xml_put (item, "category", tags->pdata[i]);
}

static void
add_item (const RpRenderModules *modules, xmlNode *channel, const RpRenderJob *job)
{
  xmlNode *item = rp_render_xml_add (channel, "item", NULL);
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);
  g_autofree char *uri = rp_render_dup_uri (job);
  g_autofree char *content = rp_render_dup_content (job, FALSE);
  const char *headline = rp_article_get (job->article, RP_ARTICLE_HEADLINE);
  const char *summary = rp_article_get (job->article, RP_ARTICLE_SUMMARY);

  rp_render_xml_add (item, "title", headline != NULL ? headline : "");
  rp_render_xml_put (item, "link", rights->original_url);
  if (summary != NULL) {
    g_autofree char *escaped = rp_text_escape (summary);

    rp_render_xml_add (item, "description", escaped);
  }
  rp_render_xml_set (rp_render_xml_add (item, "guid", uri), "isPermaLink", "false");
  add_words (modules, item, job);
  rp_render_xml_put_ns (item, modules->dc, "rights", rights->notice);
  rp_render_modules_add_rights (modules, item, job, rights);
  rp_render_modules_add_pictures (modules, item, job);
  rp_render_xml_add_ns (item, modules->content, "encoded", content);
}

static void
add_channel_head (const RpRenderModules *modules, xmlNode *channel, const RpRenderFeed *feed)
{
  const char *title = feed->title != NULL ? feed->title : "";
  g_autofree char *updated = dup_date (feed->updated);

  rp_render_xml_add (channel, "title", title);
  rp_render_xml_add (channel, "link", feed->home_url != NULL ? feed->home_url : "about:blank");
  rp_render_xml_add (channel, "description", title);
  rp_render_xml_put (channel, "language", feed->language);
  rp_render_xml_put (channel, "lastBuildDate", updated);
  rp_render_xml_add (channel, "generator", "Reprint " RP_VERSION);
  if (feed->feed_url != NULL) {
    xmlNode *self = rp_render_xml_add_ns (channel, modules->atom, "link", NULL);

    rp_render_xml_set (self, "rel", "self");
    rp_render_xml_set (self, "type", "application/rss+xml");
    rp_render_xml_set (self, "href", feed->feed_url);
  }
}

GBytes *
rp_render_feed_rss (const RpRenderFeed *feed, const RpRenderJob *jobs, guint n_jobs)
{
  g_autoptr (xmlDoc) doc = NULL;
  xmlNode *root = rp_render_xml_new ("rss", NULL, &doc);
  RpRenderModules modules = {0};
  xmlNode *channel;

  rp_render_xml_set (root, "version", "2.0");
  rp_render_modules_declare (&modules, root);
  channel = rp_render_xml_add (root, "channel", NULL);
  add_channel_head (&modules, channel, feed);
  for (guint i = 0; i < n_jobs; i++)
    add_item (&modules, channel, &jobs[i]);

  return rp_render_xml_to_bytes (doc);
}

static GBytes *
rss_render (const RpRenderJob *job, GError **error)
{
  g_autofree char *title = NULL;
  g_autofree char *language = NULL;
  RpRenderFeed feed = rp_render_feed_of (job, &title, &language);

  return rp_render_feed_rss (&feed, job, 1);
}

const RpRenderer rp_renderer_rss = {
  .id = "rss",
  .title = N_ ("RSS feed"),
  .media_type = "application/rss+xml",
  .render = rss_render,
};
