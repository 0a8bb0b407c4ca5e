#include "rp-shelf-stages.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-answer.h"
#include "rp-error.h"
#include "rp-json.h"

#define LICENCE_TYPE "application/ld+json"
#define LICENCE_ENDING ".licence.json"

/* ---- what is there ---- */

static void
set_place (RpExchange *exchange, const char *place)
{
  json_object_set_string_member (rp_shelf_get_known (exchange), "place", place);
}

gboolean
rp_shelf_place_needed (RpExchange *exchange)
{
  return !rp_exchange_is_sent (exchange) && rp_shelf_get_place (exchange) == NULL;
}

RpRequest *
rp_shelf_place_ask (RpExchange *exchange, GError **error)
{
  const char *path = rp_shelf_get_path (exchange, error);

  return path != NULL
           ? rp_shelf_request (exchange, "GET", path, _ ("Looking what is at the article’s place"))
           : NULL;
}

static gboolean
take_free_place (RpExchange *exchange, GError **error)
{
  if (exchange->delivery->action == RP_ACTION_UPDATE && exchange->delivery->remote_id != NULL)
    return rp_answer_fail_deleted (exchange, error);
  set_place (exchange, "free");

  return TRUE;
}

static gboolean
take_foreign_place (RpExchange *exchange, GError **error)
{
  if (rp_shelf_take_other_path (exchange))
    return TRUE;
  g_set_error (
    error, RP_ERROR, RP_ERROR_CONFLICT,
    _ ("%s has another page in the article’s place (%s), or a sign-in page stands in front. It "
       "was left alone; ask the partner, then send again"),
    rp_partner_get_name (exchange->partner), rp_shelf_get_path (exchange, NULL));

  return FALSE;
}

static char *
dup_digest (const RpResponse *response)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, response->body);
}

static void
note_sent (RpExchange *exchange)
{
  g_autofree char *path = g_strdup (rp_shelf_get_path (exchange, NULL));
  g_autofree char *url = rp_shelf_dup_public_url (exchange, path);

  rp_exchange_set_remote (exchange, path, url);
  rp_exchange_note (exchange, "sent");
}

/* A page of ours that a try before has brought there is not sent again. */
static gboolean
take_our_place (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autofree char *there = dup_digest (response);
  const char *sent = rp_json_get_string (exchange->delivery->memory, "digest");

  set_place (exchange, "ours");
  rp_json_set_string (rp_shelf_get_known (exchange), "tag", rp_shelf_get_tag (response));
  if (rp_exchange_is_withdrawal (exchange))
    return TRUE;
  if (rp_shelf_has_mark (exchange, "digest_of") && g_strcmp0 (sent, there) == 0) {
    note_sent (exchange);
    return TRUE;
  }

  return rp_exchange_may_replace (exchange, rp_exchange_get_left (exchange, "digest"), there,
                                  error);
}

gboolean
rp_shelf_place_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (rp_answer_is_gone (response))
    return take_free_place (exchange, error);
  if (!rp_shelf_check (exchange, response, error) ||
      !rp_shelf_check_whole (exchange, response, error))
    return FALSE;
  if (!rp_shelf_is_ours (exchange, response->body))
    return take_foreign_place (exchange, error);

  return take_our_place (exchange, response, error);
}

/* ---- pictures and licence ---- */

gboolean
rp_shelf_picture_needed (RpExchange *exchange)
{
  return rp_shelf_is_uploading (exchange) && rp_exchange_next_media (exchange) != NULL;
}

RpRequest *
rp_shelf_picture_ask (RpExchange *exchange, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_autofree char *path = rp_shelf_dup_picture_path (rp_shelf_get_path (exchange, NULL), media);
  g_autoptr (RpBody) picture = rp_body_new ();
  RpRequest *request;

  if (!exchange->add_media (exchange, media, picture, error))
    return NULL;
  request = rp_shelf_request (exchange, "PUT", path, _ ("Uploading a picture"));
  rp_request_set_parts (request, rp_exchange_get_media_type (media), picture);

  return request;
}

static void
note_picture (RpExchange *exchange, RpMedia *media, const char *path)
{
  g_autofree char *url = rp_shelf_dup_public_url (exchange, path);

  rp_exchange_note_media (exchange, media, path, url);
}

gboolean
rp_shelf_picture_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_autofree char *path = rp_shelf_dup_picture_path (rp_shelf_get_path (exchange, NULL), media);

  if (!rp_shelf_check (exchange, response, error))
    return FALSE;
  if (rp_shelf_is_doubtful (response))
    json_object_set_string_member (rp_shelf_get_known (exchange), "doubt", path);
  else
    note_picture (exchange, media, path);

  return TRUE;
}

