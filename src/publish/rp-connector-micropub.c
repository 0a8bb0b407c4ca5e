/* Micropub (W3C). The article's address at the partner is made from our own mark, and the entry
 * carries it as "uid", so an uncertain outcome is looked up by it. A site that builds its pages
 * later says 202; the delivery then waits until the page is there. */
#include <glib/gi18n-lib.h>

#include "rp-answer.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-link.h"
#include "rp-micropub.h"
#include "rp-multipart.h"
#include "rp-stages.h"
#include "rp-text.h"

extern const RpConnector rp_connector_micropub;

#define FIRST_WAIT 15
#define MAX_POLLS 8 /* then the site has taken it, and the person is told */

#define LISTED 100

/* ---- looking it up ---- */

/* "filter" is an extension; who does not know it lists the newest entries. */
static RpRequest *
find_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *query =
    g_strdup_printf ("q=source&filter=%s&limit=" G_STRINGIFY (LISTED), exchange->delivery->marker);

  return rp_micropub_request (exchange, "GET", query,
                              _ ("Looking whether the article has arrived already"));
}

/* Our mark stands in "uid" or in a comment of the text. */
static gboolean
is_ours (RpExchange *exchange, JsonObject *properties)
{
  g_autofree char *text = rp_json_object_to_text (properties, FALSE);

  return strstr (text, exchange->delivery->marker) != NULL;
}

static void
take_item (RpExchange *exchange, JsonObject *item)
{
  JsonObject *properties = rp_json_get_object (item, "properties");
  g_auto (GStrv) urls = properties != NULL ? rp_json_dup_strv (properties, "url") : NULL;

  if (urls != NULL && urls[0] != NULL && is_ours (exchange, properties))
    rp_exchange_set_remote (exchange, urls[0], urls[0]);
}

static gboolean
find_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *items;

  if (response->status < 500 && response->status != 401 && response->status != 403)
    answer = rp_json_parse_object (response->body, "", NULL);
  items = answer != NULL ? rp_json_get_array (answer, "items") : NULL;
  if (items == NULL) {
    if (response->status != 400 && response->status != 404 && response->status != 501 &&
        !rp_micropub_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
      return FALSE;
    return rp_exchange_fail_to_find (exchange, error);
  }
  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonNode *item = json_array_get_element (items, i);

    if (JSON_NODE_HOLDS_OBJECT (item))
      take_item (exchange, json_node_get_object (item));
  }
  /* A full list that knows no filter may end just before ours. */
  if (exchange->delivery->remote_id == NULL && json_array_get_length (items) >= LISTED)
    return rp_exchange_fail_to_find (exchange, error);
  rp_exchange_note (exchange, "looked");

  return TRUE;
}

/* ---- pictures ---- */

static RpRequest *
media_ask (RpExchange *exchange, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  const char *endpoint = rp_json_get_string (exchange->delivery->memory, "media_endpoint");
  g_autoptr (RpBody) picture = rp_body_new ();
  g_autofree char *name = rp_exchange_dup_media_name (media);
  RpMultipart *form;
  RpRequest *request;

  if (endpoint == NULL) {
    rp_answer_fail_pictures (exchange, error);
    return NULL;
  }
  if (!exchange->add_media (exchange, media, picture, error))
    return NULL;
  request = rp_request_new ("POST", endpoint, _ ("Uploading a picture"));
  rp_micropub_sign_in (exchange, request);
  form = rp_multipart_new ();
  rp_multipart_add_file (form, "file", name, rp_exchange_get_media_type (media), picture);
  rp_multipart_finish (form, request);

  return request;
}

/* A picture that nobody shows is thrown away by the site, so sending it twice does no harm. */
static gboolean
media_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  const char *location = rp_response_get_header (response, "Location");
  g_autofree char *url = location != NULL ? rp_text_resolve_url (response->url, location) : NULL;

  if (response->status == 400 || response->status == 413 || response->status == 415) {
    g_autofree char *words = rp_answer_dup_words (response);

    return rp_answer_fail_picture (exchange, words, error);
  }
  if (!rp_micropub_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  if (url == NULL)
    return rp_answer_fail_unplaced (exchange, error);
  rp_exchange_note_media (exchange, media, NULL, url);

  return TRUE;
}

/* ---- the article ---- */

