#include <string.h>

#include "rp-html.h"
#include "rp-import-body.h"
#include "rp-import-clutter.h"
#include "rp-import-fields.h"
#include "rp-import-moment.h"
#include "rp-import-regex.h"
#include "rp-text.h"

#define HEAD_BLOCKS 8
#define TAIL_BLOCKS 12

static void
drop (xmlNode *node)
{
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}

static gboolean
is_element (const xmlNode *node)
{
  return node->type == XML_ELEMENT_NODE;
}

static gboolean
is_heading (const xmlNode *node)
{
  const char *name = (const char *) node->name;

  return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0';
}

static guint
link_chars (xmlNode *root)
{
  guint total = 0;

  for (xmlNode *node = root; node != NULL;
       node = rp_xml_follow (node, root, !rp_xml_is (node, NULL, "a"))) {
    if (rp_xml_is (node, NULL, "a")) {
      g_autofree char *text = rp_xml_dup_text (node);

      total += text != NULL ? (guint) strlen (text) : 0;
    }
  }
  return total;
}

/* A paragraph that is one link and no sentence leads to another story. */
static gboolean
is_only_link (xmlNode *node, const char *text)
{
  return link_chars (node) * 10 >= strlen (text) * 9 && strlen (text) < 260;
}

static gboolean
is_byline_of (const char *text, GPtrArray *authors)
{
  if (strlen (text) > 140)
    return FALSE;
  if (rp_fields_is_byline (text))
    return TRUE;
  for (guint i = 0; i < authors->len; i++) {
    const RpAuthor *author = g_ptr_array_index (authors, i);

    if (author->name != NULL && strstr (text, author->name) != NULL &&
        strlen (text) < strlen (author->name) + 30)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_date_line (const char *text)
{
  g_autofree char *date = strlen (text) < 90 ? rp_moment_find_date (text) : NULL;

  return date != NULL && rp_text_count_words (text) <= 12 && !g_str_has_suffix (text, ".");
}

static void
trim_head (xmlNode *body, const char *headline, GPtrArray *authors)
{
  xmlNode *node = body->children;

  for (guint seen = 0; node != NULL && seen < HEAD_BLOCKS; seen++) {
    xmlNode *next = node->next;
    g_autofree char *text = is_element (node) ? rp_xml_dup_text (node) : NULL;
    gboolean prose = text != NULL && strlen (text) > 160;

    if (text != NULL && ((headline != NULL && rp_text_same (text, headline)) ||
                         is_byline_of (text, authors) || is_date_line (text)))
      drop (node);
    else if (text != NULL && rp_xml_is (node, NULL, "h1"))
      drop (node);
    else if (prose && !rp_xml_is (node, NULL, "figure"))
      return;
    node = next;
  }
}

/* Teasers and links to other stories between the paragraphs. */
static void
trim_inside (xmlNode *body)
{
  xmlNode *node = body->children;

  while (node != NULL) {
    xmlNode *next = node->next;
    gboolean simple = rp_xml_is (node, NULL, "p") || (is_element (node) && is_heading (node));
    g_autofree char *text = simple ? rp_xml_dup_text (node) : NULL;

    if (text != NULL &&
        (rp_clutter_judge (text) == RP_CLUTTER_LINE ||
         (rp_clutter_is_teaser (text) && link_chars (node) > 0) ||
         (rp_xml_is (node, NULL, "p") && is_only_link (node, text) && !rp_text_is_web_url (text))))
      drop (node);
    node = next;
  }
}

static guint
count_after (const xmlNode *node)
{
  guint total = 0;

  for (; node != NULL; node = node->next) {
    g_autofree char *text = is_element (node) ? rp_xml_dup_text ((xmlNode *) node) : NULL;

    total += text != NULL ? (guint) strlen (text) : 0;
  }
  return total;
}

static void
drop_from (xmlNode *node)
{
  while (node != NULL) {
    xmlNode *next = node->next;

    drop (node);
    node = next;
  }
}

/* From the first "related stories" or comment counter on, when little follows it. */
static void
trim_tail (xmlNode *body)
{
  guint before = 0;

  for (xmlNode *node = body->children; node != NULL; node = node->next) {
    g_autofree char *text = is_element (node) ? rp_xml_dup_text (node) : NULL;

    if (text == NULL)
      continue;
    if (before > 400 && strlen (text) < 200 && rp_clutter_is_end (text) &&
        count_after (node) <= before) {
      drop_from (node);
      return;
    }
    before += (guint) strlen (text);
  }
}

/* A heading with nothing below it was the head of something that went. */
static void
trim_last_headings (xmlNode *body)
{
  while (body->last != NULL && (!is_element (body->last) || is_heading (body->last) ||
                                rp_xml_is (body->last, NULL, "hr")))
    drop (body->last);
}

void
rp_body_trim (xmlNode *body, const char *headline, GPtrArray *authors)
{
  trim_head (body, headline, authors);
  trim_tail (body);
  trim_inside (body);
  trim_last_headings (body);
}
