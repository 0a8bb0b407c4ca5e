/* A judged policy in words and as JSON. */
#include "rp-json.h"
#include "rp-policy-judge.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

static const char *
name_state (RpPolicyState state)
{
  return state == RP_POLICY_SATISFIED ? "Satisfied" : "Unsatisfied";
}

static void
append_name (GString *text, const char *name)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, name);
}

char *
rp_policy_describe_things (GPtrArray *things)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < things->len; i++) {
    const RpPolicyThing *thing = things->pdata[i];
    const char *iri = thing->iri != NULL ? thing->iri : thing->source;

    if (iri != NULL)
      append_name (text, g_str_has_prefix (iri, RP_ODRL_NS) ? rp_policy_word_tail (iri) : iri);
  }
  if (text->len == 0)
    g_string_append (text, _ ("something without a name"));

  return g_string_free (text, FALSE);
}

static char *
describe_values (GPtrArray *values, const char *unit)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < values->len; i++) {
    const RpPolicyValue *value = values->pdata[i];

    append_name (text, g_str_has_prefix (value->text, RP_ODRL_NS)
                         ? rp_policy_word_tail (value->text)
                         : value->text);
  }
  if (unit != NULL)
    g_string_append_printf (text, " %s", rp_policy_word_tail (unit));

  return g_string_free (text, FALSE);
}

char *
rp_policy_describe_constraint (const RpPolicyConstraint *constraint)
{
  g_autofree char *right = NULL;
  GString *text;

  if (constraint->logic == RP_POLICY_BROKEN)
    return g_strdup_printf (_ ("%s (incomplete)"), constraint->uid);
  if (constraint->logic != RP_POLICY_PLAIN)
    return g_strdup_printf (_ ("a combination of %u conditions"), constraint->parts->len);
  right = describe_values (constraint->right->len > 0 ? constraint->right : constraint->reference,
                           constraint->unit);
  text = g_string_new (rp_policy_operator_words (constraint->op));
  rp_text_replace (text, "{left}", rp_policy_left_operand_words (constraint->left));
  rp_text_replace (text, "{right}", right);

  return g_string_free (text, FALSE);
}

static void
add_finding (JsonArray *findings, const char *rule, const char *severity, char *take_message)
{
  g_autofree char *message = take_message;
  JsonObject *finding = json_object_new ();

  rp_json_set_string (finding, "rule", rule);
  json_object_set_string_member (finding, "severity", severity);
  json_object_set_string_member (finding, "message", message);
  json_array_add_object_element (findings, finding);
}

static char *
join_iris (GPtrArray *iris)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < iris->len; i++)
    append_name (text, iris->pdata[i]);
  if (text->len == 0)
    g_string_append (text, _ ("nothing"));

  return g_string_free (text, FALSE);
}

static void
explain_premises (JsonArray *findings, const RpPolicyOutcome *outcome, const RpPolicyFacts *facts)
{
  const RpPolicyRule *rule = outcome->rule;

  if (outcome->target != RP_POLICY_SATISFIED) {
    g_autofree char *stated = rp_policy_describe_things (rule->targets);
    g_autofree char *asked = join_iris (facts->targets);

    add_finding (
      findings, rule->uid, "info",
      g_strdup_printf (_ ("The rule is about %s, but the request is about %s."), stated, asked));
  }
  if (outcome->party != RP_POLICY_SATISFIED) {
    g_autofree char *stated = rp_policy_describe_things (rule->assignees);
    g_autofree char *asked = join_iris (facts->parties);

    add_finding (findings, rule->uid, "info",
                 g_strdup_printf (_ ("The rule is addressed to %s, but the request comes from %s."),
                                  stated, asked));
  }
  if (outcome->action != RP_POLICY_SATISFIED) {
    g_autofree char *stated = rp_policy_describe_things (rule->actions);
    g_autofree char *asked = join_iris (facts->actions);

    add_finding (
      findings, rule->uid, "info",
      g_strdup_printf (_ ("The rule is about the action %s as it is described there, but "
                          "the request asks for %s."),
                       stated, asked));
  }
}

static void
explain_constraints (JsonArray *findings, const RpPolicyRule *rule, const RpPolicyFacts *facts)
{
  for (guint i = 0; i < rule->constraints->len; i++) {
    const RpPolicyConstraint *constraint = rule->constraints->pdata[i];
    RpPolicyState state = rp_policy_check_constraint (constraint, facts);
    g_autofree char *words = NULL;

    if (state == RP_POLICY_SATISFIED)
      continue;
    words = rp_policy_describe_constraint (constraint);
    if (state == RP_POLICY_UNKNOWN)
      add_finding (findings, rule->uid, "warn",
                   g_strdup_printf (_ ("The condition “%s” cannot be decided: the context does not "
                                       "say enough about it, so it counts as not fulfilled."),
                                    words));
    else
      add_finding (findings, rule->uid, "info",
                   g_strdup_printf (_ ("The condition “%s” is not fulfilled."), words));
  }
}

