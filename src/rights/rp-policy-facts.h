/* What a policy is judged by: the use that is asked for, and the state of the world. Made from the
 * JSON of `reprintctl rights evaluate`, or from a rights case. Plain struct, filled by its maker
 * and read by the judge; one thread at a time. Private to rights/, but for rp-policy-judge.h. */
#pragma once

#include "rp-policy.h"

G_BEGIN_DECLS

/* Whether a named asset or party is the one that is asked about, when no name says so. */
typedef enum {
  RP_POLICY_STRICT,  /* by name and membership only */
  RP_POLICY_ASSUMED, /* it is: the policy came with the asset */
  RP_POLICY_UNSURE,  /* nobody can tell */
} RpPolicyIdentity;

typedef enum {
  RP_DUTY_NOT_SET,
  RP_DUTY_FULFILLED,
  RP_DUTY_VIOLATED,
} RpDutyState;

typedef struct {
  char *rule;        /* IRI, may be NULL */
  char *performance; /* IRI or a word of state, may be NULL */
  RpDutyState state;
} RpDutyFact;

typedef struct {
  GPtrArray *actions; /* of char *: IRIs */
  GPtrArray *targets;
  GPtrArray *parties;
  RpPolicyIdentity target_identity;
  RpPolicyIdentity party_identity;
  GHashTable *values; /* IRI of a left operand -> GPtrArray of RpPolicyValue */
  GHashTable *within; /* thing -> GPtrArray of char *: what it directly belongs to */
  GHashTable *action_within;
  GPtrArray *duties; /* of RpDutyFact */
  guint requests;    /* how many uses the request asked for; only the first is judged */
} RpPolicyFacts;

RpPolicyFacts *rp_policy_facts_new (gint64 now);
/* `context` may be NULL: then the time is now and nothing else is known. Gives;
 * RP_ERROR_UNREADABLE. */
RpPolicyFacts *rp_policy_facts_new_from_json (RpPolicy *policy,
                                              JsonObject *request,
                                              JsonObject *context,
                                              gint64 now,
                                              GError **error);
void rp_policy_facts_free (RpPolicyFacts *facts);
void rp_policy_facts_add_text (RpPolicyFacts *facts, const char *operand, const char *text);
void rp_policy_facts_set (RpPolicyFacts *facts, const char *operand, GPtrArray *take_values);
void rp_policy_facts_add_part (GHashTable *within, const char *member, const char *collection);
/* What the policy itself says of parts and wholes. */
void rp_policy_facts_add_policy (RpPolicyFacts *facts, const RpPolicy *policy);
/* Whether `whole` can be reached from `part`; a thing reaches itself. */
gboolean rp_policy_facts_reach (GHashTable *within, const char *part, const char *whole);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpPolicyFacts, rp_policy_facts_free)

G_END_DECLS
