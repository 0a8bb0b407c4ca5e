/* When the answer of a policy becomes another one: every date that it names. */
#include "rp-policy-judge.h"
#include "rp-time.h"
#include "rp-turn.h"

#include <string.h>

/* A plain date is the whole day: what holds "until it and with it" ends a day later. */
static gint64
get_boundary (const RpPolicyConstraint *constraint, const RpPolicyValue *value)
{
  gint64 instant = rp_time_instant (value->text);
  gboolean is_day = strlen (value->text) == strlen ("2026-01-01");
  gboolean is_with_it = constraint->op == RP_POLICY_OP_LTEQ || constraint->op == RP_POLICY_OP_GT;

  return instant != RP_TIME_NONE && is_day && is_with_it ? instant + RP_TIME_DAY : instant;
}

static void
add_moment (GPtrArray *turns, const RpPolicyConstraint *constraint, gboolean permits)
{
  gboolean ends = constraint->op == RP_POLICY_OP_LT || constraint->op == RP_POLICY_OP_LTEQ;

  for (guint i = 0; i < constraint->right->len; i++) {
    gint64 at = get_boundary (constraint, constraint->right->pdata[i]);

    if (at != RP_TIME_NONE)
      g_ptr_array_add (
        turns, rp_turn_new (at, ends == permits ? RP_TURN_LICENCE_ENDS : RP_TURN_LICENCE_BEGINS));
  }
}

static void
add_moments (GPtrArray *turns, GPtrArray *constraints, gboolean permits)
{
  for (guint i = 0; i < constraints->len; i++) {
    const RpPolicyConstraint *constraint = constraints->pdata[i];

    if (g_strcmp0 (constraint->left, RP_ODRL_NS "dateTime") == 0)
      add_moment (turns, constraint, permits);
    add_moments (turns, constraint->parts, permits);
  }
}

void
rp_policy_add_turns (const RpPolicy *policy, GPtrArray *turns)
{
  for (guint i = 0; i < policy->rules->len; i++) {
    const RpPolicyRule *rule = policy->rules->pdata[i];

    add_moments (turns, rule->constraints, rule->kind != RP_POLICY_PROHIBITION);
  }
}
