#include "rp-picture-order.h"

#include <string.h>

#include "rp-html.h"
#include "rp-text.h"

GStrv
rp_picture_order_list (GPtrArray *media)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  g_return_val_if_fail (media != NULL, NULL);

  for (guint i = 0; i < media->len; i++) {
    const char *url = rp_media_get (media->pdata[i], RP_MEDIA_URL);

    if (url != NULL)
      g_strv_builder_add (list, url);
  }

  return g_strv_builder_end (list);
}

/* ---- what the text shows ---- */

/* `src` is `length` bytes of markup. */
static gboolean
is_shown_as (RpMedia *media, const char *src, gsize length)
{
  const char *sha256 = rp_media_get (media, RP_MEDIA_SHA256);
  g_autofree char *url = rp_text_escape (rp_media_get (media, RP_MEDIA_URL));
  gsize tail = sha256 != NULL ? strlen (sha256) : 0;

  return (strlen (url) == length && strncmp (url, src, length) == 0) ||
         (tail > 0 && tail <= length && strncmp (sha256, src + length - tail, tail) == 0);
}

static RpMedia *
find_shown (GPtrArray *media, const char *src, gsize length)
{
  for (guint i = 0; i < media->len; i++)
    if (rp_media_get (media->pdata[i], RP_MEDIA_URL) != NULL &&
        is_shown_as (media->pdata[i], src, length))
      return media->pdata[i];

  return NULL;
}

/* The source in the tag that begins there; NULL = it has none. */
static const char *
find_source (const char *tag, gsize *out_length)
{
  const char *end = strchr (tag, '>');
  const char *src = strstr (tag, " src=\"");
  const char *close = src != NULL ? strchr (src + strlen (" src=\""), '"') : NULL;

  if (end == NULL || close == NULL || src > end)
    return NULL;
  src += strlen (" src=\"");
  *out_length = (gsize) (close - src);

  return src;
}

/* Without a parser: it is asked after every letter that is typed. */
GStrv
rp_picture_order_read (const char *html, GPtrArray *media)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  g_return_val_if_fail (media != NULL, NULL);

  for (const char *tag = html != NULL ? strstr (html, "<img") : NULL; tag != NULL;
       tag = strstr (tag + 1, "<img")) {
    gsize length;
    const char *src = find_source (tag, &length);
    RpMedia *shown = src != NULL ? find_shown (media, src, length) : NULL;

    if (shown != NULL && !g_ptr_array_find (found, shown, NULL))
      g_ptr_array_add (found, shown);
  }

  return rp_picture_order_list (found);
}

/* ---- the list ---- */

GStrv
rp_picture_order_follow (const char *const *list, const char *const *order)
{
  g_autoptr (GStrvBuilder) result = g_strv_builder_new ();
  guint next = 0;

  g_return_val_if_fail (list != NULL && order != NULL, NULL);

  for (guint i = 0; list[i] != NULL; i++) {
    if (!g_strv_contains (order, list[i])) {
      g_strv_builder_add (result, list[i]);
      continue;
    }
    while (order[next] != NULL && !g_strv_contains (list, order[next]))
      next++;
    g_strv_builder_add (result, order[next] != NULL ? order[next++] : list[i]);
  }

  return g_strv_builder_end (result);
}

static gboolean
is_featured (RpMedia *media)
{
  return g_strcmp0 (rp_media_get (media, RP_MEDIA_ROLE), "featured") == 0;
}

static void
feature_first (GPtrArray *media)
{
  gboolean any = FALSE;

  for (guint i = 0; i < media->len; i++)
    any |= is_featured (media->pdata[i]);
  for (guint i = 0; any && i < media->len; i++)
    if (i == 0)
      rp_media_set (media->pdata[i], RP_MEDIA_ROLE, "featured");
    else if (is_featured (media->pdata[i]))
      rp_media_set (media->pdata[i], RP_MEDIA_ROLE, "inline");
}

gboolean
rp_picture_order_set (RpArticle *article, const char *const *order)
{
  GPtrArray *media;
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) after = NULL;
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (RP_IS_ARTICLE (article) && order != NULL, FALSE);

  media = rp_article_get_media (article);
  before = rp_picture_order_list (media);
  after = rp_picture_order_follow ((const char *const *) before, order);
  if (g_strv_equal ((const char *const *) before, (const char *const *) after))
    return FALSE;
  for (guint i = 0, next = 0; i < media->len; i++) {
    RpMedia *here = media->pdata[i];

    if (rp_media_get (here, RP_MEDIA_URL) != NULL)
      here = rp_article_find_media (article, after[next++]);
    g_ptr_array_add (sorted, g_object_ref (here));
  }
  g_ptr_array_set_size (media, 0);
  for (guint i = 0; i < sorted->len; i++)
    g_ptr_array_add (media, g_object_ref (sorted->pdata[i]));
  feature_first (media);

  return TRUE;
}

