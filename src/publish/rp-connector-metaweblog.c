/* MetaWeblog with its Blogger and WordPress relatives, over XML-RPC. Faults come with HTTP 200.
 * Nothing makes a create safe to repeat, so the post carries our mark in a field of its own and in
 * a comment, and an uncertain outcome is looked for among the newest posts. An update is only
 * guarded where the server knows wp.editPost. */
#include <glib/gi18n-lib.h>

#include "rp-answer.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-metaweblog.h"
#include "rp-stages.h"
#include "rp-text.h"
#include "rp-time.h"

extern const RpConnector rp_connector_metaweblog;

#define RECENT_POSTS 30
#define MANY_POSTS 200
#define CLOCKS_DIFFER (10 * G_TIME_SPAN_MINUTE)
#define MAX_PICTURE (8 * 1024 * 1024) /* the whole call is built in memory */
#define MAX_PICTURE_MEGABYTES 8

/* ---- what it can ---- */

static gboolean
methods_needed (RpExchange *exchange)
{
  return exchange->delivery->remote_id != NULL && rp_stages_needs_sending (exchange) &&
         !rp_json_has (exchange->delivery->memory, "guarded");
}

static RpRequest *
methods_ask (RpExchange *exchange, GError **error)
{
  return rp_metaweblog_call (exchange, "system.listMethods", json_array_new (),
                             _ ("Asking what the site can do"));
}

static gboolean
methods_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_auto (RpXmlrpcFault) fault = {0};
  g_autoptr (JsonNode) value =
    rp_xmlrpc_read (exchange, response, RP_ANSWER_REPEATABLE, &fault, error);
  JsonArray *names =
    value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  gboolean guarded = FALSE;

  if (value == NULL && fault.words == NULL)
    return FALSE;
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++) {
    JsonNode *name = json_array_get_element (names, i);

    if (JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING &&
        g_str_equal (json_node_get_string (name), "wp.editPost"))
      guarded = TRUE;
  }
  json_object_set_boolean_member (exchange->delivery->memory, "guarded", guarded);

  return TRUE;
}

/* ---- looking it up ---- */

static void
take_post (RpExchange *exchange, JsonObject *post)
{
  g_autofree char *id = rp_json_dup_text (post, "postid");
  const char *link = rp_json_get_string (post, "permaLink");

  rp_exchange_set_remote (exchange, exchange->delivery->remote_id == NULL ? id : NULL,
                          link != NULL ? link : rp_json_get_string (post, "link"));
  rp_json_set_string (exchange->delivery->memory, "modified",
                      rp_json_get_string (post, "date_modified_gmt"));
}

static RpRequest *
find_ask (RpExchange *exchange, GError **error)
{
  JsonArray *params = rp_metaweblog_blog_params (exchange);

  json_array_add_int_element (params,
                              rp_exchange_has_note (exchange, "many") ? MANY_POSTS : RECENT_POSTS);

  return rp_metaweblog_call (exchange, "metaWeblog.getRecentPosts", params,
                             _ ("Looking whether the article has arrived already"));
}

/* A list that is full and begins after ours was queued may end just before ours. */
static gboolean
reaches_back (RpExchange *exchange, JsonArray *posts)
{
  guint wanted = rp_exchange_has_note (exchange, "many") ? MANY_POSTS : RECENT_POSTS;
  gint64 oldest = G_MAXINT64;

  if (json_array_get_length (posts) < wanted)
    return TRUE;
  for (guint i = 0; i < json_array_get_length (posts); i++) {
    JsonNode *post = json_array_get_element (posts, i);
    gint64 created =
      JSON_NODE_HOLDS_OBJECT (post)
        ? rp_time_instant (rp_json_get_string (json_node_get_object (post), "date_created_gmt"))
        : RP_TIME_NONE;

    if (created != RP_TIME_NONE)
      oldest = MIN (oldest, created);
  }

  return oldest < rp_exchange_get_since (exchange) - CLOCKS_DIFFER;
}

