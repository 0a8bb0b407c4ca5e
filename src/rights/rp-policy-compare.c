#include "rp-policy-compare.h"

#include "rp-policy-moment.h"

#include <string.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

/* What is compared, beside the values. */
typedef struct {
  const RpPolicyConstraint *constraint;
  const RpPolicyFacts *facts;
  gboolean is_moment;
  gboolean is_spatial;
  gboolean is_loose; /* "web" and ".../channel/web" are the same */
  gboolean is_language;
} Comparison;

RpPolicyState
rp_policy_and (RpPolicyState a, RpPolicyState b)
{
  if (a == RP_POLICY_UNSATISFIED || b == RP_POLICY_UNSATISFIED)
    return RP_POLICY_UNSATISFIED;

  return a == RP_POLICY_UNKNOWN ? a : b;
}

RpPolicyState
rp_policy_or (RpPolicyState a, RpPolicyState b)
{
  if (a == RP_POLICY_SATISFIED || b == RP_POLICY_SATISFIED)
    return RP_POLICY_SATISFIED;

  return a == RP_POLICY_UNKNOWN ? a : b;
}

static RpPolicyState
negate (RpPolicyState state)
{
  if (state == RP_POLICY_UNKNOWN)
    return state;

  return state == RP_POLICY_SATISFIED ? RP_POLICY_UNSATISFIED : RP_POLICY_SATISFIED;
}

static RpPolicyState
from_boolean (gboolean satisfied)
{
  return satisfied ? RP_POLICY_SATISFIED : RP_POLICY_UNSATISFIED;
}

/* "…/resource/Euro" and "EUR" are one currency. */
static const char *
get_unit_word (const char *unit)
{
  static const char *const same[][2] = {
    {"Euro", "EUR"},         {"United_States_dollar", "USD"}, {"US_dollar", "USD"},
    {"Dollar", "USD"},       {"Pound_sterling", "GBP"},       {"Sterling", "GBP"},
    {"Japanese_yen", "JPY"}, {"Swiss_franc", "CHF"},
  };
  const char *tail = rp_policy_word_tail (unit);

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    if (g_ascii_strcasecmp (tail, same[i][0]) == 0)
      return same[i][1];

  return tail;
}

static gboolean
is_same_unit (const char *a, const char *b)
{
  return a == NULL || b == NULL || g_ascii_strcasecmp (get_unit_word (a), get_unit_word (b)) == 0;
}

static gboolean
read_number (const RpPolicyValue *value, double *out)
{
  const char *text = value->text;
  char *end;

  if (value->is_iri || *text == '\0' || strspn (text, "0123456789+-.eE") != strlen (text))
    return FALSE;
  *out = g_ascii_strtod (text, &end);

  return *end == '\0' && end != text;
}

static gboolean
is_typed (const RpPolicyValue *value, const char *type)
{
  return g_strcmp0 (value->type, type) == 0;
}

static gboolean
is_moment_type (const RpPolicyValue *value)
{
  static const char *const types[] = {
    XSD "dateTime", XSD "date",       XSD "time", XSD "dateTimeStamp",
    XSD "gYear",    XSD "gYearMonth", NULL,
  };

  return value->type != NULL && g_strv_contains (types, value->type);
}

static gboolean
are_moments (const Comparison *comparison, const RpPolicyValue *left, const RpPolicyValue *right)
{
  if (left->is_iri || right->is_iri)
    return FALSE;

  return comparison->is_moment || is_moment_type (left) || is_moment_type (right) ||
         (rp_policy_is_moment (left->text) && rp_policy_is_moment (right->text));
}

