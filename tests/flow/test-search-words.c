#include <string.h>

#include "rp-search-words.h"

static const struct {
  const char *name;
  const char *text; /* the caret is at the | */
  const char *filter;
  const char *typed;
  const char *put; /* instead of the word: X */
} spots[] = {
  {"empty", "|", NULL, "", "X"},
  {"word", "lic|", NULL, "lic", "X"},
  {"second", "boats lic|", NULL, "lic", "boats X"},
  {"between", "boats | night", NULL, "", "boats X night"},
  {"value", "licence:cc|", "licence", "cc", "X"},
  {"value-begun", "licence:|", "licence", "", "X"},
  {"quoted", "source:\"Gull Ho|", "source", "Gull Ho", "X"},
  {"quoted-closed", "source:\"Gull Holm\" par|", NULL, "par", "source:\"Gull Holm\" X"},
  {"inside", "Licence:c|c-by boats", "licence", "c", "X boats"},
  {"umlaut", "Möwe lic|", NULL, "lic", "Möwe X"},
};

static void
test_spot (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const char *mark = strchr (spots[i].text, '|');
  g_autofree char *text =
    g_strdup_printf ("%.*s%s", (int) (mark - spots[i].text), spots[i].text, mark + 1);
  g_auto (RpSearchSpot) spot = {0};
  g_autofree char *put = NULL;
  gsize caret;

  rp_search_words_find (text, (gsize) (mark - spots[i].text), &spot);
  g_assert_cmpstr (spot.filter, ==, spots[i].filter);
  g_assert_cmpstr (spot.typed, ==, spots[i].typed);
  put = rp_search_words_put (text, &spot, "X", &caret);
  g_assert_cmpstr (put, ==, spots[i].put);
  g_assert_cmpint (put[caret - 1], ==, 'X');
}

static void
test_fits (void)
{
  g_assert_true (rp_search_words_fits ("CC BY 4.0", ""));
  g_assert_true (rp_search_words_fits ("CC BY 4.0", "cc"));
  g_assert_true (rp_search_words_fits ("Gull Holm Gazette", "gaz"));
  g_assert_true (rp_search_words_fits ("cc-by", "cc-b"));
  g_assert_false (rp_search_words_fits ("Gull Holm Gazette", "ull"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (spots); i++) {
    g_autofree char *path = g_strconcat ("/flow/search-words/spot/", spots[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_spot);
  }
  g_test_add_func ("/flow/search-words/fits", test_fits);

  return g_test_run ();
}
