#include "rp-import-bag.h"

#include <string.h>

#include "rp-html.h"

static void
add_words (GHashTable *bag, const char *text, int sign)
{
  const char *from = NULL;

  for (const char *at = text;; at = g_utf8_next_char (at)) {
    gboolean inside = *at != '\0' && g_unichar_isalnum (g_utf8_get_char (at));

    if (inside && from == NULL)
      from = at;
    if (!inside && from != NULL) {
      g_autofree char *word = g_strndup (from, (gsize) (at - from));
      guint key = g_str_hash (word);
      int count = GPOINTER_TO_INT (g_hash_table_lookup (bag, GUINT_TO_POINTER (key)));

      g_hash_table_insert (bag, GUINT_TO_POINTER (key), GINT_TO_POINTER (count + sign));
      from = NULL;
    }
    if (*at == '\0')
      break;
  }
}

double
rp_bag_agreement (const char *declared, const xmlNode *candidate)
{
  g_autoptr (GHashTable) bag = g_hash_table_new (NULL, NULL);
  g_autofree char *text = rp_html_tree_to_text ((xmlNode *) candidate);
  GHashTableIter iter;
  gpointer count;
  double missing = 0;
  double extra = 0;
  double total = strlen (declared) / 6.0 + 1;

  add_words (bag, declared, 1);
  add_words (bag, text, -1);
  g_hash_table_iter_init (&iter, bag);
  while (g_hash_table_iter_next (&iter, NULL, &count)) {
    missing += MAX (GPOINTER_TO_INT (count), 0);
    extra += MAX (-GPOINTER_TO_INT (count), 0);
  }
  return 1 - (missing + extra) / (2 * total);
}

#define RUN 3 /* words */

/* Calls for each run of words with its hash. */
typedef void (*RunFunc) (guint hash, gpointer data);

static guint
each_run (const char *text, RunFunc func, gpointer data)
{
  guint last[RUN] = {0};
  guint n = 0;
  guint hash = 5381;
  gboolean inside = FALSE;

  for (const char *at = text;; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_isalnum (c)) {
      hash = hash * 33 + g_unichar_tolower (c);
      inside = TRUE;
    } else if (inside) {
      last[n++ % RUN] = hash;
      if (n >= RUN)
        func (last[n % RUN] * 31 * 31 + last[(n + 1) % RUN] * 31 + last[(n + 2) % RUN], data);
      hash = 5381;
      inside = FALSE;
    }
    if (c == 0)
      return n >= RUN ? n - RUN + 1 : 0;
  }
}

static void
add_run (guint hash, gpointer data)
{
  g_hash_table_add (data, GUINT_TO_POINTER (hash));
}

RpBagRuns *
rp_bag_runs_new (const char *text)
{
  RpBagRuns *self = g_hash_table_new (NULL, NULL);

  each_run (text, add_run, self);
  return self;
}

typedef struct {
  RpBagRuns *runs;
  guint found;
} Search;

static void
look_up_run (guint hash, gpointer data)
{
  Search *search = data;

  search->found += g_hash_table_contains (search->runs, GUINT_TO_POINTER (hash));
}

double
rp_bag_runs_share (RpBagRuns *self, const char *text)
{
  Search search = {.runs = self};
  guint total = each_run (text, look_up_run, &search);

  return total > 0 ? (double) search.found / total : -1;
}