static void
list_duties (JsonArray *findings,
             GPtrArray *duties,
             const RpPolicyRule *owner,
             const RpPolicyFacts *facts)
{
  for (guint i = 0; i < duties->len; i++) {
    const RpPolicyRule *duty = duties->pdata[i];
    RpDutyState state = rp_policy_duty_state (duty, owner, facts);
    g_autofree char *action = rp_policy_describe_things (duty->actions);

    if (state == RP_DUTY_VIOLATED)
      add_finding (findings, duty->uid, "block",
                   g_strdup_printf (_ ("The duty “%s” was violated."), action));
    else if (state == RP_DUTY_NOT_SET)
      add_finding (findings, duty->uid, "info",
                   g_strdup_printf (_ ("The duty “%s” has still to be fulfilled."), action));
    if (state == RP_DUTY_VIOLATED)
      list_duties (findings, duty->consequences, duty, facts);
  }
}

static void
explain_rule (JsonArray *findings, const RpPolicyOutcome *outcome, const RpPolicyFacts *facts)
{
  const RpPolicyRule *rule = outcome->rule;

  if (outcome->activation == RP_POLICY_SATISFIED || outcome->violated != NULL)
    list_duties (findings, rule->duties, rule, facts);
  if (outcome->activation == RP_POLICY_SATISFIED && rule->kind == RP_POLICY_PROHIBITION) {
    g_autofree char *action = rp_policy_describe_things (rule->actions);

    add_finding (findings, rule->uid, "block",
                 g_strdup_printf (_ ("The policy prohibits the action “%s” here."), action));
  }
  if (rule->kind == RP_POLICY_OBLIGATION &&
      rp_policy_duty_state (rule, rule, facts) == RP_DUTY_VIOLATED)
    list_duties (findings, rule->consequences, rule, facts);
  explain_premises (findings, outcome, facts);
  explain_constraints (findings, rule, facts);
}

static JsonArray *
write_findings (const RpPolicyReport *report, const RpPolicy *policy, const RpPolicyFacts *facts)
{
  JsonArray *findings = json_array_new ();

  for (guint i = 0; policy->missing != NULL && policy->missing[i] != NULL; i++)
    add_finding (findings, policy->uid, "warn",
                 g_strdup_printf (_ ("The policy inherits from %s, which is not at hand; put it "
                                     "into the same file so that its rules count too."),
                                  policy->missing[i]));
  if (facts->requests > 1)
    add_finding (findings, policy->uid, "warn",
                 g_strdup_printf (_ ("The request asks for %u things at once; only the first was "
                                     "judged."),
                                  facts->requests));
  if (report->conflict)
    add_finding (findings, policy->uid, "block",
                 g_strdup (_ ("The policy permits and prohibits the same use, and does not say "
                              "which of them wins.")));
  for (guint i = 0; i < report->outcomes->len; i++)
    explain_rule (findings, report->outcomes->pdata[i], facts);

  return findings;
}

static void
write_states (JsonObject *states, GPtrArray *constraints, const RpPolicyFacts *facts)
{
  for (guint i = 0; i < constraints->len; i++) {
    const RpPolicyConstraint *constraint = constraints->pdata[i];

    json_object_set_string_member (states, constraint->uid,
                                   name_state (rp_policy_check_constraint (constraint, facts)));
    write_states (states, constraint->parts, facts);
  }
}

static void
write_refinements (JsonObject *states, GPtrArray *things, const RpPolicyFacts *facts)
{
  for (guint i = 0; i < things->len; i++)
    write_states (states, ((RpPolicyThing *) things->pdata[i])->refinements, facts);
}

static JsonObject *
write_premises (const RpPolicyOutcome *outcome)
{
  JsonObject *premises = json_object_new ();

  if (outcome->rule->targets->len > 0)
    json_object_set_string_member (premises, "target", name_state (outcome->target));
  if (outcome->rule->assignees->len > 0)
    json_object_set_string_member (premises, "party", name_state (outcome->party));
  if (outcome->rule->actions->len > 0)
    json_object_set_string_member (premises, "action", name_state (outcome->action));

  return premises;
}

static JsonObject *
write_rule (const RpPolicyOutcome *outcome, const RpPolicyFacts *facts)
{
  const RpPolicyRule *rule = outcome->rule;
  JsonObject *object = json_object_new ();
  JsonObject *states = json_object_new ();

  json_object_set_string_member (object, "uid", rule->uid);
  json_object_set_string_member (object, "kind", rp_policy_kind_name (rule->kind));
  json_object_set_string_member (
    object, "activation", outcome->activation == RP_POLICY_SATISFIED ? "Active" : "Inactive");
  json_object_set_object_member (object, "premises", write_premises (outcome));
  write_states (states, rule->constraints, facts);
  write_refinements (states, rule->actions, facts);
  write_refinements (states, rule->targets, facts);
  write_refinements (states, rule->assignees, facts);
  json_object_set_object_member (object, "constraints", states);

  return object;
}

JsonObject *
rp_policy_report_to_json (const RpPolicyReport *report,
                          const RpPolicy *policy,
                          const RpPolicyFacts *facts)
{
  static const char *const decisions[] = {"not-applicable", "permit", "deny"};
  JsonObject *object = json_object_new ();
  JsonArray *rules = json_array_new ();

  g_return_val_if_fail (report != NULL && policy != NULL && facts != NULL, object);

  json_object_set_string_member (object, "decision", decisions[report->decision]);
  for (guint i = 0; i < report->outcomes->len; i++)
    json_array_add_object_element (rules, write_rule (report->outcomes->pdata[i], facts));
  json_object_set_array_member (object, "rules", rules);
  json_object_set_array_member (object, "findings", write_findings (report, policy, facts));

  return object;
}
