#include "rp-policy-judge.h"

static RpPolicyState
match_one (const RpPolicyThing *thing, const char *iri, GHashTable *within)
{
  if (thing->iri != NULL && rp_policy_facts_reach (within, iri, thing->iri))
    return RP_POLICY_SATISFIED;
  if (thing->source != NULL && rp_policy_facts_reach (within, iri, thing->source))
    return RP_POLICY_SATISFIED;

  /* Nameless: whatever its refinements fit. */
  return thing->iri == NULL && thing->source == NULL && thing->refinements->len > 0
           ? RP_POLICY_SATISFIED
           : RP_POLICY_UNSATISFIED;
}

static RpPolicyState
match_thing (const RpPolicyThing *thing, GPtrArray *asked, GHashTable *within)
{
  RpPolicyState state = RP_POLICY_UNSATISFIED;

  for (guint i = 0; i < asked->len; i++)
    state = rp_policy_or (state, match_one (thing, asked->pdata[i], within));

  return state;
}

static RpPolicyState
match_things (GPtrArray *things, GPtrArray *asked, GHashTable *within, const RpPolicyFacts *facts)
{
  RpPolicyState state = things->len == 0 ? RP_POLICY_SATISFIED : RP_POLICY_UNSATISFIED;

  for (guint i = 0; i < things->len; i++) {
    const RpPolicyThing *thing = things->pdata[i];
    RpPolicyState next = match_thing (thing, asked, within);

    if (next != RP_POLICY_UNSATISFIED)
      next = rp_policy_and (next, rp_policy_check_constraints (thing->refinements, facts));
    state = rp_policy_or (state, next);
  }

  return state;
}

/* Where names do not tell, and need not: the facts say how a name that is not known is taken. */
static RpPolicyState
match_identity (GPtrArray *things,
                GPtrArray *asked,
                RpPolicyIdentity identity,
                const RpPolicyFacts *facts)
{
  RpPolicyState state = match_things (things, asked, facts->within, facts);
  RpPolicyState refined = RP_POLICY_UNSATISFIED;

  if (state != RP_POLICY_UNSATISFIED || identity == RP_POLICY_STRICT)
    return state;
  for (guint i = 0; i < things->len; i++) {
    const RpPolicyThing *thing = things->pdata[i];

    refined = rp_policy_or (refined, rp_policy_check_constraints (thing->refinements, facts));
  }

  return rp_policy_and (refined,
                        identity == RP_POLICY_UNSURE ? RP_POLICY_UNKNOWN : RP_POLICY_SATISFIED);
}

static gboolean
is_state_word (const char *text)
{
  static const char *const words[] = {
    "performed", "unperformed", "unknown", "fulfilled", "violated",
    "nonset",    "notset",      "true",    "false",     NULL,
  };
  g_autofree char *lower = g_ascii_strdown (rp_policy_word_tail (text), -1);

  return g_strv_contains (words, lower);
}

static gboolean
names_action (const RpPolicyRule *duty, const char *iri)
{
  for (guint i = 0; i < duty->actions->len; i++)
    if (g_strcmp0 (((RpPolicyThing *) duty->actions->pdata[i])->iri, iri) == 0)
      return TRUE;

  return FALSE;
}

/* A fact names the duty, or the rule that it belongs to and how it was performed. */
static gboolean
is_about (const RpDutyFact *fact, const RpPolicyRule *duty, const RpPolicyRule *owner)
{
  if (g_strcmp0 (fact->rule, duty->uid) == 0 || g_strcmp0 (fact->performance, duty->uid) == 0)
    return TRUE;
  if (fact->rule != NULL ? g_strcmp0 (fact->rule, owner->uid) != 0 : fact->performance == NULL)
    return FALSE;
  if (fact->performance == NULL)
    return TRUE;
  if (fact->rule != NULL && is_state_word (fact->performance))
    return TRUE;

  return names_action (duty, fact->performance);
}

RpDutyState
rp_policy_duty_state (const RpPolicyRule *duty,
                      const RpPolicyRule *owner,
                      const RpPolicyFacts *facts)
{
  RpDutyState state = RP_DUTY_NOT_SET;

  for (guint i = 0; i < facts->duties->len; i++) {
    const RpDutyFact *fact = facts->duties->pdata[i];

    if (is_about (fact, duty, owner))
      state = MAX (state, fact->state);
  }

  return state;
}

