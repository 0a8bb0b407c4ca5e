/* What an ODRL policy says to this partner: the article's own, and the one that the agreement keeps
 * because no profile can say it. A site is asked about once for each of its territories and
 * channels: it needs permission for all of them, and one prohibition is enough. */
#include "rp-policy-judge.h"
#include "rp-rule.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

#define MAX_PLACES 400

/* One policy, and where it stands. */
typedef struct {
  const RpPolicy *policy; /* lent */
  gboolean is_article;
} Source;

/* What came of it. Rules and constraints are lent from the policy. */
typedef struct {
  RpPolicyState permitted;
  gboolean has_permissions;
  const RpPolicyRule *prohibition;     /* an active one; NULL = none */
  const RpPolicyConstraint *undecided; /* what cannot be told; NULL = nothing */
  const char *unsure_party;            /* to whom the policy speaks, if that may be somebody else */
  gboolean too_many;
} Answer;

/* Publishing has several names; a permission of any of them is enough. */
static const char *const publishing[] = {
  RP_ODRL_NS "distribute", RP_ODRL_NS "present", RP_ODRL_NS "display",
  RP_CC_NS "Distribution", RP_CC_NS "Sharing",   NULL,
};

static void
add_action (RpPolicyFacts *facts, const char *action, gboolean happens)
{
  if (happens)
    g_ptr_array_add (facts->actions, g_strdup (action));
}

static void
add_publishing (RpPolicyFacts *facts, const RpRightsCase *rights_case)
{
  for (guint i = 0; publishing[i] != NULL; i++)
    add_action (facts, publishing[i], TRUE);
  add_action (facts, RP_ODRL_NS "print", rp_rights_case_is_print_only (rights_case));
}

/* What publishing there also comes to, and may be prohibited by itself. */
static void
add_side_effects (RpPolicyFacts *facts, const RpRightsCase *rights_case)
{
  const RpCaseEndpoint *endpoint = &rights_case->endpoint;
  RpBodyEdit body = rights_case->edits.body;

  add_action (facts, RP_ODRL_NS "reproduce", TRUE);
  add_action (facts, RP_ODRL_NS "print", rp_rule_lists (endpoint->channels, "print"));
  add_action (facts, RP_CC_NS "CommercialUse", endpoint->commercial == RP_FLAG_YES);
  add_action (facts, RP_TDM_NS "mine", endpoint->feeds_ai_training == RP_FLAG_YES);
  add_action (facts, RP_ODRL_NS "modify",
              body == RP_BODY_REWRITTEN || body == RP_BODY_STYLE ||
                rights_case->edits.headline_changed);
  add_action (facts, RP_ODRL_NS "translate", body == RP_BODY_TRANSLATED);
  add_action (facts, RP_ODRL_NS "extract", body == RP_BODY_SHORTENED);
  add_action (facts, RP_ODRL_NS "derive", body == RP_BODY_REWRITTEN || body == RP_BODY_TRANSLATED);
  add_action (facts, RP_ODRL_NS "index",
              endpoint->indexable == RP_FLAG_YES && rights_case->output.noindex == RP_FLAG_NO);
  /* Who cannot take it down keeps it. */
  add_action (facts, RP_ODRL_NS "archive", endpoint->can_unpublish == RP_FLAG_NO);
  if (endpoint->can_unpublish == RP_FLAG_NO)
    rp_policy_facts_add_text (facts, RP_ODRL_NS "elapsedTime", "P1000Y");
}

static gboolean
names_thing (const RpPolicy *policy, GPtrArray *asked, gboolean targets)
{
  for (guint i = 0; i < policy->rules->len; i++) {
    const RpPolicyRule *rule = policy->rules->pdata[i];
    GPtrArray *things = targets ? rule->targets : rule->assignees;

    for (guint k = 0; k < things->len; k++)
      for (guint n = 0; n < asked->len; n++)
        if (g_strcmp0 (((RpPolicyThing *) things->pdata[k])->iri, asked->pdata[n]) == 0)
          return TRUE;
  }

  return FALSE;
}

