#include "rp-micropub.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-link.h"
#include "rp-text.h"

void
rp_micropub_sign_in (RpExchange *exchange, RpRequest *request)
{
  g_autofree char *token = exchange->dup_secret (exchange, "token");
  g_autofree char *value = g_strconcat ("Bearer ", token != NULL ? g_strstrip (token) : "", NULL);

  rp_request_set_header (request, "Authorization", value);
}

static const char *
get_endpoint (RpExchange *exchange)
{
  const char *stated = rp_partner_get_setting (exchange->partner, "endpoint");

  return rp_text_is_empty (stated) ? rp_json_get_string (exchange->delivery->memory, "api")
                                   : stated;
}

RpRequest *
rp_micropub_request (RpExchange *exchange, const char *method, const char *query, const char *label)
{
  const char *endpoint = get_endpoint (exchange);
  const char *sign = strchr (endpoint, '?') != NULL ? "&" : "?";
  g_autofree char *url = g_strconcat (endpoint, query != NULL ? sign : NULL, query, NULL);
  RpRequest *request = rp_request_new (method, url, label);

  rp_request_set_header (request, "Accept", "application/json");
  rp_micropub_sign_in (exchange, request);

  return request;
}

static gboolean
says (const RpResponse *response, const char *code)
{
  g_autoptr (JsonObject) answer = rp_json_parse_object (response->body, "", NULL);

  return answer != NULL && g_strcmp0 (rp_json_get_string (answer, "error"), code) == 0;
}

/* Servers say 401 or 403 for either; the word tells which. */
gboolean
rp_micropub_check (RpExchange *exchange,
                   const RpResponse *response,
                   RpAnswerFlags flags,
                   GError **error)
{
  const char *name = rp_partner_get_name (exchange->partner);

  if (response->status != 401 && response->status != 403)
    return rp_answer_check (exchange, response, flags, error);
  if (says (response, "insufficient_scope")) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("The token for %s may not do that. Make a new one there that may create, "
                    "update, delete and upload, and enter it"),
                 name);
    return FALSE;
  }
  if (response->status == 403 && says (response, "forbidden")) {
    g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                 _ ("%s does not accept the token. Make a new one there and enter it"), name);
    return FALSE;
  }

  return rp_answer_check (exchange, response, flags, error);
}

/* ---- where it is, and what it can ---- */

gboolean
rp_micropub_discover_needed (RpExchange *exchange)
{
  return get_endpoint (exchange) == NULL;
}

RpRequest *
rp_micropub_discover_ask (RpExchange *exchange, GError **error)
{
  return rp_request_new ("GET", rp_partner_get_url (exchange->partner),
                         _ ("Asking the site where articles are to be sent"));
}

gboolean
rp_micropub_discover_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autofree char *endpoint = NULL;

  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  endpoint = rp_link_find (response, "micropub");
  if (endpoint == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s does not say where articles are to be sent (Micropub). Check the address, "
                    "or ask the partner for its Micropub address and enter that one too"),
                 rp_partner_get_url (exchange->partner));
    return FALSE;
  }
  json_object_set_string_member (exchange->delivery->memory, "api", endpoint);

  return TRUE;
}

gboolean
rp_micropub_config_needed (RpExchange *exchange)
{
  return !rp_exchange_has_note (exchange, "known") && !rp_exchange_is_sent (exchange);
}

RpRequest *
rp_micropub_config_ask (RpExchange *exchange, GError **error)
{
  return rp_micropub_request (exchange, "GET", "q=config", _ ("Asking what the site can take"));
}

