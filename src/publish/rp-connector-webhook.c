/* Signed webhooks: one POST that tells of an article, with the news wire's form of it inside. Two
 * ways to sign: Standard Webhooks and GitHub's. The id is made of our mark and the version, so it
 * is the same on every try and the receiver can drop repetitions; only a 2xx says that it was
 * taken. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-answer.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

extern const RpConnector rp_connector_webhook;

#define SECRET_PREFIX "whsec_"
#define CLOCK_TOLERANCE (5 * 60) /* what receivers allow, in seconds */
#define TEST_TYPE "reprint.test"

typedef struct {
  char *id;         /* owned: the same on every try */
  const char *type; /* "article.published" */
  GBytes *body;     /* owned */
} Event;

static void
event_free (Event *event)
{
  g_free (event->id);
  g_clear_pointer (&event->body, g_bytes_unref);
  g_free (event);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Event, event_free)

/* ---- the event ---- */

static const char *
get_type (RpDeliveryAction action)
{
  switch (action) {
  case RP_ACTION_UPDATE:
    return "article.updated";
  case RP_ACTION_WITHDRAW:
    return "article.withdrawn";
  case RP_ACTION_CREATE:
  default:
    return "article.published";
  }
}

static GBytes *
wrap (const char *type, gint64 moment, JsonObject *data)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *timestamp = rp_time_format (moment);

  json_object_set_string_member (object, "type", type);
  rp_json_set_string (object, "timestamp", timestamp);
  json_object_set_object_member (object, "data", json_object_ref (data));

  return rp_json_object_to_bytes (object);
}

static Event *
make_event (RpExchange *exchange, GError **error)
{
  RpDelivery *delivery = exchange->delivery;
  g_autoptr (GBytes) item = rp_exchange_render (exchange, error);
  g_autoptr (JsonObject) data =
    item != NULL ? rp_json_parse_object (item, _ ("The article"), error) : NULL;
  gint64 moment = delivery->created != RP_TIME_NONE ? delivery->created : exchange->now;
  Event *event;

  if (data == NULL)
    return NULL;
  event = g_new0 (Event, 1);
  event->type = get_type (delivery->action);
  event->id = g_strdup_printf ("%s-%s", delivery->marker, delivery->version);
  g_strdelimit (event->id, ".", '-');
  event->body = wrap (event->type, moment, data);

  return event;
}

static Event *
make_test (RpExchange *exchange)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  Event *event = g_new0 (Event, 1);

  event->type = TEST_TYPE;
  event->id = g_strdup_printf ("test-%" G_GINT64_FORMAT, exchange->now);
  event->body = wrap (event->type, exchange->now, nothing);

  return event;
}

/* ---- signing ---- */

static gboolean
is_github (RpExchange *exchange)
{
  return g_strcmp0 (rp_partner_get_setting (exchange->partner, "style"), "github") == 0;
}

/* Gives; NULL when it is not what it has to be. */
static GBytes *
decode_secret (RpExchange *exchange)
{
  g_autofree char *secret = exchange->dup_secret (exchange, "secret");
  char *text = secret != NULL ? g_strstrip (secret) : NULL;
  gsize size = 0;
  guchar *key;

  if (rp_text_is_empty (text))
    return NULL;
  if (is_github (exchange))
    return g_bytes_new (text, strlen (text));
  if (g_str_has_prefix (text, SECRET_PREFIX))
    text += strlen (SECRET_PREFIX);
  if (strlen (text) % 4 != 0 || text[strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                   "abcdefghijklmnopqrstuvwxyz0123456789+/=")])
    return NULL;
  key = g_base64_decode (text, &size);

  return g_bytes_new_take (key, size);
}

static GBytes *
get_secret (RpExchange *exchange, GError **error)
{
  GBytes *secret = decode_secret (exchange);

  if (secret == NULL)
    g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                 is_github (exchange)
                   ? _ ("The shared secret of %s is missing. Enter it in the partner’s settings")
                   : _ ("The signing secret of %s is missing or not complete. It begins with "
                        "“whsec_”; copy all of it"),
                 rp_partner_get_name (exchange->partner));

  return secret;
}

