#include "rp-web-addresses.h"

#include "rp-text.h"

typedef enum {
  TO_LIBRARY,
  TO_WEB
} Direction;

static void
replace_address (GString *html, RpMedia *media, Direction direction)
{
  const char *sha256 = rp_media_get (media, RP_MEDIA_SHA256);
  const char *url = rp_media_get (media, RP_MEDIA_URL);
  g_autofree char *escaped = rp_text_escape (url);
  g_autofree char *on_the_web = g_strdup_printf ("src=\"%s\"", escaped);
  g_autofree char *in_the_library = g_strdup_printf ("src=\"" RP_WEB_SCHEME ":%s\"", sha256);

  if (sha256 == NULL || url == NULL)
    return;
  if (direction == TO_LIBRARY)
    rp_text_replace (html, on_the_web, in_the_library);
  else
    rp_text_replace (html, in_the_library, on_the_web);
}

static char *
replace_addresses (const char *html, RpArticle *article, Direction direction)
{
  GString *text = g_string_new (html);
  GPtrArray *media = rp_article_get_media (article);

  for (guint i = 0; i < media->len; i++)
    replace_address (text, g_ptr_array_index (media, i), direction);

  return g_string_free (text, FALSE);
}

char *
rp_web_localise (const char *html, RpArticle *article)
{
  return replace_addresses (html, article, TO_LIBRARY);
}

char *
rp_web_globalise (const char *html, RpArticle *article)
{
  return replace_addresses (html, article, TO_WEB);
}
