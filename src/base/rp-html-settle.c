#include "rp-html-settle.h"

#include <string.h>

#include "rp-html-rules.h"
#include "rp-text.h"

void
rp_html_mark_break (xmlNode *to)
{
  if (to->last == NULL || to->last->type != XML_COMMENT_NODE)
    xmlAddChild (to, xmlNewDocComment (to->doc, NULL));
}

static gboolean
has_block (const xmlNode *parent)
{
  for (const xmlNode *node = parent->children; node != NULL; node = node->next) {
    RpHtmlFate fate = node->type == XML_ELEMENT_NODE
                        ? rp_html_find_rule ((const char *) node->name)->fate
                        : RP_HTML_FATE_UNWRAP;

    if (node->type == XML_COMMENT_NODE || fate == RP_HTML_FATE_BLOCK || fate == RP_HTML_FATE_BREAK)
      return TRUE;
    if (node->type == XML_ELEMENT_NODE && has_block (node))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_empty (const xmlNode *node)
{
  return node->children == NULL;
}

void
rp_html_move_children (xmlNode *from, xmlNode *to)
{
  while (from->children != NULL) {
    xmlNode *child = from->children;

    xmlUnlinkNode (child);
    xmlAddChild (to, child);
  }
}

/* A link around blocks (a teaser, mostly) goes inside each of them. */
static void
push_link_inside (xmlNode *link)
{
  for (xmlNode *block = link->children; block != NULL; block = block->next) {
    xmlNode *inner;

    if (block->type != XML_ELEMENT_NODE || has_block (block) || block->children == NULL ||
        rp_html_find_rule ((const char *) block->name)->fate != RP_HTML_FATE_BLOCK)
      continue;
    inner = xmlCopyNode (link, 2);
    rp_html_move_children (block, inner);
    xmlAddChild (block, inner);
  }
}

/* Tags within a line cannot hold blocks: they go, the blocks stay. */
void
rp_html_settle_inline (xmlNode *node)
{
  xmlNode *parent = node->parent;
  gboolean is_link = strcmp ((const char *) node->name, "a") == 0;

  if (is_link && !has_block (node) &&
      (node->properties == NULL || !xmlHasProp (node, (const xmlChar *) "href"))) {
    xmlUnlinkNode (node);
    rp_html_move_children (node, parent);
    xmlFreeNode (node);
  } else if (has_block (node)) {
    if (is_link && xmlHasProp (node, (const xmlChar *) "href"))
      push_link_inside (node);
    xmlUnlinkNode (node);
    rp_html_move_children (node, parent);
    xmlFreeNode (node);
  } else if (is_empty (node) && strcmp ((const char *) node->name, "br") != 0) {
    xmlUnlinkNode (node);
    xmlFreeNode (node);
  }
}

/* Paragraphs: loose lines between blocks get one each. */

static gboolean
is_blank_text (const xmlNode *node)
{
  if (node->type != XML_TEXT_NODE)
    return FALSE;
  for (const char *at = (const char *) node->content; at != NULL && *at != '\0';) {
    if (g_ascii_isspace (*at))
      at++;
    else if ((guchar) at[0] == 0xC2 && (guchar) at[1] == 0xA0)
      at += 2;
    else
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_break (const xmlNode *node)
{
  return rp_xml_is ((xmlNode *) node, NULL, "br");
}

static gboolean
is_inline (const xmlNode *node)
{
  if (node->type == XML_TEXT_NODE)
    return TRUE;
  return node->type == XML_ELEMENT_NODE &&
         rp_html_find_rule ((const char *) node->name)->fate != RP_HTML_FATE_BLOCK;
}

void
rp_html_remove (xmlNode *node)
{
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}

static void
trim_edges (xmlNode *block)
{
  while (block->children != NULL && (is_blank_text (block->children) || is_break (block->children)))
    rp_html_remove (block->children);
  while (block->last != NULL && (is_blank_text (block->last) || is_break (block->last)))
    rp_html_remove (block->last);
}

/* Two breaks in a row, with nothing but white space between, are how old pages end a paragraph. */
static gboolean
starts_double_break (const xmlNode *node)
{
  const xmlNode *next = node->next;

  if (!is_break (node))
    return FALSE;
  while (next != NULL && is_blank_text (next))
    next = next->next;
  return next != NULL && is_break (next);
}

/* Takes the run of inline nodes that begins at `first` into a paragraph before it; gives what
 * follows. */
static xmlNode *
wrap_run (xmlNode *first)
{
  xmlNode *paragraph = xmlNewDocNode (first->doc, NULL, (const xmlChar *) "p", NULL);
  xmlNode *next = first;

  xmlAddPrevSibling (first, paragraph);
  while (next != NULL && is_inline (next)) {
    xmlNode *node = next;
    gboolean ends = starts_double_break (node);

    next = node->next;
    xmlUnlinkNode (node);
    xmlAddChild (paragraph, node);
    if (ends)
      break;
  }
  trim_edges (paragraph);
  if (paragraph->children == NULL)
    rp_html_remove (paragraph);
  return next;
}

static gboolean
needs_paragraphs (const xmlNode *container)
{
  for (const xmlNode *node = container->children; node != NULL; node = node->next) {
    if (!is_inline (node) || starts_double_break (node))
      return TRUE;
  }
  return FALSE;
}

void
rp_html_settle_flow (xmlNode *container, gboolean always)
{
  xmlNode *node = container->children;

  if (!always && !needs_paragraphs (container)) {
    trim_edges (container);
    return;
  }
  while (node != NULL) {
    xmlNode *next = node->next;

    if (is_inline (node))
      next = wrap_run (node);
    else if (node->type == XML_COMMENT_NODE)
      rp_html_remove (node);
    node = next;
  }
}

/* Headings, captions and the like hold one line of text: what broke it becomes a line break. */
static void
settle_line (xmlNode *block)
{
  xmlNode *node;

  trim_edges (block);
  node = block->children;
  while (node != NULL) {
    xmlNode *next = node->next;

    if (node->type == XML_COMMENT_NODE) {
      if (node->prev != NULL && node->prev->type != XML_COMMENT_NODE && next != NULL)
        xmlAddPrevSibling (node, xmlNewDocNode (node->doc, NULL, (const xmlChar *) "br", NULL));
      rp_html_remove (node);
    }
    node = next;
  }
  trim_edges (block);
}

/* Lists and tables hold only their own parts: white space and marks between these go. */
static void
settle_parts (xmlNode *block)
{
  xmlNode *node = block->children;

  while (node != NULL) {
    xmlNode *next = node->next;

    if (node->type == XML_COMMENT_NODE || is_blank_text (node))
      rp_html_remove (node);
    node = next;
  }
}

/* One caption a figure: a second one goes on below the first. */
static void
merge_captions (xmlNode *figure)
{
  xmlNode *first = rp_xml_child (figure, NULL, "figcaption");
  xmlNode *other;

  while (first != NULL && (other = rp_xml_next (first, NULL, "figcaption")) != NULL) {
    xmlUnlinkNode (other);
    xmlAddChild (first, xmlNewDocNode (first->doc, NULL, (const xmlChar *) "br", NULL));
    rp_html_move_children (other, first);
    xmlFreeNode (other);
  }
}

static void
unwrap_as_block (xmlNode *block)
{
  xmlNode *parent = block->parent;

  xmlUnlinkNode (block);
  rp_html_mark_break (parent);
  rp_html_move_children (block, parent);
  rp_html_mark_break (parent);
  xmlFreeNode (block);
}

void
rp_html_settle_block (xmlNode *block)
{
  const char *name = (const char *) block->name;

  if (strcmp (name, "p") == 0 && has_block (block)) {
    unwrap_as_block (block);
    return;
  }
  if (rp_text_has_word ("ul ol dl table thead tbody tfoot tr colgroup figure", name))
    settle_parts (block);
  else if (strcmp (name, "blockquote") == 0)
    rp_html_settle_flow (block, TRUE);
  else if (rp_text_has_word ("li td th dd figcaption", name))
    rp_html_settle_flow (block, FALSE);
  else if (strcmp (name, "pre") != 0 && strcmp (name, "hr") != 0 && strcmp (name, "col") != 0)
    settle_line (block);
  if (strcmp (name, "figure") == 0)
    merge_captions (block);
  if (is_empty (block) && !rp_text_has_word ("hr td th col", name))
    rp_html_remove (block);
}
