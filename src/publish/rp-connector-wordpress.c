/* WordPress REST API (wp/v2) with an application password. No key makes a create safe to repeat, so
 * every post carries our mark in a comment, and an uncertain outcome is looked up by it (all
 * statuses) before anything is sent again; pictures carry a file name that is ours alone and are
 * found by that. */
#include <glib/gi18n-lib.h>

#include "rp-answer.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-stages.h"
#include "rp-text.h"
#include "rp-wordpress.h"

extern const RpConnector rp_connector_wordpress;

static gboolean
discover_needed (RpExchange *exchange)
{
  return rp_json_get_string (exchange->delivery->memory, "api") == NULL;
}

static RpRequest *
discover_ask (RpExchange *exchange, GError **error)
{
  return rp_request_new ("GET", rp_partner_get_url (exchange->partner),
                         _ ("Asking the site for its programming interface"));
}

static gboolean
discover_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autofree char *api = NULL;

  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  api = rp_wordpress_read_api (response);
  if (api == NULL) {
    g_set_error (
      error, RP_ERROR, RP_ERROR_REFUSED,
      _ ("%s does not look like a WordPress site, or its programming interface (REST API) "
         "is switched off"),
      rp_partner_get_url (exchange->partner));
    return FALSE;
  }
  json_object_set_string_member (exchange->delivery->memory, "api", api);

  return TRUE;
}

static gboolean
account_needed (RpExchange *exchange)
{
  return !rp_exchange_has_note (exchange, "known");
}

static RpRequest *
account_ask (RpExchange *exchange, GError **error)
{
  return rp_wordpress_request (exchange, "GET", "wp/v2/users/me",
                               "context=edit&_fields=id,name,capabilities", _ ("Signing in"));
}

static RpRequest *
find_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *query =
    g_strdup_printf ("search=%s&status=publish,future,draft,pending,private&context=edit&per_page=5"
                     "&_fields=id,link,status,content",
                     exchange->delivery->marker);

  return rp_wordpress_request (exchange, "GET", "wp/v2/posts", query,
                               _ ("Looking whether the article has arrived already"));
}

static void
take_post (RpExchange *exchange, JsonObject *post)
{
  RpDelivery *delivery = exchange->delivery;
  const char *link = rp_json_get_string (post, "link");

  g_free (delivery->remote_id);
  delivery->remote_id = rp_json_dup_text (post, "id");
  if (link != NULL) {
    g_free (delivery->public_url);
    delivery->public_url = g_strdup (link);
  }
}

/* Only a list can say that it is not there. */
static JsonNode *
read_list (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) node = rp_answer_read_json (exchange, response, RP_ANSWER_REPEATABLE, error);

  if (node == NULL || JSON_NODE_HOLDS_ARRAY (node))
    return g_steal_pointer (&node);
  rp_answer_fail_list (exchange, error);

  return NULL;
}

static gboolean
find_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) node = read_list (exchange, response, error);
  JsonArray *posts;

  if (node == NULL)
    return FALSE;
  posts = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (posts); i++) {
    JsonNode *post = json_array_get_element (posts, i);

    if (!JSON_NODE_HOLDS_OBJECT (post))
      continue;
    if (exchange->delivery->remote_id == NULL)
      take_post (exchange, json_node_get_object (post));
  }
  rp_exchange_note (exchange, "looked");

  return TRUE;
}

/* The next picture that is there without its words; lends, NULL = none. */
static RpMedia *
next_undescribed (RpExchange *exchange)
{
  GPtrArray *media = rp_article_get_media (exchange->article);

  if (rp_exchange_is_withdrawal (exchange))
    return NULL;
  for (guint i = 0; i < media->len; i++) {
    RpMedia *picture = g_ptr_array_index (media, i);
    JsonObject *known = rp_exchange_get_media_note (exchange, picture);

    if (known != NULL && !rp_json_get_boolean (known, "described", FALSE))
      return picture;
  }

  return NULL;
}

static void
take_media (RpExchange *exchange, RpMedia *media, JsonObject *attachment)
{
  g_autofree char *id = rp_json_dup_text (attachment, "id");

  rp_exchange_note_media (exchange, media, id, rp_json_get_string (attachment, "source_url"));
  json_object_remove_member (exchange->delivery->memory, "missing");
}

