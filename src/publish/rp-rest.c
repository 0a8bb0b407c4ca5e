#include "rp-rest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"

typedef struct {
  const char *key;
  const char *value;
} Row;

static const Row directus[] = {
  {"create_path", "items/{{collection}}"},
  {"update_path", "items/{{collection}}/{{id}}"},
  {"delete_path", "items/{{collection}}/{{id}}"},
  {"find_path", "items/{{collection}}?filter%5Bid%5D%5B_eq%5D={{key}}&limit=1"},
  {"files_path", "files"},
  {"file_delete_path", "files/{{file_id}}"},
  {"file_url", "assets/{{file_id}}"},
  {"who_path", "users/me?fields=first_name,last_name,email"},
  {"rights_path", "permissions/me"},
  {"exists_code", "RECORD_NOT_UNIQUE"},
  {"answer_at", "data"},
  {"changed_at", "date_updated"},
  {"auth", "bearer"},
  {"file_fields", "{\"id\": \"{{picture_key}}\", \"title\": \"{{picture_alt}}\", "
                  "\"description\": \"{{picture_caption}}\", \"type\": \"{{picture_type}}\"}"},
  {"fields", "{\"id\": \"{{marker}}\", \"status\": \"{{status}}\", \"title\": \"{{headline}}\", "
             "\"slug\": \"{{slug}}\", \"body\": \"{{body_html}}\", "
             "\"canonical_url\": \"{{canonical_url}}\", \"licence\": \"{{licence_url}}\", "
             "\"credit\": \"{{credit}}\", \"publish_at\": \"{{live_at}}\", "
             "\"tags\": \"{{tags}}\", \"image\": \"{{picture_id}}\"}"},
};

static const Row usual[] = {
  {"collection", "articles"},
  {"create_method", "POST"},
  {"update_method", "PATCH"},
  {"delete_method", "DELETE"},
  {"id_at", "id"},
  {"url_at", "url"},
  {"auth", "bearer"},
  {"auth_header", "X-Api-Key"},
  {"status_publish", "published"},
  {"status_draft", "draft"},
  {"status_schedule", "published"},
  {"file_name", "file"},
  {"fields", "{\"external_id\": \"{{marker}}\", \"status\": \"{{status}}\", "
             "\"title\": \"{{headline}}\", \"summary\": \"{{summary}}\", "
             "\"html\": \"{{body_html}}\", \"canonical_url\": \"{{canonical_url}}\", "
             "\"licence_url\": \"{{licence_url}}\", \"credit\": \"{{credit}}\", "
             "\"tags\": \"{{tags}}\"}"},
};

static const char *
look_up (const Row *rows, guint n_rows, const char *key)
{
  for (guint i = 0; i < n_rows; i++)
    if (g_str_equal (rows[i].key, key))
      return rows[i].value;

  return NULL;
}

const char *
rp_rest_get (RpExchange *exchange, const char *key)
{
  const char *value = rp_partner_get_setting (exchange->partner, key);
  const char *preset = rp_partner_get_setting (exchange->partner, "preset");

  if (rp_text_is_empty (value) && g_strcmp0 (preset, "custom") != 0)
    value = look_up (directus, G_N_ELEMENTS (directus), key);
  if (rp_text_is_empty (value))
    value = look_up (usual, G_N_ELEMENTS (usual), key);

  return value != NULL ? value : "";
}

gboolean
rp_rest_is_repeatable (RpExchange *exchange)
{
  return *rp_rest_get (exchange, "exists_code") != '\0' ||
         g_str_equal (rp_rest_get (exchange, "create_method"), "PUT");
}

/* ---- addresses ---- */

static gboolean
escape_value (const GMatchInfo *match, GString *result, gpointer user_data)
{
  gpointer *data = user_data;
  g_autofree char *name = g_match_info_fetch (match, 1);
  g_autofree char *value = rp_rest_dup_value (data[0], name, data[1]);

  if (value != NULL)
    g_string_append_uri_escaped (result, value, NULL, FALSE);

  return FALSE;
}

static GRegex *
make_placeholder (void)
{
  return g_regex_new ("\\{\\{\\s*([a-z_]+)\\s*\\}\\}", 0, 0, NULL);
}