static RpPolicyFacts *
make_facts (const RpPolicy *policy, const RpRightsCase *rights_case)
{
  const RpCaseEndpoint *endpoint = &rights_case->endpoint;
  RpPolicyFacts *facts = rp_policy_facts_new (rights_case->at);
  const char *names[] = {endpoint->id, endpoint->name};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i] != NULL) {
      g_ptr_array_add (facts->parties, g_strdup (names[i]));
      rp_policy_facts_add_text (facts, RP_ODRL_NS "recipient", names[i]);
    }
  if (rights_case->article.canonical_url != NULL)
    g_ptr_array_add (facts->targets, g_strdup (rights_case->article.canonical_url));
  facts->target_identity =
    names_thing (policy, facts->targets, TRUE) ? RP_POLICY_STRICT : RP_POLICY_ASSUMED;
  facts->party_identity =
    names_thing (policy, facts->parties, FALSE) ? RP_POLICY_STRICT : RP_POLICY_UNSURE;
  if (rights_case->uses_total >= 0) {
    g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, rights_case->uses_total + 1);

    rp_policy_facts_add_text (facts, RP_ODRL_NS "count", count);
  }
  rp_policy_facts_add_policy (facts, policy);

  return facts;
}

static void
add_place (GPtrArray *places, const char *place)
{
  if (!g_ptr_array_find_with_equal_func (places, place, g_str_equal, NULL) &&
      places->len <= MAX_PLACES)
    g_ptr_array_add (places, g_strdup (place));
}

/* Places that a condition names, as far as they lie within the partner's. */
static void
add_named_places (GPtrArray *places, GPtrArray *constraints, gboolean everywhere, gboolean in_eu)
{
  for (guint i = 0; i < constraints->len; i++) {
    const RpPolicyConstraint *constraint = constraints->pdata[i];

    add_named_places (places, constraint->parts, everywhere, in_eu);
    if (g_strcmp0 (constraint->left, RP_ODRL_NS "spatial") != 0)
      continue;
    for (guint k = 0; k < constraint->right->len; k++) {
      const RpPolicyValue *value = constraint->right->pdata[k];
      g_autofree char *country = rp_policy_country (value->text);

      if (everywhere || (in_eu && country != NULL && rp_policy_country_is_eu (country)))
        add_place (places, country != NULL ? country : value->text);
    }
  }
}

/* The partner's territories; "everywhere" also stands for each place that the policy names. */
static GPtrArray *
list_places (const RpPolicy *policy, GStrv territories)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (g_free);
  gboolean everywhere = rp_rule_lists (territories, "*");
  gboolean in_eu = rp_rule_lists (territories, "EU");

  for (guint i = 0; territories != NULL && territories[i] != NULL; i++)
    add_place (places, territories[i]);
  for (guint i = 0; (everywhere || in_eu) && i < policy->rules->len; i++)
    add_named_places (places, ((RpPolicyRule *) policy->rules->pdata[i])->constraints, everywhere,
                      in_eu);
  if (places->len == 0)
    g_ptr_array_add (places, NULL);

  return places;
}

static void
set_value (RpPolicyFacts *facts, const char *operand, const char *text)
{
  g_hash_table_remove (facts->values, operand);
  if (text != NULL)
    rp_policy_facts_add_text (facts, operand, text);
}

/* The agreement on machines says nothing about readers. */
static gboolean
is_about_machines (const RpPolicyRule *rule)
{
  for (guint i = 0; i < rule->actions->len; i++) {
    const char *iri = ((RpPolicyThing *) rule->actions->pdata[i])->iri;

    if (iri == NULL || !g_str_has_prefix (iri, "http://www.w3.org/ns/tdmrep"))
      return FALSE;
  }

  return rule->actions->len > 0;
}