static gboolean
media_find_needed (RpExchange *exchange)
{
  RpMedia *media = rp_exchange_next_media (exchange);

  return media != NULL && exchange->uncertain &&
         g_strcmp0 (rp_json_get_string (exchange->delivery->memory, "missing"),
                    rp_media_get (media, RP_MEDIA_SHA256)) != 0;
}

static RpRequest *
media_find_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *query =
    g_strdup_printf ("search=reprint-%.16s&context=edit&_fields=id,source_url",
                     rp_media_get (rp_exchange_next_media (exchange), RP_MEDIA_SHA256));

  return rp_wordpress_request (exchange, "GET", "wp/v2/media", query,
                               _ ("Looking whether the picture has arrived already"));
}

static gboolean
media_find_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) node = read_list (exchange, response, error);
  RpMedia *media = rp_exchange_next_media (exchange);
  JsonArray *found;

  if (node == NULL)
    return FALSE;
  found = json_node_get_array (node);
  if (json_array_get_length (found) > 0)
    take_media (exchange, media, json_array_get_object_element (found, 0));
  else
    json_object_set_string_member (exchange->delivery->memory, "missing",
                                   rp_media_get (media, RP_MEDIA_SHA256));

  return TRUE;
}

static RpRequest *
media_upload_ask (RpExchange *exchange, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_autoptr (RpBody) picture = rp_body_new ();
  g_autofree char *name = rp_exchange_dup_media_name (media);
  g_autofree char *disposition = g_strdup_printf ("attachment; filename=\"%s\"", name);
  RpRequest *request;

  if (!exchange->add_media (exchange, media, picture, error))
    return NULL;
  request = rp_wordpress_request (exchange, "POST", "wp/v2/media", NULL, _ ("Uploading a picture"));
  rp_request_set_header (request, "Content-Disposition", disposition);
  rp_request_set_parts (request, rp_exchange_get_media_type (media), picture);

  return request;
}

/* These two codes say that it will never take this picture. */
static gboolean
media_upload_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_autoptr (JsonNode) node = NULL;

  if (rp_answer_has_code (response, "rest_upload_sideload_error") ||
      rp_answer_has_code (response, "rest_upload_unknown_error")) {
    g_autofree char *words = rp_answer_dup_words (response);

    return rp_answer_fail_picture (exchange, words, error);
  }
  node = rp_answer_read_json (exchange, response, 0, error);
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNKNOWN_OUTCOME,
                 _ ("%s did not say which picture it has made; it will be looked up there"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  take_media (exchange, media, json_node_get_object (node));

  return TRUE;
}

static gboolean
media_describe_needed (RpExchange *exchange)
{
  return next_undescribed (exchange) != NULL;
}

static RpRequest *
media_describe_ask (RpExchange *exchange, GError **error)
{
  RpMedia *media = next_undescribed (exchange);
  JsonObject *known = rp_exchange_get_media_note (exchange, media);
  g_autofree char *route = g_strconcat ("wp/v2/media/", rp_json_get_string (known, "id"), NULL);
  g_autoptr (JsonObject) words = rp_wordpress_build_media (media);
  RpRequest *request = rp_wordpress_request (exchange, "POST", route, NULL,
                                             _ ("Writing the picture’s caption and credit"));

  rp_request_set_json (request, words);

  return request;
}

static gboolean
media_describe_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  RpMedia *media = next_undescribed (exchange);

  if (!rp_answer_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
    return FALSE;
  json_object_set_boolean_member (rp_exchange_get_media_note (exchange, media), "described", TRUE);

  return TRUE;
}

/* WordPress lets the last writer win. What a person has changed there since we wrote it is not
 * overwritten without a word: the first try says so, a second one by hand goes ahead. */
static gboolean
state_needed (RpExchange *exchange)
{
  return !rp_exchange_is_withdrawal (exchange) && exchange->delivery->remote_id != NULL &&
         rp_json_get_string (exchange->delivery->memory, "modified") != NULL &&
         !rp_exchange_is_sent (exchange) && !rp_exchange_has_note (exchange, "known-state");
}

static RpRequest *
state_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *route = g_strconcat ("wp/v2/posts/", exchange->delivery->remote_id, NULL);

  return rp_wordpress_request (exchange, "GET", route,
                               "context=edit&_fields=id,status,modified_gmt",
                               _ ("Looking whether somebody has changed it there"));
}

