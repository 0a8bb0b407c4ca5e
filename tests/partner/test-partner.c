/* The sample partner as its senders and readers see it: started as a program, spoken to over HTTP.
 */
#include "rp-json.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define SECRET "quayside"
#define TOKEN "lamplight"

typedef struct {
  char *directory;
  GSubprocess *process;
  SoupSession *session;
  char *url; /* without a slash at its end */
} Fixture;

/* A failed assertion must not leave a server behind. */
static void
die_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start (Fixture *fixture)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) node = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent_cb, NULL, NULL);
  fixture->process =
    g_subprocess_launcher_spawn (launcher, &error, g_getenv ("REPRINT_PARTNER"), "--directory",
                                 fixture->directory, "--secret", SECRET, "--token", TOKEN, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->process));
  line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  node = rp_json_parse_text (line, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rp_json_get_string (json_node_get_object (node), "secret"), ==, SECRET);
  fixture->url = g_strdup (rp_json_get_string (json_node_get_object (node), "url"));
  g_assert_true (g_str_has_prefix (fixture->url, "http://127.0.0.1:"));
  fixture->url[strlen (fixture->url) - 1] = '\0';
  fixture->session = soup_session_new ();
}

static void
stop (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (fixture->process, SIGTERM);
  g_subprocess_wait_check (fixture->process, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->process);
  g_clear_object (&fixture->session);
  g_clear_pointer (&fixture->url, g_free);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = g_dir_make_tmp ("reprint-partner-XXXXXX", &error);
  g_assert_no_error (error);
  start (fixture);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_tree (child);
  }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop (fixture);
  remove_tree (fixture->directory);
  g_free (fixture->directory);
}

typedef struct {
  guint status;
  char *text;     /* owned */
  char *location; /* owned, NULL = none */
  char *type;     /* owned, NULL = none */
} Answer;