/* Gives the list; NULL with an error when the answer is none. */
static JsonNode *
read_posts (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) value = rp_metaweblog_read (exchange, response, RP_ANSWER_REPEATABLE, error);

  if (value == NULL || JSON_NODE_HOLDS_ARRAY (value))
    return g_steal_pointer (&value);
  rp_answer_fail_list (exchange, error);

  return NULL;
}

static gboolean
find_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) value = read_posts (exchange, response, error);
  JsonArray *posts;

  if (value == NULL)
    return FALSE;
  posts = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (posts); i++) {
    JsonNode *post = json_array_get_element (posts, i);

    if (exchange->delivery->remote_id == NULL && JSON_NODE_HOLDS_OBJECT (post) &&
        rp_metaweblog_is_ours (exchange, json_node_get_object (post)))
      take_post (exchange, json_node_get_object (post));
  }
  if (exchange->delivery->remote_id == NULL && !reaches_back (exchange, posts)) {
    if (rp_exchange_has_note (exchange, "many"))
      return rp_exchange_fail_to_find (exchange, error);
    rp_exchange_note (exchange, "many");
    return TRUE;
  }
  rp_exchange_note (exchange, "looked");

  return TRUE;
}

/* Before an update: when was it last changed there? */
static gboolean
read_needed (RpExchange *exchange)
{
  return exchange->delivery->remote_id != NULL && rp_stages_needs_sending (exchange) &&
         !rp_exchange_has_note (exchange, "looked");
}

static RpRequest *
read_ask (RpExchange *exchange, GError **error)
{
  return rp_metaweblog_call (exchange, "metaWeblog.getPost", rp_metaweblog_post_params (exchange),
                             _ ("Reading the article’s state at the partner"));
}

static gboolean
read_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) value = rp_metaweblog_read (exchange, response, RP_ANSWER_REPEATABLE, error);

  if (value == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (value)) {
    JsonObject *post = json_node_get_object (value);

    if (!rp_exchange_may_replace (exchange, rp_exchange_get_left (exchange, "modified"),
                                  rp_json_get_string (post, "date_modified_gmt"), error))
      return FALSE;
    take_post (exchange, post);
  }
  rp_exchange_note (exchange, "looked");

  return TRUE;
}

/* ---- pictures ---- */

/* Gives; NULL when it is too large for a call that is one piece. */
static char *
encode_picture (RpExchange *exchange, RpMedia *media, GError **error)
{
  g_autoptr (RpBody) picture = rp_body_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const guchar *data;

  if (!exchange->add_media (exchange, media, picture, error))
    return NULL;
  if (rp_body_get_size (picture) > MAX_PICTURE) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("The picture “%s” is larger than the %d MB that can be sent to %s. Make it "
                    "smaller or remove it, then send again"),
                 rp_media_get (media, RP_MEDIA_URL), MAX_PICTURE_MEGABYTES,
                 rp_partner_get_name (exchange->partner));
    return NULL;
  }
  bytes = rp_body_read (picture, error);
  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);

  return g_base64_encode (data, size);
}

static RpRequest *
media_ask (RpExchange *exchange, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_autofree char *name = rp_exchange_dup_media_name (media);
  g_autofree char *bits = encode_picture (exchange, media, error);
  JsonArray *params;
  JsonObject *file;

  if (bits == NULL)
    return NULL;
  file = json_object_new ();
  json_object_set_string_member (file, "name", name);
  json_object_set_string_member (file, "type", rp_exchange_get_media_type (media));
  json_object_set_object_member (file, "bits", rp_xmlrpc_special ("base64", bits));
  params = rp_metaweblog_blog_params (exchange);
  json_array_add_object_element (params, file);

  return rp_metaweblog_call (exchange, "metaWeblog.newMediaObject", params,
                             _ ("Uploading a picture"));
}

