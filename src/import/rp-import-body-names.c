#include "rp-import-body-names.h"

#include <string.h>

#include "rp-import-regex.h"

static RpRegex unlikely = RP_REGEX (
  "\\b(?:comments?|disqus|respond|footer|foot|sidebar|side-?bar|related|share|sharing|social|"
  "newsletter|promo|advert\\w*|ads?|adslot|ad-\\w+|banner|breadcrumbs?|menu|navbar|nav|navigation|"
  "cookies?|republi(?:sh\\w*|cation)|popup|modal|overlay|subscribe|subscription|signup|"
  "recommend\\w*|"
  "recirc\\w*|outbrain|"
  "taboola|sponsor\\w*|masthead|pager|pagination|tags?|tag-?list|topics|author-?(?:bio|box|info|"
  "card)|"
  "byline|toolbar|widget|most-?(?:read|popular|viewed)|trending|read-?(?:more|next|also)|more-?(?:"
  "stories|news|from|on)|also-?(?:read|like)|see-?also|print|email|hidden|skip|screen-?reader\\w*|"
  "sr-only|"
  "visually-?hidden|paywall|donate|donation|poll|quiz|survey|login|register|app-?(?:promo|download|"
  "banner)|inline-?(?:related|promo|newsletter)|legal|copyright|disclaimer|meta|metadata|timestamp|"
  "dateline|pub-?date|entry-?(?:meta|footer|utility)|post-?(?:meta|footer|nav|tags|author)|article-"
  "?(?:meta|footer|tags|tools|share|actions|byline|author|date)|story-?(?:meta|tools|footer|share)|"
  "jp-\\w+|sharedaddy|addthis\\w*|"
  "rating|reactions?|feedback|correction-?link|bookmark|follow|listen|audio-?player|video-?(?:"
  "player|playlist|list)|gallery-?nav|slideshow-?nav|carousel|teasers?|flyout|dropdown|toc)\\b");
/* Names that mean it even on a large element. */
static RpRegex surely =
  RP_REGEX ("\\b(?:comments?|disqus|respond|footer|sidebar|side-?bar|related|"
            "recommend\\w*|recirc\\w*|outbrain|taboola|nav|navigation|"
            "menu|cookies?|newsletter|most-?(?:read|popular|viewed)|trending|"
            "more-?(?:stories|news|from)|republi(?:sh\\w*|cation)|modal|lightbox|masthead|"
            "teasers?|carousel)\\b");
/* Names that builders of pages give to anything. */
static RpRegex vague = RP_REGEX ("\\b(?:widget|tags?|topics|overlay|rating|meta|metadata)\\b");
static RpRegex likely =
  RP_REGEX ("\\b(?:article-?(?:body|content|text|main)|story-?(?:body|content|text)|entry-?content|"
            "post-?(?:body|content|text)|body-?(?:text|copy|content)|main-?content|articlebody|"
            "storybody|content-?body|"
            "hentry|h-entry|e-content|has-\\w+|page-?content|single-?content|rich-?text)\\b");
static RpRegex body_name =
  RP_REGEX ("\\b(?:article_?-?_?(?:body|content|text|copy|main)|article__(?:body|content|text)|"
            "story_?-?_?(?:body|content|text|copy)|story__(?:body|content|text)|entry-?content|e-"
            "content|post_?-?_?(?:body|content|text)|"
            "post__(?:body|content|text)|articlebody|articlecontent|storybody|storytext|"
            "storycontent|body-?(?:text|copy)|content-?body|main-?article|news-?(?:body|text|"
            "content)|text-?body|artikel-?(?:text|body)|"
            "field-name-body|field--name-body|caas-body|RichTextStoryBody|td-post-content|zn-body|"
            "mol-article|article-page)\\b");

gboolean
rp_body_is_hidden (const xmlNode *node)
{
  const char *style = rp_xml_peek_attribute (node, "style");
  const char *aria;

  if (rp_xml_peek_attribute (node, "hidden") != NULL)
    return TRUE;
  aria = rp_xml_peek_attribute (node, "aria-hidden");
  if (aria != NULL && strcmp (aria, "true") == 0)
    return TRUE;
  return style != NULL &&
         (strstr (style, "display:none") != NULL || strstr (style, "display: none") != NULL);
}

