/* The Atom Publishing Protocol (RFC 5023). A server may drop our id and our mark, so an uncertain
 * outcome is also looked for by headline and time. Updates are guarded by strong entity tags, where
 * the server has them. */
#include <glib/gi18n-lib.h>

#include "rp-answer.h"
#include "rp-atompub.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-link.h"
#include "rp-stages.h"
#include "rp-text.h"
#include "rp-time.h"

extern const RpConnector rp_connector_atompub;

#define CLOCKS_DIFFER (10 * G_TIME_SPAN_MINUTE)
#define ENTRY_TYPE "application/atom+xml;type=entry"

/* ---- the collections ---- */

/* Where articles go is remembered from earlier ones; where pictures go is asked when there is one.
 */
static gboolean
service_needed (RpExchange *exchange)
{
  JsonObject *memory = exchange->delivery->memory;

  return !rp_json_has (memory, "api") ||
         (rp_exchange_next_media (exchange) != NULL && !rp_json_has (memory, "media_api") &&
          !rp_exchange_has_note (exchange, "served"));
}

static RpRequest *
service_ask (RpExchange *exchange, GError **error)
{
  const char *stated = rp_json_get_string (exchange->delivery->memory, "service");
  RpRequest *request = rp_atompub_request (
    exchange, "GET", stated != NULL ? stated : rp_partner_get_url (exchange->partner),
    _ ("Asking the site where articles are to be sent"));

  rp_request_set_header (request, "Accept",
                         "application/atomsvc+xml, application/atom+xml, text/html;q=0.5");

  return request;
}

static void
set_account (RpExchange *exchange, char *name)
{
  g_free (exchange->account);
  exchange->account = name;
}

/* The address may be one of the service, of a collection, or of a page that points to the first. */
static gboolean
service_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  JsonObject *memory = exchange->delivery->memory;
  g_autoptr (xmlDoc) service = rp_atompub_parse (response, "service");
  g_autoptr (xmlDoc) feed = rp_atompub_parse (response, "feed");
  g_autofree char *link = NULL;

  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  if (feed != NULL) {
    json_object_set_string_member (memory, "api", response->url);
    set_account (exchange, rp_xml_dup_child_text (xmlDocGetRootElement (feed), NULL, "title"));
    rp_exchange_note (exchange, "served");
    return TRUE;
  }
  if (service != NULL &&
      rp_atompub_read_service (exchange, xmlDocGetRootElement (service), response->url)) {
    set_account (exchange, rp_atompub_dup_workspace (xmlDocGetRootElement (service)));
    rp_exchange_note (exchange, "served");
    return TRUE;
  }
  link =
    service == NULL && !rp_json_has (memory, "service") ? rp_link_find (response, "service") : NULL;
  if (link != NULL) {
    json_object_set_string_member (memory, "service", link);
    return TRUE;
  }
  g_set_error (
    error, RP_ERROR, RP_ERROR_REFUSED,
    _ ("%s does not say where articles are to be sent (Atom Publishing). Ask the partner "
       "for the address of its service document and enter that one"),
    rp_partner_get_url (exchange->partner));

  return FALSE;
}

/* ---- looking it up ---- */

static RpRequest *
find_ask (RpExchange *exchange, GError **error)
{
  const char *page = rp_json_get_string (exchange->delivery->memory, "page");

  return rp_atompub_request (
    exchange, "GET", page != NULL ? page : rp_json_get_string (exchange->delivery->memory, "api"),
    _ ("Looking whether the article has arrived already"));
}

static void
take_entry (RpExchange *exchange, xmlNode *entry, const char *base)
{
  g_autofree char *edit = rp_atompub_dup_link (entry, "edit", base);
  g_autofree char *self = rp_atompub_dup_link (entry, "self", base);
  g_autofree char *page = rp_atompub_dup_link (entry, "alternate", base);
  gboolean known = exchange->delivery->remote_id != NULL;

  rp_exchange_set_remote (exchange, edit != NULL ? edit : (known ? NULL : self), page);
}

/* A second one that carries our mark is seen to later. */
static void
take_found (RpExchange *exchange, xmlNode *entry, const char *base)
{
  g_autofree char *self = rp_atompub_dup_link (entry, "self", base);

  if (exchange->delivery->remote_id == NULL)
    take_entry (exchange, entry, base);
  else if (!rp_atompub_is_marked (exchange, entry))
    rp_exchange_remark_twice (exchange, self);
}

/* A feed has the newest first, on several pages. TRUE when the next one has to be looked at, too.
 */
