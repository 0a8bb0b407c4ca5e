#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-answer.h"
#include "rp-json.h"
#include "rp-rest.h"
#include "rp-stages.h"
#include "rp-text.h"

/* ---- testing the connection ---- */

static gboolean
is_set (RpExchange *exchange, const char *key)
{
  return *rp_rest_get (exchange, key) != '\0';
}

static gboolean
who_needed (RpExchange *exchange)
{
  return is_set (exchange, "who_path") && exchange->account == NULL;
}

static RpRequest *
who_ask (RpExchange *exchange, GError **error)
{
  return rp_rest_request (exchange, "GET", "who_path", NULL, _ ("Signing in"));
}

static gboolean
who_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  static const char *const names[] = {"name", "first_name", "email", "username", "id"};
  g_autoptr (JsonNode) answer =
    rp_answer_read_json (exchange, response, RP_ANSWER_REPEATABLE, error);
  JsonObject *who;

  if (answer == NULL)
    return FALSE;
  who = rp_rest_find_item (exchange, answer);
  for (guint i = 0; who != NULL && exchange->account == NULL && i < G_N_ELEMENTS (names); i++)
    exchange->account = rp_json_dup_text (who, names[i]);
  if (exchange->account == NULL)
    exchange->account = g_strdup (rp_partner_get_name (exchange->partner));

  return TRUE;
}

static gboolean
rights_needed (RpExchange *exchange)
{
  return is_set (exchange, "rights_path") && exchange->learned == NULL;
}

static RpRequest *
rights_ask (RpExchange *exchange, GError **error)
{
  return rp_rest_request (exchange, "GET", "rights_path", NULL, _ ("Asking what may be done"));
}

/* As Directus tells it: {"articles": {"create": {"access": "full"}}}. */
static gboolean
may (JsonObject *rights, const char *collection, const char *action)
{
  JsonObject *of = rp_json_get_object (rights, collection);
  JsonObject *right = of != NULL ? rp_json_get_object (of, action) : NULL;
  const char *access = right != NULL ? rp_json_get_string (right, "access") : NULL;

  return access != NULL && !g_str_equal (access, "none");
}

static void
learn_rights (RpExchange *exchange, JsonObject *rights)
{
  static const struct {
    const char *action;
    const char *words;
  } wanted[] = {
    {"create", N_ ("create articles")},
    {"read", N_ ("read articles")},
    {"update", N_ ("change articles")},
    {"delete", N_ ("delete articles")},
  };
  const char *collection = rp_rest_get (exchange, "collection");
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (!may (rights, collection, wanted[i].action))
      g_ptr_array_add (missing, (gpointer) _ (wanted[i].words));
  if (!may (rights, "directus_files", "create"))
    g_ptr_array_add (missing, (gpointer) _ ("upload pictures"));
  g_ptr_array_add (missing, NULL);
  if (missing->len > 1)
    rp_json_set_strv (exchange->learned, "missing", (const char *const *) missing->pdata);
}

/* Older versions cannot be asked. */
static gboolean
rights_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) answer =
    response->status == 200 ? rp_json_parse (response->body, NULL) : NULL;
  JsonObject *rights = answer != NULL ? rp_rest_find_item (exchange, answer) : NULL;

  exchange->learned = json_object_new ();
  if (rights != NULL)
    learn_rights (exchange, rights);

  return TRUE;
}

static gboolean
search_needed (RpExchange *exchange)
{
  return is_set (exchange, "find_path") && !rp_exchange_has_note (exchange, "searched");
}

static RpRequest *
search_ask (RpExchange *exchange, GError **error)
{
  return rp_rest_request (exchange, "GET", "find_path", NULL, _ ("Looking for articles"));
}

static gboolean
search_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean empty = rp_answer_is_gone (response);

  if (!empty && !rp_answer_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
    return FALSE;
  rp_exchange_note (exchange, "searched");
  if (exchange->account == NULL)
    exchange->account = g_strdup (_ ("The interface answers. Whether it takes articles shows with "
                                     "the first one."));

  return TRUE;
}

static const RpStage probe_stages[] = {
  {"who", who_needed, who_ask, who_take},
  {"rights", rights_needed, rights_ask, rights_take},
  {"search", search_needed, search_ask, search_take},
  {NULL},
};