/* A picture that arrived twice does no harm: only one of them is shown. */
static gboolean
media_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_auto (RpXmlrpcFault) fault = {0};
  g_autoptr (JsonNode) value =
    rp_xmlrpc_read (exchange, response, RP_ANSWER_REPEATABLE, &fault, error);
  JsonObject *file =
    value != NULL && JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;
  g_autofree char *id = NULL;

  if (value == NULL && fault.words == NULL)
    return FALSE;
  if (value == NULL && (fault.code == 401 || fault.code == 403)) {
    rp_metaweblog_fail (exchange, &fault, error);
    return FALSE;
  }
  if (file == NULL || rp_json_get_string (file, "url") == NULL)
    return rp_answer_fail_picture (exchange,
                                   fault.words != NULL ? fault.words : _ ("no explanation"), error);
  id = rp_json_dup_text (file, rp_json_has (file, "id") ? "id" : "attachment_id");
  rp_exchange_note_media (exchange, media, id, rp_json_get_string (file, "url"));

  return TRUE;
}

/* ---- the article ---- */

static RpRequest *
guarded_ask (RpExchange *exchange, GError **error)
{
  JsonObject *post = rp_metaweblog_build_edit (exchange, error);
  JsonArray *params;

  if (post == NULL)
    return NULL;
  params = rp_metaweblog_blog_params (exchange);
  json_array_add_string_element (params, exchange->delivery->remote_id);
  json_array_add_object_element (params, post);

  return rp_metaweblog_call (exchange, "wp.editPost", params, _ ("Updating the article"));
}

static RpRequest *
post_ask (RpExchange *exchange, GError **error)
{
  gboolean update = exchange->delivery->remote_id != NULL;
  JsonObject *post;
  JsonArray *params;

  if (update && rp_exchange_has_note (exchange, "guarded"))
    return guarded_ask (exchange, error);
  post = rp_metaweblog_build_post (exchange, error);
  if (post == NULL)
    return NULL;
  params = update ? rp_metaweblog_post_params (exchange) : rp_metaweblog_blog_params (exchange);
  json_array_add_object_element (params, post);
  json_array_add_boolean_element (params, !rp_exchange_is_draft (exchange));

  return rp_metaweblog_call (exchange, update ? "metaWeblog.editPost" : "metaWeblog.newPost",
                             params,
                             update ? _ ("Updating the article") : _ ("Sending the article"));
}

/* The id of a new post, as a string or a number. Gives. */
static char *
dup_id (JsonNode *value)
{
  if (!JSON_NODE_HOLDS_VALUE (value))
    return NULL;
  if (json_node_get_value_type (value) == G_TYPE_STRING)
    return rp_text_clean (json_node_get_string (value));

  return json_node_get_value_type (value) == G_TYPE_INT64
           ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value))
           : NULL;
}

static gboolean
post_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean update = exchange->delivery->remote_id != NULL;
  g_autoptr (JsonNode) value =
    rp_metaweblog_read (exchange, response, update ? RP_ANSWER_REPEATABLE : 0, error);
  g_autofree char *id = NULL;

  if (value == NULL)
    return FALSE;
  id = update ? NULL : dup_id (value);
  if (!update && id == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNKNOWN_OUTCOME,
                 _ ("%s did not say which article it made; it will be looked up there"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  rp_exchange_set_remote (exchange, id, NULL);
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

/* What came of it: where the page is, and when it was changed by us. */
static gboolean
confirm_needed (RpExchange *exchange)
{
  return !rp_exchange_is_withdrawal (exchange) && rp_exchange_is_sent (exchange) &&
         !rp_exchange_has_note (exchange, "confirmed");
}

static RpRequest *
confirm_ask (RpExchange *exchange, GError **error)
{
  return rp_metaweblog_call (exchange, "metaWeblog.getPost", rp_metaweblog_post_params (exchange),
                             _ ("Reading the article back"));
}

/* It has arrived, whatever this says. */
static gboolean
confirm_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) value = rp_metaweblog_read (exchange, response, RP_ANSWER_REPEATABLE, NULL);

  if (value != NULL && JSON_NODE_HOLDS_OBJECT (value))
    take_post (exchange, json_node_get_object (value));
  rp_exchange_note (exchange, "confirmed");

  return TRUE;
}

