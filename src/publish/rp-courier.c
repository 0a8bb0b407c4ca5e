#include "rp-courier.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-error.h"
#include "rp-fault.h"
#include "rp-text.h"
#include "rp-time.h"

#define MAX_STEPS 2000 /* a conversation that goes on longer than this goes round in circles */
#define ANSWER_LIMIT (16 * 1024 * 1024)
#define FIRST_DELAY 15
#define LONGEST_DELAY 3600

struct _RpCourier {
  GObject parent_instance;

  RpHttp *http;     /* owned */
  RpCourierLog log; /* NULL = nothing is kept */
};

G_DEFINE_FINAL_TYPE (RpCourier, rp_courier, G_TYPE_OBJECT)

typedef struct {
  const RpConnector *connector;
  RpExchange *exchange; /* borrowed */
  RpErrand errand;
  GPtrArray *secrets;  /* owned, of char *: as they could appear in what is kept */
  RpResponse *last;    /* owned: the answer that the next step reads, NULL = none */
  RpCourierNote *note; /* owned: what is to be kept next */
  guint steps;
} Trip;

static void answered_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
rp_courier_finalize (GObject *object)
{
  g_clear_object (&RP_COURIER (object)->http);
  G_OBJECT_CLASS (rp_courier_parent_class)->finalize (object);
}

static void
rp_courier_class_init (RpCourierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_courier_finalize;
}

static void
rp_courier_init (RpCourier *self)
{
}

RpCourier *
rp_courier_new (RpHttp *http, RpCourierLog log)
{
  RpCourier *self = g_object_new (RP_TYPE_COURIER, NULL);

  self->http = g_object_ref (http);
  self->log = log;

  return self;
}

gint64
rp_courier_get_delay (guint tries, gint64 retry_after, double dice)
{
  gint64 delay = FIRST_DELAY;

  if (retry_after >= 0)
    return MAX (retry_after, 1);
  for (guint i = 1; i < tries && delay < LONGEST_DELAY; i++)
    delay *= 2;
  delay = MIN (delay, LONGEST_DELAY);

  return delay / 2 + (gint64) (dice * (double) delay / 2) + 1;
}

static void
add_form (GPtrArray *secrets, char *form)
{
  if (!rp_text_is_empty (form) &&
      !g_ptr_array_find_with_equal_func (secrets, form, g_str_equal, NULL))
    g_ptr_array_add (secrets, form);
  else
    g_free (form);
}

static char *
escape_json (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);
  g_autofree char *quoted = json_to_string (node, FALSE);

  return g_strndup (quoted + 1, strlen (quoted) - 2);
}

/* Every secret of the connector, as it could stand in an address, in JSON, in XML. Gives. */
static GPtrArray *
collect_secrets (const RpConnector *connector, RpExchange *exchange)
{
  GPtrArray *secrets = g_ptr_array_new_with_free_func (g_free);

  for (const RpSetting *setting = connector->settings; setting->key != NULL; setting++) {
    g_autofree char *value = setting->kind == RP_SETTING_SECRET && exchange->dup_secret != NULL
                               ? exchange->dup_secret (exchange, setting->key)
                               : NULL;

    if (rp_text_is_empty (value))
      continue;
    add_form (secrets, g_uri_escape_string (value, NULL, FALSE));
    add_form (secrets, g_markup_escape_text (value, -1));
    add_form (secrets, escape_json (value));
    add_form (secrets, g_base64_encode ((const guchar *) value, strlen (value)));
    add_form (secrets, g_strdup (value));
  }

  return secrets;
}

static char *
redact_text (const char *text, GPtrArray *secrets)
{
  GString *clean = g_string_new (text);

  for (guint i = 0; i < secrets->len; i++)
    g_string_replace (clean, g_ptr_array_index (secrets, i), "[secret]", 0);

  return g_string_free (clean, FALSE);
}

static gboolean
holds_any (GBytes *bytes, GPtrArray *secrets)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (guint i = 0; data != NULL && i < secrets->len; i++) {
    const char *secret = g_ptr_array_index (secrets, i);

    if (memmem (data, size, secret, strlen (secret)) != NULL)
      return TRUE;
  }

  return FALSE;
}

