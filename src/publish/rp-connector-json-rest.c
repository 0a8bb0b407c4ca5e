/* Any system with a JSON interface over REST: addresses, methods, signing in and the fields of an
 * article come from settings, with a preset for Directus. Where the partner lets us choose ids,
 * they follow from our mark, so that a create that is repeated is told to exist; else an uncertain
 * create is looked up by the mark before anything is sent again. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-answer.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-multipart.h"
#include "rp-rest.h"
#include "rp-stages.h"
#include "rp-text.h"

extern const RpConnector rp_connector_json_rest;

static gboolean
is_set (RpExchange *exchange, const char *key)
{
  return *rp_rest_get (exchange, key) != '\0';
}

static gboolean
exists_already (RpExchange *exchange, const RpResponse *response)
{
  g_autofree char *code = rp_rest_dup_code (response);

  return is_set (exchange, "exists_code") && response->status >= 400 &&
         g_strcmp0 (code, rp_rest_get (exchange, "exists_code")) == 0;
}

/* ---- what is there ---- */

static gboolean
find_needed (RpExchange *exchange)
{
  const RpDelivery *delivery = exchange->delivery;
  gboolean wanted = delivery->remote_id != NULL
                      ? delivery->action == RP_ACTION_UPDATE
                      : exchange->uncertain || rp_exchange_has_note (exchange, "exists");

  return wanted && is_set (exchange, "find_path") && !rp_exchange_is_sent (exchange) &&
         !rp_exchange_has_note (exchange, "looked");
}

static RpRequest *
find_ask (RpExchange *exchange, GError **error)
{
  return rp_rest_request (exchange, "GET", "find_path", NULL,
                          _ ("Looking whether the article is there"));
}

static gboolean
fail_missing (RpExchange *exchange, GError **error)
{
  if (exchange->delivery->remote_id != NULL)
    return rp_answer_fail_deleted (exchange, error);
  g_set_error (error, RP_ERROR, RP_ERROR_CONFLICT,
               _ ("%s has another article with the same address or name. Change the headline, or "
                  "ask the partner, then send again"),
               rp_partner_get_name (exchange->partner));

  return FALSE;
}

/* When this version was sent before, the change may be our own. */
static gboolean
check_change (RpExchange *exchange, JsonObject *item, GError **error)
{
  const RpDelivery *delivery = exchange->delivery;
  const char *tried = rp_json_get_string (delivery->memory, "tried");

  if (tried != NULL && g_strcmp0 (tried, delivery->version) == 0)
    return TRUE;

  return rp_exchange_may_replace (exchange, rp_exchange_get_left (exchange, "changed"),
                                  rp_json_get_string (item, rp_rest_get (exchange, "changed_at")),
                                  error);
}

static void
take_item (RpExchange *exchange, JsonObject *item)
{
  g_autofree char *id = rp_json_dup_text (item, rp_rest_get (exchange, "id_at"));
  g_autofree char *url = NULL;

  if (id != NULL)
    rp_exchange_set_remote (exchange, id, NULL);
  url = rp_rest_dup_public_url (exchange, item);
  rp_exchange_set_remote (exchange, NULL, url);
  rp_json_set_string (exchange->delivery->memory, "changed",
                      rp_json_get_string (item, rp_rest_get (exchange, "changed_at")));
}

static gboolean
find_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean expected =
    exchange->delivery->remote_id != NULL || rp_exchange_has_note (exchange, "exists");
  g_autoptr (JsonNode) answer = NULL;
  JsonObject *item;

  if (rp_answer_is_gone (response))
    item = NULL;
  else {
    answer = rp_answer_read_json (exchange, response, RP_ANSWER_REPEATABLE, error);
    if (answer == NULL)
      return FALSE;
    item = rp_rest_find_item (exchange, answer);
  }
  if (item == NULL && expected)
    return fail_missing (exchange, error);
  if (item != NULL && !check_change (exchange, item, error))
    return FALSE;
  if (item != NULL)
    take_item (exchange, item);
  rp_exchange_note (exchange, "looked");

  return TRUE;
}

