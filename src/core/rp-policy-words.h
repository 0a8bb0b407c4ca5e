/* The words of ODRL 2.2: which action lies within which, the comparisons, the older names that mean
 * the same, and the codes of countries. Static tables; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RP_ODRL_NS "http://www.w3.org/ns/odrl/2/"
#define RP_ODRL_CONTEXT "http://www.w3.org/ns/odrl.jsonld"
#define RP_CC_NS "http://creativecommons.org/ns#"
#define RP_TDM_NS "http://www.w3.org/ns/tdmrep#"
#define RP_REPRINT_NS "https://reprint.app/ns/odrl#" /* our own profile */

typedef enum {
  RP_POLICY_OP_UNKNOWN,
  RP_POLICY_OP_EQ,
  RP_POLICY_OP_NEQ,
  RP_POLICY_OP_LT,
  RP_POLICY_OP_LTEQ,
  RP_POLICY_OP_GT,
  RP_POLICY_OP_GTEQ,
  RP_POLICY_OP_IS_A,
  RP_POLICY_OP_HAS_PART,
  RP_POLICY_OP_IS_PART_OF,
  RP_POLICY_OP_IS_ALL_OF,
  RP_POLICY_OP_IS_ANY_OF,
  RP_POLICY_OP_IS_NONE_OF,
} RpPolicyOperator;

RpPolicyOperator rp_policy_operator_from_name (const char *iri);
/* "{left} is at most {right}", translated; lends. */
const char *rp_policy_operator_words (RpPolicyOperator op);
/* "the date", translated; the name itself for what has no words. Lends. */
const char *rp_policy_left_operand_words (const char *iri);

/* The action that this one is included in, as an IRI; NULL for a root and for what is not ODRL's.
 * Lends. */
const char *rp_policy_action_parent (const char *iri);
/* The name of today for a deprecated action, operand or party; else the same IRI. Lends. */
const char *rp_policy_word_current (const char *iri);
/* Whether a bare word is a term of ODRL, so that another vocabulary's default does not catch it. */
gboolean rp_policy_word_is_known (const char *word);
/* Whether the strings of a member are references to things. */
gboolean rp_policy_member_is_link (const char *member);
/* What people read: "distribute" of an IRI; the part after the last of # / :. Lends. */
const char *rp_policy_word_tail (const char *iri);

/* "DE" for "urn:iso:3166:DE", "http://cvx.iptc.org/iso3166-1a3/DEU", "deu"; NULL when it is no
 * country's code in a form that is in use. Gives. */
char *rp_policy_country (const char *text);
/* Whether the country (two letters) is a member of the European Union. */
gboolean rp_policy_country_is_eu (const char *code);

G_END_DECLS
