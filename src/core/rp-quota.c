#include "rp-quota.h"

typedef enum {
  PERIOD_DAY,
  PERIOD_WEEK,
  PERIOD_MONTH,
  PERIOD_QUARTER,
  PERIOD_YEAR,
} Period;

static gboolean
read_period (const char *text, Period *out)
{
  static const struct {
    const char *name;
    Period period;
  } known[] = {
    {"day", PERIOD_DAY},     {"P1D", PERIOD_DAY},    {"week", PERIOD_WEEK},
    {"P1W", PERIOD_WEEK},    {"P7D", PERIOD_WEEK},   {"month", PERIOD_MONTH},
    {"P1M", PERIOD_MONTH},   {"P30D", PERIOD_MONTH}, {"quarter", PERIOD_QUARTER},
    {"P3M", PERIOD_QUARTER}, {"year", PERIOD_YEAR},  {"P1Y", PERIOD_YEAR},
    {"P12M", PERIOD_YEAR},   {"P365D", PERIOD_YEAR},
  };

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (text, known[i].name) == 0) {
      *out = known[i].period;
      return TRUE;
    }

  return FALSE;
}

static GDateTime *
get_start (GDateTime *now, Period period)
{
  int year = g_date_time_get_year (now);
  int month = g_date_time_get_month (now);
  g_autoptr (GDateTime) today =
    g_date_time_new_local (year, month, g_date_time_get_day_of_month (now), 0, 0, 0);

  switch (period) {
  case PERIOD_WEEK:
    return g_date_time_add_days (today, 1 - g_date_time_get_day_of_week (today));
  case PERIOD_MONTH:
    return g_date_time_new_local (year, month, 1, 0, 0, 0);
  case PERIOD_QUARTER:
    return g_date_time_new_local (year, (month - 1) / 3 * 3 + 1, 1, 0, 0, 0);
  case PERIOD_YEAR:
    return g_date_time_new_local (year, 1, 1, 0, 0, 0);
  case PERIOD_DAY:
  default:
    return g_steal_pointer (&today);
  }
}

static GDateTime *
get_end (GDateTime *start, Period period)
{
  switch (period) {
  case PERIOD_WEEK:
    return g_date_time_add_days (start, 7);
  case PERIOD_MONTH:
    return g_date_time_add_months (start, 1);
  case PERIOD_QUARTER:
    return g_date_time_add_months (start, 3);
  case PERIOD_YEAR:
    return g_date_time_add_years (start, 1);
  case PERIOD_DAY:
  default:
    return g_date_time_add_days (start, 1);
  }
}

gboolean
rp_quota_get_period (const RpTerms *terms, gint64 now, gint64 *out_start, gint64 *out_end)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) start = NULL;
  g_autoptr (GDateTime) end = NULL;
  Period period;

  if (local == NULL || terms->quota_max_uses < 0 || !read_period (terms->quota_period, &period))
    return FALSE;
  start = get_start (local, period);
  end = get_end (start, period);
  *out_start = g_date_time_to_unix (start) * G_USEC_PER_SEC;
  *out_end = g_date_time_to_unix (end) * G_USEC_PER_SEC;

  return TRUE;
}