/* Bytes stay as they are unless a secret stands in them, which only happens in text. */
static GBytes *
redact_bytes (GBytes *bytes, GPtrArray *secrets)
{
  g_autofree char *text = NULL;
  char *clean;
  gsize size;

  if (bytes == NULL || !holds_any (bytes, secrets))
    return bytes != NULL ? g_bytes_ref (bytes) : NULL;
  text = g_strndup (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  clean = redact_text (text, secrets);

  return g_bytes_new_take (clean, strlen (clean));
}

static RpBody *
redact_body (RpBody *body, GPtrArray *secrets)
{
  RpBody *clean = rp_body_new ();

  for (guint i = 0; i < rp_body_get_n_parts (body); i++) {
    const RpBodyPart *part = rp_body_get_part (body, i);
    g_autoptr (GBytes) bytes = redact_bytes (part->bytes, secrets);

    if (bytes != NULL)
      rp_body_add_bytes (clean, bytes);
    else
      rp_body_add_file (clean, part->path, part->size, part->sha256);
  }

  return clean;
}

static gboolean
is_secret_header (const char *name)
{
  return g_ascii_strcasecmp (name, "Authorization") == 0 ||
         g_ascii_strcasecmp (name, "Cookie") == 0 || g_ascii_strcasecmp (name, "Set-Cookie") == 0 ||
         g_ascii_strcasecmp (name, "X-WP-Nonce") == 0;
}

static char *
redact_header (const RpHeader *header, GPtrArray *secrets)
{
  return is_secret_header (header->name) ? g_strdup ("[secret]")
                                         : redact_text (header->value, secrets);
}

static RpRequest *
redact_request (const RpRequest *request, GPtrArray *secrets)
{
  g_autofree char *url = redact_text (request->url, secrets);
  RpRequest *clean = rp_request_new (request->method, url, request->label);

  for (guint i = 0; i < request->headers->len; i++) {
    RpHeader *header = g_ptr_array_index (request->headers, i);
    g_autofree char *value = redact_header (header, secrets);

    rp_request_set_header (clean, header->name, value);
  }
  clean->body = request->body != NULL ? redact_body (request->body, secrets) : NULL;

  return clean;
}

static RpResponse *
redact_response (const RpResponse *response, GPtrArray *secrets)
{
  g_autoptr (GBytes) body = redact_bytes (response->body, secrets);
  RpResponse *clean = rp_response_new (response->status, response->url, body);

  for (guint i = 0; i < response->headers->len; i++) {
    RpHeader *header = g_ptr_array_index (response->headers, i);
    g_autofree char *value = redact_header (header, secrets);

    rp_response_add_header (clean, header->name, value);
  }

  return clean;
}

void
rp_courier_note_free (RpCourierNote *note)
{
  g_clear_pointer (&note->answer, rp_response_free);
  g_clear_pointer (&note->request, rp_request_free);
  g_free (note->failure);
  g_free (note);
}

static void
trip_free (gpointer data)
{
  Trip *trip = data;

  g_ptr_array_unref (trip->secrets);
  g_clear_pointer (&trip->last, rp_response_free);
  g_clear_pointer (&trip->note, rp_courier_note_free);
  g_free (trip);
}

/* ---- the end ---- */

static void
nothing_left_cb (gpointer courier_data, const GError *error)
{
}

/* A partner's own words may hold what we sent it. */
static void
finish (GTask *task, GError *error)
{
  RpCourier *self = g_task_get_source_object (task);
  Trip *trip = g_task_get_task_data (task);

  if (trip->note != NULL && self->log != NULL)
    self->log (trip->exchange, g_steal_pointer (&trip->note), nothing_left_cb, NULL);
  if (error != NULL) {
    g_autofree char *clean = redact_text (error->message, trip->secrets);

    g_task_return_new_error (task, error->domain, error->code, "%s", clean);
    g_error_free (error);
  } else {
    g_task_return_boolean (task, TRUE);
  }
  g_object_unref (task);
}

/* ---- the steps ---- */

static RpStep
take_step (Trip *trip, GError **error)
{
  const RpConnector *connector = trip->connector;
  g_autoptr (RpResponse) last = g_steal_pointer (&trip->last);

  switch (trip->errand) {
  case RP_ERRAND_PROBE:
    return connector->probe (trip->exchange, last, error);
  case RP_ERRAND_LOOK:
    return connector->look (trip->exchange, last, error);
  case RP_ERRAND_FIND:
    return connector->find (trip->exchange, last, error);
  case RP_ERRAND_DELIVER:
  default:
    return connector->step (trip->exchange, last, error);
  }
}

/* What a page by https names without encryption is asked for with encryption, where that is the
 * same host; else neither a password nor an article goes there. */
static gboolean
keep_encrypted (RpExchange *exchange, GError **error)
{
  RpRequest *request = exchange->request;
  const char *base = rp_partner_get_url (exchange->partner);
  g_autofree char *own = base != NULL ? rp_text_host (base) : NULL;
  g_autoptr (GUri) uri = g_uri_parse (request->url, G_URI_FLAGS_NONE, NULL);

  if (base == NULL || uri == NULL || !g_str_has_prefix (base, "https:") ||
      !g_str_has_prefix (request->url, "http:") ||
      (!request->changes && rp_request_get_header (request, "Authorization") == NULL))
    return TRUE;
  if (g_uri_get_port (uri) == -1 && g_strcmp0 (own, g_uri_get_host (uri)) == 0) {
    g_autofree char *old = request->url;

    request->url = g_strconcat ("https", old + strlen ("http"), NULL);
    return TRUE;
  }
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("%s names an address that is not encrypted (%s). Nothing was sent there; ask the "
                  "partner to mend it"),
               rp_partner_get_name (exchange->partner), request->url);

  return FALSE;
}

