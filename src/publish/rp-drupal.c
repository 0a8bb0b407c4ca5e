#include "rp-drupal.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"

#define JSON_API "application/vnd.api+json"

const char *
rp_drupal_get (RpExchange *exchange, const char *key)
{
  static const struct {
    const char *key;
    const char *usual;
  } usuals[] = {
    {"type", "article"},          {"body_field", "body"},
    {"format", "basic_html"},     {"image_field", "field_image"},
    {"tags_field", "field_tags"}, {"vocabulary", "tags"},
  };
  const char *stated = rp_partner_get_setting (exchange->partner, key);

  if (!rp_text_is_empty (stated))
    return g_ascii_strcasecmp (stated, "none") == 0 ? NULL : stated;
  for (guint i = 0; i < G_N_ELEMENTS (usuals); i++)
    if (g_str_equal (usuals[i].key, key))
      return usuals[i].usual;

  return NULL;
}

/* ---- requests and answers ---- */

RpRequest *
rp_drupal_request (RpExchange *exchange, const char *method, const char *route, const char *label)
{
  const char *user = rp_partner_get_setting (exchange->partner, "username");
  g_autofree char *password = exchange->dup_secret (exchange, "password");
  g_autofree char *pair =
    g_strconcat (user != NULL ? user : "", ":", password != NULL ? password : "", NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *value = g_strconcat ("Basic ", encoded, NULL);
  g_autofree char *path = g_strconcat ("jsonapi", route, NULL);
  g_autofree char *url = rp_exchange_dup_url (exchange, path);
  RpRequest *request = rp_request_new (method, url, label);

  rp_request_set_header (request, "Accept", JSON_API);
  rp_request_set_header (request, "Authorization", value);

  return request;
}

void
rp_drupal_set_body (RpRequest *request, JsonObject *data)
{
  g_autoptr (JsonObject) body = json_object_new ();

  json_object_set_object_member (body, "data", data);
  rp_request_set_json (request, body);
  rp_request_set_header (request, "Content-Type", JSON_API);
}

char *
rp_drupal_dup_node_route (RpExchange *exchange, const char *id)
{
  const char *type = rp_drupal_get (exchange, "type");

  return g_strconcat ("/node/", type != NULL ? type : "article", id != NULL ? "/" : NULL, id, NULL);
}

gboolean
rp_drupal_check (RpExchange *exchange,
                 const RpResponse *response,
                 RpAnswerFlags flags,
                 GError **error)
{
  if (response->status != 405)
    return rp_answer_check (exchange, response, flags, error);
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("%s only lets its content be read. Ask the partner to accept all operations, "
                  "under Configuration, Web services, JSON:API"),
               rp_partner_get_name (exchange->partner));

  return FALSE;
}

JsonObject *
rp_drupal_read (RpExchange *exchange,
                const RpResponse *response,
                RpAnswerFlags flags,
                JsonObject **out_answer,
                GError **error)
{
  gboolean unsure = exchange->request->changes && (flags & RP_ANSWER_REPEATABLE) == 0;
  JsonObject *data;

  if (!rp_drupal_check (exchange, response, flags | RP_ANSWER_JSON, error))
    return NULL;
  *out_answer = rp_json_parse_object (response->body, "", NULL);
  data = *out_answer != NULL ? rp_json_get_object (*out_answer, "data") : NULL;
  if (data == NULL)
    g_set_error (error, RP_ERROR, unsure ? RP_ERROR_UNKNOWN_OUTCOME : RP_ERROR_UNREADABLE,
                 _ ("%s answered without saying what it has; check the address, and whether it is "
                    "a Drupal site"),
                 rp_partner_get_name (exchange->partner));

  return data;
}

/* ---- the node ---- */

static void
tie_picture (GString *html, const char *id, const char *url)
{
  g_autofree char *escaped = rp_text_escape (url);
  g_autofree char *plain = g_strdup_printf ("src=\"%s\"", escaped);
  g_autofree char *tied =
    g_strdup_printf ("%s data-entity-type=\"file\" data-entity-uuid=\"%s\"", plain, id);

  rp_text_replace (html, plain, tied);
}

/* Drupal throws away files that nothing points to; with these attributes a picture in the text
 * counts. */
static char *
tie_pictures (RpExchange *exchange, const char *html)
{
  GPtrArray *media = rp_article_get_media (exchange->article);
  GString *tied = g_string_new (html);

  for (guint i = 0; i < media->len; i++) {
    JsonObject *note = rp_exchange_get_media_note (exchange, g_ptr_array_index (media, i));

    if (note != NULL && rp_json_has (note, "id") && rp_json_has (note, "url"))
      tie_picture (tied, rp_json_get_string (note, "id"), rp_json_get_string (note, "url"));
  }

  return g_string_free (tied, FALSE);
}

static gboolean
add_body (JsonObject *attributes, RpExchange *exchange, GError **error)
{
  const char *field = rp_drupal_get (exchange, "body_field");
  g_autofree char *html = rp_exchange_render_inert (exchange, error);
  g_autofree char *tied = html != NULL ? tie_pictures (exchange, html) : NULL;
  JsonObject *body;

  if (tied == NULL)
    return FALSE;
  body = json_object_new ();
  json_object_set_string_member (body, "value", tied);
  rp_json_set_string (body, "format", rp_drupal_get (exchange, "format"));
  if (g_strcmp0 (field, "body") == 0)
    rp_json_set_string (body, "summary", rp_article_get (exchange->article, RP_ARTICLE_SUMMARY));
  json_object_set_object_member (attributes, field != NULL ? field : "body", body);

  return TRUE;
}