static gboolean
state_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  JsonObject *memory = exchange->delivery->memory;
  g_autoptr (JsonNode) node = NULL;
  const char *modified = NULL;

  rp_exchange_note (exchange, "known-state");
  if (response->status == 404)
    return TRUE; /* the update says it better */
  node = rp_answer_read_json (exchange, response, RP_ANSWER_REPEATABLE, error);
  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (node))
    modified = rp_json_get_string (json_node_get_object (node), "modified_gmt");

  return rp_exchange_may_replace (exchange, rp_json_get_string (memory, "modified"), modified,
                                  error);
}

static RpRequest *
post_ask (RpExchange *exchange, GError **error)
{
  const char *id = exchange->delivery->remote_id;
  g_autoptr (JsonObject) post = rp_wordpress_build_post (exchange, error);
  g_autofree char *route =
    id != NULL ? g_strconcat ("wp/v2/posts/", id, NULL) : g_strdup ("wp/v2/posts");
  RpRequest *request;

  if (post == NULL)
    return NULL;
  request =
    rp_wordpress_request (exchange, "POST", route, NULL,
                          id != NULL ? _ ("Updating the article") : _ ("Sending the article"));
  rp_request_set_json (request, post);

  return request;
}

static gboolean
post_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean update = exchange->delivery->remote_id != NULL;
  g_autoptr (JsonNode) node = NULL;

  if (update && rp_answer_has_code (response, "rest_post_invalid_id"))
    return rp_answer_fail_deleted (exchange, error);
  node = rp_answer_read_json (exchange, response, update ? RP_ANSWER_REPEATABLE : 0, error);
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node) || !rp_json_has (json_node_get_object (node), "id")) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNKNOWN_OUTCOME,
                 _ ("%s did not say which article it made; it will be looked up there"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  take_post (exchange, json_node_get_object (node));
  rp_json_set_string (exchange->delivery->memory, "modified",
                      rp_json_get_string (json_node_get_object (node), "modified_gmt"));
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static RpRequest *
withdraw_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *route = g_strconcat ("wp/v2/posts/", exchange->delivery->remote_id, NULL);

  return rp_wordpress_request (exchange, "DELETE", route, NULL, _ ("Taking the article down"));
}

static gboolean
withdraw_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (!rp_answer_is_gone (response) &&
      !rp_answer_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
    return FALSE;
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static const RpStage stages[] = {
  {"discover", discover_needed, discover_ask, discover_take},
  {"account", account_needed, account_ask, rp_wordpress_take_account},
  {"find", rp_stages_needs_lookup, find_ask, find_take},
  {"media-find", media_find_needed, media_find_ask, media_find_take},
  {"media-upload", rp_stages_needs_media, media_upload_ask, media_upload_take},
  {"media-describe", media_describe_needed, media_describe_ask, media_describe_take},
  {"term-find", rp_wordpress_term_find_needed, rp_wordpress_term_find_ask,
   rp_wordpress_term_find_take},
  {"term-make", rp_wordpress_term_make_needed, rp_wordpress_term_make_ask,
   rp_wordpress_term_make_take},
  {"state", state_needed, state_ask, state_take},
  {"post", rp_stages_needs_sending, post_ask, post_take},
  {"withdraw", rp_stages_needs_removal, withdraw_ask, withdraw_take},
  {NULL},
};

static RpStep
wordpress_step (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_stages_step (stages, exchange, last, error);
}

static const RpStage probe_stages[] = {
  {"discover", discover_needed, discover_ask, discover_take},
  {"account", account_needed, account_ask, rp_wordpress_take_account},
  {"categories", rp_wordpress_categories_needed, rp_wordpress_categories_ask,
   rp_wordpress_categories_take},
  {NULL},
};

static RpStep
wordpress_probe (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_stages_step (probe_stages, exchange, last, error);
}

/* A search may find more than it was asked for. */
static void
take_marked (RpExchange *exchange, JsonObject *post)
{
  JsonObject *content = rp_json_get_object (post, "content");
  const char *text = content != NULL ? rp_json_get_string (content, "raw") : NULL;
  g_autofree char *id = rp_json_dup_text (post, "id");

  if (id != NULL && text != NULL && strstr (text, exchange->delivery->marker) != NULL)
    rp_exchange_add_marked (exchange, id, rp_json_get_string (post, "link"));
}

static gboolean
marked_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonNode) node = read_list (exchange, response, error);
  JsonArray *posts;

  if (node == NULL)
    return FALSE;
  posts = json_node_get_array (node);
  exchange->marked = json_array_new ();
  for (guint i = 0; i < json_array_get_length (posts); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (posts, i)))
      take_marked (exchange, json_array_get_object_element (posts, i));

  return TRUE;
}

