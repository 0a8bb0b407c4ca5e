/* The rights of a schema.org thing, as JSON-LD. */
#include "rp-licence-form-private.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

static const char *const members[] = {"license",         "usageInfo",       "acquireLicensePage",
                                      "copyrightHolder", "copyrightNotice", "conditionsOfAccess"};

static gboolean
speaks_of_rights (JsonObject *object)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (rp_json_has (object, members[i]))
      return TRUE;

  return FALSE;
}

/* The first thing of a graph or a list that speaks of rights. Lends. */
static JsonObject *
find_thing (JsonNode *node, guint depth)
{
  JsonArray *list = NULL;
  JsonObject *object = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node)) {
    list = json_node_get_array (node);
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    object = json_node_get_object (node);
    if (speaks_of_rights (object))
      return object;
    list = rp_json_get_array (object, "@graph");
  }
  object = NULL;
  for (guint i = 0; list != NULL && depth < 3 && object == NULL && i < json_array_get_length (list);
       i++)
    object = find_thing (json_array_get_element (list, i), depth + 1);

  return object;
}

gboolean
rp_licence_form_is_schema (const char *text)
{
  g_autoptr (JsonNode) root = NULL;

  if ((*text != '{' && *text != '[') || strstr (text, "schema.org") == NULL)
    return FALSE;
  root = rp_json_parse_text (text, NULL);

  return root != NULL && find_thing (root, 0) != NULL;
}

/* A text, an address, or a thing with a name or an address. Lends. */
static const char *
get_value (JsonObject *object, const char *member, const char *inner)
{
  JsonObject *thing = rp_json_get_object (object, member);
  const char *value =
    thing != NULL ? rp_json_get_string (thing, inner) : rp_json_get_string (object, member);

  return value == NULL && thing != NULL ? rp_json_get_string (thing, "@id") : value;
}

RpLicence *
rp_licence_form_read_schema (const char *text, GError **error)
{
  g_autoptr (JsonNode) root = rp_json_parse_text (text, error);
  JsonObject *thing = root != NULL ? find_thing (root, 0) : NULL;
  g_autoptr (JsonObject) profile = NULL;
  const char *holder, *expires;

  if (root == NULL)
    return NULL;
  if (thing == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The JSON-LD says nothing about rights"));
    return NULL;
  }
  holder = get_value (thing, "copyrightHolder", "name");
  profile = rp_licence_form_new_profile (holder, "licence", "ask");
  rp_json_set_string (profile, "rights_holder", holder);
  rp_json_set_string (profile, "licensor", get_value (thing, "publisher", "name"));
  rp_json_set_string (profile, "copyright_notice", rp_json_get_string (thing, "copyrightNotice"));
  rp_json_set_string (profile, "credit_text", rp_json_get_string (thing, "creditText"));
  rp_json_set_string (profile, "contact", get_value (thing, "acquireLicensePage", "url"));
  rp_json_set_string (profile, "terms_url", get_value (thing, "usageInfo", "url"));
  rp_json_set_string (profile, "summary", rp_json_get_string (thing, "conditionsOfAccess"));
  expires = rp_json_get_string (thing, "expires");
  rp_json_set_string (profile, "expires", expires);
  rp_licence_form_set_address (profile, get_value (thing, "license", "url"));

  return rp_licence_new_from_json (profile, error);
}

static void
set_party (JsonObject *object, const char *member, const char *name)
{
  JsonObject *party;

  if (rp_text_is_empty (name))
    return;
  party = json_object_new ();
  json_object_set_string_member (party, "@type", "Organization");
  json_object_set_string_member (party, "name", name);
  json_object_set_object_member (object, member, party);
}

char *
rp_licence_form_write_schema (RpLicence *licence, GError **error)
{
  const RpTerms *terms = rp_licence_get_terms (licence);
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "@context", "https://schema.org");
  json_object_set_string_member (object, "@type", "CreativeWork");
  rp_json_set_string (object, "license", terms->url);
  rp_json_set_string (object, "usageInfo", rp_licence_get (licence, "terms_url"));
  if (rp_text_is_web_url (terms->contact))
    json_object_set_string_member (object, "acquireLicensePage", terms->contact);
  set_party (object, "publisher", terms->licensor);
  set_party (object, "copyrightHolder", terms->rights_holder);
  rp_json_set_string (object, "copyrightNotice", rp_licence_get (licence, "copyright_notice"));
  rp_json_set_string (object, "creditText", rp_licence_get (licence, "credit_text"));
  rp_json_set_string (object, "conditionsOfAccess", rp_licence_get (licence, "summary"));
  rp_json_set_string (object, "expires", terms->expires);
  if (!speaks_of_rights (object)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                         _ ("The licence says nothing that this form has a word for"));
    return NULL;
  }

  return rp_json_object_to_text (object, TRUE);
}
