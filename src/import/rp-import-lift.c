#include "rp-import-lift.h"

#include <string.h>

#include "rp-import-cc.h"
#include "rp-import-marks.h"
#include "rp-import-rights-words.h"
#include "rp-text.h"

static gboolean
is_leaf_name (const char *name)
{
  static const char *const leaves[] = {"p",   "h1",      "h2", "h3", "h4", "h5",
                                       "h6",  "li",      "td", "th", "dt", "figcaption",
                                       "pre", "caption", "dd", NULL};

  return g_strv_contains (leaves, name);
}

static gboolean
has_leaf (const xmlNode *parent)
{
  for (const xmlNode *node = parent->children; node != NULL; node = node->next) {
    if (node->type == XML_ELEMENT_NODE &&
        (is_leaf_name ((const char *) node->name) || has_leaf (node)))
      return TRUE;
  }
  return FALSE;
}

static void
add_links (RpBlock *block, xmlNode *root, const char *base_url)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    g_autofree char *href = NULL;
    g_autofree char *url = NULL;
    g_autofree char *anchor = NULL;

    if (!rp_xml_is (node, NULL, "a"))
      continue;
    href = rp_xml_dup_attribute (node, "href");
    url = href != NULL ? rp_text_resolve_url (base_url, href) : NULL;
    if (url == NULL)
      continue;
    anchor = rp_xml_dup_text (node);
    rp_block_add_link (block, anchor, url, rp_xml_peek_attribute (node, "rel"));
  }
}

RpBlock *
rp_lift_block (xmlNode *node, RpZone zone, const char *base_url)
{
  g_autofree char *text = rp_html_tree_to_text (node);
  RpBlock *block = rp_block_new (text, zone);

  block->data = node;
  add_links (block, node, base_url);
  return block;
}

void
rp_lift_collect (xmlNode *root, GPtrArray *blocks)
{
  for (xmlNode *node = root->children; node != NULL; node = node->next) {
    gboolean caption = rp_xml_is (node, NULL, "figcaption");

    if (node->type != XML_ELEMENT_NODE)
      continue;
    if (caption || (is_leaf_name ((const char *) node->name) && !has_leaf (node)))
      g_ptr_array_add (blocks,
                       rp_lift_block (node, caption ? RP_ZONE_CAPTION : RP_ZONE_BODY, NULL));
    else
      rp_lift_collect (node, blocks);
  }
}

/* An element that is left with nothing goes, too. */
static void
remove_with_empty_parents (xmlNode *node)
{
  xmlNode *parent = node->parent;

  xmlUnlinkNode (node);
  xmlFreeNode (node);
  while (parent != NULL && parent->children == NULL && parent->parent != NULL &&
         !rp_xml_is (parent, NULL, "body") && !rp_xml_is (parent, NULL, "td") &&
         !rp_xml_is (parent, NULL, "th")) {
    xmlNode *empty = parent;

    parent = parent->parent;
    xmlUnlinkNode (empty);
    xmlFreeNode (empty);
  }
}

void
rp_lift_remove (GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++) {
    RpBlock *block = g_ptr_array_index (blocks, i);

    if (block->leaves && block->data != NULL && block->zone == RP_ZONE_BODY) {
      remove_with_empty_parents (block->data);
      block->data = NULL;
    }
  }
}

void
rp_lift_trackers (RpArticle *article, GPtrArray *trackers)
{
  g_autofree char *all = NULL;

  if (trackers->len == 0)
    return;
  g_ptr_array_add (trackers, NULL);
  all = g_strjoinv ("\n", (char **) trackers->pdata);
  g_ptr_array_set_size (trackers, (int) trackers->len - 1);
  rp_statement_fill (rp_article_get_statement (article), RP_STATEMENT_TRACKING_HTML, all);
}

static void
set_caption (RpMedia *media, xmlNode *figcaption)
{
  g_autofree char *caption = rp_xml_dup_text (figcaption);
  g_autofree char *credit = caption != NULL ? rp_rights_find_credit (caption) : NULL;
  g_autoptr (RpCc) cc = caption != NULL ? rp_cc_from_text (caption) : NULL;

  rp_media_set (media, RP_MEDIA_CAPTION, caption);
  rp_media_set (media, RP_MEDIA_CREDIT, credit);
  if (cc != NULL)
    rp_media_set (media, RP_MEDIA_LICENCE_URL, cc->url);
}

static xmlNode *
find_figcaption (xmlNode *image)
{
  for (xmlNode *node = image->parent; node != NULL; node = node->parent) {
    if (rp_xml_is (node, NULL, "figure"))
      return rp_xml_child (node, NULL, "figcaption");
  }
  return NULL;
}

/* Pages fill the place of a picture that is still to come with a few bytes of data. */
static gboolean
is_placeholder (const char *src, xmlNode *figcaption)
{
  return g_str_has_prefix (src, "data:") && (figcaption == NULL || strlen (src) < 100) &&
         strlen (src) < 2000;
}

void
rp_lift_pictures (RpArticle *article, xmlNode *body)
{
  for (xmlNode *node = body; node != NULL; node = rp_xml_follow (node, body, TRUE)) {
    const char *src = rp_xml_is (node, NULL, "img") ? rp_xml_peek_attribute (node, "src") : NULL;
    g_autoptr (RpMedia) media = NULL;
    xmlNode *figcaption;

    if (src == NULL)
      continue;
    figcaption = find_figcaption (node);
    if (is_placeholder (src, figcaption))
      continue;
    media = rp_media_new (src);
    rp_media_set (media, RP_MEDIA_ROLE, "inline");
    rp_media_set (media, RP_MEDIA_ALT, rp_xml_peek_attribute (node, "alt"));
    if (figcaption != NULL)
      set_caption (media, figcaption);
    rp_article_add_media (article, media);
  }
}

void
rp_lift_body (RpArticle *article, RpRightsScan *scan, const char *html, const char *base_url)
{
  g_autoptr (GPtrArray) trackers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_block_free);
  g_autoptr (xmlDoc) doc = NULL;
  g_autoptr (RpMarks) marks = NULL;
  g_autofree char *clean = NULL;
  xmlNode *body;

  if (html == NULL || *html == '\0')
    return;
  doc = rp_html_parse_fragment (html);
  body = rp_html_get_body (doc);
  marks = rp_marks_read (body);
  rp_html_clean_tree (body, base_url, trackers);
  rp_lift_collect (body, blocks);
  rp_rights_scan_blocks (scan, blocks);
  rp_lift_remove (blocks);
  rp_lift_pictures (article, body);
  rp_marks_apply (marks, article);
  clean = rp_html_serialise (body);
  rp_article_set (article, RP_ARTICLE_BODY_HTML, clean);
  if (rp_article_get (article, RP_ARTICLE_BODY_HTML) != NULL)
    rp_article_take_body_text (article, rp_html_tree_to_text (body));
  rp_lift_trackers (article, trackers);
}
