#include "rp-languages.h"

#include <string.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>

#include "rp-locale-id.h"

#define NAME_UNITS 160 /* UTF-16 units of a name */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ULocaleDisplayNames, uldn_close)

static void
language_free (gpointer data)
{
  RpLanguage *language = data;

  g_free (language->tag);
  g_free (language->id);
  g_free (language->name);
  g_free (language->words);
  g_free (language);
}

/* "en_GB.UTF-8" is "en_GB" again further down; "C" is no language. */
static gboolean
is_plain (const char *name)
{
  return !g_str_equal (name, "C") && name[strcspn (name, ".@")] == '\0';
}

static char *
dup_tag (const char *id)
{
  char tag[ULOC_FULLNAME_CAPACITY] = "";
  UErrorCode status = U_ZERO_ERROR;

  uloc_toLanguageTag (id, tag, sizeof tag, FALSE, &status);

  return g_strdup (U_SUCCESS (status) ? tag : "");
}

GStrv
rp_languages_list_own (void)
{
  const char *const *names = g_get_language_names ();
  g_autoptr (GStrvBuilder) own = g_strv_builder_new ();

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *id = is_plain (names[i]) ? rp_locale_id_new (names[i]) : NULL;
    g_autofree char *tag = id != NULL && *id != '\0' ? dup_tag (id) : NULL;

    if (tag != NULL)
      g_strv_builder_add (own, tag);
  }

  return g_strv_builder_end (own);
}

/* ---- names ---- */

/* As they stand in a list, in the language `in`. */
static ULocaleDisplayNames *
open_names (const char *in)
{
  UDisplayContext contexts[] = {UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU,
                                UDISPCTX_STANDARD_NAMES};
  UErrorCode status = U_ZERO_ERROR;

  return uldn_openForContext (in, contexts, G_N_ELEMENTS (contexts), &status);
}

static ULocaleDisplayNames *
open_person_names (void)
{
  g_auto (GStrv) own = rp_languages_list_own ();
  g_autofree char *id = rp_locale_id_new (own[0] != NULL ? own[0] : "en");

  return open_names (id);
}

/* NULL when it has none. */
static char *
dup_name (ULocaleDisplayNames *names, const char *id)
{
  UChar name[NAME_UNITS] = {0};
  UErrorCode status = U_ZERO_ERROR;

  if (names != NULL)
    uldn_localeDisplayName (names, id, name, NAME_UNITS - 1, &status);

  return names != NULL && U_SUCCESS (status)
           ? g_utf16_to_utf8 ((const gunichar2 *) name, -1, NULL, NULL, NULL)
           : NULL;
}

char *
rp_languages_dup_name (const char *language)
{
  g_autoptr (ULocaleDisplayNames) names = open_person_names ();
  g_autofree char *id = rp_locale_id_new (language);
  char *name = *id != '\0' ? dup_name (names, id) : NULL;

  return name != NULL ? name : g_strdup (language);
}

/* ---- all of them ---- */

static char *
dup_words (const char *id, const char *name, const char *tag)
{
  g_autoptr (ULocaleDisplayNames) names = open_names (id);
  g_autofree char *own = dup_name (names, id);
  g_autofree char *words = g_strjoin ("\n", name, own != NULL ? own : "", tag, NULL);

  return g_utf8_casefold (words, -1);
}

/* Whole continents are nobody's. */
static gboolean
is_of_a_continent (const char *id)
{
  char region[ULOC_COUNTRY_CAPACITY] = "";
  UErrorCode status = U_ZERO_ERROR;

  uloc_getCountry (id, region, sizeof region, &status);

  return g_ascii_isdigit (region[0]);
}

static gboolean
has_region (const char *id)
{
  char region[ULOC_COUNTRY_CAPACITY] = "";
  UErrorCode status = U_ZERO_ERROR;

  return uloc_getCountry (id, region, sizeof region, &status) > 0;
}

static void
add (GPtrArray *list, ULocaleDisplayNames *names, const char *id)
{
  RpLanguage *language;
  g_autofree char *name = dup_name (names, id);

  if (name == NULL || is_of_a_continent (id))
    return;
  language = g_new0 (RpLanguage, 1);
  language->tag = dup_tag (id);
  language->id = g_strdup (id);
  language->words = dup_words (id, name, language->tag);
  language->name = g_steal_pointer (&name);
  language->regional = has_region (id);
  g_ptr_array_add (list, language);
}

GPtrArray *
rp_languages_list (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (language_free);
  g_autoptr (ULocaleDisplayNames) names = open_person_names ();

  for (int i = 0; i < uloc_countAvailable (); i++)
    add (list, names, uloc_getAvailable (i));

  return list;
}
