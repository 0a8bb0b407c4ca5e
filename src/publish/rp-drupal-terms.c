/* Tags at a Drupal site are terms with ids. In memory "tags", by name: absent = not asked, "+id" =
 * not there and to be made with that id, so that making it twice is noticed, "-" = cannot be made,
 * else its id. */
#include <glib/gi18n-lib.h>

#include "rp-drupal.h"
#include "rp-id.h"
#include "rp-json.h"
#include "rp-text.h"

#define MAX_TAGS 30

static JsonObject *
get_notes (RpExchange *exchange)
{
  JsonObject *memory = exchange->delivery->memory;

  if (rp_json_get_object (memory, "tags") == NULL)
    json_object_set_object_member (memory, "tags", json_object_new ());

  return rp_json_get_object (memory, "tags");
}

/* The next one whose note is absent, or begins with a plus. Lends; NULL = none. */
static const char *
next_tag (RpExchange *exchange, gboolean made)
{
  GPtrArray *tags = rp_article_get_tags (exchange->article);
  JsonObject *notes = get_notes (exchange);

  if (rp_exchange_is_withdrawal (exchange) || rp_drupal_get (exchange, "tags_field") == NULL ||
      rp_drupal_get (exchange, "vocabulary") == NULL)
    return NULL;
  for (guint i = 0; i < MIN (tags->len, MAX_TAGS); i++) {
    const char *tag = g_ptr_array_index (tags, i);
    const char *note = rp_json_get_string (notes, tag);

    if (made ? note != NULL && *note == '+' : note == NULL)
      return tag;
  }

  return NULL;
}

static gboolean
find_needed (RpExchange *exchange)
{
  return next_tag (exchange, FALSE) != NULL;
}

static RpRequest *
find_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (next_tag (exchange, FALSE), NULL, FALSE);
  g_autofree char *route = g_strdup_printf ("/taxonomy_term/%s?filter%%5Bname%%5D=%s",
                                            rp_drupal_get (exchange, "vocabulary"), escaped);

  return rp_drupal_request (exchange, "GET", route, _ ("Looking up a tag"));
}

static gboolean
find_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  const char *tag = next_tag (exchange, FALSE);
  g_autofree char *fresh = rp_id_new ();
  g_autofree char *note = g_strconcat ("+", fresh, NULL);
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *terms;
  JsonNode *first;

  if (!rp_drupal_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
    return FALSE;
  answer = rp_json_parse_object (response->body, "", NULL);
  terms = answer != NULL ? rp_json_get_array (answer, "data") : NULL;
  first =
    terms != NULL && json_array_get_length (terms) > 0 ? json_array_get_element (terms, 0) : NULL;
  if (first != NULL && JSON_NODE_HOLDS_OBJECT (first) &&
      rp_json_get_string (json_node_get_object (first), "id") != NULL)
    rp_json_set_string (get_notes (exchange), tag,
                        rp_json_get_string (json_node_get_object (first), "id"));
  else
    rp_json_set_string (get_notes (exchange), tag, note);

  return TRUE;
}

static gboolean
make_needed (RpExchange *exchange)
{
  return next_tag (exchange, TRUE) != NULL;
}

static RpRequest *
make_ask (RpExchange *exchange, GError **error)
{
  const char *tag = next_tag (exchange, TRUE);
  const char *vocabulary = rp_drupal_get (exchange, "vocabulary");
  g_autofree char *route = g_strconcat ("/taxonomy_term/", vocabulary, NULL);
  g_autofree char *kind = g_strconcat ("taxonomy_term--", vocabulary, NULL);
  RpRequest *request = rp_drupal_request (exchange, "POST", route, _ ("Making a tag"));
  JsonObject *term = json_object_new ();
  JsonObject *attributes = json_object_new ();

  json_object_set_string_member (attributes, "name", tag);
  json_object_set_string_member (term, "type", kind);
  json_object_set_string_member (term, "id", rp_json_get_string (get_notes (exchange), tag) + 1);
  json_object_set_object_member (term, "attributes", attributes);
  rp_drupal_set_body (request, term);

  return request;
}

/* 409: an earlier try has made it. Without the right to make tags the article goes without. */
static gboolean
make_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  const char *tag = next_tag (exchange, TRUE);
  g_autofree char *id = g_strdup (rp_json_get_string (get_notes (exchange), tag) + 1);

  if (response->status == 403 || response->status == 422) {
    rp_exchange_remark (exchange, _ ("The tag “%s” could not be made at %s."), tag,
                        rp_partner_get_name (exchange->partner));
    json_object_set_string_member (get_notes (exchange), tag, "-");
    return TRUE;
  }
  if (response->status != 409 &&
      !rp_drupal_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
    return FALSE;
  json_object_set_string_member (get_notes (exchange), tag, id);

  return TRUE;
}

const RpStage rp_drupal_term_find_stage = {"term-find", find_needed, find_ask, find_take};
const RpStage rp_drupal_term_make_stage = {"term-make", make_needed, make_ask, make_take};

void
rp_drupal_add_terms (RpExchange *exchange, JsonObject *relationships)
{
  const char *field = rp_drupal_get (exchange, "tags_field");
  const char *vocabulary = rp_drupal_get (exchange, "vocabulary");
  GPtrArray *tags = rp_article_get_tags (exchange->article);
  g_autofree char *kind = g_strconcat ("taxonomy_term--", vocabulary, NULL);
  JsonArray *terms = json_array_new ();
  JsonObject *link = json_object_new ();

  for (guint i = 0; i < tags->len; i++) {
    const char *id = rp_json_get_string (get_notes (exchange), g_ptr_array_index (tags, i));
    JsonObject *term;

    if (id == NULL || *id == '-' || *id == '+')
      continue;
    term = json_object_new ();
    json_object_set_string_member (term, "type", kind);
    json_object_set_string_member (term, "id", id);
    json_array_add_object_element (terms, term);
  }
  json_object_set_array_member (link, "data", terms);
  if (field != NULL && vocabulary != NULL)
    json_object_set_object_member (relationships, field, link);
  else
    json_object_unref (link);
}
