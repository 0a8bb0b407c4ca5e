/* Tags and categories at a WordPress site: WordPress wants ids, so each is looked up by its name
 * and made when it is not there and the account may. */
#include <glib/gi18n-lib.h>

#include "rp-answer.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-wordpress.h"

#define MAX_TERMS 30

/* Ids by name in memory: absent = not asked, 0 = not there and to be made, -1 = cannot be made. */
enum {
  NOT_ASKED = -2,
  CANNOT_BE_MADE = -1,
  NOT_THERE = 0,
};

typedef struct {
  const char *taxonomy; /* as in addresses and in memory: "tags" */
  char *name;           /* owned */
} Term;

static void
term_clear (Term *term)
{
  g_free (term->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Term, term_clear)

static JsonObject *
get_notes (RpExchange *exchange, const char *taxonomy)
{
  JsonObject *memory = exchange->delivery->memory;

  if (rp_json_get_object (memory, taxonomy) == NULL)
    json_object_set_object_member (memory, taxonomy, json_object_new ());

  return rp_json_get_object (memory, taxonomy);
}

static char *
find_among (JsonObject *notes, char **names, gint64 wanted)
{
  for (guint i = 0; names[i] != NULL && i < MAX_TERMS; i++) {
    g_autofree char *name = rp_text_clean (names[i]);

    if (name != NULL && rp_json_get_int (notes, name, NOT_ASKED) == wanted)
      return g_steal_pointer (&name);
  }

  return NULL;
}

static gboolean
next_term (RpExchange *exchange, gint64 wanted, Term *out)
{
  GPtrArray *tags = rp_article_get_tags (exchange->article);
  const char *filed = rp_partner_get_setting (exchange->partner, "categories");
  g_auto (GStrv) categories = g_strsplit (filed != NULL ? filed : "", ",", -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (rp_exchange_is_withdrawal (exchange))
    return FALSE;
  for (guint i = 0; i < tags->len; i++)
    g_ptr_array_add (names, tags->pdata[i]);
  g_ptr_array_add (names, NULL);
  out->taxonomy = "tags";
  out->name = find_among (get_notes (exchange, "tags"), (char **) names->pdata, wanted);
  if (out->name != NULL)
    return TRUE;
  out->taxonomy = "categories";
  out->name = find_among (get_notes (exchange, "categories"), categories, wanted);

  return out->name != NULL;
}

gboolean
rp_wordpress_term_find_needed (RpExchange *exchange)
{
  g_auto (Term) term = {NULL};

  return next_term (exchange, NOT_ASKED, &term);
}

RpRequest *
rp_wordpress_term_find_ask (RpExchange *exchange, GError **error)
{
  g_auto (Term) term = {NULL};
  g_autofree char *escaped = NULL;
  g_autofree char *query = NULL;
  g_autofree char *route = NULL;

  next_term (exchange, NOT_ASKED, &term);
  escaped = g_uri_escape_string (term.name, NULL, FALSE);
  query = g_strdup_printf ("search=%s&per_page=100&_fields=id,name", escaped);
  route = g_strconcat ("wp/v2/", term.taxonomy, NULL);

  return rp_wordpress_request (exchange, "GET", route, query,
                               g_str_equal (term.taxonomy, "tags") ? _ ("Looking up a tag")
                                                                   : _ ("Looking up a category"));
}

gboolean
rp_wordpress_term_find_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) node = rp_answer_read_json (exchange, response, RP_ANSWER_REPEATABLE, error);
  g_auto (Term) term = {NULL};
  JsonArray *found;
  gint64 id = NOT_THERE;

  if (node == NULL)
    return FALSE;
  next_term (exchange, NOT_ASKED, &term);
  found = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; found != NULL && i < json_array_get_length (found); i++) {
    JsonObject *row = json_array_get_object_element (found, i);
    g_autofree char *name = rp_text_unescape (rp_json_get_string (row, "name"));

    if (rp_text_same (name, term.name))
      id = rp_json_get_int (row, "id", NOT_THERE);
  }
  json_object_set_int_member (get_notes (exchange, term.taxonomy), term.name, id);

  return TRUE;
}

gboolean
rp_wordpress_term_make_needed (RpExchange *exchange)
{
  g_auto (Term) term = {NULL};

  return next_term (exchange, NOT_THERE, &term);
}

RpRequest *
rp_wordpress_term_make_ask (RpExchange *exchange, GError **error)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_auto (Term) term = {NULL};
  g_autofree char *route = NULL;
  RpRequest *request;

  next_term (exchange, NOT_THERE, &term);
  route = g_strconcat ("wp/v2/", term.taxonomy, NULL);
  request = rp_wordpress_request (exchange, "POST", route, NULL,
                                  g_str_equal (term.taxonomy, "tags") ? _ ("Making a tag")
                                                                      : _ ("Making a category"));
  json_object_set_string_member (body, "name", term.name);
  rp_request_set_json (request, body);

  return request;
}

