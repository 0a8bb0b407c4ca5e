#include "rp-site-server.h"

#include "rp-json.h"
#include "rp-site-answer.h"
#include "rp-site-micropub.h"
#include "rp-site-pages.h"
#include "rp-site-push.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define MAX_BODY (64 * 1024 * 1024)

static void
answer_missing (RpSite *site, SoupServerMessage *message)
{
  g_autofree char *html =
    rp_site_build_notice (site, _ ("Not found"), _ ("There is nothing at this address."));

  rp_site_answer_html (message, SOUP_STATUS_NOT_FOUND, html);
}

static void
answer_article (RpSite *site, SoupServerMessage *message, const char *id)
{
  RpSiteItem *item = rp_site_find (site, id);
  g_autofree char *html = NULL;

  if (item == NULL || g_str_equal (item->status, RP_SITE_DRAFT)) {
    answer_missing (site, message);
    return;
  }
  if (g_str_equal (item->status, RP_SITE_GONE)) {
    html = rp_site_build_notice (site, _ ("This article was withdrawn"),
                                 _ ("Its owner has taken it back, or the licence has ended."));
    rp_site_answer_html (message, SOUP_STATUS_GONE, html);
    return;
  }
  html = rp_site_build_article (site, item);
  rp_site_answer_html (message, SOUP_STATUS_OK, html);
}

static void
answer_media (RpSite *site, SoupServerMessage *message, const char *id)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *type = NULL;
  g_autoptr (GBytes) bytes = rp_site_load_media (site, id, &type);
  gsize size;
  const char *data;

  if (bytes == NULL) {
    answer_missing (site, message);
    return;
  }
  /* A stranger's file must never run as a page of ours. */
  soup_message_headers_replace (headers, "Content-Security-Policy", "default-src 'none'; sandbox");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  data = g_bytes_get_data (bytes, &size);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (
    message, g_str_has_prefix (type, "image/") ? type : "application/octet-stream",
    SOUP_MEMORY_COPY, data != NULL ? data : "", size);
}

static void
answer_front (RpSite *site, SoupServerMessage *message)
{
  g_autofree char *html = rp_site_build_front (site);
  g_autofree char *link =
    g_strdup_printf ("<%s/micropub>; rel=\"micropub\"", rp_site_get_url (site));

  soup_message_headers_append (soup_server_message_get_response_headers (message), "Link", link);
  rp_site_answer_html (message, SOUP_STATUS_OK, html);
}

static void
answer_feed (RpSite *site, SoupServerMessage *message)
{
  g_autofree char *feed = rp_site_build_feed (site);

  rp_site_answer_text (message, SOUP_STATUS_OK, "application/rss+xml; charset=utf-8", feed);
}

static void
answer_page (RpSite *site, SoupServerMessage *message, const char *path)
{
  if (!rp_site_is_method (message, "GET"))
    soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
  else if (g_str_equal (path, "/"))
    answer_front (site, message);
  else if (g_str_equal (path, "/feed.xml"))
    answer_feed (site, message);
  else if (g_str_equal (path, "/articles.json"))
    rp_site_answer_json (message, SOUP_STATUS_OK, rp_site_build_list (site));
  else if (g_str_has_prefix (path, "/articles/"))
    answer_article (site, message, path + strlen ("/articles/"));
  else if (g_str_has_prefix (path, "/media/"))
    answer_media (site, message, path + strlen ("/media/"));
  else
    answer_missing (site, message);
}

static void
answer_request (RpSite *site, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (g_str_equal (path, "/push"))
    rp_site_push_item (site, message);
  else if (g_str_equal (path, "/push_binary"))
    rp_site_push_binary (site, message, NULL);
  else if (g_str_has_prefix (path, "/push_binary/"))
    rp_site_push_binary (site, message, path + strlen ("/push_binary/"));
  else if (g_str_equal (path, "/micropub"))
    rp_site_micropub (site, message, query);
  else if (g_str_equal (path, "/micropub/media"))
    rp_site_micropub_media (site, message);
  else
    answer_page (site, message, path);
}

typedef struct {
  RpSite *site; /* borrowed */
  guint delay;
} Desk;

static gboolean
answer_late_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);

  return G_SOURCE_REMOVE;
}

/* The work is done at once; only the answer is on its way for a while. */
static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Desk *desk = user_data;

  answer_request (desk->site, message, path, query);
  if (desk->delay == 0)
    return;
  soup_server_message_pause (message);
  g_timeout_add_full (G_PRIORITY_DEFAULT, desk->delay, answer_late_cb, g_object_ref (message),
                      g_object_unref);
}

/* Before the body is read. */
static void
headers_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_content_length (headers) > MAX_BODY)
    rp_site_answer_error (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "too_large",
                          _ ("The request is larger than this site takes."));
}

static gboolean
listen_at (SoupServer *server, const RpSiteDoor *door, GError **error)
{
  const char *address = door->address != NULL ? door->address : "127.0.0.1";
  g_autoptr (GSocketAddress) socket = g_inet_socket_address_new_from_string (address, door->port);

  if (socket != NULL)
    return soup_server_listen (server, socket, 0, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("“%s” is not an IP address"),
               address);

  return FALSE;
}

SoupServer *
rp_site_serve (RpSite *site, const RpSiteDoor *door, GError **error)
{
  g_autoptr (SoupServer) server = soup_server_new ("server-header", "reprint-partner ", NULL);
  Desk *desk = g_new0 (Desk, 1);
  GSList *addresses;
  g_autofree char *url = NULL;

  desk->site = site;
  desk->delay = door->delay;
  soup_server_add_early_handler (server, NULL, headers_cb, site, NULL);
  soup_server_add_handler (server, NULL, request_cb, desk, g_free);
  if (!listen_at (server, door, error))
    return NULL;

  addresses = soup_server_get_uris (server);
  url = g_uri_to_string_partial (addresses->data, G_URI_HIDE_NONE);
  url[strlen (url) - 1] = '\0'; /* the slash */
  rp_site_set_url (site, url);
  g_slist_free_full (addresses, (GDestroyNotify) g_uri_unref);

  return g_steal_pointer (&server);
}