static void
note_open_question (Answer *answer, const RpPolicyOutcome *outcome)
{
  const RpPolicyRule *rule = outcome->rule;

  if (answer->undecided == NULL)
    answer->undecided = outcome->undecided;
  if (outcome->party == RP_POLICY_UNKNOWN && rule->assignees->len > 0 &&
      answer->unsure_party == NULL)
    answer->unsure_party = ((RpPolicyThing *) rule->assignees->pdata[0])->iri;
}

static RpPolicyState
ask_permissions (const RpPolicyReport *report, Answer *answer)
{
  RpPolicyState state = RP_POLICY_UNSATISFIED;

  for (guint i = 0; i < report->outcomes->len; i++) {
    const RpPolicyOutcome *outcome = report->outcomes->pdata[i];

    if (outcome->rule->kind != RP_POLICY_PERMISSION || is_about_machines (outcome->rule))
      continue;
    answer->has_permissions = TRUE;
    state = rp_policy_or (state, outcome->activation);
  }
  for (guint i = 0; state == RP_POLICY_UNKNOWN && i < report->outcomes->len; i++) {
    const RpPolicyOutcome *outcome = report->outcomes->pdata[i];

    if (outcome->rule->kind == RP_POLICY_PERMISSION && outcome->activation == RP_POLICY_UNKNOWN)
      note_open_question (answer, outcome);
  }

  return state;
}

static void
ask_prohibitions (const RpPolicyReport *report, Answer *answer)
{
  for (guint i = 0; i < report->outcomes->len; i++) {
    const RpPolicyOutcome *outcome = report->outcomes->pdata[i];

    if (outcome->rule->kind != RP_POLICY_PROHIBITION)
      continue;
    if (outcome->activation == RP_POLICY_SATISFIED && answer->prohibition == NULL)
      answer->prohibition = outcome->rule;
    else if (outcome->activation == RP_POLICY_UNKNOWN)
      note_open_question (answer, outcome);
  }
}

/* One place and one channel. */
static void
ask_once (const RpPolicy *policy, RpPolicyFacts *allowed, RpPolicyFacts *denied, Answer *answer)
{
  g_autoptr (RpPolicyReport) permissions = rp_policy_judge (policy, allowed);
  g_autoptr (RpPolicyReport) prohibitions = rp_policy_judge (policy, denied);
  RpPolicyState permitted = ask_permissions (permissions, answer);

  answer->permitted = rp_policy_and (answer->permitted, permitted);
  if (permitted != RP_POLICY_SATISFIED || policy->conflict != RP_POLICY_CONFLICT_PERM)
    ask_prohibitions (prohibitions, answer);
}

static Answer
ask (const RpPolicy *policy, const RpRightsCase *rights_case)
{
  Answer answer = {.permitted = RP_POLICY_SATISFIED};
  g_autoptr (RpPolicyFacts) allowed = make_facts (policy, rights_case);
  g_autoptr (RpPolicyFacts) denied = make_facts (policy, rights_case);
  g_autoptr (GPtrArray) places = list_places (policy, rights_case->endpoint.territories);
  GStrv channels = rights_case->endpoint.channels;
  guint n_channels = channels != NULL ? MIN (g_strv_length (channels), 16) : 0;

  add_publishing (allowed, rights_case);
  add_publishing (denied, rights_case);
  add_side_effects (denied, rights_case);
  answer.too_many = places->len > MAX_PLACES;
  for (guint i = 0; i < places->len; i++)
    for (guint k = 0; k < MAX (n_channels, 1); k++) {
      const char *channel = n_channels > 0 ? channels[k] : NULL;

      set_value (allowed, RP_ODRL_NS "spatial", places->pdata[i]);
      set_value (denied, RP_ODRL_NS "spatial", places->pdata[i]);
      set_value (allowed, RP_ODRL_NS "deliveryChannel", channel);
      set_value (denied, RP_ODRL_NS "deliveryChannel", channel);
      ask_once (policy, allowed, denied, &answer);
    }

  return answer;
}

