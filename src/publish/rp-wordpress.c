#include "rp-wordpress.h"

#include <glib/gi18n-lib.h>

#include "rp-answer.h"
#include "rp-error.h"
#include "rp-html.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

static void
sign_in (RpExchange *exchange, RpRequest *request)
{
  const char *user = rp_partner_get_setting (exchange->partner, "username");
  g_autofree char *password = exchange->dup_secret (exchange, "password");
  g_autofree char *pair =
    g_strconcat (user != NULL ? user : "", ":", password != NULL ? password : "", NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *value = g_strconcat ("Basic ", encoded, NULL);

  rp_request_set_header (request, "Authorization", value);
}

RpRequest *
rp_wordpress_request (RpExchange *exchange,
                      const char *method,
                      const char *route,
                      const char *query,
                      const char *label)
{
  const char *api = rp_json_get_string (exchange->delivery->memory, "api");
  gboolean plain = strstr (api, "rest_route=") != NULL;
  g_autofree char *url =
    g_strconcat (api, route, query != NULL ? (plain ? "&" : "?") : NULL, query, NULL);
  RpRequest *request = rp_request_new (method, url, label);

  rp_request_set_header (request, "Accept", "application/json");
  sign_in (exchange, request);

  return request;
}

static char *
read_link_header (const RpResponse *response)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GRegex) regex =
    g_regex_new ("<([^>]+)>\\s*;\\s*rel=\"?https://api\\.w\\.org/\"?", 0, 0, NULL);

  for (guint i = 0; i < response->headers->len; i++) {
    RpHeader *header = g_ptr_array_index (response->headers, i);

    g_clear_pointer (&match, g_match_info_free);
    if (g_ascii_strcasecmp (header->name, "Link") == 0 &&
        g_regex_match (regex, header->value, 0, &match))
      return g_match_info_fetch (match, 1);
  }

  return NULL;
}

static char *
read_link_element (const RpResponse *response)
{
  g_autoptr (xmlDoc) doc = rp_html_parse (response->body, NULL, NULL);
  g_autoptr (xmlXPathContext) context = doc != NULL ? xmlXPathNewContext (doc) : NULL;
  g_autoptr (xmlXPathObject) found = NULL;

  if (context == NULL)
    return NULL;
  found = xmlXPathEvalExpression (BAD_CAST "//link[@rel='https://api.w.org/'][@href]", context);
  if (found == NULL || xmlXPathNodeSetIsEmpty (found->nodesetval))
    return NULL;

  return rp_xml_dup_attribute (found->nodesetval->nodeTab[0], "href");
}

char *
rp_wordpress_read_api (const RpResponse *response)
{
  g_autofree char *stated = read_link_header (response);
  g_autofree char *api = NULL;

  if (stated == NULL)
    stated = read_link_element (response);
  api = rp_text_resolve_url (response->url, stated);
  if (api == NULL || g_str_has_suffix (api, "/"))
    return g_steal_pointer (&api);

  return g_strconcat (api, "/", NULL);
}

static gboolean
has_right (JsonObject *rights, const char *name)
{
  return rights != NULL && rp_json_get_boolean (rights, name, FALSE);
}

static gboolean
check_rights (RpExchange *exchange, JsonObject *rights, GError **error)
{
  gboolean draft = g_strcmp0 (exchange->delivery->status, "draft") == 0;
  const char *missing = NULL;

  if (!has_right (rights, "edit_posts"))
    missing = _ ("write articles");
  else if (!draft && !has_right (rights, "publish_posts"))
    missing = _ ("publish articles");
  else if (rp_article_get_media (exchange->article)->len > 0 && !has_right (rights, "upload_files"))
    missing = _ ("upload pictures");
  if (missing == NULL)
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               /* Translators: the last %s is "publish articles" or the like */
               _ ("The account at %s may not %s. Ask the partner for an author’s account"),
               rp_partner_get_name (exchange->partner), missing);

  return FALSE;
}

