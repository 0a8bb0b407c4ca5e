#include "rp-rule.h"

#include <glib/gi18n-lib.h>

static const char *
get_owner (const RpTerms *terms)
{
  if (terms->licensor != NULL)
    return terms->licensor;

  return terms->rights_holder != NULL ? terms->rights_holder : _ ("The owner");
}

static RpVerdict
judge_unknown (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;

  if (terms != NULL && terms->permission != RP_PERMISSION_UNKNOWN)
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_SET_LICENCE, _ ("Choose a Licence…"), NULL);
  if (terms != NULL)
    return rp_rule_deny (finding, "permission",
                         _ ("“%s” does not say whether this may be published."),
                         terms->name != NULL ? terms->name : terms->id);
  if (rights_case->article.licensor != NULL)
    return rp_rule_deny (finding, "permission",
                         _ ("The text names %s as licensor, but no licence is known."),
                         rights_case->article.licensor);

  return rp_rule_deny (finding, "permission",
                       _ ("No licence is known, so nobody has allowed to publish this."));
}

static RpVerdict
judge_no (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;

  if (terms == NULL || terms->permission != RP_PERMISSION_NO)
    return RP_VERDICT_ALLOW;

  rp_rule_offer_asking (finding, "republish");

  return rp_rule_deny (finding, "permission", _ ("%s reserves all rights to this article."),
                       get_owner (terms));
}

static RpVerdict
judge_ask (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;

  if (terms->permission != RP_PERMISSION_ASK ||
      rp_rights_case_has_approval (rights_case, "republish"))
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_RECORD_APPROVAL, _ ("Record the Approval…"), "republish");

  return rp_rule_deny (finding, "permission",
                       _ ("%s wants to be asked before each use, and no approval is recorded."),
                       get_owner (terms));
}

const RpRule rp_rule_R010 = {
  .id = "R010",
  .title = N_ ("Licence known"),
  .judge = judge_unknown,
  .flags = RP_RULE_ALWAYS | RP_RULE_ENDS,
};

const RpRule rp_rule_R013 = {
  .id = "R013",
  .title = N_ ("Publishing permitted"),
  .judge = judge_no,
  .flags = RP_RULE_ALWAYS | RP_RULE_ENDS,
};

const RpRule rp_rule_R014 = {
  .id = "R014",
  .title = N_ ("Approval on record"),
  .judge = judge_ask,
};
