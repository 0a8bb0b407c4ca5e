#include "rp-licence-odrl.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence-form-private.h"
#include "rp-policy-private.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define LICENCE_MEMBER RP_REPRINT_NS "licence"

JsonObject *
rp_licence_to_odrl (RpLicence *licence)
{
  JsonObject *policy;
  JsonObject *copy;

  g_return_val_if_fail (RP_IS_LICENCE (licence), NULL);

  policy = rp_licence_odrl_write_policy (rp_licence_get_profile (licence));
  copy = json_object_new ();
  json_object_set_string_member (copy, "@type", "@json");
  json_object_set_object_member (copy, "@value",
                                 rp_json_object_copy (rp_licence_get_profile (licence)));
  json_object_set_object_member (
    policy,
    rp_json_has (rp_licence_get_profile (licence), "policy") ? LICENCE_MEMBER : "reprint:licence",
    copy);

  return policy;
}

/* Our copy, wherever in the document another program has put it. Lends. */
static JsonObject *
find_copy (JsonNode *node)
{
  JsonObject *found = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; found == NULL && i < json_array_get_length (array); i++)
      found = find_copy (json_array_get_element (array, i));
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    g_autoptr (GPtrArray) copies =
      rp_policy_list_elements (json_node_get_object (node), LICENCE_MEMBER);
    JsonNode *graph = rp_json_get (json_node_get_object (node), "@graph");

    for (guint i = 0; found == NULL && i < copies->len; i++)
      if (JSON_NODE_HOLDS_OBJECT (copies->pdata[i]))
        found = rp_json_get_object (json_node_get_object (copies->pdata[i]), "@value");
    if (found == NULL && graph != NULL)
      found = find_copy (graph);
  }

  return found;
}

static JsonNode *
find_member (JsonNode *node, const char *member)
{
  JsonNode *found = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; found == NULL && i < json_array_get_length (array); i++)
      found = find_member (json_array_get_element (array, i), member);
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);
    JsonNode *graph = rp_json_get (object, "@graph");

    found = rp_json_get (object, member);
    if (found == NULL && graph != NULL)
      found = find_member (graph, member);
  }

  return found;
}

static const char *
find_text (const RpPolicy *policy, const char *const *members)
{
  for (guint i = 0; members[i] != NULL; i++) {
    JsonNode *node = find_member (policy->expanded, members[i]);

    while (node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
           json_array_get_length (json_node_get_array (node)) > 0)
      node = json_array_get_element (json_node_get_array (node), 0);
    if (node != NULL && rp_policy_get_iri (node) != NULL)
      return rp_policy_get_iri (node);
  }

  return NULL;
}

static const RpPolicyThing *
find_assigner (const RpPolicy *policy)
{
  for (guint i = 0; i < policy->rules->len; i++) {
    const RpPolicyRule *rule = policy->rules->pdata[i];

    if (rule->assigners->len > 0)
      return rule->assigners->pdata[0];
  }

  return NULL;
}

static const char *
get_party_name (JsonObject *party)
{
  static const char *const members[] = {
    "http://www.w3.org/2006/vcard/ns#fn",
    "http://www.w3.org/2006/vcard/ns#organization-name",
    "http://xmlns.com/foaf/0.1/name",
    "http://schema.org/name",
    "https://schema.org/name",
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    g_autoptr (GPtrArray) names = rp_policy_list_elements (party, members[i]);

    if (names->len > 0 && rp_policy_get_iri (names->pdata[0]) != NULL)
      return rp_policy_get_iri (names->pdata[0]);
  }

  return NULL;
}

/* The name that the document gives to the party with this address. Lends. */
static const char *
find_party_name (JsonNode *node, const char *iri)
{
  const char *found = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; found == NULL && i < json_array_get_length (array); i++)
      found = find_party_name (json_array_get_element (array, i), iri);
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);
    JsonObjectIter iter;
    JsonNode *value;

    if (g_strcmp0 (rp_json_get_string (object, "@id"), iri) == 0)
      found = get_party_name (object);
    json_object_iter_init (&iter, object);
    while (found == NULL && json_object_iter_next (&iter, NULL, &value))
      found = find_party_name (value, iri);
  }

  return found;
}

