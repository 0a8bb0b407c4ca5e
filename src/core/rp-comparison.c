#include "rp-comparison.h"

#include <string.h>

#include "rp-html.h"
#include "rp-text.h"

#define MAX_CELLS                                                                                  \
  (4 * 1000 * 1000)            /* of a table of steps; above it a passage is replaced whole        \
                                */
#define MAX_PAIRS (200 * 1000) /* of passages that are weighed against each other */
#define ALIKE 0.35             /* of their words, for two passages to be the same one */

/* ---- the passages of one version ---- */

typedef struct {
  const char *role;
  GStrv words; /* owned */
  guint n_words;
} Block;

static void
block_free (gpointer data)
{
  Block *block = data;

  g_strfreev (block->words);
  g_free (block);
}

static void
add_block (GPtrArray *blocks, const char *role, const char *text)
{
  g_autofree char *line = text != NULL ? rp_text_collapse (text) : NULL;
  Block *block;

  if (line == NULL || *line == '\0')
    return;
  block = g_new0 (Block, 1);
  block->role = role;
  block->words = g_strsplit (line, " ", -1);
  block->n_words = g_strv_length (block->words);
  g_ptr_array_add (blocks, block);
}

static const char *
get_role (const xmlNode *node)
{
  static const char *const headings[] = {"h1", "h2", "h3", "h4", "h5", "h6", NULL};
  static const char *const plain[] = {"p",  "div", "pre", "figcaption", "caption", "td",
                                      "th", "dt",  "dd",  "address",    NULL};
  const char *name = (const char *) node->name;

  if (rp_text_is_among (headings, name))
    return "heading";
  if (g_str_equal (name, "li"))
    return "item";
  if (g_str_equal (name, "blockquote"))
    return "quote";

  return rp_text_is_among (plain, name) ? "text" : NULL;
}

static gboolean
holds_blocks (const xmlNode *parent)
{
  for (const xmlNode *node = parent->children; node != NULL; node = node->next)
    if (node->type == XML_ELEMENT_NODE && (get_role (node) != NULL || holds_blocks (node)))
      return TRUE;

  return FALSE;
}

static void
flush_loose (GPtrArray *blocks, GString *loose, const char *within)
{
  add_block (blocks, within != NULL ? within : "text", loose->str);
  g_string_truncate (loose, 0);
}

/* Words that stand between blocks are a passage, too. */
static void
add_tree (GPtrArray *blocks, xmlNode *parent, const char *within)
{
  g_autoptr (GString) loose = g_string_new (NULL);

  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    const char *role = node->type == XML_ELEMENT_NODE ? get_role (node) : NULL;
    gboolean deep = node->type == XML_ELEMENT_NODE && holds_blocks (node);
    xmlChar *text = NULL;

    if (role != NULL && g_str_equal (role, "text"))
      role = within != NULL ? within : "text";
    if (role == NULL && !deep) {
      text = xmlNodeGetContent (node);
      g_string_append (loose, (const char *) text);
      xmlFree (text);
      continue;
    }
    flush_loose (blocks, loose, within);
    if (deep) {
      add_tree (blocks, node, role != NULL && !g_str_equal (role, "text") ? role : within);
    } else {
      g_autofree char *words = rp_xml_dup_text (node);

      add_block (blocks, role, words);
    }
  }
  flush_loose (blocks, loose, within);
}

static GPtrArray *
list_blocks (RpArticle *article)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func (block_free);
  const char *body = rp_article_get (article, RP_ARTICLE_BODY_HTML);
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (body != NULL ? body : "");

  add_block (blocks, "headline", rp_article_get (article, RP_ARTICLE_HEADLINE));
  add_block (blocks, "standfirst", rp_article_get (article, RP_ARTICLE_SUBHEADLINE));
  add_tree (blocks, rp_html_get_body (doc), NULL);

  return blocks;
}

/* ---- word by word ---- */

static void
run_free (gpointer data)
{
  RpRun *run = data;

  g_free (run->text);
  g_free (run);
}

static void
passage_free (gpointer data)
{
  RpPassage *passage = data;

  g_ptr_array_unref (passage->runs);
  g_free (passage);
}

