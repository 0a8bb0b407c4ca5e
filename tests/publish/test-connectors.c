/* Conversations played through the connectors' step functions, without sockets. A fixture is one
 * conversation: what is expected to be asked, and what is answered. Folders:
 * tests/publish/<connector id>/. */
#include <gio/gio.h>
#include <string.h>

#include "rp-connector.h"
#include "rp-courier.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-time.h"

static char *
dup_secret (RpExchange *exchange, const char *key)
{
  JsonObject *secrets = rp_json_get_object (exchange->user_data, "secrets");
  const char *secret = secrets != NULL ? rp_json_get_string (secrets, key) : NULL;

  return g_strdup (secret != NULL ? secret : "s3cret");
}

/* A rendition that shows what it was given, so that fixtures can look for it; other forms than the
 * connector's own stand in the fixture under their names. */
static GBytes *
render (RpExchange *exchange, const char *const *media_urls, GError **error)
{
  JsonObject *fixture = exchange->user_data;
  const char *form = exchange->rendition != NULL ? exchange->rendition : "rendition";
  const char *fixed = rp_json_get_string (fixture, form);
  g_autofree char *urls = g_strjoinv (" ", (char **) media_urls);
  g_autofree char *text =
    fixed != NULL
      ? g_strdup (fixed)
      : g_strdup_printf ("<p>%s %s %s</p><script>{}</script>", exchange->delivery->marker, urls,
                         rp_delivery_action_name (exchange->delivery->action));

  return g_bytes_new (text, strlen (text));
}

static gboolean
add_media (RpExchange *exchange, RpMedia *media, RpBody *body, GError **error)
{
  rp_body_add_text (body, "PICTURE");

  return TRUE;
}

static RpDelivery *
read_delivery (JsonObject *object)
{
  RpDeliveryAction action = RP_ACTION_CREATE;
  RpDelivery *delivery;

  rp_delivery_action_from_name (rp_json_get_string (object, "action"), &action);
  delivery = rp_delivery_new ("article", "partner", action);
  delivery->marker = g_strdup ("11111111-2222-8333-a444-555555555555");
  delivery->version = g_strdup ("3");
  delivery->remote_id = g_strdup (rp_json_get_string (object, "remote_id"));
  if (rp_json_get_string (object, "status") != NULL) {
    g_free (delivery->status);
    delivery->status = g_strdup (rp_json_get_string (object, "status"));
  }
  delivery->created = rp_time_instant (rp_json_get_string (object, "created"));
  delivery->live_at = rp_time_instant (rp_json_get_string (object, "live_at"));
  if (rp_json_get_object (object, "memory") != NULL) {
    json_object_unref (delivery->memory);
    delivery->memory = rp_json_object_copy (rp_json_get_object (object, "memory"));
  }

  return delivery;
}

static void
expect_text (const char *what,
             const char *text,
             JsonObject *expected,
             const char *member,
             gboolean present)
{
  g_auto (GStrv) parts = rp_json_dup_strv (expected, member);

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    if ((strstr (text, parts[i]) != NULL) != present)
      g_error ("%s %s “%s”:\n%s", what, present ? "lacks" : "has", parts[i], text);
}

static void
expect_request (RpRequest *request, JsonObject *expected)
{
  g_autoptr (GString) headers = g_string_new (NULL);
  g_autofree char *body = g_strdup ("");

  g_assert_cmpstr (request->method, ==, rp_json_get_string (expected, "method"));
  g_assert_cmpstr (request->url, ==, rp_json_get_string (expected, "url"));
  g_assert_nonnull (request->label);
  for (guint i = 0; i < request->headers->len; i++) {
    RpHeader *header = g_ptr_array_index (request->headers, i);

    g_string_append_printf (headers, "%s: %s\n", header->name, header->value);
  }
  if (request->body != NULL) {
    g_autoptr (GBytes) bytes = rp_body_read (request->body, NULL);

    g_free (body);
    body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  }
  expect_text ("The head", headers->str, expected, "headers", TRUE);
  expect_text ("The body", body, expected, "body", TRUE);
  expect_text ("The body", body, expected, "not_body", FALSE);
}

