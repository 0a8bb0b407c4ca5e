/* The request and the context of `reprintctl rights evaluate`. Both are read loosely: members by
 * the end of their name, so that "target", "evaluatedTarget" and a full IRI are the same. */
#include "rp-error.h"
#include "rp-json.h"
#include "rp-policy-facts.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

#include <string.h>

typedef struct {
  RpPolicyFacts *facts;
  RpPolicyNames *names; /* lent */
} Reading;

static gboolean
ends_on (const char *member, const char *const *endings)
{
  const char *tail = rp_policy_word_tail (member);
  gsize length = strlen (tail);

  for (guint i = 0; endings[i] != NULL; i++) {
    gsize ending = strlen (endings[i]);

    if (length >= ending && g_ascii_strcasecmp (tail + length - ending, endings[i]) == 0)
      return TRUE;
  }

  return FALSE;
}

/* The first member whose name ends so. Lends. */
static JsonNode *
find_member (JsonObject *object, const char *const *endings)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (object == NULL)
    return NULL;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value))
    if (!JSON_NODE_HOLDS_NULL (value) && (*name == '@') == (*endings[0] == '@') &&
        ends_on (name, endings))
      return value;

  return NULL;
}

/* A node as the member of a document of its own, in full names. Gives. */
static JsonObject *
expand_as (Reading *reading, const char *member, JsonNode *node)
{
  g_autoptr (JsonObject) wrapped = json_object_new ();
  g_autoptr (JsonNode) document = json_node_init_object (json_node_alloc (), wrapped);
  g_autoptr (JsonNode) expanded = NULL;

  json_object_set_member (wrapped, member, json_node_copy (node));
  expanded = rp_policy_names_expand_document (reading->names, document);

  return json_object_ref (json_node_get_object (expanded));
}

static GPtrArray *
read_values (Reading *reading, JsonNode *node)
{
  g_autoptr (JsonObject) expanded = expand_as (reading, "rightOperand", node);

  return rp_policy_read_values (json_object_get_member (expanded, "rightOperand"));
}

static char *
dup_iri (Reading *reading, JsonNode *node, gboolean is_word)
{
  g_autoptr (JsonObject) expanded = expand_as (reading, is_word ? "action" : "target", node);
  g_autoptr (GPtrArray) things = rp_policy_read_things (expanded, is_word ? "action" : "target");
  RpPolicyThing *first = things->len > 0 ? things->pdata[0] : NULL;

  return first != NULL ? g_strdup (first->iri) : NULL;
}

static char *
dup_member_iri (Reading *reading, JsonObject *object, const char *name)
{
  const char *const endings[] = {name, NULL};
  JsonNode *node = find_member (object, endings);

  return node != NULL ? dup_iri (reading, node, FALSE) : NULL;
}

/* A request that says how its action or asset is to be: what equals a value is that value. */
static void
take_constraints (Reading *reading, GPtrArray *constraints)
{
  for (guint i = 0; i < constraints->len; i++) {
    const RpPolicyConstraint *constraint = constraints->pdata[i];
    g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (rp_policy_value_free);

    if (constraint->logic != RP_POLICY_PLAIN || constraint->op != RP_POLICY_OP_EQ)
      continue;
    for (guint k = 0; k < constraint->right->len; k++) {
      RpPolicyValue *value = rp_policy_value_copy (constraint->right->pdata[k]);

      if (value->unit == NULL)
        value->unit = g_strdup (constraint->unit);
      g_ptr_array_add (values, value);
    }
    rp_policy_facts_set (reading->facts, constraint->left, g_steal_pointer (&values));
  }
}

static void
take_things (Reading *reading, JsonNode *node, const char *member, GPtrArray *iris)
{
  g_autoptr (JsonObject) expanded = node != NULL ? expand_as (reading, member, node) : NULL;
  g_autoptr (GPtrArray) things = NULL;

  if (expanded == NULL)
    return;
  things = rp_policy_read_things (expanded, member);
  for (guint i = 0; i < things->len; i++) {
    const RpPolicyThing *thing = things->pdata[i];

    if (thing->iri != NULL)
      g_ptr_array_add (iris, g_strdup (thing->iri));
    take_constraints (reading, thing->refinements);
  }
}

static void
take_parts (Reading *reading, JsonNode *node)
{
  g_autoptr (JsonObject) expanded = node != NULL ? expand_as (reading, "target", node) : NULL;
  JsonObject *thing = rp_json_get_object (expanded, "target");
  g_autoptr (GPtrArray) wholes = NULL;
  const char *id = rp_json_get_string (thing, "@id");

  if (id == NULL || !rp_json_has (thing, "partOf"))
    return;
  wholes = rp_policy_read_values (json_object_get_member (thing, "partOf"));
  for (guint i = 0; i < wholes->len; i++)
    rp_policy_facts_add_part (reading->facts->within, id,
                              ((RpPolicyValue *) wholes->pdata[i])->text);
}

