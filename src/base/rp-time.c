#include "rp-time.h"

#include <glib/gi18n-lib.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#define FOLLOWS_NOBODY G_MININT64

static RpClock clock_override = NULL;
static gint64 wrong_by = 0; /* for tests */
static _Atomic gint64 ahead_of_steady = FOLLOWS_NOBODY;

static gint64
environment_clock (void)
{
  return rp_time_instant (g_getenv ("REPRINT_NOW"));
}

static void
look_for_clock (void)
{
  static gsize checked = 0;

  if (g_once_init_enter (&checked)) {
    const char *wrong = g_getenv ("REPRINT_CLOCK_WRONG");

    if (wrong != NULL)
      wrong_by = g_ascii_strtoll (wrong, NULL, 10) * G_TIME_SPAN_SECOND;
    if (clock_override == NULL && g_getenv ("REPRINT_NOW") != NULL &&
        environment_clock () != RP_TIME_NONE)
      clock_override = environment_clock;
    g_once_init_leave (&checked, 1);
  }
}

gboolean
rp_time_is_set (void)
{
  look_for_clock ();

  return clock_override != NULL;
}

gint64
rp_time_steady (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);

  return (gint64) now.tv_sec * G_TIME_SPAN_SECOND + now.tv_nsec / 1000;
}

void
rp_time_follow (gint64 ahead)
{
  atomic_store (&ahead_of_steady, ahead);
}

gint64
rp_time_real (void)
{
  gint64 ahead = atomic_load (&ahead_of_steady);

  look_for_clock ();

  return ahead != FOLLOWS_NOBODY ? rp_time_steady () + ahead : g_get_real_time () + wrong_by;
}

gint64
rp_time_now (void)
{
  look_for_clock ();

  return clock_override != NULL ? clock_override () : rp_time_real ();
}

void
rp_time_set_clock (RpClock new_clock)
{
  clock_override = new_clock;
}

/* What a parser has found; -1 = not there. */
typedef struct {
  int year, month, day, hour, minute;
  double second;
  gboolean has_time;
  gboolean zoned;
  int offset; /* minutes east of UTC */
} Parts;

static const char *const month_names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                          "jul", "aug", "sep", "oct", "nov", "dec"};

