/* Ghost Admin API, versions 5 and 6, with an integration's key. A create cannot be repeated safely,
 * so every post carries an internal tag that is ours alone, and an uncertain outcome is looked up
 * by it before anything is sent again. An update names the state that it changes; when somebody
 * saves in between, Ghost refuses. */
#include <glib/gi18n-lib.h>

#include "rp-answer.h"
#include "rp-ghost.h"
#include "rp-json.h"
#include "rp-multipart.h"
#include "rp-stages.h"
#include "rp-text.h"

extern const RpConnector rp_connector_ghost;

/* ---- looking it up ---- */

static void
take_post (RpExchange *exchange, JsonObject *post)
{
  rp_exchange_set_remote (exchange, rp_json_get_string (post, "id"),
                          rp_json_get_string (post, "url"));
  rp_json_set_string (exchange->delivery->memory, "updated_at",
                      rp_json_get_string (post, "updated_at"));
}

static RpRequest *
find_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *mark = rp_ghost_dup_mark (exchange);
  g_autofree char *route =
    g_strdup_printf ("posts/?filter=tag:hash-%s&fields=id,url,status,updated_at&limit=2", mark);

  return rp_ghost_request (exchange, "GET", route,
                           _ ("Looking whether the article has arrived already"), error);
}

/* Only an empty list says that it is not there. */
static gboolean
find_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (JsonObject) post = NULL;
  JsonArray *posts;

  if (!rp_ghost_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
    return FALSE;
  answer = rp_json_parse_object (response->body, "", NULL);
  posts = answer != NULL ? rp_json_get_array (answer, "posts") : NULL;
  post = rp_ghost_read (exchange, response, RP_ANSWER_REPEATABLE, "posts", NULL);
  if (post == NULL && (posts == NULL || json_array_get_length (posts) > 0))
    return rp_answer_fail_list (exchange, error);
  if (post != NULL)
    take_post (exchange, post);
  rp_exchange_note (exchange, "looked");

  return TRUE;
}

/* An update needs the time of the last change there, as it is now. */
static gboolean
read_needed (RpExchange *exchange)
{
  return exchange->delivery->remote_id != NULL && rp_stages_needs_sending (exchange) &&
         !rp_exchange_has_note (exchange, "known");
}

static RpRequest *
read_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *route =
    g_strdup_printf ("posts/%s/?fields=id,url,status,updated_at", exchange->delivery->remote_id);

  return rp_ghost_request (exchange, "GET", route, _ ("Reading the article’s state at the partner"),
                           error);
}

static gboolean
read_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) post = NULL;

  if (response->status == 404)
    return rp_answer_fail_deleted (exchange, error);
  post = rp_ghost_read (exchange, response, RP_ANSWER_REPEATABLE, "posts", error);
  if (post == NULL)
    return FALSE;
  if (!rp_exchange_may_replace (exchange, rp_exchange_get_left (exchange, "updated_at"),
                                rp_json_get_string (post, "updated_at"), error))
    return FALSE;
  take_post (exchange, post);
  rp_exchange_note (exchange, "known");

  return TRUE;
}

/* ---- pictures ---- */

static RpRequest *
media_ask (RpExchange *exchange, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_autoptr (RpBody) picture = rp_body_new ();
  g_autofree char *name = rp_exchange_dup_media_name (media);
  RpMultipart *form;
  RpRequest *request;

  if (!exchange->add_media (exchange, media, picture, error))
    return NULL;
  request = rp_ghost_request (exchange, "POST", "images/upload/", _ ("Uploading a picture"), error);
  if (request == NULL)
    return NULL;
  form = rp_multipart_new ();
  rp_multipart_add_field (form, "purpose", "image");
  rp_multipart_add_field (form, "ref", rp_media_get (media, RP_MEDIA_SHA256));
  rp_multipart_add_file (form, "file", name, rp_exchange_get_media_type (media), picture);
  rp_multipart_finish (form, request);

  return request;
}

