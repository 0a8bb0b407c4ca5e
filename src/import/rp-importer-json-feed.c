/* JSON Feed 1.0 and 1.1. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-import-fields.h"
#include "rp-import-lift.h"
#include "rp-importer.h"
#include "rp-json.h"
#include "rp-text.h"

#define SNIFF 4096

static RpMatch
json_feed_match (const RpSource *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  g_autofree char *head = size > 0 ? g_strndup (data, MIN (size, SNIFF)) : NULL;

  if (head == NULL || head[strspn (head, " \t\r\n\xef\xbb\xbf")] != '{')
    return RP_MATCH_NO;
  if (strstr (head, "jsonfeed.org/version") != NULL ||
      strstr (head, "jsonfeed.org\\/version") != NULL)
    return RP_MATCH_CERTAIN;
  return strstr (head, "\"items\"") != NULL &&
             (strstr (head, "home_page_url") != NULL || strstr (head, "feed_url") != NULL)
           ? RP_MATCH_LIKELY
           : RP_MATCH_NO;
}

static void
add_authors (RpArticle *article, JsonObject *object)
{
  JsonArray *authors = rp_json_get_array (object, "authors");
  JsonObject *single = rp_json_get_object (object, "author");

  for (guint i = 0; authors != NULL && i < json_array_get_length (authors); i++) {
    JsonNode *node = json_array_get_element (authors, i);
    JsonObject *author = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

    if (author != NULL)
      rp_fields_add_author (article, rp_json_get_string (author, "name"),
                            rp_json_get_string (author, "url"), NULL);
  }
  if (single != NULL && rp_article_get_authors (article)->len == 0)
    rp_fields_add_author (article, rp_json_get_string (single, "name"),
                          rp_json_get_string (single, "url"), NULL);
}

static void
add_picture (RpArticle *article, const char *url, const char *title)
{
  g_autoptr (RpMedia) media = rp_text_is_web_url (url) ? rp_media_new (url) : NULL;

  if (media == NULL)
    return;
  rp_media_set (media, RP_MEDIA_CAPTION, title);
  rp_media_set (media, RP_MEDIA_ROLE, "featured");
  rp_article_add_media (article, media);
}

static void
add_pictures (RpArticle *article, JsonObject *item)
{
  JsonArray *attachments = rp_json_get_array (item, "attachments");

  add_picture (article, rp_json_get_string (item, "image"), NULL);
  add_picture (article, rp_json_get_string (item, "banner_image"), NULL);
  for (guint i = 0; attachments != NULL && i < json_array_get_length (attachments); i++) {
    JsonNode *node = json_array_get_element (attachments, i);
    JsonObject *attachment = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    const char *type = attachment != NULL ? rp_json_get_string (attachment, "mime_type") : NULL;

    if (type != NULL && g_str_has_prefix (type, "image/"))
      add_picture (article, rp_json_get_string (attachment, "url"),
                   rp_json_get_string (attachment, "title"));
  }
}

/* The extension "_licence" (or "_license"): an address, or an object with url and holder. */
static void
scan_licence (RpRightsScan *scan, JsonObject *object, const char *evidence)
{
  static const char *const names[] = {"_licence", "_license", "license", "licence"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    JsonObject *licence = rp_json_get_object (object, names[i]);
    const char *plain = rp_json_get_string (object, names[i]);
    RpMarkupRights rights = {.licence = plain, .evidence = evidence};

    if (licence != NULL) {
      rights.licence = rp_json_get_string (licence, "url");
      rights.holder = rp_json_get_string (licence, "holder");
      rights.notice = rp_json_get_string (licence, "notice");
      rights.usage_terms = rp_json_get_string (licence, "usage_terms");
      rights.credit = rp_json_get_string (licence, "credit");
    }
    rp_rights_scan_markup (scan, &rights);
  }
}

/* What our own feeds add to the extension. */
static void
read_extension (RpArticle *article, JsonObject *item)
{
  JsonObject *licence = rp_json_get_object (item, "_licence");
  RpStatement *statement = rp_article_get_statement (article);

  if (licence == NULL)
    return;
  rp_statement_fill (statement, RP_STATEMENT_LICENSOR, rp_json_get_string (licence, "licensor"));
  rp_statement_fill (statement, RP_STATEMENT_SPDX, rp_json_get_string (licence, "spdx"));
  rp_statement_fill (statement, RP_STATEMENT_COPYRIGHT_NOTICE,
                     rp_json_get_string (licence, "notice"));
  rp_statement_fill (statement, RP_STATEMENT_TDM, rp_json_get_string (licence, "tdm"));
  rp_statement_fill (statement, RP_STATEMENT_POLICY, rp_json_get_string (licence, "tdm_policy"));
  rp_statement_fill (statement, RP_STATEMENT_USAGE_TERMS,
                     rp_json_get_string (licence, "usage_terms"));
  rp_fields_set_time (article, RP_ARTICLE_EXPIRES, rp_json_get_string (licence, "expires"));
  rp_fields_set_time (article, RP_ARTICLE_EMBARGOED_UNTIL,
                      rp_json_get_string (licence, "embargoed_until"));
}

