#include "rp-http.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "rp-error.h"
#include "rp-fault.h"
#include "rp-patience.h"
#include "rp-text.h"

#define MAX_REDIRECTS 5
#define IDLE_SECONDS 4 /* servers close connections that nobody uses after five seconds or more */
#define CHUNK (64 * 1024)
#define SILENCES 3 /* times the time-out of a socket, until a request is given up as a whole */

struct _RpHttp {
  GObject parent_instance;

  SoupSession *session;    /* owned */
  GHashTable *calm;        /* owned, set of char *: origins that keep their connections open */
  RpHttpProgress progress; /* NULL = nobody wants to know */
  gpointer progress_data;
};

G_DEFINE_FINAL_TYPE (RpHttp, rp_http, G_TYPE_OBJECT)

/* One exchange on its way; lives as the task's data. */
typedef struct {
  const RpRequest *request; /* borrowed until the callback */
  SoupMessage *message;     /* owned, the current hop */
  GInputStream *stream;     /* owned */
  GByteArray *body;         /* owned */
  gsize limit;
  guint hops;
  RpHttp *http;         /* borrowed: the task's source */
  goffset sent, told;   /* bytes of a large body */
  gboolean fresh;       /* a connection was made for it */
  gboolean wrote;       /* something of the body, or the whole head, has left */
  char *url;            /* owned, the current hop's address */
  gboolean crossed;     /* a redirect has led to another host: secrets stay behind */
  gboolean strayed;     /* a redirect was only for now */
  RpPatience *patience; /* owned */
  gboolean over;        /* the caller was told without it */
} Exchange;

static void send_hop (GTask *task);
static void head_arrived_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void chunk_arrived_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  g_clear_pointer (&exchange->patience, rp_patience_free);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_byte_array_unref (exchange->body);
  g_free (exchange->url);
  g_free (exchange);
}

static void
rp_http_finalize (GObject *object)
{
  g_clear_object (&RP_HTTP (object)->session);
  g_hash_table_unref (RP_HTTP (object)->calm);
  G_OBJECT_CLASS (rp_http_parent_class)->finalize (object);
}

static void
rp_http_class_init (RpHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_http_finalize;
}

static void
rp_http_init (RpHttp *self)
{
  self->session =
    g_object_new (SOUP_TYPE_SESSION, "user-agent", "Reprint/" RP_VERSION " ", "timeout", 30,
                  "idle-timeout", IDLE_SECONDS, "max-conns", 64, "max-conns-per-host", 6, NULL);
  self->calm = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
}

RpHttp *
rp_http_new (void)
{
  return g_object_new (RP_TYPE_HTTP, NULL);
}

gboolean
rp_http_trust (RpHttp *self, const char *pem_path, GError **error)
{
  g_autoptr (GTlsDatabase) database = NULL;

  if (pem_path != NULL) {
    database = g_tls_file_database_new (pem_path, error);
    if (database == NULL)
      return FALSE;
  }
  soup_session_set_tls_database (self->session, database);

  return TRUE;
}

void
rp_http_set_timeout (RpHttp *self, guint seconds)
{
  soup_session_set_timeout (self->session, seconds);
}

void
rp_http_set_progress (RpHttp *self, RpHttpProgress progress, gpointer user_data)
{
  self->progress = progress;
  self->progress_data = user_data;
}

static gboolean
is_secret_header (const char *name)
{
  static const char *const secret[] = {"Authorization", "Cookie", "Proxy-Authorization",
                                       "X-Api-Key", "X-WP-Nonce"};

  for (guint i = 0; i < G_N_ELEMENTS (secret); i++)
    if (g_ascii_strcasecmp (name, secret[i]) == 0)
      return TRUE;

  return g_str_has_suffix (name, "signature");
}

static void
sign_cb (SoupMessage *message, guint size, gpointer user_data)
{
  rp_patience_note_sign (((Exchange *) user_data)->patience);
}

static void
wrote_cb (SoupMessage *message, gpointer user_data)
{
  rp_patience_note_sign (((Exchange *) user_data)->patience);
  ((Exchange *) user_data)->wrote = TRUE;
  rp_fault_point ("request written");
}

static void
wrote_chunk_cb (SoupMessage *message, guint size, gpointer user_data)
{
  Exchange *exchange = user_data;
  goffset whole = rp_body_get_size (exchange->request->body);

  exchange->sent += size;
  if (exchange->sent - exchange->told < whole / 100 && exchange->sent < whole)
    return;
  exchange->told = exchange->sent;
  exchange->http->progress (exchange->request, exchange->sent, whole,
                            exchange->http->progress_data);
}

/* Scheme, host and port: what credentials and connections belong to. Gives; NULL = no address. */
static char *
dup_origin (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *host =
    uri != NULL && g_uri_get_host (uri) != NULL ? g_ascii_strdown (g_uri_get_host (uri), -1) : NULL;

  return host != NULL
           ? g_strdup_printf ("%s://%s:%d", g_uri_get_scheme (uri), host, g_uri_get_port (uri))
           : NULL;
}