static void
add_word (GPtrArray *runs, RpRunKind kind, const char *word)
{
  RpRun *last = runs->len > 0 ? runs->pdata[runs->len - 1] : NULL;

  if (last == NULL || last->kind != kind) {
    last = g_new0 (RpRun, 1);
    last->kind = kind;
    last->text = g_strdup (word);
    g_ptr_array_add (runs, last);
  } else {
    g_autofree char *before = last->text;

    last->text = g_strconcat (before, " ", word, NULL);
  }
}

static void
add_words (GPtrArray *runs, RpRunKind kind, GStrv words, guint n)
{
  g_autofree char *text = NULL;
  char *kept = words[n];

  if (n == 0)
    return;
  words[n] = NULL;
  text = g_strjoinv (" ", words);
  words[n] = kept;
  add_word (runs, kind, text);
}

/* The length of what can still be kept from each pair of places on. */
static guint16 *
fill_table (GStrv a, guint n, GStrv b, guint m)
{
  guint16 *table = g_new0 (guint16, (gsize) (n + 1) * (m + 1));

  for (guint i = n; i > 0; i--)
    for (guint j = m; j > 0; j--) {
      guint16 *cell = &table[(i - 1) * (m + 1) + j - 1];

      if (g_str_equal (a[i - 1], b[j - 1]))
        *cell = (guint16) (table[i * (m + 1) + j] + 1);
      else
        *cell = MAX (table[i * (m + 1) + j - 1], table[(i - 1) * (m + 1) + j]);
    }

  return table;
}

static void
compare_middle (GPtrArray *runs, GStrv a, guint n, GStrv b, guint m)
{
  g_autofree guint16 *table = NULL;
  guint i = 0, j = 0;

  if ((guint64) (n + 1) * (m + 1) > MAX_CELLS) {
    add_words (runs, RP_RUN_GONE, a, n);
    add_words (runs, RP_RUN_NEW, b, m);
    return;
  }
  table = fill_table (a, n, b, m);
  while (i < n && j < m) {
    if (g_str_equal (a[i], b[j])) {
      add_word (runs, RP_RUN_SAME, a[i]);
      i++;
      j++;
    } else if (table[(i + 1) * (m + 1) + j] >= table[i * (m + 1) + j + 1]) {
      add_word (runs, RP_RUN_GONE, a[i++]);
    } else {
      add_word (runs, RP_RUN_NEW, b[j++]);
    }
  }
  add_words (runs, RP_RUN_GONE, a + i, n - i);
  add_words (runs, RP_RUN_NEW, b + j, m - j);
}

static void
compare_words (GPtrArray *runs, const Block *before, const Block *after)
{
  GStrv a = before->words, b = after->words;
  guint n = before->n_words, m = after->n_words;
  guint head = 0, tail = 0;

  while (head < n && head < m && g_str_equal (a[head], b[head]))
    head++;
  while (tail < n - head && tail < m - head && g_str_equal (a[n - 1 - tail], b[m - 1 - tail]))
    tail++;
  add_words (runs, RP_RUN_SAME, a, head);
  compare_middle (runs, a + head, n - head - tail, b + head, m - head - tail);
  add_words (runs, RP_RUN_SAME, a + n - tail, tail);
}

/* ---- which passage became which ---- */

static double
weigh (const Block *a, const Block *b)
{
  g_autoptr (GHashTable) left = NULL;
  guint kept = 0;

  if (g_str_equal (a->role, "headline") != g_str_equal (b->role, "headline") ||
      g_str_equal (a->role, "standfirst") != g_str_equal (b->role, "standfirst"))
    return 0;
  if (g_str_equal (a->role, "headline"))
    return 1;
  left = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < a->n_words; i++)
    g_hash_table_insert (
      left, a->words[i],
      GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (left, a->words[i])) + 1));
  for (guint i = 0; i < b->n_words; i++) {
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (left, b->words[i]));

    if (count > 0)
      g_hash_table_insert (left, b->words[i], GUINT_TO_POINTER (count - 1));
    kept += count > 0;
  }

  return 2.0 * kept / (a->n_words + b->n_words);
}

static void
take (RpComparison *self, const Block *before, const Block *after)
{
  RpPassage *passage = g_new0 (RpPassage, 1);

  passage->role = after != NULL ? after->role : before->role;
  passage->runs = g_ptr_array_new_with_free_func (run_free);
  passage->before = before != NULL;
  passage->after = after != NULL;
  if (before != NULL && after != NULL)
    compare_words (passage->runs, before, after);
  else if (before != NULL)
    add_words (passage->runs, RP_RUN_GONE, before->words, before->n_words);
  else
    add_words (passage->runs, RP_RUN_NEW, after->words, after->n_words);
  g_ptr_array_add (self->passages, passage);
}

