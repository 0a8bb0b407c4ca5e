#include "rp-rule.h"

#include <glib/gi18n-lib.h>

static RpVerdict
judge_notify (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;
  const char *owner = terms->notify_to != NULL ? terms->notify_to : terms->licensor;

  if (!terms->notify_required)
    return RP_VERDICT_ALLOW;
  if (owner == NULL)
    owner = _ ("The owner");
  rp_finding_set_fix (finding, RP_FIX_TELL_OWNER, _ ("Tell the Owner…"), NULL);
  if (terms->notify_within_days >= 0)
    return rp_rule_oblige (finding, "notify", _ ("%s must be told within %d days of publication."),
                           owner, (int) terms->notify_within_days);

  return rp_rule_oblige (finding, "notify", _ ("%s must be told when this is published."), owner);
}

const RpRule rp_rule_O701 = {
  .id = "O701",
  .title = N_ ("Owner is told"),
  .judge = judge_notify,
};
