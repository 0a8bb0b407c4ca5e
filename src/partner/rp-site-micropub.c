#include "rp-site-micropub.h"

#include "rp-id.h"
#include "rp-json.h"
#include "rp-micropub-item.h"
#include "rp-text.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* A request, whichever way it was written. */
typedef struct {
  JsonObject *json; /* owned, NULL for a form */
  GHashTable *form; /* owned, NULL for JSON */
  char *form_text;  /* owned */
} Request;

static void
request_clear (Request *request)
{
  g_clear_pointer (&request->json, json_object_unref);
  g_clear_pointer (&request->form, g_hash_table_unref);
  g_free (request->form_text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

static void
answer_invalid (SoupServerMessage *message, const char *words)
{
  rp_site_answer_error (message, SOUP_STATUS_BAD_REQUEST, "invalid_request", words);
}

static gboolean
read_request (SoupServerMessage *message, Request *request)
{
  g_autoptr (GBytes) body = rp_site_get_body (message);
  const char *type =
    soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  if (g_strcmp0 (type, "application/json") == 0) {
    request->json = rp_json_parse_object (body, _ ("The request"), &error);
    if (request->json == NULL)
      answer_invalid (message, error->message);
    return request->json != NULL;
  }
  if (type != NULL && g_strcmp0 (type, SOUP_FORM_MIME_TYPE_URLENCODED) != 0) {
    answer_invalid (message, _ ("Send a form or JSON; pictures go to the media endpoint."));
    return FALSE;
  }

  request->form_text = g_strndup (data != NULL ? data : "", size);
  request->form = soup_form_decode (request->form_text);

  return TRUE;
}

static const char *
get_value (const Request *request, const char *name)
{
  if (request->json != NULL)
    return rp_json_get_string (request->json, name);

  return request->form != NULL ? g_hash_table_lookup (request->form, name) : NULL;
}

/* The token comes in the header or in the form, never in both. */
static gboolean
check_token (RpSite *site, SoupServerMessage *message, const char *form_token)
{
  const char *header = soup_message_headers_get_one (
    soup_server_message_get_request_headers (message), "Authorization");
  const char *token = form_token;

  if (header != NULL && form_token != NULL) {
    answer_invalid (message, _ ("The token may be in the header or in the form, not in both."));
    return FALSE;
  }
  if (header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    token = header + 7;
  if (token == NULL) {
    rp_site_answer_error (message, SOUP_STATUS_UNAUTHORIZED, "unauthorized",
                          _ ("The request carries no token."));
    return FALSE;
  }
  if (!rp_site_is_same_secret (token, rp_site_get_token (site))) {
    rp_site_answer_error (message, SOUP_STATUS_FORBIDDEN, "forbidden",
                          _ ("The token is not known here."));
    return FALSE;
  }

  return TRUE;
}

static void
answer_storage (SoupServerMessage *message, GError *error)
{
  rp_site_answer_error (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, "storage", error->message);
}

static const char *
get_status (JsonObject *properties)
{
  return g_strcmp0 (rp_micropub_get_first (properties, "post-status"), "draft") == 0 ? RP_SITE_DRAFT
                                                                                     : RP_SITE_LIVE;
}

static gboolean
put (RpSite *site,
     SoupServerMessage *message,
     const char *guid,
     guint64 version,
     const char *status,
     JsonObject *properties)
{
  g_autoptr (JsonObject) item = rp_micropub_build_item (properties);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, version);
  g_autoptr (GError) error = NULL;

  if (rp_site_put (site, guid, text, status, item, properties, &error))
    return TRUE;

  answer_storage (message, error);

  return FALSE;
}

static void
create (RpSite *site, SoupServerMessage *message, const Request *request)
{
  JsonObject *given =
    request->json != NULL ? rp_json_get_object (request->json, "properties") : NULL;
  g_autoptr (JsonObject) properties = NULL;
  g_autofree char *guid = NULL;
  g_autofree char *url = NULL;

  if (request->json != NULL && given == NULL) {
    answer_invalid (message, _ ("The entry has no properties."));
    return;
  }

  properties =
    given != NULL ? json_object_ref (given) : rp_micropub_properties_from_form (request->form_text);
  guid = g_strdup (rp_micropub_get_first (properties, "uid"));
  if (guid == NULL || rp_site_find_guid (site, guid) != NULL) {
    g_autofree char *fresh = rp_id_new ();

    g_free (guid);
    guid = g_strconcat ("urn:uuid:", fresh, NULL);
  }
  if (!put (site, message, guid, 1, get_status (properties), properties))
    return;

  url = rp_site_dup_item_url (site, rp_site_find_guid (site, guid));
  rp_site_answer_created (message, SOUP_STATUS_CREATED, url);
}

static void
change (RpSite *site, SoupServerMessage *message, const Request *request, RpSiteItem *item)
{
  const char *action = get_value (request, "action");
  g_autoptr (JsonObject) properties = rp_json_object_copy (item->properties);
  g_autofree char *guid = g_strdup (item->guid);
  guint64 version = g_ascii_strtoull (item->version, NULL, 10) + 1;
  const char *status;

  if (g_str_equal (action, "update") && request->json == NULL) {
    answer_invalid (message, _ ("An update must be sent as JSON."));
    return;
  }
  if (g_str_equal (action, "update"))
    rp_micropub_update (properties, request->json);
  status = g_str_equal (action, "delete") ? RP_SITE_GONE : get_status (properties);
  if (g_str_equal (action, "update") && g_str_equal (item->status, RP_SITE_GONE))
    status = RP_SITE_GONE;
  if (put (site, message, guid, version, status, properties))
    soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
}

static void
act (RpSite *site, SoupServerMessage *message, const Request *request)
{
  static const char *const actions[] = {"update", "delete", "undelete", NULL};
  const char *action = get_value (request, "action");
  RpSiteItem *item = rp_site_find_url (site, get_value (request, "url"));

  if (!g_strv_contains (actions, action))
    answer_invalid (message, _ ("This action is not known here."));
  else if (item == NULL || item->properties == NULL)
    answer_invalid (message, _ ("There is no such entry here."));
  else
    change (site, message, request, item);
}

static void
answer_source (RpSite *site, SoupServerMessage *message, GHashTable *query)
{
  RpSiteItem *item = rp_site_find_url (site, g_hash_table_lookup (query, "url"));
  JsonObject *object;
  JsonArray *type;

  if (item == NULL || item->properties == NULL) {
    answer_invalid (message, _ ("There is no such entry here."));
    return;
  }

  object = json_object_new ();
  type = json_array_new ();
  json_array_add_string_element (type, "h-entry");
  json_object_set_array_member (object, "type", type);
  json_object_set_object_member (object, "properties", json_object_ref (item->properties));
  rp_site_answer_json (message, SOUP_STATUS_OK, object);
}

#define LISTED 20

/* A list, newest first, as far as "limit" allows; "filter" keeps those in which its words stand (an
 * extension that other servers have, too). */
static void
answer_sources (RpSite *site, SoupServerMessage *message, GHashTable *query)
{
  const char *filter = g_hash_table_lookup (query, "filter");
  const char *stated = g_hash_table_lookup (query, "limit");
  guint limit =
    stated != NULL ? (guint) CLAMP (g_ascii_strtoll (stated, NULL, 10), 1, 1000) : LISTED;
  GPtrArray *items = rp_site_get_items (site);
  JsonObject *object = json_object_new ();
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < items->len && json_array_get_length (list) < limit; i++) {
    RpSiteItem *item = items->pdata[i];
    g_autofree char *text =
      item->properties != NULL ? rp_json_object_to_text (item->properties, FALSE) : NULL;
    g_autofree char *url = NULL;
    JsonObject *properties, *entry;

    if (text == NULL || g_strcmp0 (item->status, RP_SITE_GONE) == 0 ||
        (filter != NULL && strstr (text, filter) == NULL))
      continue;
    url = rp_site_dup_item_url (site, item);
    properties = rp_json_object_copy (item->properties);
    rp_json_set_strv (properties, "url", (const char *const[]){url, NULL});
    entry = json_object_new ();
    json_object_set_object_member (entry, "properties", properties);
    json_array_add_object_element (list, entry);
  }
  json_object_set_array_member (object, "items", list);
  rp_site_answer_json (message, SOUP_STATUS_OK, object);
}

static void
answer_config (RpSite *site, SoupServerMessage *message)
{
  JsonObject *object = json_object_new ();
  g_autofree char *media = g_strconcat (rp_site_get_url (site), "/micropub/media", NULL);

  json_object_set_string_member (object, "media-endpoint", media);
  json_object_set_array_member (object, "syndicate-to", json_array_new ());
  rp_site_answer_json (message, SOUP_STATUS_OK, object);
}

static void
answer_query (RpSite *site, SoupServerMessage *message, GHashTable *query)
{
  const char *asked = query != NULL ? g_hash_table_lookup (query, "q") : NULL;

  if (!check_token (site, message, NULL))
    return;
  if (g_strcmp0 (asked, "config") == 0 || g_strcmp0 (asked, "syndicate-to") == 0)
    answer_config (site, message);
  else if (g_strcmp0 (asked, "source") == 0 && !g_hash_table_contains (query, "url"))
    answer_sources (site, message, query);
  else if (g_strcmp0 (asked, "source") == 0)
    answer_source (site, message, query);
  else
    answer_invalid (message, _ ("This query is not known here."));
}

void
rp_site_micropub (RpSite *site, SoupServerMessage *message, GHashTable *query)
{
  g_auto (Request) request = {0};

  if (rp_site_is_method (message, "GET")) {
    answer_query (site, message, query);
    return;
  }
  if (!rp_site_is_method (message, "POST")) {
    soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
    return;
  }
  if (!read_request (message, &request) ||
      !check_token (site, message,
                    request.form != NULL ? g_hash_table_lookup (request.form, "access_token")
                                         : NULL))
    return;

  if (get_value (&request, "action") != NULL)
    act (site, message, &request);
  else
    create (site, message, &request);
}

void
rp_site_micropub_media (RpSite *site, SoupServerMessage *message)
{
  g_autofree char *type = NULL;
  g_autofree char *id = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (!rp_site_is_method (message, "POST")) {
    soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
    return;
  }
  if (!check_token (site, message, NULL))
    return;

  bytes = rp_site_find_part (message, "file", &type);
  if (bytes == NULL) {
    answer_invalid (message, _ ("The form needs a file called file."));
    return;
  }
  id = rp_text_sha256 (bytes);
  if (!rp_site_put_media (site, id, type != NULL ? type : "application/octet-stream", bytes,
                          &error)) {
    answer_storage (message, error);
    return;
  }
  url = g_strconcat (rp_site_get_url (site), "/media/", id, NULL);
  rp_site_answer_created (message, SOUP_STATUS_CREATED, url);
}