/* A picture whose upload was not clearly confirmed is asked for. */
gboolean
rp_shelf_confirm_needed (RpExchange *exchange)
{
  return rp_json_has (rp_shelf_get_known (exchange), "doubt");
}

RpRequest *
rp_shelf_confirm_ask (RpExchange *exchange, GError **error)
{
  const char *path = rp_json_get_string (rp_shelf_get_known (exchange), "doubt");

  return rp_shelf_request (exchange, "HEAD", path, _ ("Asking whether the picture is there"));
}

gboolean
rp_shelf_confirm_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  JsonObject *known = rp_shelf_get_known (exchange);
  gboolean is_page = strstr (rp_response_get_media_type (response), "html") != NULL;

  if (rp_answer_is_gone (response) || is_page) {
    g_set_error (error, RP_ERROR, RP_ERROR_BUSY,
                 _ ("%s has taken a picture but does not have it; it is sent again"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  if (!rp_shelf_check (exchange, response, error))
    return FALSE;
  note_picture (exchange, rp_exchange_next_media (exchange), rp_json_get_string (known, "doubt"));
  json_object_remove_member (known, "doubt");

  return TRUE;
}

gboolean
rp_shelf_licence_needed (RpExchange *exchange)
{
  return rp_shelf_is_uploading (exchange) && rp_shelf_get_flag (exchange, "licence") &&
         !rp_shelf_knows (exchange, "licensed");
}

RpRequest *
rp_shelf_licence_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *path = rp_shelf_dup_beside (rp_shelf_get_path (exchange, NULL), LICENCE_ENDING);
  g_autoptr (GBytes) policy = rp_exchange_render_as (exchange, "odrl", error);

  return policy != NULL ? rp_shelf_put (exchange, path, LICENCE_TYPE, policy,
                                        _ ("Writing the licence beside it"))
                        : NULL;
}

gboolean
rp_shelf_licence_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (!rp_shelf_check (exchange, response, error))
    return FALSE;
  rp_shelf_note (exchange, "licensed", TRUE);

  return TRUE;
}

/* ---- the page ---- */

gboolean
rp_shelf_direct_needed (RpExchange *exchange)
{
  return rp_shelf_is_uploading (exchange) && rp_shelf_knows (exchange, "direct");
}

GBytes *
rp_shelf_render_page (RpExchange *exchange, GError **error)
{
  GBytes *page = rp_exchange_render (exchange, error);
  g_autofree char *digest =
    page != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, page) : NULL;

  if (page != NULL) {
    json_object_set_string_member (exchange->delivery->memory, "digest", digest);
    rp_shelf_mark (exchange, "digest_of");
  }

  return page;
}

static void
guard (RpExchange *exchange, RpRequest *request)
{
  const char *tag = rp_json_get_string (rp_shelf_get_known (exchange), "tag");

  if (rp_shelf_knows (exchange, "unguarded"))
    return;
  if (rp_shelf_is_new (exchange))
    rp_request_set_header (request, "If-None-Match", "*");
  else if (tag != NULL)
    rp_request_set_header (request, "If-Match", tag);
}

RpRequest *
rp_shelf_direct_ask (RpExchange *exchange, GError **error)
{
  g_autoptr (GBytes) page = rp_shelf_render_page (exchange, error);
  const char *path = rp_shelf_get_path (exchange, NULL);
  RpRequest *request;

  if (page == NULL)
    return NULL;
  request =
    rp_shelf_put (exchange, path, RP_SHELF_PAGE, page, _ ("Putting the article in its place"));
  guard (exchange, request);

  return request;
}

/* Somebody was quicker, or a proxy has sent it twice: the page itself tells. */
gboolean
rp_shelf_direct_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (response->status == 501 && !rp_shelf_knows (exchange, "unguarded")) {
    rp_shelf_note (exchange, "unguarded", TRUE);
    return TRUE;
  }
  if (response->status != 412 && !rp_shelf_check (exchange, response, error))
    return FALSE;
  rp_shelf_note (exchange, "placed", TRUE);

  return TRUE;
}

gboolean
rp_shelf_verify_needed (RpExchange *exchange)
{
  return !rp_exchange_is_withdrawal (exchange) && !rp_exchange_is_sent (exchange) &&
         rp_shelf_knows (exchange, "placed");
}