gboolean
rp_body_has_side_role (const xmlNode *node)
{
  static const char *const roles[] = {"navigation", "complementary", "banner", "contentinfo",
                                      "dialog",     "alertdialog",   "menu",   "menubar",
                                      "search",     "toolbar",       "form",   NULL};
  const char *role = rp_xml_peek_attribute (node, "role");

  return role != NULL && g_strv_contains (roles, role);
}

/* Tokens that speak of layout or state, not of what the element is. */
static gboolean
is_idle_token (const char *token)
{
  static const char *const starts[] = {"no-",       "has-",  "with-", "without-",   "tag-",
                                       "category-", "post-", "wp-",   "elementor-", "layout-",
                                       "is-",       "js-",   "hide-", "show-",      NULL};
  static const char *const ends[] = {"-hidden", "-enabled",  "-visible", "-closed",
                                     "-open",   "-disabled", NULL};

  for (guint i = 0; starts[i] != NULL; i++) {
    if (g_str_has_prefix (token, starts[i]))
      return TRUE;
  }
  for (guint i = 0; ends[i] != NULL; i++) {
    if (g_str_has_suffix (token, ends[i]))
      return TRUE;
  }
  return FALSE;
}

static void
append_token (GString *out, const char *from, gsize length)
{
  gsize start = out->len;

  for (gsize i = 0; i < length; i++) {
    if (g_ascii_isupper (from[i]) && i > 0 && g_ascii_islower (from[i - 1]))
      g_string_append_c (out, '-');
    g_string_append_c (out, from[i] == '_' ? '-' : g_ascii_tolower (from[i]));
  }
  if (is_idle_token (out->str + start))
    g_string_truncate (out, start);
  else
    g_string_append_c (out, ' ');
}

char *
rp_body_dup_names (const xmlNode *node)
{
  const char *values[2] = {rp_xml_peek_attribute (node, "class"),
                           rp_xml_peek_attribute (node, "id")};
  GString *out = NULL;

  for (int i = 0; i < 2; i++) {
    const char *at = values[i];

    while (at != NULL && *(at += strspn (at, " \t\r\n")) != '\0') {
      gsize length = strcspn (at, " \t\r\n");

      if (out == NULL)
        out = g_string_new (NULL);
      append_token (out, at, length);
      at += length;
    }
  }
  return out != NULL ? g_string_free (out, FALSE) : NULL;
}

gboolean
rp_body_are_unlikely (const char *names)
{
  return rp_regex_test (&unlikely, names) && !rp_regex_test (&likely, names);
}

gboolean
rp_body_are_surely_unlikely (const char *names)
{
  return rp_regex_test (&surely, names);
}

gboolean
rp_body_are_vague (const char *names)
{
  g_autofree char *rest = NULL;

  if (!rp_regex_test (&vague, names))
    return FALSE;
  rest = g_regex_replace_literal (rp_regex_get (&vague), names, -1, 0, "", 0, NULL);

  return !rp_regex_test (&unlikely, rest);
}

gboolean
rp_body_is_unlikely (const xmlNode *node)
{
  g_autofree char *names = NULL;

  if (rp_body_is_hidden (node) || rp_body_has_side_role (node))
    return TRUE;
  names = rp_body_dup_names (node);

  return names != NULL && rp_body_are_unlikely (names);
}

gboolean
rp_body_says_body (const xmlNode *node)
{
  const char *itemprop = rp_xml_peek_attribute (node, "itemprop");
  const char *class;
  const char *id;

  if (itemprop != NULL && strstr (itemprop, "articleBody") != NULL)
    return TRUE;
  class = rp_xml_peek_attribute (node, "class");
  id = rp_xml_peek_attribute (node, "id");
  return (class != NULL && rp_regex_test (&body_name, class)) ||
         (id != NULL && rp_regex_test (&body_name, id));
}
