#include "rp-rule.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

static RpVerdict
judge_open_end (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!rights_case->article.embargo_open || rp_rights_case_has_approval (rights_case, "embargo"))
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_RELEASE_ARTICLE, _ ("It Was Released…"), NULL);

  return rp_rule_deny (
    finding, "embargoed_until",
    _ ("The source speaks of an embargo, but does not say clearly when it ends."));
}

static RpVerdict
judge_embargo (const RpRightsCase *rights_case, RpFinding *finding)
{
  const char *until = rights_case->article.embargoed_until;
  gint64 end = rp_time_latest_instant (until);
  g_autofree char *time = NULL;
  g_autofree char *span = NULL;
  g_autofree char *schedule = NULL;

  if (end == RP_TIME_NONE)
    return judge_open_end (rights_case, finding);
  if (end <= rights_case->at)
    return RP_VERDICT_ALLOW;

  time = rp_rule_format_time (until);
  span = rp_rule_format_span (end - rights_case->at);
  schedule = end == rp_time_instant (until) ? g_strdup (until) : rp_time_format (end);
  rp_rule_offer_schedule (finding, schedule);

  return rp_rule_deny (finding, "embargoed_until",
                       _ ("Embargoed until %s, %s after your planned time."), time, span);
}

const RpRule rp_rule_T101 = {
  .id = "T101",
  .title = N_ ("Embargo"),
  .judge = judge_embargo,
  .flags = RP_RULE_ALWAYS,
};