static const struct {
  const char *name;
  int minutes;
} zone_names[] = {
  {"utc", 0},    {"gmt", 0},    {"ut", 0},     {"z", 0},      {"bst", 60},   {"cet", 60},
  {"cest", 120}, {"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300}, {"mst", -420},
  {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"jst", 540},  {"ist", 330},  {"mez", 60},
  {"mesz", 120}, {"wet", 0},    {"west", 60},  {"eet", 120},  {"eest", 180}, {"msk", 180},
};

static gboolean
read_digits (const char **text, int count, int *out)
{
  int value = 0;

  for (int i = 0; i < count; i++) {
    if (!g_ascii_isdigit ((*text)[i]))
      return FALSE;
    value = value * 10 + ((*text)[i] - '0');
  }
  *text += count;
  *out = value;

  return TRUE;
}

static void
skip_spaces (const char **text)
{
  while (g_ascii_isspace (**text))
    (*text)++;
}

static gboolean
read_offset (const char **text, Parts *parts)
{
  int sign = **text == '-' ? -1 : 1;
  int hours, minutes = 0;

  (*text)++;
  if (!read_digits (text, 2, &hours))
    return FALSE;
  if (**text == ':')
    (*text)++;
  if (g_ascii_isdigit (**text) && !read_digits (text, 2, &minutes))
    return FALSE;
  if (hours > 18 || minutes > 59)
    return FALSE;
  parts->zoned = TRUE;
  parts->offset = sign * (hours * 60 + minutes);

  return TRUE;
}

static gboolean
read_zone (const char **text, Parts *parts)
{
  gsize length = 0;

  skip_spaces (text);
  if (**text == '+' || **text == '-')
    return read_offset (text, parts);
  while (g_ascii_isalpha ((*text)[length]))
    length++;
  for (guint i = 0; length > 0 && i < G_N_ELEMENTS (zone_names); i++) {
    if (strlen (zone_names[i].name) == length &&
        g_ascii_strncasecmp (*text, zone_names[i].name, length) == 0) {
      parts->zoned = TRUE;
      parts->offset = zone_names[i].minutes;
      *text += length;
      return TRUE;
    }
  }

  return length == 0;
}

/* hh:mm[:ss[.fff]] or hhmm[ss] */
static gboolean
read_clock (const char **text, Parts *parts)
{
  int second = 0;
  gboolean colon;

  if (!read_digits (text, 2, &parts->hour))
    return FALSE;
  colon = **text == ':';
  if (colon)
    (*text)++;
  if (!read_digits (text, 2, &parts->minute))
    return FALSE;
  if ((colon && **text == ':') || (!colon && g_ascii_isdigit (**text))) {
    if (colon)
      (*text)++;
    if (!read_digits (text, 2, &second))
      return FALSE;
  }
  parts->second = second;
  if ((**text == '.' || **text == ',') && g_ascii_isdigit ((*text)[1])) {
    double scale = 0.1;

    for ((*text)++; g_ascii_isdigit (**text); (*text)++, scale /= 10)
      parts->second += scale * (**text - '0');
  }
  parts->has_time = TRUE;

  return TRUE;
}

static gboolean
parse_iso (const char *text, Parts *parts)
{
  gboolean dashed;

  if (!read_digits (&text, 4, &parts->year))
    return FALSE;
  dashed = *text == '-' || *text == '/';
  if (dashed)
    text++;
  if (!read_digits (&text, 2, &parts->month))
    return FALSE;
  if (dashed && (*text == '-' || *text == '/'))
    text++;
  else if (dashed) {
    parts->day = 1;
    return *text == '\0';
  }
  if (!read_digits (&text, 2, &parts->day))
    return FALSE;
  if (*text == '\0')
    return TRUE;
  if (*text == 'T' || *text == 't')
    text++;
  else if (*text == ' ')
    skip_spaces (&text);
  else
    return FALSE;
  if (!read_clock (&text, parts) || !read_zone (&text, parts))
    return FALSE;
  skip_spaces (&text);

  return *text == '\0';
}

static gboolean
read_month (const char **text, int *out)
{
  for (guint i = 0; i < 12; i++) {
    if (g_ascii_strncasecmp (*text, month_names[i], 3) == 0) {
      while (g_ascii_isalpha (**text) || **text == '.')
        (*text)++;
      *out = (int) i + 1;
      return TRUE;
    }
  }

  return FALSE;
}

static gboolean
read_year (const char **text, int *out)
{
  const char *start = *text;
  int digits = 0;

  while (g_ascii_isdigit (start[digits]))
    digits++;
  if (digits != 2 && digits != 4)
    return FALSE;
  if (!read_digits (text, digits, out))
    return FALSE;
  if (digits == 2)
    *out += *out < 70 ? 2000 : 1900;

  return TRUE;
}

static void
skip_weekday (const char **text)
{
  const char *p = *text;
  int month;

  if (!g_ascii_isalpha (*p) || read_month (&p, &month))
    return;
  p = *text;
  while (g_ascii_isalpha (*p) || *p == '.')
    p++;
  if (*p == ',')
    p++;
  skip_spaces (&p);
  *text = p;
}

/* "Mon, 2 Mar 2026 10:00:00 +0100", "2 March 2026", "March 2, 2026 10:00 GMT", asctime */
static gboolean
parse_mail (const char *text, Parts *parts)
{
  skip_weekday (&text);
  if (read_month (&text, &parts->month)) {
    skip_spaces (&text);
    parts->day = (int) g_ascii_strtoull (text, (char **) &text, 10);
  } else {
    parts->day = (int) g_ascii_strtoull (text, (char **) &text, 10);
    text += *text == '.' || *text == '-';
    skip_spaces (&text);
    if (!read_month (&text, &parts->month))
      return FALSE;
  }
  text += *text == ',' || *text == '-';
  skip_spaces (&text);
  if (g_ascii_isdigit (*text) && text[1] != '\0' &&
      text[2] == ':') { /* asctime: the year comes last */
    if (!read_clock (&text, parts))
      return FALSE;
    skip_spaces (&text);
    return read_year (&text, &parts->year) && *text == '\0';
  }
  if (!read_year (&text, &parts->year))
    return FALSE;
  text += *text == ',';
  skip_spaces (&text);
  if (*text == '\0')
    return TRUE;
  if (text[0] != '\0' && text[1] == ':') { /* "9:05" */
    g_autofree char *padded = g_strconcat ("0", text, NULL);
    const char *rest = padded;

    return read_clock (&rest, parts) && read_zone (&rest, parts);
  }

  return read_clock (&text, parts) && read_zone (&text, parts);
}

static char *
format_parts (const Parts *parts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%04d-%02d-%02d", parts->year, parts->month, parts->day);
  if (!parts->has_time)
    return g_strdup (text->str);
  g_string_append_printf (text, "T%02d:%02d:%02d", parts->hour, parts->minute, (int) parts->second);
  if (parts->zoned && parts->offset == 0)
    g_string_append_c (text, 'Z');
  else if (parts->zoned)
    g_string_append_printf (text, "%c%02d:%02d", parts->offset < 0 ? '-' : '+',
                            ABS (parts->offset) / 60, ABS (parts->offset) % 60);

  return g_strdup (text->str);
}

gboolean
rp_time_parse (const char *text, gint64 *out_instant, char **out_text, gboolean *out_zoned)
{
  g_autofree char *trimmed = text != NULL ? g_strstrip (g_strdup (text)) : NULL;
  Parts parts = {0};
  g_autoptr (GDateTime) moment = NULL;

  if (trimmed == NULL || *trimmed == '\0')
    return FALSE;
  if (!parse_iso (trimmed, &parts)) {
    memset (&parts, 0, sizeof parts);
    if (!parse_mail (trimmed, &parts))
      return FALSE;
  }
  if (parts.second >= 60)
    parts.second = 59;
  moment = g_date_time_new_utc (parts.year, parts.month, parts.day, parts.hour, parts.minute,
                                parts.second);
  if (moment == NULL)
    return FALSE;

  if (out_instant != NULL)
    *out_instant = g_date_time_to_unix (moment) * G_TIME_SPAN_SECOND +
                   g_date_time_get_microsecond (moment) - parts.offset * G_TIME_SPAN_MINUTE;
  if (out_text != NULL)
    *out_text = format_parts (&parts);
  if (out_zoned != NULL)
    *out_zoned = parts.zoned;

  return TRUE;
}

gint64
rp_time_instant (const char *text)
{
  gint64 instant;

  return rp_time_parse (text, &instant, NULL, NULL) ? instant : RP_TIME_NONE;
}

static GDateTime *
to_date_time (gint64 instant)
{
  g_autoptr (GDateTime) whole = NULL;

  whole = g_date_time_new_from_unix_utc (instant / G_TIME_SPAN_SECOND);

  return whole != NULL ? g_steal_pointer (&whole) : g_date_time_new_from_unix_utc (0);
}

gint64
rp_time_latest_instant (const char *text)
{
  gint64 instant = RP_TIME_NONE;
  gboolean zoned = TRUE;

  if (text == NULL || !rp_time_parse (text, &instant, NULL, &zoned))
    return RP_TIME_NONE;

  return zoned ? instant : instant + 12 * G_TIME_SPAN_HOUR;
}

char *
rp_time_format (gint64 instant)
{
  g_autoptr (GDateTime) moment = NULL;

  if (instant == RP_TIME_NONE)
    return NULL;
  moment = to_date_time (instant);

  return g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ");
}

char *
rp_time_format_http (gint64 instant)
{
  static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  g_autoptr (GDateTime) moment = to_date_time (instant);

  return g_strdup_printf (
    "%s, %02d %s %04d %02d:%02d:%02d GMT", days[g_date_time_get_day_of_week (moment) - 1],
    g_date_time_get_day_of_month (moment), months[g_date_time_get_month (moment) - 1],
    g_date_time_get_year (moment), g_date_time_get_hour (moment), g_date_time_get_minute (moment),
    g_date_time_get_second (moment));
}

static char *
format_local (gint64 instant, const char *format)
{
  g_autoptr (GDateTime) utc = to_date_time (instant);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_format (local, format);
}

char *
rp_time_format_date (gint64 instant)
{
  /* Translators: a date for g_date_time_format, such as “1 March 2026” */
  return format_local (instant, _ ("%-e %B %Y"));
}

char *
rp_time_format_long (gint64 instant)
{
  /* Translators: a date and a time with its zone, such as “1 March 2026 14:05 CET” */
  return format_local (instant, _ ("%-e %B %Y %H:%M %Z"));
}