static char *
fill_address (RpExchange *exchange, const char *pattern, RpMedia *media)
{
  g_autoptr (GRegex) placeholder = make_placeholder ();
  gpointer data[] = {exchange, media};

  return g_regex_replace_eval (placeholder, pattern, -1, 0, 0, escape_value, data, NULL);
}

static void
sign_in (RpExchange *exchange, RpRequest *request)
{
  const char *kind = rp_rest_get (exchange, "auth");
  g_autofree char *token = exchange->dup_secret (exchange, "token");
  const char *text = token != NULL ? g_strstrip (token) : "";
  g_autofree char *pair = NULL;
  g_autofree char *code = NULL;
  g_autofree char *value = NULL;

  if (g_str_equal (kind, "bearer")) {
    value = g_strconcat ("Bearer ", text, NULL);
    rp_request_set_header (request, "Authorization", value);
  } else if (g_str_equal (kind, "basic")) {
    pair = g_strconcat (rp_rest_get (exchange, "username"), ":", text, NULL);
    code = g_base64_encode ((const guchar *) pair, strlen (pair));
    value = g_strconcat ("Basic ", code, NULL);
    rp_request_set_header (request, "Authorization", value);
  } else if (g_str_equal (kind, "header")) {
    rp_request_set_header (request, rp_rest_get (exchange, "auth_header"), text);
  }
}

RpRequest *
rp_rest_request (RpExchange *exchange,
                 const char *method,
                 const char *key,
                 RpMedia *media,
                 const char *label)
{
  g_autofree char *path = fill_address (exchange, rp_rest_get (exchange, key), media);
  g_autofree char *url =
    rp_text_is_web_url (path) ? g_strdup (path) : rp_exchange_dup_url (exchange, path);
  RpRequest *request = rp_request_new (method, url, label);

  rp_request_set_header (request, "Accept", "application/json");
  sign_in (exchange, request);

  return request;
}

char *
rp_rest_dup_public_url (RpExchange *exchange, JsonObject *item)
{
  const char *pattern = rp_rest_get (exchange, "public_url");
  const char *told =
    item != NULL ? rp_json_get_string (item, rp_rest_get (exchange, "url_at")) : NULL;

  if (told != NULL)
    return rp_text_resolve_url (rp_partner_get_url (exchange->partner), told);

  return *pattern != '\0' ? fill_address (exchange, pattern, NULL) : NULL;
}

/* ---- the template ---- */

static gboolean
put_value (const GMatchInfo *match, GString *result, gpointer user_data)
{
  gpointer *data = user_data;
  g_autofree char *name = g_match_info_fetch (match, 1);
  g_autofree char *value = rp_rest_dup_value (data[0], name, data[1]);

  g_string_append (result, value != NULL ? value : "");

  return FALSE;
}

/* A list stays a list when the placeholder stands alone. */
static JsonNode *
make_tags (RpExchange *exchange)
{
  GPtrArray *tags = rp_article_get_tags (exchange->article);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < tags->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (tags, i));

  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
fill_text (RpExchange *exchange, const char *text, RpMedia *media)
{
  g_autoptr (GRegex) placeholder = make_placeholder ();
  g_autoptr (GRegex) alone = g_regex_new ("^\\{\\{\\s*([a-z_]+)\\s*\\}\\}$", 0, 0, NULL);
  gpointer data[] = {exchange, media};
  g_autofree char *filled = NULL;

  if (g_str_equal (text, "{{tags}}"))
    return make_tags (exchange);
  filled = g_regex_replace_eval (placeholder, text, -1, 0, 0, put_value, data, NULL);
  if (*filled == '\0' && g_regex_match (alone, text, 0, NULL))
    return json_node_init_null (json_node_alloc ());

  return json_node_init_string (json_node_alloc (), filled);
}

static JsonNode *fill_node (RpExchange *exchange, JsonNode *node, RpMedia *media);

static gboolean
is_live_at (JsonObject *object, const char *name)
{
  return g_strcmp0 (rp_json_get_string (object, name), "{{live_at}}") == 0;
}

/* What is empty is left out of something new, and emptied in what is there; but
 * an article stays as old as it is. */