static RpRequest *
withdraw_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *password = exchange->dup_secret (exchange, "password");
  const char *user = rp_partner_get_setting (exchange->partner, "username");
  JsonArray *params = json_array_new ();

  json_array_add_string_element (params, "reprint");
  json_array_add_string_element (params, exchange->delivery->remote_id);
  json_array_add_string_element (params, user != NULL ? user : "");
  json_array_add_object_element (params,
                                 rp_xmlrpc_special ("secret", password != NULL ? password : ""));
  json_array_add_boolean_element (params, TRUE);

  return rp_metaweblog_call (exchange, "blogger.deletePost", params, _ ("Taking the article down"));
}

static gboolean
withdraw_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_auto (RpXmlrpcFault) fault = {0};
  g_autoptr (JsonNode) value =
    rp_xmlrpc_read (exchange, response, RP_ANSWER_REPEATABLE, &fault, error);
  gboolean gone = fault.code == 404 || fault.code == 410;

  if (value == NULL && fault.words == NULL)
    return FALSE;
  if (value == NULL && !gone) {
    rp_metaweblog_fail (exchange, &fault, error);
    return FALSE;
  }
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static RpStep
metaweblog_step (RpExchange *exchange, const RpResponse *last, GError **error)
{
  const RpStage stages[] = {
    rp_metaweblog_discover_stage,
    rp_metaweblog_rsd_stage,
    rp_metaweblog_account_stage,
    {"find", rp_stages_needs_lookup, find_ask, find_take},
    {"read", read_needed, read_ask, read_take},
    {"methods", methods_needed, methods_ask, methods_take},
    {"media", rp_stages_needs_media, media_ask, media_take},
    {"post", rp_stages_needs_sending, post_ask, post_take},
    {"confirm", confirm_needed, confirm_ask, confirm_take},
    {"withdraw", rp_stages_needs_removal, withdraw_ask, withdraw_take},
    {NULL},
  };

  return rp_stages_step (stages, exchange, last, error);
}

/* ---- the test of the connection ---- */

static RpStep
metaweblog_probe (RpExchange *exchange, const RpResponse *last, GError **error)
{
  const RpStage stages[] = {
    rp_metaweblog_discover_stage,
    rp_metaweblog_rsd_stage,
    rp_metaweblog_account_stage,
    rp_metaweblog_categories_stage,
    {NULL},
  };

  return rp_stages_step (stages, exchange, last, error);
}

/* ---- reading back ---- */

static gboolean
look_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_auto (RpXmlrpcFault) fault = {0};
  g_autoptr (JsonNode) value =
    rp_xmlrpc_read (exchange, response, RP_ANSWER_REPEATABLE, &fault, error);

  if (value == NULL && fault.words == NULL)
    return FALSE;
  if (value == NULL && fault.code != 404) {
    rp_metaweblog_fail (exchange, &fault, error);
    return FALSE;
  }
  if (value != NULL && JSON_NODE_HOLDS_OBJECT (value)) {
    exchange->found = rp_metaweblog_read_found (json_node_get_object (value));
    return TRUE;
  }
  rp_exchange_set_gone (exchange);

  return TRUE;
}

static RpStep
metaweblog_look (RpExchange *exchange, const RpResponse *last, GError **error)
{
  const RpStage stages[] = {
    rp_metaweblog_discover_stage,
    rp_metaweblog_rsd_stage,
    {"look", rp_stages_needs_look, confirm_ask, look_take},
    {NULL},
  };

  return rp_stages_step (stages, exchange, last, error);
}

