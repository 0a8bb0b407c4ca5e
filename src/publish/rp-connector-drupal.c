/* Drupal 9 and newer by JSON:API. Our own mark is the id of what is made, so a create that is
 * repeated is refused (409) and goes on as an update: nothing has to be looked up. Built from the
 * documentation, not tried on a real site. */
#include <glib/gi18n-lib.h>

#include "rp-answer.h"
#include "rp-drupal.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-stages.h"
#include "rp-text.h"

extern const RpConnector rp_connector_drupal;

/* The mark is the id, even when the answer with it was lost. */
static const char *
get_id (RpExchange *exchange)
{
  const char *id = exchange->delivery->remote_id;

  return id != NULL ? id : exchange->delivery->marker;
}

/* ---- pictures ---- */

/* Only this exact form of the header is accepted, quotes included. */
static RpRequest *
media_ask (RpExchange *exchange, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  const char *field = rp_drupal_get (exchange, "image_field");
  g_autoptr (RpBody) picture = rp_body_new ();
  g_autofree char *name = rp_exchange_dup_media_name (media);
  g_autofree char *disposition = g_strdup_printf ("file; filename=\"%s\"", name);
  g_autofree char *route = rp_drupal_dup_node_route (exchange, field);
  RpRequest *request;

  if (field == NULL) {
    rp_answer_fail_pictures (exchange, error);
    return NULL;
  }
  if (!exchange->add_media (exchange, media, picture, error))
    return NULL;
  request = rp_drupal_request (exchange, "POST", route, _ ("Uploading a picture"));
  rp_request_set_header (request, "Content-Disposition", disposition);
  rp_request_set_parts (request, "application/octet-stream", picture);

  return request;
}

static gboolean
fail_picture (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autofree char *words = rp_answer_dup_words (response);

  if (response->status != 404)
    return rp_answer_fail_picture (exchange, words, error);
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("%s has no field “%s” for pictures. Choose another one in the partner’s "
                  "settings"),
               rp_partner_get_name (exchange->partner), rp_drupal_get (exchange, "image_field"));

  return FALSE;
}

/* A file that nothing points to is thrown away by the site, so sending it twice does no harm. */
static gboolean
media_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *url = NULL;
  JsonObject *file, *attributes, *uri;

  if (response->status == 404 || response->status == 413 || response->status == 415 ||
      response->status == 422)
    return fail_picture (exchange, response, error);
  file = rp_drupal_read (exchange, response, RP_ANSWER_REPEATABLE, &answer, error);
  if (file == NULL)
    return FALSE;
  attributes = rp_json_get_object (file, "attributes");
  uri = attributes != NULL ? rp_json_get_object (attributes, "uri") : NULL;
  if (uri != NULL && rp_json_get_string (uri, "url") != NULL)
    url = rp_text_resolve_url (response->url, rp_json_get_string (uri, "url"));
  if (url == NULL)
    return rp_answer_fail_unplaced (exchange, error);
  rp_exchange_note_media (exchange, media, rp_json_get_string (file, "id"), url);

  return TRUE;
}

/* ---- the article ---- */

static gboolean
read_needed (RpExchange *exchange)
{
  return exchange->delivery->remote_id != NULL && rp_stages_needs_sending (exchange) &&
         !rp_exchange_has_note (exchange, "looked");
}

static RpRequest *
read_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *route = rp_drupal_dup_node_route (exchange, get_id (exchange));

  return rp_drupal_request (exchange, "GET", route,
                            _ ("Reading the article’s state at the partner"));
}

/* Drupal guards no updates: the last one wins. */
static gboolean
read_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *node, *attributes;

  if (rp_answer_is_gone (response))
    return rp_answer_fail_deleted (exchange, error);
  node = rp_drupal_read (exchange, response, RP_ANSWER_REPEATABLE, &answer, error);
  if (node == NULL)
    return FALSE;
  attributes = rp_json_get_object (node, "attributes");
  rp_exchange_note (exchange, "looked");

  return attributes == NULL ||
         rp_exchange_may_replace (exchange, rp_exchange_get_left (exchange, "changed"),
                                  rp_json_get_string (attributes, "changed"), error);
}

static RpRequest *
node_ask (RpExchange *exchange, GError **error)
{
  const char *id = exchange->delivery->remote_id;
  JsonObject *node = rp_drupal_build_node (exchange, error);
  g_autofree char *route = rp_drupal_dup_node_route (exchange, id);
  RpRequest *request;

  if (node == NULL)
    return NULL;
  request = rp_drupal_request (exchange, id != NULL ? "PATCH" : "POST", route,
                               id != NULL ? _ ("Updating the article") : _ ("Sending the article"));
  rp_drupal_set_body (request, node);

  return request;
}

