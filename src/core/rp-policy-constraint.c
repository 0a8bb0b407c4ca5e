/* Values, constraints and the things that rules name, of documents in full names. */
#include "rp-json.h"
#include "rp-policy-private.h"

static const char *const logic_members[] = {"and", "or", "xone", "andSequence"};
static const RpPolicyLogic logics[] = {
  RP_POLICY_AND,
  RP_POLICY_OR,
  RP_POLICY_XONE,
  RP_POLICY_AND_SEQUENCE,
};

static void
list_nodes (JsonNode *node, GPtrArray *nodes)
{
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      list_nodes (json_array_get_element (array, i), nodes);
  } else if (node != NULL && !JSON_NODE_HOLDS_NULL (node)) {
    g_ptr_array_add (nodes, node);
  }
}

GPtrArray *
rp_policy_list_elements (JsonObject *object, const char *member)
{
  GPtrArray *nodes = g_ptr_array_new ();

  list_nodes (rp_json_get (object, member), nodes);

  return nodes;
}

const char *
rp_policy_get_iri (JsonNode *node)
{
  JsonObject *object;
  const char *iri;

  if (JSON_NODE_HOLDS_VALUE (node))
    return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  iri = rp_json_get_string (object, "@id");

  return iri != NULL ? iri : rp_json_get_string (object, "@value");
}

JsonObject *
rp_policy_resolve (GHashTable *index, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *iri = rp_policy_get_iri (node);
  JsonObject *found = NULL;

  if (object != NULL && json_object_get_size (object) > 1)
    return object;
  if (index != NULL && iri != NULL)
    found = g_hash_table_lookup (index, iri);

  return found != NULL || iri != NULL ? found : object;
}

static char *
dup_scalar (JsonNode *node, RpPolicyValue *value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  switch (json_node_get_value_type (node)) {
  case G_TYPE_STRING:
    return json_node_dup_string (node);
  case G_TYPE_BOOLEAN:
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  case G_TYPE_INT64:
    value->is_number = TRUE;
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  default:
    value->is_number = TRUE;
    return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
  }
}

static JsonNode *
find_first (JsonObject *object, const char *const *members)
{
  JsonNode *node = NULL;

  for (guint i = 0; node == NULL && members[i] != NULL; i++)
    node = rp_json_get (object, members[i]);
  while (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    node = json_array_get_length (json_node_get_array (node)) > 0
             ? json_array_get_element (json_node_get_array (node), 0)
             : NULL;

  return node;
}

/* {"@value": 5, "@type": …}, {"@id": …}, or an amount with its unit. */
static gboolean
read_object_value (JsonObject *object, RpPolicyValue *value)
{
  static const char *const texts[] = {"@value", "value", "amount", NULL};
  static const char *const types[] = {"@type", NULL};
  static const char *const units[] = {"unit", "currency", NULL};
  JsonNode *text = find_first (object, texts);
  JsonNode *type = find_first (object, types);
  JsonNode *unit = find_first (object, units);

  if (unit != NULL)
    value->unit = g_strdup (rp_policy_get_iri (unit));
  if (text != NULL && JSON_NODE_HOLDS_OBJECT (text))
    return read_object_value (json_node_get_object (text), value);
  value->language = g_strdup (rp_json_get_string (object, "@language"));
  if (text != NULL && JSON_NODE_HOLDS_VALUE (text)) {
    value->text = dup_scalar (text, value);
    if (type != NULL)
      value->type = g_strdup (rp_policy_get_iri (type));
    return TRUE;
  }
  value->is_iri = TRUE;
  value->text = g_strdup (rp_json_get_string (object, "@id"));

  return value->text != NULL;
}

static RpPolicyValue *
read_value (JsonNode *node)
{
  RpPolicyValue *value = g_new0 (RpPolicyValue, 1);
  gboolean good = FALSE;

  if (JSON_NODE_HOLDS_OBJECT (node)) {
    good = read_object_value (json_node_get_object (node), value);
  } else if (JSON_NODE_HOLDS_VALUE (node)) {
    value->text = dup_scalar (node, value);
    good = TRUE;
  }
  if (!good) {
    rp_policy_value_free (value);
    return NULL;
  }

  return value;
}

GPtrArray *
rp_policy_read_values (JsonNode *node)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  GPtrArray *values = g_ptr_array_new_with_free_func (rp_policy_value_free);

  list_nodes (node, nodes);
  for (guint i = 0; i < nodes->len; i++) {
    RpPolicyValue *value = read_value (nodes->pdata[i]);

    if (value != NULL)
      g_ptr_array_add (values, value);
  }

  return values;
}