RpRequest *
rp_shelf_verify_ask (RpExchange *exchange, GError **error)
{
  return rp_shelf_request (exchange, "GET", rp_shelf_get_path (exchange, NULL),
                           _ ("Reading the page back"));
}

gboolean
rp_shelf_verify_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  const char *name = rp_partner_get_name (exchange->partner);
  g_autofree char *there = dup_digest (response);

  if (rp_answer_is_gone (response)) {
    g_set_error (error, RP_ERROR, RP_ERROR_BUSY,
                 _ ("%s has taken the page but does not have it; it is sent again"), name);
    return FALSE;
  }
  if (!rp_shelf_check (exchange, response, error))
    return FALSE;
  if (g_strcmp0 (there, rp_json_get_string (exchange->delivery->memory, "digest")) == 0) {
    note_sent (exchange);
    return TRUE;
  }
  g_set_error (error, RP_ERROR, RP_ERROR_CONFLICT,
               _ ("%s shows something else than what was sent: somebody changed the page at the "
                  "same moment, or the server changes pages. Look at it there, then send again"),
               name);

  return FALSE;
}

/* ---- what has to go ---- */

gboolean
rp_shelf_remove_needed (RpExchange *exchange)
{
  return rp_stages_needs_removal (exchange);
}

RpRequest *
rp_shelf_remove_ask (RpExchange *exchange, GError **error)
{
  return rp_shelf_request (exchange, "DELETE", rp_shelf_get_path (exchange, NULL),
                           _ ("Taking the article down"));
}

gboolean
rp_shelf_remove_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (!rp_answer_is_gone (response) && !rp_shelf_check (exchange, response, error))
    return FALSE;
  rp_exchange_note (exchange, "sent");

  return TRUE;
}

gboolean
rp_shelf_leftover_needed (RpExchange *exchange)
{
  return rp_exchange_is_sent (exchange) && rp_shelf_next_leftover (exchange) != NULL;
}

RpRequest *
rp_shelf_leftover_ask (RpExchange *exchange, GError **error)
{
  JsonObject *notes = rp_json_get_object (exchange->delivery->memory, "media");
  JsonObject *note = rp_json_get_object (notes, rp_shelf_next_leftover (exchange));

  return rp_shelf_request (exchange, "DELETE", rp_json_get_string (note, "id"),
                           _ ("Taking a picture down"));
}

gboolean
rp_shelf_leftover_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (!rp_answer_is_gone (response) && !rp_shelf_check (exchange, response, error))
    return FALSE;
  rp_shelf_forget_leftover (exchange, rp_shelf_next_leftover (exchange));

  return TRUE;
}

gboolean
rp_shelf_unlicense_needed (RpExchange *exchange)
{
  return rp_exchange_is_withdrawal (exchange) && rp_exchange_is_sent (exchange) &&
         rp_shelf_get_flag (exchange, "licence") && !rp_shelf_knows (exchange, "unlicensed");
}

RpRequest *
rp_shelf_unlicense_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *path = rp_shelf_dup_beside (rp_shelf_get_path (exchange, NULL), LICENCE_ENDING);

  return rp_shelf_request (exchange, "DELETE", path, _ ("Taking the licence down"));
}

gboolean
rp_shelf_unlicense_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (!rp_answer_is_gone (response) && !rp_shelf_check (exchange, response, error))
    return FALSE;
  rp_shelf_note (exchange, "unlicensed", TRUE);

  return TRUE;
}

/* ---- reading back ---- */

RpStep
rp_shelf_look (RpExchange *exchange, const RpResponse *last, GError **error)
{
  if (last == NULL) {
    rp_exchange_take_request (exchange,
                              rp_shelf_request (exchange, "GET", exchange->delivery->remote_id,
                                                _ ("Reading the article back")));
    return RP_STEP_SEND;
  }
  if (rp_answer_is_gone (last)) {
    rp_exchange_set_gone (exchange);
    return RP_STEP_DONE;
  }
  if (!rp_shelf_check (exchange, last, error))
    return RP_STEP_FAILED;
  exchange->found = rp_shelf_read_found (exchange, last);

  return RP_STEP_DONE;
}

gboolean
rp_shelf_check_errand (RpExchange *exchange, GError **error)
{
  if (!rp_exchange_is_draft (exchange) && !rp_exchange_is_scheduled (exchange))
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("%s is a folder, where everything is public at once: it has no drafts and no "
                  "later. Send the article when it may be seen"),
               rp_partner_get_name (exchange->partner));

  return FALSE;
}
