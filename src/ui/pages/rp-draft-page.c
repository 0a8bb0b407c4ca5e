/* The editor's page. */
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-byline.h"
#include "rp-draft.h"
#include "rp-locale-id.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-web-addresses.h"

static void
append_field (GString *page, const char *tag, const char *id, const char *hint, const char *text)
{
  g_autofree char *escaped = rp_text_escape (text);
  g_autofree char *shown = rp_text_escape (hint);

  g_string_append_printf (page, "<%s id=\"%s\" class=\"%s\" data-hint=\"%s\" aria-label=\"%s\">",
                          tag, id, id, shown, shown);
  g_string_append_printf (page, "%s</%s>\n", escaped, tag);
}

static void
append_facts (GString *page, RpArticle *article)
{
  gint64 published = rp_time_instant (rp_article_get (article, RP_ARTICLE_PUBLISHED));
  g_autofree char *site = rp_text_escape (rp_article_get (article, RP_ARTICLE_SITE_NAME));
  g_autofree char *date =
    published != RP_TIME_NONE
      ? rp_byline_format_date (published, rp_article_get (article, RP_ARTICLE_LANGUAGE))
      : NULL;

  if (*site != '\0')
    g_string_append_printf (page, "<span> · %s</span>", site);
  if (date != NULL)
    g_string_append_printf (page, "<span> · %s</span>", date);
}

static void
append_byline (GString *page, RpArticle *article)
{
  g_autofree char *byline = rp_article_dup_byline (article);

  g_string_append (page, "<p class=\"byline\">");
  append_field (page, "b", "byline", _ ("Byline"), byline);
  append_facts (page, article);
  g_string_append (page, "</p>\n");
}

/* A picture that the source names as the main one without showing it in the text. */
static void
append_lead_picture (GString *page, RpArticle *article)
{
  GPtrArray *media = rp_article_get_media (article);
  RpMedia *lead = media->len > 0 ? g_ptr_array_index (media, 0) : NULL;
  const char *url = lead != NULL ? rp_media_get (lead, RP_MEDIA_URL) : NULL;
  const char *body = rp_article_get (article, RP_ARTICLE_BODY_HTML);
  g_autofree char *source = rp_text_escape (url);
  g_autofree char *alt = NULL, *caption = NULL, *credit = NULL;

  if (url == NULL || rp_media_get (lead, RP_MEDIA_SHA256) == NULL ||
      (body != NULL && strstr (body, source) != NULL))
    return;
  alt = rp_text_escape (rp_media_get (lead, RP_MEDIA_ALT));
  caption = rp_text_escape (rp_media_get (lead, RP_MEDIA_CAPTION));
  credit = rp_text_escape (rp_media_get (lead, RP_MEDIA_CREDIT));
  g_string_append_printf (page,
                          "<figure class=\"lead\"><img src=\"%s\" alt=\"%s\"/>"
                          "<figcaption>%s <i>%s</i></figcaption></figure>\n",
                          source, alt, caption, credit);
}

static void
append_credit (GString *page, RpArticle *article, RpLicence *licence)
{
  g_autofree char *credit =
    licence != NULL ? rp_licence_build_credit_html (licence, article) : NULL;
  g_autofree char *title = rp_text_escape (_ ("Credit line · from the licence"));

  if (credit != NULL)
    g_string_append_printf (page, "<div class=\"credit\"><small>%s</small>%s</div>\n", title,
                            credit);
}

static void
append_head (GString *page, RpArticle *article)
{
  g_autoptr (GBytes) css = g_resources_lookup_data ("/app/reprint/Reprint/article.css",
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *language = rp_text_escape (rp_article_get (article, RP_ARTICLE_LANGUAGE));

  g_string_append_printf (page, "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">",
                          language);
  g_string_append (page, "<style>");
  g_string_append_len (page, g_bytes_get_data (css, NULL), (gssize) g_bytes_get_size (css));
  g_string_append (page, "</style></head>");
}

char *
rp_draft_build_page (RpArticle *article, RpLicence *licence, RpChange changes)
{
  g_autoptr (GString) page = g_string_new (NULL);
  const char *body = rp_article_get (article, RP_ARTICLE_BODY_HTML);
  const char *language = rp_article_get (article, RP_ARTICLE_LANGUAGE);
  g_autofree char *label = rp_text_escape (_ ("Text"));

  append_head (page, article);
  g_string_append_printf (
    page, "<body dir=\"%s\" data-article=\"%s\" data-headline=\"%s\" data-text=\"%s\">\n",
    rp_locale_id_is_right_to_left (language) ? "rtl" : "auto",
    rp_article_get (article, RP_ARTICLE_ID), changes & RP_CHANGE_HEADLINE ? "yes" : "no",
    changes & ~RP_CHANGE_HEADLINE ? "yes" : "no");
  append_field (page, "h1", "headline", _ ("Headline"),
                rp_article_get (article, RP_ARTICLE_HEADLINE));
  append_field (page, "p", "standfirst", _ ("Standfirst"),
                rp_article_get (article, RP_ARTICLE_SUBHEADLINE));
  append_byline (page, article);
  append_lead_picture (page, article);
  g_string_append_printf (page, "<div id=\"text\" aria-label=\"%s\">%s</div>\n", label,
                          body != NULL && *body != '\0' ? body : "<p><br></p>");
  append_credit (page, article, licence);
  g_string_append (page, "</body></html>");

  return rp_web_localise (page->str, article);
}
