#include "rp-spelling.h"

#include <string.h>
#include <unicode/uloc.h>

#include "rp-locale-id.h"

static void
add (GPtrArray *list, char *name)
{
  if (name != NULL && !g_ptr_array_find_with_equal_func (list, name, g_str_equal, NULL))
    g_ptr_array_add (list, name);
  else
    g_free (name);
}

/* As dictionaries are called: the language, and the region where one is stated. */
static char *
dup_name (const char *id)
{
  char language[ULOC_LANG_CAPACITY] = "", region[ULOC_COUNTRY_CAPACITY] = "";
  UErrorCode status = U_ZERO_ERROR;

  uloc_getLanguage (id, language, sizeof language, &status);
  uloc_getCountry (id, region, sizeof region, &status);

  return g_strconcat (language, *region != '\0' ? "_" : NULL, region, NULL);
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
  g_autofree char *id = rp_locale_id_new (language);
  g_autofree char *name = dup_name (id);
  g_autofree char *region = rp_locale_id_dup_region (id);
  gboolean has_region = strchr (name, '_') != NULL;

  if (*name != '\0')
    add (list, g_strdup (name));
  if (*name != '\0' && !has_region)
    add_own (list, name, here);
  if (list->len == 1 && !has_region && region != NULL)
    add (list, g_strconcat (name, "_", region, NULL));
  g_ptr_array_add (list, NULL);

  return (GStrv) g_ptr_array_free (list, FALSE);
}