static void
send_now (gpointer courier_data, const GError *error)
{
  GTask *task = courier_data;
  RpCourier *self = g_task_get_source_object (task);
  Trip *trip = g_task_get_task_data (task);

  if (error != NULL) {
    finish (task, g_error_copy (error));
    return;
  }
  rp_fault_point ("before request");
  rp_http_send_async (self->http, trip->exchange->request, ANSWER_LIMIT,
                      g_task_get_cancellable (task), answered_cb, task);
}

static void
note_request (GTask *task)
{
  RpCourier *self = g_task_get_source_object (task);
  Trip *trip = g_task_get_task_data (task);
  RpCourierNote *note;

  if (self->log == NULL) {
    send_now (task, NULL);
    return;
  }
  note = trip->note != NULL ? g_steal_pointer (&trip->note) : g_new0 (RpCourierNote, 1);
  note->request = redact_request (trip->exchange->request, trip->secrets);
  self->log (trip->exchange, note, send_now, task);
}

static void
go_on (GTask *task)
{
  Trip *trip = g_task_get_task_data (task);
  GError *error = NULL;

  if (++trip->steps > MAX_STEPS) {
    finish (task,
            g_error_new_literal (RP_ERROR, RP_ERROR_FAILED,
                                 _ ("The conversation with the partner does not come to an end")));
    return;
  }
  switch (take_step (trip, &error)) {
  case RP_STEP_SEND:
    if (keep_encrypted (trip->exchange, &error))
      note_request (task);
    else
      finish (task, error);
    return;
  case RP_STEP_WAIT:
    trip->exchange->taken = TRUE;
    finish (task, g_error_new_literal (RP_ERROR, RP_ERROR_BUSY,
                                       _ ("The partner has taken it but is not done yet")));
    return;
  case RP_STEP_DONE:
    finish (task, NULL);
    return;
  case RP_STEP_FAILED:
    finish (task, error);
    return;
  }
}

void
rp_courier_carry_async (RpCourier *self,
                        const RpConnector *connector,
                        RpExchange *exchange,
                        RpErrand errand,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Trip *trip = g_new0 (Trip, 1);

  g_task_set_source_tag (task, rp_courier_carry_async);
  g_task_set_check_cancellable (task, FALSE);
  trip->connector = connector;
  trip->exchange = exchange;
  trip->errand = errand;
  trip->secrets = collect_secrets (connector, exchange);
  g_task_set_task_data (task, trip, trip_free);
  go_on (task);
}

/* ---- the answers ---- */

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  RpCourier *self = g_task_get_source_object (task);
  Trip *trip = g_task_get_task_data (task);
  GError *failure = NULL;

  trip->last = rp_http_send_finish (RP_HTTP (source), result, &failure);
  rp_fault_point ("after answer");
  trip->exchange->now = rp_time_now ();
  if (self->log != NULL) {
    trip->note = g_new0 (RpCourierNote, 1);
    trip->note->answer = trip->last != NULL ? redact_response (trip->last, trip->secrets) : NULL;
    trip->note->failure = failure != NULL ? redact_text (failure->message, trip->secrets) : NULL;
  }
  if (failure != NULL)
    finish (task, failure);
  else
    go_on (task);
}

gboolean
rp_courier_carry_finish (RpCourier *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
