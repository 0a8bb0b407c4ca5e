#include "rp-import-body.h"

#include <string.h>

#include "rp-html.h"
#include "rp-import-bag.h"
#include "rp-import-body-names.h"
#include "rp-text.h"

#define MIN_PARAGRAPH 25
#define MIN_BODY 140
#define LEVELS 4
#define SMALL_BYTES 900 /* below this a doubtful name is enough */
#define SMALL_FORM 420  /* characters beside a form that only ask to fill it in */
#define LONG_PARAGRAPH 140

/* What an element holds, visible text only. */
typedef struct {
  xmlNode *node;
  guint text;  /* characters */
  guint links; /* characters within links */
  guint prose; /* characters of paragraphs that are not mostly links */
  guint own;   /* characters outside of block children */
  guint commas;
  double score;
  gboolean dropped;
  gboolean has_form;
} Stats;

typedef struct {
  GArray *stats;        /* of Stats; a node's _private is its index + 1 */
  gsize bytes;          /* text in the whole page */
  GHashTable *unlikely; /* owned: names -> whether they are unlikely, plus one; pages repeat them */
} Page;

static const char *const dropped_elements[] = {
  "script", "style",  "noscript", "template", "select", "textarea", "input", "svg",  "object",
  "embed",  "canvas", "head",     "option",   "map",    "applet",   "link",  "meta", NULL};
/* Beside the article by their nature, unless a page that forgot an end tag has put everything in
 * them. */
static const char *const side_elements[] = {"nav",  "footer", "aside",  "dialog", "form",
                                            "menu", "label",  "button", NULL};
static const char *const inline_elements[] = {
  "a",     "abbr",    "b",      "bdi",    "bdo",     "br",     "cite", "code", "dfn", "em",
  "font",  "i",       "img",    "ins",    "del",     "kbd",    "mark", "q",    "s",   "samp",
  "small", "span",    "strike", "strong", "sub",     "sup",    "time", "tt",   "u",   "var",
  "wbr",   "acronym", "big",    "nobr",   "picture", "source", NULL};

static gboolean
is_named (const xmlNode *node, const char *const *names)
{
  return rp_text_is_among (names, (const char *) node->name);
}

static Stats *
stats_of (Page *self, const xmlNode *node)
{
  gsize index = GPOINTER_TO_SIZE (node->_private);

  return index > 0 && index <= self->stats->len ? &g_array_index (self->stats, Stats, index - 1)
                                                : NULL;
}

static gboolean
is_unlikely_here (Page *self, const char *names)
{
  gpointer known = g_hash_table_lookup (self->unlikely, names);

  if (known == NULL) {
    known = GINT_TO_POINTER (1 + rp_body_are_unlikely (names));
    g_hash_table_insert (self->unlikely, g_strdup (names), known);
  }
  return known == GINT_TO_POINTER (2);
}

static gboolean
may_drop_by_name (const xmlNode *node)
{
  static const char *const kept[] = {"body",       "html",  "article", "main", "h1", "figure",
                                     "figcaption", "table", "tbody",   "tr",   "td", NULL};

  return !is_named (node, kept) &&
         (!is_named (node, inline_elements) || strcmp ((const char *) node->name, "span") == 0);
}

static void
count_text (Stats *self, const char *text)
{
  gboolean space = TRUE;

  for (; *text != '\0'; text++) {
    guchar c = (guchar) *text;

    if ((c & 0xC0) == 0x80)
      continue;
    if (g_ascii_isspace (c)) {
      self->text += !space;
      space = TRUE;
      continue;
    }
    space = FALSE;
    self->text += c >= 0xE3 ? 2 : 1;
    self->commas += c == ',' ||
                    (c == 0xE3 && (guchar) text[1] == 0x80 && (guchar) text[2] == 0x81) ||
                    (c == 0xEF && (guchar) text[1] == 0xBC && (guchar) text[2] == 0x8C);
  }
}

static void
spread_score (Page *self, xmlNode *node, double score)
{
  double share = 1;

  node = node->parent;
  for (int level = 0; node != NULL && level < LEVELS; level++, node = node->parent) {
    Stats *stats = stats_of (self, node);

    if (stats == NULL)
      return;
    stats->score += score / share;
    share = level == 0 ? 2 : share * 1.7;
  }
}

