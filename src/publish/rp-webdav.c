#include "rp-webdav.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-answer.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-shelf.h"
#include "rp-stages.h"
#include "rp-text.h"
#include "rp-xml.h"

static void
sign_in (RpExchange *exchange, RpRequest *request)
{
  const char *user = rp_partner_get_setting (exchange->partner, "username");
  g_autofree char *password = exchange->dup_secret (exchange, "password");
  g_autofree char *pair = NULL;
  g_autofree char *code = NULL;
  g_autofree char *value = NULL;

  if (rp_text_is_empty (user))
    return;
  pair = g_strconcat (user, ":", password != NULL ? password : "", NULL);
  code = g_base64_encode ((const guchar *) pair, strlen (pair));
  value = g_strconcat ("Basic ", code, NULL);
  rp_request_set_header (request, "Authorization", value);
}

RpStep
rp_webdav_sign_in (RpExchange *exchange, RpStep next)
{
  if (next == RP_STEP_SEND)
    sign_in (exchange, exchange->request);

  return next;
}

/* ---- testing the connection ---- */

static const char question[] =
  "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
  "<D:propfind xmlns:D=\"DAV:\"><D:prop><D:resourcetype/><D:current-user-privilege-set/>"
  "<D:quota-available-bytes/></D:prop></D:propfind>";

static gboolean
options_needed (RpExchange *exchange)
{
  return !rp_json_has (rp_shelf_get_known (exchange), "classes");
}

static RpRequest *
options_ask (RpExchange *exchange, GError **error)
{
  return rp_shelf_request (exchange, "OPTIONS", "", _ ("Asking what the server can do"));
}

static gboolean
options_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  const char *classes = rp_response_get_header (response, "DAV");

  if (!rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error))
    return FALSE;
  if (classes == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s is not a WebDAV folder. Ask the partner for the address of the folder"),
                 rp_partner_get_url (exchange->partner));
    return FALSE;
  }
  json_object_set_string_member (rp_shelf_get_known (exchange), "classes", classes);

  return TRUE;
}

static gboolean
folder_needed (RpExchange *exchange)
{
  return exchange->account == NULL;
}

static RpRequest *
folder_ask (RpExchange *exchange, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (question, strlen (question));
  RpRequest *request = rp_shelf_request (exchange, "PROPFIND", "", _ ("Looking at the folder"));

  rp_request_set_header (request, "Depth", "0");
  rp_request_set_body (request, "application/xml; charset=utf-8", bytes);

  return request;
}

static xmlNode *
find_element (xmlNode *root, const char *name)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE))
    if (rp_xml_is (node, "DAV:", name))
      return node;

  return NULL;
}

/* Few servers tell rights (RFC 3744); where they do, writing must be among them. */
static gboolean
may_write (xmlNode *root)
{
  static const char *const enough[] = {"write", "all", "bind", NULL};
  xmlNode *rights = find_element (root, "current-user-privilege-set");

  if (rights == NULL || rp_xml_child (rights, "DAV:", "privilege") == NULL)
    return TRUE;
  for (guint i = 0; enough[i] != NULL; i++)
    if (find_element (rights, enough[i]) != NULL)
      return TRUE;

  return FALSE;
}

static void
learn_rights (RpExchange *exchange, xmlNode *root)
{
  const char *const missing[] = {_ ("write files"), NULL};

  exchange->learned = json_object_new ();
  if (!may_write (root))
    rp_json_set_strv (exchange->learned, "missing", missing);
}

static gboolean
folder_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  const char *user = rp_partner_get_setting (exchange->partner, "username");
  g_autoptr (xmlDoc) doc = NULL;

  if (!rp_shelf_check (exchange, response, error))
    return FALSE;
  doc = rp_xml_parse (response->body, FALSE, NULL, NULL);
  if (response->status != 207 || doc == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s did not answer as a WebDAV folder does. Check the address, or ask whether "
                    "a sign-in page stands in front of it"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  learn_rights (exchange, xmlDocGetRootElement (doc));
  exchange->account = g_strdup (rp_text_is_empty (user) ? _ ("Nobody in particular") : user);

  return TRUE;
}

static const RpStage probe_stages[] = {
  {"options", options_needed, options_ask, options_take},
  {"folder", folder_needed, folder_ask, folder_take},
  {NULL},
};

RpStep
rp_webdav_probe (RpExchange *exchange, const RpResponse *last, GError **error)
{
  if (last == NULL)
    rp_shelf_begin (exchange);

  return rp_webdav_sign_in (exchange, rp_stages_step (probe_stages, exchange, last, error));
}

/* Servers say so in a header of some answers, or speak of DAV where they refuse. */
gboolean
rp_webdav_recognise (const RpResponse *response, RpSighting *sighting)
{
  gsize size;
  const char *body = g_bytes_get_data (response->body, &size);
  gboolean speaks = body != NULL && strstr (rp_response_get_media_type (response), "xml") != NULL &&
                    memmem (body, size, "\"DAV:\"", strlen ("\"DAV:\"")) != NULL;

  if (rp_response_get_header (response, "DAV") == NULL && !speaks)
    return FALSE;
  sighting->certainty = 2;
  sighting->settings = json_object_new ();
  json_object_set_string_member (sighting->settings, "url", response->url);

  return TRUE;
}
