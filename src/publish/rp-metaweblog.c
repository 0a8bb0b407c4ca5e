#include "rp-metaweblog.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

#define MARK_FIELD "reprint_id"

/* ---- calls ---- */

static JsonArray *
begin_params (RpExchange *exchange, const char *first)
{
  const char *user = rp_partner_get_setting (exchange->partner, "username");
  g_autofree char *password = exchange->dup_secret (exchange, "password");
  JsonArray *params = json_array_new ();

  json_array_add_string_element (params, first != NULL ? first : "");
  json_array_add_string_element (params, user != NULL ? user : "");
  json_array_add_object_element (params,
                                 rp_xmlrpc_special ("secret", password != NULL ? password : ""));

  return params;
}

JsonArray *
rp_metaweblog_blog_params (RpExchange *exchange)
{
  const char *stated = rp_partner_get_setting (exchange->partner, "blog");
  const char *blog = rp_json_get_string (exchange->delivery->memory, "blog");

  if (!rp_text_is_empty (stated))
    blog = stated;

  return begin_params (exchange, blog != NULL ? blog : "1");
}

JsonArray *
rp_metaweblog_post_params (RpExchange *exchange)
{
  return begin_params (exchange, exchange->delivery->remote_id);
}

JsonArray *
rp_metaweblog_blogger_params (RpExchange *exchange)
{
  return begin_params (exchange, "reprint");
}

RpRequest *
rp_metaweblog_call (RpExchange *exchange, const char *method, JsonArray *params, const char *label)
{
  const char *api = rp_json_get_string (exchange->delivery->memory, "api");
  RpRequest *request = rp_request_new ("POST", api, label);
  g_autoptr (GBytes) body = rp_xmlrpc_write (method, params);

  json_array_unref (params);
  rp_request_set_header (request, "Accept", "text/xml");
  rp_request_set_body (request, "text/xml", body);

  return request;
}

/* Servers use the numbers of HTTP where they use any: 403 is the password, 401 the right. */
void
rp_metaweblog_fail (RpExchange *exchange, const RpXmlrpcFault *fault, GError **error)
{
  const char *name = rp_partner_get_name (exchange->partner);

  switch (fault->code) {
  case 403:
    g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                 _ ("%s does not accept the sign-in (%s). Enter the password again"), name,
                 fault->words);
    return;
  case 401:
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s does not allow this account to do that (%s). Ask the partner for the "
                    "right, or send it as a draft"),
                 name, fault->words);
    return;
  case 404:
    rp_answer_fail_deleted (exchange, error);
    return;
  case 409:
    g_set_error (error, RP_ERROR, RP_ERROR_CONFLICT,
                 _ ("%s has changed the article in the meantime (%s). Look at it there, then send "
                    "again"),
                 name, fault->words);
    return;
  case 405:
  case -32601:
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s does not know this way of sending (%s), or it is switched off there"), name,
                 fault->words);
    return;
  default:
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 /* Translators: %d is the partner's number of what went wrong */
                 _ ("%s refused (%d: %s)"), name, (int) fault->code, fault->words);
    return;
  }
}

JsonNode *
rp_metaweblog_read (RpExchange *exchange,
                    const RpResponse *response,
                    RpAnswerFlags flags,
                    GError **error)
{
  g_auto (RpXmlrpcFault) fault = {0};
  JsonNode *value = rp_xmlrpc_read (exchange, response, flags, &fault, error);

  if (value == NULL && fault.words != NULL)
    rp_metaweblog_fail (exchange, &fault, error);

  return value;
}

/* ---- the post ---- */

static void
add_strings (JsonObject *object, const char *name, GPtrArray *strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < strings->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (strings, i));
  json_object_set_array_member (object, name, array);
}

static void
add_keywords (JsonObject *post, RpExchange *exchange)
{
  GPtrArray *tags = rp_article_get_tags (exchange->article);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < tags->len; i++) {
    g_autofree char *tag = g_strdelimit (g_strdup (g_ptr_array_index (tags, i)), ",", ' ');

    g_string_append_printf (words, "%s%s", i > 0 ? "," : "", tag);
  }
  json_object_set_string_member (post, "mt_keywords", words->str);
}

static void
add_field (JsonArray *fields, const char *key, const char *value)
{
  JsonObject *field;

  if (rp_text_is_empty (value))
    return;
  field = json_object_new ();
  json_object_set_string_member (field, "key", key);
  json_object_set_string_member (field, "value", value);
  json_array_add_object_element (fields, field);
}

/* Sent once: a second time would add them beside the first ones. */
static void
add_fields (JsonObject *post, RpExchange *exchange)
{
  RpStatement *statement = rp_article_get_statement (exchange->article);
  JsonArray *fields = json_array_new ();

  add_field (fields, MARK_FIELD, exchange->delivery->marker);
  add_field (fields, "reprint_canonical",
             rp_article_get (exchange->article, RP_ARTICLE_CANONICAL_URL));
  add_field (fields, "reprint_licence", rp_statement_get (statement, RP_STATEMENT_URL));
  json_object_set_array_member (post, "custom_fields", fields);
}

static const char *
get_status (RpExchange *exchange)
{
  if (rp_exchange_is_scheduled (exchange))
    return "future";

  return rp_exchange_is_draft (exchange) ? "draft" : "publish";
}

static void
add_moment (JsonObject *post, const char *name, RpExchange *exchange)
{
  g_autofree char *stated = NULL;
  g_autofree char *basic = NULL;

  if (!rp_exchange_is_scheduled (exchange))
    return;
  stated = rp_time_format (exchange->delivery->live_at); /* "2026-03-01T10:00:00Z" */
  basic = g_strdup_printf ("%.4s%.2s%.11s", stated, stated + 5, stated + 8);
  json_object_set_object_member (post, name, rp_xmlrpc_special ("dateTime.iso8601", basic));
}