gboolean
rp_wordpress_take_account (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *account, *rights;

  if (response->status == 403 && rp_answer_has_code (response, "rest_forbidden_context")) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("The account at %s may only read. Ask the partner for an author’s account"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  node = rp_answer_read_json (exchange, response, RP_ANSWER_REPEATABLE, error);
  if (node == NULL)
    return FALSE;
  account = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  rights = account != NULL ? rp_json_get_object (account, "capabilities") : NULL;
  if (!check_rights (exchange, rights, error))
    return FALSE;

  g_free (exchange->account);
  exchange->account = rp_json_dup_text (account, "name");
  json_object_set_boolean_member (exchange->delivery->memory, "known", TRUE);
  json_object_set_boolean_member (exchange->delivery->memory, "scripts",
                                  has_right (rights, "unfiltered_html"));

  return TRUE;
}

/* WordPress drops the tags of a script for accounts without "unfiltered_html" but keeps its text,
 * so the machine-readable block must not go there at all. */
static char *
without_scripts (const char *html)
{
  g_autoptr (GRegex) regex =
    g_regex_new ("<script[^>]*>.*?</script>\\s*", G_REGEX_DOTALL | G_REGEX_CASELESS, 0, NULL);

  return g_regex_replace_literal (regex, html, -1, 0, "", 0, NULL);
}

static char *
render_content (RpExchange *exchange, GError **error)
{
  g_autoptr (GBytes) bytes = rp_exchange_render (exchange, error);
  g_autofree char *html = NULL;

  if (bytes == NULL)
    return NULL;
  html = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (rp_json_get_boolean (exchange->delivery->memory, "scripts", FALSE))
    return g_steal_pointer (&html);
  if (strstr (html, "<script") != NULL)
    rp_exchange_remark (
      exchange,
      _ ("The account at %s may not carry data for search engines (schema.org); the "
         "visible credit and links are complete."),
      rp_partner_get_name (exchange->partner));

  return without_scripts (html);
}

static void
add_terms (JsonObject *post, JsonObject *memory, const char *taxonomy)
{
  JsonObject *tags = rp_json_get_object (memory, taxonomy);
  g_autoptr (GList) names = tags != NULL ? json_object_get_members (tags) : NULL;
  JsonArray *ids = json_array_new ();

  for (GList *l = names; l != NULL; l = l->next)
    if (json_object_get_int_member (tags, l->data) > 0)
      json_array_add_int_element (ids, json_object_get_int_member (tags, l->data));
  if (json_array_get_length (ids) > 0 || g_str_equal (taxonomy, "tags"))
    json_object_set_array_member (post, taxonomy, ids);
  else
    json_array_unref (ids);
}

static void
add_featured (JsonObject *post, RpExchange *exchange)
{
  RpMedia *media = rp_exchange_get_featured (exchange);
  JsonObject *note = media != NULL ? rp_exchange_get_media_note (exchange, media) : NULL;

  if (note != NULL && rp_json_get_string (note, "id") != NULL)
    json_object_set_int_member (post, "featured_media",
                                g_ascii_strtoll (rp_json_get_string (note, "id"), NULL, 10));
}

/* Registered only at sites with our small plug-in (data/partners); others drop these without a
 * word. */
static void
add_meta (JsonObject *post, RpExchange *exchange)
{
  RpStatement *statement = rp_article_get_statement (exchange->article);
  JsonObject *meta = json_object_new ();

  json_object_set_string_member (meta, "reprint_id", exchange->delivery->marker);
  rp_json_set_string (meta, "reprint_canonical",
                      rp_article_get (exchange->article, RP_ARTICLE_CANONICAL_URL));
  rp_json_set_string (meta, "reprint_licence", rp_statement_get (statement, RP_STATEMENT_URL));
  json_object_set_object_member (post, "meta", meta);
}

/* A time that has come means now. */
static void
add_status (JsonObject *post, RpExchange *exchange)
{
  gboolean later = rp_exchange_is_scheduled (exchange);

  json_object_set_string_member (post, "status",
                                 rp_exchange_is_draft (exchange) ? "draft"
                                 : later                         ? "future"
                                                                 : "publish");
  if (later) {
    g_autofree char *at = rp_time_format (exchange->delivery->live_at);

    at[19] = '\0'; /* without the zone: date_gmt is in UTC */
    json_object_set_string_member (post, "date_gmt", at);
  }
}

JsonObject *
rp_wordpress_build_post (RpExchange *exchange, GError **error)
{
  g_autofree char *content = render_content (exchange, error);
  g_autofree char *slug = NULL;
  JsonObject *post;

  if (content == NULL)
    return NULL;

  post = json_object_new ();
  slug = rp_text_slug (rp_article_get (exchange->article, RP_ARTICLE_HEADLINE), 80);
  rp_json_set_string (post, "title", rp_article_get (exchange->article, RP_ARTICLE_HEADLINE));
  json_object_set_string_member (post, "content", content);
  rp_json_set_string (post, "excerpt", rp_article_get (exchange->article, RP_ARTICLE_SUMMARY));
  add_status (post, exchange);
  if (exchange->delivery->remote_id == NULL)
    json_object_set_string_member (post, "slug", slug);
  add_terms (post, exchange->delivery->memory, "tags");
  add_terms (post, exchange->delivery->memory, "categories");
  add_featured (post, exchange);
  add_meta (post, exchange);

  return post;
}

JsonObject *
rp_wordpress_build_media (RpMedia *media)
{
  g_autofree char *caption = rp_exchange_dup_media_caption (media);
  g_autofree char *terms = NULL;
  const char *parts[4] = {NULL};
  guint n = 0;
  JsonObject *object = json_object_new ();

  rp_json_set_string (object, "alt_text", rp_media_get (media, RP_MEDIA_ALT));
  rp_json_set_string (object, "caption", caption);
  if (rp_media_get (media, RP_MEDIA_COPYRIGHT) != NULL)
    parts[n++] = rp_media_get (media, RP_MEDIA_COPYRIGHT);
  if (rp_media_get (media, RP_MEDIA_USAGE_TERMS) != NULL)
    parts[n++] = rp_media_get (media, RP_MEDIA_USAGE_TERMS);
  if (rp_media_get (media, RP_MEDIA_LICENCE_URL) != NULL)
    parts[n++] = rp_media_get (media, RP_MEDIA_LICENCE_URL);
  terms = g_strjoinv (" ", (char **) parts);
  rp_json_set_string (object, "description", terms);

  return object;
}
