#include "rp-byline.h"

static const struct {
  const char *name;
  const char *language;
  const char *names[4];
  const char *line;
  gboolean one_way; /* the joint cannot be told from a name */
} lines[] = {
  {"one", "en", {"Ada Quill"}, "Ada Quill"},
  {"two", "en", {"Ada Quill", "Ben Reed"}, "Ada Quill and Ben Reed"},
  {"three", "en-US", {"Ada Quill", "Ben Reed", "Cy Tarn"}, "Ada Quill, Ben Reed and Cy Tarn"},
  {"german", "de-AT", {"Ada Quill", "Ben Reed"}, "Ada Quill und Ben Reed"},
  {"french", "fr", {"Ada Quill", "Ben Reed", "Cy Tarn"}, "Ada Quill, Ben Reed et Cy Tarn"},
  {"spanish", "es", {"Ada Quill", "Ben Reed"}, "Ada Quill y Ben Reed"},
  {"spanish-before-i", "es", {"Ada Quill", "Ines Reed"}, "Ada Quill e Ines Reed"},
  {"chinese", "zh-CN", {"Ada", "Ben", "Cy"}, "Ada、Ben和Cy", TRUE},
  {"arabic", "ar", {"Ada", "Ben"}, "Ada وBen", TRUE},
  {"no-language", NULL, {"Ada Quill", "Ben Reed"}, "Ada Quill and Ben Reed"},
  {"no-such-language", "what?", {"Ada Quill", "Ben Reed"}, "Ada Quill and Ben Reed"},
};

static void
test_line (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *line = rp_byline_join (lines[i].names, lines[i].language);
  g_auto (GStrv) names = NULL;

  g_assert_cmpstr (line, ==, lines[i].line);
  if (lines[i].one_way)
    return;
  names = rp_byline_split (line, lines[i].language);
  g_assert_true (g_strv_equal ((const char *const *) names, lines[i].names));
}

static const struct {
  const char *name;
  const char *language;
  const char *line;
  const char *joined; /* by " | " */
} written[] = {
  {"semicolons", "en", " Ada Quill ;Ben Reed; ", "Ada Quill | Ben Reed"},
  {"comma-before-and", "en", "Ada Quill, Ben Reed, and Cy Tarn", "Ada Quill | Ben Reed | Cy Tarn"},
  {"inside-a-name", "en", "Sandy Andrews", "Sandy Andrews"},
  {"capitals", "en", "ADA QUILL AND BEN REED", "ADA QUILL | BEN REED"},
  {"chinese-marks", "zh", "Ada，Ben；Cy、Dee", "Ada | Ben | Cy | Dee"},
  {"nothing", "en", "  ", ""},
};

static void
test_written (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto (GStrv) names = rp_byline_split (written[i].line, written[i].language);
  g_autofree char *joined = g_strjoinv (" | ", names);

  g_assert_cmpstr (joined, ==, written[i].joined);
}

static const struct {
  const char *language;
  const char *day;
} days[] = {
  {"en", "1 March 2026"}, {"en-US", "March 1, 2026"},   {"de", "1. März 2026"},
  {"fr", "1 mars 2026"},  {"es", "1 de marzo de 2026"}, {"zh-CN", "2026年3月1日"},
  {NULL, "1 March 2026"},
};

static void
test_days (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autofree char *day =
      rp_byline_format_date (G_GINT64_CONSTANT (1772366400000000), days[i].language);

    g_assert_cmpstr (day, ==, days[i].day);
  }
}

static void
test_none (void)
{
  const char *const none[] = {NULL};

  g_assert_null (rp_byline_join (none, "en"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *path = g_strdup_printf ("/core/byline/lines/%s", lines[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_line);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (written); i++) {
    g_autofree char *path = g_strdup_printf ("/core/byline/written/%s", written[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_written);
  }
  g_test_add_func ("/core/byline/days", test_days);
  g_test_add_func ("/core/byline/none", test_none);

  return g_test_run ();
}
