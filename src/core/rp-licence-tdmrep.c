/* TDMRep (W3C community report): the file tdmrep.json and the policies that it points to, which are
 * ODRL offers about mining alone. */
#include "rp-licence-form-private.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define PROFILE "http://www.w3.org/ns/tdmrep"

/* ---- reading ---- */

static gboolean
is_entry (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) &&
         rp_json_has (json_node_get_object (node), "tdm-reservation");
}

static gboolean
is_policy (JsonNode *node)
{
  const char *profile = JSON_NODE_HOLDS_OBJECT (node)
                          ? rp_json_get_string (json_node_get_object (node), "profile")
                          : NULL;

  return profile != NULL && g_str_has_prefix (profile, PROFILE);
}

gboolean
rp_licence_form_is_tdmrep (const char *text)
{
  g_autoptr (JsonNode) root = *text == '{' || *text == '[' ? rp_json_parse_text (text, NULL) : NULL;
  JsonArray *array;

  if (root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (root))
    return is_entry (root) || is_policy (root);
  array = json_node_get_array (root);

  return json_array_get_length (array) > 0 && is_entry (json_array_get_element (array, 0));
}

static void
set_reservation (JsonObject *profile, gboolean reserved)
{
  JsonObject *ai = json_object_new ();

  json_object_set_string_member (ai, "train", reserved ? "deny" : "allow");
  json_object_set_object_member (profile, "ai", ai);
  json_object_set_boolean_member (profile, "tdm_reserved", reserved);
}

/* The strictest of the entries: places are not told apart here. */
static JsonObject *
read_entries (JsonNode *root)
{
  JsonObject *profile = rp_licence_form_new_profile (NULL, "tdm", "ask");
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 1;
  gboolean reserved = FALSE;

  for (guint i = 0; i < n; i++) {
    JsonNode *node = array != NULL ? json_array_get_element (array, i) : root;
    JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    g_autofree char *value = entry != NULL ? rp_json_dup_text (entry, "tdm-reservation") : NULL;

    if (g_strcmp0 (value, "1") != 0)
      continue;
    reserved = TRUE;
    if (!rp_json_has (profile, "tdm_policy"))
      rp_json_set_string (profile, "tdm_policy", rp_json_get_string (entry, "tdm-policy"));
  }
  set_reservation (profile, reserved);

  return profile;
}

static const char *
get_contact (JsonObject *assigner)
{
  static const char *const names[] = {"vcard:hasURL", "vcard:hasEmail", "vcard:url"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = rp_json_get_string (assigner, names[i]);

    if (value != NULL)
      return g_str_has_prefix (value, "mailto:") ? value + strlen ("mailto:") : value;
  }

  return NULL;
}

static gboolean
wants_action (JsonObject *permission, const char *action)
{
  JsonArray *duties = rp_json_get_array (permission, "duty");

  for (guint i = 0; duties != NULL && i < json_array_get_length (duties); i++) {
    JsonNode *node = json_array_get_element (duties, i);
    const char *own = JSON_NODE_HOLDS_OBJECT (node)
                        ? rp_json_get_string (json_node_get_object (node), "action")
                        : NULL;

    if (own != NULL && g_str_has_suffix (own, action))
      return TRUE;
  }

  return FALSE;
}

static void
read_permissions (JsonObject *profile, JsonObject *policy)
{
  JsonArray *permissions = rp_json_get_array (policy, "permission");
  gboolean free_for_all = FALSE, paid = FALSE;

  for (guint i = 0; permissions != NULL && i < json_array_get_length (permissions); i++) {
    JsonNode *node = json_array_get_element (permissions, i);
    JsonObject *permission = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

    if (permission == NULL)
      continue;
    paid |= wants_action (permission, "compensate");
    free_for_all |= !rp_json_has (permission, "duty") && !rp_json_has (permission, "constraint");
  }
  set_reservation (profile, !free_for_all);
  if (paid) {
    JsonObject *payment = json_object_new ();

    json_object_set_string_member (payment, "model", "per-use");
    json_object_set_object_member (profile, "payment", payment);
  }
}

