#include "rp-render-body.h"

#include "rp-html.h"
#include "rp-marks.h"
#include "rp-render-credit.h"
#include "rp-text.h"

#include <string.h>

const char *
rp_render_get_media_url (const RpRenderJob *job, RpMedia *media)
{
  const char *sha256 = rp_media_get (media, RP_MEDIA_SHA256);
  const char *url = rp_media_get (media, RP_MEDIA_URL);

  for (const char *const *pair = job->media_urls;
       sha256 != NULL && pair != NULL && pair[0] != NULL && pair[1] != NULL; pair += 2)
    if (g_str_equal (pair[0], sha256))
      return pair[1];

  return url != NULL && (rp_text_is_web_url (url) || g_str_has_prefix (url, "data:image/")) ? url
                                                                                            : NULL;
}

char *
rp_render_dup_language_attributes (const RpRenderJob *job)
{
  static const char *const right_to_left[] = {"ar", "fa", "he",  "ur", "yi",
                                              "ps", "dv", "ckb", NULL};
  const char *language = rp_article_get (job->article, RP_ARTICLE_LANGUAGE);
  g_autofree char *primary = NULL;
  g_autofree char *escaped = NULL;

  if (language == NULL)
    return g_strdup ("");

  primary = g_ascii_strdown (language, (gssize) strcspn (language, "-_"));
  escaped = rp_text_escape (language);

  return g_strdup_printf (" lang=\"%s\"%s", escaped,
                          g_strv_contains (right_to_left, primary) ? " dir=\"rtl\"" : "");
}

static RpMedia *
find_media (const RpRenderJob *job, const char *src)
{
  GPtrArray *media = rp_article_get_media (job->article);

  for (guint i = 0; src != NULL && i < media->len; i++)
    if (g_strcmp0 (rp_media_get (media->pdata[i], RP_MEDIA_URL), src) == 0)
      return media->pdata[i];

  return NULL;
}

static void
append_caption (GString *out, RpMedia *media)
{
  const char *caption = rp_media_get (media, RP_MEDIA_CAPTION);
  const char *credit = rp_media_get (media, RP_MEDIA_CREDIT);
  const char *licence = rp_media_get (media, RP_MEDIA_LICENCE_URL);
  g_autofree char *escaped_caption = rp_text_escape (caption);
  g_autofree char *escaped_credit = rp_text_escape (credit);
  g_autofree char *escaped_licence = rp_text_escape (licence);

  g_string_append (out, escaped_caption);
  if (credit == NULL && licence == NULL)
    return;

  g_string_append_printf (out, "%s<span class=\"" RP_MARK_PICTURE "\">",
                          caption != NULL ? " " : "");
  if (licence != NULL && rp_text_is_web_url (licence))
    g_string_append_printf (out, "<a href=\"%s\" rel=\"noopener\">%s</a>", escaped_licence,
                            credit != NULL ? escaped_credit : escaped_licence);
  else
    g_string_append (out, escaped_credit);
  g_string_append (out, "</span>");
}

static gboolean
has_caption (RpMedia *media)
{
  return rp_media_get (media, RP_MEDIA_CAPTION) != NULL ||
         rp_media_get (media, RP_MEDIA_CREDIT) != NULL ||
         rp_media_get (media, RP_MEDIA_LICENCE_URL) != NULL;
}

static void
append_figure (GString *out, const RpRenderJob *job, RpMedia *media)
{
  const char *alt = rp_media_get (media, RP_MEDIA_ALT);
  g_autofree char *url = rp_text_escape (rp_render_get_media_url (job, media));
  g_autofree char *escaped_alt =
    rp_text_escape (alt != NULL ? alt : rp_media_get (media, RP_MEDIA_CAPTION));

  g_string_append_printf (out, "<figure><img src=\"%s\" alt=\"%s\"/>", url, escaped_alt);
  if (has_caption (media)) {
    g_string_append (out, "<figcaption>");
    append_caption (out, media);
    g_string_append (out, "</figcaption>");
  }
  g_string_append (out, "</figure>\n");
}

