#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-answer.h"
#include "rp-error.h"
#include "rp-feed-file.h"
#include "rp-json.h"
#include "rp-shelf-stages.h"
#include "rp-shelf.h"

#define FEED_TYPE "application/atom+xml"
#define FEED_NAME "feed.xml"
#define MAX_FEED_TRIES 4
#define SECONDS_TO_STRONG 2 /* Apache calls a tag weak in the first second after a change */

static char *
dup_feed_url (RpExchange *exchange)
{
  return rp_shelf_dup_public_url (exchange, FEED_NAME);
}

gboolean
rp_shelf_feed_read_needed (RpExchange *exchange)
{
  return rp_shelf_get_flag (exchange, "feed") && !rp_exchange_has_note (exchange, "fed") &&
         (!rp_json_has (rp_shelf_get_known (exchange), "feed") ||
          rp_shelf_knows (exchange, "feed_doubt"));
}

RpRequest *
rp_shelf_feed_read_ask (RpExchange *exchange, GError **error)
{
  return rp_shelf_request (exchange, "GET", FEED_NAME, _ ("Reading the feed"));
}

/* A tag that is weak only because the file is new is strong when it is asked for again; where tags
 * are always weak, the feed is written without a guard. */
static gboolean
wait_for_tag (RpExchange *exchange, const RpResponse *response, GError **error)
{
  const char *tag = rp_response_get_header (response, "ETag");

  if (tag == NULL || !g_str_has_prefix (tag, "W/") || rp_shelf_has_mark (exchange, "waited"))
    return FALSE;
  rp_shelf_mark (exchange, "waited");
  exchange->taken = TRUE;
  exchange->wait_seconds = SECONDS_TO_STRONG;
  g_set_error (error, RP_ERROR, RP_ERROR_BUSY,
               _ ("The feed at %s was changed this very second; it is written in a moment"),
               rp_partner_get_name (exchange->partner));

  return TRUE;
}

static void
note_feed (RpExchange *exchange, GBytes *feed, const char *tag)
{
  JsonObject *note = json_object_new ();
  g_autofree char *text =
    g_strndup (g_bytes_get_data (feed, NULL), (gsize) g_bytes_get_size (feed));

  json_object_set_string_member (note, "text", text);
  rp_json_set_string (note, "tag", tag);
  json_object_set_object_member (rp_shelf_get_known (exchange), "feed", note);
}

/* After a write that was not clearly confirmed. */
static gboolean
is_as_written (RpExchange *exchange, const RpResponse *response)
{
  JsonObject *note = rp_json_get_object (rp_shelf_get_known (exchange), "feed");
  const char *text = note != NULL ? rp_json_get_string (note, "text") : NULL;
  gsize size;
  const char *there = g_bytes_get_data (response->body, &size);

  rp_shelf_note (exchange, "feed_doubt", FALSE);

  return text != NULL && strlen (text) == size && memcmp (text, there, size) == 0;
}

gboolean
rp_shelf_feed_read_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean missing = rp_answer_is_gone (response);
  g_autofree char *feed_url = dup_feed_url (exchange);
  g_autofree char *page_url = rp_shelf_dup_public_url (exchange, exchange->delivery->remote_id);
  g_autoptr (GBytes) feed = NULL;

  if (is_as_written (exchange, response) ||
      (missing && exchange->delivery->action == RP_ACTION_WITHDRAW)) {
    rp_exchange_note (exchange, "fed");
    return TRUE;
  }
  if (!missing && (!rp_shelf_check (exchange, response, error) ||
                   !rp_shelf_check_whole (exchange, response, error)))
    return FALSE;
  feed = rp_feed_file_change (exchange, missing ? NULL : response->body, feed_url, page_url, error);
  if (feed == NULL)
    return FALSE;
  if (!missing && g_bytes_equal (feed, response->body)) {
    rp_exchange_note (exchange, "fed");
    return TRUE;
  }
  if (!missing && wait_for_tag (exchange, response, error))
    return FALSE;
  note_feed (exchange, feed, missing ? "new" : rp_shelf_get_tag (response));

  return TRUE;
}

gboolean
rp_shelf_feed_write_needed (RpExchange *exchange)
{
  return rp_shelf_get_flag (exchange, "feed") && !rp_exchange_has_note (exchange, "fed");
}

RpRequest *
rp_shelf_feed_write_ask (RpExchange *exchange, GError **error)
{
  JsonObject *note = rp_json_get_object (rp_shelf_get_known (exchange), "feed");
  const char *text = rp_json_get_string (note, "text");
  const char *tag = rp_json_get_string (note, "tag");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  RpRequest *request = rp_shelf_request (exchange, "PUT", FEED_NAME, _ ("Writing the feed"));

  if (g_strcmp0 (tag, "new") == 0)
    rp_request_set_header (request, "If-None-Match", "*");
  else if (tag != NULL)
    rp_request_set_header (request, "If-Match", tag);
  rp_request_set_body (request, FEED_TYPE, bytes);

  return request;
}

gboolean
rp_shelf_feed_write_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  JsonObject *known = rp_shelf_get_known (exchange);
  gint64 tries = rp_json_get_int (known, "feed_tries", 0) + 1;

  if (response->status == 412 && tries < MAX_FEED_TRIES) {
    json_object_set_int_member (known, "feed_tries", tries);
    json_object_remove_member (known, "feed");
    return TRUE;
  }
  if (response->status == 412) {
    g_set_error (error, RP_ERROR, RP_ERROR_BUSY,
                 _ ("Others keep changing the feed at %s; it is tried again later"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  if (!rp_shelf_check (exchange, response, error))
    return FALSE;
  if (rp_shelf_is_doubtful (response) && tries < MAX_FEED_TRIES) {
    json_object_set_int_member (known, "feed_tries", tries);
    rp_shelf_note (exchange, "feed_doubt", TRUE);
    return TRUE;
  }
  rp_exchange_note (exchange, "fed");
  json_object_remove_member (known, "feed");

  return TRUE;
}