static void
take_node (RpExchange *exchange, JsonObject *node)
{
  JsonObject *attributes = rp_json_get_object (node, "attributes");
  g_autofree char *page = attributes != NULL ? rp_drupal_dup_page (exchange, attributes) : NULL;

  rp_exchange_set_remote (exchange, rp_json_get_string (node, "id"), page);
  if (attributes == NULL)
    return;
  rp_json_set_string (exchange->delivery->memory, "changed",
                      rp_json_get_string (attributes, "changed"));
  if (!rp_exchange_is_draft (exchange) && !rp_json_get_boolean (attributes, "status", TRUE))
    rp_exchange_remark (exchange,
                        _ ("%s has taken the article but does not show it yet; somebody there has "
                           "to publish it."),
                        rp_partner_get_name (exchange->partner));
}

/* A field that a reason points to is named: "/data/attributes/body". */
static gboolean
fail_field (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autofree char *words = rp_answer_dup_words (response);

  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("%s does not accept the article as it is (%s). Check the names of fields, text "
                  "format and vocabulary in the partner’s settings"),
               rp_partner_get_name (exchange->partner), words);

  return FALSE;
}

static gboolean
node_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean update = exchange->delivery->remote_id != NULL;
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *node;

  if (!update && response->status == 409) {
    rp_exchange_set_remote (exchange, exchange->delivery->marker, NULL);
    return TRUE;
  }
  if (update && rp_answer_is_gone (response))
    return rp_answer_fail_deleted (exchange, error);
  if (response->status == 400 || response->status == 422)
    return fail_field (exchange, response, error);
  node = rp_drupal_read (exchange, response, RP_ANSWER_REPEATABLE, &answer, error);
  if (node == NULL)
    return FALSE;
  take_node (exchange, node);
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static gboolean
withdraw_needed (RpExchange *exchange)
{
  return rp_exchange_is_withdrawal (exchange) && !rp_exchange_is_sent (exchange) &&
         (exchange->delivery->remote_id != NULL || exchange->uncertain);
}

static RpRequest *
withdraw_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *route = rp_drupal_dup_node_route (exchange, get_id (exchange));

  return rp_drupal_request (exchange, "DELETE", route, _ ("Taking the article down"));
}

static gboolean
withdraw_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (!rp_answer_is_gone (response) &&
      !rp_drupal_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static RpStep
drupal_step (RpExchange *exchange, const RpResponse *last, GError **error)
{
  const RpStage stages[] = {
    rp_drupal_account_stage,
    {"read", read_needed, read_ask, read_take},
    {"media", rp_stages_needs_media, media_ask, media_take},
    rp_drupal_term_find_stage,
    rp_drupal_term_make_stage,
    {"node", rp_stages_needs_sending, node_ask, node_take},
    {"withdraw", withdraw_needed, withdraw_ask, withdraw_take},
    {NULL},
  };

  return rp_stages_step (stages, exchange, last, error);
}

static RpStep
drupal_probe (RpExchange *exchange, const RpResponse *last, GError **error)
{
  const RpStage stages[] = {rp_drupal_account_stage, {NULL}};

  return rp_stages_step (stages, exchange, last, error);
}

/* ---- reading back ---- */

static RpRequest *
look_ask (RpExchange *exchange, GError **error)
{
  const char *tags = rp_drupal_get (exchange, "tags_field");
  g_autofree char *route = rp_drupal_dup_node_route (exchange, get_id (exchange));
  g_autofree char *full = g_strconcat (route, tags != NULL ? "?include=" : NULL, tags, NULL);

  return rp_drupal_request (exchange, "GET", full, _ ("Reading the article back"));
}

static gboolean
look_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) answer = NULL;

  if (rp_answer_is_gone (response)) {
    rp_exchange_set_gone (exchange);
    return TRUE;
  }
  if (rp_drupal_read (exchange, response, RP_ANSWER_REPEATABLE, &answer, error) == NULL)
    return FALSE;
  exchange->found = rp_drupal_read_found (exchange, answer);

  return TRUE;
}

static RpStep
drupal_look (RpExchange *exchange, const RpResponse *last, GError **error)
{
  const RpStage stages[] = {{"look", rp_stages_needs_look, look_ask, look_take}, {NULL}};

  return rp_stages_step (stages, exchange, last, error);
}