static void
add_thumbnail (JsonObject *post, const char *name, RpExchange *exchange)
{
  RpMedia *media = rp_exchange_get_featured (exchange);
  JsonObject *note = media != NULL ? rp_exchange_get_media_note (exchange, media) : NULL;

  if (note != NULL)
    rp_json_set_string (post, name, rp_json_get_string (note, "id"));
}

JsonObject *
rp_metaweblog_build_post (RpExchange *exchange, GError **error)
{
  g_auto (GStrv) categories = rp_exchange_dup_list (exchange, "categories");
  g_autofree char *html = rp_exchange_render_inert (exchange, error);
  const char *headline = rp_article_get (exchange->article, RP_ARTICLE_HEADLINE);
  JsonObject *post;

  if (html == NULL)
    return NULL;
  post = json_object_new ();
  json_object_set_string_member (post, "title", headline != NULL ? headline : "");
  json_object_set_string_member (post, "description", html);
  json_object_set_string_member (post, "post_status", get_status (exchange));
  rp_json_set_string (post, "mt_excerpt", rp_article_get (exchange->article, RP_ARTICLE_SUMMARY));
  add_keywords (post, exchange);
  if (*categories != NULL)
    rp_json_set_strv (post, "categories", (const char *const *) categories);
  add_moment (post, "date_created_gmt", exchange);
  add_thumbnail (post, "wp_post_thumbnail", exchange);
  if (exchange->delivery->remote_id == NULL)
    add_fields (post, exchange);

  return post;
}

JsonObject *
rp_metaweblog_build_edit (RpExchange *exchange, GError **error)
{
  const char *modified = rp_json_get_string (exchange->delivery->memory, "modified");
  const char *summary = rp_article_get (exchange->article, RP_ARTICLE_SUMMARY);
  const char *headline = rp_article_get (exchange->article, RP_ARTICLE_HEADLINE);
  g_auto (GStrv) categories = rp_exchange_dup_list (exchange, "categories");
  g_autofree char *html = rp_exchange_render_inert (exchange, error);
  JsonObject *post, *terms;

  if (html == NULL)
    return NULL;
  post = json_object_new ();
  terms = json_object_new ();
  json_object_set_string_member (post, "post_title", headline != NULL ? headline : "");
  json_object_set_string_member (post, "post_content", html);
  json_object_set_string_member (post, "post_excerpt", summary != NULL ? summary : "");
  json_object_set_string_member (post, "post_status", get_status (exchange));
  add_strings (terms, "post_tag", rp_article_get_tags (exchange->article));
  if (*categories != NULL)
    rp_json_set_strv (terms, "category", (const char *const *) categories);
  json_object_set_object_member (post, "terms_names", terms);
  add_moment (post, "post_date_gmt", exchange);
  add_thumbnail (post, "post_thumbnail", exchange);
  if (modified != NULL)
    json_object_set_object_member (post, "if_not_modified_since",
                                   rp_xmlrpc_special ("dateTime.iso8601", modified));

  return post;
}

/* ---- reading back ---- */

static gboolean
has_mark_field (JsonObject *post, const char *marker)
{
  JsonArray *fields = rp_json_get_array (post, "custom_fields");

  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++) {
    JsonNode *node = json_array_get_element (fields, i);
    JsonObject *field = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

    if (field != NULL && g_strcmp0 (rp_json_get_string (field, "key"), MARK_FIELD) == 0 &&
        g_strcmp0 (rp_json_get_string (field, "value"), marker) == 0)
      return TRUE;
  }

  return FALSE;
}

gboolean
rp_metaweblog_is_ours (RpExchange *exchange, JsonObject *post)
{
  const char *text = rp_json_get_string (post, "description");
  const char *marker = exchange->delivery->marker;

  return has_mark_field (post, marker) || (text != NULL && strstr (text, marker) != NULL);
}

static const char *
read_state (JsonObject *post)
{
  static const struct {
    const char *status;
    const char *state;
  } states[] = {
    {"draft", "draft"},      {"pending", "draft"}, {"private", "draft"},
    {"future", "scheduled"}, {"trash", "gone"},
  };
  const char *status = rp_json_get_string (post, "post_status");

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (status, states[i].status) == 0)
      return states[i].state;

  return "live";
}

static void
read_tags (JsonObject *found, JsonObject *post)
{
  const char *keywords = rp_json_get_string (post, "mt_keywords");
  g_auto (GStrv) tags = g_strsplit (keywords != NULL ? keywords : "", ",", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; tags[i] != NULL; i++)
    if (!rp_text_is_empty (tags[i]))
      json_array_add_string_element (array, g_strstrip (tags[i]));
  json_object_set_array_member (found, "tags", array);
}

JsonObject *
rp_metaweblog_read_found (JsonObject *post)
{
  const char *link = rp_json_get_string (post, "permaLink");
  const char *more = rp_json_get_string (post, "mt_text_more");
  const char *text = rp_json_get_string (post, "description");
  gint64 changed = rp_time_instant (rp_json_get_string (post, "date_modified_gmt"));
  g_autofree char *moment = rp_time_format (changed);
  g_autofree char *html = g_strconcat (text != NULL ? text : "", more, NULL);
  JsonObject *found = json_object_new ();

  json_object_set_string_member (found, "state", read_state (post));
  rp_json_set_string (found, "url", link != NULL ? link : rp_json_get_string (post, "link"));
  rp_json_set_string (found, "title", rp_json_get_string (post, "title"));
  rp_json_set_string (found, "html", html);
  rp_json_set_string (found, "changed", moment);
  read_tags (found, post);

  return found;
}
