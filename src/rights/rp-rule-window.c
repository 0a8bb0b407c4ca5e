/* The window of use: from when, until when, and how old an article may be at its first use. */
#include "rp-rule.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

static RpVerdict
judge_start (const RpRightsCase *rights_case, RpFinding *finding)
{
  const char *start = rights_case->terms->valid_from;
  g_autofree char *time = NULL;

  if (start == NULL || rp_time_instant (start) <= rights_case->at)
    return RP_VERDICT_ALLOW;

  time = rp_rule_format_time (start);
  rp_rule_offer_schedule (finding, start);

  return rp_rule_deny (finding, "valid_from", _ ("The licence begins only on %s."), time);
}

static RpVerdict
judge_end (const RpRightsCase *rights_case, RpFinding *finding)
{
  const char *licence_end = rights_case->terms->expires;
  const char *article_end = rights_case->article.expires;
  gint64 licence_instant = rp_time_instant (licence_end);
  gint64 article_instant = rp_time_instant (article_end);
  g_autofree char *time = NULL;

  if (licence_instant != RP_TIME_NONE && licence_instant <= rights_case->at) {
    time = rp_rule_format_time (licence_end);
    rp_finding_set_fix (finding, RP_FIX_RENEW_LICENCE, _ ("Renew…"), NULL);

    return rp_rule_deny (finding, "expires", _ ("The licence ended on %s."), time);
  }
  if (article_instant != RP_TIME_NONE && article_instant <= rights_case->at) {
    time = rp_rule_format_time (article_end);
    rp_rule_offer_asking (finding, "age");

    return rp_rule_deny (finding, "expires", _ ("The article was to be used only until %s."), time);
  }

  return RP_VERDICT_ALLOW;
}

static RpVerdict
judge_age (const RpRightsCase *rights_case, RpFinding *finding)
{
  gint64 days = rights_case->terms->max_age_days;
  gint64 published = rp_time_instant (rights_case->article.published);
  g_autofree char *time = NULL;

  if (days < 0 || published == RP_TIME_NONE || rights_case->at <= published + days * RP_TIME_DAY ||
      rp_rights_case_has_approval (rights_case, "age"))
    return RP_VERDICT_ALLOW;

  time = rp_rule_format_instant (published + days * RP_TIME_DAY);
  rp_finding_set_fix (finding, RP_FIX_ASK_OWNER, _ ("Ask for an Extension…"), "age");

  return rp_rule_deny (finding, "max_age_days",
                       _ ("First use was allowed until %s, %d days after publication."), time,
                       (int) days);
}

const RpRule rp_rule_T102 = {
  .id = "T102",
  .title = N_ ("Licence has begun"),
  .judge = judge_start,
};

const RpRule rp_rule_T103 = {
  .id = "T103",
  .title = N_ ("Licence has not ended"),
  .judge = judge_end,
};

const RpRule rp_rule_T104 = {
  .id = "T104",
  .title = N_ ("Recent enough"),
  .judge = judge_age,
};