/* ---- the text ---- */

/* Nothing stands beside it in `parent`. */
static gboolean
is_alone (xmlNode *node, xmlNode *parent)
{
  for (xmlNode *child = parent->children; child != NULL; child = child->next)
    if (child != node && !xmlIsBlankNode (child))
      return FALSE;

  return TRUE;
}

/* What moves with a picture: its figure, or the paragraph that it fills; NULL = it stays, inside of
 * a line or of a figure of figures. */
static xmlNode *
find_figure (xmlNode *image, xmlNode *body)
{
  xmlNode *node = image;

  for (xmlNode *parent = image->parent; parent != body; parent = parent->parent)
    if (rp_xml_is (parent, NULL, "figure")) {
      for (xmlNode *inner = parent; inner != NULL; inner = rp_xml_follow (inner, parent, TRUE))
        if (inner != parent && rp_xml_is (inner, NULL, "figure"))
          return NULL;
      return parent;
    }
  while (node->parent != body && is_alone (node, node->parent) &&
         (rp_xml_is (node->parent, NULL, "a") || rp_xml_is (node->parent, NULL, "p")))
    node = node->parent;

  return node->parent == body ? node : NULL;
}

typedef struct {
  GPtrArray *addresses; /* owned: not of its own, NULL at the end */
  GPtrArray *figures;   /* owned, of xmlNode */
} Places;

static void
collect (Places *places, xmlNode *body, RpArticle *article)
{
  for (xmlNode *node = body; node != NULL; node = rp_xml_follow (node, body, TRUE)) {
    const char *src = rp_xml_is (node, NULL, "img") ? rp_xml_peek_attribute (node, "src") : NULL;
    RpMedia *known = src != NULL ? rp_article_find_media (article, src) : NULL;
    xmlNode *figure = known != NULL ? find_figure (node, body) : NULL;
    const char *url = known != NULL ? rp_media_get (known, RP_MEDIA_URL) : NULL;

    if (figure == NULL || g_ptr_array_find (places->figures, figure, NULL) ||
        g_ptr_array_find (places->addresses, url, NULL))
      continue;
    g_ptr_array_add (places->addresses, (gpointer) url);
    g_ptr_array_add (places->figures, figure);
  }
  g_ptr_array_add (places->addresses, NULL);
}

/* Each place gets the figure of the picture that is due there. */
static void
put_in_order (Places *places, xmlNode *body, const char *const *order)
{
  const char *const *now = (const char *const *) places->addresses->pdata;
  g_auto (GStrv) due = rp_picture_order_follow (now, order);
  g_autoptr (GPtrArray) gaps = g_ptr_array_new ();

  for (guint i = 0; i < places->figures->len; i++) {
    xmlNode *gap = xmlNewDocText (body->doc, BAD_CAST "\n");

    xmlReplaceNode (places->figures->pdata[i], gap);
    g_ptr_array_add (gaps, gap);
  }
  for (guint i = 0; due[i] != NULL; i++)
    for (guint k = 0; now[k] != NULL; k++)
      if (g_str_equal (due[i], now[k])) {
        xmlReplaceNode (gaps->pdata[i], places->figures->pdata[k]);
        xmlFreeNode (gaps->pdata[i]);
      }
}

static void
sort_text (RpArticle *article, const char *const *order)
{
  const char *html = rp_article_get (article, RP_ARTICLE_BODY_HTML);
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html != NULL ? html : "");
  xmlNode *body = rp_html_get_body (doc);
  Places places = {g_ptr_array_new (), g_ptr_array_new ()};
  g_autofree char *sorted = NULL;

  collect (&places, body, article);
  if (places.figures->len > 1) {
    put_in_order (&places, body, order);
    sorted = rp_html_serialise (body);
    rp_article_set (article, RP_ARTICLE_BODY_HTML, sorted);
  }
  g_ptr_array_unref (places.addresses);
  g_ptr_array_unref (places.figures);
}

gboolean
rp_picture_order_move (RpArticle *article, const char *url, guint to)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_auto (GStrv) list = NULL;
  guint from = 0;

  g_return_val_if_fail (RP_IS_ARTICLE (article) && url != NULL, FALSE);

  list = rp_picture_order_list (rp_article_get_media (article));
  while (list[from] != NULL && !g_str_equal (list[from], url))
    from++;
  if (list[from] == NULL || from == to || to >= g_strv_length (list))
    return FALSE;
  for (guint i = 0; list[i] != NULL; i++)
    if (i != from)
      g_ptr_array_add (order, list[i]);
  g_ptr_array_insert (order, (int) to, list[from]);
  g_ptr_array_add (order, NULL);
  rp_picture_order_set (article, (const char *const *) order->pdata);
  sort_text (article, (const char *const *) order->pdata);

  return TRUE;
}