static JsonObject *
read_policy (JsonObject *policy)
{
  JsonObject *assigner = rp_json_get_object (policy, "assigner");
  const char *name = assigner != NULL ? rp_json_get_string (assigner, "vcard:fn") : NULL;
  JsonObject *profile;

  if (assigner != NULL && name == NULL)
    name = rp_json_get_string (assigner, "vcard:organization-name");
  profile = rp_licence_form_new_profile (name, "tdm", "ask");
  rp_json_set_string (profile, "licensor", name);
  if (assigner != NULL)
    rp_json_set_string (profile, "contact", get_contact (assigner));
  rp_json_set_string (profile, "tdm_policy",
                      rp_json_get_string (policy, rp_json_has (policy, "uid") ? "uid" : "@id"));
  read_permissions (profile, policy);

  return profile;
}

RpLicence *
rp_licence_form_read_tdmrep (const char *text, GError **error)
{
  g_autoptr (JsonNode) root = rp_json_parse_text (text, error);
  g_autoptr (JsonObject) profile = NULL;

  if (root == NULL)
    return NULL;
  profile = is_policy (root) ? read_policy (json_node_get_object (root)) : read_entries (root);

  return rp_licence_new_from_json (profile, error);
}

/* ---- writing ---- */

static JsonObject *
build_assigner (const RpTerms *terms)
{
  const char *name = terms->licensor != NULL ? terms->licensor : terms->rights_holder;
  const char *contact = terms->contact;
  JsonObject *assigner = json_object_new ();

  rp_json_set_string (assigner, "vcard:fn", name);
  if (rp_text_is_web_url (contact)) {
    json_object_set_string_member (assigner, "uid", contact);
    json_object_set_string_member (assigner, "vcard:hasURL", contact);
  } else if (contact != NULL && strchr (contact, '@') != NULL) {
    g_autofree char *address = g_strconcat ("mailto:", contact, NULL);

    json_object_set_string_member (assigner, "vcard:hasEmail", address);
  }

  return assigner;
}

static JsonArray *
build_permissions (const RpTerms *terms)
{
  JsonArray *permissions = json_array_new ();
  JsonObject *permission = json_object_new ();
  gboolean paid = terms->payment_model != NULL && !g_str_equal (terms->payment_model, "free");

  json_object_set_string_member (permission, "action", "tdm:mine");
  if (terms->tdm_reserved || terms->ai_training_denied) {
    JsonArray *duties = json_array_new ();
    JsonObject *duty = json_object_new ();

    json_object_set_string_member (duty, "action", paid ? "compensate" : "obtainConsent");
    json_array_add_object_element (duties, duty);
    json_object_set_array_member (permission, "duty", duties);
  }
  json_array_add_object_element (permissions, permission);

  return permissions;
}

static JsonArray *
build_context (void)
{
  JsonArray *context = json_array_new ();
  JsonObject *terms = json_object_new ();

  json_array_add_string_element (context, "http://www.w3.org/ns/odrl.jsonld");
  json_object_set_string_member (terms, "tdm", "http://www.w3.org/ns/tdmrep#");
  json_object_set_string_member (terms, "vcard", "http://www.w3.org/2006/vcard/ns#");
  json_array_add_object_element (context, terms);

  return context;
}

/* Without a word about mining there is no policy to write: its permission would be invented. */
static gboolean
speaks_of_mining (RpLicence *licence, const RpTerms *terms)
{
  return terms->tdm_reserved || terms->ai_training_denied || terms->is_public_domain ||
         rp_json_has (rp_licence_get_profile (licence), "tdm_reserved");
}

char *
rp_licence_form_write_tdmrep (RpLicence *licence, GError **error)
{
  const RpTerms *terms = rp_licence_get_terms (licence);
  g_autoptr (JsonObject) policy = NULL;
  g_autofree char *own = g_strconcat ("urn:reprint:tdm:", rp_licence_get_id (licence), NULL);

  if (!speaks_of_mining (licence, terms)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                         _ ("The licence says nothing about text and data mining, so there is no "
                            "policy to write"));
    return NULL;
  }
  policy = json_object_new ();
  json_object_set_array_member (policy, "@context", build_context ());
  json_object_set_string_member (policy, "@type", "Offer");
  json_object_set_string_member (policy, "profile", PROFILE);
  json_object_set_string_member (policy, "uid",
                                 terms->tdm_policy != NULL ? terms->tdm_policy : own);
  json_object_set_object_member (policy, "assigner", build_assigner (terms));
  json_object_set_array_member (policy, "permission", build_permissions (terms));

  return rp_json_object_to_text (policy, TRUE);
}
