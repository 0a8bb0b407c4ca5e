#include "rp-ghost.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-html.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

#define TOKEN_SECONDS 300 /* the server takes no longer life */
#define CLOCK_TOLERANCE 60
#define MAX_SUMMARY 300
#define MAX_ALT 191
#define ANY_VERSION "v5.0" /* is understood by 5 and 6 */

/* ---- the key ---- */

static char *
encode (const guint8 *data, gsize size)
{
  g_autofree char *text = g_base64_encode (data, size);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return g_steal_pointer (&text);
}

/* Gives; NULL when it is not pairs of hexadecimal digits. */
static GBytes *
decode_hex (const char *text)
{
  gsize size = strlen (text) / 2;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (size == 0 || strlen (text) % 2 != 0 || strspn (text, "0123456789abcdefABCDEF") != size * 2)
    return NULL;
  for (gsize i = 0; i < size; i++) {
    guint8 byte =
      (guint8) (g_ascii_xdigit_value (text[2 * i]) << 4 | g_ascii_xdigit_value (text[2 * i + 1]));

    g_byte_array_append (bytes, &byte, 1);
  }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static char *
dup_claims (const char *id, gint64 now)
{
  g_autofree char *head =
    g_strdup_printf ("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}", id);
  g_autofree char *claims = g_strdup_printf ("{\"iat\":%" G_GINT64_FORMAT
                                             ",\"exp\":%" G_GINT64_FORMAT ",\"aud\":\"/admin/\"}",
                                             now, now + TOKEN_SECONDS);
  g_autofree char *first = encode ((const guint8 *) head, strlen (head));
  g_autofree char *second = encode ((const guint8 *) claims, strlen (claims));

  return g_strconcat (first, ".", second, NULL);
}

static char *
sign (const char *claims, GBytes *secret)
{
  gsize size;
  const guint8 *key = g_bytes_get_data (secret, &size);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, size);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *signature = NULL;

  g_hmac_update (hmac, (const guchar *) claims, -1);
  g_hmac_get_digest (hmac, digest, &length);
  signature = encode (digest, length);

  return g_strconcat ("Ghost ", claims, ".", signature, NULL);
}

static gint64
get_clock (RpExchange *exchange)
{
  return exchange->now / G_TIME_SPAN_SECOND +
         rp_json_get_int (exchange->delivery->memory, "clock", 0);
}

/* A token of five minutes, made for each request. Gives. */
static char *
dup_authorization (RpExchange *exchange, GError **error)
{
  g_autofree char *key = exchange->dup_secret (exchange, "key");
  g_auto (GStrv) parts = g_strsplit (key != NULL ? g_strstrip (key) : "", ":", 2);
  g_autoptr (GBytes) secret = g_strv_length (parts) == 2 ? decode_hex (parts[1]) : NULL;
  g_autoptr (GBytes) id = secret != NULL ? decode_hex (parts[0]) : NULL;
  g_autofree char *claims = NULL;

  if (id == NULL) {
    g_set_error_literal (
      error, RP_ERROR, RP_ERROR_CREDENTIALS,
      _ ("The Admin API key is not complete. It is two groups of digits and letters with a colon "
         "between them; copy all of it from the site’s settings"));
    return NULL;
  }
  claims = dup_claims (parts[0], get_clock (exchange));

  return sign (claims, secret);
}

RpRequest *
rp_ghost_request (RpExchange *exchange,
                  const char *method,
                  const char *route,
                  const char *label,
                  GError **error)
{
  const char *api = rp_json_get_string (exchange->delivery->memory, "api");
  g_autofree char *authorization = dup_authorization (exchange, error);
  g_autofree char *url = g_strconcat (api, route, NULL);
  RpRequest *request;

  if (authorization == NULL)
    return NULL;
  request = rp_request_new (method, url, label);
  rp_request_set_header (request, "Accept", "application/json");
  rp_request_set_header (request, "Accept-Version", ANY_VERSION);
  rp_request_set_header (request, "Authorization", authorization);

  return request;
}