/* -1, 0, 1, or RP_ORDER_NONE. Strings have an order among themselves, things have none. */
static int
order_values (const Comparison *comparison, const RpPolicyValue *left, const RpPolicyValue *right)
{
  gboolean text_only = is_typed (left, XSD "string") || is_typed (right, XSD "string");
  double a;
  double b;
  int order;

  if (are_moments (comparison, left, right))
    return rp_policy_compare_moments (left->text, right->text);
  if (!text_only && read_number (left, &a) && read_number (right, &b))
    return a < b ? -1 : a > b;
  if (!text_only && rp_policy_is_duration (left->text) && rp_policy_is_duration (right->text))
    return rp_policy_compare_durations (left->text, right->text);
  if (left->is_iri || right->is_iri || left->is_number || right->is_number ||
      (!text_only && (read_number (left, &a) || read_number (right, &b))))
    return RP_ORDER_NONE;
  order = strcmp (left->text, right->text);

  return order < 0 ? -1 : order > 0;
}

static gboolean
is_same_country (const RpPolicyValue *left, const RpPolicyValue *right)
{
  g_autofree char *a = rp_policy_country (left->text);
  g_autofree char *b = rp_policy_country (right->text);

  if (a == NULL || b == NULL)
    return FALSE;

  return g_str_equal (a, b) || (g_str_equal (b, "EU") && rp_policy_country_is_eu (a));
}

static gboolean
is_same_word (const RpPolicyValue *left, const RpPolicyValue *right)
{
  const char *a = rp_policy_word_tail (left->text);
  const char *b = rp_policy_word_tail (right->text);

  return (a == left->text || b == right->text) && g_ascii_strcasecmp (a, b) == 0;
}

static gboolean
is_same_boolean (const RpPolicyValue *left, const RpPolicyValue *right)
{
  gboolean a = g_str_equal (left->text, "true") || g_str_equal (left->text, "1");
  gboolean b = g_str_equal (right->text, "true") || g_str_equal (right->text, "1");

  return a == b;
}

static gboolean
is_same_text (const Comparison *comparison, const RpPolicyValue *left, const RpPolicyValue *right)
{
  if (left->language != NULL && right->language != NULL &&
      g_ascii_strcasecmp (left->language, right->language) != 0)
    return FALSE;
  if (is_typed (left, XSD "boolean") || is_typed (right, XSD "boolean"))
    return is_same_boolean (left, right);
  if (comparison->is_language)
    return g_ascii_strcasecmp (left->text, right->text) == 0;

  return g_str_equal (left->text, right->text);
}

static RpPolicyState
equal_values (const Comparison *comparison, const RpPolicyValue *left, const RpPolicyValue *right)
{
  const char *unit = right->unit != NULL ? right->unit : comparison->constraint->unit;
  int order;

  if (!is_same_unit (left->unit, unit))
    return RP_POLICY_UNKNOWN;
  if (is_same_text (comparison, left, right) ||
      (comparison->is_spatial && is_same_country (left, right)) ||
      (comparison->is_loose && is_same_word (left, right)))
    return RP_POLICY_SATISFIED;
  if (comparison->is_moment && rp_policy_compare_moments (left->text, right->text) == RP_ORDER_NONE)
    return RP_POLICY_UNKNOWN;
  order = left->language == NULL && right->language == NULL ? order_values (comparison, left, right)
                                                            : RP_ORDER_NONE;

  return from_boolean (order == 0);
}

/* The left value lies within the right one, or is of its kind. A thing is within itself. */
static RpPolicyState
within_value (const Comparison *comparison, const RpPolicyValue *left, const RpPolicyValue *right)
{
  gsize length = strlen (right->text);

  if (equal_values (comparison, left, right) == RP_POLICY_SATISFIED ||
      rp_policy_facts_reach (comparison->facts->within, left->text, right->text))
    return RP_POLICY_SATISFIED;
  if (left->type != NULL && g_str_equal (left->type, right->text))
    return RP_POLICY_SATISFIED;

  return from_boolean (comparison->is_language &&
                       g_ascii_strncasecmp (left->text, right->text, length) == 0 &&
                       left->text[length] == '-');
}

typedef RpPolicyState (*Test) (const Comparison *comparison,
                               const RpPolicyValue *left,
                               const RpPolicyValue *right);

/* Any of the values passes the test against the one. */
static RpPolicyState
any_passes (const Comparison *comparison, GPtrArray *values, Test test, const RpPolicyValue *right)
{
  RpPolicyState state = RP_POLICY_UNSATISFIED;

  for (guint i = 0; i < values->len; i++)
    state = rp_policy_or (state, test (comparison, values->pdata[i], right));

  return state;
}

