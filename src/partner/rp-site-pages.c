#include "rp-site-pages.h"

#include "rp-html.h"
#include "rp-json.h"
#include "rp-site-item-view.h"
#include "rp-text.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

#include <string.h>

static const char style[] =
  ":root{color-scheme:light "
  "dark;--paper:#fdfcfa;--ink:#1d1c1a;--soft:#63605a;--line:#dedad2;--link:#1c5d99}"
  "@media(prefers-color-scheme:dark){:root{--paper:#191817;--ink:#ebe8e2;--soft:#a8a39a;--line:#"
  "3a3835;"
  "--link:#8fc1ee}}"
  "*{box-sizing:border-box}"
  "body{margin:0;background:var(--paper);color:var(--ink);font:1.125rem/1.65 Charter,'Noto "
  "Serif',Georgia,serif}"
  "a{color:var(--link);text-underline-offset:.15em}a:focus-visible{outline:.2rem solid var(--link)}"
  "header.site,footer.site,main{max-width:42rem;margin:0 auto;padding:1rem 1.25rem}"
  "header.site{display:flex;justify-content:space-between;align-items:baseline;"
  "border-block-end:1px solid var(--line)}"
  "header.site,footer.site,.facts,.rights,figcaption{font-family:Inter,'Noto "
  "Sans',system-ui,sans-serif}"
  "header.site a{color:inherit;text-decoration:none}header.site .name{font-weight:700}"
  "footer.site{font-size:.85rem;color:var(--soft);border-block-start:1px solid "
  "var(--line);margin-top:3rem}"
  "h1{font-size:clamp(1.7rem,5vw,2.4rem);line-height:1.15;margin:2rem 0 .75rem;text-wrap:balance}"
  "h2{line-height:1.25;margin:2rem 0 "
  ".25rem}.lead{font-size:1.25rem;line-height:1.45;color:var(--soft);margin:0}"
  ".facts{font-size:.9rem;color:var(--soft);margin:1rem 0 2rem}"
  "figure{margin:2rem 0}img{max-width:100%;height:auto;border-radius:.4rem;display:block}"
  "figcaption{font-size:.85rem;line-height:1.45;color:var(--soft);margin-top:.5rem}"
  "blockquote{margin:1.5rem 0;padding-inline-start:1.25rem;border-inline-start:.2rem solid "
  "var(--line)}"
  "table{border-collapse:collapse;display:block;overflow-x:auto;font-size:.95rem}"
  "td,th{padding:.4rem .7rem;border-block-end:1px solid var(--line);text-align:start}"
  "pre{overflow-x:auto}hr{border:0;border-block-start:1px solid var(--line);margin:2rem 0}"
  ".rights{font-size:.85rem;line-height:1.5;color:var(--soft);border-block-start:1px solid "
  "var(--line);"
  "margin-top:2.5rem;padding-top:1rem}"
  ".list{list-style:none;padding:0;margin:0}.list li{padding:1.25rem 0;border-block-end:1px solid "
  "var(--line)}"
  ".list h2{font-size:1.35rem;margin:0 0 .3rem}.list h2 a{color:inherit;text-decoration:none}"
  ".list p{margin:.25rem 0}.list .facts{margin:.25rem 0 0}";

static void
append_escaped (GString *out, const char *before, const char *text, const char *after)
{
  g_autofree char *escaped = NULL;

  if (rp_text_is_empty (text))
    return;
  escaped = rp_text_escape (text);
  g_string_append (out, before);
  g_string_append (out, escaped);
  g_string_append (out, after);
}

static char *
dup_date (const char *time)
{
  gint64 instant = rp_time_instant (time);

  return instant != RP_TIME_NONE ? rp_time_format_date (instant) : NULL;
}

static char *
dup_facts (const RpSiteItem *item)
{
  g_autofree char *source = rp_site_item_dup_source (item);
  g_autofree char *date = dup_date (rp_site_item_get (item, "firstcreated"));
  const char *facts[] = {rp_site_item_get (item, "byline"), source, date};
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (!rp_text_is_empty (facts[i]))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", facts[i]);

  return g_string_free (text, FALSE);
}

/* `extra` is markup for the head, made by us. */
static GString *
begin_page (RpSite *site, const char *title, const char *language, const char *extra)
{
  GString *out = g_string_new ("<!DOCTYPE html>\n<html");

  append_escaped (out, " lang=\"", language, "\"");
  g_string_append (out, ">\n<head>\n<meta charset=\"utf-8\"/>\n");
  append_escaped (out, "<title>", title, "</title>\n");
  g_string_append_printf (
    out,
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
    "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"%s/feed.xml\"/>\n"
    "<link rel=\"micropub\" href=\"%s/micropub\"/>\n%s<style>%s</style>\n</head>\n",
    rp_site_get_url (site), rp_site_get_url (site), extra, style);
  g_string_append (out, "<body>\n<header class=\"site\">");
  append_escaped (out, "<a class=\"name\" href=\"/\">", _ ("Sample Partner"), "</a>");
  append_escaped (out, "<a href=\"/feed.xml\">", _ ("Feed"), "</a></header>\n<main>\n");

  return out;
}