static RpRequest *
entry_ask (RpExchange *exchange, GError **error)
{
  gboolean update = exchange->delivery->remote_id != NULL;
  g_autoptr (JsonObject) entry = update ? rp_micropub_build_update (exchange, error)
                                        : rp_micropub_build_create (exchange, error);
  RpRequest *request;

  if (entry == NULL)
    return NULL;
  request = rp_micropub_request (exchange, "POST", NULL,
                                 update ? _ ("Updating the article") : _ ("Sending the article"));
  rp_request_set_json (request, entry);

  return request;
}

static gboolean
entry_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean update = exchange->delivery->remote_id != NULL;
  const char *location = rp_response_get_header (response, "Location");
  g_autofree char *url = location != NULL ? rp_text_resolve_url (response->url, location) : NULL;

  if (update && rp_answer_is_gone (response))
    return rp_answer_fail_deleted (exchange, error);
  if (!rp_micropub_check (exchange, response, update ? RP_ANSWER_REPEATABLE : 0, error))
    return FALSE;
  if (!update && (url == NULL || response->status == 200))
    return rp_answer_fail_unnamed (exchange, response, error);
  if (!update || (url != NULL && response->status == 201)) /* an update may move it */
    rp_exchange_set_remote (exchange, url, url);
  if (response->status == 202 && !rp_exchange_is_draft (exchange))
    rp_exchange_note (exchange, "pending");
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

/* ---- waiting for the page ---- */

static gboolean
poll_needed (RpExchange *exchange)
{
  return !rp_exchange_is_withdrawal (exchange) && rp_exchange_has_note (exchange, "pending");
}

static RpRequest *
poll_ask (RpExchange *exchange, GError **error)
{
  return rp_request_new ("GET", exchange->delivery->remote_id,
                         _ ("Looking whether the page is there"));
}

static gboolean
poll_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (response->status < 200 || response->status > 299)
    rp_exchange_remark (exchange,
                        _ ("%s has taken the article, but its page is not there yet. Look again "
                           "later."),
                        rp_partner_get_name (exchange->partner));
  json_object_remove_member (exchange->delivery->memory, "pending");

  return TRUE;
}

/* Longer each time: 15 seconds, then 30, up to half an hour. */
static gboolean
is_to_wait (RpExchange *exchange, const RpResponse *last)
{
  JsonObject *memory = exchange->delivery->memory;
  gint64 polls = rp_json_get_int (memory, "polls", 0);

  if (last == NULL || (last->status >= 200 && last->status <= 299) ||
      g_strcmp0 (rp_json_get_string (memory, "stage"), "poll") != 0 || polls >= MAX_POLLS)
    return FALSE;
  json_object_set_int_member (memory, "polls", polls + 1);
  exchange->wait_seconds = (gint64) FIRST_WAIT << polls;

  return TRUE;
}

/* ---- taking it down ---- */

static gboolean
withdraw_needed (RpExchange *exchange)
{
  return rp_stages_needs_removal (exchange) && !rp_json_has (exchange->delivery->memory, "refusal");
}

static RpRequest *
withdraw_ask (RpExchange *exchange, GError **error)
{
  g_autoptr (JsonObject) entry = json_object_new ();
  RpRequest *request = rp_micropub_request (exchange, "POST", NULL, _ ("Taking the article down"));

  json_object_set_string_member (entry, "action", "delete");
  json_object_set_string_member (entry, "url", exchange->delivery->remote_id);
  rp_request_set_json (request, entry);

  return request;
}

/* For an article that is gone already servers say 400, 404, 410 or even 500: its page tells. */
static gboolean
withdraw_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (response->status == 400 || response->status == 500) {
    g_autofree char *words = rp_answer_dup_words (response);

    json_object_set_string_member (exchange->delivery->memory, "refusal", words);
    return TRUE;
  }
  if (!rp_answer_is_gone (response) &&
      !rp_micropub_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static gboolean
gone_needed (RpExchange *exchange)
{
  return rp_exchange_is_withdrawal (exchange) &&
         rp_json_has (exchange->delivery->memory, "refusal");
}

static gboolean
gone_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  JsonObject *memory = exchange->delivery->memory;
  g_autofree char *words = g_strdup (rp_json_get_string (memory, "refusal"));

  json_object_remove_member (memory, "refusal");
  if (!rp_answer_is_gone (response)) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s did not take the article down (%s). Ask the partner to do it"),
                 rp_partner_get_name (exchange->partner), words);
    return FALSE;
  }
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static const RpStage stages[] = {
  {"poll", poll_needed, poll_ask, poll_take},
  {"discover", rp_micropub_discover_needed, rp_micropub_discover_ask, rp_micropub_discover_take},
  {"gone", gone_needed, poll_ask, gone_take},
  {"config", rp_micropub_config_needed, rp_micropub_config_ask, rp_micropub_config_take},
  {"find", rp_stages_needs_lookup, find_ask, find_take},
  {"media", rp_stages_needs_media, media_ask, media_take},
  {"entry", rp_stages_needs_sending, entry_ask, entry_take},
  {"withdraw", withdraw_needed, withdraw_ask, withdraw_take},
  {NULL},
};