static JsonObject *
fill_object (RpExchange *exchange, JsonObject *object, RpMedia *media)
{
  g_autoptr (GList) names = json_object_get_members (object);
  JsonObject *filled = json_object_new ();

  for (GList *l = names; l != NULL; l = l->next) {
    JsonNode *value = fill_node (exchange, json_object_get_member (object, l->data), media);

    if (JSON_NODE_HOLDS_NULL (value) &&
        (exchange->delivery->remote_id == NULL || is_live_at (object, l->data)))
      json_node_unref (value);
    else
      json_object_set_member (filled, l->data, value);
  }

  return filled;
}

static JsonNode *
fill_array (RpExchange *exchange, JsonArray *array, RpMedia *media)
{
  JsonArray *filled = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (filled, fill_node (exchange, json_array_get_element (array, i), media));

  return json_node_init_array (json_node_alloc (), filled);
}

static JsonNode *
fill_node (RpExchange *exchange, JsonNode *node, RpMedia *media)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_init_object (json_node_alloc (),
                                  fill_object (exchange, json_node_get_object (node), media));
  if (JSON_NODE_HOLDS_ARRAY (node))
    return fill_array (exchange, json_node_get_array (node), media);
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return fill_text (exchange, json_node_get_string (node), media);

  return json_node_copy (node);
}

static JsonObject *
read_template (RpExchange *exchange, const char *key, GError **error)
{
  const char *text = rp_rest_get (exchange, key);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  JsonObject *template = rp_json_parse_object (bytes, _ ("The template"), NULL);

  if (template == NULL)
    g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
                 _ ("The template of fields for %s is not a JSON object. Correct it in the "
                    "partner’s settings; an example: %s"),
                 rp_partner_get_name (exchange->partner), "{\"title\": \"{{headline}}\"}");

  return template;
}

JsonObject *
rp_rest_fill (RpExchange *exchange, const char *key, RpMedia *media, GError **error)
{
  g_autoptr (JsonObject) template = read_template (exchange, key, error);

  return template != NULL ? fill_object (exchange, template, media) : NULL;
}

char *
rp_rest_dup_member (RpExchange *exchange, const char *name)
{
  g_autoptr (JsonObject) template = read_template (exchange, "fields", NULL);
  g_autoptr (GList) members = template != NULL ? json_object_get_members (template) : NULL;
  g_autofree char *placeholder = g_strdup_printf ("{{%s}}", name);

  for (GList *l = members; l != NULL; l = l->next)
    if (g_strcmp0 (rp_json_get_string (template, l->data), placeholder) == 0)
      return g_strdup (l->data);

  return NULL;
}

/* ---- answers ---- */

JsonObject *
rp_rest_find_item (RpExchange *exchange, JsonNode *answer)
{
  const char *at = rp_rest_get (exchange, "answer_at");
  g_auto (GStrv) names = g_strsplit (at, ".", -1);
  JsonNode *node = answer;

  for (guint i = 0; *at != '\0' && node != NULL && names[i] != NULL; i++)
    node =
      JSON_NODE_HOLDS_OBJECT (node) ? rp_json_get (json_node_get_object (node), names[i]) : NULL;
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    node = json_array_get_length (json_node_get_array (node)) > 0
             ? json_array_get_element (json_node_get_array (node), 0)
             : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

char *
rp_rest_dup_code (const RpResponse *response)
{
  g_autoptr (JsonObject) answer = rp_json_parse_object (response->body, "", NULL);
  JsonArray *errors = answer != NULL ? rp_json_get_array (answer, "errors") : NULL;
  JsonNode *first = errors != NULL && json_array_get_length (errors) > 0
                      ? json_array_get_element (errors, 0)
                      : NULL;
  JsonObject *fault =
    first != NULL && JSON_NODE_HOLDS_OBJECT (first) ? json_node_get_object (first) : answer;
  JsonObject *more = fault != NULL ? rp_json_get_object (fault, "extensions") : NULL;

  if (more != NULL && rp_json_has (more, "code"))
    return rp_json_dup_text (more, "code");

  return fault != NULL ? rp_json_dup_text (fault, "code") : NULL;
}
