/* The entry to a Drupal site's programming interface: it says who is signed in, and which kinds of
 * content there are. */
#include <glib/gi18n-lib.h>

#include "rp-drupal.h"
#include "rp-error.h"
#include "rp-json.h"

static gboolean
account_needed (RpExchange *exchange)
{
  return !rp_exchange_has_note (exchange, "known");
}

static RpRequest *
account_ask (RpExchange *exchange, GError **error)
{
  return rp_drupal_request (exchange, "GET", "", _ ("Signing in"));
}

/* Names of one kind among the links: "node--article" gives "article". */
static JsonArray *
list_kinds (JsonObject *links, const char *prefix)
{
  g_autoptr (GList) names = json_object_get_members (links);
  JsonArray *kinds = json_array_new ();

  for (GList *l = names; l != NULL; l = l->next) {
    const char *name = l->data;
    JsonObject *kind;

    if (!g_str_has_prefix (name, prefix))
      continue;
    kind = json_object_new ();
    json_object_set_string_member (kind, "id", name + strlen (prefix));
    json_object_set_string_member (kind, "name", name + strlen (prefix));
    json_array_add_object_element (kinds, kind);
  }

  return kinds;
}

static void
learn (RpExchange *exchange, JsonObject *links)
{
  g_clear_pointer (&exchange->learned, json_object_unref);
  exchange->learned = json_object_new ();
  json_object_set_array_member (exchange->learned, "types", list_kinds (links, "node--"));
  json_object_set_array_member (exchange->learned, "vocabularies",
                                list_kinds (links, "taxonomy_term--"));
  g_free (exchange->account);
  exchange->account = g_strdup (rp_partner_get_setting (exchange->partner, "username"));
}

static gboolean
is_signed_in (JsonObject *answer)
{
  JsonObject *meta = rp_json_get_object (answer, "meta");
  JsonObject *links = meta != NULL ? rp_json_get_object (meta, "links") : NULL;

  return links != NULL && rp_json_has (links, "me");
}

static gboolean
check_entry (RpExchange *exchange, JsonObject *answer, GError **error)
{
  const char *name = rp_partner_get_name (exchange->partner);
  const char *type = rp_drupal_get (exchange, "type");
  g_autofree char *kind = g_strconcat ("node--", type, NULL);
  JsonObject *links = rp_json_get_object (answer, "links");

  if (!is_signed_in (answer)) {
    g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                 _ ("%s does not know the account. Enter user name and password again, or ask the "
                    "partner whether signing in this way (HTTP Basic Authentication) is on"),
                 name);
    return FALSE;
  }
  if (links == NULL || !rp_json_has (links, kind)) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s has no content type “%s”, or this account may not use it. Choose another "
                    "one in the partner’s settings"),
                 name, type != NULL ? type : "");
    return FALSE;
  }

  return TRUE;
}

static gboolean
account_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *links;

  if (response->status == 404) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s does not look like a Drupal site, or its programming interface (JSON:API) "
                    "is switched off"),
                 rp_partner_get_url (exchange->partner));
    return FALSE;
  }
  if (!rp_drupal_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
    return FALSE;
  answer = rp_json_parse_object (response->body, _ ("The partner’s answer"), error);
  if (answer == NULL)
    return FALSE;
  links = rp_json_get_object (answer, "links");
  if (links != NULL)
    learn (exchange, links);
  if (!check_entry (exchange, answer, error))
    return FALSE;
  rp_exchange_note (exchange, "known");

  return TRUE;
}

const RpStage rp_drupal_account_stage = {"account", account_needed, account_ask, account_take};