/* A picture that arrived twice does no harm: only one of them is shown. */
static gboolean
media_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_autoptr (JsonObject) image = NULL;

  if (response->status == 415 || response->status == 422 || response->status == 413) {
    g_autofree char *words = rp_answer_dup_words (response);

    return rp_answer_fail_picture (exchange, words, error);
  }
  image = rp_ghost_read (exchange, response, RP_ANSWER_REPEATABLE, "images", error);
  if (image == NULL)
    return FALSE;
  if (rp_json_get_string (image, "url") == NULL)
    return rp_answer_fail_unplaced (exchange, error);
  rp_exchange_note_media (exchange, media, NULL, rp_json_get_string (image, "url"));

  return TRUE;
}

/* ---- the article ---- */

/* Without source=html Ghost makes an empty post and calls it a success. */
static RpRequest *
post_ask (RpExchange *exchange, GError **error)
{
  const char *id = exchange->delivery->remote_id;
  g_autoptr (JsonObject) post = rp_ghost_build_post (exchange, error);
  g_autofree char *route =
    id != NULL ? g_strdup_printf ("posts/%s/?source=html", id) : g_strdup ("posts/?source=html");
  RpRequest *request;

  if (post == NULL)
    return NULL;
  request =
    rp_ghost_request (exchange, id != NULL ? "PUT" : "POST", route,
                      id != NULL ? _ ("Updating the article") : _ ("Sending the article"), error);
  if (request != NULL)
    rp_request_set_json (request, post);

  return request;
}

/* An author that Ghost does not know is quietly replaced by the owner. */
static void
remark_author (RpExchange *exchange, JsonObject *post)
{
  const char *wanted = rp_partner_get_setting (exchange->partner, "author");
  JsonArray *authors = rp_json_get_array (post, "authors");
  JsonNode *first = authors != NULL && json_array_get_length (authors) > 0
                      ? json_array_get_element (authors, 0)
                      : NULL;
  const char *email = first != NULL && JSON_NODE_HOLDS_OBJECT (first)
                        ? rp_json_get_string (json_node_get_object (first), "email")
                        : NULL;

  if (rp_text_is_empty (wanted) || email == NULL || rp_text_same (wanted, email))
    return;
  rp_exchange_remark (exchange,
                      _ ("%s does not know the author “%s” and has put the article under “%s”."),
                      rp_partner_get_name (exchange->partner), wanted, email);
}

static void
remark_canonical (RpExchange *exchange, JsonObject *post)
{
  const char *wanted = rp_article_get (exchange->article, RP_ARTICLE_CANONICAL_URL);

  if (wanted != NULL && rp_json_get_string (post, "canonical_url") == NULL)
    rp_exchange_remark (exchange,
                        _ ("%s has not kept the address of the original; the link in the text is "
                           "there."),
                        rp_partner_get_name (exchange->partner));
}

static gboolean
post_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean update = exchange->delivery->remote_id != NULL;
  g_autoptr (JsonObject) post =
    rp_ghost_read (exchange, response, update ? RP_ANSWER_REPEATABLE : 0, "posts", error);

  if (post == NULL)
    return FALSE;
  take_post (exchange, post);
  remark_author (exchange, post);
  remark_canonical (exchange, post);
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static RpRequest *
withdraw_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *route = g_strdup_printf ("posts/%s/", exchange->delivery->remote_id);

  return rp_ghost_request (exchange, "DELETE", route, _ ("Taking the article down"), error);
}