/* ---- pictures ---- */

static gboolean
picture_needed (RpExchange *exchange)
{
  return is_set (exchange, "files_path") && !rp_exchange_is_sent (exchange) &&
         rp_exchange_next_media (exchange) != NULL;
}

static void
add_fields (RpMultipart *form, JsonObject *fields)
{
  g_autoptr (GList) names = json_object_get_members (fields);

  for (GList *l = names; l != NULL; l = l->next) {
    g_autofree char *value = rp_json_dup_text (fields, l->data);

    if (value != NULL)
      rp_multipart_add_field (form, l->data, value);
  }
}

static RpRequest *
picture_ask (RpExchange *exchange, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_autofree char *name = rp_exchange_dup_media_name (media);
  g_autoptr (RpBody) picture = rp_body_new ();
  g_autoptr (JsonObject) fields = is_set (exchange, "file_fields")
                                    ? rp_rest_fill (exchange, "file_fields", media, error)
                                    : json_object_new ();
  RpMultipart *form;
  RpRequest *request;

  if (fields == NULL || !exchange->add_media (exchange, media, picture, error))
    return NULL;
  form = rp_multipart_new ();
  add_fields (form, fields);
  rp_multipart_add_file (form, rp_rest_get (exchange, "file_name"), name,
                         rp_exchange_get_media_type (media), picture);
  request = rp_rest_request (exchange, "POST", "files_path", media, _ ("Uploading a picture"));
  rp_multipart_finish (form, request);

  return request;
}

/* Its address follows from its id where the answer does not tell it. */
static void
note_picture (RpExchange *exchange, RpMedia *media, const char *id, const char *told)
{
  const char *base = rp_partner_get_url (exchange->partner);
  g_autofree char *url = told != NULL ? rp_text_resolve_url (base, told) : NULL;
  g_autoptr (RpRequest) place = NULL;

  rp_exchange_note_media (exchange, media, id, url);
  if (url != NULL || !is_set (exchange, "file_url"))
    return;
  place = rp_rest_request (exchange, "GET", "file_url", media, "");
  rp_exchange_note_media (exchange, media, id, place->url);
}

static gboolean
picture_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_autofree char *key = rp_rest_dup_picture_key (exchange, media);
  RpAnswerFlags flags = rp_rest_is_repeatable (exchange) ? RP_ANSWER_REPEATABLE : 0;
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *id = NULL;
  JsonObject *item;

  if (exists_already (exchange, response)) {
    note_picture (exchange, media, key, NULL);
    return TRUE;
  }
  answer = rp_answer_read_json (exchange, response, flags, error);
  if (answer == NULL)
    return FALSE;
  item = rp_rest_find_item (exchange, answer);
  id = item != NULL ? rp_json_dup_text (item, rp_rest_get (exchange, "id_at")) : NULL;
  if (id == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s did not say which picture it made. Check in the settings where the id "
                    "stands in answers"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  note_picture (exchange, media, id, rp_json_get_string (item, rp_rest_get (exchange, "url_at")));

  return TRUE;
}

/* ---- the article ---- */

static gboolean
check_findable (RpExchange *exchange, GError **error)
{
  if (!exchange->uncertain || exchange->delivery->remote_id != NULL ||
      is_set (exchange, "find_path") || rp_rest_is_repeatable (exchange))
    return TRUE;
  g_set_error (
    error, RP_ERROR, RP_ERROR_REFUSED,
    _ ("Whether the article has arrived at %s cannot be asked, because its settings name "
       "no address to search. Look there; publish it again if it is missing"),
    rp_partner_get_name (exchange->partner));

  return FALSE;
}

