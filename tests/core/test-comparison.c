/* Word by word: "same [gone] {new}", a passage on each line. */
#include "rp-comparison.h"

static RpArticle *
article_of (const char *headline, const char *body)
{
  RpArticle *article = rp_article_new ();

  rp_article_set (article, RP_ARTICLE_HEADLINE, headline);
  rp_article_set (article, RP_ARTICLE_BODY_HTML, body);

  return article;
}

static char *
write_down (const RpComparison *comparison)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < comparison->passages->len; i++) {
    const RpPassage *passage = comparison->passages->pdata[i];

    g_string_append_printf (out, "%s%s:", i > 0 ? "\n" : "", passage->role);
    for (guint k = 0; k < passage->runs->len; k++) {
      static const char *const forms[] = {" %s", " [%s]", " {%s}"};
      const RpRun *run = passage->runs->pdata[k];
      g_autofree char *text = g_strdup (forms[run->kind]);
      g_auto (GStrv) halves = g_strsplit (text, "%s", 2);

      g_string_append_printf (out, "%s%s%s", halves[0], run->text, halves[1]);
    }
  }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const struct {
  const char *name;
  const char *headline_before, *before;
  const char *headline_after, *after;
  const char *words;
  guint percent;
} rows[] = {
  {"same", "Lamps", "<p>They burn.</p>", "Lamps", "<p>They <em>burn</em>.</p>",
   "headline: Lamps\ntext: They burn.", 0},
  {"a-word", "Lamps", "<p>They burn on Monday nights.</p>", "Lamps",
   "<p>They burn on Tuesday nights.</p>",
   "headline: Lamps\ntext: They burn on [Monday] {Tuesday} nights.", 16},
  {"headline", "Old lamps burn", "<p>One two three four.</p>", "New lamps",
   "<p>One two three four.</p>", "headline: [Old] {New} lamps [burn]\ntext: One two three four.",
   28},
  {"left-out", "A", "<p>One two.</p><p>Three four.</p><p>Five six.</p>", "A",
   "<p>One two.</p><p>Five six.</p>",
   "headline: A\ntext: One two.\ntext: [Three four.]\ntext: Five six.", 28},
  {"put-in", "A", "<p>One two.</p><p>Five six.</p>", "A",
   "<p>One two.</p><h2>Seven</h2><p>Five six.</p>",
   "headline: A\ntext: One two.\nheading: {Seven}\ntext: Five six.", 20},
  {"lists-and-quotes", "A",
   "<ul><li>One</li><li>Two</li></ul><blockquote><p>Three</p></blockquote>", "A",
   "<ul><li>One</li></ul><blockquote><p>Three</p></blockquote>",
   "headline: A\nitem: One\nitem: [Two]\nquote: Three", 25},
  {"from-nothing", NULL, NULL, NULL, "<p>One</p>", "text: {One}", 100},
  {"to-nothing", "A", "<p>One</p>", "A", NULL, "headline: A\ntext: [One]", 50},
  {"loose-text", "A", "One <b>two</b>", "A", "One <b>two</b> three",
   "headline: A\ntext: One two {three}", 33},
  {"rewritten", "A", "<p>One two three.</p>", "A", "<p>Seven eight nine.</p>",
   "headline: A\ntext: [One two three.]\ntext: {Seven eight nine.}", 75},
};

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (RpArticle) before = article_of (rows[i].headline_before, rows[i].before);
  g_autoptr (RpArticle) after = article_of (rows[i].headline_after, rows[i].after);
  g_autoptr (RpComparison) comparison = rp_comparison_new (before, after);
  g_autofree char *words = write_down (comparison);

  g_assert_cmpstr (words, ==, rows[i].words);
  g_assert_cmpuint (rp_comparison_get_percent (comparison), ==, rows[i].percent);
}

static RpArticle *
random_article (GRand *random, GString *words)
{
  static const char *const stock[] = {"the", "lamp", "quay", "of", "boat", "and", "evening"};
  g_autoptr (GString) body = g_string_new (NULL);

  for (int p = g_rand_int_range (random, 0, 6); p > 0; p--) {
    g_string_append (body, "<p>");
    for (int w = g_rand_int_range (random, 1, 12); w > 0; w--) {
      const char *word = stock[g_rand_int_range (random, 0, G_N_ELEMENTS (stock))];

      g_string_append_printf (body, "%s ", word);
      g_string_append_printf (words, "%s ", word);
    }
    g_string_append (body, "</p>");
  }

  return article_of (NULL, body->str);
}

static char *
read_side (const RpComparison *comparison, RpRunKind but)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < comparison->passages->len; i++) {
    const RpPassage *passage = comparison->passages->pdata[i];

    for (guint k = 0; k < passage->runs->len; k++) {
      const RpRun *run = passage->runs->pdata[k];

      if (run->kind != but)
        g_string_append_printf (words, "%s ", run->text);
    }
  }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* What stayed and what went is the first version, what stayed and what came the second one. */
static void
test_nothing_is_lost (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);

  for (guint round = 0; round < 200; round++) {
    g_autoptr (GString) first = g_string_new (NULL);
    g_autoptr (GString) second = g_string_new (NULL);
    g_autoptr (RpArticle) before = random_article (random, first);
    g_autoptr (RpArticle) after = random_article (random, second);
    g_autoptr (RpComparison) comparison = rp_comparison_new (before, after);
    g_autofree char *left = read_side (comparison, RP_RUN_NEW);
    g_autofree char *right = read_side (comparison, RP_RUN_GONE);

    g_assert_cmpstr (left, ==, first->str);
    g_assert_cmpstr (right, ==, second->str);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/core/comparison/%s", rows[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
  }
  g_test_add_func ("/core/comparison/nothing-is-lost", test_nothing_is_lost);

  return g_test_run ();
}