static gboolean
take_clock (RpExchange *exchange, const RpResponse *response)
{
  gint64 theirs = rp_time_instant (rp_response_get_header (response, "Date"));
  gint64 ahead;

  if (response->status != 401 || theirs == RP_TIME_NONE ||
      !rp_answer_has_code (response, "INVALID_JWT"))
    return FALSE;
  ahead = theirs / G_TIME_SPAN_SECOND - get_clock (exchange);
  if (ABS (ahead) < CLOCK_TOLERANCE)
    return FALSE;
  json_object_set_int_member (exchange->delivery->memory, "clock",
                              ahead + rp_json_get_int (exchange->delivery->memory, "clock", 0));

  return TRUE;
}

RpStep
rp_ghost_step (const RpStage *table, RpExchange *exchange, const RpResponse *last, GError **error)
{
  gboolean again = last != NULL && take_clock (exchange, last);

  return rp_stages_step (table, exchange, again ? NULL : last, error);
}

/* ---- answers ---- */

static gboolean
has_type (const RpResponse *response, const char *type)
{
  g_autoptr (JsonObject) answer = rp_json_parse_object (response->body, "", NULL);
  JsonArray *errors = answer != NULL ? rp_json_get_array (answer, "errors") : NULL;
  JsonNode *first = errors != NULL && json_array_get_length (errors) > 0
                      ? json_array_get_element (errors, 0)
                      : NULL;

  return first != NULL && JSON_NODE_HOLDS_OBJECT (first) &&
         g_strcmp0 (rp_json_get_string (json_node_get_object (first), "type"), type) == 0;
}

gboolean
rp_ghost_check (RpExchange *exchange,
                const RpResponse *response,
                RpAnswerFlags flags,
                GError **error)
{
  const char *name = rp_partner_get_name (exchange->partner);
  g_autofree char *words = NULL;

  if (response->status < 400 || !(has_type (response, "HostLimitError") ||
                                  rp_answer_has_code (response, "UNKNOWN_ADMIN_API_KEY")))
    return rp_answer_check (exchange, response, flags, error);

  words = rp_answer_dup_words (response);
  if (response->status == 401)
    g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                 _ ("%s does not know this key; perhaps it was made anew there. Copy the Admin API "
                    "key again from Settings, Integrations"),
                 name);
  else
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("The plan that %s has with its host does not include this (%s). Ask the "
                    "partner, or choose other settings for it"),
                 name, words);

  return FALSE;
}

JsonObject *
rp_ghost_read (RpExchange *exchange,
               const RpResponse *response,
               RpAnswerFlags flags,
               const char *list,
               GError **error)
{
  gboolean unsure = exchange->request->changes && (flags & RP_ANSWER_REPEATABLE) == 0;
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *items;
  JsonNode *first;

  if (!rp_ghost_check (exchange, response, flags | RP_ANSWER_JSON, error))
    return NULL;
  answer = rp_json_parse_object (response->body, "", NULL);
  items = answer != NULL ? rp_json_get_array (answer, list) : NULL;
  first =
    items != NULL && json_array_get_length (items) > 0 ? json_array_get_element (items, 0) : NULL;
  if (first != NULL && JSON_NODE_HOLDS_OBJECT (first))
    return json_object_ref (json_node_get_object (first));
  g_set_error (error, RP_ERROR, unsure ? RP_ERROR_UNKNOWN_OUTCOME : RP_ERROR_UNREADABLE,
               _ ("%s answered without saying what it has; it will be looked up there before "
                  "anything is sent again"),
               rp_partner_get_name (exchange->partner));

  return NULL;
}

/* ---- the site ---- */

gboolean
rp_ghost_site_needed (RpExchange *exchange)
{
  return rp_json_get_string (exchange->delivery->memory, "api") == NULL;
}

/* Where the site begins, even when the address is one of its administration's. Gives. */
static char *
dup_root (const char *address)
{
  const char *path = strchr (strstr (address, "://") + 3, '/');
  const char *admin = path != NULL ? strstr (path, "/ghost") : NULL;
  gboolean is_admin = admin != NULL && (admin[6] == '\0' || admin[6] == '/');
  g_autofree char *root =
    is_admin ? g_strndup (address, (gsize) (admin - address)) : g_strdup (address);

  return g_strconcat (root, g_str_has_suffix (root, "/") ? "" : "/", NULL);
}

RpRequest *
rp_ghost_site_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *root = dup_root (rp_partner_get_url (exchange->partner));
  g_autofree char *url = g_strconcat (root, RP_GHOST_API "site/", NULL);
  RpRequest *request =
    rp_request_new ("GET", url, _ ("Asking the site for its programming interface"));

  rp_request_set_header (request, "Accept", "application/json");

  return request;
}

