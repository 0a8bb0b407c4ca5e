#include "rp-quotes.h"

#include <string.h>
#include <unicode/ulocdata.h>

#include "rp-locale-id.h"

#define MOST 8 /* UTF-16 units of a mark */
#define SWISS "«", "»", "‹", "›"
#define FRENCH "«\u202f", "\u202f»" /* the repository has no spaces */

/* Where houses write otherwise than the repository says; by the whole id, or its language. */
static const struct {
  const char *id;
  const char *open, *close, *open_inner, *close_inner;
} habits[] = {
  {"de_CH", SWISS},
  {"de_LI", SWISS},
  {"fr_CH", SWISS},
  {"it_CH", SWISS},
  {"fr_CA", FRENCH, "”", "“"},
  {"fr", FRENCH, "“", "”"},
};

static char *
dup_mark (ULocaleData *data, ULocaleDataDelimiterType type, const char *fallback)
{
  UChar mark[MOST] = {0};
  UErrorCode status = data != NULL ? U_ZERO_ERROR : U_MISSING_RESOURCE_ERROR;

  if (data != NULL)
    ulocdata_getDelimiter (data, type, mark, MOST, &status);

  return U_SUCCESS (status) ? g_utf16_to_utf8 ((const gunichar2 *) mark, -1, NULL, NULL, NULL)
                            : g_strdup (fallback);
}

static gboolean
is_habit_of (const char *habit, const char *id)
{
  gsize length = strlen (habit);

  return strncmp (id, habit, length) == 0 && (id[length] == '\0' || id[length] == '_');
}

/* TRUE when there is one. */
static gboolean
take_habit (RpQuotes *quotes, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (habits); i++) {
    if (!is_habit_of (habits[i].id, id))
      continue;
    quotes->open = g_strdup (habits[i].open);
    quotes->close = g_strdup (habits[i].close);
    quotes->open_inner = g_strdup (habits[i].open_inner);
    quotes->close_inner = g_strdup (habits[i].close_inner);
    return TRUE;
  }

  return FALSE;
}

static void
look_up (RpQuotes *quotes, const char *id)
{
  UErrorCode status = U_ZERO_ERROR;
  ULocaleData *data = ulocdata_open (id, &status);

  quotes->open = dup_mark (data, ULOCDATA_QUOTATION_START, "“");
  quotes->close = dup_mark (data, ULOCDATA_QUOTATION_END, "”");
  quotes->open_inner = dup_mark (data, ULOCDATA_ALT_QUOTATION_START, "‘");
  quotes->close_inner = dup_mark (data, ULOCDATA_ALT_QUOTATION_END, "’");
  if (data != NULL)
    ulocdata_close (data);
}

RpQuotes *
rp_quotes_new (const char *language)
{
  g_autofree char *id = rp_locale_id_new (language != NULL ? language : "en");
  RpQuotes *quotes = g_new0 (RpQuotes, 1);

  if (!take_habit (quotes, id))
    look_up (quotes, id);

  return quotes;
}

void
rp_quotes_free (RpQuotes *quotes)
{
  g_free (quotes->open);
  g_free (quotes->close);
  g_free (quotes->open_inner);
  g_free (quotes->close_inner);
  g_free (quotes);
}
