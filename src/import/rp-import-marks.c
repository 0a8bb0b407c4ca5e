#include "rp-import-marks.h"

#include <string.h>

#include "rp-marks.h"
#include "rp-text.h"

typedef struct {
  char *src;     /* owned */
  char *caption; /* owned, NULL = none */
  char *credit;  /* owned, NULL = none */
  char *licence; /* owned, NULL = none */
} Picture;

struct _RpMarks {
  char *credit;        /* owned, NULL = none */
  char *licensor;      /* owned, NULL = none */
  char *original_url;  /* owned, NULL = none */
  GPtrArray *pictures; /* owned, of Picture */
};

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_free (picture->src);
  g_free (picture->caption);
  g_free (picture->credit);
  g_free (picture->licence);
  g_free (picture);
}

static xmlNode *
find_element (xmlNode *root, const char *name)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    if (rp_xml_is (node, NULL, name))
      return node;
  }
  return NULL;
}

/* ccREL within the credit line: who is to be named, and where the original stands. */
static void
read_credit (RpMarks *self, xmlNode *line)
{
  if (self->credit == NULL)
    self->credit = rp_xml_dup_text (line);
  for (xmlNode *node = line; node != NULL; node = rp_xml_follow (node, line, TRUE)) {
    if (node->type != XML_ELEMENT_NODE)
      continue;
    if (self->licensor == NULL &&
        rp_text_has_word (rp_xml_peek_attribute (node, "property"), "cc:attributionName")) {
      self->licensor = rp_xml_dup_attribute (node, "content");
      if (self->licensor == NULL)
        self->licensor = rp_xml_dup_text (node);
    }
    if (self->original_url == NULL &&
        rp_text_has_word (rp_xml_peek_attribute (node, "rel"), "cc:attributionURL"))
      self->original_url = rp_xml_dup_attribute (node, "href");
  }
}

/* The picture that a credit stands below: of the same figure, or just before it. `out_words` is the
 * element that holds caption and credit. */
static xmlNode *
find_image (xmlNode *mark, xmlNode **out_words)
{
  for (xmlNode *node = mark->parent; node != NULL && node->type == XML_ELEMENT_NODE;
       node = node->parent) {
    if (rp_xml_is (node, NULL, "figure"))
      return find_element (node, "img");
    *out_words = node;
    if (rp_xml_is (node, NULL, "small")) {
      xmlNode *before = node->prev;

      while (before != NULL && before->type != XML_ELEMENT_NODE)
        before = before->prev;
      return rp_xml_is (before, NULL, "img") ? before : NULL;
    }
  }
  return NULL;
}

static char *
dup_without (xmlNode *words, xmlNode *mark)
{
  g_autoptr (GString) text = g_string_new (NULL);
  xmlNode *node = words;

  while (node != NULL) {
    if (node->type == XML_TEXT_NODE && node->content != NULL)
      g_string_append (text, (const char *) node->content);
    node = rp_xml_follow (node, words, node != mark);
  }
  return rp_text_clean (text->str);
}

static void
read_picture (RpMarks *self, xmlNode *mark)
{
  xmlNode *words = mark;
  xmlNode *image = find_image (mark, &words);
  xmlNode *link = find_element (mark, "a");
  g_autofree char *src = image != NULL ? rp_xml_dup_attribute (image, "src") : NULL;
  Picture *picture;

  if (src == NULL)
    return;
  picture = g_new0 (Picture, 1);
  picture->src = g_steal_pointer (&src);
  picture->caption = words != mark ? dup_without (words, mark) : NULL;
  picture->credit = rp_xml_dup_text (mark);
  picture->licence = link != NULL ? rp_xml_dup_attribute (link, "href") : NULL;
  /* Where there is no credit the licence's address stands in its place. */
  if (g_strcmp0 (picture->credit, picture->licence) == 0)
    g_clear_pointer (&picture->credit, g_free);
  g_ptr_array_add (self->pictures, picture);
}

RpMarks *
rp_marks_read (xmlNode *root)
{
  g_autoptr (RpMarks) self = g_new0 (RpMarks, 1);

  self->pictures = g_ptr_array_new_with_free_func (picture_free);
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    if (node->type != XML_ELEMENT_NODE || node->properties == NULL)
      continue;
    if (rp_text_has_word (rp_xml_peek_attribute (node, "class"), RP_MARK_CREDIT))
      read_credit (self, node);
    else if (rp_text_has_word (rp_xml_peek_attribute (node, "class"), RP_MARK_PICTURE))
      read_picture (self, node);
  }
  if (self->credit == NULL && self->pictures->len == 0)
    return NULL;
  return g_steal_pointer (&self);
}

static void
apply_picture (const Picture *picture, RpArticle *article)
{
  GPtrArray *media = rp_article_get_media (article);

  for (guint i = 0; i < media->len; i++) {
    RpMedia *own = g_ptr_array_index (media, i);

    if (g_strcmp0 (rp_media_get (own, RP_MEDIA_URL), picture->src) != 0)
      continue;
    rp_media_set (own, RP_MEDIA_CREDIT, picture->credit);
    if (picture->caption != NULL)
      rp_media_set (own, RP_MEDIA_CAPTION, picture->caption);
    if (picture->licence != NULL)
      rp_media_set (own, RP_MEDIA_LICENCE_URL, picture->licence);
  }
}

void
rp_marks_apply (const RpMarks *self, RpArticle *article)
{
  RpStatement *statement = rp_article_get_statement (article);

  if (self == NULL)
    return;
  rp_statement_fill (statement, RP_STATEMENT_CREDIT_LINE, self->credit);
  rp_statement_fill (statement, RP_STATEMENT_LICENSOR, self->licensor);
  if (rp_text_is_web_url (self->original_url))
    rp_statement_fill (statement, RP_STATEMENT_ORIGINAL_URL, self->original_url);
  for (guint i = 0; i < self->pictures->len; i++)
    apply_picture (g_ptr_array_index (self->pictures, i), article);
}

void
rp_marks_free (RpMarks *self)
{
  g_free (self->credit);
  g_free (self->licensor);
  g_free (self->original_url);
  g_ptr_array_unref (self->pictures);
  g_free (self);
}
