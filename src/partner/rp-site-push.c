#include "rp-site-push.h"

#include "rp-json.h"

#include <glib/gi18n-lib.h>

#include <string.h>

static gboolean
is_signed (RpSite *site, SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (
    soup_server_message_get_request_headers (message), "x-superdesk-signature");
  g_autoptr (GBytes) body = rp_site_get_body (message);
  const char *secret = rp_site_get_secret (site);
  gsize size;
  const guchar *data = g_bytes_get_data (body, &size);
  g_autofree char *digest = NULL;
  g_autofree char *wanted = NULL;

  if (header == NULL)
    return FALSE;

  digest =
    g_compute_hmac_for_data (G_CHECKSUM_SHA1, (const guchar *) secret, strlen (secret), data, size);
  wanted = g_strconcat ("sha1=", digest, NULL);

  return rp_site_is_same_secret (header, wanted);
}

static gboolean
check_signature (RpSite *site, SoupServerMessage *message)
{
  if (is_signed (site, message))
    return TRUE;

  rp_site_answer_error (message, SOUP_STATUS_FORBIDDEN, "forbidden",
                        _ ("The signature is missing or does not fit the content."));

  return FALSE;
}

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

static gboolean
is_newer (const char *version, const char *than)
{
  if (is_number (version) && is_number (than))
    return g_ascii_strtoull (version, NULL, 10) > g_ascii_strtoull (than, NULL, 10);

  return strcmp (version, than) > 0;
}

static const char *
get_guid (JsonObject *item)
{
  const char *guid = rp_json_get_string (item, "guid");

  return guid != NULL ? guid : rp_json_get_string (item, "uri");
}

static void
answer_item (RpSite *site, SoupServerMessage *message, const char *guid)
{
  RpSiteItem *item = rp_site_find_guid (site, guid);
  g_autofree char *url = rp_site_dup_item_url (site, item);

  rp_site_answer_created (message, SOUP_STATUS_CREATED, url);
}

/* The same or an older version is taken without a word: senders repeat what they are not sure of.
 */
static void
put_item (RpSite *site, SoupServerMessage *message, JsonObject *item, const char *guid)
{
  RpSiteItem *old = rp_site_find_guid (site, guid);
  g_autofree char *stated = rp_json_dup_text (item, "version");
  const char *version = stated != NULL ? stated : "1";
  const char *pubstatus = rp_json_get_string (item, "pubstatus");
  gboolean gone = g_strcmp0 (pubstatus, "canceled") == 0 || g_strcmp0 (pubstatus, "cancelled") == 0;
  g_autoptr (GError) error = NULL;

  if ((old == NULL || is_newer (version, old->version)) &&
      !rp_site_put (site, guid, version, gone ? RP_SITE_GONE : RP_SITE_LIVE, item, NULL, &error))
    rp_site_answer_error (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, "storage", error->message);
  else
    answer_item (site, message, guid);
}

void
rp_site_push_item (RpSite *site, SoupServerMessage *message)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonObject) item = NULL;
  g_autoptr (GError) error = NULL;

  if (!rp_site_is_method (message, "POST")) {
    soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
    return;
  }
  if (!check_signature (site, message))
    return;

  body = rp_site_get_body (message);
  item = rp_json_parse_object (body, _ ("The item"), &error);
  if (item == NULL)
    rp_site_answer_error (message, SOUP_STATUS_BAD_REQUEST, "invalid_request", error->message);
  else if (get_guid (item) == NULL)
    rp_site_answer_error (message, SOUP_STATUS_BAD_REQUEST, "invalid_request",
                          _ ("The item has neither a guid nor a uri."));
  else
    put_item (site, message, item, get_guid (item));
}

static char *
dup_media_id (SoupServerMessage *message)
{
  g_autoptr (GBytes) bytes = rp_site_find_part (message, "media_id", NULL);
  gsize size;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return data != NULL ? g_strstrip (g_strndup (data, size)) : NULL;
}

static void
receive_media (RpSite *site, SoupServerMessage *message)
{
  g_autofree char *id = dup_media_id (message);
  g_autofree char *type = NULL;
  g_autoptr (GBytes) bytes = rp_site_find_part (message, "media", &type);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  if (!rp_site_is_media_id (id) || bytes == NULL) {
    rp_site_answer_error (message, SOUP_STATUS_BAD_REQUEST, "invalid_request",
                          _ ("The form needs a plain media_id and a file called media."));
    return;
  }
  if (!rp_site_put_media (site, id, type != NULL ? type : "application/octet-stream", bytes,
                          &error)) {
    rp_site_answer_error (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, "storage", error->message);
    return;
  }
  url = g_strconcat (rp_site_get_url (site), "/media/", id, NULL);
  rp_site_answer_created (message, SOUP_STATUS_CREATED, url);
}

void
rp_site_push_binary (RpSite *site, SoupServerMessage *message, const char *id)
{
  if (rp_site_is_method (message, "GET"))
    rp_site_answer_json (message,
                         rp_site_has_media (site, id) ? SOUP_STATUS_OK : SOUP_STATUS_NOT_FOUND,
                         json_object_new ());
  else if (!rp_site_is_method (message, "POST"))
    soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
  else if (check_signature (site, message))
    receive_media (site, message);
}
