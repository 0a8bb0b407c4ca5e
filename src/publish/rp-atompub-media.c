/* Pictures at an Atom Publishing server: sent as they are, they get an entry that says where they
 * ended up. */
#include <glib/gi18n-lib.h>

#include "rp-atompub.h"
#include "rp-json.h"
#include "rp-text.h"

static gboolean
media_needed (RpExchange *exchange)
{
  return rp_exchange_next_media (exchange) != NULL &&
         !rp_json_has (exchange->delivery->memory, "media_member");
}

static RpRequest *
media_ask (RpExchange *exchange, GError **error)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  const char *collection = rp_json_get_string (exchange->delivery->memory, "media_api");
  g_autoptr (RpBody) picture = rp_body_new ();
  g_autofree char *name = rp_exchange_dup_media_name (media);
  RpRequest *request;

  if (collection == NULL) {
    rp_answer_fail_pictures (exchange, error);
    return NULL;
  }
  if (!exchange->add_media (exchange, media, picture, error))
    return NULL;
  request = rp_atompub_request (exchange, "POST", collection, _ ("Uploading a picture"));
  rp_request_set_header (request, "Slug", name);
  rp_request_set_parts (request, rp_exchange_get_media_type (media), picture);

  return request;
}

/* Says where the picture itself is; else its entry is asked. */
static gboolean
take_picture (RpExchange *exchange, const RpResponse *response, const char *member)
{
  RpMedia *media = rp_exchange_next_media (exchange);
  g_autoptr (xmlDoc) doc = rp_atompub_parse (response, "entry");
  g_autofree char *url =
    doc != NULL ? rp_atompub_dup_source (xmlDocGetRootElement (doc), response->url) : NULL;

  if (url == NULL)
    return FALSE;
  rp_exchange_note_media (exchange, media, member, url);
  json_object_remove_member (exchange->delivery->memory, "media_member");

  return TRUE;
}

/* A picture that arrived twice does no harm: only one of them is shown. */
static gboolean
media_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  const char *location = rp_response_get_header (response, "Location");
  g_autofree char *member = location != NULL ? rp_text_resolve_url (response->url, location) : NULL;

  if (response->status == 415 || response->status == 413 || response->status == 400) {
    g_autofree char *words = rp_answer_dup_words (response);

    return rp_answer_fail_picture (exchange, words, error);
  }
  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  if (take_picture (exchange, response, member))
    return TRUE;
  if (member == NULL)
    return rp_answer_fail_unplaced (exchange, error);
  json_object_set_string_member (exchange->delivery->memory, "media_member", member);

  return TRUE;
}

static gboolean
media_read_needed (RpExchange *exchange)
{
  return rp_exchange_next_media (exchange) != NULL &&
         rp_json_has (exchange->delivery->memory, "media_member");
}

static RpRequest *
media_read_ask (RpExchange *exchange, GError **error)
{
  return rp_atompub_request (exchange, "GET",
                             rp_json_get_string (exchange->delivery->memory, "media_member"),
                             _ ("Asking where the picture is"));
}

static gboolean
media_read_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  JsonObject *memory = exchange->delivery->memory;
  g_autofree char *member = g_strdup (rp_json_get_string (memory, "media_member"));

  json_object_remove_member (memory, "media_member");
  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  if (take_picture (exchange, response, member))
    return TRUE;

  return rp_answer_fail_unplaced (exchange, error);
}

const RpStage rp_atompub_media_stage = {"media", media_needed, media_ask, media_take};
const RpStage rp_atompub_media_read_stage = {"media-read", media_read_needed, media_read_ask,
                                             media_read_take};