static gboolean
turn_page (RpExchange *exchange, xmlNode *feed, const char *base)
{
  JsonObject *memory = exchange->delivery->memory;
  g_autofree char *next = rp_atompub_dup_link (feed, "next", base);
  g_autofree char *updated = NULL;
  xmlNode *last = NULL;

  for (xmlNode *entry = rp_xml_child (feed, NULL, "entry"); entry != NULL;
       entry = rp_xml_next (entry, NULL, "entry"))
    last = entry;
  updated = last != NULL ? rp_xml_dup_child_text (last, NULL, "updated") : NULL;
  if (next == NULL || last == NULL || g_strcmp0 (next, base) == 0 ||
      rp_time_instant (updated) < rp_exchange_get_since (exchange) - CLOCKS_DIFFER)
    return FALSE;
  json_object_set_string_member (memory, "page", next);

  return TRUE;
}

/* Gives; NULL with an error when the answer is none. */
static xmlDoc *
read_feed (RpExchange *exchange, const RpResponse *response, GError **error)
{
  xmlDoc *feed;

  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return NULL;
  feed = rp_atompub_parse (response, "feed");
  if (feed == NULL)
    rp_answer_fail_unreadable (exchange, response, RP_ANSWER_REPEATABLE, error);

  return feed;
}

static gboolean
find_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (xmlDoc) feed = read_feed (exchange, response, error);

  if (feed == NULL)
    return FALSE;
  for (xmlNode *entry = rp_xml_child (xmlDocGetRootElement (feed), NULL, "entry"); entry != NULL;
       entry = rp_xml_next (entry, NULL, "entry"))
    if (rp_atompub_is_ours (exchange, entry))
      take_found (exchange, entry, response->url);
  if (exchange->delivery->remote_id != NULL)
    json_object_set_int_member (exchange->delivery->memory, "arrived", 1);
  else if (turn_page (exchange, xmlDocGetRootElement (feed), response->url))
    return TRUE;
  rp_exchange_note (exchange, "looked");

  return TRUE;
}

/* ---- the article ---- */

/* Weak tags are no guard. */
static void
take_tag (RpExchange *exchange, const RpResponse *response)
{
  const char *tag = rp_response_get_header (response, "ETag");

  json_object_remove_member (exchange->delivery->memory, "etag");
  if (tag != NULL && *tag == '"')
    json_object_set_string_member (exchange->delivery->memory, "etag", tag);
}

static gboolean
read_needed (RpExchange *exchange)
{
  return exchange->delivery->remote_id != NULL && rp_stages_needs_sending (exchange) &&
         !rp_exchange_has_note (exchange, "known");
}

static RpRequest *
read_ask (RpExchange *exchange, GError **error)
{
  return rp_atompub_request (exchange, "GET", exchange->delivery->remote_id,
                             _ ("Reading the article’s state at the partner"));
}

/* What stands there is kept until the update: it may hold more than we know of. */
static gboolean
read_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (xmlDoc) doc = NULL;
  gsize size;
  const char *text = g_bytes_get_data (response->body, &size);

  if (rp_answer_is_gone (response))
    return rp_answer_fail_deleted (exchange, error);
  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  doc = rp_atompub_parse (response, "entry");
  json_object_remove_member (exchange->delivery->memory, "former");
  if (doc != NULL && rp_text_is_utf8 (text, size)) {
    g_autofree char *former = g_strndup (text, size);

    json_object_set_string_member (exchange->delivery->memory, "former", former);
    take_entry (exchange, xmlDocGetRootElement (doc), response->url);
  }
  take_tag (exchange, response);
  rp_exchange_note (exchange, "known");

  return rp_exchange_may_replace (exchange, rp_exchange_get_left (exchange, "etag"),
                                  rp_json_get_string (exchange->delivery->memory, "etag"), error);
}

static RpRequest *
update_ask (RpExchange *exchange, GError **error)
{
  JsonObject *memory = exchange->delivery->memory;
  const char *tag = rp_json_get_string (memory, "etag");
  g_autoptr (GBytes) entry =
    rp_atompub_build_entry (exchange, rp_json_get_string (memory, "former"), error);
  RpRequest *request;

  if (entry == NULL)
    return NULL;
  request =
    rp_atompub_request (exchange, "PUT", exchange->delivery->remote_id, _ ("Updating the article"));
  if (tag != NULL)
    rp_request_set_header (request, "If-Match", tag);
  rp_request_set_body (request, ENTRY_TYPE, entry);

  return request;
}

static RpRequest *
entry_ask (RpExchange *exchange, GError **error)
{
  g_autoptr (GBytes) entry = NULL;
  g_autofree char *slug = NULL;
  RpRequest *request;

  if (exchange->delivery->remote_id != NULL)
    return update_ask (exchange, error);
  entry = rp_atompub_build_entry (exchange, NULL, error);
  if (entry == NULL)
    return NULL;
  slug = rp_text_slug (rp_article_get (exchange->article, RP_ARTICLE_HEADLINE), 80);
  request =
    rp_atompub_request (exchange, "POST", rp_json_get_string (exchange->delivery->memory, "api"),
                        _ ("Sending the article"));
  rp_request_set_header (request, "Slug", slug);
  rp_request_set_body (request, ENTRY_TYPE, entry);

  return request;
}

