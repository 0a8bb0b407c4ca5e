/* The HTTP session against a server in this process: redirects, limits, secrets, lost answers. */
#include <libsoup/soup.h>
#include <string.h>

#include "rp-error.h"
#include "rp-http.h"
#include "rp-time.h"

typedef struct {
  SoupServer *server;
  SoupServer *other; /* another port: another origin */
  char *url;
  char *other_url;
  guint hits;
  char *authorization; /* of the last request, at either */
  guint16 ports[2];    /* where the last two requests came from, the newest first */
  RpHttp *http;
  GCancellable *stop; /* borrowed: cancelled by a request for /mumble */
} Fixture;

static void
redirect (SoupServerMessage *message, guint status, const char *location)
{
  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                location);
}

/* A server that says a little now and then, and never has said all. */
static gboolean
mumble_cb (gpointer user_data)
{
  GOutputStream *stream = g_io_stream_get_output_stream (user_data);

  return g_output_stream_write (stream, "X-More: x\r\n", 11, NULL, NULL) > 0;
}

static void
mumble (SoupServerMessage *message)
{
  GIOStream *connection = soup_server_message_steal_connection (message);

  g_output_stream_write (g_io_stream_get_output_stream (connection), "HTTP/1.1 200 OK\r\n", 17,
                         NULL, NULL);
  g_timeout_add_full (G_PRIORITY_DEFAULT, 200, mumble_cb, connection, g_object_unref);
}

static void
serve_cb (SoupServer *server,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  Fixture *fixture = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  fixture->hits++;
  fixture->ports[1] = fixture->ports[0];
  fixture->ports[0] = g_inet_socket_address_get_port (
    G_INET_SOCKET_ADDRESS (soup_server_message_get_remote_address (message)));
  g_free (fixture->authorization);
  fixture->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  if (g_str_equal (path, "/loop"))
    redirect (message, 302, "/loop");
  else if (g_str_equal (path, "/away")) {
    g_autofree char *target = g_strconcat (fixture->other_url, "ok", NULL);

    redirect (message, 302, target);
  } else if (g_str_equal (path, "/near"))
    redirect (message, 307, "/ok");
  else if (g_str_equal (path, "/file"))
    redirect (message, 302, "file:///etc/passwd");
  else if (g_str_equal (path, "/busy")) {
    soup_server_message_set_status (message, 429, NULL);
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                  "17");
  } else if (g_str_equal (path, "/mumble")) {
    mumble (message);
    if (fixture->stop != NULL)
      g_cancellable_cancel (fixture->stop);
  } else if (g_str_equal (path, "/drop"))
    g_io_stream_close (soup_server_message_steal_connection (message), NULL, NULL);
  else {
    gsize size = g_str_equal (path, "/large") ? 3000000 : 2;
    g_autofree char *body = g_strnfill (size, 'x');

    soup_server_message_set_status (message, 200, NULL);
    soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, body, size);
  }
}

