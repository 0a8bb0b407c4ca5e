#include "rp-spelling.h"

#include <string.h>

/* The region whose dictionary stands for a language when nothing else says which. */
static const struct {
  const char *language;
  const char *region;
} likely[] = {
  {"ar", "AE"}, {"be", "BY"}, {"bg", "BG"}, {"ca", "ES"}, {"cs", "CZ"}, {"da", "DK"}, {"de", "DE"},
  {"el", "GR"}, {"en", "US"}, {"es", "ES"}, {"et", "EE"}, {"eu", "ES"}, {"fr", "FR"}, {"gl", "ES"},
  {"he", "IL"}, {"hr", "HR"}, {"hu", "HU"}, {"id", "ID"}, {"is", "IS"}, {"it", "IT"}, {"ko", "KR"},
  {"lt", "LT"}, {"lv", "LV"}, {"nb", "NO"}, {"nl", "NL"}, {"nn", "NO"}, {"pl", "PL"}, {"pt", "PT"},
  {"ro", "RO"}, {"ru", "RU"}, {"sk", "SK"}, {"sl", "SI"}, {"sr", "RS"}, {"sv", "SE"}, {"th", "TH"},
  {"tr", "TR"}, {"uk", "UA"}, {"vi", "VN"},
};

static void
add (GPtrArray *list, char *name)
{
  if (name != NULL && !g_ptr_array_find_with_equal_func (list, name, g_str_equal, NULL))
    g_ptr_array_add (list, name);
  else
    g_free (name);
}

/* "en-GB" or "zh-Hant-TW": the language, and the two letters of a region. */
static char *
dup_name (const char *language)
{
  g_auto (GStrv) parts = g_strsplit_set (language, "-_", -1);
  g_autofree char *first = g_ascii_strdown (parts[0] != NULL ? parts[0] : "", -1);

  for (guint i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    if (strlen (parts[i]) == 2) {
      g_autofree char *region = g_ascii_strup (parts[i], -1);

      return g_strconcat (first, "_", region, NULL);
    }

  return g_steal_pointer (&first);
}

/* Of the person's own languages, the region of this one: a Briton's "en" is British. */
static void
add_own (GPtrArray *list, const char *bare, const char *const *here)
{
  g_autofree char *start = g_strconcat (bare, "_", NULL);

  for (guint i = 0; here != NULL && here[i] != NULL; i++)
    if (g_str_has_prefix (here[i], start) && strcspn (here[i], ".@") == strlen (here[i]))
      add (list, g_strdup (here[i]));
}

GStrv
rp_spelling_list (const char *language, const char *const *here)
{
  GPtrArray *list = g_ptr_array_new ();
  g_autofree char *name = dup_name (language != NULL ? language : "");
  gboolean has_region = strchr (name, '_') != NULL;

  if (*name != '\0')
    add (list, g_strdup (name));
  if (*name != '\0' && !has_region)
    add_own (list, name, here);
  for (guint i = 0; i < G_N_ELEMENTS (likely) && !has_region && list->len == 1; i++)
    if (g_str_equal (likely[i].language, name))
      add (list, g_strdup_printf ("%s_%s", name, likely[i].region));
  g_ptr_array_add (list, NULL);

  return (GStrv) g_ptr_array_free (list, FALSE);
}

void
rp_spelling_apply (WebKitWebContext *context, gboolean check, const char *language)
{
  g_auto (GStrv) names = rp_spelling_list (language, g_get_language_names ());

  webkit_web_context_set_spell_checking_languages (context, (const char *const *) names);
  webkit_web_context_set_spell_checking_enabled (context, check && names[0] != NULL);
}
