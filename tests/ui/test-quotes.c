/* The quotation marks of an article's language. */
#include "rp-quotes.h"

static const struct {
  const char *language;
  const char *expected; /* open, close, inner open, inner close */
} cases[] = {
  {"en", "“ ” ‘ ’"},
  {"en-GB", "“ ” ‘ ’"},
  {"de", "„ “ ‚ ‘"},
  {"de-AT", "„ “ ‚ ‘"},
  {"de-CH", "« » ‹ ›"},
  {"DE_ch", "« » ‹ ›"},
  {"de-CH-1996", "« » ‹ ›"},
  {"fr", "«\u202f \u202f» “ ”"},
  {"fr-CH", "« » ‹ ›"},
  {"sv", "” ” ’ ’"},
  {"pl", "„ ” « »"},
  {"pt-BR", "“ ” ‘ ’"},
  {"pt-PT", "« » “ ”"},
  {"ja", "「 」 『 』"},
  {"zh-Hant-TW", "「 」 『 』"},
  {"zh", "“ ” ‘ ’"},
  {"tlh", "“ ” ‘ ’"},
  {"", "“ ” ‘ ’"},
  {NULL, "“ ” ‘ ’"},
};

static void
test_language (gconstpointer data)
{
  guint at = GPOINTER_TO_UINT (data);
  g_autoptr (RpQuotes) quotes = rp_quotes_new (cases[at].language);
  g_autofree char *found = g_strdup_printf ("%s %s %s %s", quotes->open, quotes->close,
                                            quotes->open_inner, quotes->close_inner);

  g_assert_cmpstr (found, ==, cases[at].expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *language = cases[i].language != NULL ? cases[i].language : "not-stated";
    g_autofree char *path =
      g_strdup_printf ("/ui/quotes/%s", *language != '\0' ? language : "empty");

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_language);
  }

  return g_test_run ();
}
