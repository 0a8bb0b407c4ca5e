#include "rp-quotes.h"

#include <string.h>

/* As the Common Locale Data Repository has them; a narrow space goes inside of the French ones. */
#define LOW_HIGH "„", "“", "‚", "‘"
#define LOW_RIGHT "„", "”", "‚", "’"
#define HIGH_HIGH "“", "”", "‘", "’"
#define RIGHT_RIGHT "”", "”", "’", "’"
#define ANGLES_HIGH "«", "»", "“", "”"
#define ANGLES_LOW "«", "»", "„", "“"
#define ANGLES_SINGLE "«", "»", "‹", "›"
#define CORNERS "「", "」", "『", "』"

static const struct {
  const char *language;
  RpQuotes quotes;
} table[] = {
  {"ar", {"”", "“", "’", "‘"}},
  {"az", {HIGH_HIGH}},
  {"be", {ANGLES_LOW}},
  {"bg", {"„", "“", "’", "’"}},
  {"bs", {LOW_RIGHT}},
  {"ca", {ANGLES_HIGH}},
  {"cs", {LOW_HIGH}},
  {"da", {HIGH_HIGH}},
  {"de", {LOW_HIGH}},
  {"de-CH", {ANGLES_SINGLE}},
  {"de-LI", {ANGLES_SINGLE}},
  {"el", {ANGLES_HIGH}},
  {"en", {HIGH_HIGH}},
  {"es", {ANGLES_HIGH}},
  {"es-MX", {HIGH_HIGH}},
  {"es-US", {HIGH_HIGH}},
  {"et", {"„", "“", "«", "»"}},
  {"eu", {HIGH_HIGH}},
  {"fa", {ANGLES_SINGLE}},
  {"fi", {RIGHT_RIGHT}},
  {"fr", {"«\u202f", "\u202f»", "“", "”"}},
  {"fr-CA", {"«\u202f", "\u202f»", "”", "“"}},
  {"fr-CH", {ANGLES_SINGLE}},
  {"ga", {HIGH_HIGH}},
  {"gl", {HIGH_HIGH}},
  {"he", {RIGHT_RIGHT}},
  {"hi", {HIGH_HIGH}},
  {"hr", {LOW_HIGH}},
  {"hu", {"„", "”", "»", "«"}},
  {"hy", {"«", "»", "«", "»"}},
  {"id", {HIGH_HIGH}},
  {"is", {LOW_HIGH}},
  {"it", {ANGLES_HIGH}},
  {"it-CH", {ANGLES_SINGLE}},
  {"ja", {CORNERS}},
  {"ka", {"„", "“", "“", "”"}},
  {"ko", {HIGH_HIGH}},
  {"lt", {LOW_HIGH}},
  {"lv", {"“", "”", "‘", "’"}},
  {"mk", {"„", "“", "‘", "’"}},
  {"nb", {"«", "»", "‘", "’"}},
  {"nl", {"‘", "’", "“", "”"}},
  {"nn", {ANGLES_HIGH}},
  {"no", {"«", "»", "‘", "’"}},
  {"pl", {"„", "”", "«", "»"}},
  {"pt", {HIGH_HIGH}},
  {"pt-PT", {ANGLES_HIGH}},
  {"ro", {"„", "”", "«", "»"}},
  {"ru", {ANGLES_LOW}},
  {"sk", {LOW_HIGH}},
  {"sl", {LOW_HIGH}},
  {"sq", {ANGLES_HIGH}},
  {"sr", {"„", "”", "’", "’"}},
  {"sv", {RIGHT_RIGHT}},
  {"th", {HIGH_HIGH}},
  {"tr", {HIGH_HIGH}},
  {"uk", {ANGLES_LOW}},
  {"vi", {HIGH_HIGH}},
  {"zh", {HIGH_HIGH}},
  {"zh-Hant", {CORNERS}},
  {"zh-HK", {CORNERS}},
  {"zh-TW", {CORNERS}},
};

static const RpQuotes *
find (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_ascii_strcasecmp (table[i].language, language) == 0)
      return &table[i].quotes;

  return NULL;
}

/* From the right, as RFC 4647 looks up: "de-CH-1996", "de-CH", "de". */
const RpQuotes *
rp_quotes_get (const char *language)
{
  g_autofree char *tag = g_strdup (language != NULL ? language : "en");
  const RpQuotes *quotes;
  char *end;

  g_strdelimit (tag, "_", '-');
  while ((quotes = find (tag)) == NULL && (end = strrchr (tag, '-')) != NULL)
    *end = '\0';

  return quotes != NULL ? quotes : find ("en");
}
