/* The evaluator of ODRL policies: which rules are active for a use, and what follows. Pure; any
 * thread. A question that the facts cannot answer stays open and is never answered in favour of the
 * use. */
#pragma once

#include "rp-policy-compare.h"
#include "rp-policy-facts.h"

G_BEGIN_DECLS

typedef enum {
  RP_POLICY_NOT_APPLICABLE,
  RP_POLICY_PERMIT,
  RP_POLICY_DENY,
} RpPolicyDecision;

/* What became of one rule. Premises that the rule does not state are satisfied. */
typedef struct {
  const RpPolicyRule *rule; /* lent from the policy */
  RpPolicyState target;
  RpPolicyState party;
  RpPolicyState action;
  RpPolicyState constraints;
  RpPolicyState activation;     /* satisfied = active; unknown = it depends on what is not known */
  const RpPolicyRule *violated; /* the duty that was violated; NULL = none */
  const RpPolicyConstraint *undecided; /* the first constraint that could not be decided */
} RpPolicyOutcome;

typedef struct {
  RpPolicyDecision decision;
  gboolean conflict;   /* active permissions and prohibitions, and no strategy that settles it */
  GPtrArray *outcomes; /* of RpPolicyOutcome, in the policy's order */
} RpPolicyReport;

RpPolicyReport *rp_policy_judge (const RpPolicy *policy, const RpPolicyFacts *facts);
void rp_policy_report_free (RpPolicyReport *report);
RpDutyState rp_policy_duty_state (const RpPolicyRule *duty,
                                  const RpPolicyRule *owner,
                                  const RpPolicyFacts *facts);
/* {"decision","rules":[…],"findings":[…]} as `reprintctl rights evaluate` prints it. Gives. */
JsonObject *rp_policy_report_to_json (const RpPolicyReport *report,
                                      const RpPolicy *policy,
                                      const RpPolicyFacts *facts);
/* Adds each moment at which the answer may change; of RpTurn. */
void rp_policy_add_turns (const RpPolicy *policy, GPtrArray *turns);
/* "the date is before or below 2018-01-01", for messages. Gives. */
char *rp_policy_describe_constraint (const RpPolicyConstraint *constraint);
/* The names of actions, targets or parties, as people read them. Gives. */
char *rp_policy_describe_things (GPtrArray *things);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpPolicyReport, rp_policy_report_free)

G_END_DECLS