static guint
list_sources (const RpRightsCase *rights_case, Source *sources)
{
  guint count = 0;

  if (rights_case->article.parsed_policy != NULL)
    sources[count++] = (Source){rights_case->article.parsed_policy, TRUE};
  if (rights_case->licence_policy != NULL)
    sources[count++] = (Source){rights_case->licence_policy, FALSE};

  return count;
}

static void
set_evidence (RpFinding *finding, const Source *source, const RpPolicyRule *rule)
{
  const char *uid = rule != NULL ? rule->uid : source->policy->uid;

  g_free (finding->evidence);
  if (source->is_article)
    finding->evidence = g_strdup_printf (_ ("the article's own policy: %s"),
                                         uid != NULL ? uid : _ ("it has no name"));
  else
    finding->evidence =
      g_strdup_printf (_ ("the agreement: %s"), uid != NULL ? uid : _ ("it has no name"));
}

static RpVerdict
judge_prohibition (const RpRightsCase *rights_case, RpFinding *finding)
{
  Source sources[2];
  guint count = list_sources (rights_case, sources);

  if (count == 0 || rp_rights_case_has_approval (rights_case, "policy"))
    return RP_VERDICT_ALLOW;

  for (guint i = 0; i < count; i++) {
    Answer answer = ask (sources[i].policy, rights_case);
    g_autofree char *action = NULL;

    if (answer.prohibition == NULL)
      continue;
    action = rp_policy_describe_things (answer.prohibition->actions);
    set_evidence (finding, &sources[i], answer.prohibition);
    rp_rule_offer_asking (finding, "policy");

    return rp_rule_deny (finding, "policy",
                         _ ("The policy prohibits “%s”, and publishing at %s comes to that."),
                         action, rp_rights_case_get_endpoint_name (rights_case));
  }

  return RP_VERDICT_ALLOW;
}

static RpVerdict
ask_person (RpFinding *finding)
{
  rp_finding_set_fix (finding, RP_FIX_RECORD_APPROVAL, _ ("Record Permission…"), "policy");

  return RP_VERDICT_ASK;
}

static RpVerdict
judge_open_answer (const RpRightsCase *rights_case,
                   const Source *source,
                   const Answer *answer,
                   RpFinding *finding)
{
  const char *name = rp_rights_case_get_endpoint_name (rights_case);
  g_autofree char *condition =
    answer->undecided != NULL ? rp_policy_describe_constraint (answer->undecided) : NULL;

  set_evidence (finding, source, NULL);
  if (condition != NULL)
    rp_rule_ask (finding, "policy",
                 _ ("The policy has a condition that cannot be checked for %s: %s. Read it, and "
                    "record the permission if it is met."),
                 name, condition);
  else if (answer->unsure_party != NULL)
    rp_rule_ask (finding, "policy",
                 _ ("The policy is addressed to %s. Check that this covers %s, and record the "
                    "permission if it does."),
                 answer->unsure_party, name);
  else if (answer->too_many)
    rp_rule_ask (finding, "policy",
                 _ ("The policy names so many places that not all could be checked for %s. Read "
                    "it, and record the permission if it is met."),
                 name);
  else
    rp_rule_ask (finding, "policy",
                 _ ("The policy inherits from %s, which is not at hand. Read that policy, too, and "
                    "record the permission if it is met."),
                 source->policy->missing[0]);

  return ask_person (finding);
}

