#include "rp-licence-odrl.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence-form-private.h"
#include "rp-policy-private.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define LICENCE_MEMBER RP_REPRINT_NS "licence"

/* Writing */

static void
set_typed (JsonObject *object, const char *member, const char *text, const char *type)
{
  JsonObject *value = json_object_new ();

  json_object_set_string_member (value, "@value", text);
  json_object_set_string_member (value, "@type", type);
  json_object_set_object_member (object, member, value);
}

static JsonObject *
add_constraint (JsonObject *rule, const char *member, const char *left, const char *op)
{
  JsonArray *constraints = rp_json_get_array (rule, member);
  JsonObject *constraint = json_object_new ();

  if (constraints == NULL) {
    constraints = json_array_new ();
    json_object_set_array_member (rule, member, constraints);
  }
  json_object_set_string_member (constraint, "leftOperand", left);
  json_object_set_string_member (constraint, "operator", op);
  json_array_add_object_element (constraints, constraint);

  return constraint;
}

static void
add_time (JsonObject *rule, const char *op, const char *time)
{
  if (time != NULL)
    set_typed (add_constraint (rule, "constraint", "dateTime", op), "rightOperand", time,
               strchr (time, ':') != NULL ? "xsd:dateTime" : "xsd:date");
}

static void
add_days (JsonObject *rule, const char *left, const char *op, gint64 days)
{
  g_autofree char *period = g_strdup_printf ("P%" G_GINT64_FORMAT "D", days);

  if (days >= 0)
    set_typed (add_constraint (rule, "constraint", left, op), "rightOperand", period,
               "xsd:duration");
}

static void
add_words (JsonObject *rule, const char *left, const char *op, GStrv words, const char *prefix)
{
  JsonArray *array;

  if (words == NULL || words[0] == NULL || g_strv_contains ((const char *const *) words, "*"))
    return;
  array = json_array_new ();
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *country = prefix != NULL ? rp_policy_country (words[i]) : NULL;
    g_autofree char *word = country != NULL && !g_str_equal (country, "EU")
                              ? g_strconcat (prefix, country, NULL)
                              : g_strdup (words[i]);

    json_array_add_string_element (array, word);
  }
  json_object_set_array_member (add_constraint (rule, "constraint", left, op), "rightOperand",
                                array);
}

static JsonObject *
add_rule (JsonObject *owner, const char *member, const char *action)
{
  JsonArray *rules = rp_json_get_array (owner, member);
  JsonObject *rule = json_object_new ();

  if (rules == NULL) {
    rules = json_array_new ();
    json_object_set_array_member (owner, member, rules);
  }
  json_object_set_string_member (rule, "action", action);
  json_array_add_object_element (rules, rule);

  return rule;
}

static void
add_payment (JsonObject *permission, JsonObject *profile, const RpTerms *terms)
{
  JsonObject *payment = rp_json_get_object (profile, "payment");
  g_autofree char *amount = payment != NULL ? rp_json_dup_text (payment, "amount") : NULL;
  const char *currency = rp_json_get_string (payment, "currency");
  g_autoptr (JsonArray) actions = json_array_new ();
  JsonObject *duty;
  JsonObject *action;
  JsonObject *refinement;

  if (payment == NULL || g_strcmp0 (terms->payment_model, "free") == 0)
    return;
  duty = add_rule (permission, "duty", "compensate");
  if (amount == NULL)
    return;
  action = json_object_new ();
  json_object_set_string_member (action, "rdf:value", "odrl:compensate");
  refinement = add_constraint (action, "refinement", "payAmount", "eq");
  set_typed (refinement, "rightOperand", amount, "xsd:decimal");
  rp_json_set_string (refinement, "unit", currency);
  json_array_add_object_element (actions, action);
  json_object_set_array_member (duty, "action", g_steal_pointer (&actions));
}