static char *
dup_licensor (const RpPolicy *policy)
{
  const RpPolicyThing *assigner = find_assigner (policy);
  const char *name = NULL;
  char *host;

  if (assigner == NULL || assigner->iri == NULL)
    return NULL;
  name = find_party_name (policy->expanded, assigner->iri);
  if (name != NULL)
    return g_strdup (name);
  host = rp_text_host (assigner->iri);

  return host != NULL ? host : g_strdup (assigner->iri);
}

/* A profile for a policy that was not ours. */
static JsonObject *
start_profile (const RpPolicy *policy)
{
  static const char *const titles[] = {"http://purl.org/dc/terms/title",
                                       "http://purl.org/dc/elements/1.1/title", NULL};
  static const char *const addresses[] = {"http://purl.org/dc/terms/license",
                                          "http://creativecommons.org/ns#license", NULL};
  g_autofree char *licensor = dup_licensor (policy);
  const char *title = find_text (policy, titles);
  const char *address = find_text (policy, addresses);
  const char *name = title != NULL ? title : policy->uid;
  JsonObject *profile = rp_licence_form_new_profile (name, "policy", "ask");

  rp_json_set_string (profile, "licensor", licensor);
  if (address != NULL)
    rp_licence_form_set_address (profile, address);
  if (policy->uid != NULL && rp_text_is_web_url (policy->uid))
    json_object_set_string_member (profile, "terms_url", policy->uid);

  return profile;
}

/* Sets or takes away a member that may lie inside another: "quota.max_uses". */
static void
put_flat (JsonObject *profile, const char *flat, JsonNode *node)
{
  const char *dot = strchr (flat, '.');
  g_autofree char *outer = dot != NULL ? g_strndup (flat, dot - flat) : NULL;
  JsonObject *object = dot != NULL ? rp_json_get_object (profile, outer) : profile;

  if (object == NULL && node == NULL)
    return;
  if (object == NULL) {
    object = json_object_new ();
    json_object_set_object_member (profile, outer, object);
  }
  if (node != NULL)
    json_object_set_member (object, dot != NULL ? dot + 1 : flat, json_node_copy (node));
  else
    json_object_remove_member (object, dot != NULL ? dot + 1 : flat);
}

static gboolean
is_same_term (GHashTable *terms, GHashTable *ours, const char *member)
{
  JsonNode *a = g_hash_table_lookup (terms, member);
  JsonNode *b = ours != NULL ? g_hash_table_lookup (ours, member) : NULL;

  if (a == NULL || b == NULL)
    return a == b;

  return json_node_equal (a, b);
}

static void
merge_terms (JsonObject *profile, GHashTable *terms, GHashTable *ours)
{
  GHashTableIter iter;
  gpointer member;

  g_hash_table_iter_init (&iter, terms);
  while (g_hash_table_iter_next (&iter, &member, NULL))
    if (!is_same_term (terms, ours, member))
      put_flat (profile, member, g_hash_table_lookup (terms, member));
  if (ours == NULL)
    return;
  g_hash_table_iter_init (&iter, ours);
  while (g_hash_table_iter_next (&iter, &member, NULL))
    if (!g_hash_table_contains (terms, member)) {
      g_autoptr (JsonNode) no = json_node_init_boolean (json_node_alloc (), FALSE);

      /* Without the duty to name the source, a profile has to say so. */
      put_flat (profile, member, g_str_equal (member, "attribution.required") ? no : NULL);
    }
}

static GHashTable *
read_own_terms (JsonObject *copy)
{
  g_autoptr (JsonObject) written = rp_licence_odrl_write_policy (copy);
  g_autoptr (JsonNode) document = json_node_init_object (json_node_alloc (), written);
  g_autoptr (RpPolicy) policy = rp_policy_new_from_json (document, NULL);
  gboolean complete;

  return policy != NULL ? rp_licence_odrl_read_terms (policy, &complete) : NULL;
}

/* What another program renamed. */
static void
merge_licensor (JsonObject *profile, const RpPolicy *policy)
{
  g_autofree char *licensor = dup_licensor (policy);
  const char *member = rp_json_has (profile, "licensor") ? "licensor" : "rights_holder";
  const RpPolicyThing *assigner = find_assigner (policy);

  if (assigner != NULL && assigner->iri != NULL && licensor != NULL &&
      !rp_json_has (profile, "policy"))
    json_object_set_string_member (profile, rp_json_has (profile, member) ? member : "licensor",
                                   licensor);
}

