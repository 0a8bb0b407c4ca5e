#include "rp-import-moment.h"

#include <string.h>

#include "rp-import-regex.h"

/* By number, in the spelling of many languages; matched as prefixes of a word. */
static const char *const months[12] = {
  "jan|janv|ene|gen|janu|stycz|янв|січ|jän|tammi|oca",
  "feb|fév|fev|lut|фев|лют|helmi|şub",
  "mar|mär|mrt|maa|мар|бер",
  "apr|avr|abr|kwie|апр|кві|huhti|nis",
  "may|mai|maj|mei|mag|май|мая|трав|touko",
  "jun|juin|giu|czer|июн|черв|kesä|haz",
  "jul|juil|lug|lip|июл|лип|heinä|tem",
  "aug|août|aout|ago|sier|авг|серп|elo|ağu",
  "sep|set|wrze|сен|вер|syys|eyl",
  "oct|okt|out|ott|paźd|окт|жов|loka|eki",
  "nov|listop|ноя|лис|marras|kas",
  "dec|déc|dez|dic|grud|дек|гру|joulu|ara",
};

static const struct {
  const char *name;
  int minutes;
} zones[] = {
  {"utc", 0},    {"gmt", 0},    {"wet", 0},    {"bst", 60},   {"west", 60},   {"cet", 60},
  {"mez", 60},   {"cest", 120}, {"mesz", 120}, {"eet", 120},  {"eest", 180},  {"msk", 180},
  {"est", -300}, {"edt", -240}, {"cdt", -300}, {"mst", -420}, {"mdt", -360},  {"pst", -480},
  {"pdt", -420}, {"wat", 60},   {"cat", 120},  {"sast", 120}, {"eat", 180},   {"jst", 540},
  {"kst", 540},  {"sgt", 480},  {"hkt", 480},  {"aest", 600}, {"aedt", 660},  {"acst", 570},
  {"awst", 480}, {"nzst", 720}, {"nzdt", 780}, {"hst", -600}, {"akst", -540}, {"akdt", -480},
};

static const struct {
  const char *words;
  const char *zone;
} places[] = {
  {"heure de paris|paris time|hora de paris", "Europe/Paris"},
  {"london time|uk time", "Europe/London"},
  {"\\bet\\b|eastern time|new york time", "America/New_York"},
  {"\\bct\\b|central time", "America/Chicago"},
  {"\\bpt\\b|pacific time", "America/Los_Angeles"},
  {"berliner zeit|berlin time", "Europe/Berlin"},
  {"brussels time|heure de bruxelles", "Europe/Brussels"},
  {"hora de madrid|hora peninsular", "Europe/Madrid"},
  {"ora italiana|rome time", "Europe/Rome"},
  {"日本時間|japan time", "Asia/Tokyo"},
};

typedef struct {
  int year, month, day;
  int hour, minute; /* hour -1 = none */
} Wall;

static int
find_month (const char *word)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);

  for (int i = 0; i < 12; i++) {
    g_auto (GStrv) stems = g_strsplit (months[i], "|", -1);

    for (int k = 0; stems[k] != NULL; k++) {
      if (g_str_has_prefix (lower, stems[k]))
        return i + 1;
    }
  }
  return 0;
}

static int
number (GMatchInfo *match, const char *name)
{
  g_autofree char *text = g_match_info_fetch_named (match, name);

  return text != NULL && *text != '\0' ? atoi (text) : -1;
}

static gboolean
take_date (GMatchInfo *match, Wall *out)
{
  g_autofree char *word = g_match_info_fetch_named (match, "word");

  out->year = number (match, "y");
  out->day = number (match, "d");
  out->month = word != NULL && *word != '\0' ? find_month (word) : number (match, "m");

  return out->year > 1900 && out->month >= 1 && out->month <= 12 && out->day >= 1 &&
         g_date_valid_dmy ((GDateDay) out->day, (GDateMonth) out->month, (GDateYear) out->year);
}

