/* The way in to a MetaWeblog server: the page points to a document of really simple discovery, that
 * to the address of the programming interface, and that says whose blogs they are and what
 * categories they have. */
#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-link.h"
#include "rp-metaweblog.h"
#include "rp-text.h"
#include "rp-xml.h"

/* The words with which servers greet somebody who only looks. */
static gboolean
is_door (const RpResponse *response)
{
  g_autofree char *excerpt = rp_response_dup_excerpt (response);

  return response->status == 405 || strstr (excerpt, "accepts POST requests only") != NULL;
}

static const char *
rate_api (xmlNode *api, guint *rank)
{
  static const char *const names[] = {"MetaWeblog", "WordPress", "Movable Type", "MovableType"};
  const char *name = rp_xml_peek_attribute (api, "name");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (name != NULL && g_ascii_strcasecmp (name, names[i]) == 0 && i < *rank) {
      *rank = i;
      return rp_xml_peek_attribute (api, "apiLink");
    }

  return NULL;
}

gboolean
rp_metaweblog_read_rsd (const RpResponse *response, char **out_api, char **out_blog)
{
  g_autoptr (xmlDoc) doc = rp_xml_parse (response->body, TRUE, NULL, NULL);
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;
  guint rank = G_MAXUINT;

  *out_api = NULL;
  *out_blog = NULL;
  if (!rp_xml_is (root, NULL, "rsd"))
    return FALSE;
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    const char *link = rp_xml_is (node, NULL, "api") ? rate_api (node, &rank) : NULL;

    if (link == NULL)
      continue;
    g_free (*out_api);
    g_free (*out_blog);
    *out_api = rp_text_resolve_url (response->url, link);
    *out_blog = rp_xml_dup_attribute (node, "blogID");
  }

  return *out_api != NULL;
}

static gboolean
take_rsd (RpExchange *exchange, const RpResponse *response)
{
  g_autofree char *api = NULL;
  g_autofree char *blog = NULL;
  JsonObject *memory = exchange->delivery->memory;

  if (!rp_metaweblog_read_rsd (response, &api, &blog))
    return FALSE;
  json_object_set_string_member (memory, "api", api);
  rp_json_set_string (memory, "blog", blog);
  json_object_remove_member (memory, "rsd");

  return TRUE;
}

static gboolean
fail_closed (RpExchange *exchange, GError **error)
{
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("%s does not say where articles are to be sent (MetaWeblog). Check the address, "
                  "or ask the partner for the address of its XML-RPC interface and enter that"),
               rp_partner_get_url (exchange->partner));

  return FALSE;
}

static gboolean
discover_needed (RpExchange *exchange)
{
  JsonObject *memory = exchange->delivery->memory;

  return !rp_json_has (memory, "api") && !rp_json_has (memory, "rsd");
}

static RpRequest *
discover_ask (RpExchange *exchange, GError **error)
{
  return rp_request_new ("GET", rp_partner_get_url (exchange->partner),
                         _ ("Asking the site where articles are to be sent"));
}

static gboolean
discover_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autofree char *rsd = NULL;

  if (is_door (response)) {
    json_object_set_string_member (exchange->delivery->memory, "api", response->url);
    return TRUE;
  }
  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  if (take_rsd (exchange, response))
    return TRUE;
  rsd = rp_link_find (response, "EditURI");
  if (rsd == NULL)
    return fail_closed (exchange, error);
  json_object_set_string_member (exchange->delivery->memory, "rsd", rsd);

  return TRUE;
}

const RpStage rp_metaweblog_discover_stage = {"discover", discover_needed, discover_ask,
                                              discover_take};

static gboolean
rsd_needed (RpExchange *exchange)
{
  return !rp_json_has (exchange->delivery->memory, "api");
}

static RpRequest *
rsd_ask (RpExchange *exchange, GError **error)
{
  return rp_request_new ("GET", rp_json_get_string (exchange->delivery->memory, "rsd"),
                         _ ("Asking the site for its programming interface"));
}

static gboolean
rsd_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  json_object_remove_member (exchange->delivery->memory, "rsd");
  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;

  return take_rsd (exchange, response) || fail_closed (exchange, error);
}