RpStep
rp_rest_probe (RpExchange *exchange, const RpResponse *last, GError **error)
{
  RpStep next = rp_stages_step (probe_stages, exchange, last, error);

  if (next == RP_STEP_DONE && exchange->account == NULL)
    exchange->account = g_strdup (_ ("Nothing can be asked there: the settings name no address to "
                                     "search."));

  return next;
}

/* ---- reading back ---- */

static const char *
get_member (RpExchange *exchange, JsonObject *item, const char *placeholder)
{
  g_autofree char *member = rp_rest_dup_member (exchange, placeholder);

  return member != NULL ? rp_json_get_string (item, member) : NULL;
}

static const char *
get_state (RpExchange *exchange, JsonObject *item)
{
  const char *status = get_member (exchange, item, "status");

  if (status == NULL || g_str_equal (status, rp_rest_get (exchange, "status_publish")))
    return "live";
  if (g_str_equal (status, rp_rest_get (exchange, "status_schedule")))
    return "scheduled";

  return "draft";
}

static JsonObject *
read_found (RpExchange *exchange, JsonObject *item)
{
  JsonObject *found = json_object_new ();
  g_autofree char *url = rp_rest_dup_public_url (exchange, item);
  g_autofree char *member = rp_rest_dup_member (exchange, "tags");
  g_auto (GStrv) tags = member != NULL ? rp_json_dup_strv (item, member) : NULL;

  json_object_set_string_member (found, "state", get_state (exchange, item));
  rp_json_set_string (found, "url", url);
  rp_json_set_string (found, "title", get_member (exchange, item, "headline"));
  rp_json_set_string (found, "html", get_member (exchange, item, "body_html"));
  rp_json_set_string (found, "canonical", get_member (exchange, item, "canonical_url"));
  rp_json_set_string (found, "licence", get_member (exchange, item, "licence_url"));
  rp_json_set_string (found, "changed",
                      rp_json_get_string (item, rp_rest_get (exchange, "changed_at")));
  if (tags != NULL)
    rp_json_set_strv (found, "tags", (const char *const *) tags);

  return found;
}

static gboolean
look_needed (RpExchange *exchange)
{
  return rp_stages_needs_look (exchange) && is_set (exchange, "find_path");
}

static RpRequest *
look_ask (RpExchange *exchange, GError **error)
{
  return rp_rest_request (exchange, "GET", "find_path", NULL, _ ("Reading the article back"));
}

static gboolean
look_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) answer = NULL;
  JsonObject *item;

  if (!rp_answer_is_gone (response)) {
    answer = rp_answer_read_json (exchange, response, RP_ANSWER_REPEATABLE, error);
    if (answer == NULL)
      return FALSE;
  }
  item = answer != NULL ? rp_rest_find_item (exchange, answer) : NULL;
  if (item != NULL)
    exchange->found = read_found (exchange, item);
  else
    rp_exchange_set_gone (exchange);

  return TRUE;
}

static const RpStage look_stages[] = {
  {"look", look_needed, look_ask, look_take},
  {NULL},
};

RpStep
rp_rest_look (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_stages_step (look_stages, exchange, last, error);
}

/* ---- discovery ---- */

const char *const rp_rest_well_known[] = {"server/info", NULL};

gboolean
rp_rest_recognise (const RpResponse *response, RpSighting *sighting)
{
  const char *power = rp_response_get_header (response, "X-Powered-By");
  g_autoptr (JsonObject) answer = rp_json_parse_object (response->body, "", NULL);
  JsonObject *data = answer != NULL ? rp_json_get_object (answer, "data") : NULL;
  JsonObject *project = data != NULL ? rp_json_get_object (data, "project") : NULL;
  const char *end = strstr (response->url, "/server/info");
  g_autofree char *url = g_strndup (response->url, end != NULL ? (gsize) (end + 1 - response->url)
                                                               : strlen (response->url));

  if (g_strcmp0 (power, "Directus") != 0)
    return FALSE;
  sighting->certainty = project != NULL ? 3 : 2;
  sighting->title =
    project != NULL ? g_strdup (rp_json_get_string (project, "project_name")) : NULL;
  sighting->settings = json_object_new ();
  json_object_set_string_member (sighting->settings, "url", url);
  json_object_set_string_member (sighting->settings, "preset", "directus");

  return TRUE;
}