/* With editorial stages Drupal refuses the plain switch. */
static void
add_status (JsonObject *attributes, RpExchange *exchange)
{
  gboolean draft = rp_exchange_is_draft (exchange);
  const char *staged = rp_partner_get_setting (exchange->partner, "staged");

  if (g_strcmp0 (staged, "yes") == 0)
    json_object_set_string_member (attributes, "moderation_state", draft ? "draft" : "published");
  else
    json_object_set_boolean_member (attributes, "status", !draft);
}

static void
add_featured (JsonObject *relationships, RpExchange *exchange)
{
  const char *field = rp_drupal_get (exchange, "image_field");
  RpMedia *media = rp_exchange_get_featured (exchange);
  JsonObject *note = media != NULL ? rp_exchange_get_media_note (exchange, media) : NULL;
  g_autofree char *caption = NULL;
  JsonObject *link, *file, *words;

  if (field == NULL || note == NULL)
    return;
  link = json_object_new ();
  file = json_object_new ();
  words = json_object_new ();
  caption = rp_exchange_dup_media_caption (media);
  rp_json_set_string (words, "alt", rp_media_get (media, RP_MEDIA_ALT));
  rp_json_set_string (words, "title", caption);
  json_object_set_string_member (file, "type", "file--file");
  rp_json_set_string (file, "id", rp_json_get_string (note, "id"));
  json_object_set_object_member (file, "meta", words);
  json_object_set_object_member (link, "data", file);
  json_object_set_object_member (relationships, field, link);
}

JsonObject *
rp_drupal_build_node (RpExchange *exchange, GError **error)
{
  const char *id = exchange->delivery->remote_id;
  const char *type = rp_drupal_get (exchange, "type");
  const char *headline = rp_article_get (exchange->article, RP_ARTICLE_HEADLINE);
  g_autofree char *kind = g_strconcat ("node--", type != NULL ? type : "article", NULL);
  g_autoptr (JsonObject) attributes = json_object_new ();
  JsonObject *relationships, *node;

  if (!add_body (attributes, exchange, error))
    return NULL;
  json_object_set_string_member (attributes, "title", headline != NULL ? headline : "");
  add_status (attributes, exchange);
  relationships = json_object_new ();
  add_featured (relationships, exchange);
  rp_drupal_add_terms (exchange, relationships);
  node = json_object_new ();
  json_object_set_string_member (node, "type", kind);
  json_object_set_string_member (node, "id", id != NULL ? id : exchange->delivery->marker);
  json_object_set_object_member (node, "attributes", g_steal_pointer (&attributes));
  json_object_set_object_member (node, "relationships", relationships);

  return node;
}

/* ---- reading back ---- */

char *
rp_drupal_dup_page (RpExchange *exchange, JsonObject *attributes)
{
  JsonObject *path = rp_json_get_object (attributes, "path");
  const char *alias = path != NULL ? rp_json_get_string (path, "alias") : NULL;
  gint64 number = rp_json_get_int (attributes, "drupal_internal__nid", 0);
  g_autofree char *plain = number > 0 ? g_strdup_printf ("node/%" G_GINT64_FORMAT, number) : NULL;

  if (alias != NULL && *alias == '/')
    return rp_exchange_dup_url (exchange, alias + 1);

  return plain != NULL ? rp_exchange_dup_url (exchange, plain) : NULL;
}

static void
read_tags (JsonObject *found, JsonObject *answer)
{
  JsonArray *included = rp_json_get_array (answer, "included");
  JsonArray *tags = json_array_new ();

  for (guint i = 0; included != NULL && i < json_array_get_length (included); i++) {
    JsonNode *node = json_array_get_element (included, i);
    JsonObject *term = JSON_NODE_HOLDS_OBJECT (node)
                         ? rp_json_get_object (json_node_get_object (node), "attributes")
                         : NULL;
    const char *name = term != NULL ? rp_json_get_string (term, "name") : NULL;

    if (name != NULL)
      json_array_add_string_element (tags, name);
  }
  json_object_set_array_member (found, "tags", tags);
}

JsonObject *
rp_drupal_read_found (RpExchange *exchange, JsonObject *answer)
{
  JsonObject *attributes = rp_json_get_object (rp_json_get_object (answer, "data"), "attributes");
  const char *field = rp_drupal_get (exchange, "body_field");
  JsonObject *found = json_object_new ();
  g_autofree char *page = NULL;
  JsonObject *body;

  json_object_set_string_member (found, "state", "live");
  if (attributes == NULL)
    return found;
  if (!rp_json_get_boolean (attributes, "status", TRUE))
    json_object_set_string_member (found, "state", "draft");
  page = rp_drupal_dup_page (exchange, attributes);
  body = rp_json_get_object (attributes, field != NULL ? field : "body");
  rp_json_set_string (found, "url", page);
  rp_json_set_string (found, "title", rp_json_get_string (attributes, "title"));
  rp_json_set_string (found, "changed", rp_json_get_string (attributes, "changed"));
  if (body != NULL)
    rp_json_set_string (found, "html", rp_json_get_string (body, "value"));
  read_tags (found, answer);

  return found;
}