static void
score_paragraph (Page *self, Stats *stats)
{
  double score;
  gboolean linked = stats->links * 2 > stats->text;

  if (stats->own < MIN_PARAGRAPH || linked)
    return;
  score = 1 + stats->commas +
          MIN (stats->own / 100.0, strcmp ((const char *) stats->node->name, "p") == 0 ? 5 : 30);
  if (strcmp ((const char *) stats->node->name, "li") == 0)
    score /= 2;
  stats->prose += stats->own;
  if (strcmp ((const char *) stats->node->name, "p") != 0)
    stats->score += score;
  spread_score (self, stats->node, score);
}

static gsize
count_bytes (xmlNode *root)
{
  gsize bytes = 0;

  for (const xmlNode *node = root; node != NULL;
       node = rp_xml_follow (node, root,
                             strcmp ((const char *) node->name, "script") != 0 &&
                               strcmp ((const char *) node->name, "style") != 0)) {
    if (node->type == XML_TEXT_NODE && node->content != NULL &&
        !rp_xml_is (node->parent, NULL, "script") && !rp_xml_is (node->parent, NULL, "style"))
      bytes += strlen ((const char *) node->content);
  }
  return bytes;
}

/* Running text, as no button, list of links or box of tools has it. */
static gboolean
holds_prose (xmlNode *root)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    if (rp_xml_is (node, NULL, "p") && rp_xml_child (node, NULL, "a") == NULL &&
        count_bytes (node) > LONG_PARAGRAPH)
      return TRUE;
  }
  return FALSE;
}

/* Named like a side matter, but by words that also name parts of an article, and with prose. */
static gboolean
is_misnamed (xmlNode *node, const char *names)
{
  return !rp_body_is_hidden (node) && rp_body_are_vague (names) && holds_prose (node);
}

/* A name is only a hint: what holds a good part of the page's text is no side matter. */
static gboolean
is_side_matter (Page *self, xmlNode *node)
{
  gsize limit = self->bytes * 3 / 10;

  if (!is_named (node, side_elements)) {
    g_autofree char *names = NULL;

    if (!may_drop_by_name (node))
      return FALSE;
    names = node->properties != NULL ? rp_body_dup_names (node) : NULL;
    if (!rp_body_is_hidden (node) && !rp_body_has_side_role (node) &&
        (names == NULL || !is_unlikely_here (self, names)))
      return FALSE;
    if (names != NULL && is_misnamed (node, names))
      return FALSE;
    if (names != NULL && !rp_body_are_surely_unlikely (names))
      limit = MAX (SMALL_BYTES, self->bytes / 12);
  }
  return count_bytes (node) < limit;
}

/* A form that went, or a small box around one. */
static gboolean
asks_to_fill_in (const Stats *stats)
{
  return stats->dropped ? stats->has_form || strcmp ((const char *) stats->node->name, "form") == 0
                        : stats->has_form && stats->text < SMALL_FORM;
}

static gboolean
is_form_box (const Stats *stats)
{
  static const char *const boxes[] = {"div", "section", "li", NULL};

  return stats->has_form && stats->text < SMALL_FORM && is_named (stats->node, boxes);
}

static void measure (Page *self, xmlNode *node, gboolean in_link);

static void
measure_children (Page *self, xmlNode *node, gsize index, gboolean in_link)
{
  for (xmlNode *child = node->children; child != NULL; child = child->next) {
    Stats *stats = &g_array_index (self->stats, Stats, index);
    const Stats *inner;

    if (child->type == XML_TEXT_NODE && child->content != NULL) {
      guint before = stats->text;

      count_text (stats, (const char *) child->content);
      stats->own += stats->text - before;
      if (in_link)
        stats->links += stats->text - before;
    }
    if (child->type != XML_ELEMENT_NODE)
      continue;
    measure (self, child, in_link);
    inner = stats_of (self, child);
    stats = &g_array_index (self->stats, Stats, index);
    if (inner != NULL && asks_to_fill_in (inner))
      stats->has_form = TRUE;
    if (inner == NULL || inner->dropped)
      continue;
    stats->text += inner->text;
    stats->links += inner->links;
    stats->prose += inner->prose;
    if (is_named (child, inline_elements)) {
      stats->own += inner->own;
      stats->commas += inner->commas;
    }
  }
}