static RpRequest *
item_ask (RpExchange *exchange, GError **error)
{
  gboolean update = exchange->delivery->remote_id != NULL;
  const char *method = rp_rest_get (exchange, update ? "update_method" : "create_method");
  g_autoptr (JsonObject) fields =
    check_findable (exchange, error) ? rp_rest_fill (exchange, "fields", NULL, error) : NULL;
  RpRequest *request;

  if (fields == NULL)
    return NULL;
  request = rp_rest_request (exchange, method, update ? "update_path" : "create_path", NULL,
                             update ? _ ("Updating the article") : _ ("Sending the article"));
  rp_request_set_json (request, fields);
  rp_json_set_string (exchange->delivery->memory, "tried", exchange->delivery->version);

  return request;
}

/* Systems pass over fields that they do not have, without a word; some answer with the id only. */
static void
remark_dropped (RpExchange *exchange, JsonObject *item)
{
  g_autoptr (JsonObject) sent = rp_rest_fill (exchange, "fields", NULL, NULL);
  g_autoptr (GList) names = sent != NULL ? json_object_get_members (sent) : NULL;
  g_autoptr (GString) dropped = g_string_new (NULL);
  guint n_dropped = 0;

  for (GList *l = names; l != NULL; l = l->next)
    if (!json_object_has_member (item, l->data))
      g_string_append_printf (dropped, "%s%s", n_dropped++ > 0 ? ", " : "", (const char *) l->data);
  if (n_dropped > 0 && n_dropped * 2 < g_list_length (names))
    rp_exchange_remark (exchange,
                        _ ("%s has no place for these fields and dropped them: %s. Ask the partner "
                           "to add them, or change the template."),
                        rp_partner_get_name (exchange->partner), dropped->str);
}

static gboolean
take_answer (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) answer = rp_json_parse (response->body, NULL);
  JsonObject *item = answer != NULL ? rp_rest_find_item (exchange, answer) : NULL;

  if (item != NULL) {
    remark_dropped (exchange, item);
    take_item (exchange, item);
  }
  if (exchange->delivery->remote_id == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNKNOWN_OUTCOME,
                 _ ("%s did not say which article it made; it will be looked up there. If this "
                    "comes again, check in the settings where the id stands in answers"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static gboolean
item_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean update = exchange->delivery->remote_id != NULL;
  gboolean harmless = update || rp_rest_is_repeatable (exchange);
  RpAnswerFlags flags = harmless ? RP_ANSWER_REPEATABLE : 0;

  if (exists_already (exchange, response)) {
    if (update || rp_exchange_has_note (exchange, "exists"))
      return fail_missing (exchange, error);
    rp_exchange_note (exchange, "exists");
    json_object_remove_member (exchange->delivery->memory, "looked");
    return TRUE;
  }
  if (update && rp_answer_is_gone (response))
    return fail_missing (exchange, error);
  if (response->status != 204)
    flags |= RP_ANSWER_JSON;
  if (!rp_answer_check (exchange, response, flags, error))
    return FALSE;

  return take_answer (exchange, response, error);
}

/* ---- taking down ---- */

static RpRequest *
withdraw_ask (RpExchange *exchange, GError **error)
{
  const char *label = _ ("Taking the article down");
  g_autoptr (JsonObject) fields = NULL;
  RpRequest *request;

  if (!is_set (exchange, "withdraw_fields"))
    return rp_rest_request (exchange, rp_rest_get (exchange, "delete_method"), "delete_path", NULL,
                            label);
  fields = rp_rest_fill (exchange, "withdraw_fields", NULL, error);
  if (fields == NULL)
    return NULL;
  request =
    rp_rest_request (exchange, rp_rest_get (exchange, "update_method"), "update_path", NULL, label);
  rp_request_set_json (request, fields);

  return request;
}

static gboolean
withdraw_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (!rp_answer_is_gone (response) &&
      !rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

/* The digest of the first picture that goes with the article. Gives; NULL = none. */
static char *
dup_leftover (RpExchange *exchange)
{
  JsonObject *notes = rp_json_get_object (exchange->delivery->memory, "media");
  g_autoptr (GList) digests = notes != NULL ? json_object_get_members (notes) : NULL;

  return g_strdup (digests != NULL ? digests->data : NULL);
}

static gboolean
unpicture_needed (RpExchange *exchange)
{
  g_autofree char *digest = dup_leftover (exchange);

  return rp_exchange_is_withdrawal (exchange) && rp_exchange_is_sent (exchange) &&
         is_set (exchange, "file_delete_path") && digest != NULL;
}

static RpRequest *
unpicture_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *digest = dup_leftover (exchange);
  g_autoptr (RpMedia) media = rp_media_new ("about:blank");

  rp_media_set (media, RP_MEDIA_SHA256, digest);

  return rp_rest_request (exchange, "DELETE", "file_delete_path", media,
                          _ ("Taking a picture down"));
}

/* The article is gone by then: a picture that may not be deleted is told, and no failure. */
static gboolean
unpicture_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autofree char *digest = dup_leftover (exchange);

  if (response->status == 403)
    rp_exchange_remark (exchange, _ ("A picture of the article could not be deleted at %s."),
                        rp_partner_get_name (exchange->partner));
  else if (!rp_answer_is_gone (response) &&
           !rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  json_object_remove_member (rp_json_get_object (exchange->delivery->memory, "media"), digest);

  return TRUE;
}

static const RpStage stages[] = {
  {"find", find_needed, find_ask, find_take},
  {"picture", picture_needed, picture_ask, picture_take},
  {"item", rp_stages_needs_sending, item_ask, item_take},
  {"withdraw", rp_stages_needs_removal, withdraw_ask, withdraw_take},
  {"unpicture", unpicture_needed, unpicture_ask, unpicture_take},
  {NULL},
};

/* Credit and licence stand in the text, or in a field of their own. */
static gboolean
check_credit (RpExchange *exchange, GError **error)
{
  const char *fields = rp_rest_get (exchange, "fields");

  if (strstr (fields, "{{body_html}}") != NULL)
    return TRUE;
  if (strstr (fields, "{{credit}}") != NULL && strstr (fields, "{{licence_url}}") != NULL)
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
               _ ("The template of fields for %s would lose credit and licence. It needs "
                  "{{body_html}}, or {{credit}} and {{licence_url}}"),
               rp_partner_get_name (exchange->partner));

  return FALSE;
}