static char *
end_page (GString *out)
{
  g_string_append (out, "</main>\n");
  append_escaped (out, "<footer class=\"site\">",
                  _ ("Everything here is published under licence; each article names its source."),
                  "</footer>\n");
  g_string_append (out, "</body>\n</html>\n");

  return g_string_free (out, FALSE);
}

static gboolean
is_shown (const RpSiteItem *item)
{
  return g_str_equal (item->status, RP_SITE_LIVE);
}

static void
append_entry (GString *out, RpSite *site, const RpSiteItem *item)
{
  g_autofree char *url = rp_site_dup_item_url (site, item);
  g_autofree char *facts = dup_facts (item);

  append_escaped (out, "<li><h2><a href=\"", url, "\">");
  append_escaped (out, "", rp_site_item_get_headline (item), "</a></h2>");
  append_escaped (out, "<p>", rp_site_item_get (item, "description_text"), "</p>");
  append_escaped (out, "<p class=\"facts\">", facts, "</p>");
  g_string_append (out, "</li>\n");
}

char *
rp_site_build_front (RpSite *site)
{
  GString *out = begin_page (site, _ ("Sample Partner"), NULL, "");
  GPtrArray *items = rp_site_get_items (site);
  guint shown = 0;

  append_escaped (out, "<h1>", _ ("Latest articles"), "</h1>\n");
  g_string_append (out, "<ul class=\"list\">\n");
  for (guint i = 0; i < items->len; i++)
    if (is_shown (items->pdata[i])) {
      append_entry (out, site, items->pdata[i]);
      shown++;
    }
  g_string_append (out, "</ul>\n");
  if (shown == 0)
    append_escaped (out, "<p>", _ ("Nothing has been published here yet."), "</p>\n");

  return end_page (out);
}

char *
rp_site_build_notice (RpSite *site, const char *title, const char *words)
{
  GString *out = begin_page (site, title, NULL, "<meta name=\"robots\" content=\"noindex\"/>\n");

  append_escaped (out, "<h1>", title, "</h1>\n");
  append_escaped (out, "<p>", words, "</p>\n");

  return end_page (out);
}

static char *
dup_jsonld (RpSite *site, const RpSiteItem *item)
{
  g_autoptr (JsonObject) object = rp_site_item_build_jsonld (site, item);
  g_autofree char *text = rp_json_object_to_text (object, FALSE);
  g_auto (GStrv) parts = g_strsplit (text, "<", -1);

  return g_strjoinv ("\\u003c", parts);
}

static char *
build_article_head (RpSite *site, const RpSiteItem *item)
{
  GString *out = g_string_new (NULL);
  g_autofree char *original = rp_site_item_dup_original (item);
  g_autofree char *licence = rp_site_item_dup_licence (item);
  g_autofree char *url = rp_site_dup_item_url (site, item);
  g_autofree char *jsonld = dup_jsonld (site, item);
  const char *summary = rp_site_item_get (item, "description_text");

  append_escaped (out, "<link rel=\"canonical\" href=\"", original != NULL ? original : url,
                  "\"/>\n");
  append_escaped (out, "<link rel=\"license\" href=\"", licence, "\"/>\n");
  append_escaped (out, "<meta name=\"description\" content=\"", summary, "\"/>\n");
  append_escaped (out, "<meta name=\"author\" content=\"", rp_site_item_get (item, "byline"),
                  "\"/>\n");
  append_escaped (out, "<meta name=\"copyright\" content=\"",
                  rp_site_item_get (item, "copyrightnotice"), "\"/>\n");
  append_escaped (out, "<meta property=\"og:title\" content=\"", rp_site_item_get_headline (item),
                  "\"/>\n");
  append_escaped (out, "<meta property=\"og:url\" content=\"", url, "\"/>\n");
  g_string_append_printf (out, "<script type=\"application/ld+json\">%s</script>\n", jsonld);

  return g_string_free (out, FALSE);
}

static void
append_picture (GString *out, JsonObject *picture, const char *url)
{
  const char *caption = rp_json_get_string (picture, "description_text");
  const char *credit = rp_json_get_string (picture, "byline");
  const char *alt = rp_json_get_string (picture, "body_text");

  append_escaped (out, "<figure><img src=\"", url, "\" alt=\"");
  append_escaped (out, "", alt != NULL ? alt : caption, "");
  g_string_append (out, "\"/>");
  if (caption != NULL || credit != NULL) {
    g_string_append (out, "<figcaption>");
    append_escaped (out, "", caption, " ");
    append_escaped (out, "<span>", credit, "</span>");
    g_string_append (out, "</figcaption>");
  }
  g_string_append (out, "</figure>\n");
}

/* The featured picture, unless the text shows it already. */
static void
append_featured (GString *out, RpSite *site, const RpSiteItem *item, const char *body)
{
  g_autoptr (GPtrArray) pictures = rp_site_item_list_pictures (item);
  g_autofree char *url =
    pictures->len > 0 ? rp_site_dup_picture_url (site, pictures->pdata[0]) : NULL;
  g_autofree char *escaped = rp_text_escape (url);

  if (url != NULL && strstr (body, escaped) == NULL)
    append_picture (out, pictures->pdata[0], url);
}