static gboolean
withdraw_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (!rp_answer_is_gone (response) &&
      !rp_ghost_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static const RpStage stages[] = {
  {"site", rp_ghost_site_needed, rp_ghost_site_ask, rp_ghost_site_take},
  {"find", rp_stages_needs_lookup, find_ask, find_take},
  {"read", read_needed, read_ask, read_take},
  {"media", rp_stages_needs_media, media_ask, media_take},
  {"post", rp_stages_needs_sending, post_ask, post_take},
  {"withdraw", rp_stages_needs_removal, withdraw_ask, withdraw_take},
  {NULL},
};

static RpStep
ghost_step (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_ghost_step (stages, exchange, last, error);
}

/* ---- reading back ---- */

static RpRequest *
look_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *route =
    g_strdup_printf ("posts/%s/?formats=html&include=tags", exchange->delivery->remote_id);

  return rp_ghost_request (exchange, "GET", route, _ ("Reading the article back"), error);
}

static gboolean
look_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (JsonObject) post = NULL;

  if (rp_answer_is_gone (response)) {
    rp_exchange_set_gone (exchange);
    return TRUE;
  }
  post = rp_ghost_read (exchange, response, RP_ANSWER_REPEATABLE, "posts", error);
  if (post == NULL)
    return FALSE;
  exchange->found = rp_ghost_read_found (post);

  return TRUE;
}

static const RpStage look_stages[] = {
  {"site", rp_ghost_site_needed, rp_ghost_site_ask, rp_ghost_site_take},
  {"look", rp_stages_needs_look, look_ask, look_take},
  {NULL},
};

static RpStep
ghost_look (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_ghost_step (look_stages, exchange, last, error);
}

static RpRequest *
marked_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *mark = rp_ghost_dup_mark (exchange);
  g_autofree char *route =
    g_strdup_printf ("posts/?filter=tag:hash-%s&fields=id,url&include=tags&limit=5", mark);

  return rp_ghost_request (exchange, "GET", route, _ ("Looking whether the article is there twice"),
                           error);
}

static gboolean
has_tag (JsonObject *post, const char *name)
{
  JsonArray *tags = rp_json_get_array (post, "tags");

  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++) {
    JsonNode *tag = json_array_get_element (tags, i);

    if (JSON_NODE_HOLDS_OBJECT (tag) &&
        g_strcmp0 (rp_json_get_string (json_node_get_object (tag), "name"), name) == 0)
      return TRUE;
  }

  return FALSE;
}

static gboolean
marked_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autofree char *mark = rp_ghost_dup_mark (exchange);
  g_autofree char *name = g_strconcat ("#", mark, NULL);
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *posts;

  if (!rp_ghost_check (exchange, response, RP_ANSWER_JSON | RP_ANSWER_REPEATABLE, error))
    return FALSE;
  answer = rp_json_parse_object (response->body, "", NULL);
  posts = answer != NULL ? rp_json_get_array (answer, "posts") : NULL;
  if (posts == NULL)
    return rp_answer_fail_list (exchange, error);
  exchange->marked = json_array_new ();
  for (guint i = 0; i < json_array_get_length (posts); i++) {
    JsonNode *node = json_array_get_element (posts, i);
    JsonObject *post = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

    if (post != NULL && rp_json_get_string (post, "id") != NULL && has_tag (post, name))
      rp_exchange_add_marked (exchange, rp_json_get_string (post, "id"),
                              rp_json_get_string (post, "url"));
  }

  return TRUE;
}

static const RpStage find_stages[] = {
  {"site", rp_ghost_site_needed, rp_ghost_site_ask, rp_ghost_site_take},
  {"marked", rp_stages_needs_find, marked_ask, marked_take},
  {NULL},
};

static RpStep
ghost_find (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_ghost_step (find_stages, exchange, last, error);
}

/* ---- discovery ---- */

static gboolean
recognise_generator (const RpResponse *response, RpSighting *sighting)
{
  g_autofree char *page = g_utf8_make_valid (g_bytes_get_data (response->body, NULL),
                                             (gssize) g_bytes_get_size (response->body));

  if (strstr (page, "content=\"Ghost ") == NULL)
    return FALSE;
  sighting->certainty = 2;
  sighting->settings = json_object_new ();
  json_object_set_string_member (sighting->settings, "url", response->url);

  return TRUE;
}