/* "sotw:CurrentXSDDateTime" and its like stand for the left operand dateTime. */
static char *
dup_operand (Reading *reading, const char *name)
{
  static const char *const moments[] = {"DateTime", "currentTime", NULL};

  if (ends_on (name, moments))
    return g_strdup (RP_ODRL_NS "dateTime");

  return rp_policy_names_expand (reading->names, name, TRUE);
}

static void
take_parameter (Reading *reading, JsonNode *node)
{
  static const char *const features[] = {"describesFeature", "leftOperand", "feature", NULL};
  static const char *const values[] = {"value", "rightOperand", NULL};
  static const char *const operators[] = {"operator", NULL};
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *feature = find_member (object, features);
  JsonNode *value = find_member (object, values);
  JsonNode *comparison = find_member (object, operators);
  g_autofree char *op = comparison != NULL ? dup_iri (reading, comparison, TRUE) : NULL;
  g_autofree char *name = feature != NULL ? dup_iri (reading, feature, FALSE) : NULL;
  g_autofree char *operand = name != NULL ? dup_operand (reading, name) : NULL;

  if (op != NULL && rp_policy_operator_from_name (op) != RP_POLICY_OP_EQ)
    return;
  if (operand != NULL && value != NULL)
    rp_policy_facts_set (reading->facts, operand, read_values (reading, value));
}

static void
for_each (Reading *reading, JsonNode *node, void (*take) (Reading *, JsonNode *))
{
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      for_each (reading, json_array_get_element (array, i), take);
  } else if (node != NULL) {
    take (reading, node);
  }
}

static JsonObject *
first_object (JsonNode *node, guint *count)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)) {
    (*count)++;
    return json_node_get_object (node);
  }
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    JsonObject *first = NULL;

    for (guint i = 0; i < json_array_get_length (array); i++) {
      JsonObject *next = first_object (json_array_get_element (array, i), count);

      first = first != NULL ? first : next;
    }
    return first;
  }

  return NULL;
}

/* What one member holds, else the same of the request that it lies in. */
static JsonNode *
find_in_either (JsonObject *asked, JsonObject *request, const char *const *endings)
{
  JsonNode *node = find_member (asked, endings);

  return node != NULL ? node : find_member (request, endings);
}

static void
read_asked (Reading *reading, JsonObject *asked, JsonObject *request)
{
  static const char *const actions[] = {"action", NULL};
  static const char *const targets[] = {"target", "asset", NULL};
  static const char *const parties[] = {"assignee", "party", NULL};
  static const char *const parameters[] = {"requestParameters", "requestParameter", "parameters",
                                           "context", NULL};
  static const char *const constraints[] = {"constraint", NULL};
  JsonNode *target = find_in_either (asked, request, targets);
  JsonNode *party = find_in_either (asked, request, parties);
  JsonNode *more = find_in_either (asked, request, constraints);

  take_things (reading, find_in_either (asked, request, actions), "action",
               reading->facts->actions);
  take_things (reading, target, "target", reading->facts->targets);
  take_things (reading, party, "assignee", reading->facts->parties);
  for_each (reading, target, take_parts);
  for_each (reading, party, take_parts);
  for_each (reading, more, take_parameter);
  for_each (reading, find_in_either (asked, request, parameters), take_parameter);
}

static const char *const rule_endings[] = {"permission", "prohibition", "obligation", NULL};

/* The node of a graph that asks for something; others say who the parties are. */
static JsonObject *
find_asking (JsonNode *graph)
{
  static const char *const asking[] = {"action", "permission", "prohibition", "obligation", NULL};
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (graph) ? json_node_get_array (graph) : NULL;
  guint count = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_OBJECT (node) && find_member (json_node_get_object (node), asking) != NULL)
      return json_node_get_object (node);
  }

  return first_object (graph, &count);
}

/* A flat graph names the rule that asks, and says elsewhere what it is. */
static JsonObject *
follow (JsonNode *graph, JsonObject *object)
{
  JsonArray *array =
    graph != NULL && JSON_NODE_HOLDS_ARRAY (graph) ? json_node_get_array (graph) : NULL;
  const char *id = object != NULL ? rp_json_get_string (object, "@id") : NULL;

  for (guint i = 0; id != NULL && array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_OBJECT (node) &&
        g_strcmp0 (rp_json_get_string (json_node_get_object (node), "@id"), id) == 0)
      return json_node_get_object (node);
  }

  return object;
}

static void
read_request (Reading *reading, JsonObject *request)
{
  static const char *const graphs[] = {"@graph", NULL};
  JsonNode *graph = find_member (request, graphs);
  JsonObject *found = graph != NULL ? find_asking (graph) : NULL;
  JsonObject *body = found != NULL ? found : request;
  JsonObject *asked = first_object (find_member (body, rule_endings), &reading->facts->requests);

  asked = follow (graph, asked);
  for_each (reading, graph, take_parts);
  read_asked (reading, asked != NULL ? asked : body, body);
}