static const RpPolicyRule *
find_violated (const RpPolicyRule *rule, const RpPolicyFacts *facts)
{
  for (guint i = 0; i < rule->duties->len; i++)
    if (rp_policy_duty_state (rule->duties->pdata[i], rule, facts) == RP_DUTY_VIOLATED)
      return rule->duties->pdata[i];

  return NULL;
}

static const RpPolicyConstraint *
find_undecided (GPtrArray *constraints, const RpPolicyFacts *facts)
{
  for (guint i = 0; i < constraints->len; i++)
    if (rp_policy_check_constraint (constraints->pdata[i], facts) == RP_POLICY_UNKNOWN)
      return constraints->pdata[i];

  return NULL;
}

static const RpPolicyConstraint *
find_undecided_refinement (GPtrArray *things, const RpPolicyFacts *facts)
{
  const RpPolicyConstraint *found = NULL;

  for (guint i = 0; found == NULL && i < things->len; i++)
    found = find_undecided (((RpPolicyThing *) things->pdata[i])->refinements, facts);

  return found;
}

static const RpPolicyConstraint *
find_open_question (const RpPolicyRule *rule, const RpPolicyFacts *facts)
{
  const RpPolicyConstraint *found = find_undecided (rule->constraints, facts);

  if (found == NULL)
    found = find_undecided_refinement (rule->actions, facts);
  if (found == NULL)
    found = find_undecided_refinement (rule->targets, facts);

  return found != NULL ? found : find_undecided_refinement (rule->assignees, facts);
}

static RpPolicyOutcome *
judge_rule (const RpPolicyRule *rule, const RpPolicyFacts *facts)
{
  RpPolicyOutcome *outcome = g_new0 (RpPolicyOutcome, 1);

  outcome->rule = rule;
  outcome->target = match_identity (rule->targets, facts->targets, facts->target_identity, facts);
  outcome->party = match_identity (rule->assignees, facts->parties, facts->party_identity, facts);
  outcome->action = match_things (rule->actions, facts->actions, facts->action_within, facts);
  outcome->constraints = rp_policy_check_constraints (rule->constraints, facts);
  outcome->activation = rp_policy_and (rp_policy_and (outcome->target, outcome->party),
                                       rp_policy_and (outcome->action, outcome->constraints));
  if (rule->kind == RP_POLICY_PERMISSION)
    outcome->violated = find_violated (rule, facts);
  if (outcome->violated != NULL)
    outcome->activation = RP_POLICY_UNSATISFIED;
  if (outcome->activation != RP_POLICY_SATISFIED)
    outcome->undecided = find_open_question (rule, facts);

  return outcome;
}

static guint
count_rules (const RpPolicyReport *report, RpPolicyKind kind, gboolean active_only)
{
  guint count = 0;

  for (guint i = 0; i < report->outcomes->len; i++) {
    const RpPolicyOutcome *outcome = report->outcomes->pdata[i];

    count +=
      outcome->rule->kind == kind && (!active_only || outcome->activation == RP_POLICY_SATISFIED);
  }

  return count;
}

static void
decide (RpPolicyReport *report, const RpPolicy *policy)
{
  guint permitted = count_rules (report, RP_POLICY_PERMISSION, TRUE);
  guint prohibited = count_rules (report, RP_POLICY_PROHIBITION, TRUE);

  report->conflict =
    permitted > 0 && prohibited > 0 && policy->conflict == RP_POLICY_CONFLICT_INVALID;
  if (prohibited > 0 && (permitted == 0 || policy->conflict != RP_POLICY_CONFLICT_PERM))
    report->decision = RP_POLICY_DENY;
  else if (permitted > 0)
    report->decision = RP_POLICY_PERMIT;
  else if (count_rules (report, RP_POLICY_PERMISSION, FALSE) > 0)
    report->decision = RP_POLICY_DENY;
}

RpPolicyReport *
rp_policy_judge (const RpPolicy *policy, const RpPolicyFacts *facts)
{
  RpPolicyReport *report = g_new0 (RpPolicyReport, 1);

  report->outcomes = g_ptr_array_new_with_free_func (g_free);
  g_return_val_if_fail (policy != NULL && facts != NULL, report);

  for (guint i = 0; i < policy->rules->len; i++)
    g_ptr_array_add (report->outcomes, judge_rule (policy->rules->pdata[i], facts));
  decide (report, policy);

  return report;
}

void
rp_policy_report_free (RpPolicyReport *report)
{
  g_ptr_array_unref (report->outcomes);
  g_free (report);
}