static gboolean
ghost_recognise (const RpResponse *response, RpSighting *sighting)
{
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *site = rp_ghost_read_site (response, &answer);
  const char *end = strstr (response->url, RP_GHOST_API);
  g_autofree char *url = NULL;

  if (g_bytes_get_size (response->body) == 0 || response->status != 200)
    return FALSE;
  if (site == NULL || end == NULL)
    return recognise_generator (response, sighting);
  url = g_strndup (response->url, (gsize) (end - response->url));
  sighting->certainty = 3;
  sighting->title = g_strdup (rp_json_get_string (site, "title"));
  sighting->settings = json_object_new ();
  json_object_set_string_member (sighting->settings, "url", url);

  return TRUE;
}

static const char *const well_known[] = {RP_GHOST_API "site/", NULL};

static const char *const picture_types[] = {"image/jpeg", "image/png",     "image/gif",
                                            "image/webp", "image/svg+xml", NULL};

static const char *const notes[] = {
  N_ ("The article is kept as one HTML block, so that credit and licence stay as they are; the "
      "partner’s editors change it as HTML."),
  N_ ("Ghost has tags but no categories; the first tag is the main one."),
  N_ ("Ghost adds “?ref=” with its own name to the addresses of links, unless the partner switches "
      "that off."),
  N_ ("Taking an article down deletes it at the partner; Ghost has no trash."),
  NULL,
};

static const RpLimits limits = {
  .headline = 255,
  .summary = 300,
  .alt = 191,
  .picture_types = picture_types,
  .notes = notes,
};

static const char *const visibility_values[] = {"public", "members", "paid", NULL};
static const char *const visibility_labels[] = {N_ ("Everybody"), N_ ("Members"),
                                                N_ ("Paying Members"), NULL};

static const RpSetting settings[] = {
  {.key = "url",
   .label = N_ ("Site Address"),
   .hint = N_ ("The address of the site’s front page, or of its administration"),
   .kind = RP_SETTING_ADDRESS,
   .required = TRUE},
  {.key = "key",
   .label = N_ ("Admin API Key"),
   .hint = N_ ("Made at the site under Settings, Integrations, Add Custom Integration"),
   .kind = RP_SETTING_SECRET,
   .required = TRUE,
   .made_at = "ghost/#/settings/integrations"},
  RP_CONNECTOR_STATUS_SETTING,
  {.key = "author",
   .label = N_ ("Author at the Site"),
   .hint = N_ ("Under whom articles appear; left empty it is the site’s owner"),
   .kind = RP_SETTING_LEARNED,
   .learned = "authors"},
  {.key = "visibility",
   .label = N_ ("Who May Read"),
   .hint = N_ ("Many licences want that everybody may read"),
   .kind = RP_SETTING_CHOICE,
   .fallback = "public",
   .choices = visibility_values,
   .choice_labels = visibility_labels},
  {NULL},
};

static const char *const site_facts[] = {"api", "site", "clock", NULL};

const RpConnector rp_connector_ghost = {
  .id = "ghost",
  .title = N_ ("Ghost"),
  .summary = N_ ("Ghost sites of version 5 or 6, hosted or their own"),
  .rendition = "html",
  .at_once = 2,
  .flags = RP_CONNECTOR_UPDATES | RP_CONNECTOR_WITHDRAWS | RP_CONNECTOR_SCHEDULES |
           RP_CONNECTOR_MEDIA | RP_CONNECTOR_DRAFTS | RP_CONNECTOR_CANONICAL,
  .settings = settings,
  .limits = &limits,
  .site_facts = site_facts,
  .step = ghost_step,
  .probe = rp_ghost_probe,
  .look = ghost_look,
  .find = ghost_find,
  .well_known = well_known,
  .recognise = ghost_recognise,
};