static GHmac *
start (GBytes *secret)
{
  gsize size;
  const guchar *key = g_bytes_get_data (secret, &size);

  return g_hmac_new (G_CHECKSUM_SHA256, key, size);
}

static void
add_bytes (GHmac *hmac, GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);

  g_hmac_update (hmac, data, (gssize) size);
}

static void
sign_standard (RpRequest *request, const Event *event, GBytes *secret, gint64 now)
{
  g_autoptr (GHmac) hmac = start (secret);
  g_autofree char *timestamp =
    g_strdup_printf ("%" G_GINT64_FORMAT, now / (gint64) G_TIME_SPAN_SECOND);
  g_autofree char *head = g_strdup_printf ("%s.%s.", event->id, timestamp);
  guint8 digest[32];
  gsize size = sizeof digest;
  g_autofree char *code = NULL;
  g_autofree char *value = NULL;

  g_hmac_update (hmac, (const guchar *) head, -1);
  add_bytes (hmac, event->body);
  g_hmac_get_digest (hmac, digest, &size);
  code = g_base64_encode (digest, size);
  value = g_strconcat ("v1,", code, NULL);
  rp_request_set_header (request, "webhook-id", event->id);
  rp_request_set_header (request, "webhook-timestamp", timestamp);
  rp_request_set_header (request, "webhook-signature", value);
}

/* A UUID that follows from the id, because receivers expect one. Gives. */
static char *
dup_uuid (const char *id)
{
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);

  return g_strdup_printf ("%.8s-%.4s-8%.3s-a%.3s-%.12s", hex, hex + 8, hex + 12, hex + 15,
                          hex + 18);
}

static void
sign_github (RpRequest *request, const Event *event, GBytes *secret)
{
  g_autoptr (GHmac) hmac = start (secret);
  g_autofree char *uuid = dup_uuid (event->id);
  g_autofree char *value = NULL;

  add_bytes (hmac, event->body);
  value = g_strconcat ("sha256=", g_hmac_get_string (hmac), NULL);
  rp_request_set_header (request, "X-Hub-Signature-256", value);
  rp_request_set_header (request, "X-GitHub-Delivery", uuid);
  rp_request_set_header (request, "X-GitHub-Event",
                         g_str_equal (event->type, TEST_TYPE) ? "ping" : event->type);
}

static RpRequest *
make_request (RpExchange *exchange, const Event *event, const char *label, GError **error)
{
  g_autoptr (GBytes) secret = get_secret (exchange, error);
  RpRequest *request;

  if (secret == NULL)
    return NULL;
  request = rp_request_new ("POST", rp_partner_get_url (exchange->partner), label);
  rp_request_set_body (request, "application/json", event->body);
  if (is_github (exchange))
    sign_github (request, event, secret);
  else
    sign_standard (request, event, secret, exchange->now);

  return request;
}

/* ---- the answer ---- */

static gint64
get_minutes_off (RpExchange *exchange, const RpResponse *response)
{
  gint64 theirs = rp_time_instant (rp_response_get_header (response, "Date"));
  gint64 off = theirs != RP_TIME_NONE ? ABS (theirs - exchange->now) / G_TIME_SPAN_SECOND : 0;

  return off > CLOCK_TOLERANCE ? off / 60 : 0;
}

static gboolean
refuse_signature (RpExchange *exchange, const RpResponse *response, GError **error)
{
  const char *name = rp_partner_get_name (exchange->partner);
  gint64 minutes = get_minutes_off (exchange, response);
  g_autofree char *words = rp_answer_dup_words (response);

  if (minutes > 0)
    g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                 _ ("%s does not accept the signature (%s), and the clocks differ by %d minutes. "
                    "Set this computer’s clock, then send again"),
                 name, words, (int) minutes);
  else
    g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                 _ ("%s does not accept the signature (%s). Enter the secret again"), name, words);

  return FALSE;
}