static RpPolicyState
any_accepts (const Comparison *comparison, const RpPolicyValue *left, Test test, GPtrArray *values)
{
  RpPolicyState state = RP_POLICY_UNSATISFIED;

  for (guint i = 0; i < values->len; i++)
    state = rp_policy_or (state, test (comparison, left, values->pdata[i]));

  return state;
}

/* Every left value has a right one. */
static RpPolicyState
all_left (const Comparison *comparison, GPtrArray *left, Test test, GPtrArray *right)
{
  RpPolicyState state = RP_POLICY_SATISFIED;

  for (guint i = 0; i < left->len; i++)
    state = rp_policy_and (state, any_accepts (comparison, left->pdata[i], test, right));

  return state;
}

/* Every right value has a left one. */
static RpPolicyState
all_right (const Comparison *comparison, GPtrArray *left, Test test, GPtrArray *right)
{
  RpPolicyState state = RP_POLICY_SATISFIED;

  for (guint i = 0; i < right->len; i++)
    state = rp_policy_and (state, any_passes (comparison, left, test, right->pdata[i]));

  return state;
}

static RpPolicyState
any_pair (const Comparison *comparison, GPtrArray *left, Test test, GPtrArray *right)
{
  RpPolicyState state = RP_POLICY_UNSATISFIED;

  for (guint i = 0; i < right->len; i++)
    state = rp_policy_or (state, any_passes (comparison, left, test, right->pdata[i]));

  return state;
}

static RpPolicyState
reversed_within (const Comparison *comparison,
                 const RpPolicyValue *left,
                 const RpPolicyValue *right)
{
  return within_value (comparison, right, left);
}

static RpPolicyState
check_equal (const Comparison *comparison, GPtrArray *left, GPtrArray *right)
{
  if (right->len == 1)
    return any_pair (comparison, left, equal_values, right);

  return rp_policy_and (all_left (comparison, left, equal_values, right),
                        all_right (comparison, left, equal_values, right));
}

static gboolean
fits (RpPolicyOperator op, int order)
{
  switch (op) {
  case RP_POLICY_OP_LT:
    return order < 0;
  case RP_POLICY_OP_LTEQ:
    return order <= 0;
  case RP_POLICY_OP_GT:
    return order > 0;
  default:
    return order >= 0;
  }
}

static RpPolicyState
order_test (const Comparison *comparison, const RpPolicyValue *left, const RpPolicyValue *right)
{
  const char *unit = right->unit != NULL ? right->unit : comparison->constraint->unit;
  int order = order_values (comparison, left, right);

  if (order == RP_ORDER_NONE || !is_same_unit (left->unit, unit))
    return RP_POLICY_UNKNOWN;

  return from_boolean (fits (comparison->constraint->op, order));
}

static RpPolicyState
check_order (const Comparison *comparison, GPtrArray *left, GPtrArray *right)
{
  RpPolicyState state = RP_POLICY_SATISFIED;

  for (guint i = 0; i < left->len; i++)
    for (guint k = 0; k < right->len; k++)
      state = rp_policy_and (state, order_test (comparison, left->pdata[i], right->pdata[k]));

  return state;
}

static RpPolicyState
check_operator (const Comparison *comparison, GPtrArray *left, GPtrArray *right)
{
  switch (comparison->constraint->op) {
  case RP_POLICY_OP_EQ:
    return check_equal (comparison, left, right);
  case RP_POLICY_OP_NEQ:
    return negate (check_equal (comparison, left, right));
  case RP_POLICY_OP_LT:
  case RP_POLICY_OP_LTEQ:
  case RP_POLICY_OP_GT:
  case RP_POLICY_OP_GTEQ:
    return check_order (comparison, left, right);
  case RP_POLICY_OP_IS_A:
  case RP_POLICY_OP_IS_PART_OF:
    return all_left (comparison, left, within_value, right);
  case RP_POLICY_OP_HAS_PART:
    return all_right (comparison, left, reversed_within, right);
  case RP_POLICY_OP_IS_ALL_OF:
    return all_right (comparison, left, equal_values, right);
  case RP_POLICY_OP_IS_ANY_OF:
    return any_pair (comparison, left, equal_values, right);
  case RP_POLICY_OP_IS_NONE_OF:
    return negate (any_pair (comparison, left, equal_values, right));
  case RP_POLICY_OP_UNKNOWN:
  default:
    return RP_POLICY_UNKNOWN;
  }
}

