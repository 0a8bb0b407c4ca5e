/* Superdesk-style HTTP push of ninjs: pictures first (asked for, then uploaded when they are not
 * there), then the item, signed with HMAC-SHA1 over the exact bytes. (uri, version) is the key at
 * the receiver, so sending again is harmless; a withdrawal is a newer version with pubstatus
 * canceled. */
#include <glib/gi18n-lib.h>

#include "rp-answer.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-multipart.h"
#include "rp-stages.h"
#include "rp-text.h"

extern const RpConnector rp_connector_ninjs_push;

static char *
dup_assets_url (RpExchange *exchange)
{
  const char *stated = rp_partner_get_setting (exchange->partner, "assets_url");
  const char *url = rp_partner_get_url (exchange->partner);

  return stated != NULL ? g_strdup (stated) : g_strconcat (url, "_binary", NULL);
}

static gboolean
sign (RpExchange *exchange, RpRequest *request, GError **error)
{
  g_autofree char *secret = exchange->dup_secret (exchange, "secret");
  g_autofree char *digest = NULL;
  g_autofree char *value = NULL;

  if (rp_text_is_empty (secret))
    return TRUE;
  digest =
    rp_body_hmac (request->body, G_CHECKSUM_SHA1, (const guint8 *) secret, strlen (secret), error);
  if (digest == NULL)
    return FALSE;
  value = g_strconcat ("sha1=", digest, NULL);
  rp_request_set_header (request, "x-superdesk-signature", value);

  return TRUE;
}

static char *
dup_media_url (RpExchange *exchange, RpMedia *media)
{
  g_autofree char *assets = dup_assets_url (exchange);

  return g_strconcat (assets, "/", rp_media_get (media, RP_MEDIA_SHA256), NULL);
}

static void
note_media (RpExchange *exchange, RpMedia *media)
{
  g_autofree char *url = dup_media_url (exchange, media);

  rp_exchange_note_media (exchange, media, rp_media_get (media, RP_MEDIA_SHA256), url);
  json_object_remove_member (exchange->delivery->memory, "missing");
}

static gboolean
is_missing (RpExchange *exchange, RpMedia *media)
{
  return g_strcmp0 (rp_json_get_string (exchange->delivery->memory, "missing"),
                    rp_media_get (media, RP_MEDIA_SHA256)) == 0;
}

static gboolean
media_exists_needed (RpExchange *exchange)
{
  RpMedia *media = rp_exchange_next_media (exchange);

  return media != NULL && !is_missing (exchange, media);
}

static RpRequest *
media_exists_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *url = dup_media_url (exchange, rp_exchange_next_media (exchange));

  return rp_request_new ("GET", url, _ ("Asking whether the picture is there already"));
}

static gboolean
media_exists_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);

  if (response->status == 404) {
    json_object_set_string_member (exchange->delivery->memory, "missing",
                                   rp_media_get (media, RP_MEDIA_SHA256));
    return TRUE;
  }
  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  note_media (exchange, media);

  return TRUE;
}

static gboolean
media_upload_needed (RpExchange *exchange)
{
  return rp_exchange_next_media (exchange) != NULL;
}

static RpRequest *
media_upload_ask (RpExchange *exchange, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_autoptr (RpBody) picture = rp_body_new ();
  g_autoptr (RpRequest) request = NULL;
  g_autofree char *url = dup_assets_url (exchange);
  const char *id = rp_media_get (media, RP_MEDIA_SHA256);
  const char *type = rp_media_get (media, RP_MEDIA_MIME_TYPE);
  RpMultipart *form;

  if (!exchange->add_media (exchange, media, picture, error))
    return NULL;
  request = rp_request_new ("POST", url, _ ("Uploading a picture"));
  form = rp_multipart_new ();
  rp_multipart_add_field (form, "media_id", id);
  rp_multipart_add_file (form, "media", id, type != NULL ? type : "application/octet-stream",
                         picture);
  rp_multipart_finish (form, request);

  return sign (exchange, request, error) ? g_steal_pointer (&request) : NULL;
}

static gboolean
check_signed (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (response->status != 403)
    return rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error);
  g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS,
               _ ("%s does not accept the signature. Enter the shared secret again"),
               rp_partner_get_name (exchange->partner));

  return FALSE;
}

static gboolean
media_upload_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (!check_signed (exchange, response, error))
    return FALSE;
  note_media (exchange, rp_exchange_next_media (exchange));

  return TRUE;
}