/* A server that knows no configuration (400, 404, 501) has no place for pictures. */
gboolean
rp_micropub_config_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean unknown = response->status == 400 || response->status == 404 || response->status == 501;
  g_autoptr (JsonObject) config = NULL;
  const char *media;

  if (!unknown &&
      !rp_micropub_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
    return FALSE;
  config = unknown ? NULL : rp_json_parse_object (response->body, "", NULL);
  media = config != NULL ? rp_json_get_string (config, "media-endpoint") : NULL;
  json_object_remove_member (exchange->delivery->memory, "media_endpoint");
  if (media != NULL) {
    g_autofree char *url = rp_text_resolve_url (response->url, media);

    rp_json_set_string (exchange->delivery->memory, "media_endpoint", url);
  }
  rp_exchange_note (exchange, "known");

  return TRUE;
}

/* ---- an entry: every value is a list ---- */

static void
add_text (JsonObject *properties, const char *name, const char *text)
{
  const char *list[] = {text, NULL};

  if (!rp_text_is_empty (text))
    rp_json_set_strv (properties, name, list);
}

static void
add_object (JsonObject *properties, const char *name, JsonObject *object)
{
  JsonArray *list = rp_json_get_array (properties, name);

  if (list == NULL) {
    list = json_array_new ();
    json_object_set_array_member (properties, name, list);
  }
  json_array_add_object_element (list, object);
}

static void
add_categories (JsonObject *properties, RpExchange *exchange)
{
  GPtrArray *tags = rp_article_get_tags (exchange->article);
  g_auto (GStrv) categories = rp_exchange_dup_list (exchange, "categories");
  JsonArray *list = json_array_new ();

  for (guint i = 0; categories[i] != NULL; i++)
    json_array_add_string_element (list, categories[i]);
  for (guint i = 0; i < tags->len; i++)
    if (!g_strv_contains ((const char *const *) categories, g_ptr_array_index (tags, i)))
      json_array_add_string_element (list, g_ptr_array_index (tags, i));
  json_object_set_array_member (properties, "category", list);
}

static void
add_authors (JsonObject *properties, RpExchange *exchange)
{
  GPtrArray *authors = rp_article_get_authors (exchange->article);

  for (guint i = 0; i < authors->len; i++) {
    const RpAuthor *author = g_ptr_array_index (authors, i);
    const char *type[] = {"h-card", NULL};
    JsonObject *card = json_object_new ();
    JsonObject *words = json_object_new ();

    rp_json_set_strv (card, "type", type);
    add_text (words, "name", author->name);
    add_text (words, "url", author->uri);
    json_object_set_object_member (card, "properties", words);
    add_object (properties, "author", card);
  }
}

/* Not "photo", which would make the article a picture post; the pictures stand in the text. */
static void
add_featured (JsonObject *properties, RpExchange *exchange)
{
  RpMedia *media = rp_exchange_get_featured (exchange);
  JsonObject *note = media != NULL ? rp_exchange_get_media_note (exchange, media) : NULL;
  JsonObject *picture;

  if (note == NULL)
    return;
  picture = json_object_new ();
  rp_json_set_string (picture, "value", rp_json_get_string (note, "url"));
  rp_json_set_string (picture, "alt", rp_media_get (media, RP_MEDIA_ALT));
  add_object (properties, "featured", picture);
}

/* Properties that a server does not know it drops or keeps, as it likes; the lines that the licence
 * asks for are in the text as well. */
static void
add_rights (JsonObject *properties, RpExchange *exchange)
{
  RpStatement *statement = rp_article_get_statement (exchange->article);

  add_text (properties, "license", rp_statement_get (statement, RP_STATEMENT_URL));
  add_text (properties, "canonical", rp_article_get (exchange->article, RP_ARTICLE_CANONICAL_URL));
}

JsonObject *
rp_micropub_build_properties (RpExchange *exchange, GError **error)
{
  g_autoptr (GBytes) bytes = rp_exchange_render (exchange, error);
  g_autofree char *html = NULL;
  JsonObject *properties, *content;

  if (bytes == NULL)
    return NULL;
  html = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  properties = json_object_new ();
  content = json_object_new ();
  json_object_set_string_member (content, "html", html);
  add_text (properties, "name", rp_article_get (exchange->article, RP_ARTICLE_HEADLINE));
  add_text (properties, "summary", rp_article_get (exchange->article, RP_ARTICLE_SUMMARY));
  add_object (properties, "content", content);
  add_categories (properties, exchange);
  add_authors (properties, exchange);
  add_featured (properties, exchange);
  add_rights (properties, exchange);
  add_text (properties, "post-status", rp_exchange_is_draft (exchange) ? "draft" : "published");

  return properties;
}