/* The best way of pairing: `gain` holds what can still be won from each pair of places on. */
static void
take_aligned (RpComparison *self, Block **a, guint n, Block **b, guint m)
{
  g_autofree double *likeness = g_new0 (double, (gsize) n *m + 1);
  g_autofree double *gain = g_new0 (double, (gsize) (n + 1) * (m + 1));
  guint i = 0, j = 0;

  for (guint k = n; k > 0; k--)
    for (guint l = m; l > 0; l--) {
      double alike = weigh (a[k - 1], b[l - 1]);
      double pair = alike >= ALIKE ? alike + gain[k * (m + 1) + l] : 0;

      likeness[(k - 1) * m + l - 1] = alike;
      gain[(k - 1) * (m + 1) + l - 1] =
        MAX (pair, MAX (gain[k * (m + 1) + l - 1], gain[(k - 1) * (m + 1) + l]));
    }
  while (i < n && j < m) {
    double here = gain[i * (m + 1) + j];
    double alike = likeness[i * m + j];

    if (alike >= ALIKE && here <= alike + gain[(i + 1) * (m + 1) + j + 1]) {
      take (self, a[i++], b[j++]);
    } else if (here <= gain[(i + 1) * (m + 1) + j]) {
      take (self, a[i++], NULL);
    } else {
      take (self, NULL, b[j++]);
    }
  }
  while (i < n)
    take (self, a[i++], NULL);
  while (j < m)
    take (self, NULL, b[j++]);
}

static gboolean
is_same (const Block *a, const Block *b)
{
  return g_strcmp0 (a->role, b->role) == 0 &&
         g_strv_equal ((const char *const *) a->words, (const char *const *) b->words);
}

static void
take_middle (RpComparison *self, Block **a, guint n, Block **b, guint m)
{
  if ((guint64) n * m <= MAX_PAIRS) {
    take_aligned (self, a, n, b, m);
    return;
  }
  for (guint i = 0; i < n; i++)
    take (self, a[i], NULL);
  for (guint j = 0; j < m; j++)
    take (self, NULL, b[j]);
}

static void
count_runs (RpComparison *self, RpPassage *passage)
{
  for (guint i = 0; i < passage->runs->len; i++) {
    const RpRun *run = passage->runs->pdata[i];
    guint words = rp_text_count_words (run->text);

    passage->changed |= run->kind != RP_RUN_SAME;
    self->words_before += run->kind != RP_RUN_NEW ? words : 0;
    self->words_gone += run->kind == RP_RUN_GONE ? words : 0;
    self->words_new += run->kind == RP_RUN_NEW ? words : 0;
  }
  self->n_changed += passage->changed;
}

RpComparison *
rp_comparison_new (RpArticle *before, RpArticle *after)
{
  RpComparison *self = g_new0 (RpComparison, 1);
  g_autoptr (GPtrArray) a = list_blocks (before);
  g_autoptr (GPtrArray) b = list_blocks (after);
  guint head = 0, tail = 0;

  self->passages = g_ptr_array_new_with_free_func (passage_free);
  while (head < a->len && head < b->len && is_same (a->pdata[head], b->pdata[head]))
    head++;
  while (tail < a->len - head && tail < b->len - head &&
         is_same (a->pdata[a->len - 1 - tail], b->pdata[b->len - 1 - tail]))
    tail++;
  for (guint i = 0; i < head; i++)
    take (self, a->pdata[i], b->pdata[i]);
  take_middle (self, (Block **) a->pdata + head, a->len - head - tail, (Block **) b->pdata + head,
               b->len - head - tail);
  for (guint i = tail; i > 0; i--)
    take (self, a->pdata[a->len - i], b->pdata[b->len - i]);
  for (guint i = 0; i < self->passages->len; i++)
    count_runs (self, self->passages->pdata[i]);

  return self;
}

void
rp_comparison_free (RpComparison *comparison)
{
  g_ptr_array_unref (comparison->passages);
  g_free (comparison);
}

guint
rp_comparison_get_percent (const RpComparison *comparison)
{
  guint changed = MAX (comparison->words_gone, comparison->words_new);

  if (changed == 0)
    return 0;
  if (comparison->words_before == 0)
    return 100;

  return CLAMP (changed * 100 / comparison->words_before, 1, 100);
}