/* ---- discovery ---- */

/* Where the site begins, when this is the answer of its programming interface. Gives. */
static char *
dup_root (const RpResponse *response)
{
  g_autoptr (JsonObject) answer = rp_json_parse_object (response->body, "", NULL);
  const char *end = strstr (response->url, "/jsonapi");

  if (answer == NULL || !rp_json_has (answer, "jsonapi") || !rp_json_has (answer, "links") ||
      end == NULL)
    return NULL;

  return g_strndup (response->url, (gsize) (end - response->url) + 1);
}

static gboolean
drupal_recognise (const RpResponse *response, RpSighting *sighting)
{
  const char *generator = rp_response_get_header (response, "X-Generator");
  g_autofree char *root = response->status == 200 ? dup_root (response) : NULL;
  gboolean named = generator != NULL && g_str_has_prefix (generator, "Drupal");

  if (root == NULL && !named)
    return FALSE;
  sighting->certainty = root != NULL ? 3 : 2;
  sighting->settings = json_object_new ();
  json_object_set_string_member (sighting->settings, "url", root != NULL ? root : response->url);

  return TRUE;
}

static const char *const well_known[] = {"jsonapi", NULL};

static const char *const notes[] = {
  N_ (
    "This connection was built from Drupal’s documentation and has not been tried on a real site; "
    "look at the first article there."),
  N_ ("The site’s text format may take out markup; credit and licence stay as text and links."),
  N_ ("The address of the original is a link in the text; the site’s own page is not marked as a "
      "copy for search engines."),
  N_ ("Taking an article down deletes it at the partner."),
  NULL,
};

static const RpLimits limits = {.headline = 255, .tags = 30, .notes = notes};

static const RpSetting settings[] = {
  {.key = "url",
   .label = N_ ("Site Address"),
   .hint = N_ ("The address of the site’s front page. This kind of connection was built from the "
               "documentation and has not been tried on a real site"),
   .kind = RP_SETTING_ADDRESS,
   .required = TRUE},
  {.key = "username", .label = N_ ("User Name"), .kind = RP_SETTING_TEXT, .required = TRUE},
  {.key = "password",
   .label = N_ ("Password"),
   .hint = N_ ("Of an account that the partner has made for you"),
   .kind = RP_SETTING_SECRET,
   .required = TRUE},
  RP_CONNECTOR_STATUS_SETTING,
  {.key = "staged",
   .label = N_ ("Editorial Stages"),
   .hint = N_ ("The site moves articles through stages, such as draft and published"),
   .kind = RP_SETTING_FLAG,
   .fallback = "no"},
  {.key = "type",
   .label = N_ ("Content Type"),
   .kind = RP_SETTING_LEARNED,
   .fallback = "article",
   .learned = "types"},
  {.key = "body_field",
   .label = N_ ("Field for the Text"),
   .kind = RP_SETTING_TEXT,
   .fallback = "body"},
  {.key = "format",
   .label = N_ ("Text Format"),
   .hint = N_ ("One that the account may use, such as basic_html or full_html"),
   .kind = RP_SETTING_TEXT,
   .fallback = "basic_html"},
  {.key = "image_field",
   .label = N_ ("Field for the Picture"),
   .hint = N_ ("“none” when the content type has none; then it takes no pictures"),
   .kind = RP_SETTING_TEXT,
   .fallback = "field_image"},
  {.key = "tags_field",
   .label = N_ ("Field for Tags"),
   .hint = N_ ("“none” when the content type has none"),
   .kind = RP_SETTING_TEXT,
   .fallback = "field_tags"},
  {.key = "vocabulary",
   .label = N_ ("Vocabulary of the Tags"),
   .kind = RP_SETTING_LEARNED,
   .fallback = "tags",
   .learned = "vocabularies"},
  {NULL},
};

const RpConnector rp_connector_drupal = {
  .id = "drupal",
  .title = N_ ("Drupal"),
  .summary =
    N_ ("Drupal sites from version 9 on; built from the documentation, not tried on a real site"),
  .rendition = "html",
  .at_once = 2,
  .flags = RP_CONNECTOR_UPDATES | RP_CONNECTOR_WITHDRAWS | RP_CONNECTOR_MEDIA | RP_CONNECTOR_DRAFTS,
  .settings = settings,
  .limits = &limits,
  .step = drupal_step,
  .probe = drupal_probe,
  .look = drupal_look,
  .well_known = well_known,
  .recognise = drupal_recognise,
};