JsonObject *
rp_ghost_read_site (const RpResponse *response, JsonObject **out_answer)
{
  JsonObject *site;

  *out_answer = rp_json_parse_object (response->body, "", NULL);
  site = *out_answer != NULL ? rp_json_get_object (*out_answer, "site") : NULL;

  return site != NULL && rp_json_has (site, "version") ? site : NULL;
}

/* After a redirect to the host of the administration this is the address to sign for. */
static char *
dup_api (const char *url)
{
  const char *end = strstr (url, RP_GHOST_API);

  return end != NULL ? g_strndup (url, (gsize) (end - url) + strlen (RP_GHOST_API)) : NULL;
}

gboolean
rp_ghost_site_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *api = dup_api (response->url);
  JsonObject *site;

  if (response->status != 404 && !rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  site = rp_ghost_read_site (response, &answer);
  if (site == NULL || api == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s does not look like a Ghost site. When the administration has an address of "
                    "its own, enter that one"),
                 rp_partner_get_url (exchange->partner));
    return FALSE;
  }
  json_object_set_string_member (exchange->delivery->memory, "api", api);
  rp_json_set_string (exchange->delivery->memory, "site", rp_json_get_string (site, "title"));

  return TRUE;
}

/* ---- the post ---- */

char *
rp_ghost_dup_mark (RpExchange *exchange)
{
  return g_strconcat ("reprint-", exchange->delivery->marker, NULL);
}

/* Ghost turns markup into its own blocks and loses what it has no block for; inside of an HTML card
 * all stays as it is, the licence's lines too. */
static char *
render_card (RpExchange *exchange, GError **error)
{
  g_autoptr (GBytes) bytes = rp_exchange_render (exchange, error);
  g_autofree char *html = NULL;

  if (bytes == NULL)
    return NULL;
  html = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return g_strconcat ("<!--kg-card-begin: html-->\n", html, "\n<!--kg-card-end: html-->", NULL);
}

static void
add_tags (JsonObject *post, RpExchange *exchange)
{
  GPtrArray *tags = rp_article_get_tags (exchange->article);
  g_autofree char *mark = rp_ghost_dup_mark (exchange);
  g_autofree char *name = g_strconcat ("#", mark, NULL);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < tags->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (tags, i));
  json_array_add_string_element (array, name); /* internal: no reader sees it */
  json_object_set_array_member (post, "tags", array);
}

static void
add_author (JsonObject *post, RpExchange *exchange)
{
  const char *email = rp_partner_get_setting (exchange->partner, "author");
  JsonArray *authors;
  JsonObject *author;

  if (rp_text_is_empty (email))
    return;
  authors = json_array_new ();
  author = json_object_new ();
  json_object_set_string_member (author, "email", email);
  json_array_add_object_element (authors, author);
  json_object_set_array_member (post, "authors", authors);
}

static void
add_featured (JsonObject *post, RpExchange *exchange)
{
  RpMedia *media = rp_exchange_get_featured (exchange);
  JsonObject *note = media != NULL ? rp_exchange_get_media_note (exchange, media) : NULL;
  g_autofree char *caption = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *alt = NULL;

  if (note == NULL)
    return;
  caption = rp_exchange_dup_media_caption (media);
  escaped = rp_text_escape (caption);
  if (rp_media_get (media, RP_MEDIA_ALT) != NULL)
    alt = rp_text_shorten (rp_media_get (media, RP_MEDIA_ALT), MAX_ALT);
  rp_json_set_string (post, "feature_image", rp_json_get_string (note, "url"));
  rp_json_set_string (post, "feature_image_alt", alt);
  rp_json_set_string (post, "feature_image_caption", escaped);
}

static void
add_summary (JsonObject *post, RpExchange *exchange)
{
  const char *summary = rp_article_get (exchange->article, RP_ARTICLE_SUMMARY);
  g_autofree char *short_one = summary != NULL ? rp_text_shorten (summary, MAX_SUMMARY) : NULL;

  rp_json_set_string (post, "custom_excerpt", short_one);
  if (summary != NULL && g_utf8_strlen (summary, -1) > MAX_SUMMARY)
    rp_exchange_remark (exchange, _ ("%s shows only the first %d characters of the summary."),
                        rp_partner_get_name (exchange->partner), MAX_SUMMARY);
}

