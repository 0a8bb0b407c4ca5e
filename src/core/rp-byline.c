#include "rp-byline.h"

#include <string.h>

#include <unicode/udat.h>
#include <unicode/ulistformatter.h>

#include "rp-locale-id.h"
#include "rp-text.h"

#define MARKS "[,;،؛、，；]"

/* English without a country is that of the British Isles. Gives. */
static char *
dup_locale (const char *language)
{
  g_autofree char *id = rp_locale_id_new (language);

  return *id == '\0' || g_str_equal (id, "en") ? g_strdup ("en_GB") : g_steal_pointer (&id);
}

static char *
format_list (const UChar *const *names, int count, const char *locale)
{
  UErrorCode status = U_ZERO_ERROR;
  UListFormatter *format = ulistfmt_open (locale, &status);
  g_autofree UChar *line = NULL;
  char *text = NULL;
  int size;

  size = ulistfmt_format (format, names, NULL, count, NULL, 0, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    status = U_ZERO_ERROR;
    line = g_new0 (UChar, size + 1);
    ulistfmt_format (format, names, NULL, count, line, size + 1, &status);
    if (U_SUCCESS (status))
      text = g_utf16_to_utf8 ((const gunichar2 *) line, size, NULL, NULL, NULL);
  }
  ulistfmt_close (format);

  return text;
}

char *
rp_byline_join (const char *const *names, const char *language)
{
  g_autoptr (GPtrArray) wide = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *locale = dup_locale (language);
  char *line;

  if (names == NULL || names[0] == NULL)
    return NULL;
  if (names[1] == NULL)
    return g_strdup (names[0]);
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (wide, g_utf8_to_utf16 (names[i], -1, NULL, NULL, NULL));
  /* newspapers write no comma before "and" */
  line = format_list ((const UChar *const *) wide->pdata, (int) wide->len,
                      g_str_has_prefix (locale, "en_") ? "en_GB" : locale);

  return line != NULL ? line : g_strjoinv (", ", (char **) names);
}

/* What stands between two names, where it is a word of its own: " and ", " et ". Some languages
 * have a second one for the sound of the name that follows, as Spanish does before an i. A joint
 * that is written together with the name cannot be told from the name. */
static void
add_joint (GString *pattern, const char *language, const char *second)
{
  const char *const pair[] = {"0", second, NULL};
  g_autofree char *line = rp_byline_join (pair, language);
  gsize length = strlen (line);
  g_autofree char *joint = NULL;
  g_autofree char *escaped = NULL;

  if (length < 5 || line[1] != ' ' || line[length - 2] != ' ')
    return;
  joint = g_strndup (line + 1, length - 2);
  escaped = g_regex_escape_string (joint, -1);
  g_string_append_printf (pattern, "\\s*" MARKS "?%s|", escaped);
}

GStrv
rp_byline_split (const char *byline, const char *language)
{
  g_autoptr (GString) pattern = g_string_new (NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  add_joint (pattern, language, "1");
  add_joint (pattern, language, "i");
  g_string_append (pattern, "\\s*" MARKS "\\s*");
  parts = g_regex_split_simple (pattern->str, byline, G_REGEX_CASELESS, 0);
  for (guint i = 0; parts[i] != NULL; i++)
    if (!rp_text_is_empty (parts[i]))
      g_strv_builder_add (names, g_strstrip (parts[i]));

  return g_strv_builder_end (names);
}

char *
rp_byline_format_date (gint64 instant, const char *language)
{
  static const UChar utc[] = {'U', 'T', 'C', 0};
  UErrorCode status = U_ZERO_ERROR;
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = moment != NULL ? g_date_time_to_local (moment) : NULL;
  g_autofree char *locale = dup_locale (language);
  UChar text[128];
  UDateFormat *format;
  int size;

  if (local == NULL)
    return NULL;
  format = udat_open (UDAT_NONE, UDAT_LONG, locale, utc, -1, NULL, 0, &status);
  size = udat_format (
    format, (double) (instant + g_date_time_get_utc_offset (local)) / G_TIME_SPAN_MILLISECOND, text,
    G_N_ELEMENTS (text), NULL, &status);
  udat_close (format);

  return U_SUCCESS (status) ? g_utf16_to_utf8 ((const gunichar2 *) text, size, NULL, NULL, NULL)
                            : NULL;
}