static void
keep_policy (JsonObject *profile, JsonObject *document)
{
  JsonObject *kept = rp_json_object_copy (document);

  if (json_object_has_member (kept, LICENCE_MEMBER))
    json_object_remove_member (kept, LICENCE_MEMBER);
  if (json_object_has_member (kept, "reprint:licence"))
    json_object_remove_member (kept, "reprint:licence");
  json_object_set_object_member (profile, "policy", kept);
}

RpLicence *
rp_licence_new_from_odrl (JsonObject *document, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (RpPolicy) policy = NULL;
  g_autoptr (GHashTable) terms = NULL;
  g_autoptr (GHashTable) ours = NULL;
  g_autoptr (JsonObject) profile = NULL;
  JsonObject *copy;
  gboolean complete;

  g_return_val_if_fail (document != NULL, NULL);

  node = json_node_init_object (json_node_alloc (), document);
  policy = rp_policy_new_from_json (node, error);
  if (policy == NULL)
    return NULL;
  copy = find_copy (policy->expanded);
  profile = copy != NULL ? rp_json_object_copy (copy) : start_profile (policy);
  ours = copy != NULL ? read_own_terms (copy) : NULL;
  terms = rp_licence_odrl_read_terms (policy, &complete);
  merge_terms (profile, terms, ours);
  if (copy != NULL)
    merge_licensor (profile, policy);
  if (!complete)
    keep_policy (profile, document);
  else if (json_object_has_member (profile, "policy"))
    json_object_remove_member (profile, "policy");

  return rp_licence_new_from_json (profile, error);
}

/* As text */

static JsonNode *
parse_text (const char *text, GError **error)
{
  while (g_ascii_isspace (*text))
    text++;
  if (*text == '<') {
    g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

    return rp_policy_xml_to_json (bytes, error);
  }

  return rp_json_parse_text (text, error);
}

/* A profile of ours has members of the same names. */
static gboolean
says_what_it_is (JsonNode *node)
{
  static const char *const marks[] = {"@context", "@type", "@id", "uid", "@graph"};

  if (JSON_NODE_HOLDS_OBJECT (node))
    for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
      if (rp_json_has (json_node_get_object (node), marks[i]))
        return TRUE;

  return JSON_NODE_HOLDS_ARRAY (node);
}

gboolean
rp_licence_is_odrl (const char *text)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (RpPolicy) policy = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  if (strstr (text, "odrl") == NULL && strstr (text, "permission") == NULL &&
      strstr (text, "prohibition") == NULL && strstr (text, "obligation") == NULL)
    return FALSE;
  node = parse_text (text, NULL);
  if (node != NULL && says_what_it_is (node))
    policy = rp_policy_new_from_json (node, NULL);

  return policy != NULL && policy->rules->len > 0;
}

RpLicence *
rp_licence_read_odrl (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonObject) object = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  node = parse_text (text, error);
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    object = json_object_ref (json_node_get_object (node));
  } else {
    object = json_object_new ();
    json_object_set_member (object, "@graph", json_node_copy (node));
  }

  return rp_licence_new_from_odrl (object, error);
}

char *
rp_licence_write_odrl (RpLicence *licence, GError **error)
{
  g_autoptr (JsonObject) policy = rp_licence_to_odrl (licence);

  return rp_json_object_to_text (policy, TRUE);
}

static GQuark
get_policy_quark (void)
{
  return g_quark_from_static_string ("rp-licence-policy");
}

static gpointer
ref_policy (gpointer policy, gpointer data)
{
  return policy != NULL ? rp_policy_ref (policy) : NULL;
}

/* Read once for each licence, by whichever thread asks first. */
RpPolicy *
rp_licence_ref_policy (RpLicence *licence)
{
  JsonNode *kept;
  RpPolicy *policy;

  g_return_val_if_fail (RP_IS_LICENCE (licence), NULL);

  kept = rp_json_get (rp_licence_get_profile (licence), "policy");
  if (kept == NULL || !JSON_NODE_HOLDS_OBJECT (kept))
    return NULL;
  policy = g_object_dup_qdata (G_OBJECT (licence), get_policy_quark (), ref_policy, NULL);
  if (policy != NULL)
    return policy;
  policy = rp_policy_new_from_json (kept, NULL);
  if (policy != NULL && g_object_replace_qdata (G_OBJECT (licence), get_policy_quark (), NULL,
                                                policy, (GDestroyNotify) rp_policy_unref, NULL))
    rp_policy_ref (policy);

  return policy;
}
