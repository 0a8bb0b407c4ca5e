/* Pictures at an Atom Publishing server: sent as they are, they get an entry that says where they
 * ended up. */
#include <glib/gi18n-lib.h>

#include "rp-atompub.h"
#include "rp-error.h"
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
  const char *type = rp_media_get (media, RP_MEDIA_MIME_TYPE);
  g_autoptr (RpBody) picture = rp_body_new ();
  g_autofree char *name = rp_exchange_dup_media_name (media);
  RpRequest *request;

  if (collection == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s takes no pictures. Remove them from the article, then send it again"),
                 rp_partner_get_name (exchange->partner));
    return NULL;
  }
  if (!exchange->add_media (exchange, media, picture, error))
    return NULL;
  request = rp_atompub_request (exchange, "POST", collection, _ ("Uploading a picture"));
  rp_request_set_header (request, "Slug", name);
  rp_request_set_parts (request, type != NULL ? type : "image/jpeg", picture);

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
  RpMedia *media = rp_exchange_next_media (exchange);
  const char *location = rp_response_get_header (response, "Location");
  g_autofree char *member = location != NULL ? rp_text_resolve_url (response->url, location) : NULL;

  if (response->status == 415 || response->status == 413 || response->status == 400) {
    g_autofree char *words = rp_answer_dup_words (response);

    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s does not take the picture “%s” (%s). Remove the picture, then send again"),
                 rp_partner_get_name (exchange->partner), rp_media_get (media, RP_MEDIA_URL),
                 words);
    return FALSE;
  }
  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  if (take_picture (exchange, response, member))
    return TRUE;
  if (member == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s did not say where it has put the picture. Check the partner’s address"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
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
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("%s did not say where it has put the picture. Check the partner’s address"),
               rp_partner_get_name (exchange->partner));

  return FALSE;
}

const RpStage rp_atompub_media_stage = {"media", media_needed, media_ask, media_take};
const RpStage rp_atompub_media_read_stage = {"media-read", media_read_needed, media_read_ask,
                                             media_read_take};
