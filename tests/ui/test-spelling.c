/* Which dictionaries are asked for a language. */
#include "rp-spelling.h"

static const struct {
  const char *name;
  const char *language;
  const char *here[3];
  const char *expected;
} cases[] = {
  {"region", "de-AT", {"de_DE", "C"}, "de_AT"},
  {"own-region", "en", {"en_GB.UTF-8", "en_GB", NULL}, "en en_GB"},
  {"likely-region", "de", {"en_GB", "C"}, "de de_DE"},
  {"script-and-region", "zh-Hant-TW", {"C"}, "zh_TW"},
  {"other-case", "PT-br", {"C"}, "pt_BR"},
  {"no-likely-region", "tlh", {"C"}, "tlh"},
  {"none-stated", NULL, {"C"}, ""},
};

static void
test_list (gconstpointer data)
{
  guint at = GPOINTER_TO_UINT (data);
  g_auto (GStrv) names = rp_spelling_list (cases[at].language, cases[at].here);
  g_autofree char *found = g_strjoinv (" ", names);

  g_assert_cmpstr (found, ==, cases[at].expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/ui/spelling/", cases[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_list);
  }

  return g_test_run ();
}