static void
add_notice (JsonObject *permission, JsonObject *profile, const RpTerms *terms)
{
  JsonObject *notify = rp_json_get_object (profile, "notify");
  const char *email = rp_json_get_string (notify, "email");
  JsonObject *duty;

  if (!terms->notify_required)
    return;
  duty = add_rule (permission, "duty", "inform");
  if (email != NULL) {
    g_autofree char *address = g_strconcat ("mailto:", email, NULL);

    json_object_set_string_member (duty, "informedParty", address);
  } else {
    rp_json_set_string (duty, "informedParty", rp_json_get_string (notify, "url"));
  }
  add_days (duty, "delayPeriod", "lteq", terms->notify_within_days);
}

static void
add_permission (JsonObject *policy, JsonObject *profile, const RpTerms *terms)
{
  JsonObject *rule = add_rule (policy, "permission", "distribute");
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, terms->quota_max_uses);

  add_time (rule, "gteq", terms->valid_from);
  add_time (rule, "lt", terms->expires);
  add_words (rule, "spatial", "isAnyOf", terms->territory_allow, "urn:iso:3166:");
  add_words (rule, "spatial", "isNoneOf", terms->territory_deny, "urn:iso:3166:");
  add_words (rule, "deliveryChannel", "isAnyOf", terms->channels, NULL);
  add_words (rule, "recipient", "isAnyOf", terms->outlets, NULL);
  if (terms->quota_max_uses >= 0)
    set_typed (add_constraint (rule, "constraint", "count", "lteq"), "rightOperand", count,
               "xsd:integer");
  if (terms->permission != RP_PERMISSION_YES)
    add_rule (rule, "duty", "obtainConsent");
  if (!terms->attribution_waived && !terms->is_public_domain)
    add_rule (rule, "duty", "attribute");
  if (terms->share_alike)
    add_rule (rule, "duty", "cc:ShareAlike");
  if (terms->tracking_required)
    add_rule (rule, "duty", "acceptTracking");
  add_notice (rule, profile, terms);
  add_payment (rule, profile, terms);
}

static void
add_changes (JsonObject *policy, const RpTerms *terms)
{
  static const struct {
    guint changes;
    const char *action;
  } words[] = {
    {RP_CHANGE_HEADLINE | RP_CHANGE_STYLE | RP_CHANGE_REWRITE, "modify"},
    {RP_CHANGE_TRANSLATE, "translate"},
    {RP_CHANGE_SHORTEN, "extract"},
    {RP_CHANGE_HEADLINE, "reprint:change-headline"},
    {RP_CHANGE_STYLE, "reprint:change-style"},
    {RP_CHANGE_REWRITE, "reprint:rewrite"},
  };
  guint denied = RP_CHANGE_ALL & ~(guint) terms->changes;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((denied & words[i].changes) == words[i].changes) {
      add_rule (policy, "prohibition", words[i].action);
      denied &= ~words[i].changes;
    }
}

static void
add_machine_terms (JsonObject *policy, JsonObject *profile, const RpTerms *terms)
{
  static const char *const uses[] = {"train", "input", "index", "search"};
  JsonObject *ai = rp_json_get_object (profile, "ai");

  for (guint i = 0; i < G_N_ELEMENTS (uses); i++) {
    g_autofree char *action = g_strconcat ("reprint:ai-", uses[i], NULL);

    if (g_strcmp0 (rp_json_get_string (ai, uses[i]), "deny") == 0)
      add_rule (policy, "prohibition", action);
  }
  if (terms->tdm_reserved)
    add_rule (policy, "prohibition", "tdm:mine");
}

static void
add_prohibitions (JsonObject *policy, JsonObject *profile, const RpTerms *terms)
{
  add_changes (policy, terms);
  if (terms->commercial_denied)
    add_rule (policy, "prohibition", "cc:CommercialUse");
  if (terms->direct_sale_denied)
    add_rule (policy, "prohibition", "sell");
  if (terms->noindex_required)
    add_rule (policy, "prohibition", "index");
  if (terms->paywall_forbidden)
    add_rule (policy, "prohibition", "reprint:paywall");
  if (terms->archive_days >= 0)
    add_days (add_rule (policy, "prohibition", "archive"), "elapsedTime", "gt",
              terms->archive_days);
  add_machine_terms (policy, profile, terms);
}

