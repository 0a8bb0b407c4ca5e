/* What the readers of policies share. Private to core/. */
#pragma once

#include "rp-policy.h"

G_BEGIN_DECLS

#define RP_POLICY_MAX_DEPTH 24 /* of what names itself through references */
#define RP_POLICY_BUDGET 100000

void rp_policy_rule_free (gpointer rule);
void rp_policy_constraint_free (gpointer constraint);
void rp_policy_thing_free (gpointer thing);
void rp_policy_part_free (gpointer part);
RpPolicyRule *rp_policy_rule_new (RpPolicyKind kind);

/* The elements of a member, whether it is one or a list; gives, of JsonNode * lent. */
GPtrArray *rp_policy_list_elements (JsonObject *object, const char *member);
/* The IRI of a reference, of an object or of a plain string. Lends; NULL = none. */
const char *rp_policy_get_iri (JsonNode *node);
/* Where names and references are looked up. */
typedef struct {
  RpPolicyNames *names; /* lent */
  GHashTable *index;    /* lent: id -> JsonObject; NULL = no references */
  guint budget;         /* how much more may be read: references can multiply */
} RpPolicyScope;

RpPolicyConstraint *
rp_policy_read_constraint (RpPolicyScope *scope, JsonNode *node, const char *made_up, guint depth);
/* The definition that a reference stands for, or the object itself. Lends; NULL when it is only a
 * name. */
JsonObject *rp_policy_resolve (GHashTable *index, JsonNode *node);
GPtrArray *rp_policy_read_all_constraints (RpPolicyScope *scope,
                                           JsonObject *object,
                                           const char *member,
                                           const char *owner);
GPtrArray *
rp_policy_read_named_things (RpPolicyScope *scope, JsonObject *object, const char *member);

G_END_DECLS