static SoupServer *
start (Fixture *fixture, char **out_url)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  GError *error = NULL;
  GSList *uris;

  soup_server_add_handler (server, NULL, serve_cb, fixture, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  *out_url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return server;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = start (fixture, &fixture->url);
  fixture->other = start (fixture, &fixture->other_url);
  fixture->http = rp_http_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->http);
  soup_server_disconnect (fixture->server);
  soup_server_disconnect (fixture->other);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->other);
  g_free (fixture->url);
  g_free (fixture->other_url);
  g_free (fixture->authorization);
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static RpResponse *
send (Fixture *fixture,
      const char *method,
      const char *path,
      gsize limit,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *url = g_strconcat (fixture->url, path, NULL);
  g_autoptr (RpRequest) request = rp_request_new (method, url, "Testing");
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (GAsyncResult) result = NULL;

  rp_request_set_header (request, "Authorization", "Basic c2VjcmV0");
  if (request->changes)
    rp_request_set_body (request, "application/json", body);
  rp_http_send_async (fixture->http, request, limit, cancellable, ready_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return rp_http_send_finish (fixture->http, result, error);
}

static const struct {
  const char *name, *method, *path;
  gsize limit;
  guint status; /* 0 = an error */
  int error;
  gboolean secret; /* the last request carried the credentials */
} cases[] = {
  {"plain", "GET", "ok", 0, 200, 0, TRUE},
  {"redirect-here", "GET", "near", 0, 200, 0, TRUE},
  {"redirect-away-without-credentials", "GET", "away", 0, 200, 0, FALSE},
  {"redirect-of-a-write-is-not-followed", "POST", "near", 0, 307, 0, TRUE},
  {"redirect-to-a-file-is-not-followed", "GET", "file", 0, 302, 0, TRUE},
  {"redirect-loop", "GET", "loop", 0, 0, RP_ERROR_REFUSED, TRUE},
  {"too-large", "GET", "large", 100000, 0, RP_ERROR_TOO_LARGE, TRUE},
  {"large-within-limit", "GET", "large", 3000000, 200, 0, TRUE},
  {"status-is-an-answer", "POST", "busy", 0, 429, 0, TRUE},
  {"lost-answer-of-a-read", "GET", "drop", 0, 0, RP_ERROR_UNREACHABLE, TRUE},
  {"lost-answer-of-a-write", "POST", "drop", 0, 0, RP_ERROR_UNKNOWN_OUTCOME, TRUE},
};

static void
test_send (Fixture *fixture, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RpResponse) response =
    send (fixture, cases[i].method, cases[i].path, cases[i].limit, NULL, &error);

  if (cases[i].status == 0) {
    g_assert_error (error, RP_ERROR, cases[i].error);
  } else {
    g_assert_no_error (error);
    g_assert_cmpuint (response->status, ==, cases[i].status);
  }
  g_assert_cmpint (fixture->authorization != NULL, ==, cases[i].secret);
}

static void
test_write_is_sent_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RpResponse) response = send (fixture, "POST", "drop", 0, NULL, &error);

  g_assert_null (response);
  g_assert_cmpuint (fixture->hits, ==, 1);
}

/* The server closes the connection just when the next request is on it. */
static void
test_write_on_a_kept_connection (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RpResponse) first = send (fixture, "GET", "ok", 0, NULL, &error);
  g_autoptr (RpResponse) second = send (fixture, "GET", "ok", 0, NULL, &error);
  g_autoptr (RpResponse) third = NULL;

  g_assert_no_error (error);
  third = send (fixture, "POST", "drop", 0, NULL, &error);
  g_assert_error (error, RP_ERROR, RP_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpuint (fixture->ports[0], ==, fixture->ports[1]);
  g_assert_cmpuint (fixture->hits, ==, 3);
}

typedef struct {
  guint times;
  goffset sent, size;
} Told;