static RpStep
micropub_step (RpExchange *exchange, const RpResponse *last, GError **error)
{
  if (is_to_wait (exchange, last))
    return RP_STEP_WAIT;

  return rp_stages_step (stages, exchange, last, error);
}

/* ---- the test of the connection ---- */

static gboolean
categories_needed (RpExchange *exchange)
{
  return exchange->learned == NULL;
}

static RpRequest *
categories_ask (RpExchange *exchange, GError **error)
{
  return rp_micropub_request (exchange, "GET", "q=category", _ ("Asking for the categories"));
}

static void
learn_category (JsonArray *categories, const char *name)
{
  JsonObject *category = json_object_new ();

  json_object_set_string_member (category, "id", name);
  json_object_set_string_member (category, "name", name);
  json_array_add_object_element (categories, category);
}

/* An extension: who does not know it has none. */
static gboolean
categories_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) answer =
    response->status == 200 ? rp_json_parse_object (response->body, "", NULL) : NULL;
  g_auto (GStrv) names = answer != NULL ? rp_json_dup_strv (answer, "categories") : NULL;
  JsonArray *categories = json_array_new ();

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    learn_category (categories, names[i]);
  exchange->learned = json_object_new ();
  json_object_set_array_member (exchange->learned, "categories", categories);
  if (!rp_json_has (exchange->delivery->memory, "media_endpoint"))
    rp_exchange_remark (exchange, _ ("%s takes no pictures."),
                        rp_partner_get_name (exchange->partner));
  g_free (exchange->account);
  exchange->account =
    g_strdup (_ ("The site answers. Whether the token may publish shows with the first article."));

  return TRUE;
}

static const RpStage probe_stages[] = {
  {"discover", rp_micropub_discover_needed, rp_micropub_discover_ask, rp_micropub_discover_take},
  {"config", rp_micropub_config_needed, rp_micropub_config_ask, rp_micropub_config_take},
  {"categories", categories_needed, categories_ask, categories_take},
  {NULL},
};

static RpStep
micropub_probe (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_stages_step (probe_stages, exchange, last, error);
}

/* ---- reading back ---- */

static gboolean
look_needed (RpExchange *exchange)
{
  return rp_stages_needs_look (exchange) && !rp_exchange_has_note (exchange, "refused");
}

static RpRequest *
look_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *url = g_uri_escape_string (exchange->delivery->remote_id, NULL, FALSE);
  g_autofree char *query = g_strconcat ("q=source&url=", url, NULL);

  return rp_micropub_request (exchange, "GET", query, _ ("Reading the article back"));
}

static gboolean
look_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *properties;

  if (response->status == 400 || response->status == 500) {
    rp_exchange_note (exchange, "refused");
    return TRUE;
  }
  if (rp_answer_is_gone (response)) {
    rp_exchange_set_gone (exchange);
    return TRUE;
  }
  if (!rp_micropub_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
    return FALSE;
  answer = rp_json_parse_object (response->body, _ ("The partner’s answer"), error);
  if (answer == NULL)
    return FALSE;
  properties = rp_json_get_object (answer, "properties");
  exchange->found = rp_micropub_read_found (exchange, properties != NULL ? properties : answer);

  return TRUE;
}

/* It could not be asked for its source: the page is all there is. */
static gboolean
page_needed (RpExchange *exchange)
{
  return rp_stages_needs_look (exchange) && rp_exchange_has_note (exchange, "refused");
}

static gboolean
page_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  json_object_remove_member (exchange->delivery->memory, "refused");
  if (rp_answer_is_gone (response)) {
    rp_exchange_set_gone (exchange);
    return TRUE;
  }
  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  exchange->found = json_object_new ();
  json_object_set_string_member (exchange->found, "state", "live");
  json_object_set_string_member (exchange->found, "url", response->url);

  return TRUE;
}