/* A word of the vocabulary that a member names. Gives. */
static char *
dup_word (RpPolicyNames *names, JsonObject *object, const char *member)
{
  g_autoptr (GPtrArray) nodes = rp_policy_list_elements (object, member);
  const char *iri = nodes->len == 1 ? rp_policy_get_iri (nodes->pdata[0]) : NULL;
  g_autofree char *full = iri != NULL ? rp_policy_names_expand (names, iri, TRUE) : NULL;

  return g_strdup (rp_policy_word_current (full));
}

static void
fill_types (GPtrArray *values, const char *type)
{
  for (guint i = 0; type != NULL && i < values->len; i++) {
    RpPolicyValue *value = values->pdata[i];

    if (value->type == NULL && !value->is_iri)
      value->type = g_strdup (type);
  }
}

static const char *
get_member_iri (JsonObject *object, const char *member, const char *other)
{
  const char *const members[] = {member, other, NULL};
  JsonNode *node = find_first (object, members);

  return node != NULL ? rp_policy_get_iri (node) : NULL;
}

static void
read_plain (RpPolicyNames *names, JsonObject *object, RpPolicyConstraint *self)
{
  g_autofree char *op = dup_word (names, object, "operator");
  g_autoptr (GPtrArray) status = rp_policy_read_values (rp_json_get (object, "status"));

  self->left = dup_word (names, object, "leftOperand");
  if (self->left == NULL)
    self->left = dup_word (names, object, "name");
  self->op = rp_policy_operator_from_name (op);
  g_ptr_array_unref (self->right);
  self->right = rp_policy_read_values (rp_json_get (object, "rightOperand"));
  fill_types (self->right, get_member_iri (object, "dataType", "datatype"));
  g_ptr_array_unref (self->reference);
  self->reference = rp_policy_read_values (rp_json_get (object, "rightOperandReference"));
  self->unit = g_strdup (get_member_iri (object, "unit", "currency"));
  if (status->len == 1)
    self->status = rp_policy_value_copy (status->pdata[0]);
  if (self->left == NULL || op == NULL || (self->right->len == 0 && self->reference->len == 0))
    self->logic = RP_POLICY_BROKEN;
}

static void
read_parts (RpPolicyScope *scope, JsonObject *object, RpPolicyConstraint *self, guint depth)
{
  guint kinds = 0;

  for (guint i = 0; i < G_N_ELEMENTS (logic_members); i++) {
    g_autoptr (GPtrArray) nodes = rp_policy_list_elements (object, logic_members[i]);

    if (nodes->len == 0)
      continue;
    kinds++;
    self->logic = logics[i];
    for (guint k = 0; k < nodes->len && scope->budget > 0; k++) {
      g_autofree char *made_up = g_strdup_printf ("%s/%s-%u", self->uid, logic_members[i], k + 1);

      g_ptr_array_add (self->parts,
                       rp_policy_read_constraint (scope, nodes->pdata[k], made_up, depth + 1));
    }
  }
  if (kinds > 1)
    self->logic = RP_POLICY_BROKEN;
}

