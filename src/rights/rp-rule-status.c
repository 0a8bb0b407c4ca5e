#include "rp-rule.h"

#include <glib/gi18n-lib.h>

static gboolean
has_status (const RpRightsCase *rights_case, const char *status)
{
  const char *found = rights_case->article.pubstatus;

  return found != NULL && g_ascii_strcasecmp (found, status) == 0;
}

static RpVerdict
judge_canceled (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!has_status (rights_case, "canceled") && !has_status (rights_case, "cancelled"))
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_WITHDRAW_ARTICLE, _ ("Withdraw…"), NULL);

  return rp_rule_deny (finding, "pubstatus", _ ("The source has withdrawn this article (%s)."),
                       rights_case->article.pubstatus);
}

static RpVerdict
judge_withheld (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!has_status (rights_case, "withheld"))
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_RELEASE_ARTICLE, _ ("It Was Released…"), NULL);

  return rp_rule_deny (finding, "pubstatus", _ ("The source holds this article back (%s)."),
                       rights_case->article.pubstatus);
}

const RpRule rp_rule_R001 = {
  .id = "R001",
  .title = N_ ("Withdrawn by the source"),
  .judge = judge_canceled,
  .flags = RP_RULE_ALWAYS,
};

const RpRule rp_rule_R002 = {
  .id = "R002",
  .title = N_ ("Held back by the source"),
  .judge = judge_withheld,
  .flags = RP_RULE_ALWAYS,
};