static const RpStage look_stages[] = {
  {"discover", rp_micropub_discover_needed, rp_micropub_discover_ask, rp_micropub_discover_take},
  {"look", look_needed, look_ask, look_take},
  {"page", page_needed, poll_ask, page_take},
  {NULL},
};

static RpStep
micropub_look (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_stages_step (look_stages, exchange, last, error);
}

/* An entry may be known by several addresses, one of which is what we call it. */
static void
take_marked (RpExchange *exchange, JsonObject *item)
{
  JsonObject *properties = rp_json_get_object (item, "properties");
  const char *remote_id = exchange->delivery->remote_id;
  g_auto (GStrv) urls = properties != NULL ? rp_json_dup_strv (properties, "url") : NULL;

  if (urls == NULL || urls[0] == NULL || !is_ours (exchange, properties))
    return;
  rp_exchange_add_marked (
    exchange,
    remote_id != NULL && g_strv_contains ((const char *const *) urls, remote_id) ? remote_id
                                                                                 : urls[0],
    urls[0]);
}

/* Who has no list answers with something else: then there is nothing to be said. */
static gboolean
marked_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) answer =
    response->status == 200 ? rp_json_parse_object (response->body, "", NULL) : NULL;
  JsonArray *items = answer != NULL ? rp_json_get_array (answer, "items") : NULL;

  exchange->marked = json_array_new ();
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (items, i)))
      take_marked (exchange, json_array_get_object_element (items, i));

  return TRUE;
}

static const RpStage find_stages[] = {
  {"discover", rp_micropub_discover_needed, rp_micropub_discover_ask, rp_micropub_discover_take},
  {"marked", rp_stages_needs_find, find_ask, marked_take},
  {NULL},
};

static RpStep
micropub_find (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_stages_step (find_stages, exchange, last, error);
}

/* ---- discovery ---- */

static gboolean
micropub_recognise (const RpResponse *response, RpSighting *sighting)
{
  g_autofree char *endpoint = response->status == 200 ? rp_link_find (response, "micropub") : NULL;

  if (endpoint == NULL)
    return FALSE;
  sighting->certainty = 2;
  sighting->settings = json_object_new ();
  json_object_set_string_member (sighting->settings, "url", response->url);
  json_object_set_string_member (sighting->settings, "endpoint", endpoint);

  return TRUE;
}

static const char *const notes[] = {
  N_ ("What the site does with drafts, and which details besides the text it keeps, is its own "
      "choice; credit and licence stand in the text."),
  N_ ("The address of the original is a link in the text; the site’s own page is not marked as a "
      "copy for search engines."),
  NULL,
};

static const RpLimits limits = {.notes = notes};

static const RpSetting settings[] = {
  {.key = "url",
   .label = N_ ("Site Address"),
   .hint = N_ ("The address of the site’s front page"),
   .kind = RP_SETTING_ADDRESS,
   .required = TRUE},
  {.key = "endpoint",
   .label = N_ ("Micropub Address"),
   .hint = N_ ("Where articles are sent; left empty the site is asked for it"),
   .kind = RP_SETTING_ADDRESS},
  {.key = "token",
   .label = N_ ("Access Token"),
   .hint = N_ ("Made at the site; it must allow creating, updating, deleting and uploading"),
   .kind = RP_SETTING_SECRET,
   .required = TRUE},
  RP_CONNECTOR_STATUS_SETTING,
  {.key = "categories",
   .label = N_ ("Categories"),
   .hint = N_ ("Given to every article besides its own tags; several with commas between"),
   .kind = RP_SETTING_LEARNED,
   .learned = "categories"},
  {NULL},
};

static const char *const site_facts[] = {"api", "media_endpoint", "known", NULL};

const RpConnector rp_connector_micropub = {
  .id = "micropub",
  .title = N_ ("Micropub"),
  .summary = N_ ("Personal and small sites that take articles by Micropub, such as Indiekit"),
  .rendition = "html",
  .at_once = 4,
  .flags = RP_CONNECTOR_UPDATES | RP_CONNECTOR_WITHDRAWS | RP_CONNECTOR_MEDIA | RP_CONNECTOR_DRAFTS,
  .settings = settings,
  .limits = &limits,
  .site_facts = site_facts,
  .step = micropub_step,
  .probe = micropub_probe,
  .look = micropub_look,
  .find = micropub_find,
  .recognise = micropub_recognise,
};
