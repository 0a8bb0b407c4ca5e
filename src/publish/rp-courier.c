#include "rp-courier.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-error.h"
#include "rp-fault.h"

#define MAX_STEPS 400 /* a conversation that goes on longer than this goes round in circles */
#define ANSWER_LIMIT (16 * 1024 * 1024)
#define FIRST_DELAY 15
#define LONGEST_DELAY 3600

struct _RpCourier {
  GObject parent_instance;

  RpHttp *http;            /* owned */
  const RpCourierLog *log; /* static, may be NULL */
};

G_DEFINE_FINAL_TYPE (RpCourier, rp_courier, G_TYPE_OBJECT)

typedef struct {
  const RpConnector *connector;
  RpExchange *exchange; /* borrowed */
  gboolean probe;
  guint steps;
} Trip;

static void take_step (GTask *task, const RpResponse *last);
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
rp_courier_new (RpHttp *http, const RpCourierLog *log)
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

/* Every secret of the connector, as it could appear in what is kept. Gives. */
static GPtrArray *
collect_secrets (const Trip *trip)
{
  GPtrArray *secrets = g_ptr_array_new_with_free_func (g_free);

  for (const RpSetting *setting = trip->connector->settings; setting->key != NULL; setting++) {
    char *value = setting->kind == RP_SETTING_SECRET && trip->exchange->dup_secret != NULL
                    ? trip->exchange->dup_secret (trip->exchange, setting->key)
                    : NULL;

    if (value != NULL && *value != '\0')
      g_ptr_array_add (secrets, value);
    else
      g_free (value);
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

/* A partner's own words may hold what we sent it. */
static GError *
redact_error (Trip *trip, GError *error)
{
  g_autoptr (GError) owned = error;
  g_autoptr (GPtrArray) secrets = collect_secrets (trip);
  g_autofree char *clean = redact_text (error->message, secrets);

  return g_error_new_literal (error->domain, error->code, clean);
}

static void
finish (GTask *task, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, redact_error (g_task_get_task_data (task), error));
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static gboolean
log_request (RpCourier *self, Trip *trip, GError **error)
{
  g_autoptr (GPtrArray) secrets = NULL;
  g_autoptr (RpRequest) clean = NULL;

  if (self->log == NULL)
    return TRUE;
  secrets = collect_secrets (trip);
  clean = redact_request (trip->exchange->request, secrets);

  return self->log->about_to_send (trip->exchange, clean, error);
}

static gboolean
log_answer (RpCourier *self,
            Trip *trip,
            const RpResponse *response,
            const GError *failure,
            GError **error)
{
  g_autoptr (GPtrArray) secrets = NULL;
  g_autoptr (RpResponse) clean = NULL;
  g_autofree char *words = NULL;

  if (self->log == NULL)
    return TRUE;
  secrets = collect_secrets (trip);
  clean = response != NULL ? redact_response (response, secrets) : NULL;

  words = failure != NULL ? redact_text (failure->message, secrets) : NULL;

  return self->log->answered (trip->exchange, clean, words, error);
}

static void
send_request (GTask *task)
{
  RpCourier *self = g_task_get_source_object (task);
  Trip *trip = g_task_get_task_data (task);
  GError *error = NULL;

  if (!log_request (self, trip, &error)) {
    finish (task, error);
    return;
  }
  rp_fault_point ("before request");
  rp_http_send_async (self->http, trip->exchange->request, ANSWER_LIMIT,
                      g_task_get_cancellable (task), answered_cb, task);
}

static void
take_step (GTask *task, const RpResponse *last)
{
  Trip *trip = g_task_get_task_data (task);
  RpStep (*step) (RpExchange *, const RpResponse *, GError **) =
    trip->probe ? trip->connector->probe : trip->connector->step;
  GError *error = NULL;

  if (++trip->steps > MAX_STEPS) {
    finish (task,
            g_error_new_literal (RP_ERROR, RP_ERROR_FAILED,
                                 _ ("The conversation with the partner does not come to an end")));
    return;
  }
  switch (step (trip->exchange, last, &error)) {
  case RP_STEP_SEND:
    send_request (task);
    return;
  case RP_STEP_WAIT:
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
                        gboolean probe,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Trip *trip = g_new0 (Trip, 1);

  g_task_set_source_tag (task, rp_courier_carry_async);
  trip->connector = connector;
  trip->exchange = exchange;
  trip->probe = probe;
  g_task_set_task_data (task, trip, g_free);
  take_step (task, NULL);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  RpCourier *self = g_task_get_source_object (task);
  Trip *trip = g_task_get_task_data (task);
  g_autoptr (GError) failure = NULL;
  GError *error = NULL;
  g_autoptr (RpResponse) response = rp_http_send_finish (RP_HTTP (source), result, &failure);

  rp_fault_point ("after answer");
  if (!log_answer (self, trip, response, failure, &error)) {
    finish (task, error);
    return;
  }
  if (failure != NULL) {
    finish (task, g_steal_pointer (&failure));
    return;
  }
  take_step (task, response);
}

gboolean
rp_courier_carry_finish (RpCourier *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