/* The body, when there is one that is whole, says what has become of the article. */
static void
take_member (RpExchange *exchange, const RpResponse *response)
{
  g_autoptr (xmlDoc) doc = rp_atompub_parse (response, "entry");
  xmlNode *entry = doc != NULL ? xmlDocGetRootElement (doc) : NULL;
  RpStatement *statement = rp_article_get_statement (exchange->article);

  take_tag (exchange, response);
  if (entry == NULL)
    return;
  take_entry (exchange, entry, response->url);
  rp_exchange_note (exchange, "confirmed");
  if (rp_statement_get (statement, RP_STATEMENT_URL) != NULL && !rp_atompub_has_rights (entry))
    rp_exchange_remark (exchange,
                        _ ("%s keeps credit and licence only where they stand in the text."),
                        rp_partner_get_name (exchange->partner));
}

/* What an earlier try has sent stands there already, so that it cannot be changed is no harm. */
static gboolean
settle_update (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (exchange->delivery->action == RP_ACTION_CREATE &&
      rp_json_has (exchange->delivery->memory, "arrived")) {
    rp_exchange_note (exchange, "sent");
    return TRUE;
  }
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("%s does not let articles be changed (%u). Ask the partner to change it"),
               rp_partner_get_name (exchange->partner), response->status);

  return FALSE;
}

static gboolean
entry_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean update = exchange->delivery->remote_id != NULL;
  const char *location = rp_response_get_header (response, "Location");
  g_autofree char *member = location != NULL ? rp_text_resolve_url (response->url, location) : NULL;

  if (update &&
      (rp_answer_is_gone (response) || response->status == 405 || response->status == 501))
    return settle_update (exchange, response, error);
  if (!rp_answer_check (exchange, response, update ? RP_ANSWER_REPEATABLE : 0, error))
    return FALSE;
  if (!update && member != NULL)
    rp_exchange_set_remote (exchange, member, NULL);
  take_member (exchange, response);
  if (exchange->delivery->remote_id == NULL)
    return rp_answer_fail_unnamed (exchange, response, error);
  json_object_remove_member (exchange->delivery->memory, "former");
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static gboolean
confirm_needed (RpExchange *exchange)
{
  return !rp_exchange_is_withdrawal (exchange) && rp_exchange_is_sent (exchange) &&
         !rp_exchange_has_note (exchange, "confirmed");
}

/* It has arrived, whatever this says. */
static gboolean
confirm_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (response->status == 200)
    take_member (exchange, response);
  rp_exchange_note (exchange, "confirmed");

  return TRUE;
}

/* ---- taking it down ---- */

static gboolean
withdraw_needed (RpExchange *exchange)
{
  return rp_stages_needs_removal (exchange) && !rp_exchange_has_note (exchange, "doubt");
}

static RpRequest *
withdraw_ask (RpExchange *exchange, GError **error)
{
  return rp_atompub_request (exchange, "DELETE", exchange->delivery->remote_id,
                             _ ("Taking the article down"));
}

