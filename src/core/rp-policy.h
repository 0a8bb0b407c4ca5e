/* An ODRL 2.2 policy as plain structs, after normalisation: compact forms are unfolded, inherited
 * rules are taken in, names are full IRIs, deprecated names are those of today. Read only after it
 * was made and shared by reference; any thread.
 *
 * A rule keeps its targets, parties and actions as lists: it stands for all combinations of them,
 * as the atomic rules of the information model do. */
#pragma once

#include <json-glib/json-glib.h>

#include "rp-policy-names.h"
#include "rp-policy-words.h"

G_BEGIN_DECLS

typedef struct {
  char *text;     /* an IRI in full, or the literal's words */
  char *type;     /* datatype IRI; NULL = none stated */
  char *language; /* NULL = none */
  char *unit;     /* a currency or measure; NULL = none */
  gboolean is_iri;
  gboolean is_number; /* was a JSON number */
} RpPolicyValue;

typedef enum {
  RP_POLICY_PLAIN,
  RP_POLICY_AND,
  RP_POLICY_OR,
  RP_POLICY_XONE,
  RP_POLICY_AND_SEQUENCE,
  RP_POLICY_BROKEN, /* incomplete, or of an unknown form: never satisfied */
} RpPolicyLogic;

typedef struct {
  char *uid; /* made up and stable when the policy gives none */
  RpPolicyLogic logic;
  GPtrArray *parts; /* of RpPolicyConstraint, for the logical kinds */
  char *left;       /* IRI */
  RpPolicyOperator op;
  GPtrArray *right;      /* of RpPolicyValue */
  GPtrArray *reference;  /* of RpPolicyValue: IRIs whose value stands for the right operand */
  char *unit;            /* IRI, NULL = none */
  RpPolicyValue *status; /* what the left operand already amounts to; NULL = not stated */
} RpPolicyConstraint;

/* A thing that a rule names: an asset, a party, an action. */
typedef struct {
  char *iri;              /* NULL = nameless, described by its refinements only */
  char *source;           /* of a collection; NULL = none */
  GPtrArray *refinements; /* of RpPolicyConstraint */
} RpPolicyThing;

typedef enum {
  RP_POLICY_PERMISSION,
  RP_POLICY_PROHIBITION,
  RP_POLICY_OBLIGATION,
  RP_POLICY_DUTY, /* of a permission; a remedy or a consequence */
} RpPolicyKind;

typedef struct {
  char *uid;
  RpPolicyKind kind;
  GPtrArray *actions; /* of RpPolicyThing; the lists are empty when the rule does not say */
  GPtrArray *targets;
  GPtrArray *assignees;
  GPtrArray *assigners;
  GPtrArray *others;       /* parties with another function: attributedParty, informedParty … */
  GPtrArray *constraints;  /* of RpPolicyConstraint; all of them have to be satisfied */
  GPtrArray *duties;       /* of RpPolicyRule: duties of a permission, remedies of a prohibition */
  GPtrArray *consequences; /* of RpPolicyRule */
} RpPolicyRule;

typedef enum {
  RP_POLICY_CONFLICT_INVALID,
  RP_POLICY_CONFLICT_PERM,
  RP_POLICY_CONFLICT_PROHIBIT,
} RpPolicyConflict;

/* A statement beside the rules: one thing lies within another. */
typedef struct {
  char *member;
  char *collection;
} RpPolicyPart;

typedef struct {
  char *uid;
  char *type; /* "Offer"; of the first policy when there are several */
  RpPolicyConflict conflict;
  GStrv profiles;
  GStrv missing;        /* parents (inheritFrom) that the document does not hold; NULL = none */
  GPtrArray *rules;     /* of RpPolicyRule: permissions, prohibitions, obligations */
  GPtrArray *parts;     /* of RpPolicyPart: partOf */
  GPtrArray *within;    /* of RpPolicyPart: includedIn of actions that are the policy's own */
  RpPolicyNames *names; /* prefixes of the document, for requests that lean on them */
  JsonNode *expanded;   /* the document as it was read, in full names */
  int references;
} RpPolicy;

/* JSON-LD: one policy, an array or an @graph of them. Gives; RP_ERROR_UNREADABLE. */
RpPolicy *rp_policy_new_from_json (JsonNode *document, GError **error);
/* JSON-LD or XML by its first character; a JSON string inside a JSON string too. Gives;
 * RP_ERROR_UNSUPPORTED for an address and for another rights language, RP_ERROR_UNREADABLE. */
RpPolicy *rp_policy_new_from_text (const char *text, GError **error);
/* The XML encoding of ODRL and RightsML as JSON-LD. Gives. */
JsonNode *rp_policy_xml_to_json (GBytes *bytes, GError **error);

RpPolicy *rp_policy_ref (RpPolicy *policy);
void rp_policy_unref (RpPolicy *policy);

/* For readers of requests and contexts, which hold the same forms. Values of one expanded node: a
 * list is several. Gives; of RpPolicyValue. */
GPtrArray *rp_policy_read_values (JsonNode *node);
GPtrArray *rp_policy_read_things (JsonObject *object, const char *member);
void rp_policy_value_free (gpointer value);
RpPolicyValue *rp_policy_value_copy (const RpPolicyValue *value);
const char *rp_policy_kind_name (RpPolicyKind kind); /* "permission"; lends */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpPolicy, rp_policy_unref)

G_END_DECLS