static void
measure (Page *self, xmlNode *node, gboolean in_link)
{
  Stats stats = {.node = node};
  gsize index = self->stats->len;
  gboolean is_inline = is_named (node, inline_elements);

  stats.dropped = is_named (node, dropped_elements) || is_side_matter (self, node);
  g_array_append_val (self->stats, stats);
  node->_private = GSIZE_TO_POINTER (index + 1);
  if (stats.dropped)
    return;
  measure_children (self, node, index, in_link || strcmp ((const char *) node->name, "a") == 0);
  if (is_form_box (&g_array_index (self->stats, Stats, index)))
    g_array_index (self->stats, Stats, index).dropped = TRUE;
  else if (!is_inline)
    score_paragraph (self, &g_array_index (self->stats, Stats, index));
}

static double
link_density (const Stats *stats)
{
  return stats->text > 0 ? (double) stats->links / stats->text : 0;
}

static double
final_score (const Stats *stats)
{
  double score = stats->score * (1 - link_density (stats));
  const char *name = (const char *) stats->node->name;

  if (strcmp (name, "article") == 0)
    score *= 1.15;
  else if (strcmp (name, "body") == 0 || strcmp (name, "p") == 0)
    score *= 0.9;
  return score;
}

static Stats *
find_top (Page *self)
{
  Stats *best = NULL;

  for (guint i = 0; i < self->stats->len; i++) {
    Stats *stats = &g_array_index (self->stats, Stats, i);

    if (!stats->dropped && stats->text > 0 &&
        (best == NULL || final_score (stats) > final_score (best)))
      best = stats;
  }
  return best;
}

static gboolean
is_within (const xmlNode *node, const xmlNode *ancestor)
{
  for (; node != NULL; node = node->parent) {
    if (node == ancestor)
      return TRUE;
  }
  return FALSE;
}

/* The element that calls itself the body and holds most prose; among nested ones the inner one that
 * still holds nearly all. */
static Stats *
find_named_body (Page *self)
{
  Stats *best = NULL;

  for (guint i = 0; i < self->stats->len; i++) {
    Stats *stats = &g_array_index (self->stats, Stats, i);

    if (stats->dropped || stats->prose < MIN_BODY || is_named (stats->node, inline_elements) ||
        !rp_body_says_body (stats->node))
      continue;
    if (best == NULL || stats->prose > best->prose ||
        (is_within (stats->node, best->node) && stats->prose * 10 >= best->prose * 9))
      best = stats;
  }
  return best;
}

static Stats *
choose (Stats *top, Stats *named, const RpBodyHints *hints)
{
  if (named == NULL || top == named)
    return top;
  if (top == NULL)
    return named;
  if (hints->article_body != NULL && strlen (hints->article_body) > 400) {
    double a = rp_bag_agreement (hints->article_body, top->node);
    double b = rp_bag_agreement (hints->article_body, named->node);

    if (a - b > 0.05 || b - a > 0.05)
      return a > b ? top : named;
  }
  if (is_within (named->node, top->node))
    return named->prose * 10 >= top->prose * 6 ? named : top;
  if (is_within (top->node, named->node))
    return named->prose * 10 >= named->text * 4 ? named : top;
  return named->prose * 2 >= top->prose ? named : top;
}

/* Page builders put every few paragraphs into boxes of their own: go up as long as the larger
 * element adds mostly prose. */
static Stats *
climb (Page *self, Stats *top)
{
  Stats *best = top;

  if (rp_body_says_body (top->node))
    return top;
  for (const xmlNode *node = top->node->parent; node != NULL; node = node->parent) {
    Stats *stats = stats_of (self, node);
    guint prose;
    guint text;

    if (stats == NULL || strcmp ((const char *) node->name, "body") == 0)
      break;
    prose = stats->prose - best->prose;
    text = stats->text - best->text;
    if (prose * 8 > best->prose && prose > 200 && prose * 10 >= text * 7)
      best = stats;
    if (strcmp ((const char *) node->name, "article") == 0 || rp_body_says_body (node))
      break;
  }
  return best;
}

/* A body split into neighbours by advertising: those of the same name, and paragraphs between them.
 */