/* Ours alone, and the same on every try. */
static char *
dup_slug (RpExchange *exchange)
{
  g_autofree char *slug =
    rp_text_slug (rp_article_get (exchange->article, RP_ARTICLE_HEADLINE), 60);

  return g_strdup_printf ("%s-%.8s", slug, exchange->delivery->marker);
}

JsonObject *
rp_micropub_build_create (RpExchange *exchange, GError **error)
{
  const char *type[] = {"h-entry", NULL};
  JsonObject *properties = rp_micropub_build_properties (exchange, error);
  g_autofree char *slug = dup_slug (exchange);
  g_autofree char *uid = g_strconcat ("urn:uuid:", exchange->delivery->marker, NULL);
  JsonObject *entry;

  if (properties == NULL)
    return NULL;
  add_text (properties, "uid", uid);
  add_text (properties, "mp-slug", slug);
  entry = json_object_new ();
  rp_json_set_strv (entry, "type", type);
  json_object_set_object_member (entry, "properties", properties);

  return entry;
}

/* What is empty now is deleted; there is always something to replace, some servers insist on it. */
JsonObject *
rp_micropub_build_update (RpExchange *exchange, GError **error)
{
  JsonObject *properties = rp_micropub_build_properties (exchange, error);
  JsonObject *entry;
  JsonArray *emptied;

  if (properties == NULL)
    return NULL;
  entry = json_object_new ();
  json_object_set_string_member (entry, "action", "update");
  json_object_set_string_member (entry, "url", exchange->delivery->remote_id);
  json_object_set_object_member (entry, "replace", properties);
  if (rp_article_get (exchange->article, RP_ARTICLE_SUMMARY) == NULL) {
    emptied = json_array_new ();
    json_array_add_string_element (emptied, "summary");
    json_object_set_array_member (entry, "delete", emptied);
  }

  return entry;
}

/* ---- reading back ---- */

/* The first of a property's values; of an object its member. Lends. */
static const char *
get_value (JsonObject *properties, const char *name, const char *member)
{
  JsonArray *list = rp_json_get_array (properties, name);
  JsonNode *first =
    list != NULL && json_array_get_length (list) > 0 ? json_array_get_element (list, 0) : NULL;

  if (first == NULL)
    return rp_json_get_string (properties, name);
  if (JSON_NODE_HOLDS_OBJECT (first))
    return rp_json_get_string (json_node_get_object (first), member);

  return json_node_get_value_type (first) == G_TYPE_STRING ? json_node_get_string (first) : NULL;
}

JsonObject *
rp_micropub_read_found (RpExchange *exchange, JsonObject *properties)
{
  const char *url = get_value (properties, "url", "value");
  gboolean draft = g_strcmp0 (get_value (properties, "post-status", "value"), "draft") == 0;
  g_auto (GStrv) tags = rp_json_dup_strv (properties, "category");
  JsonObject *found = json_object_new ();

  json_object_set_string_member (found, "state", draft ? "draft" : "live");
  rp_json_set_string (found, "url", url != NULL ? url : exchange->delivery->remote_id);
  rp_json_set_string (found, "title", get_value (properties, "name", "value"));
  rp_json_set_string (found, "html", get_value (properties, "content", "html"));
  rp_json_set_string (found, "canonical", get_value (properties, "canonical", "value"));
  rp_json_set_string (found, "licence", get_value (properties, "license", "value"));
  rp_json_set_string (found, "changed", get_value (properties, "updated", "value"));
  if (tags != NULL)
    rp_json_set_strv (found, "tags", (const char *const *) tags);

  return found;
}
