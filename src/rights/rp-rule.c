#include "rp-rule.h"

#include "rp-time.h"

#include <glib/gi18n-lib.h>

static void
  G_GNUC_PRINTF (3, 0) say (RpFinding *finding, const char *term, const char *format, va_list args)
{
  g_free (finding->message);
  finding->message = g_strdup_vprintf (format, args);
  g_free (finding->term);
  finding->term = g_strdup (term);
}

RpVerdict
rp_rule_deny (RpFinding *finding, const char *term, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  say (finding, term, format, args);
  va_end (args);

  return RP_VERDICT_DENY;
}

RpVerdict
rp_rule_ask (RpFinding *finding, const char *term, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  say (finding, term, format, args);
  va_end (args);

  return RP_VERDICT_ASK;
}

RpVerdict
rp_rule_oblige (RpFinding *finding, const char *term, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  say (finding, term, format, args);
  va_end (args);

  return RP_VERDICT_DUTY;
}

static GDateTime *
read_time (const char *time)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) found = g_date_time_new_from_iso8601 (time, utc);
  gint64 instant;

  if (found != NULL)
    return g_steal_pointer (&found);

  instant = rp_time_instant (time);
  if (instant == RP_TIME_NONE)
    return NULL;

  return g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
}

static char *
format_date_time (GDateTime *time)
{
  GTimeSpan offset = g_date_time_get_utc_offset (time);
  g_autofree char *clock = g_date_time_format (time, _ ("%-e %B %Y %H:%M"));

  if (offset == 0)
    return g_strconcat (clock, " UTC", NULL);

  return g_strdup_printf ("%s UTC%c%02d:%02d", clock, offset < 0 ? '-' : '+',
                          (int) (ABS (offset) / G_TIME_SPAN_HOUR),
                          (int) (ABS (offset) / G_TIME_SPAN_MINUTE % 60));
}

char *
rp_rule_format_time (const char *time)
{
  g_autoptr (GDateTime) found = read_time (time);

  return found != NULL ? format_date_time (found) : g_strdup (time);
}

char *
rp_rule_format_instant (gint64 instant)
{
  g_autofree char *text = rp_time_format (instant);

  return rp_rule_format_time (text != NULL ? text : "");
}

char *
rp_rule_format_clock (const char *time)
{
  g_autoptr (GDateTime) found = read_time (time);

  return found != NULL ? g_date_time_format (found, "%H:%M") : g_strdup (time);
}

char *
rp_rule_format_span (gint64 span)
{
  int minutes = (int) CLAMP ((span + G_TIME_SPAN_MINUTE - 1) / G_TIME_SPAN_MINUTE, 1, G_MAXINT);

  if (minutes < 120)
    return g_strdup_printf (_ ("%d min"), minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (_ ("%d h"), minutes / 60);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day", "%d days", minutes / (24 * 60)),
                          minutes / (24 * 60));
}

gboolean
rp_rule_lists (GStrv list, const char *word)
{
  for (guint i = 0; list != NULL && word != NULL && list[i] != NULL; i++)
    if (g_ascii_strcasecmp (list[i], word) == 0)
      return TRUE;

  return FALSE;
}

void
rp_rule_offer_schedule (RpFinding *finding, const char *time)
{
  g_autofree char *clock = rp_rule_format_clock (time);
  g_autofree char *label = g_strdup_printf (_ ("Schedule for %s"), clock);

  rp_finding_set_fix (finding, RP_FIX_SCHEDULE, label, time);
}

void
rp_rule_offer_asking (RpFinding *finding, const char *kind)
{
  rp_finding_set_fix (finding, RP_FIX_ASK_OWNER, _ ("Ask for Permission…"), kind);
}

void
rp_rule_offer_other_partner (RpFinding *finding)
{
  rp_finding_set_fix (finding, RP_FIX_CHOOSE_PARTNER, _ ("Leave Out"), NULL);
}