static RpVerdict
judge_open (const RpRightsCase *rights_case, RpFinding *finding)
{
  Source sources[2];
  guint count = list_sources (rights_case, sources);

  if ((count == 0 && rights_case->article.policy_error == NULL) ||
      rp_rights_case_has_approval (rights_case, "policy"))
    return RP_VERDICT_ALLOW;
  if (rights_case->article.policy_error != NULL) {
    rp_rule_ask (finding, "policy",
                 _ ("A policy that came with it cannot be read: %s. Ask the owner what it "
                    "allows, and record the permission."),
                 rights_case->article.policy_error);
    return ask_person (finding);
  }
  for (guint i = 0; i < count; i++) {
    Answer answer = ask (sources[i].policy, rights_case);
    gboolean blocked = answer.prohibition != NULL ||
                       (answer.has_permissions && answer.permitted == RP_POLICY_UNSATISFIED);

    if (!blocked && (answer.undecided != NULL || answer.unsure_party != NULL || answer.too_many ||
                     sources[i].policy->missing != NULL))
      return judge_open_answer (rights_case, &sources[i], &answer, finding);
  }

  return RP_VERDICT_ALLOW;
}

static void
add_duty_names (GString *text, GPtrArray *duties)
{
  for (guint i = 0; i < duties->len; i++) {
    const RpPolicyRule *duty = duties->pdata[i];
    g_autofree char *name = rp_policy_describe_things (duty->actions);
    g_autofree char *whom = duty->others->len > 0 ? rp_policy_describe_things (duty->others) : NULL;

    if (text->len > 0)
      g_string_append (text, ", ");
    g_string_append (text, name);
    if (whom != NULL)
      g_string_append_printf (text, " (%s)", whom);
  }
}

static char *
dup_duties (const RpPolicy *policy)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) obligations = g_ptr_array_new ();

  for (guint i = 0; i < policy->rules->len; i++) {
    RpPolicyRule *rule = policy->rules->pdata[i];

    if (rule->kind == RP_POLICY_PERMISSION)
      add_duty_names (text, rule->duties);
    else if (rule->kind == RP_POLICY_OBLIGATION)
      g_ptr_array_add (obligations, rule);
  }
  add_duty_names (text, obligations);

  return g_string_free (text, FALSE);
}

static RpVerdict
judge_duties (const RpRightsCase *rights_case, RpFinding *finding)
{
  Source sources[2];
  guint count = list_sources (rights_case, sources);

  for (guint i = 0; i < count; i++) {
    g_autofree char *duties = dup_duties (sources[i].policy);

    if (*duties == '\0')
      continue;
    set_evidence (finding, &sources[i], NULL);

    return rp_rule_oblige (finding, "policy", _ ("The policy comes with duties: %s."), duties);
  }

  return RP_VERDICT_ALLOW;
}

static RpVerdict
judge_permission (const RpRightsCase *rights_case, RpFinding *finding)
{
  Source sources[2];
  guint count = list_sources (rights_case, sources);

  if (count == 0 || rp_rights_case_has_approval (rights_case, "policy"))
    return RP_VERDICT_ALLOW;

  for (guint i = 0; i < count; i++) {
    Answer answer = ask (sources[i].policy, rights_case);

    if (!answer.has_permissions || answer.permitted != RP_POLICY_UNSATISFIED)
      continue;
    set_evidence (finding, &sources[i], NULL);
    rp_rule_offer_asking (finding, "policy");

    return rp_rule_deny (finding, "policy",
                         _ ("None of the permissions in the policy covers %s with its territories "
                            "and channels at that time."),
                         rp_rights_case_get_endpoint_name (rights_case));
  }

  return RP_VERDICT_ALLOW;
}

const RpRule rp_rule_L801 = {
  .id = "L801",
  .title = N_ ("Not prohibited by a policy"),
  .judge = judge_prohibition,
};

const RpRule rp_rule_L802 = {
  .id = "L802",
  .title = N_ ("Conditions of a policy can be checked"),
  .judge = judge_open,
};

const RpRule rp_rule_L803 = {
  .id = "L803",
  .title = N_ ("Duties of a policy"),
  .judge = judge_duties,
};

const RpRule rp_rule_L804 = {
  .id = "L804",
  .title = N_ ("Permitted by a policy"),
  .judge = judge_permission,
};