static gboolean
item_needed (RpExchange *exchange)
{
  return !rp_json_get_boolean (exchange->delivery->memory, "sent", FALSE);
}

static RpRequest *
item_ask (RpExchange *exchange, GError **error)
{
  g_autoptr (GBytes) item = rp_exchange_render (exchange, error);
  g_autoptr (RpRequest) request = NULL;

  if (item == NULL)
    return NULL;
  request = rp_request_new ("POST", rp_partner_get_url (exchange->partner),
                            exchange->delivery->action == RP_ACTION_WITHDRAW
                              ? _ ("Asking to take the article down")
                              : _ ("Sending the article"));
  rp_request_set_header (request, "Accept", "application/json");
  rp_request_set_body (request, "application/json", item);

  return sign (exchange, request, error) ? g_steal_pointer (&request) : NULL;
}

static void
read_receipt (RpExchange *exchange, const RpResponse *response)
{
  g_autoptr (JsonObject) answer = rp_json_parse_object (response->body, "", NULL);
  const char *location = rp_response_get_header (response, "Location");
  const char *url = answer != NULL ? rp_json_get_string (answer, "url") : NULL;
  RpDelivery *delivery = exchange->delivery;

  if (delivery->remote_id == NULL)
    delivery->remote_id = g_strconcat ("urn:uuid:", delivery->marker, NULL);
  if (url == NULL)
    url = location;
  if (url != NULL) {
    g_free (delivery->public_url);
    delivery->public_url = rp_text_resolve_url (rp_partner_get_url (exchange->partner), url);
  }
}

static gboolean
item_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean gone = rp_exchange_is_withdrawal (exchange) && rp_answer_is_gone (response);

  if (!gone && !check_signed (exchange, response, error))
    return FALSE;
  json_object_set_boolean_member (exchange->delivery->memory, "sent", TRUE);
  read_receipt (exchange, response);

  return TRUE;
}

static const RpStage stages[] = {
  {"media-exists", media_exists_needed, media_exists_ask, media_exists_take},
  {"media-upload", media_upload_needed, media_upload_ask, media_upload_take},
  {"item", item_needed, item_ask, item_take},
  {NULL},
};

static RpStep
ninjs_push_step (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_stages_step (stages, exchange, last, error);
}

/* The picture store is the one place that can be asked without sending anything. */
static RpStep
ninjs_push_probe (RpExchange *exchange, const RpResponse *last, GError **error)
{
  g_autofree char *assets = dup_assets_url (exchange);
  g_autofree char *url = g_strconcat (assets, "/reprint-connection-test", NULL);

  if (last == NULL) {
    rp_exchange_take_request (exchange, rp_request_new ("GET", url, _ ("Testing the connection")));
    return RP_STEP_SEND;
  }
  if (last->status != 404 && !rp_answer_check (exchange, last, RP_ANSWER_REPEATABLE, error))
    return RP_STEP_FAILED;
  exchange->account =
    g_strdup (_ ("The receiver answers. Whether it accepts the shared secret shows "
                 "with the first article."));

  return RP_STEP_DONE;
}

static const RpSetting settings[] = {
  {.key = "url",
   .label = N_ ("Push Address"),
   .hint = N_ ("Where articles are sent, for example https://partner.example/push"),
   .kind = RP_SETTING_ADDRESS,
   .required = TRUE},
  {.key = "assets_url",
   .label = N_ ("Picture Address"),
   .hint = N_ ("Where pictures are sent; left empty it is the push address with “_binary”"),
   .kind = RP_SETTING_ADDRESS},
  {.key = "secret",
   .label = N_ ("Shared Secret"),
   .hint = N_ ("The partner gives it to you; every article is signed with it"),
   .kind = RP_SETTING_SECRET},
  {NULL},
};

const RpConnector rp_connector_ninjs_push = {
  .id = "ninjs-push",
  .title = N_ ("News Wire (ninjs Push)"),
  .summary = N_ ("Newsrooms that receive articles as Superdesk sends them"),
  .rendition = "ninjs",
  .at_once = 6,
  .flags =
    RP_CONNECTOR_UPDATES | RP_CONNECTOR_WITHDRAWS | RP_CONNECTOR_MEDIA | RP_CONNECTOR_CANONICAL,
  .settings = settings,
  .step = ninjs_push_step,
  .probe = ninjs_push_probe,
};