static void
told_cb (const RpRequest *request, goffset sent, goffset size, gpointer user_data)
{
  Told *told = user_data;

  g_assert_cmpint (sent, >, told->sent);
  told->times++;
  told->sent = sent;
  told->size = size;
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  const gsize size = 8 * RP_HTTP_LARGE;
  g_autofree char *url = g_strconcat (fixture->url, "ok", NULL);
  g_autoptr (RpRequest) request = rp_request_new ("POST", url, "Testing");
  g_autoptr (GBytes) body = g_bytes_new_take (g_strnfill (size, 'x'), size);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RpResponse) response = NULL;
  g_autoptr (RpResponse) small = NULL;
  g_autoptr (GError) error = NULL;
  Told told = {0};

  rp_request_set_body (request, "text/plain", body);
  rp_http_set_progress (fixture->http, told_cb, &told);
  rp_http_send_async (fixture->http, request, 0, NULL, ready_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  response = rp_http_send_finish (fixture->http, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (told.sent, ==, size);
  g_assert_cmpint (told.size, ==, size);
  g_assert_cmpuint (told.times, >, 3);
  g_assert_cmpuint (told.times, <=, 101);
  told.times = 0;
  small = send (fixture, "POST", "ok", 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (told.times, ==, 0);
}

/* Whether the server keeps connections open is not known yet, or it may have closed them after an
 * error without saying so. */
static void
test_write_on_a_connection_of_its_own (Fixture *fixture, gconstpointer data)
{
  static const char *const before[] = {"ok", "ok", "busy"};
  gboolean after_error = GPOINTER_TO_INT (data);
  g_autoptr (RpResponse) write = NULL;

  for (guint i = 0; i < (after_error ? 3 : 1); i++) {
    g_autoptr (RpResponse) response = send (fixture, "GET", before[i], 0, NULL, NULL);

    g_assert_nonnull (response);
  }
  write = send (fixture, "POST", "ok", 0, NULL, NULL);
  g_assert_nonnull (write);
  g_assert_cmpuint (fixture->ports[0], !=, fixture->ports[1]);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RpResponse) response = NULL;

  soup_server_disconnect (fixture->server);
  response = send (fixture, "POST", "ok", 0, NULL, &error);
  g_assert_error (error, RP_ERROR, RP_ERROR_UNREACHABLE);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RpResponse) response = NULL;

  g_cancellable_cancel (cancellable);
  response = send (fixture, "GET", "ok", 0, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Somebody presses Stop while the answer is on its way. */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RpResponse) response = NULL;

  rp_http_set_timeout (fixture->http, 2);
  fixture->stop = cancellable;
  response = send (fixture, "POST", "mumble", 0, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A socket that speaks never runs out of time; the request does. */
static void
test_mumble (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RpResponse) response = NULL;

  rp_http_set_timeout (fixture->http, 1);
  response = send (fixture, "POST", "mumble", 0, NULL, &error);
  g_assert_error (error, RP_ERROR, RP_ERROR_UNKNOWN_OUTCOME);
  g_assert_nonnull (strstr (error->message, "for too long"));
}

static void
test_retry_after (void)
{
  gint64 now = rp_time_instant ("2026-03-01T10:00:00Z");
  static const struct {
    const char *value;
    gint64 seconds;
  } rows[] = {{NULL, -1},
              {"120", 120},
              {"Sun, 01 Mar 2026 10:01:00 GMT", 60},
              {"0", 0},
              {"Thu, 01 Jan 2099 00:00:00 GMT", 86400},
              {"soon", -1},
              {"Sun, 01 Mar 2026 09:00:00 GMT", 0}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (RpResponse) response = rp_response_new (503, "http://a.example/", NULL);

    if (rows[i].value != NULL)
      rp_response_add_header (response, "Retry-After", rows[i].value);
    g_assert_cmpint (rp_response_get_retry_after (response, now), ==, rows[i].seconds);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/base/http/", cases[i].name, NULL);

    g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_send, tear_down);
  }
  g_test_add ("/base/http/write-is-sent-once", Fixture, NULL, set_up, test_write_is_sent_once,
              tear_down);
  g_test_add ("/base/http/write-on-a-kept-connection", Fixture, NULL, set_up,
              test_write_on_a_kept_connection, tear_down);
  g_test_add ("/base/http/write-before-it-is-known", Fixture, GINT_TO_POINTER (FALSE), set_up,
              test_write_on_a_connection_of_its_own, tear_down);
  g_test_add ("/base/http/write-after-an-error", Fixture, GINT_TO_POINTER (TRUE), set_up,
              test_write_on_a_connection_of_its_own, tear_down);
  g_test_add ("/base/http/progress", Fixture, NULL, set_up, test_progress, tear_down);
  g_test_add ("/base/http/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/base/http/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/base/http/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  g_test_add ("/base/http/mumble", Fixture, NULL, set_up, test_mumble, tear_down);
  g_test_add_func ("/base/http/retry-after", test_retry_after);

  return g_test_run ();
}
