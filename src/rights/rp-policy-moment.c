#include "rp-policy-moment.h"

#include <stdio.h>
#include <string.h>

typedef enum {
  PRECISION_NONE,
  PRECISION_YEAR,
  PRECISION_MONTH,
  PRECISION_DAY,
  PRECISION_TIME,
  PRECISION_CLOCK, /* a time of day, of any day */
} Precision;

typedef struct {
  Precision precision;
  gint64 instant; /* microseconds since 1970; of the clock: since midnight */
  gboolean zoned;
  int offset; /* minutes east */
} Moment;

typedef struct {
  gint64 months;
  gint64 micros;
} Duration;

/* Days since 1970-01-01 in the proleptic Gregorian calendar. */
static gint64
count_days (gint64 year, int month, int day)
{
  gint64 shifted = year - (month <= 2);
  gint64 era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  gint64 year_of_era = shifted - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

/* The month that a count of days lies in, for cutting to months and years. */
static void
split_days (gint64 days, gint64 *year, int *month, int *day)
{
  gint64 shifted = days + 719468;
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  gint64 of_era = shifted - era * 146097;
  gint64 year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  gint64 day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 shifted_month = (5 * day_of_year + 2) / 153;

  *day = (int) (day_of_year - (153 * shifted_month + 2) / 5 + 1);
  *month = (int) (shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  *year = year_of_era + era * 400 + (*month <= 2);
}

static gint64
floor_days (gint64 instant)
{
  gint64 day = 24 * G_TIME_SPAN_HOUR;

  return (instant >= 0 ? instant : instant - day + 1) / day;
}

static gboolean
read_number (const char **text, guint least, guint most, gint64 *out)
{
  guint digits = 0;

  *out = 0;
  while (digits < most && g_ascii_isdigit (**text)) {
    *out = *out * 10 + g_ascii_digit_value (**text);
    (*text)++;
    digits++;
  }

  return digits >= least;
}

static gboolean
read_zone (const char **text, Moment *moment)
{
  gint64 hours;
  gint64 minutes = 0;
  int sign;

  if (**text == '\0')
    return TRUE;
  moment->zoned = TRUE;
  if (**text == 'Z' || **text == 'z') {
    (*text)++;
    return **text == '\0';
  }
  if (**text != '+' && **text != '-')
    return FALSE;
  sign = **text == '-' ? -1 : 1;
  (*text)++;
  if (!read_number (text, 2, 2, &hours))
    return FALSE;
  if (**text == ':')
    (*text)++;
  if (**text != '\0' && !read_number (text, 2, 2, &minutes))
    return FALSE;
  moment->offset = sign * (int) (hours * 60 + minutes);

  return **text == '\0' && hours <= 14 && minutes < 60;
}

/* "10:00", "10:00:00.5": microseconds since midnight. */
static gboolean
read_clock (const char **text, gint64 *out)
{
  gint64 hours;
  gint64 minutes;
  gint64 seconds = 0;
  gint64 fraction = 0;

  if (!read_number (text, 2, 2, &hours) || **text != ':')
    return FALSE;
  (*text)++;
  if (!read_number (text, 2, 2, &minutes))
    return FALSE;
  if (**text == ':') {
    (*text)++;
    if (!read_number (text, 2, 2, &seconds))
      return FALSE;
    if (**text == '.' || **text == ',') {
      gint64 unit = G_USEC_PER_SEC / 10;

      for ((*text)++; g_ascii_isdigit (**text); (*text)++, unit /= 10)
        fraction += unit * g_ascii_digit_value (**text);
    }
  }
  *out = ((hours * 60 + minutes) * 60 + seconds) * G_USEC_PER_SEC + fraction;

  return hours <= 24 && minutes < 60 && seconds <= 60;
}

static gboolean
read_date (const char **text, Moment *moment)
{
  gboolean before = **text == '-';
  gint64 year;
  gint64 month = 1;
  gint64 day = 1;

  *text += before;
  if (!read_number (text, 4, 6, &year))
    return FALSE;
  moment->precision = PRECISION_YEAR;
  if (**text == '-' && g_ascii_isdigit ((*text)[1]) && g_ascii_isdigit ((*text)[2]) &&
      (*text)[3] != ':') {
    (*text)++;
    moment->precision = PRECISION_MONTH;
    read_number (text, 2, 2, &month);
    if (**text == '-' && g_ascii_isdigit ((*text)[1]) && g_ascii_isdigit ((*text)[2]) &&
        (*text)[3] != ':') {
      (*text)++;
      moment->precision = PRECISION_DAY;
      read_number (text, 2, 2, &day);
    }
  }
  if (month < 1 || month > 12 || day < 1 || day > 31)
    return FALSE;
  moment->instant =
    count_days (before ? -year : year, (int) month, (int) day) * 24 * G_TIME_SPAN_HOUR;

  return TRUE;
}

static gboolean
read_moment (const char *text, Moment *moment)
{
  gint64 clock = 0;

  memset (moment, 0, sizeof *moment);
  if (g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) && text[2] == ':') {
    moment->precision = PRECISION_CLOCK;
    if (!read_clock (&text, &moment->instant) || !read_zone (&text, moment))
      return FALSE;
    moment->instant -= moment->offset * G_TIME_SPAN_MINUTE;
    return TRUE;
  }
  if (!read_date (&text, moment))
    return FALSE;
  if (moment->precision == PRECISION_DAY && (*text == 'T' || *text == 't' || *text == ' ')) {
    text++;
    moment->precision = PRECISION_TIME;
    if (!read_clock (&text, &clock))
      return FALSE;
  }
  if (!read_zone (&text, moment))
    return FALSE;
  moment->instant += clock - moment->offset * G_TIME_SPAN_MINUTE;

  return TRUE;
}

/* The first moment of the day, month or year, as seen in a zone. */
static gint64
cut (gint64 instant, int offset, Precision precision)
{
  gint64 days;
  gint64 year;
  int month;
  int day;

  if (precision >= PRECISION_TIME)
    return instant;
  days = floor_days (instant + offset * G_TIME_SPAN_MINUTE);
  split_days (days, &year, &month, &day);
  if (precision < PRECISION_DAY)
    days = count_days (year, precision == PRECISION_YEAR ? 1 : month, 1);

  return days * 24 * G_TIME_SPAN_HOUR - offset * G_TIME_SPAN_MINUTE;
}

static gint64
get_clock (const Moment *moment)
{
  gint64 day = 24 * G_TIME_SPAN_HOUR;

  return ((moment->instant % day) + day) % day;
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return a < b ? -1 : a > b;
}

int
rp_policy_compare_moments (const char *a, const char *b)
{
  Moment left;
  Moment right;

  if (!read_moment (a, &left) || !read_moment (b, &right))
    return RP_ORDER_NONE;
  if (right.precision == PRECISION_CLOCK && left.precision >= PRECISION_TIME)
    return compare_numbers (get_clock (&left), get_clock (&right));
  if (left.precision == PRECISION_CLOCK || right.precision == PRECISION_CLOCK)
    return RP_ORDER_NONE;

  return compare_numbers (cut (left.instant, right.offset, right.precision), right.instant);
}

gboolean
rp_policy_is_moment (const char *text)
{
  Moment moment;

  return read_moment (text, &moment) && moment.precision >= PRECISION_MONTH;
}

/* The parts of one half of a duration: letters in order, each with a number before it. */
static gboolean
read_duration_part (const char **text, gboolean is_time, Duration *out)
{
  char *end;
  double amount = g_ascii_strtod (*text, &end);

  if (end == *text || !(g_ascii_isdigit (**text) || **text == '.'))
    return FALSE;
  if (*end == 'Y' && !is_time)
    out->months += (gint64) (amount * 12);
  else if (*end == 'M' && !is_time)
    out->months += (gint64) amount;
  else if (*end == 'W' && !is_time)
    out->micros += (gint64) (amount * 7 * 24 * (double) G_TIME_SPAN_HOUR);
  else if (*end == 'D' && !is_time)
    out->micros += (gint64) (amount * 24 * (double) G_TIME_SPAN_HOUR);
  else if (*end == 'H' && is_time)
    out->micros += (gint64) (amount * (double) G_TIME_SPAN_HOUR);
  else if (*end == 'M' && is_time)
    out->micros += (gint64) (amount * (double) G_TIME_SPAN_MINUTE);
  else if (*end == 'S' && is_time)
    out->micros += (gint64) (amount * (double) G_TIME_SPAN_SECOND);
  else
    return FALSE;
  *text = end + 1;

  return amount < 1e7;
}

static gboolean
read_duration (const char *text, Duration *out)
{
  gboolean negative = *text == '-';
  gboolean is_time = FALSE;

  memset (out, 0, sizeof *out);
  text += negative;
  if (*text != 'P' || text[1] == '\0')
    return FALSE;
  for (text++; *text != '\0';) {
    if (*text == 'T' && !is_time) {
      is_time = TRUE;
      text++;
    }
    if (!read_duration_part (&text, is_time, out))
      return FALSE;
  }
  if (negative) {
    out->months = -out->months;
    out->micros = -out->micros;
  }

  return TRUE;
}

gboolean
rp_policy_is_duration (const char *text)
{
  Duration duration;

  return read_duration (text, &duration);
}

/* From the first day of a month; months are of different lengths. */
static gint64
add_duration (gint64 year, int month, const Duration *duration)
{
  gint64 months = year * 12 + month - 1 + duration->months;
  gint64 years = (months >= 0 ? months : months - 11) / 12;

  return count_days (years, (int) (months - years * 12) + 1, 1) * 24 * G_TIME_SPAN_HOUR +
         duration->micros;
}

int
rp_policy_compare_durations (const char *a, const char *b)
{
  /* The four starting points by which XML Schema orders durations. */
  static const struct {
    gint64 year;
    int month;
  } starts[] = {{1696, 9}, {1697, 2}, {1903, 3}, {1903, 7}};
  Duration left;
  Duration right;
  int order = RP_ORDER_NONE;

  if (!read_duration (a, &left) || !read_duration (b, &right))
    return RP_ORDER_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    int next = compare_numbers (add_duration (starts[i].year, starts[i].month, &left),
                                add_duration (starts[i].year, starts[i].month, &right));

    if (i > 0 && next != order)
      return RP_ORDER_NONE;
    order = next;
  }

  return order;
}