static gboolean
is_logical (JsonObject *object)
{
  for (guint i = 0; i < G_N_ELEMENTS (logic_members); i++)
    if (rp_json_has (object, logic_members[i]))
      return TRUE;

  return FALSE;
}

RpPolicyConstraint *
rp_policy_read_constraint (RpPolicyScope *scope, JsonNode *node, const char *made_up, guint depth)
{
  RpPolicyConstraint *self = g_new0 (RpPolicyConstraint, 1);
  JsonObject *object = rp_policy_resolve (scope->index, node);
  const char *uid = rp_policy_get_iri (node);

  scope->budget -= scope->budget > 0;
  self->uid = g_strdup (uid != NULL ? uid : made_up);
  self->parts = g_ptr_array_new_with_free_func (rp_policy_constraint_free);
  self->right = g_ptr_array_new_with_free_func (rp_policy_value_free);
  self->reference = g_ptr_array_new_with_free_func (rp_policy_value_free);
  if (object == NULL || depth > RP_POLICY_MAX_DEPTH || scope->budget == 0)
    self->logic = RP_POLICY_BROKEN;
  else if (is_logical (object))
    read_parts (scope, object, self, depth);
  else
    read_plain (scope->names, object, self);

  return self;
}

GPtrArray *
rp_policy_read_all_constraints (RpPolicyScope *scope,
                                JsonObject *object,
                                const char *member,
                                const char *owner)
{
  g_autoptr (GPtrArray) nodes = rp_policy_list_elements (object, member);
  GPtrArray *constraints = g_ptr_array_new_with_free_func (rp_policy_constraint_free);

  for (guint i = 0; i < nodes->len && scope->budget > 0; i++) {
    g_autofree char *made_up = g_strdup_printf ("%s/%s-%u", owner, member, i + 1);

    g_ptr_array_add (constraints, rp_policy_read_constraint (scope, nodes->pdata[i], made_up, 0));
  }

  return constraints;
}

/* An action's name is what it stands for, a collection's its own or that of its source. */
static char *
dup_name (RpPolicyNames *names, JsonNode *node, JsonObject *object, gboolean is_word)
{
  const char *iri = get_member_iri (object, "value", NULL);
  g_autofree char *full = NULL;

  if (iri == NULL)
    iri = rp_policy_get_iri (node);
  if (iri == NULL || (object != NULL && g_str_has_prefix (iri, "_:")))
    return NULL;
  full = rp_policy_names_expand (names, iri, is_word);

  return g_strdup (is_word ? rp_policy_word_current (full) : full);
}

GPtrArray *
rp_policy_read_named_things (RpPolicyScope *scope, JsonObject *object, const char *member)
{
  g_autoptr (GPtrArray) nodes = rp_policy_list_elements (object, member);
  GPtrArray *things = g_ptr_array_new_with_free_func (rp_policy_thing_free);
  gboolean is_word = g_str_equal (member, "action");

  for (guint i = 0; i < nodes->len; i++) {
    RpPolicyThing *thing = g_new0 (RpPolicyThing, 1);
    JsonObject *found = rp_policy_resolve (scope->index, nodes->pdata[i]);
    g_autofree char *owner = NULL;

    thing->iri = dup_name (scope->names, nodes->pdata[i], found, is_word);
    thing->source = g_strdup (get_member_iri (found, "source", NULL));
    owner = g_strdup_printf ("%s/%s-%u", thing->iri != NULL ? thing->iri : "", member, i + 1);
    thing->refinements = rp_policy_read_all_constraints (scope, found, "refinement", owner);
    g_ptr_array_add (things, thing);
  }

  return things;
}

GPtrArray *
rp_policy_read_things (JsonObject *object, const char *member)
{
  g_autoptr (RpPolicyNames) names = rp_policy_names_new (NULL);
  RpPolicyScope scope = {.names = names, .budget = RP_POLICY_BUDGET};

  return rp_policy_read_named_things (&scope, object, member);
}