static void
append_rights (GString *out, const RpSiteItem *item)
{
  g_autofree char *licence = rp_site_item_dup_licence (item);
  const char *notice = rp_site_item_get (item, "copyrightnotice");
  const char *terms = rp_site_item_get (item, "usageterms");

  if (licence == NULL && notice == NULL && terms == NULL)
    return;

  g_string_append (out, "<div class=\"rights\">\n");
  append_escaped (out, "<p>", notice, "</p>\n");
  append_escaped (out, "<p>", terms, "</p>\n");
  if (licence != NULL) {
    append_escaped (out, "<p><a rel=\"license\" href=\"", licence, "\">");
    append_escaped (out, "", _ ("Licence of this article"), "</a></p>\n");
  }
  g_string_append (out, "</div>\n");
}

char *
rp_site_build_article (RpSite *site, const RpSiteItem *item)
{
  g_autofree char *head = build_article_head (site, item);
  g_autofree char *body = rp_site_item_dup_body (site, item);
  g_autofree char *facts = dup_facts (item);
  GString *out =
    begin_page (site, rp_site_item_get_headline (item), rp_site_item_get (item, "language"), head);

  g_string_append (out, "<article>\n");
  append_escaped (out, "<h1>", rp_site_item_get_headline (item), "</h1>\n");
  append_escaped (out, "<p class=\"lead\">", rp_site_item_get (item, "headline_sub"), "</p>\n");
  append_escaped (out, "<p class=\"facts\">", facts, "</p>\n");
  append_featured (out, site, item, body);
  g_string_append_printf (out, "%s\n", body);
  append_rights (out, item);
  g_string_append (out, "</article>\n");

  return end_page (out);
}

static void
append_feed_item (GString *out, RpSite *site, const RpSiteItem *item)
{
  g_autofree char *url = rp_site_dup_item_url (site, item);
  g_autofree char *body = rp_site_item_dup_body (site, item);
  g_autofree char *licence = rp_site_item_dup_licence (item);
  g_autofree char *date = rp_time_format_http (item->received);
  const char *notice = rp_site_item_get (item, "copyrightnotice");
  const char *terms = rp_site_item_get (item, "usageterms");

  append_escaped (out, "<item>\n<title>", rp_site_item_get_headline (item), "</title>\n");
  append_escaped (out, "<link>", url, "</link>\n");
  append_escaped (out, "<guid isPermaLink=\"false\">", item->guid, "</guid>\n");
  append_escaped (out, "<pubDate>", date, "</pubDate>\n");
  append_escaped (out, "<dc:creator>", rp_site_item_get (item, "byline"), "</dc:creator>\n");
  append_escaped (out, "<dc:rights>", notice != NULL ? notice : terms, "</dc:rights>\n");
  append_escaped (out, "<dcterms:license>", licence, "</dcterms:license>\n");
  append_escaped (out, "<creativeCommons:license>", licence, "</creativeCommons:license>\n");
  append_escaped (out, "<atom:link rel=\"license\" href=\"", licence, "\"/>\n");
  append_escaped (out, "<description>", rp_site_item_get (item, "description_text"),
                  "</description>\n");
  append_escaped (out, "<content:encoded>", body, "</content:encoded>\n");
  g_string_append (out, "</item>\n");
}

char *
rp_site_build_feed (RpSite *site)
{
  GPtrArray *items = rp_site_get_items (site);
  GString *out = g_string_new (
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" "
    "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
    "xmlns:creativeCommons=\"http://backend.userland.com/creativeCommonsRssModule\" "
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\">\n"
    "<channel>\n");

  append_escaped (out, "<title>", _ ("Sample Partner"), "</title>\n");
  append_escaped (out, "<link>", rp_site_get_url (site), "/</link>\n");
  append_escaped (out, "<description>", _ ("Articles that partners have sent here"),
                  "</description>\n");
  g_string_append_printf (
    out, "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"%s/feed.xml\"/>\n",
    rp_site_get_url (site));
  for (guint i = 0; i < items->len; i++)
    if (is_shown (items->pdata[i]))
      append_feed_item (out, site, items->pdata[i]);
  g_string_append (out, "</channel>\n</rss>\n");

  return g_string_free (out, FALSE);
}

JsonObject *
rp_site_build_list (RpSite *site)
{
  GPtrArray *items = rp_site_get_items (site);
  JsonObject *list = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < items->len; i++) {
    const RpSiteItem *item = items->pdata[i];
    g_autofree char *url = rp_site_dup_item_url (site, item);
    JsonObject *row = json_object_new ();

    json_object_set_string_member (row, "guid", item->guid);
    json_object_set_string_member (row, "version", item->version);
    json_object_set_string_member (row, "headline", rp_site_item_get_headline (item));
    json_object_set_string_member (row, "url", url);
    json_object_set_string_member (row, "status", item->status);
    json_array_add_object_element (array, row);
  }
  json_object_set_array_member (list, "items", array);

  return list;
}