static xmlNode *
find_ancestor (xmlNode *node, const char *name)
{
  for (node = node->parent; node != NULL; node = node->parent)
    if (rp_xml_is (node, NULL, name))
      return node;

  return NULL;
}

static xmlNode *
find_descendant (xmlNode *parent, const char *name)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    xmlNode *found = NULL;

    if (rp_xml_is (node, NULL, name))
      return node;
    if (node->type == XML_ELEMENT_NODE)
      found = find_descendant (node, name);
    if (found != NULL)
      return found;
  }

  return NULL;
}

/* Puts parsed HTML in as children of `parent`, or after `sibling` when that is given. */
static void
graft (const char *html, xmlNode *parent, xmlNode *sibling)
{
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html);
  xmlNode *body = rp_html_get_body (doc);
  xmlNode *last = sibling;

  while (body->children != NULL) {
    xmlNode *node = body->children;

    xmlUnlinkNode (node);
    last = last != NULL ? xmlAddNextSibling (last, node) : xmlAddChild (parent, node);
  }
}

/* The credit must be seen with the picture, whatever the source did. */
static void
caption_figure (xmlNode *figure, RpMedia *media)
{
  xmlNode *caption = find_descendant (figure, "figcaption");
  g_autofree char *text = caption != NULL ? rp_xml_dup_text (caption) : NULL;
  const char *credit = rp_media_get (media, RP_MEDIA_CREDIT);
  g_autoptr (GString) html = g_string_new (NULL);

  if (text != NULL && (credit == NULL || strstr (text, credit) != NULL))
    return;

  if (caption != NULL && text != NULL) {
    g_autofree char *escaped = rp_text_escape (credit);

    g_string_append_printf (html, " <span class=\"" RP_MARK_PICTURE "\">%s</span>", escaped);
    graft (html->str, caption, NULL);
    return;
  }
  if (!has_caption (media))
    return;
  append_caption (html, media);
  graft (html->str,
         caption != NULL ? caption : xmlNewChild (figure, NULL, BAD_CAST "figcaption", NULL), NULL);
}

/* The outermost element that holds nothing but this picture. */
static xmlNode *
find_holder (xmlNode *image, xmlNode *body)
{
  xmlNode *holder = image;

  while (holder->parent != NULL && holder->parent != body &&
         (rp_xml_is (holder->parent, NULL, "p") || rp_xml_is (holder->parent, NULL, "a"))) {
    g_autofree char *text = rp_xml_dup_text (holder->parent);

    if (text != NULL || xmlChildElementCount (holder->parent) > 1)
      break;
    holder = holder->parent;
  }

  return holder;
}

static void
caption_loose_image (xmlNode *image, xmlNode *body, RpMedia *media)
{
  xmlNode *holder = find_holder (image, body);
  g_autoptr (GString) html = g_string_new (NULL);

  if (!has_caption (media))
    return;
  if (holder != image || holder->parent == body) {
    xmlNode *figure = xmlNewNode (NULL, BAD_CAST "figure");

    xmlReplaceNode (holder, figure);
    xmlUnlinkNode (image);
    xmlAddChild (figure, image);
    if (holder != image)
      xmlFreeNode (holder);
    caption_figure (figure, media);
    return;
  }
  g_string_append (html, " <small>");
  append_caption (html, media);
  g_string_append (html, "</small>");
  graft (html->str, NULL, image);
}

/* Holds something to look at, or the link to something embedded. */
static gboolean
shows_something (xmlNode *figure)
{
  static const char *const shown[] = {"img", "table", "blockquote", "pre"};
  xmlNode *link = find_descendant (figure, "a");
  g_autofree char *text = link != NULL ? rp_xml_dup_text (link) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    if (find_descendant (figure, shown[i]) != NULL)
      return TRUE;

  return text != NULL && rp_text_is_web_url (text);
}

