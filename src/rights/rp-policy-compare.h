/* One constraint of a policy against the facts: satisfied, not, or nobody can tell. Pure; any
 * thread. Private to rights/. */
#pragma once

#include "rp-policy-facts.h"

G_BEGIN_DECLS

typedef enum {
  RP_POLICY_UNSATISFIED,
  RP_POLICY_SATISFIED,
  RP_POLICY_UNKNOWN,
} RpPolicyState;

RpPolicyState rp_policy_and (RpPolicyState a, RpPolicyState b);
RpPolicyState rp_policy_or (RpPolicyState a, RpPolicyState b);

RpPolicyState
rp_policy_check_constraint (const RpPolicyConstraint *constraint, const RpPolicyFacts *facts);
/* All of them. */
RpPolicyState rp_policy_check_constraints (GPtrArray *constraints, const RpPolicyFacts *facts);

G_END_DECLS