static void
network_cb (SoupMessage *message,
            GSocketClientEvent event,
            GIOStream *connection,
            gpointer user_data)
{
  rp_patience_note_sign (((Exchange *) user_data)->patience);
  if (event == G_SOCKET_CLIENT_CONNECTING)
    ((Exchange *) user_data)->fresh = TRUE;
}

/* An answer on a connection that was there before shows that the server keeps them open. */
static void
note_manners (Exchange *exchange, gboolean good)
{
  g_autofree char *origin = dup_origin (exchange->url);

  if (origin != NULL && good && !exchange->fresh)
    g_hash_table_add (exchange->http->calm, g_steal_pointer (&origin));
  else if (origin != NULL && !good)
    g_hash_table_remove (exchange->http->calm, origin);
}

/* A request that changes something uses a connection that is open already only where reading has
 * shown that they stay open, and not after an error: many servers close theirs without saying so,
 * and what is lost on a closed one is uncertain. “Idempotent” does not have it sent again: the
 * library only repeats what its method allows to be repeated. */
static SoupMessageFlags
get_flags (Exchange *exchange)
{
  g_autofree char *origin = dup_origin (exchange->url);

  return origin != NULL && g_hash_table_contains (exchange->http->calm, origin)
           ? SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT
           : SOUP_MESSAGE_NO_REDIRECT;
}

static SoupMessage *
make_message (Exchange *exchange)
{
  SoupMessage *message = soup_message_new (exchange->request->method, exchange->url);
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  soup_message_add_flags (message, get_flags (exchange));
  headers = soup_message_get_request_headers (message);
  for (guint i = 0; i < exchange->request->headers->len; i++) {
    RpHeader *header = g_ptr_array_index (exchange->request->headers, i);

    if (!exchange->crossed || !is_secret_header (header->name))
      soup_message_headers_replace (headers, header->name, header->value);
  }
  if (exchange->request->body != NULL) {
    g_autoptr (GInputStream) stream = rp_body_open (exchange->request->body);

    if (exchange->http->progress != NULL &&
        rp_body_get_size (exchange->request->body) >= RP_HTTP_LARGE)
      g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_chunk_cb), exchange);
    g_signal_connect (message, "wrote-body-data", G_CALLBACK (sign_cb), exchange);
    soup_message_set_request_body (
      message, rp_request_get_header ((RpRequest *) exchange->request, "Content-Type"), stream,
      rp_body_get_size (exchange->request->body));
  }
  g_signal_connect (message, "network-event", G_CALLBACK (network_cb), exchange);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_cb), exchange);

  return message;
}

static const char *
describe_certificate (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return _ ("its certificate has expired");
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _ ("its certificate is for another address");
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return _ ("its certificate is not valid yet; check this computer’s clock");
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return _ ("its certificate has been withdrawn");

  return _ ("its certificate is not signed by anybody this computer trusts");
}

static void
return_failure (GTask *task, GError *cause)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autofree char *host = rp_text_host (exchange->url);
  const char *place = host != NULL ? host : exchange->url;
  const char *reason =
    rp_patience_is_over (exchange->patience) ? _ ("nothing came for too long") : cause->message;

  note_manners (exchange, FALSE);
  if (!rp_patience_is_over (exchange->patience) &&
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, g_error_copy (cause));
    return;
  }
  if (cause->domain == G_TLS_ERROR && !exchange->wrote) {
    GTlsCertificateFlags flags =
      exchange->message != NULL ? soup_message_get_tls_peer_certificate_errors (exchange->message)
                                : 0;

    g_task_return_new_error (task, RP_ERROR, RP_ERROR_CREDENTIALS,
                             _ ("The connection to %s is not safe: %s. Nothing was sent; ask the "
                                "partner to mend it"),
                             place, flags != 0 ? describe_certificate (flags) : cause->message);
    return;
  }
  if (exchange->request->changes && exchange->wrote)
    g_task_return_new_error (
      task, RP_ERROR, RP_ERROR_UNKNOWN_OUTCOME,
      _ ("%s did not answer completely (%s); whether it arrived will be looked "
         "up there before anything is sent again"),
      place, reason);
  else
    g_task_return_new_error (task, RP_ERROR, RP_ERROR_UNREACHABLE,
                             _ ("%s could not be reached: %s"), place, reason);
}

