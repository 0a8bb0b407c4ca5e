#include "rp-rights.h"

#include <glib/gi18n-lib.h>

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

static gboolean
has_finding (RpDecision *decision, const char *rule)
{
  GPtrArray *findings = rp_decision_get_findings (decision);

  for (guint i = 0; i < findings->len; i++) {
    const RpFinding *finding = findings->pdata[i];

    if (g_str_equal (finding->rule, rule))
      return TRUE;
  }

  return FALSE;
}

static void
take_restrictions (RpDecision *decision, RpDecision *other, const char *name)
{
  GPtrArray *findings = rp_decision_get_findings (other);

  for (guint i = 0; i < findings->len; i++) {
    const RpFinding *finding = findings->pdata[i];
    g_autofree char *message = NULL;
    RpFinding *kept;

    if (finding->severity == RP_SEVERITY_INFO || has_finding (decision, finding->rule))
      continue;
    message = g_strdup_printf ("%s: %s", name, finding->message);
    kept = rp_decision_add (decision, finding->rule, finding->severity, message);
    kept->term = g_strdup (finding->term);
    kept->evidence = g_strdup (name);
    rp_finding_set_fix (kept, RP_FIX_SET_LICENCE, _ ("Choose a Licence…"), NULL);
  }
}

/* While sources disagree, what any of them forbids is forbidden. The rendition was made for the
 * first one, so it says nothing about the duties of the others. */
static void
judge_other (const RpRightsCase *rights_case, RpLicence *licence, RpDecision *decision)
{
  RpRightsCase other = *rights_case;
  g_autoptr (RpDecision) heard = rp_decision_new ();
  guint passed = 0;

  other.terms = (RpTerms *) rp_licence_get_terms (licence);
  if (other.terms->permission == RP_PERMISSION_UNKNOWN)
    return;
  other.output = (RpCaseOutput){.links_kept = -1};
  if (!ask_rules (&other, RP_RULE_ALWAYS, heard, &passed))
    ask_rules (&other, RP_RULE_NORMAL, heard, &passed);
  take_restrictions (decision, heard, rp_licence_get_name (licence));
}

static gboolean
is_disputed (const RpRightsCase *rights_case)
{
  return rights_case->others != NULL &&
         g_strcmp0 (rights_case->terms->confidence, "confirmed") != 0;
}

RpDecision *
rp_rights_judge (const RpRightsCase *rights_case)
{
  RpDecision *decision = rp_decision_new ();
  guint passed = 0;

  g_return_val_if_fail (rights_case != NULL, decision);

  if (!ask_rules (rights_case, RP_RULE_ALWAYS, decision, &passed) && rights_case->terms != NULL)
    ask_rules (rights_case, RP_RULE_NORMAL, decision, &passed);
  for (guint i = 0; is_disputed (rights_case) && i < rights_case->others->len; i++)
    judge_other (rights_case, rights_case->others->pdata[i], decision);
  rp_decision_set_passed (decision, passed);

  return decision;
}

gboolean
rp_rights_needs_review (const RpRightsCase *rights_case)
{
  const RpTerms *terms = rights_case->terms;

  return terms != NULL && g_strcmp0 (terms->confidence, "confirmed") != 0 &&
         (g_strcmp0 (terms->confidence, "guessed") == 0 || terms->disputed) &&
         !rp_rights_case_has_approval (rights_case, "licence");
}