static gboolean
check_errand (RpExchange *exchange, GError **error)
{
  const char *fields = rp_rest_get (exchange, "fields");
  const char *wanted = rp_exchange_is_draft (exchange)       ? "{{status}}"
                       : rp_exchange_is_scheduled (exchange) ? "{{live_at}}"
                                                             : "";

  if (rp_exchange_is_withdrawal (exchange))
    return TRUE;
  if (strstr (fields, wanted) != NULL)
    return check_credit (exchange, error);
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("The template of fields for %s has no %s, so this cannot be said there. Add it, "
                  "or publish the article at once"),
               rp_partner_get_name (exchange->partner), wanted);

  return FALSE;
}

static RpStep
json_rest_step (RpExchange *exchange, const RpResponse *last, GError **error)
{
  if (!check_errand (exchange, error))
    return RP_STEP_FAILED;

  return rp_stages_step (stages, exchange, last, error);
}

static const char *const notes[] = {
  N_ ("What arrives depends on the template of fields; credit and licence stand in the text in any "
      "case."),
  N_ ("Whether drafts and times are honoured is up to the partner’s system."),
  NULL,
};

static const RpLimits limits = {.notes = notes};

const RpConnector rp_connector_json_rest = {
  .id = "json-rest",
  .title = N_ ("JSON Interface (REST)"),
  .summary = N_ ("Directus, and any system whose programmers can say how articles are sent"),
  .rendition = "html",
  .at_once = 2,
  .flags = RP_CONNECTOR_UPDATES | RP_CONNECTOR_WITHDRAWS | RP_CONNECTOR_SCHEDULES |
           RP_CONNECTOR_MEDIA | RP_CONNECTOR_DRAFTS,
  .settings = rp_rest_settings,
  .limits = &limits,
  .step = json_rest_step,
  .probe = rp_rest_probe,
  .look = rp_rest_look,
  .well_known = rp_rest_well_known,
  .recognise = rp_rest_recognise,
};