/* What stays of a figure whose picture this partner does not get. */
static void
drop_empty_figures (xmlNode *body)
{
  xmlNode *node = body->children;

  while (node != NULL) {
    xmlNode *next;
    gboolean empty = rp_xml_is (node, NULL, "figure") && !shows_something (node);

    next = rp_xml_follow (node, body, !empty);
    if (empty) {
      xmlUnlinkNode (node);
      xmlFreeNode (node);
    }
    node = next;
  }
}

/* A picture that came inside a file has no address of its own: it is left out where the partner
 * does not take the picture itself. */
static void
settle_image (const RpRenderJob *job, xmlNode *image, xmlNode *body, GHashTable *shown)
{
  g_autofree char *src = rp_xml_dup_attribute (image, "src");
  g_autofree char *alt = rp_xml_dup_attribute (image, "alt");
  RpMedia *media = find_media (job, src);
  xmlNode *figure = find_ancestor (image, "figure");

  if (src != NULL && g_str_has_prefix (src, "cid:") &&
      (media == NULL || rp_render_get_media_url (job, media) == NULL)) {
    xmlUnlinkNode (image);
    xmlFreeNode (image);
    return;
  }
  if (media == NULL)
    return;

  g_hash_table_add (shown, media);
  if (rp_render_get_media_url (job, media) != NULL)
    xmlSetProp (image, BAD_CAST "src", BAD_CAST rp_render_get_media_url (job, media));
  if (alt == NULL && rp_media_get (media, RP_MEDIA_ALT) != NULL)
    xmlSetProp (image, BAD_CAST "alt", BAD_CAST rp_media_get (media, RP_MEDIA_ALT));
  if (figure != NULL)
    caption_figure (figure, media);
  else
    caption_loose_image (image, body, media);
}

static void
collect_images (xmlNode *parent, GPtrArray *images)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next)
    if (node->type == XML_ELEMENT_NODE) {
      if (rp_xml_is (node, NULL, "img"))
        g_ptr_array_add (images, node);
      collect_images (node, images);
    }
}

static char *
settle_body (const RpRenderJob *job, GHashTable *shown)
{
  const char *html = rp_article_get (job->article, RP_ARTICLE_BODY_HTML);
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html);
  xmlNode *body = rp_html_get_body (doc);
  g_autoptr (GPtrArray) images = g_ptr_array_new ();

  collect_images (body, images);
  for (guint i = 0; i < images->len; i++)
    settle_image (job, images->pdata[i], body, shown);
  drop_empty_figures (body);

  return rp_html_serialise (body);
}

static void
append_other_figures (GString *out, const RpRenderJob *job, GHashTable *shown, gboolean featured)
{
  GPtrArray *media = rp_article_get_media (job->article);

  for (guint i = 0; i < media->len; i++) {
    RpMedia *picture = media->pdata[i];
    gboolean is_featured = g_strcmp0 (rp_media_get (picture, RP_MEDIA_ROLE), "featured") == 0;

    if (is_featured == featured && !g_hash_table_contains (shown, picture) &&
        rp_render_get_media_url (job, picture) != NULL)
      append_figure (out, job, picture);
  }
}

char *
rp_render_dup_content (const RpRenderJob *job, gboolean with_byline)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);
  g_autofree char *body = settle_body (job, shown);

  if (rp_render_wants_credit_on_top (job))
    rp_render_append_credit (out, job);
  if (with_byline)
    rp_render_append_byline (out, job);
  append_other_figures (out, job, shown, TRUE);
  g_string_append (out, body);
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, '\n');
  append_other_figures (out, job, shown, FALSE);
  if (!rp_render_wants_credit_on_top (job))
    rp_render_append_credit (out, job);
  rp_render_append_ending (out, job);

  return g_string_free (out, FALSE);
}
