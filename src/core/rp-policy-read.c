/* A document in full names as a policy: finds the policies in it, unfolds compact forms, takes in
 * what is inherited. */
#include "rp-error.h"
#include "rp-json.h"
#include "rp-policy-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

typedef struct {
  RpPolicy *policy; /* lent */
  RpPolicyScope scope;
  GHashTable *index;    /* owned: id -> the object that says most about it, lent */
  GPtrArray *found;     /* owned: objects that are policies, lent */
  GPtrArray *linked;    /* owned: assets and parties that name their policy, lent */
  GHashTable *parents;  /* owned: ids of inherited policies */
  GHashTable *visiting; /* owned: objects of the inheritance at hand */
  GHashTable *missing;  /* owned: ids */
} Reader;

/* What a policy says once for all its rules. Owned arrays. */
typedef struct {
  GPtrArray *targets;
  GPtrArray *assignees;
  GPtrArray *assigners;
  GPtrArray *actions;
  JsonObject *constraints; /* lent: the object whose "constraint" holds for every rule */
} Common;

static const struct {
  const char *member;
  RpPolicyKind kind;
} rule_members[] = {
  {"permission", RP_POLICY_PERMISSION},
  {"prohibition", RP_POLICY_PROHIBITION},
  {"obligation", RP_POLICY_OBLIGATION},
};

static const char *const other_functions[] = {
  "attributedParty", "compensatedParty", "consentingParty",  "consentedParty", "informedParty",
  "trackingParty",   "contractedParty",  "contractingParty", "trackedParty",
};

