/* h-entry and hNews: class names that say what an element holds. */
#include <string.h>

#include "rp-import-fields.h"
#include "rp-import-structured.h"
#include "rp-text.h"

static gboolean
has_class (const xmlNode *node, const char *name)
{
  const char *class = rp_xml_peek_attribute (node, "class");
  gsize length = strlen (name);

  for (const char *at = class; at != NULL && (at = strstr (at, name)) != NULL; at += length) {
    if ((at == class || g_ascii_isspace (at[-1])) &&
        (at[length] == '\0' || g_ascii_isspace (at[length])))
      return TRUE;
  }
  return FALSE;
}

static xmlNode *
find (xmlNode *root, const char *first, const char *second)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    if (node->type == XML_ELEMENT_NODE && node->properties != NULL &&
        (has_class (node, first) || (second != NULL && has_class (node, second))))
      return node;
  }
  return NULL;
}

static void
set_time (RpArticle *article, RpArticleField field, xmlNode *node)
{
  g_autofree char *stamp = node != NULL ? rp_xml_dup_attribute (node, "datetime") : NULL;

  if (stamp == NULL && node != NULL)
    stamp = rp_xml_dup_attribute (node, "title");
  if (stamp == NULL && node != NULL)
    stamp = rp_xml_dup_text (node);
  rp_fields_set_time (article, field, stamp);
}

static void
add_authors (xmlNode *entry, RpArticle *article)
{
  for (xmlNode *node = entry; node != NULL; node = rp_xml_follow (node, entry, TRUE)) {
    xmlNode *name;
    g_autofree char *text = NULL;
    g_autofree char *uri = NULL;

    if (node->type != XML_ELEMENT_NODE || node->properties == NULL ||
        !(has_class (node, "p-author") ||
          (has_class (node, "author") && has_class (node, "vcard"))))
      continue;
    name = find (node, "p-name", "fn");
    text = rp_xml_dup_text (name != NULL ? name : node);
    uri = name != NULL ? rp_xml_dup_attribute (name, "href") : NULL;
    rp_fields_add_author (article, text, rp_text_is_web_url (uri) ? uri : NULL, NULL);
  }
}

static void
fill_text (RpArticle *article, RpArticleField field, xmlNode *node)
{
  g_autofree char *text = node != NULL ? rp_xml_dup_text (node) : NULL;

  rp_article_fill (article, field, text);
}

static void
read_links (xmlNode *entry, RpFacts *facts, RpArticle *article)
{
  xmlNode *link = find (entry, "u-url", NULL);
  xmlNode *picture = find (entry, "u-featured", "u-photo");
  g_autofree char *href = link != NULL ? rp_xml_dup_attribute (link, "href") : NULL;
  g_autofree char *src = picture != NULL ? rp_xml_dup_attribute (picture, "src") : NULL;
  g_autofree char *url = href != NULL ? rp_text_resolve_url (facts->base_url, href) : NULL;
  g_autofree char *image = src != NULL ? rp_text_resolve_picture_url (facts->base_url, src) : NULL;

  rp_article_fill (article, RP_ARTICLE_CANONICAL_URL, url);
  if (image != NULL) {
    g_autoptr (RpMedia) media = rp_media_new (image);

    rp_media_set (media, RP_MEDIA_ALT, rp_xml_peek_attribute (picture, "alt"));
    rp_media_set (media, RP_MEDIA_ROLE, "featured");
    rp_article_add_media (article, media);
  }
}

static void
read_tags (xmlNode *entry, RpArticle *article)
{
  for (xmlNode *node = entry; node != NULL; node = rp_xml_follow (node, entry, TRUE)) {
    const char *rel = node->type == XML_ELEMENT_NODE ? rp_xml_peek_attribute (node, "rel") : NULL;
    g_autofree char *tag = NULL;

    if (node->type != XML_ELEMENT_NODE || node->properties == NULL ||
        !(has_class (node, "p-category") || g_strcmp0 (rel, "tag") == 0))
      continue;
    tag = rp_xml_dup_text (node);
    if (tag != NULL)
      rp_article_add_tag (article, tag);
  }
}

void
rp_microformats_read (xmlNode *root, RpFacts *facts, RpArticle *article, RpRightsScan *scan)
{
  xmlNode *entry = find (root, "h-entry", "hentry");
  xmlNode *name;

  if (entry == NULL)
    return;
  name = find (entry, "p-name", "entry-title");
  if (facts->heading == NULL && name != NULL)
    facts->heading = rp_xml_dup_text (name);
  set_time (article, RP_ARTICLE_PUBLISHED, find (entry, "dt-published", "published"));
  set_time (article, RP_ARTICLE_UPDATED, find (entry, "dt-updated", "updated"));
  if (rp_article_get_authors (article)->len == 0)
    add_authors (entry, article);
  fill_text (article, RP_ARTICLE_SUMMARY, find (entry, "p-summary", "entry-summary"));
  fill_text (article, RP_ARTICLE_DATELINE, find (entry, "dateline", NULL));
  fill_text (article, RP_ARTICLE_PROVIDER, find (entry, "source-org", NULL));
  read_links (entry, facts, article);
  read_tags (entry, article);
}
