#include "rp-import-document.h"

#include <string.h>

#include "rp-import-fields.h"
#include "rp-import-lift.h"
#include "rp-import-picture.h"
#include "rp-import-rights-words.h"
#include "rp-text.h"

#define HEAD_BLOCKS 6
#define HEADLINE_LIMIT 160
#define PROSE_LENGTH 200

static gboolean
is_heading (const xmlNode *node)
{
  const char *name = (const char *) node->name;

  return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0';
}

static xmlNode *
next_element (xmlNode *node)
{
  while (node != NULL && node->type != XML_ELEMENT_NODE)
    node = node->next;
  return node;
}

static gboolean
may_be_headline (RpArticle *article, xmlNode *node, const char *text)
{
  return rp_article_get (article, RP_ARTICLE_HEADLINE) == NULL && strlen (text) <= HEADLINE_LIMIT &&
         next_element (node->next) != NULL &&
         (is_heading (node) || (rp_xml_is (node, NULL, "p") && !g_str_has_suffix (text, ".")));
}

/* TRUE when the line went into the article and leaves the body. */
static gboolean
take_line (RpArticle *article, xmlNode *node, const char *text)
{
  const char *headline = rp_article_get (article, RP_ARTICLE_HEADLINE);

  /* "Embargoed until 12 June" is no date line: what speaks of rights is read later. */
  if (rp_rights_words_judge (text) != RP_RIGHTS_NONE)
    return FALSE;
  if (rp_fields_is_label (text) || (headline != NULL && rp_text_same (text, headline)))
    return TRUE;
  if (rp_fields_is_byline (text)) {
    if (rp_article_get_authors (article)->len == 0)
      rp_fields_add_byline (article, text);
    return TRUE;
  }
  if (rp_fields_is_date_line (text) && !is_heading (node)) {
    rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, text);
    return TRUE;
  }
  if (may_be_headline (article, node, text)) {
    rp_article_set (article, RP_ARTICLE_HEADLINE, text);
    return TRUE;
  }
  return FALSE;
}

void
rp_document_take_head (RpArticle *article, xmlNode *body)
{
  xmlNode *node = next_element (body->children);

  for (guint seen = 0; node != NULL && seen < HEAD_BLOCKS; seen++) {
    xmlNode *next = next_element (node->next);
    gboolean simple = rp_xml_is (node, NULL, "p") || is_heading (node);
    g_autofree char *text = simple ? rp_xml_dup_text (node) : NULL;

    if (text != NULL && strlen (text) > PROSE_LENGTH)
      return;
    if (text != NULL && take_line (article, node, text)) {
      xmlUnlinkNode (node);
      xmlFreeNode (node);
    }
    node = next;
  }
}

static void
set_dateline (RpArticle *article)
{
  const char *body = rp_article_get (article, RP_ARTICLE_BODY_HTML);
  g_autofree char *head = body != NULL ? g_strndup (body, 2000) : NULL;
  g_autofree char *valid = head != NULL ? g_utf8_make_valid (head, -1) : NULL;
  g_autofree char *text = valid != NULL ? rp_html_to_text (valid) : NULL;

  if (text != NULL)
    rp_fields_set_dateline (article, text);
}

void
rp_document_set_body (RpArticle *article,
                      RpRightsScan *scan,
                      const char *html,
                      const char *base_url)
{
  g_autoptr (GPtrArray) trackers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html);
  g_autofree char *shaped = NULL;

  rp_html_clean_tree (rp_html_get_body (doc), base_url, trackers);
  rp_lift_trackers (article, trackers);
  rp_document_take_head (article, rp_html_get_body (doc));
  shaped = rp_html_serialise (rp_html_get_body (doc));
  rp_lift_body (article, scan, shaped, base_url);
  set_dateline (article);
}

void
rp_document_attach_pictures (RpArticle *article, RpFindPicture find, gpointer user_data)
{
  GPtrArray *all = rp_article_get_media (article);

  for (guint i = 0; i < all->len; i++) {
    RpMedia *media = g_ptr_array_index (all, i);
    g_autofree char *name = NULL;
    g_autoptr (GBytes) bytes = NULL;

    if (rp_media_get_bytes (media) != NULL || rp_media_get (media, RP_MEDIA_URL) == NULL)
      continue;
    bytes = find (rp_media_get (media, RP_MEDIA_URL), &name, user_data);
    if (bytes == NULL)
      continue;
    rp_media_set_bytes (media, bytes);
    if (rp_media_get (media, RP_MEDIA_NAME) == NULL)
      rp_media_set (media, RP_MEDIA_NAME, name);
    rp_picture_read (bytes, media);
  }
}

void
rp_document_add_picture (RpArticle *article, const char *path, GBytes *bytes)
{
  g_autofree char *url = rp_document_dup_cid (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (RpMedia) media = rp_media_new (url);

  rp_media_set (media, RP_MEDIA_NAME, name);
  rp_media_set (media, RP_MEDIA_ROLE, "featured");
  rp_media_set_bytes (media, bytes);
  rp_picture_read (bytes, media);
  rp_article_add_media (article, media);
}

char *
rp_document_dup_cid (const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, "/@!$&'()*+,;=:", FALSE);

  return g_strconcat ("cid:", escaped, NULL);
}