static void
return_response (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GBytes) body = g_bytes_new (exchange->body->data, exchange->body->len);
  RpResponse *response =
    rp_response_new (soup_message_get_status (exchange->message), exchange->url, body);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  response->moved = exchange->hops > 0 && !exchange->strayed;
  response->reason = g_strdup (soup_message_get_reason_phrase (exchange->message));
  soup_message_headers_iter_init (&iter, soup_message_get_response_headers (exchange->message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    rp_response_add_header (response, name, value);

  note_manners (exchange, soup_message_get_status (exchange->message) < 400);
  g_input_stream_close (exchange->stream, NULL, NULL); /* the connection is free for the next one */
  rp_fault_point ("response read");
  g_task_return_pointer (task, response, (GDestroyNotify) rp_response_free);
}

static gboolean
is_redirect (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static gboolean
is_permanent (guint status)
{
  return status == 301 || status == 308;
}

static gboolean
is_same_origin (const char *a, const char *b)
{
  g_autofree char *first = dup_origin (a);
  g_autofree char *second = dup_origin (b);

  return first != NULL && g_strcmp0 (first, second) == 0;
}

/* Why a read must not go on to `next`; NULL = it may. Gives. */
static GError *
refuse_redirect (Exchange *exchange, const char *next)
{
  g_autofree char *host = rp_text_host (exchange->url);

  if (exchange->hops >= MAX_REDIRECTS)
    return g_error_new (RP_ERROR, RP_ERROR_REFUSED,
                        _ ("%s sends every request on to another address without end"), host);
  if (g_str_has_prefix (exchange->url, "https:") && g_str_has_prefix (next, "http:"))
    return g_error_new (RP_ERROR, RP_ERROR_REFUSED,
                        _ ("%s sends the request on to an address that is not encrypted (%s); it "
                           "was not followed"),
                        host, next);

  return NULL;
}

/* The address a read goes on to, NULL when the answer is final. Gives. */
static char *
dup_redirect (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);

  if (!is_redirect (soup_message_get_status (exchange->message)) || exchange->request->changes)
    return NULL;

  return rp_text_resolve_url (exchange->url, soup_message_headers_get_one (headers, "Location"));
}

static void
read_chunk (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  rp_patience_note_sign (exchange->patience);
  g_input_stream_read_bytes_async (exchange->stream, CHUNK, g_task_get_priority (task),
                                   rp_patience_get_cancellable (exchange->patience),
                                   chunk_arrived_cb, task);
}

/* Takes the task, which has returned. */
static void
end (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  if (exchange->message != NULL) /* an answer may come while the rest is still being sent */
    g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_clear_pointer (&exchange->patience, rp_patience_free);
  g_object_unref (task);
}

static void
send_hop (GTask *task)
{
  RpHttp *self = g_task_get_source_object (task);
  Exchange *exchange = g_task_get_task_data (task);

  g_clear_object (&exchange->message);
  exchange->fresh = FALSE;
  exchange->message = make_message (exchange);
  if (exchange->message == NULL) {
    g_task_return_new_error (task, RP_ERROR, RP_ERROR_INVALID,
                             _ ("“%s” is not an address that can be opened"), exchange->url);
    end (task);
    return;
  }

  rp_patience_note_sign (exchange->patience);
  soup_session_send_async (self->session, exchange->message, g_task_get_priority (task),
                           rp_patience_get_cancellable (exchange->patience), head_arrived_cb, task);
}

/* The request is not the caller's to lend any more. */
static void
lost_cb (gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "");

  exchange->over = TRUE;
  if (exchange->message != NULL)
    g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  return_failure (task, error);
}

void
rp_http_send_async (RpHttp *self,
                    const RpRequest *request,
                    gsize limit,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task;
  Exchange *exchange = g_new0 (Exchange, 1);

  g_return_if_fail (RP_IS_HTTP (self));

  exchange->http = self;
  exchange->request = request;
  exchange->limit = limit > 0 ? limit : RP_HTTP_DEFAULT_LIMIT;
  exchange->body = g_byte_array_new ();
  exchange->url = g_strdup (request->url);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rp_http_send_async);
  g_task_set_task_data (task, exchange, exchange_free);
  rp_fault_point ("request made");
  exchange->patience = rp_patience_new (
    cancellable, soup_session_get_timeout (self->session) * SILENCES, lost_cb, task);
  send_hop (task);
}

static void
head_arrived_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autofree char *next = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->over) {
    end (task);
    return;
  }
  if (exchange->stream == NULL) {
    return_failure (task, error);
    end (task);
    return;
  }
  next = dup_redirect (exchange);
  if (next == NULL) {
    read_chunk (task);
    return;
  }

  refusal = refuse_redirect (exchange, next);
  if (refusal != NULL) {
    g_task_return_error (task, g_steal_pointer (&refusal));
    end (task);
    return;
  }
  exchange->hops++;
  exchange->strayed =
    exchange->strayed || !is_permanent (soup_message_get_status (exchange->message));
  exchange->crossed = exchange->crossed || !is_same_origin (exchange->url, next);
  g_free (exchange->url);
  exchange->url = g_steal_pointer (&next);
  g_clear_object (&exchange->stream);
  send_hop (task);
}

static void
chunk_arrived_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize size = 0;
  gconstpointer data = chunk != NULL ? g_bytes_get_data (chunk, &size) : NULL;

  if (exchange->over) { /* the caller has gone on without it */
  } else if (chunk == NULL) {
    return_failure (task, error);
  } else if (size == 0) {
    return_response (task);
  } else if (exchange->body->len + size > exchange->limit) {
    g_autofree char *host = rp_text_host (exchange->url);

    g_task_return_new_error (task, RP_ERROR, RP_ERROR_TOO_LARGE,
                             _ ("What %s sent is larger than %u megabytes"), host,
                             (guint) (exchange->limit / 1000000));
  } else {
    g_byte_array_append (exchange->body, data, (guint) size);
    read_chunk (task);
    return;
  }
  end (task);
}

RpResponse *
rp_http_send_finish (RpHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