const RpStage rp_metaweblog_rsd_stage = {"rsd", rsd_needed, rsd_ask, rsd_take};

static gboolean
account_needed (RpExchange *exchange)
{
  return !rp_exchange_has_note (exchange, "known");
}

static RpRequest *
account_ask (RpExchange *exchange, GError **error)
{
  return rp_metaweblog_call (exchange, "blogger.getUsersBlogs",
                             rp_metaweblog_blogger_params (exchange), _ ("Signing in"));
}

static void
learn_blog (RpExchange *exchange, JsonArray *blogs, JsonObject *item)
{
  g_autofree char *id = rp_json_dup_text (item, "blogid");
  const char *name = rp_json_get_string (item, "blogName");
  JsonObject *blog;

  if (id == NULL)
    return;
  blog = json_object_new ();
  json_object_set_string_member (blog, "id", id);
  json_object_set_string_member (blog, "name", name != NULL ? name : id);
  json_array_add_object_element (blogs, blog);
  if (json_array_get_length (blogs) > 1)
    return;
  json_object_set_string_member (exchange->delivery->memory, "blog", id);
  g_free (exchange->account);
  exchange->account = g_strdup (name);
}

/* The first blog, unless a setting names another one. */
static void
learn_blogs (RpExchange *exchange, JsonArray *items)
{
  JsonArray *blogs = json_array_new ();

  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonNode *item = json_array_get_element (items, i);

    if (JSON_NODE_HOLDS_OBJECT (item))
      learn_blog (exchange, blogs, json_node_get_object (item));
  }
  if (exchange->learned == NULL)
    exchange->learned = json_object_new ();
  json_object_set_array_member (exchange->learned, "blogs", blogs);
}

static gboolean
account_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_auto (RpXmlrpcFault) fault = {0};
  g_autoptr (JsonNode) value =
    rp_xmlrpc_read (exchange, response, RP_ANSWER_REPEATABLE, &fault, error);

  if (value == NULL && fault.words == NULL)
    return FALSE;
  if (value == NULL && fault.code != -32601) {
    rp_metaweblog_fail (exchange, &fault, error);
    return FALSE;
  }
  if (value != NULL && JSON_NODE_HOLDS_ARRAY (value))
    learn_blogs (exchange, json_node_get_array (value));
  rp_exchange_note (exchange, "known");

  return TRUE;
}

const RpStage rp_metaweblog_account_stage = {"account", account_needed, account_ask, account_take};

static gboolean
categories_needed (RpExchange *exchange)
{
  return !rp_exchange_has_note (exchange, "categories");
}

static RpRequest *
categories_ask (RpExchange *exchange, GError **error)
{
  return rp_metaweblog_call (exchange, "metaWeblog.getCategories",
                             rp_metaweblog_blog_params (exchange), _ ("Asking for the categories"));
}

/* Categories are named in a post, so the name is the id. */
static void
learn_category (JsonArray *categories, JsonObject *item)
{
  const char *name = rp_json_get_string (item, "categoryName");
  JsonObject *category;

  if (name == NULL)
    name = rp_json_get_string (item, "title");
  if (name == NULL)
    name = rp_json_get_string (item, "description");
  if (rp_text_is_empty (name))
    return;
  category = json_object_new ();
  json_object_set_string_member (category, "id", name);
  json_object_set_string_member (category, "name", name);
  json_array_add_object_element (categories, category);
}

static gboolean
categories_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) value = rp_metaweblog_read (exchange, response, RP_ANSWER_REPEATABLE, error);
  JsonArray *categories;
  JsonArray *items;

  if (value == NULL)
    return FALSE;
  items = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  categories = json_array_new ();
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++) {
    JsonNode *item = json_array_get_element (items, i);

    if (JSON_NODE_HOLDS_OBJECT (item))
      learn_category (categories, json_node_get_object (item));
  }
  if (exchange->learned == NULL)
    exchange->learned = json_object_new ();
  json_object_set_array_member (exchange->learned, "categories", categories);
  rp_exchange_note (exchange, "categories");

  return TRUE;
}

const RpStage rp_metaweblog_categories_stage = {"categories", categories_needed, categories_ask,
                                                categories_take};