static void
remark (RpExchange *exchange, const Term *term)
{
  const char *name = rp_partner_get_name (exchange->partner);

  if (g_str_equal (term->taxonomy, "tags"))
    rp_exchange_remark (exchange, _ ("The tag “%s” could not be made at %s."), term->name, name);
  else
    rp_exchange_remark (exchange, _ ("There is no category “%s” at %s, and it could not be made."),
                        term->name, name);
}

/* 400 term_exists names the one that is there; without the right to make it the article goes
 * without. */
gboolean
rp_wordpress_term_make_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) answer = NULL;
  g_auto (Term) term = {NULL};
  gint64 id = CANNOT_BE_MADE;

  next_term (exchange, NOT_THERE, &term);
  if (rp_answer_has_code (response, "term_exists")) {
    answer = rp_json_parse_object (response->body, "", error);
    id = rp_json_get_int (rp_json_get_object (answer, "data"), "term_id", CANNOT_BE_MADE);
  } else if (response->status == 403 || response->status == 400) {
    remark (exchange, &term);
  } else {
    if (!rp_answer_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
      return FALSE;
    answer = rp_json_parse_object (response->body, _ ("The partner’s answer"), error);
    if (answer == NULL)
      return FALSE;
    id = rp_json_get_int (answer, "id", CANNOT_BE_MADE);
  }
  json_object_set_int_member (get_notes (exchange, term.taxonomy), term.name, id);

  return TRUE;
}

/* ---- for the dialog ---- */

gboolean
rp_wordpress_categories_needed (RpExchange *exchange)
{
  return exchange->learned == NULL;
}

RpRequest *
rp_wordpress_categories_ask (RpExchange *exchange, GError **error)
{
  return rp_wordpress_request (exchange, "GET", "wp/v2/categories", "per_page=100&_fields=id,name",
                               _ ("Reading the site’s categories"));
}

gboolean
rp_wordpress_categories_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) node = rp_answer_read_json (exchange, response, RP_ANSWER_REPEATABLE, error);
  JsonArray *found, *categories;

  if (node == NULL)
    return FALSE;
  found = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  categories = json_array_new ();
  for (guint i = 0; found != NULL && i < json_array_get_length (found); i++) {
    JsonObject *row = json_array_get_object_element (found, i);
    JsonObject *category = json_object_new ();
    g_autofree char *name = rp_text_unescape (rp_json_get_string (row, "name"));

    /* Posts name categories by their name, which the site's editors know. */
    rp_json_set_string (category, "id", name);
    rp_json_set_string (category, "name", name);
    json_array_add_object_element (categories, category);
  }
  exchange->learned = json_object_new ();
  json_object_set_array_member (exchange->learned, "categories", categories);

  return TRUE;
}

/* ---- reading back ---- */

RpRequest *
rp_wordpress_look_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *route = g_strconcat ("wp/v2/posts/", exchange->delivery->remote_id, NULL);

  return rp_wordpress_request (exchange, "GET", route,
                               "context=edit&_fields=id,status,link,title,content,modified_gmt",
                               _ ("Reading the article back"));
}

static const char *
get_state (const char *status)
{
  if (g_strcmp0 (status, "publish") == 0)
    return "live";
  if (g_strcmp0 (status, "future") == 0)
    return "scheduled";

  return g_strcmp0 (status, "trash") == 0 ? "gone" : "draft";
}

gboolean
rp_wordpress_look_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *post, *content, *title;

  if (rp_answer_is_gone (response)) {
    rp_exchange_set_gone (exchange);
    return TRUE;
  }
  node = rp_answer_read_json (exchange, response, RP_ANSWER_REPEATABLE, error);
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNREADABLE,
                 _ ("What %s has at the article’s address cannot be read"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  post = json_node_get_object (node);
  content = rp_json_get_object (post, "content");
  title = rp_json_get_object (post, "title");
  exchange->found = json_object_new ();
  json_object_set_string_member (exchange->found, "state",
                                 get_state (rp_json_get_string (post, "status")));
  rp_json_set_string (exchange->found, "url", rp_json_get_string (post, "link"));
  if (content != NULL)
    rp_json_set_string (exchange->found, "html", rp_json_get_string (content, "rendered"));
  if (title != NULL)
    rp_json_set_string (exchange->found, "title", rp_json_get_string (title, "raw"));
  rp_json_set_string (exchange->found, "changed", rp_json_get_string (post, "modified_gmt"));

  return TRUE;
}