static void
answer_clear (Answer *answer)
{
  g_free (answer->text);
  g_free (answer->location);
  g_free (answer->type);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static Answer
send_message (Fixture *fixture, SoupMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (fixture->session, message, NULL, &error);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  gsize size;
  const char *data;
  Answer answer = {0};

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  answer.status = soup_message_get_status (message);
  answer.text = g_strndup (data != NULL ? data : "", size);
  answer.location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  answer.type = g_strdup (soup_message_headers_get_content_type (headers, NULL));

  return answer;
}

/* `path` may be a whole address. */
static SoupMessage *
new_message (Fixture *fixture, const char *method, const char *path)
{
  g_autofree char *url = *path == '/' ? g_strconcat (fixture->url, path, NULL) : g_strdup (path);

  return soup_message_new (method, url);
}

static Answer
get (Fixture *fixture, const char *path)
{
  g_autoptr (SoupMessage) message = new_message (fixture, "GET", path);

  return send_message (fixture, message);
}

static char *
sign (const char *secret, GBytes *body)
{
  gsize size;
  const guchar *data = g_bytes_get_data (body, &size);
  g_autofree char *digest =
    g_compute_hmac_for_data (G_CHECKSUM_SHA1, (const guchar *) secret, strlen (secret), data, size);

  return g_strconcat ("sha1=", digest, NULL);
}

static Answer
push (Fixture *fixture, const char *json, const char *secret)
{
  g_autoptr (SoupMessage) message = new_message (fixture, "POST", "/push");
  g_autoptr (GBytes) body = g_bytes_new_static (json, strlen (json));
  g_autofree char *signature = sign (secret, body);

  if (*secret != '\0')
    soup_message_headers_append (soup_message_get_request_headers (message),
                                 "x-superdesk-signature", signature);
  soup_message_set_request_body_from_bytes (message, "application/json", body);

  return send_message (fixture, message);
}

#define ITEM(version, status, headline)                                                            \
  "{\"guid\":\"urn:uuid:0190f3c2-0000-7000-8000-000000000001\",\"version\":\"" version             \
  "\",\"type\":\"text\","                                                                          \
  "\"pubstatus\":\"" status "\",\"headline\":\"" headline                                          \
  "\",\"byline\":\"Ada Reeve\",\"language\":\"en\","                                               \
  "\"firstcreated\":\"2026-03-01T10:00:00Z\",\"usageterms\":\"One week only.\","                   \
  "\"copyrightnotice\":\"© Quay News\",\"infosource\":[{\"name\":\"Quay News\"}],"                \
  "\"altids\":{\"original\":\"https://quay.example/lamps?a=1&b=2\"},"                              \
  "\"rightsinfo\":{\"linkedrights\":\"https://creativecommons.org/licenses/by/4.0/\"},"            \
  "\"body_html\":\"<p onclick=\\\"x()\\\">Lit again.</p><script>alert(1)</script>"                 \
  "<p><img src=\\\"https://sender.example/assets/hill.jpg\\\"></p>\","                             \
  "\"associations\":{\"featuremedia\":{\"uri\":\"x:y\",\"type\":\"picture\",\"byline\":\"Ines\","  \
  "\"renditions\":{\"original\":{\"href\":\"https://sender.example/assets/hill.jpg\"}}}}}"

static void
assert_list (Fixture *fixture, guint count, const char *version, const char *status)
{
  g_auto (Answer) answer = get (fixture, "/articles.json");
  g_autoptr (JsonNode) node = rp_json_parse_text (answer.text, NULL);
  JsonArray *items = rp_json_get_array (json_node_get_object (node), "items");
  JsonObject *first;

  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_cmpuint (json_array_get_length (items), ==, count);
  if (count == 0)
    return;
  first = json_array_get_object_element (items, 0);
  g_assert_cmpstr (rp_json_get_string (first, "version"), ==, version);
  g_assert_cmpstr (rp_json_get_string (first, "status"), ==, status);
}

static void
test_push (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = push (fixture, ITEM ("1", "usable", "Lamps & <b>light</b>"), SECRET);
  g_auto (Answer) page = {0};
  g_auto (Answer) front = {0};
  g_auto (Answer) feed = {0};

  g_assert_cmpuint (answer.status, ==, 201);
  page = get (fixture, answer.location);
  g_assert_cmpuint (page.status, ==, 200);
  g_assert_nonnull (strstr (page.text, "<h1>Lamps &amp; &lt;b&gt;light&lt;/b&gt;</h1>"));
  g_assert_nonnull (strstr (
    page.text, "<link rel=\"canonical\" href=\"https://quay.example/lamps?a=1&amp;b=2\"/>"));
  g_assert_nonnull (strstr (
    page.text, "<link rel=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/\"/>"));
  g_assert_nonnull (strstr (page.text, "Ada Reeve · Quay News · 1 March 2026"));
  g_assert_nonnull (strstr (page.text, "Lit again."));
  g_assert_nonnull (strstr (page.text, "One week only."));
  g_assert_null (strstr (page.text, "alert(1)"));
  g_assert_null (strstr (page.text, "onclick"));
  front = get (fixture, "/");
  g_assert_nonnull (strstr (front.text, "Lamps &amp; &lt;b&gt;light"));
  feed = get (fixture, "/feed.xml");
  g_assert_cmpstr (feed.type, ==, "application/rss+xml");
  g_assert_nonnull (strstr (feed.text, "<creativeCommons:license>https://creativecommons.org/"));
}

static void
test_push_refused (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *json;
    const char *secret;
    guint status;
  } rows[] = {
    {ITEM ("1", "usable", "x"), "wrong", 403},
    {ITEM ("1", "usable", "x"), "", 403},
    {"{not json", SECRET, 400},
    {"[]", SECRET, 400},
    {"{\"headline\":\"no id\"}", SECRET, 400},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Answer) answer = push (fixture, rows[i].json, rows[i].secret);

    g_assert_cmpuint (answer.status, ==, rows[i].status);
  }
  assert_list (fixture, 0, NULL, NULL);
}

static void
test_versions (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *json;
    const char *version;
    const char *status;
    guint page;
    const char *shown;
  } rows[] = {
    {ITEM ("2", "usable", "Second"), "2", "live", 200, "Second"},
    {ITEM ("2", "usable", "Again"), "2", "live", 200, "Second"},
    {ITEM ("1", "usable", "Older"), "2", "live", 200, "Second"},
    {ITEM ("10", "usable", "Tenth"), "10", "live", 200, "Tenth"},
    {ITEM ("11", "canceled", "Tenth"), "11", "gone", 410, "withdrawn"},
    {ITEM ("3", "usable", "Ghost"), "11", "gone", 410, "withdrawn"},
    {ITEM ("12", "usable", "Back"), "12", "live", 200, "Back"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Answer) answer = push (fixture, rows[i].json, SECRET);
    g_auto (Answer) page = get (fixture, answer.location);
    g_auto (Answer) feed = get (fixture, "/feed.xml");
    gboolean live = g_str_equal (rows[i].status, "live");

    g_assert_cmpuint (answer.status, ==, 201);
    g_assert_cmpuint (page.status, ==, rows[i].page);
    g_assert_nonnull (strstr (page.text, rows[i].shown));
    g_assert_cmpint (strstr (feed.text, "<item>") != NULL, ==, live);
    assert_list (fixture, 1, rows[i].version, rows[i].status);
  }
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = push (fixture, ITEM ("4", "usable", "Kept"), SECRET);
  g_auto (Answer) page = {0};
  const char *path = strstr (answer.location, "/articles/");

  stop (fixture);
  start (fixture);
  assert_list (fixture, 1, "4", "live");
  page = get (fixture, path);
  g_assert_cmpuint (page.status, ==, 200);
  g_assert_nonnull (strstr (page.text, "<h1>Kept</h1>"));
}