static gboolean
find_date (const char *text, Wall *out)
{
  static RpRegex forms[] = {
    RP_REGEX ("\\b(?<y>(?:19|20)\\d\\d)-(?<m>\\d{1,2})-(?<d>\\d{1,2})(?<word>)"),
    RP_REGEX ("\\b(?<d>\\d{1,2})(?:st|nd|rd|th|er|º|\\.)?\\s*(?:of |de "
              "|d')?(?<word>\\p{L}{3,12})\\.?,?\\s*(?:de |del )?"
              "(?<y>(?:19|20)\\d\\d)\\b(?<m>)"),
    RP_REGEX ("\\b(?<word>\\p{L}{3,12})\\.?\\s+(?<d>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<y>(?:19|20)"
              "\\d\\d)\\b(?<m>)"),
    RP_REGEX ("\\b(?<y>(?:19|20)\\d\\d)\\s+(?<word>\\p{L}{3,9})\\.?\\s+(?<d>\\d{1,2})\\b(?<m>)"),
    RP_REGEX ("(?<y>(?:19|20)\\d\\d)\\s*[年년]\\s*(?<m>\\d{1,2})\\s*[月월]\\s*(?<d>\\d{1,2})\\s*["
              "日일](?<word>)"),
    RP_REGEX ("\\b(?<d>\\d{1,2})\\.\\s?(?<m>\\d{1,2})\\.\\s?(?<y>(?:19|20)\\d\\d)\\b(?<word>)"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (GMatchInfo) match = NULL;

    g_regex_match (rp_regex_get (&forms[i]), text, 0, &match);
    while (g_match_info_matches (match)) {
      if (take_date (match, out))
        return TRUE;
      g_match_info_next (match, NULL);
    }
  }
  return FALSE;
}

static gboolean
find_time (const char *text, Wall *out)
{
  static RpRegex form = RP_REGEX ("(?<![\\d.,])(?<h>[01]?\\d|2[0-4])(?:\\s?[:.]\\s?(?<min>[0-5]\\d)"
                                  "(?::[0-5]\\d)?(?![\\d.]*\\d{2})\\s*(?<ap>[ap]\\.?\\s?m\\b)?|"
                                  "\\s?h(?:\\s?(?<min2>[0-5]\\d))?\\b|\\s*(?<ap2>[ap]\\.?\\s?m)\\b|"
                                  "\\s*(?:uhr|hrs?)\\b|[時时시](?<min3>[0-5]\\d)?)");
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *half = NULL;
  g_autofree char *half2 = NULL;
  const char *mark;

  out->hour = -1;
  if (!g_regex_match (rp_regex_get (&form), text, 0, &match))
    return FALSE;
  out->hour = number (match, "h");
  out->minute =
    MAX (MAX (number (match, "min"), number (match, "min2")), MAX (number (match, "min3"), 0));
  half = g_match_info_fetch_named (match, "ap");
  half2 = g_match_info_fetch_named (match, "ap2");
  mark = half != NULL && *half != '\0' ? half : half2;
  if (mark != NULL && *mark != '\0' && out->hour <= 12)
    out->hour = out->hour % 12 + (g_ascii_tolower (*mark) == 'p' ? 12 : 0);

  return out->hour < 24;
}

static GTimeZone *
find_named_zone (const char *text)
{
  static RpRegex regexes[G_N_ELEMENTS (places)];

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    regexes[i].pattern = places[i].words;
    if (rp_regex_test (&regexes[i], text))
      return g_time_zone_new_identifier (places[i].zone);
  }
  return NULL;
}

static GTimeZone *
find_zone (const char *text)
{
  static RpRegex offset = RP_REGEX ("(?:\\d|utc|gmt)\\s?([+-]\\d{2}:?\\d{2})\\b");
  static RpRegex word = RP_REGEX ("\\b([a-z]{3,4})\\b");
  g_autofree char *stated = rp_regex_dup_group (&offset, text, 1);
  g_autoptr (GMatchInfo) match = NULL;

  if (stated != NULL)
    return g_time_zone_new_identifier (stated);
  g_regex_match (rp_regex_get (&word), text, 0, &match);
  while (g_match_info_matches (match)) {
    g_autofree char *found = g_match_info_fetch (match, 1);

    for (gsize i = 0; i < G_N_ELEMENTS (zones); i++) {
      if (g_ascii_strcasecmp (zones[i].name, found) == 0 && rp_regex_is_upper (found))
        return g_time_zone_new_offset (zones[i].minutes * 60);
    }
    g_match_info_next (match, NULL);
  }
  return find_named_zone (text);
}

static char *
format_zoned (const Wall *wall, GTimeZone *zone)
{
  g_autoptr (GDateTime) time =
    g_date_time_new (zone, wall->year, wall->month, wall->day, wall->hour, wall->minute, 0);

  if (time == NULL)
    return NULL;
  return g_date_time_get_utc_offset (time) == 0 ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ")
                                                : g_date_time_format (time, "%Y-%m-%dT%H:%M:%S%:z");
}

char *
rp_moment_find_instant (const char *text)
{
  g_autoptr (GTimeZone) zone = NULL;
  Wall wall;

  if (text == NULL || !find_date (text, &wall) || !find_time (text, &wall))
    return NULL;
  zone = find_zone (text);

  return zone != NULL ? format_zoned (&wall, zone) : NULL;
}

char *
rp_moment_find_date (const char *text)
{
  Wall wall;

  if (text == NULL || !find_date (text, &wall))
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", wall.year, wall.month, wall.day);
}

char *
rp_moment_find_any (const char *text)
{
  g_autofree char *instant = rp_moment_find_instant (text);
  Wall wall;

  if (instant != NULL)
    return g_steal_pointer (&instant);
  if (text == NULL || !find_date (text, &wall))
    return NULL;
  if (!find_time (text, &wall))
    return g_strdup_printf ("%04d-%02d-%02d", wall.year, wall.month, wall.day);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:00", wall.year, wall.month, wall.day, wall.hour,
                          wall.minute);
}

char *
rp_moment_find_duration (const char *text)
{
  static RpRegex within = RP_REGEX ("\\bwithin\\s+(\\d{1,3})[\\s-]*(hours?|hrs?|days?|weeks?)\\b");
  static RpRegex limit = RP_REGEX ("\\b(\\d{1,3})[\\s-]*(hours?|hrs?|days?|weeks?)[\\s-]*(?:limit|"
                                   "rule|only|after (?:transmission|receipt))");
  RpRegex *used = rp_regex_test (&within, text) ? &within : &limit;
  g_autofree char *count = rp_regex_dup_group (used, text, 1);
  g_autofree char *unit = rp_regex_dup_group (used, text, 2);

  if (count == NULL || unit == NULL)
    return NULL;
  if (g_ascii_tolower (*unit) == 'h')
    return g_strdup_printf ("PT%sH", count);
  return g_strdup_printf ("P%s%c", count, g_ascii_toupper (*unit));
}
