#include "rp-rule.h"

#include <glib/gi18n-lib.h>

static RpVerdict
judge_training (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!rights_case->terms->ai_training_denied ||
      rights_case->endpoint.feeds_ai_training != RP_FLAG_YES)
    return RP_VERDICT_ALLOW;

  rp_rule_offer_other_partner (finding);

  return rp_rule_deny (finding, "ai", _ ("%s feeds AI training, and the licence forbids it."),
                       rp_rights_case_get_endpoint_name (rights_case));
}

static RpVerdict
judge_reservation (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;

  if (!terms->tdm_reserved)
    return RP_VERDICT_ALLOW;
  if (terms->tdm_policy != NULL)
    return rp_rule_oblige (
      finding, "tdm_reserved",
      _ ("The copy will reserve text and data mining, under the policy at %s."), terms->tdm_policy);

  return rp_rule_oblige (finding, "tdm_reserved",
                         _ ("The copy will reserve text and data mining, as the original does."));
}

const RpRule rp_rule_X601 = {
  .id = "X601",
  .title = N_ ("AI training"),
  .judge = judge_training,
};

const RpRule rp_rule_X602 = {
  .id = "X602",
  .title = N_ ("Text and data mining reserved"),
  .judge = judge_reservation,
};