/* When much was published at once, it may stand further down: then more is asked for, once. */
static gboolean
marked_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) value = read_posts (exchange, response, error);
  JsonArray *posts;

  if (value == NULL)
    return FALSE;
  posts = json_node_get_array (value);
  if (!reaches_back (exchange, posts) && !rp_exchange_has_note (exchange, "many")) {
    rp_exchange_note (exchange, "many");
    return TRUE;
  }
  exchange->marked = json_array_new ();
  for (guint i = 0; i < json_array_get_length (posts); i++) {
    JsonNode *node = json_array_get_element (posts, i);
    JsonObject *post = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    g_autofree char *id = post != NULL ? rp_json_dup_text (post, "postid") : NULL;

    if (id != NULL && rp_metaweblog_is_ours (exchange, post))
      rp_exchange_add_marked (exchange, id, rp_json_get_string (post, "link"));
  }

  return TRUE;
}

static RpStep
metaweblog_find (RpExchange *exchange, const RpResponse *last, GError **error)
{
  const RpStage stages[] = {
    rp_metaweblog_discover_stage,
    rp_metaweblog_rsd_stage,
    {"marked", rp_stages_needs_find, find_ask, marked_take},
    {NULL},
  };

  return rp_stages_step (stages, exchange, last, error);
}

/* ---- discovery ---- */

static gboolean
metaweblog_recognise (const RpResponse *response, RpSighting *sighting)
{
  g_autofree char *api = NULL;
  g_autofree char *blog = NULL;

  if (response->status != 200 || !rp_metaweblog_read_rsd (response, &api, &blog))
    return FALSE;
  sighting->certainty = 2;
  sighting->settings = json_object_new ();
  json_object_set_string_member (sighting->settings, "url", response->url);
  rp_json_set_string (sighting->settings, "blog", blog);

  return TRUE;
}

static const char *const well_known[] = {"xmlrpc.php?rsd", "rsd.xml", NULL};

static const char *const notes[] = {
  N_ ("Data for search engines (schema.org) is not sent; credit and licence stand in the text."),
  N_ ("The address of the original is a link in the text; the site’s own page is not marked as a "
      "copy for search engines."),
  N_ ("A picture may have at most 8 MB."),
  NULL,
};

static const RpLimits limits = {.picture = MAX_PICTURE, .notes = notes};

static const RpSetting settings[] = {
  {.key = "url",
   .label = N_ ("Site Address"),
   .hint = N_ ("The address of the front page, or of the XML-RPC interface when it is known"),
   .kind = RP_SETTING_ADDRESS,
   .required = TRUE},
  {.key = "username", .label = N_ ("User Name"), .kind = RP_SETTING_TEXT, .required = TRUE},
  {.key = "password",
   .label = N_ ("Password"),
   .hint = N_ ("Where the site has passwords for applications, make one of those"),
   .kind = RP_SETTING_SECRET,
   .required = TRUE},
  RP_CONNECTOR_STATUS_SETTING,
  {.key = "blog",
   .label = N_ ("Blog"),
   .hint = N_ ("When the account has several; left empty it is the first one"),
   .kind = RP_SETTING_LEARNED,
   .learned = "blogs"},
  {.key = "categories",
   .label = N_ ("Categories"),
   .hint =
     N_ ("Where articles are filed at the site; several with commas between. They must exist"),
   .kind = RP_SETTING_LEARNED,
   .learned = "categories"},
  {NULL},
};

static const char *const site_facts[] = {"api", "blog", NULL};

const RpConnector rp_connector_metaweblog = {
  .id = "metaweblog",
  .title = N_ ("MetaWeblog (XML-RPC)"),
  .summary = N_ ("Older blogs, and WordPress sites whose newer interface is switched off"),
  .rendition = "html",
  .flags = RP_CONNECTOR_UPDATES | RP_CONNECTOR_WITHDRAWS | RP_CONNECTOR_SCHEDULES |
           RP_CONNECTOR_MEDIA | RP_CONNECTOR_DRAFTS,
  .settings = settings,
  .limits = &limits,
  .site_facts = site_facts,
  .step = metaweblog_step,
  .probe = metaweblog_probe,
  .look = metaweblog_look,
  .find = metaweblog_find,
  .well_known = well_known,
  .recognise = metaweblog_recognise,
};