static void
add_context (JsonObject *policy)
{
  JsonArray *contexts = json_array_new ();
  JsonObject *prefixes = json_object_new ();

  json_object_set_string_member (prefixes, "reprint", RP_REPRINT_NS);
  json_object_set_string_member (prefixes, "cc", RP_CC_NS);
  json_object_set_string_member (prefixes, "tdm", RP_TDM_NS);
  json_object_set_string_member (prefixes, "dct", "http://purl.org/dc/terms/");
  json_object_set_string_member (prefixes, "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
  json_object_set_string_member (prefixes, "vcard", "http://www.w3.org/2006/vcard/ns#");
  json_object_set_string_member (prefixes, "xsd", "http://www.w3.org/2001/XMLSchema#");
  json_array_add_string_element (contexts, RP_ODRL_CONTEXT);
  json_array_add_object_element (contexts, prefixes);
  json_object_set_array_member (policy, "@context", contexts);
}

static void
set_each (JsonObject *policy, const char *kind, const char *member, const char *text)
{
  JsonArray *rules = rp_json_get_array (policy, kind);

  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    json_object_set_string_member (json_array_get_object_element (rules, i), member, text);
}

static void
add_head (JsonObject *policy, const RpTerms *terms)
{
  const char *grantor = terms->licensor != NULL ? terms->licensor : terms->rights_holder;
  g_autofree char *id = g_uri_escape_string (terms->id, NULL, FALSE);
  g_autofree char *uid = g_strconcat ("urn:reprint:licence:", id, NULL);

  add_context (policy);
  json_object_set_string_member (policy, "@type", grantor != NULL ? "Offer" : "Set");
  json_object_set_string_member (policy, "uid", uid);
  json_object_set_string_member (policy, "profile", RP_REPRINT_NS);
  rp_json_set_string (policy, "dct:title", terms->name);
  if (terms->url != NULL) {
    JsonObject *address = json_object_new ();

    json_object_set_string_member (address, "@id", terms->url);
    json_object_set_object_member (policy, "dct:license", address);
  }
  if (grantor != NULL) {
    JsonObject *party = json_object_new ();
    g_autofree char *slug = rp_text_slug (grantor, 60);
    g_autofree char *party_uid = g_strconcat ("urn:reprint:party:", slug, NULL);

    json_object_set_string_member (party, "@type", "Party");
    json_object_set_string_member (party, "uid", party_uid);
    json_object_set_string_member (party, "vcard:fn", grantor);
    json_object_set_object_member (policy, "assigner", party);
  }
}

static JsonObject *
write_rules (JsonObject *profile)
{
  g_autoptr (RpTerms) terms = rp_terms_new (profile);
  JsonObject *policy = json_object_new ();
  g_autofree char *target = NULL;

  add_head (policy, terms);
  target = g_strconcat (json_object_get_string_member (policy, "uid"), ":articles", NULL);
  if (terms->permission == RP_PERMISSION_NO)
    add_rule (policy, "prohibition", "distribute");
  else
    add_permission (policy, profile, terms);
  add_prohibitions (policy, profile, terms);
  set_each (policy, "permission", "target", target);
  set_each (policy, "prohibition", "target", target);

  return policy;
}

/* A policy that came from elsewhere goes out as it came. */
static JsonObject *
write_policy (JsonObject *profile)
{
  JsonObject *kept = rp_json_get_object (profile, "policy");

  return kept != NULL ? rp_json_object_copy (kept) : write_rules (profile);
}

JsonObject *
rp_licence_to_odrl (RpLicence *licence)
{
  JsonObject *policy;
  JsonObject *copy;

  g_return_val_if_fail (RP_IS_LICENCE (licence), NULL);

  policy = write_policy (rp_licence_get_profile (licence));
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

/* Reading */

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
  g_autoptr (JsonObject) written = write_policy (copy);
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