static gboolean
has_licence (JsonObject *object)
{
  return rp_json_has (object, "_licence") || rp_json_has (object, "_license") ||
         rp_json_has (object, "license") || rp_json_has (object, "licence");
}

static void
set_body (RpArticle *article, JsonObject *item, RpRightsScan *scan, const char *base)
{
  const char *html = rp_json_get_string (item, "content_html");
  const char *text = rp_json_get_string (item, "content_text");
  g_autofree char *escaped = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *joined = NULL;

  if (html != NULL && !rp_text_is_empty (html)) {
    rp_lift_body (article, scan, html, base);
    return;
  }
  if (text == NULL)
    return;
  escaped = rp_text_escape (text);
  lines = g_strsplit (escaped, "\n", -1);
  joined = g_strjoinv ("<br>", lines);
  rp_lift_body (article, scan, joined, base);
}

static RpArticle *
read_item (JsonObject *feed, JsonObject *item, const char *base_url)
{
  RpArticle *article = rp_article_new ();
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (NULL);
  g_autofree char *id = rp_json_dup_text (item, "id");
  g_autofree char *title = rp_fields_dup_plain (rp_json_get_string (item, "title"));
  g_autofree char *summary = rp_fields_dup_plain (rp_json_get_string (item, "summary"));
  g_auto (GStrv) tags = rp_json_dup_strv (item, "tags");
  const char *url = rp_json_get_string (item, "url");
  RpMarkupRights origin = {.original_url = rp_json_get_string (item, "external_url"),
                           .evidence = "json-feed external_url"};

  rp_article_set (article, RP_ARTICLE_GUID, id != NULL ? id : url);
  rp_article_set (article, RP_ARTICLE_HEADLINE, title);
  rp_article_set (article, RP_ARTICLE_SUMMARY, summary);
  rp_article_set (article, RP_ARTICLE_CANONICAL_URL, url);
  rp_article_set (article, RP_ARTICLE_SITE_NAME, rp_json_get_string (feed, "title"));
  rp_article_set (article, RP_ARTICLE_PROVIDER, rp_json_get_string (feed, "title"));
  rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, rp_json_get_string (item, "date_published"));
  rp_fields_set_time (article, RP_ARTICLE_UPDATED, rp_json_get_string (item, "date_modified"));
  rp_fields_set_language (article, rp_json_get_string (item, "language"));
  rp_fields_set_language (article, rp_json_get_string (feed, "language"));
  add_authors (article, item);
  if (rp_article_get_authors (article)->len == 0)
    add_authors (article, feed);
  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    rp_article_add_tag (article, tags[i]);
  add_pictures (article, item);
  scan_licence (scan, has_licence (item) ? item : feed,
                has_licence (item) ? "json-feed item" : "inherited:feed");
  rp_rights_scan_markup (scan, &origin);
  read_extension (article, item);
  set_body (article, item, scan, url != NULL ? url : base_url);
  rp_rights_scan_finish (scan, article);

  return article;
}

static gboolean
json_feed_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  g_autoptr (JsonObject) feed = rp_json_parse_object (source->bytes, _ ("The feed"), error);
  JsonArray *items = feed != NULL ? rp_json_get_array (feed, "items") : NULL;

  if (feed == NULL)
    return FALSE;
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++) {
    JsonNode *node = json_array_get_element (items, i);
    g_autoptr (RpArticle) article = NULL;

    if (!JSON_NODE_HOLDS_OBJECT (node))
      continue;
    article = read_item (feed, json_node_get_object (node), source->base_url);
    if (!sink->article (sink, article))
      return TRUE;
  }
  return TRUE;
}

static const char *const json_feed_extensions[] = {"json", NULL};

const RpImporter rp_importer_json_feed = {
  .id = "json-feed",
  .title = N_ ("JSON Feed"),
  .extensions = json_feed_extensions,
  .match = json_feed_match,
  .parse = json_feed_parse,
};