/* What the right operand stands for, when it is only referred to. */
static GPtrArray *
find_right (const RpPolicyConstraint *constraint, const RpPolicyFacts *facts)
{
  const RpPolicyValue *reference;

  if (constraint->right->len > 0)
    return constraint->right;
  if (constraint->reference->len != 1)
    return NULL;
  reference = constraint->reference->pdata[0];

  return g_hash_table_lookup (facts->values, reference->text);
}

static gboolean
is_operand (const RpPolicyConstraint *constraint, const char *word)
{
  return g_str_has_prefix (constraint->left, RP_ODRL_NS) &&
         g_str_equal (constraint->left + strlen (RP_ODRL_NS), word);
}

static RpPolicyState
check_plain (const RpPolicyConstraint *constraint, const RpPolicyFacts *facts)
{
  Comparison comparison = {
    .constraint = constraint,
    .facts = facts,
    .is_moment = is_operand (constraint, "dateTime"),
    .is_spatial = is_operand (constraint, "spatial"),
    .is_language = is_operand (constraint, "language"),
    .is_loose = is_operand (constraint, "deliveryChannel") || is_operand (constraint, "media"),
  };
  GPtrArray *left = g_hash_table_lookup (facts->values, constraint->left);
  GPtrArray *right = find_right (constraint, facts);
  g_autoptr (GPtrArray) status = g_ptr_array_new ();

  if (left == NULL && constraint->status != NULL) {
    g_ptr_array_add (status, constraint->status);
    left = status;
  }
  if (left == NULL || left->len == 0 || right == NULL || right->len == 0)
    return RP_POLICY_UNKNOWN;

  return check_operator (&comparison, left, right);
}

static RpPolicyState
check_exactly_one (const RpPolicyConstraint *constraint, const RpPolicyFacts *facts)
{
  guint satisfied = 0;
  guint unknown = 0;

  for (guint i = 0; i < constraint->parts->len; i++) {
    RpPolicyState state = rp_policy_check_constraint (constraint->parts->pdata[i], facts);

    satisfied += state == RP_POLICY_SATISFIED;
    unknown += state == RP_POLICY_UNKNOWN;
  }
  if (satisfied > 1 || (satisfied == 0 && unknown == 0))
    return RP_POLICY_UNSATISFIED;

  return unknown > 0 ? RP_POLICY_UNKNOWN : RP_POLICY_SATISFIED;
}

RpPolicyState
rp_policy_check_constraint (const RpPolicyConstraint *constraint, const RpPolicyFacts *facts)
{
  RpPolicyState state = RP_POLICY_UNSATISFIED;

  switch (constraint->logic) {
  case RP_POLICY_PLAIN:
    return check_plain (constraint, facts);
  case RP_POLICY_AND:
  case RP_POLICY_AND_SEQUENCE:
    return rp_policy_check_constraints (constraint->parts, facts);
  case RP_POLICY_OR:
    for (guint i = 0; i < constraint->parts->len; i++)
      state = rp_policy_or (state, rp_policy_check_constraint (constraint->parts->pdata[i], facts));
    return state;
  case RP_POLICY_XONE:
    return check_exactly_one (constraint, facts);
  case RP_POLICY_BROKEN:
  default:
    return RP_POLICY_UNKNOWN;
  }
}

RpPolicyState
rp_policy_check_constraints (GPtrArray *constraints, const RpPolicyFacts *facts)
{
  RpPolicyState state = RP_POLICY_SATISFIED;

  for (guint i = 0; i < constraints->len; i++)
    state = rp_policy_and (state, rp_policy_check_constraint (constraints->pdata[i], facts));

  return state;
}