static RpResponse *
make_response (JsonObject *answer, const char *url)
{
  const char *text = rp_json_get_string (answer, "body");
  JsonObject *object = rp_json_get_object (answer, "json");
  g_autofree char *json = object != NULL ? rp_json_object_to_text (object, FALSE) : NULL;
  const char *body = json != NULL ? json : text != NULL ? text : "";
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  RpResponse *response =
    rp_response_new ((guint) rp_json_get_int (answer, "status", 200), url, bytes);
  JsonObject *headers = rp_json_get_object (answer, "headers");
  g_autoptr (GList) names = headers != NULL ? json_object_get_members (headers) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    rp_response_add_header (response, l->data, rp_json_get_string (headers, l->data));

  return response;
}

/* Every member that is expected is there, just so. */
static void
expect_members (JsonObject *actual, JsonObject *expected)
{
  g_autoptr (GList) names = expected != NULL ? json_object_get_members (expected) : NULL;

  g_assert_true (expected == NULL || actual != NULL);
  for (GList *l = names; l != NULL; l = l->next) {
    JsonNode *node = json_object_get_member (actual, l->data);

    if (node == NULL || !json_node_equal (node, json_object_get_member (expected, l->data))) {
      g_autofree char *text = rp_json_object_to_text (actual, TRUE);

      g_error ("“%s” is not as expected:\n%s", (char *) l->data, text);
    }
  }
}

static void
expect_failure (RpStep step, const GError *error, JsonObject *expected)
{
  g_assert_cmpint (step, ==, RP_STEP_FAILED);
  g_assert_nonnull (error);
  if (strstr (error->message, rp_json_get_string (expected, "error")) == NULL)
    g_error ("The error is another one: %s", error->message);
  g_assert_cmpint (error->code, ==, rp_json_get_int (expected, "code", -1));
}

static void
expect_words (RpExchange *exchange, JsonObject *expected)
{
  const char *account = rp_json_get_string (expected, "account");
  g_autofree char *remarks = NULL;

  g_ptr_array_add (exchange->remarks, NULL);
  remarks = g_strjoinv ("\n", (char **) exchange->remarks->pdata);
  g_ptr_array_set_size (exchange->remarks, (gint) exchange->remarks->len - 1);
  expect_text ("What is remarked", remarks, expected, "says", TRUE);
  if (account != NULL)
    g_assert_cmpstr (exchange->account, ==, account);
}

/* All that carries our mark, and nothing else. */
static void
expect_marked (JsonArray *actual, JsonArray *expected)
{
  g_autoptr (JsonNode) is = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonNode) must_be = json_node_new (JSON_NODE_ARRAY);

  g_assert_cmpint (actual != NULL, ==, expected != NULL);
  if (actual == NULL)
    return;
  json_node_set_array (is, actual);
  json_node_set_array (must_be, expected);
  if (!json_node_equal (is, must_be)) {
    g_autofree char *text = json_to_string (is, TRUE);

    g_error ("What carries our mark is not as expected:\n%s", text);
  }
}