/* The id is the same on every try: sending again is harmless whatever happened. */
static gboolean
check (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (response->status == 410) {
    g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                 _ ("%s has switched this address off (410). Ask the partner for the new one; "
                    "nothing is sent until then"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  if (response->status == 401 || response->status == 403 ||
      (response->status == 400 && get_minutes_off (exchange, response) > 0))
    return refuse_signature (exchange, response, error);

  return rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error);
}

static void
read_receipt (RpExchange *exchange, const RpResponse *response)
{
  g_autoptr (JsonObject) answer = rp_json_parse_object (response->body, "", NULL);
  const char *url = answer != NULL ? rp_json_get_string (answer, "url") : NULL;
  g_autofree char *id = g_strconcat ("urn:uuid:", exchange->delivery->marker, NULL);

  rp_exchange_set_remote (exchange, exchange->delivery->remote_id == NULL ? id : NULL,
                          rp_text_is_web_url (url) ? url : NULL);
}

static gboolean
check_errand (RpExchange *exchange, GError **error)
{
  if (!rp_exchange_is_draft (exchange) && !rp_exchange_is_scheduled (exchange))
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("%s is told of articles when they are published: there are no drafts and no "
                  "later. Send the article when it may be seen"),
               rp_partner_get_name (exchange->partner));

  return FALSE;
}

static RpStep
webhook_step (RpExchange *exchange, const RpResponse *last, GError **error)
{
  g_autoptr (Event) event = NULL;
  RpRequest *request;

  if (last != NULL) {
    if (!check (exchange, last, error))
      return RP_STEP_FAILED;
    read_receipt (exchange, last);
    return RP_STEP_DONE;
  }
  event = check_errand (exchange, error) ? make_event (exchange, error) : NULL;
  if (event == NULL)
    return RP_STEP_FAILED;
  request = make_request (exchange, event, _ ("Telling the partner of the article"), error);
  if (request == NULL)
    return RP_STEP_FAILED;
  rp_exchange_take_request (exchange, request);

  return RP_STEP_SEND;
}

/* A signed event of a kind that receivers do not know, and so pass over. */
static RpStep
webhook_probe (RpExchange *exchange, const RpResponse *last, GError **error)
{
  g_autoptr (Event) event = NULL;
  RpRequest *request;

  if (last != NULL) {
    if (!check (exchange, last, error))
      return RP_STEP_FAILED;
    exchange->account = g_strdup (_ ("The receiver has taken a signed test event."));
    return RP_STEP_DONE;
  }
  event = make_test (exchange);
  request = make_request (exchange, event, _ ("Sending a test event"), error);
  if (request == NULL)
    return RP_STEP_FAILED;
  rp_exchange_take_request (exchange, request);

  return RP_STEP_SEND;
}

static const char *const notes[] = {
  N_ ("The receiver decides what it does with an article; it cannot be asked how the article "
      "fares."),
  N_ ("Pictures are not sent; the event names the addresses where they are."),
  NULL,
};

static const RpLimits limits = {.notes = notes};

static const char *const style_values[] = {"standard", "github", NULL};
static const char *const style_labels[] = {N_ ("Standard Webhooks"), N_ ("As GitHub Signs"), NULL};

static const RpSetting settings[] = {
  {.key = "url",
   .label = N_ ("Webhook Address"),
   .hint = N_ ("Where events are sent, for example https://partner.example/hooks/articles"),
   .kind = RP_SETTING_ADDRESS,
   .required = TRUE},
  {.key = "style",
   .label = N_ ("Signature"),
   .hint = N_ ("How the receiver checks that an event is from you"),
   .kind = RP_SETTING_CHOICE,
   .fallback = "standard",
   .choices = style_values,
   .choice_labels = style_labels},
  {.key = "secret",
   .label = N_ ("Signing Secret"),
   .hint = N_ ("The partner gives it to you; for Standard Webhooks it begins with “whsec_”"),
   .kind = RP_SETTING_SECRET,
   .required = TRUE},
  {NULL},
};

const RpConnector rp_connector_webhook = {
  .id = "webhook",
  .title = N_ ("Signed Webhook"),
  .summary = N_ ("Programs of a partner that want to be told of articles"),
  .rendition = "ninjs",
  .flags = RP_CONNECTOR_UPDATES | RP_CONNECTOR_WITHDRAWS,
  .settings = settings,
  .limits = &limits,
  .at_once = 6,
  .step = webhook_step,
  .probe = webhook_probe,
};
