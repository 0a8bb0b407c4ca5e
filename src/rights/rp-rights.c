#include "rp-rights.h"

static RpSeverity
get_severity (RpVerdict verdict)
{
  if (verdict == RP_VERDICT_DENY)
    return RP_SEVERITY_BLOCK;

  return verdict == RP_VERDICT_ASK ? RP_SEVERITY_WARN : RP_SEVERITY_INFO;
}

static void
finding_clear (RpFinding *finding)
{
  g_free (finding->message);
  g_free (finding->evidence);
  g_free (finding->term);
  g_free (finding->fix_action);
  g_free (finding->fix_label);
  g_free (finding->fix_args);
}

/* Asks one rule; a finding goes into the decision. */
static RpVerdict
ask_rule (const RpRule *rule, const RpRightsCase *rights_case, RpDecision *decision)
{
  RpFinding heard = {0};
  RpVerdict verdict = rule->judge (rights_case, &heard);

  if (verdict != RP_VERDICT_ALLOW) {
    RpFinding *kept = rp_decision_add (decision, rule->id, get_severity (verdict), heard.message);

    kept->term = g_strdup (heard.term);
    kept->evidence = g_strdup (heard.evidence);
    if (heard.fix_action != NULL)
      rp_finding_set_fix (kept, heard.fix_action, heard.fix_label, heard.fix_args);
  }
  finding_clear (&heard);

  return verdict;
}

static gboolean
ask_rules (const RpRightsCase *rights_case, RpRuleFlags wanted, RpDecision *decision, guint *passed)
{
  gboolean ended = FALSE;

  for (guint i = 0; rp_rules[i] != NULL; i++) {
    RpVerdict verdict;

    if ((rp_rules[i]->flags & RP_RULE_ALWAYS) != wanted)
      continue;
    verdict = ask_rule (rp_rules[i], rights_case, decision);
    *passed += verdict == RP_VERDICT_ALLOW;
    ended = ended || (verdict == RP_VERDICT_DENY && (rp_rules[i]->flags & RP_RULE_ENDS));
  }

  return ended;
}

RpDecision *
rp_rights_judge (const RpRightsCase *rights_case)
{
  RpDecision *decision = rp_decision_new ();
  guint passed = 0;

  g_return_val_if_fail (rights_case != NULL, decision);

  if (!ask_rules (rights_case, RP_RULE_ALWAYS, decision, &passed) && rights_case->terms != NULL)
    ask_rules (rights_case, RP_RULE_NORMAL, decision, &passed);
  rp_decision_set_passed (decision, passed);

  return decision;
}