/* Some servers say 404 because they know no deleting: the article itself tells. */
static gboolean
withdraw_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (response->status == 404 || response->status == 405 || response->status == 501) {
    rp_exchange_note (exchange, "doubt");
    return TRUE;
  }
  if (response->status != 410 && !rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static gboolean
gone_needed (RpExchange *exchange)
{
  return rp_exchange_is_withdrawal (exchange) && rp_exchange_has_note (exchange, "doubt");
}

static gboolean
gone_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  json_object_remove_member (exchange->delivery->memory, "doubt");
  if (!rp_answer_is_gone (response)) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s does not let articles be taken down from here. Ask the partner to do it"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

static RpStep
atompub_step (RpExchange *exchange, const RpResponse *last, GError **error)
{
  const RpStage stages[] = {
    {"service", service_needed, service_ask, service_take},
    {"find", rp_stages_needs_lookup, find_ask, find_take},
    rp_atompub_media_read_stage,
    rp_atompub_media_stage,
    {"read", read_needed, read_ask, read_take},
    {"entry", rp_stages_needs_sending, entry_ask, entry_take},
    {"confirm", confirm_needed, read_ask, confirm_take},
    {"gone", gone_needed, read_ask, gone_take},
    {"withdraw", withdraw_needed, withdraw_ask, withdraw_take},
    {NULL},
  };

  return rp_stages_step (stages, exchange, last, error);
}

static const RpStage probe_stages[] = {
  {"service", service_needed, service_ask, service_take},
  {NULL},
};

static RpStep
atompub_probe (RpExchange *exchange, const RpResponse *last, GError **error)
{
  RpStep step = rp_stages_step (probe_stages, exchange, last, error);

  if (step == RP_STEP_DONE && !rp_json_has (exchange->delivery->memory, "media_api"))
    rp_exchange_remark (exchange, _ ("%s takes no pictures."),
                        rp_partner_get_name (exchange->partner));

  return step;
}

static gboolean
look_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (xmlDoc) doc = NULL;

  if (rp_answer_is_gone (response)) {
    rp_exchange_set_gone (exchange);
    return TRUE;
  }
  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  doc = rp_atompub_parse (response, "entry");
  if (doc == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNREADABLE,
                 _ ("What %s has at the article’s address cannot be read"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  exchange->found = rp_atompub_read_found (xmlDocGetRootElement (doc), response->url);

  return TRUE;
}

static const RpStage look_stages[] = {
  {"look", rp_stages_needs_look, read_ask, look_take},
  {NULL},
};

static RpStep
atompub_look (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_stages_step (look_stages, exchange, last, error);
}

static void
take_marked (RpExchange *exchange, xmlNode *entry, const char *base)
{
  g_autofree char *edit = rp_atompub_dup_link (entry, "edit", base);
  g_autofree char *self = rp_atompub_dup_link (entry, "self", base);
  g_autofree char *page = rp_atompub_dup_link (entry, "alternate", base);
  const char *id = edit != NULL ? edit : self;

  if (id != NULL && rp_atompub_is_marked (exchange, entry))
    rp_exchange_add_marked (exchange, id, page != NULL ? page : id);
}

static gboolean
marked_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (xmlDoc) feed = read_feed (exchange, response, error);

  if (feed == NULL)
    return FALSE;
  exchange->marked = json_array_new ();
  for (xmlNode *entry = rp_xml_child (xmlDocGetRootElement (feed), NULL, "entry"); entry != NULL;
       entry = rp_xml_next (entry, NULL, "entry"))
    take_marked (exchange, entry, response->url);

  return TRUE;
}

static const RpStage find_stages[] = {
  {"service", service_needed, service_ask, service_take},
  {"marked", rp_stages_needs_find, find_ask, marked_take},
  {NULL},
};

static RpStep
atompub_find (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_stages_step (find_stages, exchange, last, error);
}

/* ---- discovery ---- */

static gboolean
atompub_recognise (const RpResponse *response, RpSighting *sighting)
{
  g_autoptr (xmlDoc) service =
    response->status == 200 ? rp_atompub_parse (response, "service") : NULL;
  g_autofree char *link = response->status == 200 ? rp_link_find (response, "service") : NULL;

  if (service == NULL && link == NULL)
    return FALSE;
  sighting->certainty = service != NULL ? 3 : 2;
  sighting->title =
    service != NULL ? rp_atompub_dup_workspace (xmlDocGetRootElement (service)) : NULL;
  sighting->settings = json_object_new ();
  json_object_set_string_member (sighting->settings, "url", service != NULL ? response->url : link);

  return TRUE;
}

static const char *const notes[] = {
  N_ (
    "What the site keeps besides headline and text is its own choice; credit and licence stand in "
    "the text."),
  N_ ("Data for search engines (schema.org) is not sent."),
  N_ ("Some sites of this kind let articles neither be changed nor taken down from here."),
  NULL,
};

static const RpLimits limits = {.notes = notes};

static const RpSetting settings[] = {
  {.key = "url",
   .label = N_ ("Service Address"),
   .hint = N_ ("The service document, or the feed to which articles are added"),
   .kind = RP_SETTING_ADDRESS,
   .required = TRUE},
  {.key = "username",
   .label = N_ ("User Name"),
   .hint = N_ ("Left empty nobody signs in"),
   .kind = RP_SETTING_TEXT},
  {.key = "password", .label = N_ ("Password"), .kind = RP_SETTING_SECRET},
  {.key = "collection",
   .label = N_ ("Collection"),
   .hint = N_ ("Where articles are put; left empty it is the first one"),
   .kind = RP_SETTING_LEARNED,
   .learned = "collections"},
  RP_CONNECTOR_STATUS_SETTING,
  {NULL},
};

static const char *const site_facts[] = {"api", "media_api", NULL};

const RpConnector rp_connector_atompub = {
  .id = "atompub",
  .title = N_ ("Atom Publishing"),
  .summary = N_ ("Systems that take articles as Atom entries (RFC 5023)"),
  .rendition = "html",
  .flags = RP_CONNECTOR_UPDATES | RP_CONNECTOR_WITHDRAWS | RP_CONNECTOR_MEDIA | RP_CONNECTOR_DRAFTS,
  .settings = settings,
  .limits = &limits,
  .site_facts = site_facts,
  .step = atompub_step,
  .probe = atompub_probe,
  .look = atompub_look,
  .find = atompub_find,
  .recognise = atompub_recognise,
};