/* A form as bytes, so that it can be signed. */
static Answer
send_form (Fixture *fixture,
           const char *path,
           const char *id,
           const char *part,
           const char *secret,
           const char *token)
{
  g_autoptr (SoupMessage) message = new_message (fixture, "POST", path);
  g_autoptr (SoupMultipart) form = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  g_autoptr (GBytes) picture = g_bytes_new_static ("\xff\xd8picture", 9);
  g_autoptr (GBytes) body = NULL;
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *signature = NULL;
  g_autofree char *type = NULL;

  if (id != NULL)
    soup_multipart_append_form_string (form, "media_id", id);
  soup_multipart_append_form_file (form, part, "hill.jpg", "image/jpeg", picture);
  soup_multipart_to_message (form, headers, &body);
  type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  soup_message_set_request_body_from_bytes (message, type, body);
  if (secret != NULL) {
    signature = sign (secret, body);
    soup_message_headers_append (headers, "x-superdesk-signature", signature);
  }
  if (token != NULL)
    soup_message_headers_append (headers, "Authorization", token);

  return send_message (fixture, message);
}

static void
test_media (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *id;
    const char *secret;
    guint status;
  } rows[] = {
    {"hill.jpg", "wrong", 403}, {"hill.jpg", NULL, 403},   {"../hill.jpg", SECRET, 400},
    {".hidden", SECRET, 400},   {"hill.jpg", SECRET, 201},
  };
  g_auto (Answer) missing = get (fixture, "/push_binary/hill.jpg");
  g_auto (Answer) there = {0};
  g_auto (Answer) picture = {0};
  g_auto (Answer) pushed = {0};
  g_auto (Answer) page = {0};

  g_assert_cmpuint (missing.status, ==, 404);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Answer) answer =
      send_form (fixture, "/push_binary", rows[i].id, "media", rows[i].secret, NULL);

    g_assert_cmpuint (answer.status, ==, rows[i].status);
  }
  there = get (fixture, "/push_binary/hill.jpg");
  g_assert_cmpuint (there.status, ==, 200);
  picture = get (fixture, "/media/hill.jpg");
  g_assert_cmpuint (picture.status, ==, 200);
  g_assert_cmpstr (picture.type, ==, "image/jpeg");
  g_assert_cmpstr (picture.text, ==, "\xff\xd8picture");
  pushed = push (fixture, ITEM ("1", "usable", "With a picture"), SECRET);
  page = get (fixture, pushed.location);
  g_assert_nonnull (strstr (page.text, "/media/hill.jpg\""));
  g_assert_null (strstr (page.text, "sender.example"));
}

static Answer
micropub (Fixture *fixture, const char *type, const char *text, const char *token)
{
  g_autoptr (SoupMessage) message = new_message (fixture, "POST", "/micropub");
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));

  if (token != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                 token);
  soup_message_set_request_body_from_bytes (message, type, body);

  return send_message (fixture, message);
}

static Answer
micropub_get (Fixture *fixture, const char *query)
{
  g_autofree char *path = g_strconcat ("/micropub?", query, NULL);
  g_autoptr (SoupMessage) message = new_message (fixture, "GET", path);

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               "Bearer " TOKEN);

  return send_message (fixture, message);
}

static Answer
act (Fixture *fixture, const char *action, const char *url, const char *more)
{
  g_autofree char *json =
    g_strdup_printf ("{\"action\":\"%s\",\"url\":\"%s\"%s}", action, url, more);

  return micropub (fixture, "application/json", json, "Bearer " TOKEN);
}