static void
add_status (JsonObject *post, RpExchange *exchange)
{
  g_autofree char *when = NULL;

  if (rp_exchange_is_scheduled (exchange)) {
    when = rp_time_format (exchange->delivery->live_at);
    json_object_set_string_member (post, "status", "scheduled");
    json_object_set_string_member (post, "published_at", when);
    return;
  }
  json_object_set_string_member (post, "status",
                                 rp_exchange_is_draft (exchange) ? "draft" : "published");
}

static void
add_rights (JsonObject *post, RpExchange *exchange)
{
  RpStatement *statement = rp_article_get_statement (exchange->article);
  g_autofree char *licence = rp_text_escape (rp_statement_get (statement, RP_STATEMENT_URL));
  g_autofree char *head = rp_text_is_empty (licence)
                            ? NULL
                            : g_strdup_printf ("<link rel=\"license\" href=\"%s\">", licence);

  rp_json_set_string (post, "canonical_url",
                      rp_article_get (exchange->article, RP_ARTICLE_CANONICAL_URL));
  rp_json_set_string (post, "codeinjection_head", head);
}

JsonObject *
rp_ghost_build_post (RpExchange *exchange, GError **error)
{
  const char *visibility = rp_partner_get_setting (exchange->partner, "visibility");
  const char *headline = rp_article_get (exchange->article, RP_ARTICLE_HEADLINE);
  JsonObject *memory = exchange->delivery->memory;
  g_autofree char *html = render_card (exchange, error);
  JsonObject *post, *body;
  JsonArray *posts;

  if (html == NULL)
    return NULL;
  post = json_object_new ();
  json_object_set_string_member (post, "title", headline != NULL ? headline : "");
  json_object_set_string_member (post, "html", html);
  json_object_set_string_member (post, "visibility", visibility != NULL ? visibility : "public");
  if (exchange->delivery->remote_id != NULL)
    rp_json_set_string (post, "updated_at", rp_json_get_string (memory, "updated_at"));
  add_summary (post, exchange);
  add_status (post, exchange);
  add_rights (post, exchange);
  add_tags (post, exchange);
  add_author (post, exchange);
  add_featured (post, exchange);
  posts = json_array_new ();
  json_array_add_object_element (posts, post);
  body = json_object_new ();
  json_object_set_array_member (body, "posts", posts);

  return body;
}

/* ---- reading back ---- */

static void
read_tags (JsonObject *found, JsonObject *post)
{
  JsonArray *tags = rp_json_get_array (post, "tags");
  JsonArray *names = json_array_new ();

  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++) {
    JsonNode *node = json_array_get_element (tags, i);
    const char *name = JSON_NODE_HOLDS_OBJECT (node)
                         ? rp_json_get_string (json_node_get_object (node), "name")
                         : NULL;

    if (name != NULL && *name != '#')
      json_array_add_string_element (names, name);
  }
  json_object_set_array_member (found, "tags", names);
}

static void
read_licence (JsonObject *found, JsonObject *post)
{
  const char *head = rp_json_get_string (post, "codeinjection_head");
  g_autoptr (xmlDoc) doc = head != NULL ? rp_html_parse_fragment (head) : NULL;
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;

  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE))
    if (rp_xml_is (node, NULL, "link") &&
        g_strcmp0 (rp_xml_peek_attribute (node, "rel"), "license") == 0)
      rp_json_set_string (found, "licence", rp_xml_peek_attribute (node, "href"));
}

JsonObject *
rp_ghost_read_found (JsonObject *post)
{
  const char *status = rp_json_get_string (post, "status");
  JsonObject *found = json_object_new ();
  gboolean hidden = g_strcmp0 (status, "draft") == 0 || g_strcmp0 (status, "scheduled") == 0;

  json_object_set_string_member (found, "state", hidden ? status : "live");
  rp_json_set_string (found, "url", rp_json_get_string (post, "url"));
  rp_json_set_string (found, "title", rp_json_get_string (post, "title"));
  rp_json_set_string (found, "html", rp_json_get_string (post, "html"));
  rp_json_set_string (found, "canonical", rp_json_get_string (post, "canonical_url"));
  rp_json_set_string (found, "changed", rp_json_get_string (post, "updated_at"));
  read_tags (found, post);
  read_licence (found, post);

  return found;
}