static gboolean
is_neighbour (Page *self, const Stats *top, const xmlNode *node)
{
  const Stats *stats = stats_of (self, node);
  const char *class = rp_xml_peek_attribute (top->node, "class");
  const char *other = rp_xml_peek_attribute (node, "class");

  if (stats == NULL || stats->dropped || stats->text == 0)
    return FALSE;
  if (link_density (stats) > 0.3)
    return FALSE;
  if (strcmp ((const char *) node->name, "p") == 0)
    return stats->text > 80;
  if (class != NULL && *class != '\0' && g_strcmp0 (class, other) == 0 &&
      strcmp ((const char *) node->name, (const char *) top->node->name) == 0)
    return stats->prose > 60;
  return stats->prose > 200 && final_score (stats) > 0.2 * final_score (top) &&
         strcmp ((const char *) node->name, "article") != 0;
}

/* Takes what was found unlikely out of the chosen tree. */
static void
prune (Page *self, xmlNode *parent)
{
  xmlNode *node = parent->children;

  while (node != NULL) {
    xmlNode *next = node->next;
    const Stats *stats = node->type == XML_ELEMENT_NODE ? stats_of (self, node) : NULL;

    if (stats != NULL && stats->dropped && strcmp ((const char *) node->name, "iframe") != 0) {
      xmlUnlinkNode (node);
      xmlFreeNode (node);
    } else if (node->type == XML_ELEMENT_NODE) {
      prune (self, node);
    }
    node = next;
  }
}

/* Lists and boxes in the text that are mostly links lead elsewhere. */
static gboolean
is_link_box (const Stats *stats)
{
  static const char *const boxes[] = {"ul", "ol", "div", "section", "table", "dl", "form", NULL};

  if (!is_named (stats->node, boxes) || stats->text == 0)
    return FALSE;
  if (strcmp ((const char *) stats->node->name, "table") == 0)
    return link_density (stats) > 0.8 && stats->prose == 0;
  return link_density (stats) > 0.55 && stats->prose * 4 < stats->text;
}

static void
mark_link_boxes (Page *self, const xmlNode *root)
{
  for (guint i = 0; i < self->stats->len; i++) {
    Stats *stats = &g_array_index (self->stats, Stats, i);

    if (!stats->dropped && stats->node != root && stats->links > 0 && is_link_box (stats) &&
        is_within (stats->node, root))
      stats->dropped = TRUE;
  }
}

static void
take (Page *self, xmlNode *body, xmlNode *node)
{
  prune (self, node);
  xmlUnlinkNode (node);
  xmlAddChild (body, node);
}

static void
take_with_neighbours (Page *self, xmlNode *body, const Stats *top)
{
  static const char *const alone[] = {"body", "td", "article", "main", NULL};
  xmlNode *node = top->node->parent != NULL ? top->node->parent->children : NULL;

  if (node == NULL || is_named (top->node, alone)) {
    take (self, body, top->node);
    return;
  }
  while (node != NULL) {
    xmlNode *next = node->next;

    if (node == top->node || (node->type == XML_ELEMENT_NODE && is_neighbour (self, top, node)))
      take (self, body, node);
    node = next;
  }
}

static void
clear_marks (xmlNode *root)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE))
    node->_private = NULL;
}

xmlNode *
rp_body_extract (xmlDoc *doc, const RpBodyHints *hints)
{
  xmlNode *root = rp_html_get_body (doc);
  Page page = {
    .stats = g_array_new (FALSE, FALSE, sizeof (Stats)),
    .unlikely = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  xmlNode *body = NULL;
  Stats *top;

  if (root != NULL) {
    page.bytes = count_bytes (root);
    measure (&page, root, FALSE);
    top = choose (find_top (&page), find_named_body (&page), hints);
    if (top != NULL) {
      top = climb (&page, top);
      mark_link_boxes (&page, top->node);
      body = xmlNewDocNode (doc, NULL, (const xmlChar *) "body", NULL);
      take_with_neighbours (&page, body, top);
      clear_marks (body);
    }
    if (xmlDocGetRootElement (doc) != NULL)
      clear_marks (xmlDocGetRootElement (doc));
  }
  g_array_unref (page.stats);
  g_hash_table_unref (page.unlikely);

  return body;
}
