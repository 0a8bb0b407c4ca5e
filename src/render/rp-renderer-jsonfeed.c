/* JSON Feed 1.1. It has no members for rights: they stand in the extension "_licence". */
#include "rp-json.h"
#include "rp-render-body.h"
#include "rp-render-credit.h"
#include "rp-render-feed.h"
#include "rp-render-rights.h"
#include "rp-renderer.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

static void
add_authors (JsonObject *item, RpArticle *article)
{
  GPtrArray *authors = rp_article_get_authors (article);
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; i < authors->len; i++) {
    RpAuthor *author = authors->pdata[i];
    JsonObject *person;

    if (rp_text_is_empty (author->name))
      continue;
    person = json_object_new ();
    json_object_set_string_member (person, "name", author->name);
    if (rp_text_is_web_url (author->uri))
      json_object_set_string_member (person, "url", author->uri);
    json_array_add_object_element (list, person);
  }
  if (json_array_get_length (list) > 0)
    json_object_set_array_member (item, "authors", g_steal_pointer (&list));
}

static void
add_tags (JsonObject *item, RpArticle *article)
{
  GPtrArray *tags = rp_article_get_tags (article);
  JsonArray *list;

  if (tags->len == 0)
    return;
  list = json_array_new ();
  for (guint i = 0; i < tags->len; i++)
    json_array_add_string_element (list, tags->pdata[i]);
  json_object_set_array_member (item, "tags", list);
}

static void
add_pictures (JsonObject *item, const RpRenderJob *job)
{
  GPtrArray *media = rp_article_get_media (job->article);
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; i < media->len; i++) {
    const char *url = rp_render_get_media_url (job, media->pdata[i]);
    const char *type = rp_media_get (media->pdata[i], RP_MEDIA_MIME_TYPE);
    JsonObject *attachment;

    if (!rp_text_is_web_url (url))
      continue;
    if (!rp_json_has (item, "image"))
      json_object_set_string_member (item, "image", url);
    attachment = json_object_new ();
    json_object_set_string_member (attachment, "url", url);
    json_object_set_string_member (attachment, "mime_type", type != NULL ? type : "image/jpeg");
    rp_json_set_string (attachment, "title", rp_media_get (media->pdata[i], RP_MEDIA_CAPTION));
    json_array_add_object_element (list, attachment);
  }
  if (json_array_get_length (list) > 0)
    json_object_set_array_member (item, "attachments", g_steal_pointer (&list));
}

static void
add_rights (JsonObject *item, const RpRenderRights *rights)
{
  const char *members[][2] = {
    {"url", rights->url},
    {"name", rights->name},
    {"spdx", rights->spdx},
    {"licensor", rights->licensor},
    {"holder", rights->holder},
    {"notice", rights->notice},
    {"usage_terms", rights->usage_terms},
    {"credit", rights->credit},
    {"original_url", rights->original_url},
    {"embargoed_until", rights->embargo},
    {"expires", rights->expires},
    {"tdm_policy", rights->tdm_policy},
  };
  JsonObject *licence = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    rp_json_set_string (licence, members[i][0], members[i][1]);
  if (rights->tdm_reserved)
    json_object_set_string_member (licence, "tdm", "reserved");
  json_object_set_object_member (item, "_licence", licence);
}

static JsonObject *
build_item (const RpRenderJob *job)
{
  JsonObject *item = json_object_new ();
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);
  g_autofree char *uri = rp_render_dup_uri (job);
  g_autofree char *content = rp_render_dup_content (job, FALSE);
  g_autofree char *published = rp_render_dup_time (job, RP_ARTICLE_PUBLISHED);
  g_autofree char *updated = rp_render_dup_time (job, RP_ARTICLE_UPDATED);
  g_autofree char *language = rp_render_dup_language (job);

  json_object_set_string_member (item, "id", uri);
  rp_json_set_string (item, "url", rights->original_url);
  rp_json_set_string (item, "title", rp_article_get (job->article, RP_ARTICLE_HEADLINE));
  json_object_set_string_member (item, "content_html", content);
  rp_json_set_string (item, "summary", rp_article_get (job->article, RP_ARTICLE_SUMMARY));
  rp_json_set_string (item, "date_published", published);
  rp_json_set_string (item, "date_modified", updated);
  rp_json_set_string (item, "language", language);
  add_authors (item, job->article);
  add_tags (item, job->article);
  add_pictures (item, job);
  add_rights (item, rights);

  return item;
}

GBytes *
rp_render_feed_json (const RpRenderFeed *feed, const RpRenderJob *jobs, guint n_jobs)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *items = json_array_new ();

  json_object_set_string_member (object, "version", "https://jsonfeed.org/version/1.1");
  json_object_set_string_member (object, "title", feed->title != NULL ? feed->title : "");
  rp_json_set_string (object, "home_page_url", feed->home_url);
  rp_json_set_string (object, "feed_url", feed->feed_url);
  rp_json_set_string (object, "language", feed->language);
  for (guint i = 0; i < n_jobs; i++)
    json_array_add_object_element (items, build_item (&jobs[i]));
  json_object_set_array_member (object, "items", items);

  return rp_json_object_to_bytes (object);
}

static GBytes *
jsonfeed_render (const RpRenderJob *job, GError **error)
{
  g_autofree char *title = NULL;
  g_autofree char *language = NULL;
  RpRenderFeed feed = rp_render_feed_of (job, &title, &language);

  return rp_render_feed_json (&feed, job, 1);
}

const RpRenderer rp_renderer_jsonfeed = {
  .id = "jsonfeed",
  .title = N_ ("JSON Feed"),
  .media_type = "application/feed+json",
  .render = jsonfeed_render,
};