static void
take_membership (Reading *reading, JsonNode *node)
{
  static const char *const members[] = {"member", NULL};
  static const char *const collections[] = {"collection", "partOf", NULL};
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *member = find_member (object, members);
  JsonNode *collection = find_member (object, collections);
  g_autofree char *part = member != NULL ? dup_iri (reading, member, FALSE) : NULL;
  g_autofree char *whole = collection != NULL ? dup_iri (reading, collection, FALSE) : NULL;

  if (part != NULL && whole != NULL)
    rp_policy_facts_add_part (reading->facts->within, part, whole);
}

static RpDutyState
read_state (const char *text)
{
  const char *tail = text != NULL ? rp_policy_word_tail (text) : "";

  if (g_ascii_strcasecmp (tail, "violated") == 0)
    return RP_DUTY_VIOLATED;
  if (g_ascii_strcasecmp (tail, "fulfilled") == 0)
    return RP_DUTY_FULFILLED;

  return RP_DUTY_NOT_SET;
}

static void
take_duty (Reading *reading, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *state = dup_member_iri (reading, object, "state");
  RpDutyFact *fact;

  if (object == NULL)
    return;
  fact = g_new0 (RpDutyFact, 1);
  fact->rule = dup_member_iri (reading, object, "rule");
  if (fact->rule == NULL)
    fact->rule = dup_member_iri (reading, object, "duty");
  fact->performance = dup_member_iri (reading, object, "performance");
  fact->state = read_state (state);
  g_ptr_array_add (reading->facts->duties, fact);
}

static void
take_context_values (Reading *reading, JsonObject *values)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (values == NULL)
    return;
  json_object_iter_init (&iter, values);
  while (json_object_iter_next (&iter, &name, &value)) {
    g_autofree char *operand = NULL;

    if (*name == '@' || JSON_NODE_HOLDS_NULL (value))
      continue;
    operand = rp_policy_names_expand (reading->names, name, TRUE);
    rp_policy_facts_set (reading->facts, rp_policy_word_current (operand),
                         read_values (reading, value));
  }
}

static gboolean
take_now (Reading *reading, JsonObject *context, GError **error)
{
  static const char *const endings[] = {"now", "currentTime", "dateTime", NULL};
  JsonNode *node = find_member (context, endings);
  g_autoptr (GPtrArray) values = node != NULL ? read_values (reading, node) : NULL;
  const RpPolicyValue *value = values != NULL && values->len > 0 ? values->pdata[0] : NULL;

  if (value == NULL)
    return TRUE;
  if (!rp_time_parse (value->text, NULL, NULL, NULL)) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNREADABLE,
                 _ ("The context's “now” is “%s”, which is not a date or time; write it like "
                    "2026-03-01T10:00:00Z"),
                 value->text);
    return FALSE;
  }
  rp_policy_facts_set (reading->facts, RP_ODRL_NS "dateTime", g_steal_pointer (&values));

  return TRUE;
}

static void
take_own_context (RpPolicyNames *names, JsonObject *object)
{
  g_autoptr (JsonObject) alone = json_object_new ();
  g_autoptr (JsonNode) document = json_node_init_object (json_node_alloc (), alone);
  JsonNode *context = rp_json_get (object, "@context");

  if (context == NULL)
    return;
  json_object_set_member (alone, "@context", json_node_copy (context));
  json_node_unref (rp_policy_names_expand_document (names, document));
}

RpPolicyFacts *
rp_policy_facts_new_from_json (RpPolicy *policy,
                               JsonObject *request,
                               JsonObject *context,
                               gint64 now,
                               GError **error)
{
  g_autoptr (RpPolicyNames) names = rp_policy_names_new (policy->names);
  g_autoptr (RpPolicyFacts) facts = rp_policy_facts_new (now);
  Reading reading = {.facts = facts, .names = names};

  g_return_val_if_fail (request != NULL, NULL);

  take_own_context (names, context);
  take_own_context (names, request);
  if (!take_now (&reading, context, error))
    return NULL;
  read_request (&reading, request);
  if (facts->actions->len + facts->targets->len + facts->parties->len == 0) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The request names no action, target or party; write it like "
                            "{\"action\": \"distribute\", \"target\": \"https://…\", \"party\": "
                            "\"https://…\"}"));
    return NULL;
  }
  rp_policy_facts_add_policy (facts, policy);
  if (context != NULL) {
    for_each (&reading, rp_json_get (context, "memberships"), take_membership);
    for_each (&reading, rp_json_get (context, "duties"), take_duty);
    take_context_values (&reading, rp_json_get_object (context, "values"));
  }

  return g_steal_pointer (&facts);
}