static void
test_micropub (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) created = micropub (
    fixture, "application/json",
    "{\"type\":[\"h-entry\"],\"properties\":{\"name\":[\"Lamps\"],\"content\":[{\"html\":\"<p>Lit"
    "</p><script>x</script>\"}],\"category\":[\"light\",\"quay\"],\"license\":[\"https://"
    "creativecommons.org/licenses/by/4.0/\"]}}",
    "Bearer " TOKEN);
  static const struct {
    const char *action;
    const char *more;
    guint status;
    guint page;
    const char *shown;
  } rows[] = {
    {"update", ",\"replace\":{\"name\":[\"Lights\"]}", 204, 200, "<h1>Lights</h1>"},
    {"update", ",\"add\":{\"summary\":[\"In short\"]}", 204, 200, "In short"},
    {"update", ",\"delete\":{\"category\":[\"quay\"]}", 204, 200, "Lit"},
    {"update", ",\"delete\":[\"name\"]", 204, 200, "Untitled article"},
    {"delete", "", 204, 410, "withdrawn"},
    {"undelete", "", 204, 200, "Lit"},
    {"explode", "", 400, 200, "Lit"},
  };

  g_assert_cmpuint (created.status, ==, 201);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Answer) answer = act (fixture, rows[i].action, created.location, rows[i].more);
    g_auto (Answer) page = get (fixture, created.location);

    g_test_message ("%s%s", rows[i].action, rows[i].more);
    g_assert_cmpuint (answer.status, ==, rows[i].status);
    g_assert_cmpuint (page.status, ==, rows[i].page);
    g_assert_nonnull (strstr (page.text, rows[i].shown));
    g_assert_null (strstr (page.text, "<script>x"));
  }
}

static void
test_micropub_queries (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) created =
    micropub (fixture, "application/x-www-form-urlencoded",
              "h=entry&name=Form&content=One%0A%0ATwo&category[]=a&category[]=b", "Bearer " TOKEN);
  g_autofree char *query = g_strconcat ("q=source&url=", created.location, NULL);
  g_auto (Answer) config = micropub_get (fixture, "q=config");
  g_auto (Answer) source = micropub_get (fixture, query);
  g_auto (Answer) page = get (fixture, created.location);
  g_auto (Answer) uploaded =
    send_form (fixture, "/micropub/media", NULL, "file", NULL, "Bearer " TOKEN);
  g_auto (Answer) picture = get (fixture, uploaded.location);

  g_assert_cmpuint (created.status, ==, 201);
  g_assert_nonnull (strstr (config.text, "/micropub/media"));
  g_assert_nonnull (strstr (source.text, "\"category\":[\"a\",\"b\"]"));
  g_assert_nonnull (strstr (page.text, "<p>One</p><p>Two</p>"));
  g_assert_cmpuint (uploaded.status, ==, 201);
  g_assert_cmpstr (picture.text, ==, "\xff\xd8picture");
}

static void
test_micropub_refused (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *type;
    const char *body;
    const char *token;
    guint status;
  } rows[] = {
    {"application/json", "{\"properties\":{}}", NULL, 401},
    {"application/json", "{\"properties\":{}}", "Bearer wrong", 403},
    {"application/json", "{\"type\":[\"h-entry\"]}", "Bearer " TOKEN, 400},
    {"application/json", "{broken", "Bearer " TOKEN, 400},
    {"text/plain", "hello", "Bearer " TOKEN, 400},
    {"application/x-www-form-urlencoded", "h=entry&access_token=" TOKEN, "Bearer " TOKEN, 400},
    {"application/x-www-form-urlencoded", "action=delete&url=http://x.example/articles/none",
     "Bearer " TOKEN, 400},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Answer) answer = micropub (fixture, rows[i].type, rows[i].body, rows[i].token);

    g_test_message ("%s", rows[i].body);
    g_assert_cmpuint (answer.status, ==, rows[i].status);
    g_assert_nonnull (strstr (answer.text, "error_description"));
  }
  assert_list (fixture, 0, NULL, NULL);
}

static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) created = micropub (fixture, "application/json",
                                      "{\"type\":[\"h-entry\"],\"properties\":{\"name\":[\"Not "
                                      "yet\"],\"content\":[\"x\"],\"post-status\":[\"draft\"]}}",
                                      "Bearer " TOKEN);
  g_auto (Answer) page = get (fixture, created.location);
  g_auto (Answer) front = get (fixture, "/");

  g_assert_cmpuint (page.status, ==, 404);
  g_assert_null (strstr (front.text, "Not yet"));
  assert_list (fixture, 1, "1", "draft");
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = {
    "/articles/none", "/media/none", "/media/../site.json", "/media/%2e%2e%2fsite.json",
    "/nowhere",       "/site.json"};

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_auto (Answer) answer = get (fixture, paths[i]);

    g_test_message ("%s", paths[i]);
    g_assert_cmpuint (answer.status, >=, 400);
    g_assert_cmpuint (answer.status, <, 500);
    g_assert_null (strstr (answer.text, SECRET));
  }
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    {"/partner/push", test_push},
    {"/partner/push-refused", test_push_refused},
    {"/partner/versions", test_versions},
    {"/partner/restart", test_restart},
    {"/partner/media", test_media},
    {"/partner/micropub", test_micropub},
    {"/partner/micropub-queries", test_micropub_queries},
    {"/partner/micropub-refused", test_micropub_refused},
    {"/partner/draft", test_draft},
    {"/partner/missing", test_missing},
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