static void
common_clear (Common *common)
{
  g_ptr_array_unref (common->targets);
  g_ptr_array_unref (common->assignees);
  g_ptr_array_unref (common->assigners);
  g_ptr_array_unref (common->actions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Common, common_clear)

static void
reader_clear (Reader *reader)
{
  g_hash_table_unref (reader->index);
  g_ptr_array_unref (reader->found);
  g_ptr_array_unref (reader->linked);
  g_hash_table_unref (reader->parents);
  g_hash_table_unref (reader->visiting);
  g_hash_table_unref (reader->missing);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static GPtrArray *
read_things (Reader *reader, JsonObject *object, const char *member)
{
  return rp_policy_read_named_things (&reader->scope, object, member);
}

static gboolean
has_type (JsonObject *object, const char *const *types)
{
  g_autoptr (GPtrArray) nodes = rp_policy_list_elements (object, "@type");

  for (guint i = 0; i < nodes->len; i++) {
    const char *type = rp_policy_get_iri (nodes->pdata[i]);

    if (type != NULL && g_str_has_prefix (type, RP_ODRL_NS) &&
        g_strv_contains (types, type + strlen (RP_ODRL_NS)))
      return TRUE;
  }

  return FALSE;
}

static gboolean
is_policy (JsonObject *object)
{
  static const char *const types[] = {
    "Policy", "Set", "Offer", "Agreement", "Request", "Assertion", "Privacy", "Ticket", NULL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (rule_members); i++)
    if (rp_json_has (object, rule_members[i].member))
      return TRUE;

  return has_type (object, types);
}

static void
add_parts (GPtrArray *parts, JsonObject *object, const char *member)
{
  g_autoptr (GPtrArray) nodes = rp_policy_list_elements (object, member);
  const char *id = rp_json_get_string (object, "@id");

  for (guint i = 0; id != NULL && i < nodes->len; i++) {
    const char *collection = rp_policy_get_iri (nodes->pdata[i]);

    if (collection != NULL) {
      RpPolicyPart *part = g_new0 (RpPolicyPart, 1);

      part->member = g_strdup (id);
      part->collection = g_strdup (collection);
      g_ptr_array_add (parts, part);
    }
  }
}

static void
note_parents (Reader *reader, JsonObject *object)
{
  g_autoptr (GPtrArray) nodes = rp_policy_list_elements (object, "inheritFrom");

  for (guint i = 0; i < nodes->len; i++) {
    const char *iri = rp_policy_get_iri (nodes->pdata[i]);

    if (iri != NULL)
      g_hash_table_add (reader->parents, (gpointer) iri);
    if (JSON_NODE_HOLDS_OBJECT (nodes->pdata[i]))
      g_hash_table_add (reader->visiting, json_node_get_object (nodes->pdata[i]));
  }
}

static void
note_object (Reader *reader, JsonObject *object)
{
  const char *id = rp_json_get_string (object, "@id");
  JsonObject *known = id != NULL ? g_hash_table_lookup (reader->index, id) : NULL;

  if (id != NULL && json_object_get_size (object) > 1 &&
      (known == NULL || json_object_get_size (known) < json_object_get_size (object)))
    g_hash_table_insert (reader->index, (gpointer) id, object);
  if (is_policy (object))
    g_ptr_array_add (reader->found, object);
  if (rp_json_has (object, "hasPolicy") || rp_json_has (object, "assigneeOf") ||
      rp_json_has (object, "assignerOf"))
    g_ptr_array_add (reader->linked, object);
  note_parents (reader, object);
  add_parts (reader->policy->parts, object, "partOf");
  add_parts (reader->policy->within, object, "includedIn");
}

static void
walk (Reader *reader, JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      walk (reader, json_array_get_element (array, i));
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObjectIter iter;
    const char *name;
    JsonNode *value;

    note_object (reader, json_node_get_object (node));
    json_object_iter_init (&iter, json_node_get_object (node));
    /* A literal may be JSON of any kind, and is no part of the policy. */
    while (json_object_iter_next (&iter, &name, &value))
      if (!g_str_equal (name, "@value"))
        walk (reader, value);
  }
}

static void
read_others (Reader *reader, JsonObject *object, RpPolicyRule *rule)
{
  rule->others = g_ptr_array_new_with_free_func (rp_policy_thing_free);
  for (guint i = 0; i < G_N_ELEMENTS (other_functions); i++) {
    g_autoptr (GPtrArray) things = read_things (reader, object, other_functions[i]);

    g_ptr_array_set_free_func (things, NULL);
    for (guint k = 0; k < things->len; k++)
      g_ptr_array_add (rule->others, things->pdata[k]);
  }
}

static void read_duties (Reader *reader,
                         JsonObject *object,
                         const char *member,
                         const char *owner,
                         GPtrArray *duties,
                         guint depth);

static RpPolicyRule *
read_rule (Reader *reader, JsonNode *node, RpPolicyKind kind, const char *made_up, guint depth)
{
  JsonObject *object = rp_policy_resolve (reader->index, node);
  RpPolicyRule *rule = rp_policy_rule_new (kind);
  const char *uid = rp_policy_get_iri (node);

  rule->uid = g_strdup (uid != NULL ? uid : made_up);
  rule->actions = read_things (reader, object, "action");
  rule->targets = read_things (reader, object, "target");
  rule->assignees = read_things (reader, object, "assignee");
  rule->assigners = read_things (reader, object, "assigner");
  read_others (reader, object, rule);
  rule->constraints =
    rp_policy_read_all_constraints (&reader->scope, object, "constraint", rule->uid);
  reader->scope.budget -= reader->scope.budget > 0;
  if (depth < RP_POLICY_MAX_DEPTH && reader->scope.budget > 0) {
    read_duties (reader, object, kind == RP_POLICY_PROHIBITION ? "remedy" : "duty", rule->uid,
                 rule->duties, depth);
    read_duties (reader, object, "consequence", rule->uid, rule->consequences, depth);
  }

  return rule;
}

static void
read_duties (Reader *reader,
             JsonObject *object,
             const char *member,
             const char *owner,
             GPtrArray *duties,
             guint depth)
{
  g_autoptr (GPtrArray) nodes = rp_policy_list_elements (object, member);

  for (guint i = 0; i < nodes->len; i++) {
    g_autofree char *made_up = g_strdup_printf ("%s/%s-%u", owner, member, i + 1);

    g_ptr_array_add (duties,
                     read_rule (reader, nodes->pdata[i], RP_POLICY_DUTY, made_up, depth + 4));
  }
}

static void
append_copy (gpointer thing, gpointer things)
{
  const RpPolicyThing *given = thing;
  RpPolicyThing *copy = g_new0 (RpPolicyThing, 1);

  copy->iri = g_strdup (given->iri);
  copy->source = g_strdup (given->source);
  copy->refinements = g_ptr_array_ref (given->refinements);
  g_ptr_array_add (things, copy);
}

/* What a rule says itself counts before what its policy says for all. */
static void
fill_in (GPtrArray *own, GPtrArray *common)
{
  if (own->len == 0)
    g_ptr_array_foreach (common, append_copy, own);
}

static void
add_common_constraints (Reader *reader, RpPolicyRule *rule, const Common *common)
{
  g_autoptr (GPtrArray) more = rp_policy_read_all_constraints (&reader->scope, common->constraints,
                                                               "constraint", reader->policy->uid);

  g_ptr_array_set_free_func (more, NULL);
  for (guint i = 0; i < more->len; i++)
    g_ptr_array_add (rule->constraints, more->pdata[i]);
}

static void
add_rules (Reader *reader, JsonObject *object, const Common *common)
{
  const char *policy_uid = rp_json_get_string (object, "@id");

  for (guint i = 0; i < G_N_ELEMENTS (rule_members); i++) {
    g_autoptr (GPtrArray) nodes = rp_policy_list_elements (object, rule_members[i].member);

    for (guint k = 0; k < nodes->len; k++) {
      g_autofree char *made_up = g_strdup_printf ("%s#%s-%u", policy_uid != NULL ? policy_uid : "",
                                                  rule_members[i].member, k + 1);
      RpPolicyRule *rule = read_rule (reader, nodes->pdata[k], rule_members[i].kind, made_up, 0);

      fill_in (rule->targets, common->targets);
      fill_in (rule->assignees, common->assignees);
      fill_in (rule->assigners, common->assigners);
      fill_in (rule->actions, common->actions);
      add_common_constraints (reader, rule, common);
      g_ptr_array_add (reader->policy->rules, rule);
    }
  }
}

/* Assets and parties may name their policy instead of being named by it. */
static void
add_linked (Reader *reader, JsonObject *policy, const char *member, GPtrArray *things)
{
  const char *uid = rp_json_get_string (policy, "@id");

  for (guint i = 0; i < reader->linked->len; i++) {
    g_autoptr (GPtrArray) nodes = rp_policy_list_elements (reader->linked->pdata[i], member);
    const char *id = rp_json_get_string (reader->linked->pdata[i], "@id");

    for (guint k = 0; id != NULL && k < nodes->len; k++) {
      const char *iri = rp_policy_get_iri (nodes->pdata[k]);
      gboolean inside = JSON_NODE_HOLDS_OBJECT (nodes->pdata[k]) &&
                        json_node_get_object (nodes->pdata[k]) == policy;

      if (inside || (uid != NULL && g_strcmp0 (iri, uid) == 0)) {
        RpPolicyThing *thing = g_new0 (RpPolicyThing, 1);

        thing->iri = g_strdup (id);
        thing->refinements = g_ptr_array_new_with_free_func (rp_policy_constraint_free);
        g_ptr_array_add (things, thing);
      }
    }
  }
}

static Common
read_common (Reader *reader, JsonObject *object, const Common *child)
{
  Common common = {
    .targets = read_things (reader, object, "target"),
    .assignees = read_things (reader, object, "assignee"),
    .assigners = read_things (reader, object, "assigner"),
    .actions = read_things (reader, object, "action"),
    .constraints = object,
  };

  add_linked (reader, object, "hasPolicy", common.targets);
  add_linked (reader, object, "assigneeOf", common.assignees);
  add_linked (reader, object, "assignerOf", common.assigners);
  if (child != NULL) {
    fill_in (common.targets, child->targets);
    fill_in (common.assignees, child->assignees);
    fill_in (common.assigners, child->assigners);
    fill_in (common.actions, child->actions);
  }

  return common;
}

static void
read_policy (Reader *reader, JsonObject *object, const Common *child)
{
  g_auto (Common) common = read_common (reader, object, child);
  g_autoptr (GPtrArray) parents = rp_policy_list_elements (object, "inheritFrom");

  if (!g_hash_table_add (reader->visiting, object))
    return;
  add_rules (reader, object, &common);
  for (guint i = 0; i < parents->len; i++) {
    JsonObject *parent = rp_policy_resolve (reader->index, parents->pdata[i]);
    const char *iri = rp_policy_get_iri (parents->pdata[i]);

    if (parent != NULL)
      read_policy (reader, parent, &common);
    else if (iri != NULL)
      g_hash_table_add (reader->missing, (gpointer) iri);
  }
  g_hash_table_remove (reader->visiting, object);
}

static RpPolicyConflict
read_conflict (JsonObject *object)
{
  g_autoptr (GPtrArray) nodes = rp_policy_list_elements (object, "conflict");
  const char *iri = nodes->len > 0 ? rp_policy_get_iri (nodes->pdata[0]) : NULL;

  if (g_strcmp0 (iri, RP_ODRL_NS "perm") == 0)
    return RP_POLICY_CONFLICT_PERM;
  if (g_strcmp0 (iri, RP_ODRL_NS "prohibit") == 0)
    return RP_POLICY_CONFLICT_PROHIBIT;

  return RP_POLICY_CONFLICT_INVALID;
}

static GStrv
dup_profiles (JsonObject *object)
{
  g_autoptr (GPtrArray) nodes = rp_policy_list_elements (object, "profile");
  g_autoptr (GStrvBuilder) profiles = g_strv_builder_new ();

  for (guint i = 0; i < nodes->len; i++) {
    const char *iri = rp_policy_get_iri (nodes->pdata[i]);

    if (iri != NULL)
      g_strv_builder_add (profiles, iri);
  }

  return g_strv_builder_end (profiles);
}

static char *
dup_type (JsonObject *object)
{
  g_autoptr (GPtrArray) nodes = rp_policy_list_elements (object, "@type");
  const char *type = nodes->len > 0 ? rp_policy_get_iri (nodes->pdata[0]) : NULL;

  return type != NULL ? g_strdup (rp_policy_word_tail (type)) : NULL;
}

/* Where two policies have different strategies, neither can be followed. */
static void
take_head (RpPolicy *policy, JsonObject *object, gboolean is_first)
{
  RpPolicyConflict conflict = read_conflict (object);

  if (is_first) {
    policy->uid = g_strdup (rp_json_get_string (object, "@id"));
    policy->type = dup_type (object);
    policy->profiles = dup_profiles (object);
    policy->conflict = conflict;
  } else if (policy->conflict != conflict) {
    policy->conflict = RP_POLICY_CONFLICT_INVALID;
  }
}

/* Requests beside a policy are questions to it, and what another policy inherits is read there. */
static gboolean
is_wanted (Reader *reader, JsonObject *object, gboolean requests_too)
{
  static const char *const request[] = {"Request", NULL};
  const char *id = rp_json_get_string (object, "@id");

  if (id != NULL && (g_hash_table_contains (reader->parents, id) ||
                     g_hash_table_lookup (reader->index, id) != object))
    return FALSE;
  if (g_hash_table_contains (reader->visiting, object))
    return FALSE;

  return requests_too || !has_type (object, request);
}

static guint
read_policies (Reader *reader, gboolean requests_too)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  for (guint i = 0; i < reader->found->len; i++)
    if (is_wanted (reader, reader->found->pdata[i], requests_too))
      g_ptr_array_add (wanted, reader->found->pdata[i]);
  /* Policies that inherit from each other in a ring. */
  if (requests_too && wanted->len == 0 && reader->found->len > 0)
    g_ptr_array_add (wanted, reader->found->pdata[0]);
  g_hash_table_remove_all (reader->visiting);
  for (guint i = 0; i < wanted->len; i++) {
    take_head (reader->policy, wanted->pdata[i], i == 0);
    read_policy (reader, wanted->pdata[i], NULL);
  }

  return wanted->len;
}