static void
expect_outcome (RpStep step, RpExchange *exchange, const GError *error, JsonObject *expected)
{
  gint64 wait = rp_json_get_int (expected, "wait", -1);

  if (rp_json_has (expected, "error")) {
    expect_failure (step, error, expected);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpint (step, ==, wait < 0 ? RP_STEP_DONE : RP_STEP_WAIT);
  g_assert_cmpint (exchange->wait_seconds, ==, wait);
  expect_words (exchange, expected);
  expect_members (exchange->found, rp_json_get_object (expected, "found"));
  expect_marked (exchange->marked, rp_json_get_array (expected, "marked"));
  expect_members (exchange->learned, rp_json_get_object (expected, "learned"));
  g_assert_cmpstr (exchange->delivery->remote_id, ==, rp_json_get_string (expected, "remote_id"));
  g_assert_cmpstr (exchange->delivery->public_url, ==, rp_json_get_string (expected, "public_url"));
  g_assert_cmpuint (exchange->remarks->len, ==, (guint) rp_json_get_int (expected, "remarks", 0));
}

typedef RpStep (*Stepper) (RpExchange *exchange, const RpResponse *last, GError **error);

static Stepper
choose_stepper (const RpConnector *connector, JsonObject *fixture)
{
  if (rp_json_get_boolean (fixture, "look", FALSE))
    return connector->look;
  if (rp_json_get_boolean (fixture, "find", FALSE))
    return connector->find;

  return rp_json_get_boolean (fixture, "probe", FALSE) ? connector->probe : connector->step;
}

static void
play (const RpConnector *connector, RpExchange *exchange, JsonObject *fixture)
{
  JsonArray *turns = rp_json_get_array (fixture, "turns");
  Stepper step = choose_stepper (connector, fixture);
  g_autoptr (GError) error = NULL;
  RpStep next = step (exchange, NULL, &error);
  guint turn = 0;

  for (; next == RP_STEP_SEND && turn < json_array_get_length (turns); turn++) {
    JsonObject *row = json_array_get_object_element (turns, turn);
    g_autoptr (RpResponse) response = NULL;

    expect_request (exchange->request, rp_json_get_object (row, "expect"));
    response = make_response (rp_json_get_object (row, "answer"), exchange->request->url);
    next = step (exchange, response, &error);
  }
  if (next == RP_STEP_SEND)
    g_error ("One request too many: %s %s", exchange->request->method, exchange->request->url);
  g_assert_cmpuint (turn, ==, json_array_get_length (turns));
  expect_outcome (next, exchange, error, rp_json_get_object (fixture, "outcome"));
}

/* No conversation: one answer, and what it is taken for. */
static void
recognise (const RpConnector *connector, JsonObject *fixture)
{
  JsonObject *answer = rp_json_get_object (fixture, "recognise");
  JsonObject *expected = rp_json_get_object (fixture, "outcome");
  g_autoptr (RpResponse) response = make_response (answer, rp_json_get_string (answer, "url"));
  RpSighting sighting = {0};
  gint64 certainty = rp_json_get_int (expected, "certainty", 0);

  g_assert_cmpint (connector->recognise (response, &sighting), ==, certainty > 0);
  g_assert_cmpint (sighting.certainty, ==, certainty);
  g_assert_cmpstr (sighting.title, ==, rp_json_get_string (expected, "title"));
  expect_members (sighting.settings, rp_json_get_object (expected, "settings"));
  g_clear_pointer (&sighting.settings, json_object_unref);
  g_free (sighting.title);
}

static RpReceipt *
read_receipt (JsonObject *object)
{
  RpReceipt *receipt = rp_receipt_new ();

  json_object_unref (receipt->memory);
  receipt->memory = rp_json_object_copy (rp_json_get_object (object, "memory"));

  return receipt;
}

typedef struct {
  JsonNode *node;      /* owned */
  JsonObject *fixture; /* of the node */
  RpArticle *article;
  RpDelivery *delivery;
  RpPartner *partner;
  RpReceipt *receipt; /* NULL = none */
  RpExchange *exchange;
  const RpConnector *connector;
} Scene;

static void
set_scene (Scene *scene, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *fixture;
  RpExchange *exchange = rp_exchange_new ();

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  scene->node = rp_json_parse_text (text, &error);
  g_assert_no_error (error);
  fixture = scene->fixture = json_node_get_object (scene->node);
  scene->article = rp_article_from_json (rp_json_get_object (fixture, "article"));
  scene->delivery = read_delivery (rp_json_get_object (fixture, "delivery"));
  scene->partner = rp_partner_from_json (rp_json_get_object (fixture, "partner"), &error);
  g_assert_no_error (error);
  if (rp_json_has (fixture, "receipt"))
    scene->receipt = read_receipt (rp_json_get_object (fixture, "receipt"));
  exchange->article = scene->article;
  exchange->delivery = scene->delivery;
  exchange->partner = scene->partner;
  exchange->receipt = scene->receipt;
  exchange->now = rp_time_instant (rp_json_get_string (fixture, "now"));
  exchange->uncertain = rp_json_get_boolean (fixture, "uncertain", FALSE);
  exchange->dup_secret = dup_secret;
  exchange->render = render;
  exchange->add_media = add_media;
  exchange->user_data = fixture;
  scene->exchange = exchange;
  scene->connector = rp_connector_find (rp_partner_get_connector (scene->partner), NULL);
}

static void
scene_clear (Scene *scene)
{
  rp_exchange_free (scene->exchange);
  g_clear_pointer (&scene->receipt, rp_receipt_free);
  g_clear_object (&scene->partner);
  g_clear_object (&scene->delivery);
  g_clear_object (&scene->article);
  json_node_unref (scene->node);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static void
test_conversation (gconstpointer data)
{
  g_auto (Scene) scene = {0};

  set_scene (&scene, data);
  if (rp_json_has (scene.fixture, "recognise"))
    recognise (scene.connector, scene.fixture);
  else
    play (scene.connector, scene.exchange, scene.fixture);
}

/* ---- answers that nobody expects ---- */

static const struct {
  guint status;
  const char *body;
} nonsense[] = {
  {200, ""},
  {200, "{}"},
  {200, "[]"},
  {201, "[null]"},
  {200, "null"},
  {200, "\"x\""},
  {200, "{\"posts\":[null],\"images\":[1],\"items\":[[]],\"data\":[],\"links\":1,\"meta\":0}"},
  {201, "{\"data\":{\"attributes\":[],\"id\":7},\"posts\":[{}],\"images\":[{}],\"items\":[{}]}"},
  {200, "{\"data\":[null],\"posts\":{},\"site\":{},\"users\":[0],\"properties\":{\"url\":[0]}}"},
  {400, "{\"errors\":[null],\"code\":{},\"error\":[]}"},
  {401, "{\"errors\":[{\"code\":\"INVALID_JWT\"}]}"},
  {404, "\xff\xfe<html>"},
  {500, "{\"errors\":[]}"},
  {200, "<a/>"},
  {200, "<methodResponse/>"},
  {200, "<methodResponse><fault/></methodResponse>"},
  {200, "<methodResponse><params><param><value/></param></params></methodResponse>"},
  {200, "<methodResponse><params><param><value><array/></value></param></params></methodResponse>"},
  {201, "<entry xmlns=\"http://www.w3.org/2005/Atom\"><link/><content/></entry>"},
  {200, "<feed><entry/></feed>"},
  {200, "<service><collection/></service>"},
  {204, "x"},
  {301, ""},
};

/* The conversation goes as it is written down, up to one answer that is nonsense. */
static void
play_nonsense (const char *path, guint at, guint which)
{
  g_auto (Scene) scene = {0};
  g_autoptr (RpResponse) response = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  Stepper step;
  RpStep next;

  set_scene (&scene, path);
  step = choose_stepper (scene.connector, scene.fixture);
  next = step (scene.exchange, NULL, &error);
  for (guint turn = 0; turn < at && next == RP_STEP_SEND; turn++) {
    JsonObject *row =
      json_array_get_object_element (rp_json_get_array (scene.fixture, "turns"), turn);
    g_autoptr (RpResponse) good =
      make_response (rp_json_get_object (row, "answer"), scene.exchange->request->url);

    next = step (scene.exchange, good, &error);
  }
  g_assert_cmpint (next, ==, RP_STEP_SEND);
  body = g_bytes_new_static (nonsense[which].body, strlen (nonsense[which].body));
  response = rp_response_new (nonsense[which].status, scene.exchange->request->url, body);
  next = step (scene.exchange, response, &error);
  if ((next == RP_STEP_FAILED) != (error != NULL))
    g_error ("An answer %u to “%s” fails without a word: %s", nonsense[which].status,
             rp_json_get_string (scene.delivery->memory, "stage"), nonsense[which].body);
}

static void
test_nonsense (gconstpointer data)
{
  g_auto (Scene) scene = {0};
  guint turns;

  set_scene (&scene, data);
  if (!rp_json_has (scene.fixture, "turns"))
    return;
  turns = json_array_get_length (rp_json_get_array (scene.fixture, "turns"));
  for (guint at = 0; at < turns; at++)
    for (guint which = 0; which < G_N_ELEMENTS (nonsense); which++)
      play_nonsense (data, at, which);
}

static void
test_delay (void)
{
  g_assert_cmpint (rp_courier_get_delay (1, -1, 0.0), >, 0);
  g_assert_cmpint (rp_courier_get_delay (1, -1, 1.0), <=, 16);
  g_assert_cmpint (rp_courier_get_delay (5, -1, 0.0), >, rp_courier_get_delay (2, -1, 1.0));
  g_assert_cmpint (rp_courier_get_delay (1000, -1, 1.0), <=, 3601);
  g_assert_cmpint (rp_courier_get_delay (9, 17, 0.5), ==, 17);
}

/* Everything that is required and stands with the partner (secrets do not), but for `missing`. */
static void
fill_required (RpPartner *partner, const RpSetting *settings, const char *missing)
{
  for (; settings->key != NULL; settings++)
    if (settings->required && settings->kind != RP_SETTING_SECRET)
      rp_partner_set_setting (partner, settings->key,
                              g_strcmp0 (settings->key, missing) == 0 ? NULL
                              : settings->kind == RP_SETTING_ADDRESS  ? "https://example.org/"
                                                                      : "editor");
}

static void
check_missing (const RpConnector *connector, RpPartner *partner, const RpSetting *setting)
{
  g_autoptr (GError) error = NULL;

  fill_required (partner, connector->settings, setting->key);
  g_assert_false (rp_connector_check_settings (connector, partner, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, setting->label));
}

static void
test_settings (void)
{
  for (guint i = 0; rp_connectors[i] != NULL; i++) {
    g_autoptr (RpPartner) partner = rp_partner_new ("p", "P", rp_connectors[i]->id);
    g_autoptr (GError) error = NULL;

    g_assert_false (rp_connector_check_settings (rp_connectors[i], partner, &error));
    g_assert_error (error, RP_ERROR, RP_ERROR_INVALID);
    for (const RpSetting *s = rp_connectors[i]->settings; s->key != NULL; s++)
      if (s->required && s->kind != RP_SETTING_SECRET)
        check_missing (rp_connectors[i], partner, s);
    fill_required (partner, rp_connectors[i]->settings, NULL);
    rp_partner_set_setting (partner, "url", "ftp://example.org/");
    g_assert_false (rp_connector_check_settings (rp_connectors[i], partner, NULL));
    rp_partner_set_setting (partner, "url", "https://example.org/");
    g_assert_true (rp_connector_check_settings (rp_connectors[i], partner, NULL));
  }
}

static void
test_limits (void)
{
  for (guint i = 0; rp_connectors[i] != NULL; i++) {
    const RpLimits *limits = rp_connectors[i]->limits;

    for (guint n = 0; limits != NULL && limits->notes != NULL && limits->notes[n] != NULL; n++)
      g_assert_true (g_str_has_suffix (limits->notes[n], "."));
    for (guint n = 0; limits != NULL && limits->picture_types != NULL && limits->picture_types[n];
         n++)
      g_assert_true (g_str_has_prefix (limits->picture_types[n], "image/"));
  }
}

static void
add_folder (const char *id)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "publish", id, NULL);
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (files); /* every connector has conversations of its own */
  while ((name = g_dir_read_name (files)) != NULL) {
    g_autofree char *path =
      g_strdup_printf ("/publish/%s/%.*s", id, (int) (strlen (name) - 5), name);

    g_autofree char *other = g_strconcat (path, "/nonsense", NULL);

    g_test_add_data_func_full (path, g_build_filename (folder, name, NULL), test_conversation,
                               g_free);
    g_test_add_data_func_full (other, g_build_filename (folder, name, NULL), test_nonsense, g_free);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; rp_connectors[i] != NULL; i++)
    add_folder (rp_connectors[i]->id);
  g_test_add_func ("/publish/courier/delay", test_delay);
  g_test_add_func ("/publish/settings", test_settings);
  g_test_add_func ("/publish/limits", test_limits);

  return g_test_run ();
}