static const RpStage find_stages[] = {
  {"discover", discover_needed, discover_ask, discover_take},
  {"marked", rp_stages_needs_find, find_ask, marked_take},
  {NULL},
};

static RpStep
wordpress_find (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_stages_step (find_stages, exchange, last, error);
}

static const RpStage look_stages[] = {
  {"discover", discover_needed, discover_ask, discover_take},
  {"look", rp_stages_needs_look, rp_wordpress_look_ask, rp_wordpress_look_take},
  {NULL},
};

static RpStep
wordpress_look (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_stages_step (look_stages, exchange, last, error);
}

/* The root of the programming interface names itself; a page links to it. */
static gboolean
wordpress_recognise (const RpResponse *response, RpSighting *sighting)
{
  g_autofree char *api = response->status < 400 ? rp_wordpress_read_api (response) : NULL;
  g_autoptr (JsonObject) root = rp_json_parse_object (response->body, "", NULL);
  const char *home = root != NULL && rp_json_get_array (root, "namespaces") != NULL
                       ? rp_json_get_string (root, "home")
                       : NULL;

  if (api == NULL && home == NULL)
    return FALSE;
  sighting->certainty = home != NULL ? 3 : 2;
  sighting->title = home != NULL ? g_strdup (rp_json_get_string (root, "name")) : NULL;
  sighting->settings = json_object_new ();
  json_object_set_string_member (sighting->settings, "url", home != NULL ? home : response->url);

  return TRUE;
}

static const char *const well_known[] = {"wp-json/", "?rest_route=/", NULL};

static const char *const picture_types[] = {"image/jpeg", "image/png", "image/gif", "image/webp",
                                            NULL};

static const char *const notes[] = {
  N_ ("An author’s account loses scripts and embedded frames; credit, links and licence stay."),
  N_ ("The page names the original as canonical only where the partner has installed the small "
      "Reprint plug-in or a plug-in for search engines."),
  N_ ("Taking an article down moves it to the partner’s trash; pictures stay in its library."),
  NULL,
};

static const RpLimits limits = {.picture_types = picture_types, .tags = 30, .notes = notes};

static const RpSetting settings[] = {
  {.key = "url",
   .label = N_ ("Site Address"),
   .hint = N_ ("The address of the site’s front page"),
   .kind = RP_SETTING_ADDRESS,
   .required = TRUE},
  {.key = "username", .label = N_ ("User Name"), .kind = RP_SETTING_TEXT, .required = TRUE},
  {.key = "password",
   .label = N_ ("Application Password"),
   .hint = N_ ("Made at the site under Users, Profile, Application Passwords; not the account’s "
               "own password"),
   .kind = RP_SETTING_SECRET,
   .required = TRUE,
   .made_at = "wp-admin/profile.php#application-passwords-section"},
  RP_CONNECTOR_STATUS_SETTING,
  {.key = "categories",
   .label = N_ ("Categories"),
   .hint = N_ ("Where articles are filed at the site; several with commas between"),
   .kind = RP_SETTING_LEARNED,
   .learned = "categories"},
  {NULL},
};

static const char *const site_facts[] = {"api", "known", "scripts", NULL};

const RpConnector rp_connector_wordpress = {
  .id = "wordpress",
  .title = N_ ("WordPress"),
  .summary = N_ ("Any WordPress site from version 5.6 on"),
  .rendition = "html",
  .flags = RP_CONNECTOR_UPDATES | RP_CONNECTOR_WITHDRAWS | RP_CONNECTOR_MEDIA |
           RP_CONNECTOR_DRAFTS | RP_CONNECTOR_SCHEDULES,
  .settings = settings,
  .limits = &limits,
  .at_once = 2,
  .site_facts = site_facts,
  .step = wordpress_step,
  .probe = wordpress_probe,
  .look = wordpress_look,
  .find = wordpress_find,
  .well_known = well_known,
  .recognise = wordpress_recognise,
};