static RpPolicy *
policy_alloc (void)
{
  RpPolicy *policy = g_new0 (RpPolicy, 1);

  policy->references = 1;
  policy->rules = g_ptr_array_new_with_free_func (rp_policy_rule_free);
  policy->parts = g_ptr_array_new_with_free_func (rp_policy_part_free);
  policy->within = g_ptr_array_new_with_free_func (rp_policy_part_free);
  policy->names = rp_policy_names_new (NULL);

  return policy;
}

static void
take_missing (RpPolicy *policy, GHashTable *missing)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name;

  if (g_hash_table_size (missing) == 0)
    return;
  g_hash_table_iter_init (&iter, missing);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_strv_builder_add (names, name);
  policy->missing = g_strv_builder_end (names);
}

RpPolicy *
rp_policy_new_from_json (JsonNode *document, GError **error)
{
  g_autoptr (RpPolicy) policy = policy_alloc ();
  g_auto (Reader) reader = {
    .policy = policy,
    .index = g_hash_table_new (g_str_hash, g_str_equal),
    .found = g_ptr_array_new (),
    .linked = g_ptr_array_new (),
    .parents = g_hash_table_new (g_str_hash, g_str_equal),
    .visiting = g_hash_table_new (NULL, NULL),
    .missing = g_hash_table_new (g_str_hash, g_str_equal),
  };

  g_return_val_if_fail (document != NULL, NULL);

  reader.scope = (RpPolicyScope){policy->names, reader.index, RP_POLICY_BUDGET};
  policy->expanded = rp_policy_names_expand_document (policy->names, document);
  walk (&reader, policy->expanded);
  if (read_policies (&reader, FALSE) == 0 && read_policies (&reader, TRUE) == 0) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The document holds no ODRL policy: nothing in it is of a policy's "
                            "type or has a permission, prohibition or obligation; check that it "
                            "is JSON-LD of ODRL 2.2"));
    return NULL;
  }
  if (reader.scope.budget == 0) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_TOO_LARGE,
                         _ ("The policy is too large, or its parts refer to each other over and "
                            "over; split it into smaller policies"));
    return NULL;
  }
  take_missing (policy, reader.missing);

  return g_steal_pointer (&policy);
}
