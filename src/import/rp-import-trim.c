#include <string.h>

#include "rp-html.h"
#include "rp-import-bag.h"
#include "rp-import-body.h"
#include "rp-import-clutter.h"
#include "rp-import-fields.h"
#include "rp-import-moment.h"
#include "rp-import-regex.h"
#include "rp-text.h"

#define HEAD_BLOCKS 8
#define TAIL_BLOCKS 12

/* The text of a block, worked out once: it waits in the node's _private. NULL when it is no element
 * or empty. Lends. */
static const char *
text_of (xmlNode *node)
{
  if (node->type != XML_ELEMENT_NODE)
    return NULL;
  if (node->_private == NULL) {
    char *text = rp_xml_dup_text (node);

    node->_private = text != NULL ? text : g_strdup ("");
  }
  return *(char *) node->_private != '\0' ? node->_private : NULL;
}

static void
forget_text (xmlNode *node)
{
  if (node->type == XML_ELEMENT_NODE)
    g_clear_pointer (&node->_private, g_free);
}

static void
drop (xmlNode *node)
{
  forget_text (node);
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
    const char *text = text_of (node);
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
    const char *text = simple ? text_of (node) : NULL;

    if (text != NULL &&
        (rp_clutter_judge (text) == RP_CLUTTER_LINE || rp_clutter_is_notice (text) ||
         (rp_clutter_is_teaser (text) && link_chars (node) > 0) ||
         (rp_xml_is (node, NULL, "p") && is_only_link (node, text) && !rp_text_is_web_url (text))))
      drop (node);
    node = next;
  }
}

/* Characters of the paragraphs from `node` on that are running text and no link. */
static guint
count_prose (xmlNode *node)
{
  guint total = 0;

  for (; node != NULL; node = node->next) {
    const char *text = rp_xml_is (node, NULL, "p") ? text_of (node) : NULL;

    if (text != NULL && strlen (text) > 120 && link_chars (node) * 2 < strlen (text))
      total += (guint) strlen (text);
  }
  return total;
}

static guint
count_after (xmlNode *node)
{
  guint total = 0;

  for (; node != NULL; node = node->next) {
    const char *text = text_of (node);

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

/* "Related story" in the middle of the text: it goes with the links and titles right below it. */
static xmlNode *
drop_inset (xmlNode *node)
{
  xmlNode *next = node->next;

  drop (node);
  for (guint n = 0; next != NULL && n < 4; n++) {
    const char *text = text_of (next);
    xmlNode *after = next->next;

    if (text != NULL && link_chars (next) * 10 < strlen (text) * 7)
      break;
    drop (next);
    next = after;
  }
  return next;
}

/* What stands below an article, never in it. */
static gboolean
is_last_word (const char *text)
{
  static RpRegex words = RP_REGEX (
    "^about "
    "|comment|kommentar|coment|comenz|reacti|repl|respons|répons|discussion|conversation|коммент|"
    "评论|コメント|댓글");

  return rp_regex_test (&words, text);
}

/* From the first "related stories" or comment counter on, when no more of the article follows. */
static void
trim_tail (xmlNode *body)
{
  guint before = 0;
  xmlNode *node = body->children;

  while (node != NULL) {
    xmlNode *next = node->next;
    const char *text = text_of (node);

    if (text != NULL && before > 400 && strlen (text) < 200 && rp_clutter_is_end (text) &&
        count_after (node) <= before) {
      if (is_last_word (text) || count_prose (next) < MAX (400, before / 4)) {
        drop_from (node);
        return;
      }
      node = drop_inset (node);
      continue;
    }
    before += text != NULL ? (guint) strlen (text) : 0;
    node = next;
  }
}

/* "A. Writer is a reporter at …" below the end. */
static gboolean
is_about_author (const char *text, GPtrArray *authors)
{
  static RpRegex verb = RP_REGEX (
    "^,?\\s*(?:\\([^)]{1,40}\\)\\s*)?(?:(?:is|was) (?:a|an|the|our|"
    "currently|based|editor|senior|founder|one of|author|co-)|has (?:been|written|covered|worked)|"
    "(?:writes|covers|reports|joined|lives|works|contributes|specializes|leads|serves|"
    "started)\\b|ist\\b|arbeitet|schreibt|est\\b|es\\b|è\\b)");

  for (guint i = 0; i < authors->len; i++) {
    const RpAuthor *author = g_ptr_array_index (authors, i);
    const char *found = author->name != NULL ? strstr (text, author->name) : NULL;

    if (found == NULL || found - text > 12)
      continue;
    found += strlen (author->name);
    if (*found == '\0' || rp_regex_test (&verb, found))
      return TRUE;
  }
  return FALSE;
}

/* Who the author is, below the last paragraph: at most a few blocks, and little beside the text. */
static void
trim_about_author (xmlNode *body, GPtrArray *authors)
{
  guint total = count_after (body->children);
  guint after = 0;
  xmlNode *first = NULL;

  for (xmlNode *node = body->last; node != NULL && after * 7 < total; node = node->prev) {
    const char *text = text_of (node);

    if (text == NULL)
      continue;
    after += (guint) strlen (text);
    if (after * 7 < total && total > 800 && is_about_author (text, authors))
      first = node;
  }
  if (first != NULL)
    drop_from (first);
}

/* A heading with nothing below it was the head of something that went. */
static void
trim_last_headings (xmlNode *body)
{
  while (body->last != NULL && (!is_element (body->last) || is_heading (body->last) ||
                                rp_xml_is (body->last, NULL, "hr")))
    drop (body->last);
}

/* The declared text is whole when it covers most of the body: then what is not in it, and no part
 * of a list or table that markup may have left out, was added by the site. */
static void
trim_undeclared (xmlNode *body, const char *declared)
{
  g_autoptr (GHashTable) runs = NULL;
  g_autofree char *text = rp_html_tree_to_text (body);
  xmlNode *node = body->children;

  if (declared == NULL || strlen (declared) < 800)
    return;
  runs = rp_bag_runs_new (declared);
  if (rp_bag_runs_share (runs, text) < 0.8)
    return;
  while (node != NULL) {
    xmlNode *next = node->next;
    const char *block = rp_xml_is (node, NULL, "p") ? text_of (node) : NULL;
    double share = block != NULL ? rp_bag_runs_share (runs, block) : -1;

    if (share >= 0 && share < 0.1)
      drop (node);
    node = next;
  }
}

void
rp_body_trim (xmlNode *body, const RpBodyHints *hints, GPtrArray *authors)
{
  trim_head (body, hints->headline, authors);
  trim_undeclared (body, hints->article_body);
  trim_tail (body);
  trim_about_author (body, authors);
  trim_inside (body);
  trim_last_headings (body);
  for (xmlNode *node = body->children; node != NULL; node = node->next)
    forget_text (node);
}
