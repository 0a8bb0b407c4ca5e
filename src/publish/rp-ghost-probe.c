/* The test of the connection to a Ghost site: is the key right, what may it do, who writes there.
 */
#include <glib/gi18n-lib.h>

#include "rp-ghost.h"
#include "rp-json.h"

#define MAX_LEARNED 100

static JsonObject *
get_learned (RpExchange *exchange)
{
  if (exchange->learned == NULL)
    exchange->learned = json_object_new ();

  return exchange->learned;
}

static gboolean
me_needed (RpExchange *exchange)
{
  return !rp_exchange_has_note (exchange, "me");
}

static RpRequest *
me_ask (RpExchange *exchange, GError **error)
{
  return rp_ghost_request (exchange, "GET", "users/me/?include=roles",
                           _ ("Asking what the key may do"), error);
}

static const char *
get_role (JsonObject *user)
{
  JsonArray *roles = rp_json_get_array (user, "roles");
  JsonNode *first =
    roles != NULL && json_array_get_length (roles) > 0 ? json_array_get_element (roles, 0) : NULL;

  return first != NULL && JSON_NODE_HOLDS_OBJECT (first)
           ? rp_json_get_string (json_node_get_object (first), "name")
           : NULL;
}

/* A key of an integration is nobody and may all that is needed; one of a person has that person's
 * rights. */
static gboolean
me_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) user = NULL;

  if (response->status == 200) {
    user = rp_ghost_read (exchange, response, RP_ANSWER_REPEATABLE, "users", error);
    if (user == NULL)
      return FALSE;
  }
  if (user != NULL && g_strcmp0 (get_role (user), "Contributor") == 0 &&
      !rp_exchange_is_draft (exchange)) {
    const char *missing[] = {_ ("publish articles"), NULL};

    rp_json_set_strv (get_learned (exchange), "missing", missing);
  }
  rp_exchange_note (exchange, "me");

  return TRUE;
}

static gboolean
authors_needed (RpExchange *exchange)
{
  return !rp_exchange_has_note (exchange, "authors");
}

static RpRequest *
authors_ask (RpExchange *exchange, GError **error)
{
  return rp_ghost_request (exchange, "GET", "users/?fields=id,name,email&limit=100",
                           _ ("Signing in and asking for the authors"), error);
}

static void
learn_authors (RpExchange *exchange, JsonArray *users)
{
  JsonArray *authors = json_array_new ();

  for (guint i = 0; i < MIN (json_array_get_length (users), MAX_LEARNED); i++) {
    JsonNode *node = json_array_get_element (users, i);
    JsonObject *user = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    JsonObject *author;

    if (user == NULL || rp_json_get_string (user, "email") == NULL)
      continue;
    author = json_object_new ();
    rp_json_set_string (author, "id", rp_json_get_string (user, "email"));
    rp_json_set_string (author, "name", rp_json_get_string (user, "name"));
    json_array_add_object_element (authors, author);
  }
  json_object_set_array_member (get_learned (exchange), "authors", authors);
}

/* This one needs a key that is right. */
static gboolean
authors_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *users;

  if (!rp_ghost_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
    return FALSE;
  answer = rp_json_parse_object (response->body, _ ("The partner’s answer"), error);
  if (answer == NULL)
    return FALSE;
  users = rp_json_get_array (answer, "users");
  if (users != NULL)
    learn_authors (exchange, users);
  rp_exchange_note (exchange, "authors");
  g_free (exchange->account);
  exchange->account = g_strdup (rp_json_get_string (exchange->delivery->memory, "site"));

  return TRUE;
}

static const RpStage probe_stages[] = {
  {"site", rp_ghost_site_needed, rp_ghost_site_ask, rp_ghost_site_take},
  {"authors", authors_needed, authors_ask, authors_take},
  {"me", me_needed, me_ask, me_take},
  {NULL},
};

RpStep
rp_ghost_probe (RpExchange *exchange, const RpResponse *last, GError **error)
{
  RpStep step = rp_ghost_step (probe_stages, exchange, last, error);
  gint64 clock = rp_json_get_int (exchange->delivery->memory, "clock", 0);

  if (step == RP_STEP_DONE && clock != 0)
    rp_exchange_remark (exchange,
                        /* Translators: %d is a number of minutes, more than one */
                        _ ("The clock of this computer and that of %s differ by about %d minutes; "
                           "Reprint goes by the partner’s."),
                        rp_partner_get_name (exchange->partner), (int) (ABS (clock) / 60 + 1));

  return step;
}
